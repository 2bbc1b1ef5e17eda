import type { Position } from '../core/finding.ts';

/** Gives the line and column of an offset in `text`; LF, CR LF and CR end a line. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (const { index, 0: lineBreak } of text.matchAll(/\r\n?|\n/g)) starts.push(index + lineBreak.length);
  return offset => {
    let line = 1;
    let end = starts.length;
    while (line < end) {
      const middle = (line + end) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle + 1;
      else end = middle;
    }
    return { offset, line, column: offset - (starts[line - 1] ?? 0) + 1 };
  };
}
