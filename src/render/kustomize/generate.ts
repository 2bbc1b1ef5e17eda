import type { SourceFile } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import type { FieldPlace, Place, RepoPath } from '../../core/place.ts';
import type { Provenance, Writer } from '../../core/rendering.ts';
import { nameOf } from '../../core/repo-path.ts';
import { findByAnyIdentity, identityKey, replaceResources } from './accumulator.ts';
import { openFile } from './apply-patches.ts';
import { encodeBase64 } from './base64.ts';
import type { GeneratorEntry, GeneratorOptions, StringMap } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { type Bookkeeping, describeIdentity, makeResource, type Resource } from './resource.ts';
import { textOf } from './source-text.ts';
import { child, type Traced, withChild, writeAt } from './traced.ts';
import type { Transform, TransformContext } from './transform.ts';

export interface GeneratorSource {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly entry: GeneratorEntry;
  /** Where it is listed. */
  readonly at: FieldPlace;
  readonly folder: RepoPath;
  /** `generatorOptions` of the kustomization, with their place. */
  readonly options?: { readonly value: GeneratorOptions; readonly at: FieldPlace };
}

/** An entry of `configMapGenerator` or `secretGenerator`: a new object, or one that is merged into another or takes its place. */
export function generatorTransform(source: GeneratorSource): Transform {
  return (resources, context) => absorb(resources, generate(source, context), source, context);
}

function generate(source: GeneratorSource, context: TransformContext): Resource {
  const { kind, entry, at } = source;
  const { name = '', namespace = '', behavior = '' } = entry;
  if (name === '') throw new Refusal(at, `the ${kind} has no name: add "name"`);
  const whole: Writer = { by: 'generator', at, isWhole: true };
  // The name of the list says the kind, or that of the plugin.
  const kindPlace: FieldPlace = at.field.length > 1 ? { ...at, field: at.field.slice(0, 1), part: 'key' } : below(at, 'kind');
  const ofKind: Provenance = { writers: { writer: { by: 'generator', at: kindPlace, isWhole: true } } };
  let object: Traced = {
    value: { apiVersion: 'v1', kind },
    provenance: { writers: { writer: whole }, children: { apiVersion: ofKind, kind: ofKind } },
  };
  const write = (field: readonly string[], value: unknown, place: Place, listedAt?: FieldPlace) => {
    const writer: Writer = { by: 'generator', at: place, isWhole: true };
    object = writeAt(object, field, value, whole);
    if (listedAt === undefined) object = withWriters(object, field, { writer });
    else object = withWriters(object, field, { writer, earlier: { writer: { ...writer, at: listedAt } } });
  };
  write(['metadata', 'name'], name, below(at, 'name'));
  if (namespace !== '') write(['metadata', 'namespace'], namespace, below(at, 'namespace'));
  if (kind === 'Secret') {
    write(['type'], entry.type || 'Opaque', entry.type ? below(at, 'type') : at);
    object = writeAt(object, ['data'], {}, whole);
  }
  const pairs = readPairs(source, context);
  for (const { key, value, at: place, listedAt } of pairs.values) {
    write(['data', key], kind === 'Secret' ? encodeBase64(value) : value, place, listedAt);
  }
  const { labels, annotations, immutable, disableNameSuffixHash } = mergedOptions(source);
  for (const [map, field] of [
    [labels, 'labels'],
    [annotations, 'annotations'],
  ] as const) {
    for (const { key, value, at: place } of map) write(['metadata', field, key], value, place);
  }
  if (immutable) write(['immutable'], true, immutable);
  const bookkeeping: Bookkeeping = {
    previous: [],
    prefixes: [],
    suffixes: [],
    variables: [],
    behavior,
    needsHash: !disableNameSuffixHash && !pairs.isPartial,
  };
  return makeResource(object, bookkeeping);
}

function below(at: FieldPlace, ...field: readonly (string | number)[]): FieldPlace {
  return { ...at, field: [...at.field, ...field] };
}

function withWriters(traced: Traced, field: readonly string[], writers: Provenance['writers']): Traced {
  const [key, ...rest] = field;
  if (key === undefined) return { value: traced.value, provenance: { writers } };
  const held = child(traced, key);
  if (held === undefined) return traced;
  return { value: traced.value, provenance: withChild(traced.provenance, key, withWriters(held, rest, writers).provenance) };
}

interface Pair {
  readonly key: string;
  readonly value: string;
  readonly at: Place;
  /** Where the kustomization lists the file that holds the value. */
  readonly listedAt?: FieldPlace;
}

interface Options {
  readonly labels: readonly Pair[];
  readonly annotations: readonly Pair[];
  readonly immutable?: Place;
  readonly disableNameSuffixHash: boolean;
}

/** What the entry says wins over `generatorOptions`, but what those switch on stays on. */
function mergedOptions({ entry, at, options }: GeneratorSource): Options {
  const own = entry.options ?? {};
  const ownAt = below(at, 'options');
  const immutable = options?.value.immutable ? below(options.at, 'immutable') : own.immutable ? below(ownAt, 'immutable') : undefined;
  return {
    labels: [...pairsOf(options?.value.labels, options && below(options.at, 'labels')), ...pairsOf(own.labels, below(ownAt, 'labels'))],
    annotations: [
      ...pairsOf(options?.value.annotations, options && below(options.at, 'annotations')),
      ...pairsOf(own.annotations, below(ownAt, 'annotations')),
    ],
    ...(immutable && { immutable }),
    disableNameSuffixHash: options?.value.disableNameSuffixHash === true || own.disableNameSuffixHash === true,
  };
}

function pairsOf(map: StringMap = {}, at?: FieldPlace): Pair[] {
  return at === undefined ? [] : Object.entries(map).map(([key, value]) => ({ key, value, at: below(at, key) }));
}

function readPairs(source: GeneratorSource, context: TransformContext): { readonly values: readonly Pair[]; readonly isPartial: boolean } {
  const { entry, at, folder, kind } = source;
  const values: Pair[] = [];
  let isPartial = false;
  const open = (path: string, listedAt: FieldPlace): SourceFile | undefined => {
    const file = openFile(path, listedAt, folder, context);
    if (file === undefined) isPartial = true;
    return file;
  };
  const envs = [
    ...(entry.envs ?? []).map((path, index) => ({ path, listedAt: below(at, 'envs', index) })),
    ...(entry.env ? [{ path: entry.env, listedAt: below(at, 'env') }] : []),
  ];
  for (const { path, listedAt } of envs) {
    const file = open(path, listedAt);
    if (file) values.push(...readEnvironment(file, listedAt));
  }
  for (const [index, literal] of (entry.literals ?? []).entries()) {
    const equals = literal.indexOf('=');
    const place = below(at, 'literals', index);
    if (equals < 1) throw new Refusal(place, 'the literal is no "key=value"');
    values.push({ key: literal.slice(0, equals), value: withoutQuotes(literal.slice(equals + 1)), at: place });
  }
  for (const [index, listed] of (entry.files ?? []).entries()) {
    const listedAt = below(at, 'files', index);
    const { key, path } = splitFileSource(listed, listedAt);
    const file = open(path, listedAt);
    if (file) values.push({ key, value: file.text, at: { path: file.path }, listedAt });
  }
  const keys = new Set<string>();
  for (const { key, at: place, listedAt } of values) {
    if (keys.has(key)) throw new Refusal(listedAt ?? place, `the key "${key}" of the ${kind} "${entry.name ?? ''}" is there twice`);
    keys.add(key);
  }
  return { values, isPartial };
}

function splitFileSource(listed: string, at: FieldPlace): { readonly key: string; readonly path: string } {
  const equals = listed.indexOf('=');
  if (equals < 0) return { key: nameOf(listed.replace(/\/+$/, '')), path: listed };
  const [key, path] = [listed.slice(0, equals), listed.slice(equals + 1)];
  if (key === '' || path === '' || path.includes('=')) throw new Refusal(at, `"${listed}" is no "key=path"`);
  return { key, path };
}

/** `KEY=value` line by line; lines that are empty or begin with `#` count for nothing. */
function readEnvironment(file: SourceFile, listedAt: FieldPlace): Pair[] {
  const pairs: Pair[] = [];
  const { text, path } = file;
  let start = 0;
  while (start < text.length) {
    const lineEnd = text.indexOf('\n', start);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const line = text.slice(start, end).replace(/\r$/, '');
    const trimmed = (start === 0 ? line.replace(/^\ufeff/, '') : line).trimStart();
    if (trimmed !== '' && !trimmed.startsWith('#')) {
      const equals = trimmed.indexOf('=');
      const key = equals < 0 ? trimmed : trimmed.slice(0, equals);
      if (key !== '') pairs.push({ key, value: equals < 0 ? '' : trimmed.slice(equals + 1), at: { path, start, end }, listedAt });
    }
    start = end + 1;
  }
  return pairs;
}

function withoutQuotes(text: string): string {
  return text.length >= 2 && (text.startsWith('"') || text.startsWith("'")) && text.endsWith(text.charAt(0)) ? text.slice(1, -1) : text;
}

function absorb(resources: readonly Resource[], made: Resource, { at }: GeneratorSource, context: TransformContext): readonly Resource[] {
  const { isClusterScoped, partial, note } = context;
  const [old, second] = findByAnyIdentity(resources, made.id, isClusterScoped);
  const { behavior } = made;
  const joins = behavior === 'merge' || behavior === 'replace';
  const id = describeIdentity(made.id);
  if (second !== undefined) throw new Refusal(at, `several objects are "${id}": it cannot be told which one is meant`);
  if (old === undefined) {
    if (joins && partial.length === 0) throw new Refusal(at, `there is no "${id}" to ${behavior}: use the behavior "create"`, 'replacement');
    if (joins) note({ at, reason: `the object "${id}" that is to be changed is not known here` });
    const key = identityKey(made.id, isClusterScoped);
    if (resources.some(other => identityKey(other.id, isClusterScoped) === key)) throw new Refusal(at, `the object "${id}" is there already`);
    return [...resources, made];
  }
  if (!joins) throw new Refusal(at, `the object "${id}" is there already: use the behavior "merge" or "replace", or another name`);
  return replaceResources(resources, new Map([[old, join(old, made, behavior, context)]]));
}

/** The new object with the name, the labels and the notes of the old one, and with its data where they are merged. */
function join(old: Resource, made: Resource, behavior: 'merge' | 'replace', { repository: { files } }: TransformContext): Resource {
  let content: Traced = made;
  const take = (field: readonly string[], held: Traced | undefined) => {
    content = held === undefined ? content : put(content, field, held);
  };
  const oldMetadata = child(old, 'metadata');
  for (const key of ['labels', 'annotations']) {
    const own = child(child(made, 'metadata') ?? made, key);
    take(
      ['metadata', key],
      mergeMaps(oldMetadata && child(oldMetadata, key), own, text => text, files),
    );
  }
  for (const key of ['name', 'namespace']) take(['metadata', key], oldMetadata && child(oldMetadata, key));
  if (behavior === 'merge') {
    const encoded = made.id.kind === 'Secret' ? mergeMaps(child(old, 'data'), child(old, 'stringData'), undefined, files) : child(old, 'data');
    take(
      ['data'],
      mergeMaps(encoded, child(made, 'data'), text => text, files),
    );
    take(
      ['binaryData'],
      mergeMaps(child(old, 'binaryData'), child(made, 'binaryData'), text => text, files),
    );
  }
  if (behavior === 'merge') {
    const writers = { writer: made.provenance.writers.writer, earlier: old.provenance.writers };
    content = { value: content.value, provenance: { ...content.provenance, writers } };
  }
  return makeResource(content, { ...old, needsHash: old.needsHash === true && made.needsHash === true });
}

function put(traced: Traced, field: readonly string[], held: Traced): Traced {
  const [key, ...rest] = field;
  if (key === undefined) return held;
  const next = put(child(traced, key) ?? { value: {}, provenance: traced.provenance }, rest, held);
  return { value: { ...(traced.value as object), [key]: next.value }, provenance: withChild(traced.provenance, key, next.provenance) };
}

/** Two maps as one, of which the second wins; its values are encoded where `read` is absent, and everything is a text. */
function mergeMaps(
  first: Traced | undefined,
  second: Traced | undefined,
  read: ((text: string) => string) | undefined,
  files: TransformContext['repository']['files'],
): Traced | undefined {
  const base = second ?? first;
  if (base === undefined) return undefined;
  const value: Record<string, unknown> = {};
  const children = new Map<string, Provenance>();
  for (const map of [first, second]) {
    if (map === undefined || !isFields(map.value)) continue;
    for (const key of Object.keys(map.value)) {
      const held = child(map, key);
      if (held === undefined) continue;
      const text = textOf(held, files);
      value[key] = map === second && read === undefined ? encodeBase64(text) : text;
      const before = children.get(key);
      children.set(key, before === undefined ? held.provenance : { writers: { writer: held.provenance.writers.writer, earlier: before.writers } });
    }
  }
  return { value, provenance: { ...base.provenance, children: Object.fromEntries(children) } };
}
