import { isFields } from '../../core/fields.ts';
import type { FieldPath, FieldPlace } from '../../core/place.ts';
import type { Writer } from '../../core/rendering.ts';
import { parseYaml } from '../../parse/parse-yaml.ts';
import { resolveAs } from '../../parse/readings.ts';
import { compiledExpression } from '../../schema/foreign-expression.ts';
import { replaceResources } from './accumulator.ts';
import { splitFieldPath } from './field-path.ts';
import type { FieldOptions, ReplacementEntry, ReplacementTarget } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { describeIdentity, effectiveNamespace, identities, isSelectedGvk, type Resource, withContent } from './resource.ts';
import { compileSelector, isProblem } from './selector.ts';
import { replaceShared } from './shared-nodes.ts';
import { textOf } from './source-text.ts';
import { child, entryOf, itemsOf, listOf, replaceAt, type Traced, tracedAt, writeAt } from './traced.ts';
import type { Transform, TransformContext } from './transform.ts';

/** An entry of `replacements`: https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/replacement/replacement.go */
export function replacementTransform(entry: ReplacementEntry, at: FieldPlace): Transform {
  return (resources, context) => {
    if ((entry.source === undefined && entry.sourceValue === undefined) || entry.targets === undefined) {
      throw new Refusal(at, 'the replacement needs a source and targets');
    }
    const source = findSource(resources, entry, at, context);
    if (source === undefined) return resources;
    let replaced = resources;
    for (const [index, target] of entry.targets.entries()) {
      const place = { ...at, field: [...at.field, 'targets', index] };
      replaced = replaceIn(replaced, source, target, place, context);
    }
    return replaced;
  };
}

interface Source {
  /** As a scalar is copied: its text. */
  readonly text: string;
  readonly traced: Traced;
  /** Where the value comes from, and the entry that copies it. */
  readonly writer: Writer;
  readonly entry: Writer;
}

const defaultFieldPath = 'metadata.name';

function findSource(
  resources: readonly Resource[],
  { source, sourceValue }: ReplacementEntry,
  at: FieldPlace,
  context: TransformContext,
): Source | undefined {
  const entry: Writer = { by: 'replacement', at, isWhole: true };
  if (sourceValue !== undefined) {
    if (source !== undefined) throw new Refusal(at, 'the replacement has both "source" and "sourceValue": keep one of them');
    const writer: Writer = { by: 'replacement', at: { ...at, field: [...at.field, 'sourceValue'] }, isWhole: true };
    return { text: sourceValue, traced: { value: sourceValue, provenance: { writers: { writer } } }, writer, entry };
  }
  const place = { ...at, field: [...at.field, 'source'] };
  const { name, namespace, fieldPath = defaultFieldPath, options } = source ?? {};
  const matches = resources.filter(resource =>
    identities(resource).some(
      id =>
        (!name || name === id.name) &&
        (!namespace || effectiveNamespace({ ...id, namespace }, never) === effectiveNamespace(id, never)) &&
        isSelectedGvk(id, source ?? {}),
    ),
  );
  const [found, second] = matches;
  if (second !== undefined)
    throw new Refusal(place, `the source is several objects, "${describeIdentity(second.id)}" among them: select one`, 'replacement');
  if (found === undefined) {
    if (context.partial.length === 0) throw new Refusal(place, 'no object is the source: correct its kind or name', 'replacement');
    context.note({ at: place, reason: 'the source of a replacement is not known here' });
    return undefined;
  }
  const held = lookUpPath(found, splitFieldPath(fieldPath || defaultFieldPath), place);
  if (held === undefined || isNothing(held.value)) throw new Refusal(place, `the source "${describeIdentity(found.id)}" has no "${fieldPath}"`);
  const text = refine(textOf(held, context.repository.files), held, options, place);
  const { writer } = held.provenance.writers;
  return { text, traced: held, writer: { ...writer, by: 'replacement' }, entry };
}

/** The identities that sources and targets are held against know nothing of scopes. */
function never(): boolean {
  return false;
}

function isNothing(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function refine(text: string, { value }: Traced, options: FieldOptions | undefined, at: FieldPlace): string {
  if (!options?.delimiter) return text;
  if (typeof value === 'object') throw new Refusal(at, 'only a scalar can be split at a delimiter');
  const part = text.split(options.delimiter)[options.index ?? 0];
  if (part === undefined) throw new Refusal(at, `the source has no part ${options.index ?? 0} between the delimiters`);
  return part;
}

/** The value that a path without wildcards leads to. */
function lookUpPath(traced: Traced, parts: readonly string[], at: FieldPlace): Traced | undefined {
  let held: Traced | undefined = traced;
  for (const part of parts) {
    if (held === undefined) return undefined;
    const list: readonly unknown[] | undefined = Array.isArray(held.value) ? held.value : undefined;
    if (/^\d+$/.test(part) || part === '-') {
      if (list === undefined) throw new Refusal(at, `"${part}" is looked for in what is no list`);
      held = child(held, part === '-' ? list.length - 1 : Number(part));
    } else if (part.startsWith('[') && part.endsWith(']')) {
      if (list === undefined) throw new Refusal(at, `"${part}" is looked for in what is no list`);
      const [key, wanted] = splitCondition(part, at);
      const index = list.findIndex(item => (key === '' ? String(item) === wanted : isFields(item) && String(entryOf(item, key) ?? '') === wanted));
      held = index < 0 ? undefined : child(held, index);
    } else {
      if (part === '*') throw new Refusal(at, 'a source is one field: "*" leads to several');
      if (held.value !== null && !isFields(held.value)) throw new Refusal(at, `"${part}" is looked for in what is no mapping`);
      held = child(held, part);
    }
  }
  return held;
}

function splitCondition(part: string, at: FieldPlace): readonly [key: string, value: string] {
  const equals = part.indexOf('=');
  if (equals < 0) throw new Refusal(at, `"${part}" is no "[key=value]"`);
  return [part.slice(1, equals), part.slice(equals + 1, -1)];
}

function replaceIn(
  resources: readonly Resource[],
  source: Source,
  target: ReplacementTarget,
  at: FieldPlace,
  context: TransformContext,
): readonly Resource[] {
  const { select, reject = [], fieldPaths = [], options = {} } = target;
  if (select === undefined) throw new Refusal(at, 'the target selects nothing: add "select"');
  const selected = compileSelector(select);
  if (isProblem(selected)) throw new Refusal(at, selected.problem);
  const rejected = reject.map(selector => {
    const compiled = compileSelector(selector);
    if (isProblem(compiled)) throw new Refusal(at, compiled.problem);
    const { labelSelector, annotationSelector, ...id } = selector;
    return { compiled, hasLabels: Boolean(labelSelector || annotationSelector), hasIdentity: Object.values(id).some(Boolean) };
  });
  const paths = fieldPaths.length === 0 ? [defaultFieldPath] : fieldPaths;
  const replacements = new Map<Resource, Resource>();
  for (const resource of resources) {
    if (!selected.labels(resource) || rejected.some(({ compiled, hasLabels }) => hasLabels && compiled.labels(resource))) continue;
    const ids = identities(resource);
    const matches = ({ compiled }: { compiled: typeof selected }) =>
      ids.some(id => compiled.gvk(id) && compiled.name(id.name) && compiled.namespace(id.namespace));
    if (rejected.some(each => each.hasIdentity && matches(each)) || !matches({ compiled: selected })) continue;
    let content: Traced = resource;
    for (const [index, path] of paths.entries()) {
      const place = fieldPaths.length === 0 ? at : { ...at, field: [...at.field, 'fieldPaths', index] };
      content = copyTo(content, source, path, options, place, context);
    }
    replacements.set(resource, withContent(resource, content));
  }
  // What a target rejects it has found.
  context.tell('replacement', { at, wanted: { ...select }, among: resources }, replacements.size > 0 || reject.length > 0);
  return replaceResources(resources, replacements);
}

/** A value can be made where `create` says so: a scalar, or what the source is. */
type Creates = 'scalar' | 'map' | 'list' | undefined;

function copyTo(content: Traced, source: Source, path: string, options: FieldOptions, at: FieldPlace, context: TransformContext): Traced {
  const parts = splitFieldPath(path);
  const { value } = source.traced;
  const creates: Creates = !options.create ? undefined : Array.isArray(value) ? 'list' : isFields(value) ? 'map' : 'scalar';
  const structured = scalarOnTheWay(content, parts);
  if (structured !== undefined) return copyIntoText(content, source, structured, parts, creates, options, at, context);
  const located = locate(content, parts, creates, source.entry, at);
  if (located.fields.length === 0) throw new Refusal(at, `the target has no "${path}"${options.create ? '' : ': correct the path, or set "create"'}`);
  return located.fields.reduce((written, field) => setField(written, field, source, options, at), located.content);
}

const made = Symbol('a scalar that is to be made');

interface Located {
  readonly content: Traced;
  readonly fields: readonly FieldPath[];
}

/** The fields that a path leads to, made on the way where `creates` says what. */
function locate(content: Traced, parts: readonly string[], creates: Creates, writer: Writer, at: FieldPlace): Located {
  const [part, ...rest] = parts;
  if (part === undefined) return { content, fields: [[]] };
  const { value } = content;
  if (/^\d+$/.test(part)) {
    if (!Array.isArray(value) && value !== null) throw new Refusal(at, `"${part}" is looked for in what is no list`);
    const items = Array.isArray(value) ? value : [];
    const index = Number(part);
    if (index > items.length || (index === items.length && creates === undefined)) throw new Refusal(at, `the list has no item ${index}`);
    const list = index < items.length ? content : append(content, emptyFor(rest[0], creates), writer);
    return below(list, index, rest, creates, writer, at);
  }
  if (part.startsWith('[') && part.endsWith(']')) return locateItems(content, part, rest, creates, writer, at);
  if (part === '*') {
    if (!Array.isArray(value)) throw new Refusal(at, '"*" stands for the items of what is no list');
    return each(content, value.keys(), rest, creates, writer, at);
  }
  if (value !== null && !isFields(value)) throw new Refusal(at, `"${part}" is looked for in what is no mapping`);
  const held = child(content, part);
  if (held !== undefined) return below(content, part, rest, creates, writer, at);
  if (creates === undefined) return { content, fields: [] };
  return below(writeAt(content, [part], emptyFor(rest[0], creates), writer), part, rest, creates, writer, at);
}

function emptyFor(next: string | undefined, creates: Creates): unknown {
  if (next === undefined) return creates === 'list' ? [] : creates === 'map' ? {} : made;
  return /^\d+$/.test(next) || (next.startsWith('[') && next.endsWith(']')) ? [] : {};
}

function append(content: Traced, item: unknown, writer: Writer): Traced {
  const items = Array.isArray(content.value) ? itemsOf(content) : [];
  return listOf(content.provenance, [...items, { value: item, provenance: { writers: { writer } } }], writer);
}

function below(content: Traced, key: string | number, rest: readonly string[], creates: Creates, writer: Writer, at: FieldPlace): Located {
  const held = child(content, key);
  if (held === undefined) return { content, fields: [] };
  const located = locate(held, rest, creates, writer, at);
  const fields = located.fields.map(field => [key, ...field]);
  return { content: located.content === held ? content : replaceAt(content, [key], writer, () => located.content), fields };
}

function each(content: Traced, indexes: Iterable<number>, rest: readonly string[], creates: Creates, writer: Writer, at: FieldPlace): Located {
  let list = content;
  const fields: FieldPath[] = [];
  for (const index of indexes) {
    const located = below(list, index, rest, creates, writer, at);
    list = located.content;
    fields.push(...located.fields);
  }
  return { content: list, fields };
}

/** `[name=web]`: the value is a regular expression that need not match the whole text. */
function locateItems(content: Traced, part: string, rest: readonly string[], creates: Creates, writer: Writer, at: FieldPlace): Located {
  const [key, pattern] = splitCondition(part, at);
  if (!Array.isArray(content.value) && content.value !== null) throw new Refusal(at, `"${part}" is looked for in what is no list`);
  const items = Array.isArray(content.value) ? (content.value as readonly unknown[]) : [];
  const matches = plainOrExpression(pattern, at);
  const indexes = items.flatMap((item, index) => {
    const held = key === '' ? item : isFields(item) ? entryOf(item, key) : undefined;
    return held !== undefined && held !== null && typeof held !== 'object' && matches(String(held)) ? [index] : [];
  });
  const located = key === '' ? { content, fields: indexes.map(index => [index]) } : each(content, indexes, rest, creates, writer, at);
  if (located.fields.length > 0 || creates === undefined) return located;
  const item = key === '' ? pattern : { [key]: pattern };
  const list = append(content, item, writer);
  return key === '' ? { content: list, fields: [[items.length]] } : each(list, [items.length], rest, creates, writer, at);
}

function plainOrExpression(pattern: string, at: FieldPlace): (text: string) => boolean {
  if (/^[\w/: -]*$/.test(pattern)) return text => text.includes(pattern);
  const expression = compiledExpression(pattern);
  if (typeof expression === 'string') throw new Refusal(at, `"${pattern}" is no regular expression: ${expression}`);
  return text => expression.matcher(text).find();
}

/** A scalar takes the text and keeps its type; anything else is replaced. */
function setField(content: Traced, field: FieldPath, source: Source, options: FieldOptions, at: FieldPlace): Traced {
  const target = tracedAt(content, field);
  const written = replaceAt(content, field, source.entry, before => {
    const held = before?.value;
    const earlier = held === made || before === undefined ? undefined : before.provenance.writers;
    const writers = { writer: source.writer, earlier: { writer: source.entry, ...(earlier && { earlier }) } };
    if (held === null || typeof held !== 'object') {
      const text = spliced(held, source.text, options);
      return { value: typed(held, text, at), provenance: { writers } };
    }
    if (options.delimiter) throw new Refusal(at, 'only a scalar can be split at a delimiter');
    return { value: source.traced.value, provenance: { ...source.traced.provenance, writers } };
  });
  const after = target?.provenance.isShared && tracedAt(written, field);
  return target && after
    ? replaceShared(written, target.provenance, { value: after.value, provenance: { ...after.provenance, isShared: true } })
    : written;
}

function spliced(held: unknown, text: string, { delimiter, index = 0 }: FieldOptions): string {
  if (!delimiter) return text;
  const parts = (held === made ? '' : String(held ?? '')).split(delimiter);
  if (index < 0) parts.unshift(text);
  else if (index >= parts.length) parts.push(text);
  else parts[index] = text;
  return parts.join(delimiter);
}

function typed(held: unknown, text: string, at: FieldPlace): unknown {
  if (typeof held === 'string') return text;
  const resolved = resolveAs(text, 'kustomize');
  if (held === made || typeof resolved === typeof held) return resolved;
  throw new Refusal(at, `the target is ${held === null ? 'null' : `a ${typeof held}`}, and the value is another type`);
}

/** How many parts of a path lead to a text in which the rest is looked for; undefined where all of it are fields. */
function scalarOnTheWay(content: Traced, parts: readonly string[]): number | undefined {
  let held: Traced | undefined = content;
  for (let index = 0; index < parts.length - 1; index++) {
    const part = parts[index] ?? '';
    if (held === undefined || held.value === null) return undefined;
    if (Array.isArray(held.value)) {
      if (/^\d+$/.test(part)) held = child(held, Number(part));
      else if (part.startsWith('[') && part.endsWith(']') && part.includes('=')) {
        const [key, wanted]: readonly string[] = [part.slice(1, part.indexOf('=')), part.slice(part.indexOf('=') + 1, -1)];
        const found: number = held.value.findIndex((item: unknown) => String(entryOf(item, key ?? '') ?? '') === wanted);
        held = found < 0 ? undefined : child(held, found);
      } else return undefined;
    } else held = child(held, part);
    if (held !== undefined && typeof held.value !== 'object') return index + 1;
  }
  return undefined;
}

/** JSON in a text is changed and written anew. YAML would lose its comments, which is not foreseen here. */
function copyIntoText(
  content: Traced,
  source: Source,
  depth: number,
  parts: readonly string[],
  creates: Creates,
  options: FieldOptions,
  at: FieldPlace,
  context: TransformContext,
): Traced {
  const outer = locate(content, parts.slice(0, depth), undefined, source.entry, at);
  const [field] = outer.fields;
  if (field === undefined) throw new Refusal(at, `the target has no "${parts.join('.')}"`);
  return replaceAt(content, field, source.entry, before => {
    const text = textOf(before, context.repository.files);
    const { documents, problems } = parseYaml('', text);
    const value = documents[0]?.value;
    if (problems.length > 0 || typeof value !== 'object' || value === null)
      throw new Refusal(at, `"${parts.slice(0, depth).join('.')}" holds no "${parts.slice(depth).join('.')}"`);
    const inner: Traced = { value, provenance: { writers: { writer: source.entry } } };
    const located = locate(inner, parts.slice(depth), creates, source.entry, at);
    if (located.fields.length === 0)
      throw new Refusal(at, `the text at "${parts.slice(0, depth).join('.')}" has no "${parts.slice(depth).join('.')}"`);
    const changed = located.fields.reduce((written, found) => setField(written, found, source, options, at), located.content);
    const isJson = /^\s*[{[]/.test(text);
    if (!isJson) context.note({ at, reason: 'YAML in a text is replaced: how it is written afterwards is not known' });
    const earlier = before?.provenance.writers;
    const provenance = { writers: { writer: source.writer, earlier: { writer: source.entry, ...(earlier && { earlier }) } } };
    return { value: isJson ? writeJson(changed.value, text) : text, provenance };
  });
}

function writeJson(value: unknown, before: string): string {
  const isPretty = before.includes('\n') && before.includes('  ');
  const json = JSON.stringify(sortKeys(value), undefined, isPretty ? 2 : undefined);
  return json.replace(/[<>&\u2028\u2029]/g, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sortKeys(value[key])]),
  );
}
