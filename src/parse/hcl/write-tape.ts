import { type Document, nodeKind } from '../../core/document.ts';
import { type Mapping, setEntry } from '../yaml/mapping.ts';
import { addLeaf, closeNode, createScanner, keepCells, openNode, type Scanner } from '../yaml/scanner.ts';
import type { HclEntry, HclValue } from './hcl-value.ts';
import { decodeString } from './read-expression.ts';

/** The value of a body and where its nodes stand. Blocks of one type stand together, at the first of them. */
export function writeTape(text: string, entries: readonly HclEntry[]): Pick<Document, 'value' | 'tape'> {
  const scanner = createScanner(text);
  const root = scanner.used;
  const value = writeMap(scanner, entries, 0, 0, text.length);
  return { value, tape: { cells: keepCells(scanner), root } };
}

/** Writes the entries as a mapping, by their keys at `level`: attributes, elements, blocks by their type and then by each label. */
function writeMap(scanner: Scanner, entries: readonly HclEntry[], level: number, start: number, end: number): Mapping {
  const mapping: Mapping = {};
  const node = openNode(scanner, nodeKind.flowMap, start);
  for (const [name, group] of groupByKey(scanner.text, entries, level)) {
    const key = group[0]?.keys[level];
    if (key) addLeaf(scanner, key.isQuoted ? nodeKind.doubleQuoted : nodeKind.plain, key.start, key.end);
    setEntry(scanner, mapping, name, writeGroup(scanner, group, level + 1));
  }
  return endAt(scanner, node, end, mapping);
}

function groupByKey(text: string, entries: readonly HclEntry[], level: number): Map<string, HclEntry[]> {
  const groups = new Map<string, HclEntry[]>();
  for (const entry of entries) {
    const key = entry.keys[level];
    if (!key) continue;
    const written = text.slice(key.start, key.end);
    const name = key.isQuoted ? decodeString(written.slice(1, written.length > 1 && written.endsWith('"') ? -1 : undefined)) : written;
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return groups;
}

/** What stands under one key: a value, the next labels, or a list of what was written more than once. */
function writeGroup(scanner: Scanner, group: readonly HclEntry[], level: number): unknown {
  const [first] = group;
  if (!first) return null;
  const last = group.at(-1) ?? first;
  const { end } = last.value;
  if (group.every(({ keys }) => keys.length > level)) return writeMap(scanner, group, level, first.keys[level]?.start ?? end, end);
  if (group.length === 1) return writeValue(scanner, first.value);
  const node = openNode(scanner, nodeKind.flowSequence, first.keys[level]?.start ?? first.value.start);
  const items = group.map(entry => writeGroup(scanner, [entry], level));
  return endAt(scanner, node, end, items);
}

function writeValue(scanner: Scanner, value: HclValue): unknown {
  const { start, end } = value;
  if (value.entries) return writeMap(scanner, value.entries, 0, start, end);
  if (value.items) {
    const node = openNode(scanner, nodeKind.flowSequence, start);
    const items = value.items.map(item => writeValue(scanner, item));
    return endAt(scanner, node, end, items);
  }
  addLeaf(scanner, value.kind, start, end);
  return value.value;
}

function endAt<T>(scanner: Scanner, node: number, end: number, value: T): T {
  scanner.lastEnd = end;
  closeNode(scanner, node);
  return value;
}
