import { isFields } from '../../core/fields.ts';
import type { Writer } from '../../core/rendering.ts';
import { Refusal } from './refusal.ts';
import { child, entryOf, itemsOf, listOf, type Traced, withEntry, without, writtenOver } from './traced.ts';

/**
 * A JSON patch (RFC 6902) as the library of Kustomize carries it out: `replace` also adds a key, indexes may be negative.
 * `patch` is the list of operations. https://github.com/evanphx/json-patch/blob/v4.13.0/patch.go
 */
export function applyJsonPatch(target: Traced, patch: Traced): Traced {
  let result = target;
  for (const operation of itemsOf(patch)) result = apply(result, operation);
  return result;
}

function apply(target: Traced, operation: Traced): Traced {
  const kind = entryOf(operation.value, 'op');
  const path = pointer(operation, 'path');
  switch (kind) {
    case 'add':
      return change(target, operation, path, (parent, key) => add(parent, key, writtenValue(operation), operation));
    case 'remove':
      return change(target, operation, path, (parent, key) => remove(parent, key, operation));
    case 'replace':
      if (path === '') return replaceRoot(target, operation);
      return change(target, operation, path, (parent, key) => set(parent, key, writtenValue(operation), operation));
    case 'move': {
      const from = pointer(operation, 'from');
      const moved = found(target, operation, from);
      const rest = change(target, operation, from, (parent, key) => remove(parent, key, operation));
      return change(rest, operation, path, (parent, key) => add(parent, key, moved, operation));
    }
    case 'copy': {
      const copied = found(target, operation, pointer(operation, 'from'));
      return change(target, operation, path, (parent, key) => add(parent, key, copied, operation));
    }
    case 'test':
      check(target, operation, path);
      return target;
    default:
      throw refuse(operation, `"${String(kind)}" is no operation of a JSON patch: expected add, remove, replace, move, copy or test`);
  }
}

function pointer(operation: Traced, key: 'path' | 'from'): string {
  const held = entryOf(operation.value, key);
  if (typeof held !== 'string') throw refuse(operation, `the operation has no "${key}"`);
  return held;
}

/** What the operation writes; null where it does not say. */
function writtenValue(operation: Traced): Traced {
  return child(operation, 'value') ?? { value: null, provenance: operation.provenance };
}

function writerOf(operation: Traced): Writer {
  return (child(operation, 'path') ?? operation).provenance.writers.writer;
}

function refuse(operation: Traced, message: string): Refusal {
  return new Refusal(writerOf(operation).at, message);
}

function replaceRoot(target: Traced, operation: Traced): Traced {
  const written = writtenValue(operation);
  if (typeof written.value !== 'object' || written.value === null)
    throw refuse(operation, 'the whole document is replaced by a scalar: expected a mapping');
  return put(written, target);
}

/** With the writers of what was there before. */
function put({ value, provenance }: Traced, before: Traced | undefined): Traced {
  return { value, provenance: { ...provenance, writers: writtenOver(provenance.writers.writer, before) } };
}

/** Changes the collection that holds what a pointer names. */
function change(target: Traced, operation: Traced, path: string, edit: (parent: Traced, key: string) => Traced): Traced {
  const parts = path.split('/');
  if (parts.length < 2) throw missing(operation, path);
  return changeBelow(target, parts.slice(1, -1).map(decode), 0, decode(parts.at(-1) ?? ''), edit, () => missing(operation, path));
}

function changeBelow(
  target: Traced,
  parents: readonly string[],
  depth: number,
  key: string,
  edit: (parent: Traced, key: string) => Traced,
  refusal: () => Refusal,
): Traced {
  const parent = parents[depth];
  if (parent === undefined) {
    if (!isCollection(target.value)) throw refusal();
    return edit(target, key);
  }
  const place = Array.isArray(target.value) ? itemIndex(target.value, parent) : parent;
  const next = place === undefined ? undefined : child(target, place);
  if (next === undefined || place === undefined) throw refusal();
  const after = changeBelow(next, parents, depth + 1, key, edit, refusal);
  return after === next ? target : withEntry(target, place, after);
}

function missing(operation: Traced, path: string): Refusal {
  return refuse(operation, `there is no "${path}" in the object: add what leads there first`);
}

function isCollection(value: unknown): boolean {
  return Array.isArray(value) || isFields(value);
}

/** RFC 6901, 4. */
function decode(part: string): string {
  return part.includes('~') ? part.replaceAll('~1', '/').replaceAll('~0', '~') : part;
}

/** The index that a text names, counted from the end where it is negative; undefined where it is none of the list. */
function itemIndex(items: readonly unknown[], text: string, last = items.length - 1): number | undefined {
  if (!/^[-+]?[0-9]{1,9}$/.test(text)) return undefined;
  const index = Number(text);
  const counted = index < 0 ? index + last + 1 : index;
  return counted >= 0 && counted <= last ? counted : undefined;
}

function add(parent: Traced, key: string, value: Traced, operation: Traced): Traced {
  if (!Array.isArray(parent.value)) return set(parent, key, value, operation);
  const index = key === '-' ? parent.value.length : itemIndex(parent.value, key, parent.value.length);
  if (index === undefined) throw refuse(operation, `"${key}" is no index of the list, which has ${parent.value.length} items`);
  return listOf(parent.provenance, itemsOf(parent).toSpliced(index, 0, value), writerOf(operation));
}

function set(parent: Traced, key: string, value: Traced, operation: Traced): Traced {
  if (!Array.isArray(parent.value)) {
    const before = child(parent, key);
    return withEntry(parent, key, put(value, before), before === undefined ? writerOf(operation) : undefined);
  }
  const index = itemIndex(parent.value, key);
  if (index === undefined) throw refuse(operation, `"${key}" is no index of the list, which has ${parent.value.length} items`);
  return withEntry(parent, index, put(value, child(parent, index)));
}

function remove(parent: Traced, key: string, operation: Traced): Traced {
  const place = Array.isArray(parent.value) ? itemIndex(parent.value, key) : key;
  if (place === undefined || child(parent, place) === undefined) throw refuse(operation, `there is no "${key}" to remove`);
  return without(parent, place, writerOf(operation));
}

/** The value that a pointer names. */
function found(target: Traced, operation: Traced, path: string): Traced {
  let value: Traced | undefined;
  change(target, operation, path, (parent, key) => {
    const place = Array.isArray(parent.value) ? itemIndex(parent.value, key) : key;
    value = place === undefined ? undefined : child(parent, place);
    if (place === undefined) throw missing(operation, path);
    return parent;
  });
  return value ?? { value: null, provenance: operation.provenance };
}

function check(target: Traced, operation: Traced, path: string): void {
  const held = path === '' ? target : found(target, operation, path);
  if (!isEqual(held.value, writtenValue(operation).value)) throw refuse(operation, `the test of "${path}" fails: the value is another one`);
}

function isEqual(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isEqual(item, b[index]));
  if (!isFields(a) || !isFields(b)) return a === b;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every(key => Object.hasOwn(b, key) && isEqual(a[key], b[key]));
}
