/** The end of a node without the line breaks of a block scalar and the spaces before a comment. */
export function endOfText(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /[ \t\r\n]/.test(text.charAt(last - 1))) last--;
  return last;
}

/** The line break that ends before an offset; nothing where none does. */
export function lineBreakBefore(text: string, offset: number): string {
  if (text.charAt(offset - 1) !== '\n') return '';
  return text.charAt(offset - 2) === '\r' ? '\r\n' : '\n';
}

/** A byte order mark is no part of the first line. */
export function startOfLine(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
}

/** Where the line that holds the last character before `offset` has ended, its line break included. */
export function endOfLine(text: string, offset: number): number {
  const lineBreak = text.indexOf('\n', Math.max(offset - 1, 0));
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

/** Whether nothing but white space stands before an offset on its line. */
export function isLineStart(text: string, offset: number): boolean {
  return text.slice(startOfLine(text, offset), offset).trim() === '';
}

/** Whether the dashes of items, and nothing else, stand before an offset on its line. */
export function isAfterDashes(text: string, offset: number): boolean {
  return /^[ ]*(?:- +)+$/.test(text.slice(startOfLine(text, offset), offset));
}
