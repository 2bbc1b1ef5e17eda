import type { SyntaxProblem } from '../../core/document.ts';
import { byteOrderMark, carriageReturn, lineFeed, space, tab } from '../yaml/characters.ts';

/** Where a text is being read. One is made for each text. */
export interface HclReader {
  readonly text: string;
  position: number;
  depth: number;
  readonly problems: SyntaxProblem[];
}

/** Deeper expressions are unknown, deeper blocks a problem: every level costs the readers of the values a call. */
export const maxDepth = 200;

/** More say nothing new of a text that is something else. */
const mostProblems = 100;

export function createReader(text: string): HclReader {
  return { text, position: text.charCodeAt(0) === byteOrderMark ? 1 : 0, depth: 0, problems: [] };
}

/** Records what is no HCL, at the next character. Quotes nothing of the text, which may be a secret. */
export function addProblem(reader: HclReader, message: string, start = reader.position): void {
  const { problems, text } = reader;
  if (problems.length < mostProblems) problems.push({ message, start: Math.min(start, text.length), end: Math.min(start + 1, text.length) });
}

/** Skips white space and comments, line breaks too where they mean nothing, and gives the code of what follows. */
export function skipWhite(reader: HclReader, skipsLines: boolean): number {
  const { text } = reader;
  for (;;) {
    let { position } = reader;
    let code = text.charCodeAt(position);
    while (code === space || code === tab || code === carriageReturn || (skipsLines && code === lineFeed)) code = text.charCodeAt(++position);
    reader.position = position;
    if (!isComment(text, position)) return code;
    skipComment(reader);
  }
}

/** `#`, `//` or an opening `/*`. */
export function isComment(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  if (code !== slash) return code === hash;
  const next = text.charCodeAt(position + 1);
  return next === slash || next === asterisk;
}

const hash = 35;
const slash = 47;
const asterisk = 42;

/** A comment of one line ends before its line break. */
export function skipComment(reader: HclReader): void {
  const { text, position } = reader;
  const isBlock = text.charCodeAt(position + 1) === asterisk && text.charCodeAt(position) === slash;
  const end = text.indexOf(isBlock ? '*/' : '\n', isBlock ? position + 2 : position);
  if (isBlock && end < 0) addProblem(reader, 'a comment is not closed: expected "*/"');
  reader.position = end < 0 ? text.length : isBlock ? end + 2 : end;
}
