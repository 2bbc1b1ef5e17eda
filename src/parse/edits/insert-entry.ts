import type { SourceFile } from '../../core/document.ts';
import type { Insertion } from '../../core/finding.ts';
import { endOf, isMapNode, startOf } from '../../core/tape.ts';
import { lineBreakBefore, startOfLine } from './lines.ts';
import { dashFor, isFlow, lastBlockScalar, type Piece, piecesOf } from './pieces.ts';
import { type Change, findTarget, type Target } from './target.ts';

/** Writes one more entry or item, in the indentation, the style and with the line breaks of the others. */
export function insertEntry(file: SourceFile, { insert, into, before }: Insertion): Change | undefined {
  const target = findTarget(file, into);
  const pieces = target && piecesOf(target.tape, target.text, target.entry.value);
  if (!pieces) return undefined;
  if (isFlow(target.tape, target.entry.value)) return insertInFlow(target, pieces, insert, before);
  const piece = before === undefined ? undefined : pieces[before];
  if (before !== undefined && !piece) return undefined;
  return insertInBlock(target, pieces, insert, piece);
}

function insertInBlock({ tape, text, entry }: Target, pieces: readonly Piece[], insert: string, before: Piece | undefined): Change | undefined {
  const { value: collection } = entry;
  const start = startOf(tape, collection);
  const indentation = ' '.repeat(start - startOfLine(text, start));
  const dash = dashFor(tape, collection);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = insert.split(/\r?\n/).map((line, index) => (index === 0 ? dash + line : line && indentation + ' '.repeat(dash.length) + line));
  const added = lines.join(lineBreak);
  // The first entry may stand behind a dash, so that what goes before it takes its very place.
  if (before && before === pieces[0]) return { start: before.content, end: before.content, text: added + lineBreak + indentation };
  const offset = before?.start ?? pieces.at(-1)?.end ?? start;
  const isEnded = lineBreakBefore(text, offset) !== '';
  // At the end of a text a block scalar has no line break: with one its value is another.
  if (!isEnded && lastBlockScalar(tape, collection) !== undefined) return undefined;
  return { start: offset, end: offset, text: isEnded ? indentation + added + lineBreak : lineBreak + indentation + added };
}

/** Only what fits into a line: what may begin and end a value between brackets is the caller's knowledge. */
function insertInFlow({ tape, text, entry }: Target, pieces: readonly Piece[], insert: string, before: number | undefined): Change | undefined {
  if (insert.includes('\n')) return undefined;
  const { value: collection } = entry;
  const last = pieces.at(-1);
  if (before !== undefined) {
    const start = pieces[before]?.start;
    return start === undefined ? undefined : { start, end: start, text: `${insert}, ` };
  }
  if (last) return { start: last.end, end: last.end, text: `, ${insert}` };
  const [start, end] = [startOf(tape, collection) + 1, endOf(tape, collection) - 1];
  const isEmpty = text.slice(start, end).trim() === '';
  return isEmpty ? { start, end, text: isMapNode(tape, collection) && end > start ? ` ${insert} ` : insert } : undefined;
}
