import { nodeKind } from '../../core/document.ts';
import {
  ampersand,
  asterisk,
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  dash,
  doubleQuote,
  exclamationMark,
  hash,
  isFlowIndicator,
  lineFeed,
  openBrace,
  openBracket,
  questionMark,
  singleQuote,
  space,
  tab,
} from './characters.ts';
import { isMarker, skipSpaces } from './layout.ts';
import { addEntry, type Mapping, plainKey } from './mapping.ts';
import { resolvePlain, scanFlowPlain, startsPlain } from './plain.ts';
import { readAlias, readProperties, readTagged } from './properties.ts';
import { readQuoted } from './quoted.ts';
import { addLeaf, closeNode, enter, leave, openNode, refuse, type Scanner } from './scanner.ts';

/**
 * Reads a collection in brackets. Its lines after the first must be indented deeper than `parentColumn`,
 * except that the outermost one (`level` 1) may close at that column.
 */
export function readFlowCollection(scanner: Scanner, parentColumn: number, level = 1): unknown {
  enter(scanner);
  const isMap = scanner.text.charCodeAt(scanner.position) === openBrace;
  const node = openNode(scanner, isMap ? nodeKind.flowMap : nodeKind.flowSequence, scanner.position++);
  const value = isMap ? readFlowMapping(scanner, parentColumn, level) : readFlowSequence(scanner, parentColumn, level);
  scanner.lastEnd = ++scanner.position;
  closeNode(scanner, node);
  leave(scanner);
  return value;
}

function readFlowSequence(scanner: Scanner, parentColumn: number, level: number): unknown[] {
  const items: unknown[] = [];
  while (skipFlowSpace(scanner, parentColumn, level) !== closeBracket) {
    items.push(readFlowValue(scanner, parentColumn, level));
    if (!skipComma(scanner, parentColumn, level, closeBracket)) break;
  }
  return items;
}

function readFlowMapping(scanner: Scanner, parentColumn: number, level: number): Mapping {
  const mapping: Mapping = {};
  while (skipFlowSpace(scanner, parentColumn, level) !== closeBrace) {
    const keyNode = scanner.used;
    const key = readFlowKey(scanner, parentColumn);
    const valueNode = scanner.used;
    const value = readFlowEntryValue(scanner, parentColumn, level);
    addEntry(scanner, mapping, key, keyNode, value, valueNode);
    if (!skipComma(scanner, parentColumn, level, closeBrace)) break;
  }
  return mapping;
}

/** Goes behind the comma after an entry; false at the closing bracket. */
function skipComma(scanner: Scanner, parentColumn: number, level: number, closing: number): boolean {
  const code = skipFlowSpace(scanner, parentColumn, level);
  if (code === closing) return false;
  if (code !== comma) refuse(scanner, `two values follow each other in brackets: expected a comma or "${String.fromCharCode(closing)}"`);
  scanner.position++;
  return true;
}

/** Reads a key and goes behind its colon, which must stand on the same line. */
function readFlowKey(scanner: Scanner, parentColumn: number): string {
  const { text, lineStart } = scanner;
  const start = scanner.position;
  const code = text.charCodeAt(start);
  let key: string;
  if (code === doubleQuote || code === singleQuote) {
    key = readQuoted(scanner, parentColumn);
  } else {
    key = plainKey(scanner, readFlowPlain(scanner));
  }
  if (skipSpaces(scanner) !== colon || scanner.lineStart !== lineStart) refuse(scanner, 'a key in braces has no colon: expected "key: value"');
  scanner.position++;
  return key;
}

function readFlowPlain(scanner: Scanner): string {
  const { text } = scanner;
  const start = scanner.position;
  const code = text.charCodeAt(start);
  const isIndicator = code === questionMark || code === colon || (code === dash && isFlowIndicator(text.charCodeAt(start + 1)));
  if (isIndicator || !startsPlain(text, start)) refuse(scanner, 'a value in brackets starts with an indicator: expected quotes around it');
  const end = scanFlowPlain(scanner);
  addLeaf(scanner, nodeKind.plain, start, end);
  return text.slice(start, end);
}

/** The value behind a colon; nothing at all is null. */
function readFlowEntryValue(scanner: Scanner, parentColumn: number, level: number): unknown {
  const code = skipSpaces(scanner);
  if (code === comma || code === closeBrace) {
    addLeaf(scanner, nodeKind.empty, scanner.position, scanner.position);
    return null;
  }
  skipFlowSpace(scanner, parentColumn, level);
  return readFlowValue(scanner, parentColumn, level);
}

function readFlowValue(scanner: Scanner, parentColumn: number, level: number): unknown {
  switch (scanner.text.charCodeAt(scanner.position)) {
    case openBracket:
    case openBrace:
      return readFlowCollection(scanner, parentColumn, level + 1);
    case doubleQuote:
    case singleQuote:
      return readQuoted(scanner, parentColumn);
    case asterisk:
      return readAlias(scanner);
    case ampersand:
    case exclamationMark:
      return readTagged(scanner, readProperties(scanner), () => readFlowValue(scanner, parentColumn, level));
    default:
      return resolvePlain(scanner, readFlowPlain(scanner));
  }
}

/** Skips white space, line breaks and comments between brackets and gives the code of what follows. */
function skipFlowSpace(scanner: Scanner, parentColumn: number, level: number): number {
  const { text } = scanner;
  let code = skipSpaces(scanner);
  let isNewLine = false;
  while (code === lineFeed || code === carriageReturn || code === hash) {
    if (code === hash && !isNewLine && text.charCodeAt(scanner.position - 1) !== space)
      refuse(scanner, 'a comment follows without a space: expected a space before "#"');
    scanner.position = text.indexOf('\n', scanner.position) + 1;
    if (scanner.position >= scanner.length) refuse(scanner, 'a bracket is not closed');
    scanner.lineStart = scanner.position;
    isNewLine = true;
    code = skipSpaces(scanner);
    if (code === hash && scanner.position === scanner.lineStart)
      refuse(scanner, 'a comment between brackets is not indented: expected spaces before "#"');
  }
  if (isNewLine) checkFlowIndentation(scanner, code, parentColumn, level);
  return code;
}

function checkFlowIndentation(scanner: Scanner, code: number, parentColumn: number, level: number): void {
  const { position, text } = scanner;
  const column = position - scanner.lineStart;
  const mayClose = level === 1 && column === parentColumn && (code === closeBracket || code === closeBrace);
  if (code === tab || (column <= parentColumn && !mayClose) || (column === 0 && isMarker(text, position))) {
    refuse(scanner, 'a bracket is not closed, or its lines are indented too little');
  }
}
