import { resolvePlainScalar } from '../../core/plain-scalar.ts';
import {
  ampersand,
  asterisk,
  at,
  backtick,
  byteOrderMark,
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  dash,
  dot,
  doubleQuote,
  exclamationMark,
  greaterThan,
  hash,
  isFlowIndicator,
  isWhite,
  lineFeed,
  openBrace,
  openBracket,
  percent,
  plus,
  questionMark,
  singleQuote,
  space,
  tab,
  verticalBar,
} from './characters.ts';
import { isMarker } from './layout.ts';
import { refuse, type Scanner } from './scanner.ts';

/** By the code of a character of ASCII, 1 where it cannot begin a plain scalar. */
const indicators = new Uint8Array(128);
for (const code of [
  ampersand,
  asterisk,
  at,
  backtick,
  carriageReturn,
  closeBrace,
  closeBracket,
  comma,
  doubleQuote,
  exclamationMark,
  greaterThan,
  hash,
  lineFeed,
  openBrace,
  openBracket,
  percent,
  singleQuote,
  tab,
  verticalBar,
])
  indicators[code] = 1;

/** Whether a plain scalar can begin here: not with an indicator, and with `-`, `?` or `:` only where no white space follows. */
export function startsPlain(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  if (code === dash || code === questionMark || code === colon) return !isWhite(text.charCodeAt(position + 1));
  return code < 128 ? indicators[code] === 0 : code !== byteOrderMark;
}

/**
 * Goes to what ends a plain scalar on this line (`: `, ` #` or the line's end)
 * and gives the end of its text, without the spaces after it.
 */
export function scanPlain(scanner: Scanner): number {
  const { text } = scanner;
  let { position } = scanner;
  let end = position;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code > colon) {
      end = ++position;
    } else if (code === space || code === tab) {
      position++;
    } else if (code === lineFeed || code === carriageReturn) {
      break;
    } else if (code === colon && isWhite(text.charCodeAt(position + 1))) {
      break;
    } else if (code === hash && position > end) {
      break;
    } else {
      end = ++position;
    }
  }
  scanner.position = position;
  return end;
}

/**
 * The text of a plain scalar in a block collection: its first line, which is scanned already,
 * and the lines after it that are indented deeper than `parentColumn`, folded. The scanner is then
 * behind the line breaks after it, which need no second look, or at its end where a comment follows.
 */
export function readPlainLines(scanner: Scanner, start: number, firstEnd: number, parentColumn: number): string {
  const { text } = scanner;
  let value = text.slice(start, firstEnd);
  let end = firstEnd;
  for (;;) {
    const stop = text.charCodeAt(scanner.position);
    if (stop === colon) refuse(scanner, 'a second colon stands on the line of a key, or a key spans several lines: expected quotes around the value');
    if (stop === hash) {
      scanner.position = end;
      break;
    }
    const breaks = skipLineBreaks(scanner);
    const line = scanner.position;
    const column = line - scanner.lineStart;
    const code = text.charCodeAt(line);
    if (line >= scanner.length || column <= parentColumn || code === hash || (column === 0 && isMarker(text, line))) break;
    if (code === tab) refuse(scanner, 'a tab is used as indentation: expected spaces');
    end = scanPlain(scanner);
    value += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + text.slice(line, end);
  }
  scanner.lastEnd = end;
  return value;
}

/** Goes from the end of a line to the first character of the next line that is not empty, and gives the number of line breaks. */
function skipLineBreaks(scanner: Scanner): number {
  const { text } = scanner;
  let { position } = scanner;
  let breaks = 0;
  let code = text.charCodeAt(position);
  while (code === lineFeed || code === carriageReturn) {
    position += code === lineFeed ? 1 : 2;
    breaks++;
    scanner.lineStart = position;
    code = text.charCodeAt(position);
    while (code === space) code = text.charCodeAt(++position);
  }
  scanner.position = position;
  return breaks;
}

/**
 * Like `scanPlain` between brackets: `,`, brackets and `:` before one of them end the scalar too.
 * A scalar that goes on in the next line ends with this one, and its reader refuses what follows.
 */
export function scanFlowPlain(scanner: Scanner): number {
  const { text } = scanner;
  let { position } = scanner;
  let end = position;
  for (;;) {
    const code = text.charCodeAt(position);
    if (code === space || code === tab) {
      position++;
      continue;
    }
    if (code === lineFeed || code === carriageReturn || isFlowIndicator(code)) break;
    if (code === hash && position > end) break;
    if (code === colon) {
      const next = text.charCodeAt(position + 1);
      if (isWhite(next) || isFlowIndicator(next)) break;
    }
    end = ++position;
  }
  scanner.position = position;
  return end;
}

/** What a plain scalar means by YAML 1.2; the scanner notes where a reader of YAML 1.1 may take it for something else. */
export function resolvePlain(scanner: Scanner, text: string): unknown {
  const value = resolvePlainScalar(text);
  const code = text.charCodeAt(0);
  if (code <= nine ? !isNumberToAll(text, code, value) : text.length <= 3 && yaml11Words.has(text)) scanner.isReadAlike = false;
  return value;
}

/**
 * Decimal numbers without a zero or sign before them are the same to all, and so are texts with two dots, with a letter
 * behind a sign, and those that end with no digit of any radix.
 */
function isNumberToAll(text: string, code: number, value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && text.length < 16 && (code > zero || text.length === 1);
  const isSigned = code === plus || code === dash;
  const first = isSigned ? text.charCodeAt(1) : code;
  if (first !== dot && (first < zero || first > nine)) return true;
  const last = text.charCodeAt(text.length - 1);
  if (text.indexOf('.') !== text.lastIndexOf('.')) return true;
  return !(last <= nine || isHexLetter(last) || last === underscore);
}

function isHexLetter(code: number): boolean {
  return (code >= 65 && code <= 70) || (code >= 97 && code <= 102);
}

const yaml11Words: ReadonlySet<string> = new Set(
  ['y', 'n', 'no', 'on', 'yes', 'off'].flatMap(word => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)]),
);
const zero = 48;
const nine = 57;
const underscore = 95;
