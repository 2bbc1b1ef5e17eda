import { type Document, nodeKind } from './document.ts';
import type { Span } from './layout.ts';
import { endOf, isMapNode, isSequenceNode, kindOf, nextOf, startOf } from './tape.ts';

/** What stands around the values of a YAML text and is no part of them, each in the order of the text. */
export interface Marks {
  /** From the `#` to the end of the line, without white space there. */
  readonly comments: readonly Span[];
  /** Anchors and tags, as in `&name` and `!Ref`. */
  readonly properties: readonly Span[];
}

/** The comments, anchors and tags of a text: what its data does not show, and an edit may lose. */
export function marksOf(text: string, documents: readonly Pick<Document, 'tape'>[]): Marks {
  const comments: Span[] = [];
  const properties: Span[] = [];
  let from = 0;
  const readGap = (end: number) => {
    // A comment begins at the start of the text or of a line, or behind white space; so do anchors and tags, or behind a bracket.
    for (const { 0: mark, 1: comment, index } of text.slice(from, end).matchAll(/(?<![^\s])(#[^\n]*)|(?<![^\s[{,])[&!][^\s,[\]{}]*/g)) {
      const start = from + index;
      (comment === undefined ? properties : comments).push({ start, end: start + mark.trimEnd().length });
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
