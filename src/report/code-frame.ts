import type { Location } from '../core/finding.ts';
import { printableCharacter } from './printable.ts';

/** A source line as a terminal shows it, and the line with carets that goes below it. */
export interface CodeFrame {
  readonly source: string;
  readonly carets: string;
}

/** No line of a human being is longer; of a longer one no more than this is looked at on each side of the range. */
const reach = 400;
const tabWidth = 2;

/**
 * The line where `at` starts, cut to `width` columns round the range, and carets under the range
 * as far as it stands on this line. Columns of the terminal: tabs are two wide, East Asian wide characters too,
 * combining marks none.
 */
export function codeFrame(text: string, { start, end }: Pick<Location, 'start' | 'end'>, width: number): CodeFrame {
  const from = lineStart(text, start.offset);
  const to = lineEnd(text, start.offset);
  const before = cells(text.slice(from, start.offset));
  const marked = showBlanks(cells(text.slice(start.offset, Math.min(Math.max(end.offset, start.offset), to))));
  const after = cells(text.slice(Math.min(Math.max(end.offset, start.offset), to), to));

  // The range comes first, then what stands before it, and what is still free shows what follows.
  const room = Math.max(width, 20) - 2;
  const shownMarked = takeFirst(marked, room);
  const shownBefore = takeLast(before, Math.max(room - widthOf(shownMarked) - Math.min(widthOf(after), 20), 0));
  const shownAfter = takeFirst(after, room - widthOf(shownMarked) - widthOf(shownBefore));
  const isCutBefore = shownBefore.length < before.length || (from > 0 && !isLineBreak(text.charCodeAt(from - 1)));
  const isCutAfter =
    shownMarked.length < marked.length || shownAfter.length < after.length || (to < text.length && !isLineBreak(text.charCodeAt(to)));

  const lead = (isCutBefore ? '…' : '') + textOf(shownBefore);
  return {
    source: (lead + textOf(shownMarked) + textOf(shownAfter) + (isCutAfter ? '…' : '')).trimEnd(),
    carets: ' '.repeat(widthOf(shownBefore) + (isCutBefore ? 1 : 0)) + '^'.repeat(Math.max(widthOf(shownMarked), 1)),
  };
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && offset - start < reach && !isLineBreak(text.charCodeAt(start - 1))) start--;
  return start;
}

function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length && end - offset < reach && !isLineBreak(text.charCodeAt(end))) end++;
  return end;
}

function isLineBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

/** A character that takes columns, with the marks that combine with it. */
interface Cell {
  readonly text: string;
  readonly width: number;
}

function cells(text: string): Cell[] {
  const result: Cell[] = [];
  for (const character of text) {
    const last = result.at(-1);
    if (character === '\t') result.push({ text: ' '.repeat(tabWidth), width: tabWidth });
    else if (last && /\p{Mn}|\p{Me}|\u200d/u.test(character)) result[result.length - 1] = { ...last, text: last.text + character };
    else if (character !== '\ufeff') result.push({ text: printableCharacter(character), width: isWide(character) ? 2 : 1 });
  }
  return result;
}

/** Blanks that are marked are what the finding is about. */
function showBlanks(marked: readonly Cell[]): readonly Cell[] {
  const isBlank = marked.every(({ text }) => text.trim() === '');
  return isBlank ? marked.map(cell => ({ ...cell, text: '·'.repeat(cell.width) })) : marked;
}

/** East Asian wide and full-width characters and pictographs (Unicode Standard Annex 11, without its rarer blocks). */
function isWide(character: string): boolean {
  return /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u.test(
    character,
  );
}

function takeFirst(all: readonly Cell[], width: number): readonly Cell[] {
  let free = width;
  const end = all.findIndex(cell => {
    free -= cell.width;
    return free < 0;
  });
  return end < 0 ? all : all.slice(0, end);
}

function takeLast(all: readonly Cell[], width: number): readonly Cell[] {
  return takeFirst(all.toReversed(), width).toReversed();
}

function widthOf(all: readonly Cell[]): number {
  return all.reduce((sum, { width }) => sum + width, 0);
}

function textOf(all: readonly Cell[]): string {
  return all.map(({ text }) => text).join('');
}
