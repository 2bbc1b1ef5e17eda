import { nodeKind } from '../../core/document.ts';
import type { RepoPath } from '../../core/place.ts';
import type { ParsedDocument } from '../parsed-text.ts';
import { readNode } from './block.ts';
import { dot } from './characters.ts';
import { endLine, nextContent, skipSpaces } from './layout.ts';
import { addLeaf, createScanner, noColumn, refuse, type Scanner } from './scanner.ts';

export interface ReadText {
  readonly documents: readonly ParsedDocument[];
  /** Some key may stand twice in its mapping. */
  readonly mayHaveDuplicates: boolean;
  readonly hasMerges: boolean;
}

/**
 * Reads the documents of a text: the YAML that GitOps repositories are written in, many times faster
 * than the `yaml` package and with the same values and positions. Throws a `Refusal` for everything else.
 */
export function readDocuments(path: RepoPath, text: string): ReadText {
  const scanner = createScanner(text);
  const documents: { value: unknown; root: number; aliases: ReadonlyMap<number, number> }[] = [];
  let hasOpenDocument = false;
  nextContent(scanner);
  while (scanner.position < scanner.length) {
    if (scanner.column === noColumn && text.charCodeAt(scanner.position) === dot) {
      if (!hasOpenDocument) refuse(scanner, '"..." without a document before it: remove it');
      skipMarker(scanner);
      hasOpenDocument = false;
    } else {
      const root = scanner.used;
      const value = readDocument(scanner);
      documents.push({ value, root, aliases: scanner.aliases });
      forgetAnchors(scanner);
      hasOpenDocument = true;
    }
  }
  const cells = scanner.cells.slice(0, scanner.used);
  return {
    documents: documents.map(({ value, root, aliases }, index) => ({
      path,
      index,
      value,
      tape: { cells, root, ...(aliases.size > 0 && { aliases }) },
    })),
    mayHaveDuplicates: scanner.mayHaveDuplicates,
    hasMerges: scanner.hasMerges,
  };
}

/** Reads a document with the `---` before it; without one the text must be at content. */
function readDocument(scanner: Scanner): unknown {
  const emptyAt = scanner.column === noColumn ? skipMarker(scanner) : scanner.position;
  if (scanner.column === noColumn) {
    addLeaf(scanner, nodeKind.empty, emptyAt, emptyAt);
    return null;
  }
  const value = readNode(scanner, noColumn);
  if (scanner.column !== noColumn) refuse(scanner, 'text follows after the end of a document: expected "---"');
  return value;
}

/** Goes behind `---` or `...` to the next content and gives the place where the text of an empty document would be. */
function skipMarker(scanner: Scanner): number {
  scanner.position += 3;
  const start = scanner.position;
  skipSpaces(scanner);
  const emptyAt = scanner.position;
  scanner.position = start;
  endLine(scanner);
  nextContent(scanner);
  return emptyAt;
}

/** An anchor is known in its own document only. */
function forgetAnchors(scanner: Scanner): void {
  if (scanner.anchors.size > 0) scanner.anchors = new Map();
  if (scanner.aliases.size > 0) scanner.aliases = new Map();
  scanner.aliasedNodes = 0;
}
