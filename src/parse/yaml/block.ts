import { nodeKind } from '../../core/document.ts';
import { readBlockScalar } from './block-scalar.ts';
import {
  ampersand,
  asterisk,
  carriageReturn,
  colon,
  dash,
  doubleQuote,
  exclamationMark,
  greaterThan,
  hash,
  isWhite,
  lineFeed,
  openBrace,
  openBracket,
  singleQuote,
  verticalBar,
} from './characters.ts';
import { readFlowCollection } from './flow.ts';
import { endLine, nextContent, skipBlanks, skipSpaces } from './layout.ts';
import { addEntry, type Mapping, plainKeyAt } from './mapping.ts';
import { readPlainLines, resolvePlain, scanPlain, startsPlain } from './plain.ts';
import { readAlias, readProperties, readTagged } from './properties.ts';
import { readQuoted } from './quoted.ts';
import { addLeaf, closeNode, enter, leave, noComment, openNode, refuse, type Scanner } from './scanner.ts';

/**
 * Reads the block node that begins at the next content, whose column is set: a sequence, a mapping
 * or a value. Its lines are indented deeper than `parentColumn`. Like all readers of this file
 * it leaves the scanner at the next content.
 */
export function readNode(scanner: Scanner, parentColumn: number): unknown {
  if (isAtDash(scanner)) return readSequence(scanner, scanner.column);
  if (isAtKey(scanner, parentColumn)) return readMapping(scanner, scanner.column);
  // The `yaml` package lets such a comment end the indentation that the lines of a value must have.
  if (scanner.commentColumn <= parentColumn) refuse(scanner, 'a comment that is indented too little stands between a key and its value');
  return readValue(scanner, parentColumn);
}

/** A dash with white space after it begins an item. */
function isAtDash({ text, position }: Scanner): boolean {
  return text.charCodeAt(position) === dash && isWhite(text.charCodeAt(position + 1));
}

/** Looks ahead for the colon behind a key; the scanner does not move. */
function isAtKey(scanner: Scanner, parentColumn: number): boolean {
  const { text, position, used, lineStart, lastEnd } = scanner;
  const code = text.charCodeAt(position);
  if (code === doubleQuote || code === singleQuote) {
    readQuoted(scanner, parentColumn);
    skipSpaces(scanner);
  } else if (startsPlain(text, position)) {
    scanPlain(scanner);
  } else {
    return text.startsWith(taggedMerge, position);
  }
  const isKey = text.charCodeAt(scanner.position) === colon && scanner.lineStart === lineStart;
  scanner.position = position;
  scanner.used = used;
  scanner.lineStart = lineStart;
  scanner.lastEnd = lastEnd;
  return isKey;
}

function readSequence(scanner: Scanner, column: number): unknown[] {
  enter(scanner);
  const node = openNode(scanner, nodeKind.blockSequence, scanner.position);
  const items: unknown[] = [];
  do {
    scanner.position++;
    items.push(readItem(scanner, column));
  } while (scanner.column === column && isAtDash(scanner));
  if (scanner.column > column) refuse(scanner, 'the indentation of this item fits no sequence around it: expected the column of its siblings');
  closeNode(scanner, node);
  leave(scanner);
  return items;
}

function readItem(scanner: Scanner, column: number): unknown {
  const code = skipSpaces(scanner);
  if (code !== lineFeed && code !== hash && code !== carriageReturn) {
    scanner.column = scanner.position - scanner.lineStart;
    scanner.commentColumn = noComment;
    return readNode(scanner, column);
  }
  const emptyAt = scanner.position;
  nextContent(scanner);
  return scanner.column > column ? readNode(scanner, column) : addEmpty(scanner, emptyAt);
}

function addEmpty(scanner: Scanner, position: number): null {
  addLeaf(scanner, nodeKind.empty, position, position);
  return null;
}

function readMapping(scanner: Scanner, column: number): Mapping {
  enter(scanner);
  const mapping: Mapping = {};
  const node = openNode(scanner, nodeKind.blockMap, scanner.position + tagLength(scanner));
  do {
    const keyNode = scanner.used;
    const key = readKey(scanner);
    const valueNode = scanner.used;
    const value = readEntryValue(scanner, column);
    addEntry(scanner, mapping, key, keyNode, value, valueNode);
  } while (scanner.column === column);
  if (scanner.column > column) refuse(scanner, 'the indentation of this key fits no mapping around it: expected the column of its siblings');
  closeNode(scanner, node);
  leave(scanner);
  return mapping;
}

/** A merge key as some tools write it. */
const taggedMerge = '!!merge <<';

/** How much stands before the key itself. */
function tagLength({ text, position }: Scanner): number {
  return text.charCodeAt(position) === exclamationMark && text.startsWith(taggedMerge, position) ? taggedMerge.length - 2 : 0;
}

/** The `yaml` package refuses a key whose colon comes later. */
const maxKeyLength = 1024;

/** Reads a key, puts it on the tape and goes behind its colon. */
function readKey(scanner: Scanner): string {
  const { text, lineStart } = scanner;
  const tag = tagLength(scanner);
  const start = scanner.position + tag;
  scanner.position = start;
  const code = text.charCodeAt(start);
  let key: string;
  if (code === doubleQuote || code === singleQuote) {
    key = readQuoted(scanner, scanner.column);
    skipSpaces(scanner);
  } else {
    if (!startsPlain(text, start)) refuse(scanner, 'a key starts with an indicator: expected quotes around it');
    const end = scanPlain(scanner);
    addLeaf(scanner, nodeKind.plain, start, end);
    key = plainKeyAt(scanner, start, end);
  }
  const { position } = scanner;
  if (text.charCodeAt(position) !== colon || !isWhite(text.charCodeAt(position + 1)) || scanner.lineStart !== lineStart) {
    refuse(scanner, 'this line is no "key: value": expected a colon and a space after the key');
  }
  if (tag > 0 && key !== '<<') refuse(scanner, 'the tag "!!merge" stands before another key than "<<"');
  if (position - start > maxKeyLength) refuse(scanner, `a key is longer than ${maxKeyLength} characters: expected the colon earlier`);
  scanner.position++;
  return key;
}

function readEntryValue(scanner: Scanner, column: number): unknown {
  const code = skipBlanks(scanner);
  if (code !== lineFeed && code !== hash && code !== carriageReturn) return readValue(scanner, column, true);
  const emptyAt = scanner.position;
  nextContent(scanner);
  if (scanner.column > column) return readNode(scanner, column);
  // The items of a sequence may stand at the column of its key.
  return scanner.column === column && isAtDash(scanner) ? readSequence(scanner, column) : addEmpty(scanner, emptyAt);
}

/** Reads what may stand on the line of a key: a scalar, a collection in brackets, an alias, or properties and what follows them. */
function readValue(scanner: Scanner, parentColumn: number, isOnLineOfKey = false): unknown {
  const { text } = scanner;
  let value: unknown;
  switch (text.charCodeAt(scanner.position)) {
    case ampersand:
    case exclamationMark:
      return readTagged(scanner, readProperties(scanner), () => readAfterProperties(scanner, parentColumn, isOnLineOfKey));
    case verticalBar:
    case greaterThan:
      value = readBlockScalar(scanner, parentColumn);
      nextContent(scanner);
      return value;
    case doubleQuote:
    case singleQuote:
      value = readQuoted(scanner, parentColumn);
      break;
    case openBracket:
    case openBrace:
      value = readFlowCollection(scanner, parentColumn);
      break;
    case asterisk:
      value = readAlias(scanner);
      break;
    default:
      value = resolvePlain(scanner, readPlain(scanner, parentColumn));
      if (scanner.position > scanner.lastEnd) {
        nextContent(scanner);
        return value;
      }
  }
  endLine(scanner);
  nextContent(scanner);
  return value;
}

function readPlain(scanner: Scanner, parentColumn: number): string {
  const { text } = scanner;
  const start = scanner.position;
  if (!startsPlain(text, start)) refuse(scanner, `a value without quotes starts with "${text.charAt(start)}": expected quotes around the value`);
  const node = openNode(scanner, nodeKind.plain, start);
  const value = readPlainLines(scanner, start, scanPlain(scanner), parentColumn);
  scanner.cells[node + 2] = scanner.lastEnd;
  return value;
}

/** Properties belong to the value behind them, or to the node on the next lines. */
function readAfterProperties(scanner: Scanner, parentColumn: number, isOnLineOfKey: boolean): unknown {
  const code = skipSpaces(scanner);
  if (code !== lineFeed && code !== hash && code !== carriageReturn) return readValue(scanner, parentColumn);
  const emptyAt = scanner.position;
  nextContent(scanner);
  const next = scanner.text.charCodeAt(scanner.position);
  if (scanner.column > parentColumn) {
    if (next === ampersand || next === exclamationMark || next === asterisk) refuse(scanner, 'a node has properties on two lines');
    return readNode(scanner, parentColumn);
  }
  const isSequence = isOnLineOfKey && scanner.column === parentColumn && isAtDash(scanner);
  return isSequence ? readSequence(scanner, parentColumn) : addEmpty(scanner, emptyAt);
}
