import type { SourceFile, Tape } from '../../core/document.ts';
import type { Reordering } from '../../core/finding.ts';
import { nextOf, startOf } from '../../core/tape.ts';
import { lineBreakBefore, startOfLine } from './lines.ts';
import { isFlow, lastBlockScalar, type Piece, piecesOf } from './pieces.ts';
import { type Change, entriesOf, findTarget } from './target.ts';

/**
 * Gives the entries or items of a collection another order. The comments above an entry go with it; those above the
 * first one stay, because they are mostly about all that follows. Undefined where an alias reaches over an entry's
 * border: what it stands for depends on the order.
 */
export function reorderEntries(file: SourceFile, { reorder, order }: Reordering): Change | undefined {
  const target = findTarget(file, reorder);
  if (!target) return undefined;
  const { tape, text, entry } = target;
  const pieces = piecesOf(tape, text, entry.value);
  const [first, last] = [pieces?.[0], pieces?.at(-1)];
  if (!pieces || !first || !last || !isPermutation(order, pieces.length) || isCrossedByAlias(tape, entry.value)) return undefined;
  const sorted = order.flatMap(index => pieces[index] ?? []);
  if (isFlow(tape, entry.value)) {
    const texts = sorted.map(
      ({ start, end }, index) => text.slice(pieces[index - 1]?.end ?? first.start, pieces[index]?.start) + text.slice(start, end),
    );
    return { start: first.start, end: last.end, text: texts.join('') };
  }
  if (pieces.some(({ start, content }) => text.slice(start, content).includes('\t'))) return undefined;
  const scalars = entriesOf(tape, entry.value).flatMap(({ value }) => lastBlockScalar(tape, value) ?? []);
  if (scalars.length > 0 && !isSafeAfterBlockScalars(tape, text, pieces, scalars)) return undefined;
  return { start: first.start, end: last.end, text: joinLines(sorted, pieces, text) };
}

function isPermutation(order: readonly number[], length: number): boolean {
  return order.length === length && new Set(order).size === length && order.every(index => index >= 0 && index < length);
}

function isCrossedByAlias(tape: Tape, collection: number): boolean {
  const bounds = entriesOf(tape, collection).map(({ key, value }) => ({ start: key ?? value, end: nextOf(tape, value) }));
  const entryOf = (node: number) => bounds.findIndex(({ start, end }) => node >= start && node < end);
  return [...(tape.aliases ?? [])].some(([alias, anchored]) => entryOf(alias) !== entryOf(anchored));
}

/** Whether no line behind a block scalar, wherever the order puts it, becomes part of it or stops to be. */
function isSafeAfterBlockScalars(tape: Tape, text: string, pieces: readonly Piece[], scalars: readonly number[]): boolean {
  const end = pieces.at(-1)?.end ?? 0;
  if (lineBreakBefore(text, end) === '') return false;
  const keepsEmptyLines = scalars.some(scalar => /^.{1,2}\+/.test(text.slice(startOf(tape, scalar), startOf(tape, scalar) + 3)));
  const emptyLine = keepsEmptyLines ? /^[ \t]*\r?\n/ : /^(?:\r?\n)*[ \t]+\r?\n/;
  const behind = pieces.map(({ start, content }) => text.slice(start, content)).concat(text.slice(end));
  return !behind.some(lines => emptyLine.test(lines));
}

/** The first piece stands where the first one stood, maybe behind a dash; each line break that the end of the text lacks is added. */
function joinLines(sorted: readonly Piece[], pieces: readonly Piece[], text: string): string {
  const { start: firstStart = 0, end: lastEnd = 0 } = { start: pieces[0]?.start, end: pieces.at(-1)?.end };
  const indentation = ' '.repeat(firstStart - startOfLine(text, firstStart));
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const joined = sorted.map(({ start, content, end }, index) => {
    const own = text.slice(start, end);
    const ended = lineBreakBefore(text, end) === '' ? own + lineBreak : own;
    const lead = text.slice(start, content).trim();
    if (index > 0) return start === firstStart ? indentation + ended : ended;
    return lead === '' ? ended.slice(content - start) : ended.trimStart();
  });
  const all = joined.join('');
  return lineBreakBefore(text, lastEnd) === '' ? all.replace(/\r?\n$/, '') : all;
}
