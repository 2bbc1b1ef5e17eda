import { carriageReturn, dash, dot, hash, isWhite, lineFeed, space, tab } from './characters.ts';
import { noColumn, noComment, refuse, type Scanner } from './scanner.ts';

/**
 * Goes to the next character that is neither white space nor comment and sets its column;
 * `noColumn` at a document marker and at the end of the text.
 */
export function nextContent(scanner: Scanner): void {
  const { text } = scanner;
  let { position } = scanner;
  let code = text.charCodeAt(position);
  scanner.commentColumn = noComment;
  for (;;) {
    while (code === space) code = text.charCodeAt(++position);
    if (code === hash) {
      scanner.commentColumn = Math.min(scanner.commentColumn, position - scanner.lineStart);
      position = text.indexOf('\n', position);
    } else if (code === carriageReturn) position++;
    code = text.charCodeAt(position);
    if (code !== lineFeed) break;
    scanner.lineStart = ++position;
    code = text.charCodeAt(position);
  }
  scanner.position = position;
  if (code === tab) refuse(scanner, 'a tab is used as indentation: expected spaces');
  const column = position - scanner.lineStart;
  scanner.column = position >= scanner.length || (column === 0 && isMarker(text, position)) ? noColumn : column;
}

/** Whether `---` or `...` stands here with white space after it. It is a marker if a line begins with it. */
export function isMarker(text: string, position: number): boolean {
  const code = text.charCodeAt(position);
  if (code !== dash && code !== dot) return false;
  return text.charCodeAt(position + 1) === code && text.charCodeAt(position + 2) === code && isWhite(text.charCodeAt(position + 3));
}

/** Goes to the end of the line, where only white space and a comment may stand. */
export function endLine(scanner: Scanner): void {
  const start = scanner.position;
  const code = skipBlanks(scanner);
  if (code === lineFeed || code === carriageReturn) return;
  if (code === hash && scanner.position > start) scanner.position = scanner.text.indexOf('\n', scanner.position);
  else refuse(scanner, 'text follows after the end of a value: expected a line break or a comment');
}

/** Skips spaces and gives the code of what follows. */
export function skipSpaces(scanner: Scanner): number {
  const { text } = scanner;
  let { position } = scanner;
  let code = text.charCodeAt(position);
  while (code === space) code = text.charCodeAt(++position);
  scanner.position = position;
  return code;
}

/** Skips spaces and tabs and gives the code of what follows: tabs may separate, but not indent. */
export function skipBlanks(scanner: Scanner): number {
  let code = skipSpaces(scanner);
  while (code === tab) {
    scanner.position++;
    code = skipSpaces(scanner);
  }
  return code;
}
