import { nodeKind } from './document.ts';

/**
 * The string that a plain or quoted scalar stands for: escapes decoded, lines folded
 * (YAML 1.2.2, 7.3). Undefined where an escape is not one of YAML's. Other kinds come back as written.
 */
export function scalarText(source: string, kind: number): string | undefined {
  if (kind === nodeKind.plain) return foldLines(source);
  if (kind === nodeKind.singleQuoted) return foldLines(source.slice(1, -1)).replaceAll("''", "'");
  if (kind === nodeKind.doubleQuoted) return decodeDoubleQuoted(source);
  return source;
}

/** One line break becomes a space, n of them n - 1 line breaks; white space around them goes. */
function foldLines(source: string): string {
  if (!source.includes('\n')) return source;
  const lines = source.split(/\r?\n/);
  let text = trimBlanks(lines[0] ?? '', false, true);
  let emptyLines = 0;
  for (let index = 1; index < lines.length; index++) {
    const isLast = index === lines.length - 1;
    const line = trimBlanks(lines[index] ?? '', true, !isLast);
    if (line === '' && !isLast) {
      emptyLines++;
      continue;
    }
    text += (emptyLines === 0 ? ' ' : '\n'.repeat(emptyLines)) + line;
    emptyLines = 0;
  }
  return text;
}

function trimBlanks(line: string, atStart: boolean, atEnd: boolean): string {
  let start = 0;
  let end = line.length;
  if (atStart) while (isBlank(line.charCodeAt(start))) start++;
  if (atEnd) while (end > start && isBlank(line.charCodeAt(end - 1))) end--;
  return line.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  '\t': '\t',
};

const hexDigits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** `source` with its quotes. The steps follow the double-quoted style of YAML 1.2.2, 7.3.1. */
function decodeDoubleQuoted(source: string): string | undefined {
  const end = source.length - 1;
  if (!source.includes('\\') && !source.includes('\n')) return source.slice(1, end);
  let text = '';
  let copied = 1;
  let index = 1;
  while (index < end) {
    const code = source.charCodeAt(index);
    if (code === 92) {
      const letter = source.charAt(index + 1);
      const digits = hexDigits[letter];
      let decoded = escapes[letter];
      let next = index + 2;
      if (digits !== undefined) {
        decoded = fromHex(source.slice(next, next + digits), digits);
        next += digits;
      } else if (letter === '\n' || (letter === '\r' && source.charAt(next) === '\n')) {
        decoded = '';
        if (letter === '\r') next++;
        while (isBlank(source.charCodeAt(next))) next++;
      }
      if (decoded === undefined || next > end) return undefined;
      text += source.slice(copied, index) + decoded;
      copied = index = next;
    } else if (code === 10 || (code === 13 && source.charCodeAt(index + 1) === 10)) {
      const lines = lineBreaksFrom(source, index);
      text += trimBlanksAfter(source, copied, index) + (lines.count === 1 ? ' ' : '\n'.repeat(lines.count - 1));
      copied = index = lines.end;
    } else {
      index++;
    }
  }
  return text + source.slice(copied, end);
}

function fromHex(digits: string, length: number): string | undefined {
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : Number.NaN;
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** The text without the white space at its end; what an escape gave before `start` stays. */
function trimBlanksAfter(source: string, start: number, end: number): string {
  let last = end;
  while (last > start && isBlank(source.charCodeAt(last - 1))) last--;
  return source.slice(start, last);
}

function lineBreaksFrom(source: string, start: number): { readonly count: number; readonly end: number } {
  let count = 0;
  let index = start;
  for (;;) {
    const code = source.charCodeAt(index);
    if (code === 10) count++;
    else if (!isBlank(code) && !(code === 13 && source.charCodeAt(index + 1) === 10)) return { count, end: index };
    index++;
  }
}
