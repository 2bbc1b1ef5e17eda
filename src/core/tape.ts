import { nodeKind, type Tape } from './document.ts';
import type { FieldPath } from './place.ts';
import { resolvePlainScalar } from './plain-scalar.ts';
import { scalarText } from './scalar-text.ts';

/** The number of a node's kind, as in `nodeKind`. */
export function kindOf(tape: Tape, node: number): number {
  return tape.cells[node] ?? nodeKind.empty;
}

/** Where the node's text begins, in UTF-16 units of the file. */
export function startOf(tape: Tape, node: number): number {
  return tape.cells[node + 1] ?? 0;
}

/** Where the node's text has ended. A block collection ends with its last value. */
export function endOf(tape: Tape, node: number): number {
  return tape.cells[node + 2] ?? 0;
}

/** The index after the node and all it holds: its next sibling, where it has one. */
export function nextOf(tape: Tape, node: number): number {
  return tape.cells[node + 3] ?? 0;
}

export function isMapNode(tape: Tape, node: number): boolean {
  const kind = kindOf(tape, node);
  return kind === nodeKind.blockMap || kind === nodeKind.flowMap;
}

export function isSequenceNode(tape: Tape, node: number): boolean {
  const kind = kindOf(tape, node);
  return kind === nodeKind.blockSequence || kind === nodeKind.flowSequence;
}

/** The nodes right below a collection; of a map key, value, key, value. None of a scalar or an alias. */
export function childrenOf(tape: Tape, node: number): number[] {
  const children: number[] = [];
  const end = nextOf(tape, node);
  for (let child = node + 4; child < end; child = nextOf(tape, child)) children.push(child);
  return children;
}

/** What an alias stands for; any other node is itself. */
export function targetOf(tape: Tape, node: number): number {
  return tape.aliases?.get(node) ?? node;
}

/** The node's text as it is written. */
export function sourceText(tape: Tape, text: string, node: number): string {
  return text.slice(startOf(tape, node), endOf(tape, node));
}

/** The key as it stands in the value: quotes and escapes decoded, `1` and `"1"` the same, nothing at all is `''`. */
export function keyText(tape: Tape, text: string, node: number): string {
  const key = targetOf(tape, node);
  const kind = kindOf(tape, key);
  const written = sourceText(tape, text, key);
  const decoded = scalarText(written, kind) ?? written;
  return kind === nodeKind.plain ? String(resolvePlainScalar(decoded) ?? '') : decoded;
}

/** One node of a walk. `key` is absent for the items of sequences and for the root. */
export type Visit = (node: number, field: FieldPath, key: number | undefined) => void;

/**
 * Calls `visit` with every value of the document in the order of the text, the root first;
 * keys are given with their values. `field` is reused: copy it to keep it.
 */
export function walkTape(tape: Tape, text: string, visit: Visit): void {
  walkNode(tape, text, visit, tape.root, [], undefined);
}

function walkNode(tape: Tape, text: string, visit: Visit, node: number, field: (string | number)[], key: number | undefined): void {
  visit(node, field, key);
  const end = nextOf(tape, node);
  if (isSequenceNode(tape, node)) {
    let index = 0;
    for (let item = node + 4; item < end; item = nextOf(tape, item)) {
      field.push(index++);
      walkNode(tape, text, visit, item, field, undefined);
      field.pop();
    }
  } else if (isMapNode(tape, node)) {
    for (let entry = node + 4; entry < end; ) {
      const value = nextOf(tape, entry);
      field.push(keyText(tape, text, entry));
      walkNode(tape, text, visit, value, field, entry);
      field.pop();
      entry = nextOf(tape, value);
    }
  }
}

/** A value with the key that names it, where it has one. */
export interface Entry {
  readonly key?: number;
  readonly value: number;
}

/**
 * The node at a field, found through aliases and merge keys; of a key that stands twice the last.
 * Undefined where the document has no such field.
 */
export function entryAt(tape: Tape, text: string, field: FieldPath): Entry | undefined {
  let entry: Entry | undefined = { value: tape.root };
  for (const part of field) {
    entry = childAt(tape, text, entry.value, part);
    if (!entry) return undefined;
  }
  return entry;
}

/** The entry or item of a collection, or of what an alias stands for. */
export function childAt(tape: Tape, text: string, collection: number, part: string | number): Entry | undefined {
  const node = targetOf(tape, collection);
  const end = nextOf(tape, node);
  if (end - node > wide) return childOfWide(tape, text, node, String(part));
  if (isSequenceNode(tape, node)) {
    let index = 0;
    for (let item = node + 4; item < end; item = nextOf(tape, item)) {
      if (index++ === Number(part)) return { value: item };
    }
    return undefined;
  }
  if (!isMapNode(tape, node)) return undefined;
  const name = String(part);
  let found: Entry | undefined;
  let merged: Entry | undefined;
  for (let key = node + 4; key < end; ) {
    const value = nextOf(tape, key);
    if (isMergeKey(tape, text, key)) merged ??= childOfMerge(tape, text, value, name);
    else if (keyText(tape, text, key) === name) found = { key, value };
    key = nextOf(tape, value);
  }
  return found ?? merged;
}

/** Cells of a collection whose children are indexed: to walk over 100,000 keys for a report on each takes the square of it. */
const wide = 4096;

interface ChildIndex {
  /** By key, or by the number of the item; of a key that stands twice the last. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly merges: readonly number[];
}

const indexes = new WeakMap<Tape, Map<number, ChildIndex>>();

function childOfWide(tape: Tape, text: string, node: number, name: string): Entry | undefined {
  const ofTape = indexes.get(tape) ?? new Map<number, ChildIndex>();
  indexes.set(tape, ofTape);
  const { entries, merges } = ofTape.get(node) ?? indexChildren(tape, text, node);
  ofTape.set(node, { entries, merges });
  const own = entries.get(name);
  if (own) return own;
  for (const merge of merges) {
    const merged = childOfMerge(tape, text, merge, name);
    if (merged) return merged;
  }
  return undefined;
}

function indexChildren(tape: Tape, text: string, node: number): ChildIndex {
  const entries = new Map<string, Entry>();
  const merges: number[] = [];
  const end = nextOf(tape, node);
  if (isSequenceNode(tape, node)) {
    for (let item = node + 4; item < end; item = nextOf(tape, item)) entries.set(String(entries.size), { value: item });
  } else if (isMapNode(tape, node)) {
    for (let key = node + 4; key < end; ) {
      const value = nextOf(tape, key);
      if (isMergeKey(tape, text, key)) merges.push(value);
      else entries.set(keyText(tape, text, key), { key, value });
      key = nextOf(tape, value);
    }
  }
  return { entries, merges };
}

/** Whether a key of a map is `<<`, which brings in the entries of other maps. */
export function isMergeKey(tape: Tape, text: string, key: number): boolean {
  const start = startOf(tape, key);
  return kindOf(tape, key) === nodeKind.plain && endOf(tape, key) - start === 2 && text.startsWith('<<', start);
}

/** Of several maps that are merged the first wins. */
function childOfMerge(tape: Tape, text: string, value: number, name: string): Entry | undefined {
  const source = targetOf(tape, value);
  if (!isSequenceNode(tape, source)) return childAt(tape, text, source, name);
  for (const item of childrenOf(tape, source)) {
    const found = childAt(tape, text, item, name);
    if (found) return found;
  }
  return undefined;
}

/** The way from the root to a node; the field of a key is that of its value. */
export function fieldOf(tape: Tape, text: string, node: number): FieldPath {
  const field: (string | number)[] = [];
  let parent = tape.root;
  while (parent !== node) {
    const isSequence = isSequenceNode(tape, parent);
    let index = 0;
    let key = parent;
    let child = parent + 4;
    // The child that holds the node is the last one that begins at or before it.
    while (node >= nextOf(tape, child)) {
      key = child;
      child = nextOf(tape, child);
      index++;
    }
    if (isSequence) field.push(index);
    else field.push(keyText(tape, text, index % 2 === 0 ? child : key));
    if (!isSequence && index % 2 === 0) return field;
    parent = child;
  }
  return field;
}
