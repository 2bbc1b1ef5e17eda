import { nodeKind } from '../../core/document.ts';
import {
  closeBrace,
  closeBracket,
  comma,
  dash,
  digitNine,
  digitZero,
  doubleQuote,
  isWhite,
  lineFeed,
  openBrace,
  openBracket,
} from '../yaml/characters.ts';
import { addProblem, createReader, type HclReader, isComment, maxDepth, skipComment, skipWhite } from './hcl-reader.ts';
import type { HclEntry, HclKey, HclSpan, HclValue } from './hcl-value.ts';
import { readHeredoc } from './read-heredoc.ts';
import { readKey } from './read-key.ts';
import { type Ending, endsExpression, equals, skipExpression, skipString } from './skip-expression.ts';

/** Reads the expression that follows. What is no literal is its own text, as a template. */
export function readExpression(reader: HclReader, ending: Ending): HclValue {
  skipWhite(reader, ending === 'item');
  const { text, position: start } = reader;
  const literal = readLiteral(reader);
  if (literal) {
    const { end } = literal;
    const code = skipWhite(reader, ending === 'item');
    if (endsExpression(code, ending)) return literal;
    reader.position = end;
  }
  skipExpression(reader, ending);
  const end = lengthWithoutWhite(text, start, reader.position);
  if (end === start) addProblem(reader, 'a value is missing: expected an expression', start);
  return { kind: nodeKind.plain, value: `\${${text.slice(start, end)}}`, start, end };
}

/** Where the objects and tuples of an expression stand, outermost ones only: of `a ? { b = 1 } : {}` both. */
export function findCollections(expression: string): readonly HclSpan[] {
  const reader = createReader(expression);
  const found: HclSpan[] = [];
  while (reader.position < expression.length) {
    const { position } = reader;
    const code = expression.charCodeAt(position);
    const literal = code === openBrace || code === openBracket || code === doubleQuote || code === lessThan ? readLiteral(reader) : undefined;
    if (literal?.entries || literal?.items) found.push({ start: literal.start, end: literal.end });
    else if (isComment(expression, position)) skipComment(reader);
    else if (!literal) reader.position = position + 1;
  }
  return found;
}

function lengthWithoutWhite(text: string, start: number, position: number): number {
  let end = position;
  while (end > start && isWhite(text.charCodeAt(end - 1))) end--;
  return end;
}

function readLiteral(reader: HclReader): HclValue | undefined {
  const { text, position } = reader;
  switch (text.charCodeAt(position)) {
    case doubleQuote:
      return readString(reader);
    case openBracket:
      return readTuple(reader);
    case openBrace:
      return readObject(reader);
    case lessThan:
      return readHeredoc(reader);
    default:
      return readWord(reader);
  }
}

const lessThan = 60;

function readString(reader: HclReader): HclValue {
  const { text, position: start } = reader;
  const isClosed = skipString(reader);
  const { position: end } = reader;
  return { kind: nodeKind.doubleQuoted, value: decodeString(text.slice(start + 1, isClosed ? end - 1 : end)), start, end };
}

/** The string with its escapes decoded; templates and their escapes, `$${` and `%%{`, stay. */
export function decodeString(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|U(000[0-9a-fA-F]{5}|0010[0-9a-fA-F]{4})|(.))/gs, (_, short?: string, long?: string, letter = '') => {
    const code = short ?? long;
    return code === undefined ? (escapes[letter] ?? letter) : String.fromCodePoint(Number.parseInt(code, 16));
  });
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function readWord(reader: HclReader): HclValue | undefined {
  const { text, position: start } = reader;
  const code = text.charCodeAt(start);
  // Most expressions begin with the name of something.
  if (code !== dash && !(code >= digitZero && code <= digitNine) && !/[tfn]/.test(text.charAt(start))) return undefined;
  word.lastIndex = start;
  const [written] = word.exec(text) ?? [];
  if (written === undefined) return undefined;
  const end = start + written.length;
  reader.position = end;
  const value = written in words ? (words[written] ?? null) : Number(written);
  return { kind: nodeKind.plain, value, start, end };
}

const word = /(?:true|false|null)(?![\p{ID_Continue}-])|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\p{ID_Continue}.])/uy;
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function readTuple(reader: HclReader): HclValue | undefined {
  const start = openCollection(reader, openBracket);
  if (start === undefined) return undefined;
  const items: HclValue[] = [];
  for (let code = skipWhite(reader, true); code !== closeBracket; code = skipWhite(reader, true)) {
    if (Number.isNaN(code)) return unclosed(reader, start);
    items.push(readExpression(reader, 'item'));
    skipSeparator(reader, closeBracket, true);
  }
  return { items, ...closeCollection(reader, start) };
}

function readObject(reader: HclReader): HclValue | undefined {
  const start = openCollection(reader, openBrace);
  if (start === undefined) return undefined;
  const entries: HclEntry[] = [];
  for (let code = skipWhite(reader, true); code !== closeBrace; code = skipWhite(reader, true)) {
    if (Number.isNaN(code)) return unclosed(reader, start);
    const key = readElementKey(reader);
    const next = skipWhite(reader, true);
    if (next === equals || next === colon) {
      reader.position++;
      entries.push({ keys: [key], value: readExpression(reader, 'element') });
    } else {
      addProblem(reader, 'a key is not followed by its value: expected "="');
    }
    skipSeparator(reader, closeBrace, false);
  }
  return { entries, ...closeCollection(reader, start) };
}

const colon = 58;

/** Where a collection opens whose items are written out; none of a `for` expression, and of what is nested too deep. */
function openCollection(reader: HclReader, bracket: number): number | undefined {
  const { text, position: start } = reader;
  if (text.charCodeAt(start) !== bracket || reader.depth >= maxDepth) return undefined;
  forKeyword.lastIndex = start + 1;
  if (forKeyword.test(text)) return undefined;
  reader.position++;
  reader.depth++;
  return start;
}

const forKeyword = /\s*for[ \t\r\n]/y;

function closeCollection(reader: HclReader, start: number): HclSpan {
  reader.depth--;
  return { start, end: ++reader.position };
}

/** What of the collection was written is no more than a text. */
function unclosed(reader: HclReader, start: number): undefined {
  addProblem(reader, 'a bracket is not closed', start);
  reader.depth--;
  return undefined;
}

/** A name, a string, or an expression, in parentheses as a rule. */
function readElementKey(reader: HclReader): HclKey {
  const { position: start } = reader;
  const key = readKey(reader);
  const { position: end } = reader;
  const code = skipWhite(reader, false);
  if (key && (code === equals || code === colon)) return key;
  reader.position = end;
  skipExpression(reader, 'key');
  return { start, end: lengthWithoutWhite(reader.text, start, reader.position), isQuoted: false };
}

/** A comma, in an object also a line break. Whatever else stands there is left out, so that every turn of the loop gets on. */
function skipSeparator(reader: HclReader, closing: number, isTuple: boolean): void {
  const code = skipWhite(reader, isTuple);
  if (code === comma) reader.position++;
  if (code === comma || code === closing || (code === lineFeed && !isTuple) || Number.isNaN(code)) return;
  addProblem(reader, 'two values are not separated: expected a comma');
  reader.position++;
}
