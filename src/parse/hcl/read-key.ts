import { doubleQuote } from '../yaml/characters.ts';
import type { HclReader } from './hcl-reader.ts';
import type { HclKey } from './hcl-value.ts';
import { skipString } from './skip-expression.ts';

/** A name, or a label in quotes. */
export function readKey(reader: HclReader): HclKey | undefined {
  const { text, position: start } = reader;
  if (text.charCodeAt(start) === doubleQuote) {
    skipString(reader);
    return { start, end: reader.position, isQuoted: true };
  }
  let end = start;
  while (isNamePart(text.charCodeAt(end))) end++;
  if (end === start || text.charCodeAt(end) > lastOfAscii) {
    identifier.lastIndex = start;
    if (!identifier.test(text)) return undefined;
    end = identifier.lastIndex;
  }
  reader.position = end;
  return { start, end, isQuoted: false };
}

/** In ASCII. A name that begins with a digit is read too: what follows it tells. */
function isNamePart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57) || code === 45;
}

const lastOfAscii = 127;

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
