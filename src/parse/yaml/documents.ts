import { nodeKind } from '../../core/document.ts';
import type { RepoPath } from '../../core/place.ts';
import { findDuplicateKeys } from '../duplicate-keys.ts';
import type { ParsedText } from '../parsed-text.ts';
import { readNode } from './block.ts';
import { dot } from './characters.ts';
import { endLine, nextContent, skipBlanks } from './layout.ts';
import { addLeaf, createScanner, keepCells, noColumn, refuse, type Scanner } from './scanner.ts';

/**
 * Reads the documents of a text: the YAML that GitOps repositories are written in, many times faster
 * than the `yaml` package and with the same values and positions. Throws a `Refusal` for everything else.
 */
export function readDocuments(path: RepoPath, text: string, allowsShallowQuotes = false): ParsedText {
  const scanner = createScanner(text, allowsShallowQuotes);
  const read: { value: unknown; root: number; aliases: ReadonlyMap<number, number>; isReadAlike: boolean }[] = [];
  let hasOpenDocument = false;
  if (text.includes('\r') && /\r(?!\n)/.test(text)) refuse(scanner, 'a carriage return stands without a line feed: expected "\\n" or "\\r\\n"');
  nextContent(scanner);
  while (scanner.position < scanner.length) {
    if (scanner.column === noColumn && text.charCodeAt(scanner.position) === dot) {
      if (!hasOpenDocument) refuse(scanner, '"..." without a document before it: remove it');
      skipMarker(scanner);
      hasOpenDocument = false;
    } else {
      const root = scanner.used;
      const value = readDocument(scanner);
      read.push({ value, root, aliases: scanner.aliases, isReadAlike: scanner.isReadAlike });
      forgetAnchors(scanner);
      hasOpenDocument = true;
    }
  }
  const cells = keepCells(scanner);
  const documents = read.map(({ value, root, aliases, isReadAlike }, index) => ({
    path,
    index,
    value,
    tape: { cells, root, ...(aliases.size > 0 && { aliases }) },
    isReadAlike,
  }));
  const duplicateKeys = scanner.mayHaveDuplicates ? documents.flatMap(document => findDuplicateKeys(document, text)) : [];
  // Which of two keys such as `1` and `"1"` a merge takes is for the package to say.
  if (scanner.hasMerges && duplicateKeys.length > 0) refuse(scanner, 'keys stand twice beside merge keys');
  return { documents, problems: [], duplicateKeys };
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
  skipBlanks(scanner);
  const emptyAt = scanner.position;
  scanner.position = start;
  endLine(scanner);
  nextContent(scanner);
  return emptyAt;
}

/** An anchor is known in its own document only. */
function forgetAnchors(scanner: Scanner): void {
  scanner.isReadAlike = true;
  if (scanner.anchors.size > 0) scanner.anchors = new Map();
  if (scanner.aliases.size > 0) scanner.aliases = new Map();
  scanner.aliasedNodes = 0;
}
