import { type Document, nodeKind } from '../core/document.ts';
import { endOf, isMapNode, isSequenceNode, kindOf, nextOf, startOf } from '../core/tape.ts';

/** What stands around the values of a text and is no part of them, each in the order of the text. */
export interface Marks {
  /** From the `#` to the end of the line. */
  readonly comments: readonly string[];
  /** Anchors and tags, as in `&name` and `!Ref`. */
  readonly properties: readonly string[];
}

/** The comments, anchors and tags of a YAML text: what its data does not show, and an edit may lose. */
export function marksOf(text: string, documents: readonly Pick<Document, 'tape'>[]): Marks {
  const comments: string[] = [];
  const properties: string[] = [];
  let from = 0;
  const readGap = (end: number) => {
    // A comment begins at the start of the text or of a line, or behind white space; so do anchors and tags, or behind a bracket.
    for (const [, comment, property] of text.slice(from, end).matchAll(/(?<![^\s])(#[^\n]*)|(?<![^\s[{,])([&!][^\s,[\]{}]*)/g)) {
      if (comment !== undefined) comments.push(comment.trimEnd());
      if (property !== undefined) properties.push(property);
    }
  };
  for (const { tape } of documents) {
    for (let node = tape.root; node < nextOf(tape, tape.root); node += 4) {
      if (isMapNode(tape, node) || isSequenceNode(tape, node) || startOf(tape, node) < from) continue;
      readGap(startOf(tape, node));
      from = startOf(tape, node);
      const kind = kindOf(tape, node);
      if (kind === nodeKind.literal || kind === nodeKind.folded) readGap(endOfHeader(text, from, endOf(tape, node)));
      from = endOf(tape, node);
    }
  }
  readGap(text.length);
  return { comments, properties };
}

function endOfHeader(text: string, start: number, end: number): number {
  const lineBreak = text.indexOf('\n', start);
  return lineBreak < 0 || lineBreak > end ? end : lineBreak;
}
