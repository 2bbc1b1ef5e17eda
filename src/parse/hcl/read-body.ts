import { closeBrace, lineFeed, openBrace } from '../yaml/characters.ts';
import { addProblem, type HclReader, maxDepth, skipWhite } from './hcl-reader.ts';
import type { HclEntry, HclKey } from './hcl-value.ts';
import { readExpression } from './read-expression.ts';
import { readKey } from './read-key.ts';
import { equals, skipExpression } from './skip-expression.ts';

/** Reads attributes and blocks up to the end of the text or, in a block, up to its brace. */
export function readBody(reader: HclReader): readonly HclEntry[] {
  const entries: HclEntry[] = [];
  for (;;) {
    const code = skipWhite(reader, true);
    if (Number.isNaN(code)) break;
    if (code === closeBrace) {
      if (reader.depth > 0) return entries;
      addProblem(reader, 'a brace closes no block: remove it');
      reader.position++;
      continue;
    }
    const entry = readEntry(reader);
    if (entry) entries.push(entry);
    else skipLine(reader);
  }
  if (reader.depth > 0) addProblem(reader, 'a block is not closed: expected "}"');
  return entries;
}

/** Nobody writes more labels than two. */
const mostKeys = 10;

/** An attribute or a block; undefined, with a problem, where none stands. */
function readEntry(reader: HclReader): HclEntry | undefined {
  const keys: HclKey[] = [];
  for (let key = readKey(reader); key; key = readKey(reader)) {
    keys.push(key);
    const code = skipWhite(reader, false);
    if (code === openBrace) return readBlock(reader, keys);
    if (code === equals && keys.length === 1) return readAttribute(reader, key);
    if (keys.length === mostKeys) break;
  }
  addProblem(
    reader,
    keys.length === 0 ? 'no attribute and no block stands here: expected a name' : 'a name is followed by no value: expected "=" or "{"',
  );
  return undefined;
}

function readAttribute(reader: HclReader, key: HclKey): HclEntry {
  reader.position++;
  const value = readExpression(reader, 'attribute');
  endOfEntry(reader);
  return { keys: [key], value };
}

function readBlock(reader: HclReader, keys: readonly HclKey[]): HclEntry | undefined {
  const start = reader.position++;
  if (reader.depth === maxDepth) {
    addProblem(reader, `nested deeper than ${maxDepth} levels: flatten the blocks`, start);
    reader.position = start;
    skipExpression(reader, 'attribute');
    return undefined;
  }
  reader.depth++;
  const entries = readBody(reader);
  reader.depth--;
  if (reader.position < reader.text.length) reader.position++;
  const { position: end } = reader;
  endOfEntry(reader);
  return { keys, value: { entries, start, end } };
}

/** A line break ends an attribute or a block, and the brace of a block in one line. */
function endOfEntry(reader: HclReader): void {
  const code = skipWhite(reader, false);
  if (code === lineFeed || code === closeBrace || Number.isNaN(code)) return;
  addProblem(reader, 'text follows after a value: expected the end of the line');
  skipLine(reader);
}

/** Goes on behind the line, and behind the brackets that it opens. */
function skipLine(reader: HclReader): void {
  const start = reader.position;
  skipExpression(reader, 'attribute');
  if (reader.position === start && start < reader.text.length && reader.text.charCodeAt(start) !== closeBrace) reader.position++;
}
