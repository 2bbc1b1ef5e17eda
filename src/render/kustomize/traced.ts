import { isFields } from '../../core/fields.ts';
import type { FieldPath } from '../../core/place.ts';
import { childProvenance, type Provenance, type Writer, type Writers } from '../../core/rendering.ts';

/** A value with who wrote it. Neither is ever changed: what is written anew shares all else with what was there. */
export interface Traced {
  readonly value: unknown;
  readonly provenance: Provenance;
}

/** The entry or item of a collection. */
export function child({ value, provenance }: Traced, key: string | number): Traced | undefined {
  const held = entryOf(value, key);
  return held === undefined ? undefined : { value: held, provenance: childProvenance(provenance, key) };
}

/** The value at a field with its writers, where there is one. */
export function tracedAt(traced: Traced, field: FieldPath): Traced | undefined {
  let found: Traced | undefined = traced;
  for (const key of field) found = found && child(found, key);
  return found;
}

/** What a map or list holds at a key; undefined where it holds nothing, and never what all objects have. */
export function entryOf(value: unknown, key: string | number): unknown {
  if (Array.isArray(value)) return typeof key === 'number' ? value[key] : undefined;
  return isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The value at a field, where there is one. */
export function lookUp(value: unknown, field: FieldPath): unknown {
  let found = value;
  for (const key of field) found = entryOf(found, key);
  return found;
}

/** With another value at a field; maps that the way leads through are made where they are missing or null. */
export function writeAt(traced: Traced, field: FieldPath, value: unknown, writer: Writer): Traced {
  return replaceAt(traced, field, writer, before => ({ value, provenance: { writers: writtenOver(writer, before) } }));
}

/** The writers of a value that replaces another one. */
export function writtenOver(writer: Writer, before: Traced | undefined): Writers {
  if (before === undefined) return { writer };
  const { writers } = before.provenance;
  return writers.writer === writer ? writers : { writer, earlier: writers };
}

/** With what `replace` makes of the value at a field; without the entry where it makes nothing. */
export function replaceAt(traced: Traced, field: FieldPath, writer: Writer, replace: (before: Traced | undefined) => Traced | undefined): Traced {
  return replaceBelow(traced, field, 0, writer, replace) ?? traced;
}

function replaceBelow(
  traced: Traced | undefined,
  field: FieldPath,
  depth: number,
  writer: Writer,
  replace: (before: Traced | undefined) => Traced | undefined,
): Traced | undefined {
  const key = field[depth];
  if (key === undefined) return replace(traced);
  const isCollection = typeof traced?.value === 'object' && traced.value !== null;
  const collection = isCollection && traced ? traced : { value: {}, provenance: { writers: writtenOver(writer, traced) } };
  const before = child(collection, key);
  const after = replaceBelow(before, field, depth + 1, writer, replace);
  if (after === before) return traced;
  return after === undefined ? without(collection, key, writer) : withEntry(collection, key, after, before === undefined ? writer : undefined);
}

/** With another entry; `addedBy` is who added it, where it is new. */
export function withEntry({ value, provenance }: Traced, key: string | number, entry: Traced, addedBy?: Writer): Traced {
  return {
    value: withValue(value, key, entry.value),
    provenance: withChild(addedBy ? { ...provenance, ...changedBy(addedBy, provenance) } : provenance, key, entry.provenance),
  };
}

/** With another child that is listed. */
export function withChild(provenance: Provenance, key: string | number, listed: Provenance): Provenance {
  const { children } = provenance;
  if (Array.isArray(children)) return { ...provenance, children: (children as readonly Provenance[]).with(Number(key), listed) };
  return { ...provenance, children: { ...(children as Readonly<Record<string | number, Provenance>> | undefined), [key]: listed } };
}

function withValue(collection: unknown, key: string | number, value: unknown): unknown {
  if (!Array.isArray(collection)) return { ...(collection as object), [key]: value };
  const copy: unknown[] = collection.slice();
  copy[Number(key)] = value;
  return copy;
}

/** Without an entry; who took it away is a writer of the collection. */
export function without({ value, provenance }: Traced, key: string | number, writer: Writer): Traced {
  if (Array.isArray(value)) {
    const items = itemsOf({ value, provenance });
    return { value: value.toSpliced(Number(key), 1), provenance: listProvenance(provenance, items.toSpliced(Number(key), 1), writer) };
  }
  const { [key]: _gone, ...rest } = value as Record<string, unknown>;
  return { value: rest, provenance: { ...provenance, ...changedBy(writer, provenance) } };
}

/** The items of a list, each with its writers. */
export function itemsOf({ value, provenance }: Traced): Traced[] {
  return (value as readonly unknown[]).map((item, index) => ({ value: item, provenance: childProvenance(provenance, index) }));
}

/** A list that is put together from items, in the place of the one with this provenance. */
export function listOf(before: Provenance, items: readonly Traced[], writer: Writer): Traced {
  return { value: items.map(item => item.value), provenance: listProvenance(before, items, writer) };
}

function listProvenance(before: Provenance, items: readonly Traced[], writer: Writer): Provenance {
  return { ...before, ...changedBy(writer, before), children: items.map(item => item.provenance) };
}

export function changedBy(writer: Writer, { changes, writers }: Provenance): Pick<Provenance, 'changes'> {
  return { changes: { writer, earlier: changes ?? writers } };
}
