import { nodeKind } from '../../core/document.ts';
import { resolvePlainScalar } from '../../core/plain-scalar.ts';
import { refuse, type Scanner } from './scanner.ts';

export type Mapping = Record<string, unknown>;

/** The keys that were read last, by a number of their text: the same ones come again and again, and a key that is known need not be made. */
const recentKeys: string[] = new Array(1024).fill('');
const longestRecent = 32;

/** The plain key between two offsets. */
export function plainKeyAt(scanner: Scanner, start: number, end: number): string {
  const { text } = scanner;
  const length = end - start;
  if (length > longestRecent) return plainKey(scanner, text.slice(start, end));
  const slot = ((text.charCodeAt(start) << 5) ^ (text.charCodeAt(end - 1) << 2) ^ (text.charCodeAt(start + (length >> 1)) << 7) ^ length) & 1023;
  const recent = recentKeys[slot] ?? '';
  if (recent.length === length && text.startsWith(recent, start)) return recent;
  const written = text.slice(start, end);
  const key = plainKey(scanner, written);
  if (key === written) recentKeys[slot] = key;
  return key;
}

/** A plain key as the name of a field: `1.0` names `1`, as JavaScript writes the number. */
export function plainKey(scanner: Scanner, text: string): string {
  const key = resolvePlainScalar(text);
  if (typeof key === 'string') return key;
  return key === null ? refuse(scanner, 'a key is null: expected quotes around it') : String(key);
}

/** Adds the entry whose key and value are on the tape at `keyNode` and `valueNode`: a plain `<<` brings in others. */
export function addEntry(scanner: Scanner, mapping: Mapping, key: string, keyNode: number, value: unknown, valueNode: number): void {
  if (key === '<<' && scanner.cells[keyNode] === nodeKind.plain) mergeEntries(scanner, mapping, value, valueNode);
  else setEntry(scanner, mapping, key, value);
}

/** Sets an entry of a mapping. Of a key that stands twice the last value is kept. */
export function setEntry(scanner: Scanner, mapping: Mapping, key: string, value: unknown): void {
  if (mapping[key] === undefined && key !== '__proto__') {
    mapping[key] = value;
    return;
  }
  if (Object.hasOwn(mapping, key)) scanner.mayHaveDuplicates = true;
  defineEntry(mapping, key, value);
}

/** Sets an entry whose key an object inherits, such as `constructor`: never that of the prototype. */
function defineEntry(mapping: Mapping, key: string, value: unknown): void {
  Object.defineProperty(mapping, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Brings in what stands under a merge key: the entries of a mapping, or of several, that the mapping has not yet. */
function mergeEntries(scanner: Scanner, mapping: Mapping, value: unknown, node: number): void {
  scanner.hasMerges = true;
  scanner.mayHaveDuplicates = true;
  const source = scanner.aliases.get(node) ?? node;
  const kind = scanner.cells[source];
  if (kind === nodeKind.blockMap || kind === nodeKind.flowMap) {
    mergeMapping(mapping, value as Mapping);
    return;
  }
  if (kind !== nodeKind.blockSequence && kind !== nodeKind.flowSequence) refuse(scanner, 'the merge key "<<" has no mapping');
  let item = source + 4;
  for (const part of value as unknown[]) {
    const kindOfPart = scanner.cells[scanner.aliases.get(item) ?? item];
    if (kindOfPart !== nodeKind.blockMap && kindOfPart !== nodeKind.flowMap) refuse(scanner, 'the merge key "<<" has an item that is no mapping');
    mergeMapping(mapping, part as Mapping);
    item = scanner.cells[item + 3] ?? item;
  }
}

function mergeMapping(mapping: Mapping, source: Mapping): void {
  for (const key of Object.keys(source)) {
    if (!Object.hasOwn(mapping, key)) defineEntry(mapping, key, source[key]);
  }
}
