import { nodeKind } from '../../core/document.ts';
import { scalarText } from '../../core/scalar-text.ts';
import { backslash, carriageReturn, doubleQuote, lineFeed, singleQuote, space } from './characters.ts';
import { isMarker } from './layout.ts';
import { addLeaf, refuse, type Scanner } from './scanner.ts';

/**
 * Reads a quoted scalar and puts it on the tape. Its lines after the first must be indented
 * deeper than `parentColumn` unless the scanner allows any column, and no document marker may begin one of them.
 */
export function readQuoted(scanner: Scanner, parentColumn: number): string {
  const { text } = scanner;
  const start = scanner.position;
  const quote = text.charCodeAt(start);
  let isVerbatim = true;
  let position = start + 1;
  for (; ; position++) {
    const code = text.charCodeAt(position);
    if (code === quote) {
      if (quote === doubleQuote || text.charCodeAt(position + 1) !== singleQuote) break;
      position++;
      isVerbatim = false;
    } else if (code === lineFeed) {
      if (position + 1 >= scanner.length) refuseUnclosed(scanner);
      checkIndentation(scanner, position + 1, parentColumn);
      isVerbatim = false;
    } else if (code === backslash && quote === doubleQuote) {
      // What follows is part of the escape, unless it is the end of the line, which is looked at in its turn.
      const next = text.charCodeAt(position + 1);
      if (next !== lineFeed && next !== carriageReturn) position++;
      isVerbatim = false;
    }
  }
  const end = position + 1;
  const kind = quote === doubleQuote ? nodeKind.doubleQuoted : nodeKind.singleQuoted;
  addLeaf(scanner, kind, start, end);
  scanner.position = end;
  if (isVerbatim) return text.slice(start + 1, position);
  return scalarText(text.slice(start, end), kind) ?? refuse(scanner, 'a backslash in double quotes begins no escape that YAML knows');
}

function checkIndentation(scanner: Scanner, lineStart: number, parentColumn: number): void {
  const { text } = scanner;
  let position = lineStart;
  while (text.charCodeAt(position) === space) position++;
  const code = text.charCodeAt(position);
  scanner.lineStart = lineStart;
  if (code === lineFeed || code === carriageReturn) return;
  const isIndented = scanner.allowsShallowQuotes || position - lineStart > parentColumn;
  if (!isIndented || (position === lineStart && isMarker(text, position))) refuseUnclosed(scanner);
}

/** The scanner still stands at the opening quote. */
function refuseUnclosed(scanner: Scanner): never {
  const isDouble = scanner.text.charCodeAt(scanner.position) === doubleQuote;
  refuse(scanner, isDouble ? 'a double quote is not closed: expected "' : "a single quote is not closed: expected '");
}
