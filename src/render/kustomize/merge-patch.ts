import { isFields } from '../../core/fields.ts';
import { childProvenance, type Provenance, type Writer, type Writers } from '../../core/rendering.ts';
import { Refusal } from './refusal.ts';
import { replaceShared } from './shared-nodes.ts';
import { type Files, isQuoted, textOf } from './source-text.ts';
import type { MergeDefinition, MergeField, MergeSchema } from './tables.ts';
import { child, entryOf, itemsOf, listOf, type Traced } from './traced.ts';

/** What a merge has to know beside the two values. */
export interface MergeContext {
  readonly schema: MergeSchema;
  readonly files: Files;
}

/**
 * A strategic merge patch as Kustomize carries it out, with its habits: lists are merged where the schema of the kind has keys,
 * new items come first, an item with `$patch: replace` stays as it was. Undefined where the patch deletes the whole value.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/kyaml/yaml/merge2/merge2.go and walk/
 */
export function mergePatch(target: Traced, patch: Traced, context: MergeContext): Traced | undefined {
  // Kustomize drops what takes the place of a whole object.
  if (directiveOf(patch) === 'replace') return target;
  const overwritten: Overwritten[] = [];
  let merged = merge(target, patch, undefined, { ...context, overwritten });
  for (const { node, by } of overwritten) merged &&= replaceShared(merged, node, by);
  return merged;
}

/** A node that stands in several places, and what one of them has become. */
interface Overwritten {
  readonly node: Provenance;
  readonly by: Traced;
}

interface MergeRun extends MergeContext {
  readonly overwritten: Overwritten[];
}

/**
 * `target` is undefined where there is nothing yet, `patch` where it says nothing, and both are the same where something is new:
 * its nulls and directives are carried out too.
 */
function merge(target: Traced | undefined, patch: Traced | undefined, field: MergeField | undefined, context: MergeRun): Traced | undefined {
  const leading = target?.value ?? patch?.value ?? null;
  const isOther = (kind: (value: unknown) => boolean) => patch !== undefined && patch.value !== null && !kind(patch.value);
  if (Array.isArray(leading)) {
    if (isOther(Array.isArray)) throw wrongKind(patch, 'a list');
    return field?.keys ? mergeList(target, patch, field.keys, field.items, context) : overwrite(target, patch);
  }
  if (leading === null || isFields(leading)) {
    if (isOther(isFields)) throw wrongKind(patch, 'a mapping');
    return mergeMap(target, patch, field?.value, context);
  }
  if (isOther(value => typeof value !== 'object')) throw wrongKind(patch, 'a scalar');
  const written = overwrite(target, keepQuotes(target, patch, context));
  if (target?.provenance.isShared && written !== undefined && written !== target) {
    const by: Traced = { value: written.value, provenance: { ...written.provenance, isShared: true } };
    context.overwritten.push({ node: target.provenance, by });
    return by;
  }
  return written;
}

function wrongKind(patch: Traced | undefined, expected: string): Refusal {
  const at = patch?.provenance.writers.writer.at ?? { path: '' };
  return new Refusal(at, `the patch changes what is ${expected} into something else: expected ${expected}`);
}

function overwrite(target: Traced | undefined, patch: Traced | undefined): Traced | undefined {
  if (patch === undefined || patch === target) return target;
  if (patch.value === null) return undefined;
  return target === undefined ? patch : { value: patch.value, provenance: over(patch.provenance, target.provenance) };
}

/** The writers of a value in the place of another one. */
function over(provenance: Provenance, before: Provenance): Provenance {
  return { ...provenance, writers: append(provenance.writers, before.writers) };
}

function append(writers: Writers, earlier: Writers): Writers {
  return { writer: writers.writer, earlier: writers.earlier === undefined ? earlier : append(writers.earlier, earlier) };
}

/** A number in the place of a text in quotes becomes a text: Kustomize leaves the quotes where they are. */
function keepQuotes(target: Traced | undefined, patch: Traced | undefined, { files }: MergeRun): Traced | undefined {
  if (typeof target?.value !== 'string' || (typeof patch?.value !== 'number' && typeof patch?.value !== 'boolean')) return patch;
  return isQuoted(target, files) ? { ...patch, value: textOf(patch, files) } : patch;
}

type Directive = 'delete' | 'replace' | 'merge';
const directiveKey = '$patch';

function directiveOf(patch: Traced | undefined): Directive | undefined {
  const held = entryOf(patch?.value, directiveKey);
  if (held === undefined || patch === undefined) return undefined;
  if (held === 'delete' || held === 'replace' || held === 'merge') return held;
  throw new Refusal(patch.provenance.writers.writer.at, `"$patch" is "${String(held)}": expected "delete", "replace" or "merge"`);
}

function mergeMap(target: Traced | undefined, patch: Traced | undefined, definition: string | undefined, context: MergeRun): Traced | undefined {
  if (target === undefined || target.value === null) {
    // A null that is written out stays where no patch speaks of it; `key:` goes.
    if (patch === undefined) return textOf(target, context.files) === '' ? undefined : target;
    if (patch.value === null) return undefined;
    if (patch !== target) {
      if (directiveOfNew(patch) === 'delete') return undefined;
      const added = withoutDirective(patch);
      return mergeEntries(added, added, definition, context);
    }
  }
  if (target === undefined || patch?.value === null) return undefined;
  const directive = directiveOf(patch);
  if (directive === 'delete') return undefined;
  if (patch === undefined || directive === undefined) return mergeEntries(target, patch, definition, context);
  const rest = withoutDirective(patch);
  return directive === 'replace' || patch === target
    ? mergeEntries(rest, rest, definition, context)
    : mergeEntries(target, rest, definition, context);
}

/** What is new may have any directive, and only one counts. */
function directiveOfNew(patch: Traced): unknown {
  return entryOf(patch.value, directiveKey);
}

function withoutDirective(patch: Traced): Traced {
  const { [directiveKey]: directive, ...rest } = patch.value as Record<string, unknown>;
  const isKnown = directive === 'delete' || directive === 'replace' || directive === 'merge';
  return isKnown ? { value: rest, provenance: patch.provenance } : patch;
}

function mergeEntries(target: Traced, patch: Traced | undefined, definition: string | undefined, context: MergeRun): Traced {
  const isTargetSettled = isSettled(target.value, definition === undefined ? undefined : { value: definition }, context.schema);
  if (patch === undefined && isTargetSettled) return target;
  const fields = definitionOf(target.value, definition, context.schema);
  const targetFields = target.value as Readonly<Record<string, unknown>>;
  const patchFields = (patch?.value ?? {}) as Readonly<Record<string, unknown>>;
  const isNew = patch === target;
  const value: Record<string, unknown> = { ...targetFields };
  // Those of a map are no array.
  const children: Record<string, Provenance> = { ...(target.provenance.children as Readonly<Record<string, Provenance>> | undefined) };
  let changes = target.provenance.changes;
  let isChanged = false;
  const mergeEntry = (key: string): void => {
    const before = Object.hasOwn(targetFields, key) ? entry(target, key) : undefined;
    const own = isNew ? before : patch !== undefined && Object.hasOwn(patchFields, key) ? entry(patch, key) : undefined;
    const after = merge(before, own, fieldOf(fields, key), context);
    if (after === before) return;
    isChanged = true;
    if (after === undefined) {
      delete value[key];
      delete children[key];
    } else {
      set(value, key, after.value);
      set(children, key, after.provenance);
    }
    // Who adds an entry or takes one away is a writer of the map.
    if (own !== undefined && !isNew && (after === undefined || before === undefined)) {
      changes = { writer: own.provenance.writers.writer, earlier: changes ?? target.provenance.writers };
    }
  };
  if (!isTargetSettled || isNew) for (const key of Object.keys(targetFields)) mergeEntry(key);
  for (const key of isNew ? [] : Object.keys(patchFields)) if (isTargetSettled || !Object.hasOwn(targetFields, key)) mergeEntry(key);
  if (!isChanged) return target;
  return { value, provenance: { writers: target.provenance.writers, ...(changes && { changes }), children } };
}

function fieldOf(fields: MergeDefinition | undefined, key: string): MergeField | undefined {
  return fields && (Object.hasOwn(fields, key) ? fields[key] : fields['*']);
}

function entry({ value, provenance }: Traced, key: string): Traced {
  return { value: (value as Readonly<Record<string, unknown>>)[key], provenance: childProvenance(provenance, key) };
}

/** Also a key such as `__proto__` is a field like any other. */
function set<T>(fields: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });
  else fields[key] = value;
}

/** A value whose schema is not known may be an object with a kind of its own. */
function definitionOf(value: unknown, definition: string | undefined, schema: MergeSchema): MergeDefinition | undefined {
  if (definition !== undefined) return schema.definitions[definition];
  const apiVersion = entryOf(value, 'apiVersion');
  const kind = entryOf(value, 'kind');
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const name = entryOf(schema.kinds[apiVersion], kind);
  return typeof name === 'string' ? schema.definitions[name] : undefined;
}

/**
 * Whether a walk leaves the value as it is: Kustomize also walks what a patch does not speak of, and takes out nulls
 * and items that stand twice. The answer is kept, because overlays share their bases.
 */
function isSettled(value: unknown, field: MergeField | undefined, schema: MergeSchema): boolean {
  if (typeof value !== 'object' || value === null) return value !== null;
  if (Array.isArray(value) && !field?.keys) return true;
  let known = settled.get(schema);
  if (known === undefined) {
    known = new WeakMap();
    settled.set(schema, known);
  }
  let answer = known.get(value);
  if (answer === undefined) {
    answer = Array.isArray(value) ? isSettledList(value, field ?? {}, schema) : areEntriesSettled(value, field?.value, schema);
    known.set(value, answer);
  }
  return answer;
}

const settled = new WeakMap<MergeSchema, WeakMap<object, boolean>>();

function areEntriesSettled(value: object, definition: string | undefined, schema: MergeSchema): boolean {
  const fields = definitionOf(value, definition, schema);
  return Object.entries(value).every(([key, held]) => isSettled(held, fieldOf(fields, key), schema));
}

function isSettledList(items: readonly unknown[], { keys = [], items: definition }: MergeField, schema: MergeSchema): boolean {
  if (keys.length === 0) return items.every(item => typeof item === 'string') && new Set(items).size === items.length;
  const field = definition === undefined ? undefined : { value: definition };
  return items.every(item => isFields(item) && isSettled(item, field, schema)) && haveKeys([items], keys);
}

/** Whether the items of each list have all keys that any of them has, and no two of a list the same ones. */
function haveKeys(lists: readonly (readonly unknown[])[], keys: readonly string[]): boolean {
  const used = keys.filter(key => lists.some(items => items.some(item => keyOf(item, key) !== undefined)));
  return (
    used.length > 0 &&
    lists.every(items => {
      const seen = new Set(items.map(item => identifier(item, used)));
      return seen.size === items.length && !seen.has(undefined);
    })
  );
}

/** What tells an item apart; undefined where it lacks a key. */
function identifier(item: unknown, keys: readonly string[]): string | undefined {
  if (keys.length === 1) return keyOf(item, keys[0] ?? '');
  const parts = keys.map(key => keyOf(item, key));
  return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}

/** Numbers are as good as texts that say the same. */
function keyOf(item: unknown, key: string): string | undefined {
  const held = entryOf(item, key);
  if (typeof held === 'string') return held === '' ? undefined : held;
  return typeof held === 'number' || typeof held === 'boolean' ? String(held) : undefined;
}

/** Lists whose items are told apart by keys; without keys they are sets of scalars. */
function mergeList(
  target: Traced | undefined,
  patch: Traced | undefined,
  keys: readonly string[],
  definition: string | undefined,
  context: MergeRun,
): Traced | undefined {
  if (patch?.value === null) return undefined;
  if (target === undefined || target.value === null) {
    if (patch === undefined) return target;
    return mergeItems(withoutListDirective(patch)?.rest ?? patch, undefined, true, keys, definition, context);
  }
  if (patch === undefined) return mergeItems(target, undefined, false, keys, definition, context);
  const found = withoutListDirective(patch);
  if (found?.directive === 'delete') return undefined;
  const rest = found?.rest ?? patch;
  const isNew = patch === target || found?.directive === 'replace';
  return isNew ? mergeItems(rest, undefined, true, keys, definition, context) : mergeItems(target, rest, false, keys, definition, context);
}

/** An item with `$patch` and at most one more key is about the whole list. */
function withoutListDirective(patch: Traced): { readonly directive: Directive; readonly rest: Traced } | undefined {
  const items = itemsOf(patch);
  const first = items.find(({ value }) => entryOf(value, directiveKey) !== undefined);
  if (first === undefined || Object.keys(first.value as object).length > 1) return undefined;
  const directive = directiveOf(first);
  if (directive === undefined) return undefined;
  const rest = items.filter(({ value }) => entryOf(value, directiveKey) !== directive);
  return { directive, rest: listOf(patch.provenance, rest, patch.provenance.writers.writer) };
}

/** An item that is worked on; the list of the target and the new list hold the same one. */
interface Handle {
  item: Traced;
}

/** `isNew`: the items of the patch are merged with themselves, as all that is new is. */
function mergeItems(
  target: Traced,
  patch: Traced | undefined,
  isNew: boolean,
  keys: readonly string[],
  definition: string | undefined,
  context: MergeRun,
): Traced {
  const field = definition === undefined ? undefined : { value: definition };
  const mergeItem = (before: Traced | undefined, own: Traced | undefined) => merge(before, isNew ? before : own, field, context);
  const writer = (patch ?? target).provenance.writers.writer;
  const targetValues = target.value as readonly unknown[];
  const patchValues = (patch?.value ?? []) as readonly unknown[];
  if (!isNew && patch === undefined && isSettledList(targetValues, { keys, ...(definition !== undefined && { items: definition }) }, context.schema))
    return target;
  if (keys.length === 0) return mergeSets(target, patch, writer, context.files);
  return haveKeys([targetValues, patchValues], keys)
    ? mergeKeyed(target, patch, keys, mergeItem, writer)
    : mergeOdd(target, patch, keys, mergeItem, writer, context.files);
}

function mergeSets(target: Traced, patch: Traced | undefined, writer: Writer, files: Files): Traced {
  const items = new Map<string, Traced>();
  for (const item of [...(patch ? itemsOf(patch) : []), ...itemsOf(target)]) {
    const text = textOf(item, files);
    if (!items.has(text)) items.set(text, item);
  }
  return listOf(target.provenance, [...items.values()], writer);
}

/** The usual lists: every item has its keys. Those of the patch come first. */
function mergeKeyed(
  target: Traced,
  patch: Traced | undefined,
  keys: readonly string[],
  mergeItem: (before: Traced | undefined, own: Traced | undefined) => Traced | undefined,
  writer: Writer,
): Traced {
  const before = itemsOf(target);
  const own = patch ? itemsOf(patch) : [];
  const used = keys.filter(key => [...before, ...own].some(({ value }) => keyOf(value, key) !== undefined));
  const byIdentifier = new Map(before.map(item => [identifier(item.value, used), item]));
  const items: Traced[] = [];
  const merged = new Map<Traced, Traced | undefined>();
  for (const item of own) {
    const old = byIdentifier.get(identifier(item.value, used));
    // Kustomize looks the item up in the list as it was, where nothing has taken its place.
    const after = old !== undefined && directiveOf(item) === 'replace' ? old : mergeItem(old, item);
    if (old) merged.set(old, after);
    // With several keys an item that was there keeps its place behind the new ones.
    if (after !== undefined && !isEmptyMap(after.value) && (old === undefined || used.length === 1)) items.push(after);
  }
  for (const item of before) {
    if (used.length === 1 && merged.has(item)) continue;
    const after = merged.has(item) ? merged.get(item) : mergeItem(item, undefined);
    if (after !== undefined && !isEmptyMap(after.value)) items.push(after);
  }
  return listOf(target.provenance, items, writer);
}

function isEmptyMap(value: unknown): boolean {
  return value === null || (isFields(value) && Object.keys(value).length === 0);
}

/**
 * Lists whose items lack keys, or have the same ones: step by step as Kustomize does, whose result is odd.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/kyaml/yaml/walk/associative_sequence.go
 */
function mergeOdd(
  target: Traced,
  patch: Traced | undefined,
  keys: readonly string[],
  mergeItem: (before: Traced | undefined, own: Traced | undefined) => Traced | undefined,
  writer: Writer,
  files: Files,
): Traced {
  let before: Handle[] = itemsOf(target).map(item => ({ item }));
  const own: Handle[] = patch ? itemsOf(patch).map(item => ({ item })) : [];
  if ((before.length + own.length) ** 2 > mostComparisons) {
    throw new Refusal(target.provenance.writers.writer.at, 'the list has too many items without their keys to be merged', 'bound');
  }
  const textAt = ({ item }: Handle, key: string): string | undefined => {
    const held = isFields(item.value) ? child(item, key) : undefined;
    return held === undefined ? undefined : textOf(held, files);
  };
  const keyTexts = (handle: Handle) => keys.map(key => (keyOf(handle.item.value, key) === undefined ? '' : (textAt(handle, key) ?? '')));
  const tuples: (readonly string[])[] = [];
  for (const handle of [...own, ...before]) {
    const tuple = keyTexts(handle);
    if (!tuples.some(known => known.every((text, index) => text === tuple[index]))) tuples.push(tuple);
  }
  if (keys.length > 1) completeTuples(tuples);
  const matches = (handle: Handle, wanted: readonly string[], texts: readonly string[], isLoose: boolean): boolean =>
    wanted.every((key, index) => {
      const text = texts[index];
      // In the deletion of an item that lacks a key, Kustomize goes by the keys before it.
      if (text === undefined) return index > 0;
      const held = textAt(handle, key);
      return held !== undefined && ((isLoose && text === '') || held === text);
    });
  const setItem = (handles: readonly Handle[], wanted: readonly string[], texts: readonly string[], replacement: Handle | undefined): Handle[] => {
    const result: Handle[] = [];
    let isFound = false;
    for (const handle of handles) {
      if (isEmptyMap(handle.item.value)) continue;
      if (!matches(handle, wanted, texts, true)) {
        if (texts.length > 0) result.push(handle);
      } else {
        isFound = true;
        if (replacement) result.push(replacement);
      }
    }
    if (!isFound && replacement) result.push(replacement);
    return result;
  };
  let items: Handle[] = [];
  let lastKeys: readonly string[] = keys;
  for (const tuple of tuples) {
    const [wanted, texts] = usedKeys(tuples, tuple, keys);
    lastKeys = wanted;
    const [named, names] = usedKeys([texts], texts, wanted);
    const old = before.find(handle => matches(handle, named, names, false));
    const patched = own.find(handle => matches(handle, named, names, false));
    const after = mergeItem(old?.item, patched?.item);
    if (after === undefined || isEmptyMap(after.value)) {
      before = setItem(before, wanted, texts, undefined);
      continue;
    }
    const staysAsItWas = old !== undefined && patched !== undefined && directiveOf(patched.item) === 'replace';
    const handle: Handle = old !== undefined && !staysAsItWas ? old : { item: after };
    handle.item = withKeys(after, wanted, texts);
    items = setItem(items, wanted, texts, handle);
  }
  for (const handle of before) {
    const texts: string[] = [];
    for (const key of lastKeys) {
      const text = textAt(handle, key);
      if (text === undefined) items = [...items, handle];
      else texts.push(text);
    }
    if (lastKeys.length > 1) items = setItem(items, lastKeys, texts, undefined);
    items = setItem(items, lastKeys, texts, handle);
  }
  return listOf(
    target.provenance,
    items.map(({ item }) => item),
    writer,
  );
}

const mostComparisons = 25_000_000;

/** Two items that differ only in what one of them lacks are one. */
function completeTuples(tuples: (readonly string[])[]): void {
  for (const [i, first] of tuples.entries()) {
    for (const [j, second] of tuples.entries()) {
      const isSame = first.every((text, index) => text === second[index] || text === '' || second[index] === '');
      if (!isSame || !first.some((text, index) => text === second[index])) continue;
      const completed = first.map((text, index) => text || (second[index] ?? ''));
      tuples[i] = completed;
      tuples[j] = completed;
    }
  }
}

/** The keys that any item has, with what this one has in them. */
function usedKeys(
  tuples: readonly (readonly string[])[],
  tuple: readonly string[],
  keys: readonly string[],
): readonly [keys: readonly string[], texts: readonly string[]] {
  const used = keys.map((_, index) => tuples.some(other => (other[index] ?? '') !== ''));
  if (!used.includes(true)) return [keys, tuple];
  return [keys.filter((_, index) => used[index]), tuple.filter((text, index) => text !== '' || used[index])];
}

function withKeys(item: Traced, keys: readonly string[], texts: readonly string[]): Traced {
  let complete = item;
  for (const [index, key] of keys.entries()) {
    const text = texts[index] ?? '';
    if (text === '' || entryOf(complete.value, key) !== undefined) continue;
    complete = { value: { ...(complete.value as object), [key]: plainScalar(text) }, provenance: complete.provenance };
  }
  return complete;
}

/** A key that is filled in has no type of its own. */
function plainScalar(text: string): unknown {
  return /^-?[0-9]+$/.test(text) ? Number(text) : text;
}
