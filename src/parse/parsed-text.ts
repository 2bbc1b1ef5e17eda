import type { Document, DuplicateKey, SyntaxProblem } from '../core/document.ts';

/** A document as the parser leaves it: what it is for is found out later. */
export type ParsedDocument = Omit<Document, 'classification'>;

/** What a YAML or JSON text holds. The documents before the first problem are kept; nothing after it is read. */
export interface ParsedText {
  readonly documents: readonly ParsedDocument[];
  readonly problems: readonly SyntaxProblem[];
  readonly duplicateKeys: readonly DuplicateKey[];
}

/** The deepest nesting that is read; every level costs the readers of the values a call. */
export const maxDepth = 1000;

export const tooDeep = `nested deeper than ${maxDepth} levels: flatten the document`;

/** How many nodes the aliases of a document may stand for: a few lines can stand for billions. */
export const maxAliasedNodes = 500_000;
