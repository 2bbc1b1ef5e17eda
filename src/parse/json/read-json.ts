import { nodeKind } from '../../core/document.ts';
import {
  backslash,
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  doubleQuote,
  lineFeed,
  openBrace,
  openBracket,
  space,
  tab,
} from '../yaml/characters.ts';
import { type Mapping, setEntry } from '../yaml/mapping.ts';
import { addLeaf, closeNode, enter, leave, openNode, refuse, type Scanner } from '../yaml/scanner.ts';

/** Reads the one value of a JSON text (RFC 8259). With `isLenient` comments and commas before a closing bracket are left out of account. */
export function readJson(scanner: Scanner, isLenient: boolean): unknown {
  skipWhite(scanner, isLenient);
  const value = readValue(scanner, isLenient);
  skipWhite(scanner, isLenient);
  return scanner.position < scanner.length ? refuse(scanner, 'text follows after the end of the value: expected the end of the file') : value;
}

const slash = 47;
const asterisk = 42;

/** Skips white space and gives the code of what follows. */
function skipWhite(scanner: Scanner, isLenient: boolean): number {
  const { text } = scanner;
  for (;;) {
    let { position } = scanner;
    let code = text.charCodeAt(position);
    while (code === space || code === lineFeed || code === carriageReturn || code === tab) code = text.charCodeAt(++position);
    scanner.position = position;
    if (code !== slash) return code;
    if (!isLenient) refuse(scanner, 'a comment stands in JSON: remove it');
    skipComment(scanner);
  }
}

function skipComment(scanner: Scanner): void {
  const { text, position } = scanner;
  const isBlock = text.charCodeAt(position + 1) === asterisk;
  if (!isBlock && text.charCodeAt(position + 1) !== slash) refuse(scanner, 'a slash begins no comment: expected "//" or "/*"');
  const end = text.indexOf(isBlock ? '*/' : '\n', position + 2);
  if (end < 0) refuse(scanner, 'a comment is not closed: expected "*/"');
  scanner.position = isBlock ? end + 2 : end;
}

function readValue(scanner: Scanner, isLenient: boolean): unknown {
  switch (scanner.text.charCodeAt(scanner.position)) {
    case openBrace:
      return readObject(scanner, isLenient);
    case openBracket:
      return readArray(scanner, isLenient);
    case doubleQuote:
      return readString(scanner);
    default:
      return readWord(scanner);
  }
}

function readObject(scanner: Scanner, isLenient: boolean): Mapping {
  enter(scanner);
  const mapping: Mapping = {};
  const node = openNode(scanner, nodeKind.flowMap, scanner.position++);
  let code = skipWhite(scanner, isLenient);
  while (code !== closeBrace) {
    if (code !== doubleQuote) refuse(scanner, 'no key stands here: expected a key in double quotes or "}"');
    const key = readString(scanner);
    if (skipWhite(scanner, isLenient) !== colon) refuse(scanner, 'a key is not followed by its value: expected a colon');
    scanner.position++;
    skipWhite(scanner, isLenient);
    setEntry(scanner, mapping, key, readValue(scanner, isLenient));
    code = skipComma(scanner, isLenient, closeBrace);
  }
  return endCollection(scanner, node, mapping);
}

function readArray(scanner: Scanner, isLenient: boolean): unknown[] {
  enter(scanner);
  const items: unknown[] = [];
  const node = openNode(scanner, nodeKind.flowSequence, scanner.position++);
  let code = skipWhite(scanner, isLenient);
  while (code !== closeBracket) {
    items.push(readValue(scanner, isLenient));
    code = skipComma(scanner, isLenient, closeBracket);
  }
  return endCollection(scanner, node, items);
}

/** Goes to the next entry or to the closing bracket and gives the code of what stands there. */
function skipComma(scanner: Scanner, isLenient: boolean, closing: number): number {
  const code = skipWhite(scanner, isLenient);
  if (code === closing) return code;
  if (code !== comma) refuse(scanner, `a value is not followed by the next one: expected a comma or "${String.fromCharCode(closing)}"`);
  const position = scanner.position++;
  const next = skipWhite(scanner, isLenient);
  if (next === closing && !isLenient) {
    scanner.position = position;
    refuse(scanner, `a comma stands before "${String.fromCharCode(closing)}": remove it`);
  }
  return next;
}

function endCollection<T>(scanner: Scanner, node: number, value: T): T {
  scanner.lastEnd = ++scanner.position;
  closeNode(scanner, node);
  leave(scanner);
  return value;
}

function readString(scanner: Scanner): string {
  const { text } = scanner;
  const start = scanner.position;
  let position = start + 1;
  let hasEscapes = false;
  for (let code = text.charCodeAt(position); code !== doubleQuote; code = text.charCodeAt(++position)) {
    if (code < space) {
      scanner.position = position;
      refuse(
        scanner,
        code === lineFeed
          ? 'a string is not closed on its line: expected "'
          : 'a control character stands in a string: expected an escape such as "\\t"',
      );
    }
    if (code === backslash) {
      hasEscapes = true;
      if (text.charCodeAt(position + 1) >= space) position++;
    }
  }
  const end = position + 1;
  addLeaf(scanner, nodeKind.doubleQuoted, start, end);
  const value = hasEscapes ? decodeString(text.slice(start, end)) : text.slice(start + 1, position);
  if (value === undefined) refuse(scanner, 'a backslash begins no escape that JSON knows: double the backslash');
  scanner.position = end;
  return value;
}

function decodeString(source: string): string | undefined {
  try {
    return JSON.parse(source) as string;
  } catch {
    return undefined;
  }
}

const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;
const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Reads a number, `true`, `false` or `null`. */
function readWord(scanner: Scanner): number | boolean | null {
  const { text } = scanner;
  const start = scanner.position;
  let end = start;
  while (!endsWord(text.charCodeAt(end))) end++;
  const word = text.slice(start, end);
  const value = number.test(word) ? Number(word) : words.get(word);
  if (value === undefined) {
    // The word itself is not quoted: it may be a secret.
    const found = start >= scanner.length ? 'the file ends here' : 'this is no JSON value';
    refuse(scanner, `${found}: expected a string in double quotes, a number, true, false, null, "{" or "["`);
  }
  addLeaf(scanner, nodeKind.plain, start, end);
  scanner.position = end;
  return value;
}

function endsWord(code: number): boolean {
  return (
    code <= space ||
    code === comma ||
    code === colon ||
    code === closeBrace ||
    code === closeBracket ||
    code === slash ||
    code === doubleQuote ||
    Number.isNaN(code)
  );
}
