import { backslash, closeBrace, closeBracket, comma, doubleQuote, lineFeed, openBrace, openBracket } from '../yaml/characters.ts';
import { addProblem, type HclReader, isComment, skipComment } from './hcl-reader.ts';
import { readHeredoc } from './read-heredoc.ts';

/** What ends an expression: the line of an attribute, a comma or a bracket in a tuple, any of these in an object, and what follows its key. */
export type Ending = 'attribute' | 'item' | 'element' | 'key';

/** Whether the character, or NaN for the end of the text, ends an expression that no bracket holds. */
export function endsExpression(code: number, ending: Ending): boolean {
  if (Number.isNaN(code) || code === closeBrace || code === closeBracket || code === closeParenthesis) return true;
  if (code === lineFeed) return ending !== 'item';
  if (code === comma) return ending !== 'attribute';
  return ending === 'key' && (code === equals || code === colon);
}

export const equals = 61;
const colon = 58;
const openParenthesis = 40;
const closeParenthesis = 41;
const lessThan = 60;
const dollar = 36;
const percent = 37;

/** Skips brackets, strings, heredocs and comments as wholes up to what ends the expression. Needs no call for what is nested. */
export function skipExpression(reader: HclReader, ending: Ending): void {
  skipNested(reader, [], ending);
}

/** Skips a string and all that its templates hold; false, with a problem, where it is not closed. */
export function skipString(reader: HclReader): boolean {
  reader.position++;
  return skipNested(reader, [doubleQuote], undefined);
}

/** `open`: what has to be closed, innermost last. Without an ending it ends where all of it is closed. */
function skipNested(reader: HclReader, open: number[], ending: Ending | undefined): boolean {
  const { text } = reader;
  while (reader.position < text.length) {
    skipOrdinary(reader);
    if (reader.position === text.length) break;
    const code = text.charCodeAt(reader.position);
    if (open.at(-1) === doubleQuote) {
      const isClosed = skipInString(reader, code, open);
      if (open.length === 0 && ending === undefined) return isClosed;
    } else if (open.length === 0 && ending !== undefined && endsExpression(code, ending)) {
      return true;
    } else {
      skipInCode(reader, code, open);
    }
  }
  if (open.length > 0) addProblem(reader, open.at(-1) === doubleQuote ? 'a string is not closed: expected a quote' : 'a bracket is not closed');
  return open.length === 0;
}

/** Most characters mean nothing, in strings and in code. */
function skipOrdinary(reader: HclReader): void {
  const { text } = reader;
  let { position } = reader;
  while (position < text.length && meansSomething[text.charCodeAt(position)] !== 1) position++;
  reader.position = position;
}

const meansSomething = new Uint8Array(128);
for (const sign of '"\\\n$%{}[]()<#/,=:') meansSomething[sign.charCodeAt(0)] = 1;

/** Skips one thing in a string; false where a line break ends it. */
function skipInString(reader: HclReader, code: number, open: number[]): boolean {
  const { text, position } = reader;
  if (code === doubleQuote) {
    open.pop();
    reader.position++;
  } else if (code === lineFeed) {
    addProblem(reader, 'a string is not closed: expected a quote');
    open.pop();
    return false;
  } else if (code === backslash && text.charCodeAt(position + 1) !== lineFeed) {
    reader.position = Math.min(position + 2, text.length);
  } else if ((code === dollar || code === percent) && text.charCodeAt(position + 1) === openBrace) {
    open.push(openBrace);
    reader.position += 2;
  } else {
    const isEscape = (code === dollar || code === percent) && text.charCodeAt(position + 1) === code && text.charCodeAt(position + 2) === openBrace;
    reader.position += isEscape ? 3 : 1;
  }
  return true;
}

function skipInCode(reader: HclReader, code: number, open: number[]): void {
  if (isComment(reader.text, reader.position)) {
    skipComment(reader);
    return;
  }
  if (code === lessThan && readHeredoc(reader)) return;
  if (code === doubleQuote || code === openBrace || code === openBracket || code === openParenthesis) open.push(code);
  else if (code === closeBrace || code === closeBracket || code === closeParenthesis) open.pop();
  reader.position++;
}
