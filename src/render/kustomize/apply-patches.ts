import type { SourceFile } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import type { FieldPlace, RepoPath } from '../../core/place.ts';
import { findByAnyIdentity, identityKey, replaceResources } from './accumulator.ts';
import { applyJsonPatch } from './json-patch.ts';
import type { PatchEntry, Selector } from './kustomization.ts';
import { objectsOrUndefined } from './load-objects.ts';
import { mergePatch } from './merge-patch.ts';
import { readDocuments, readInline } from './read-yaml.ts';
import { Refusal } from './refusal.ts';
import { openTarget } from './repository.ts';
import {
  annotationsOf,
  describeIdentity,
  hasOwnAnnotations,
  identityOf,
  labelsOf,
  makeResource,
  noBookkeeping,
  type Resource,
  rememberIdentity,
  withContent,
} from './resource.ts';
import { isProblem, selectResources } from './selector.ts';
import { unshare } from './shared-nodes.ts';
import { textOf } from './source-text.ts';
import { child, entryOf, lookUp, replaceAt, type Traced, without, writeAt } from './traced.ts';
import type { Transform, TransformContext } from './transform.ts';

/** One patch, as it is listed. */
export interface PatchSource {
  readonly entry: PatchEntry;
  /** Where it is listed. */
  readonly at: FieldPlace;
  /** What the paths of the entry count from. */
  readonly folder: RepoPath;
  /** The file of `at`. */
  readonly file: SourceFile;
}

/** An entry of `patches`: a strategic merge patch or a JSON patch, inline or in a file. */
export function patchTransform(source: PatchSource): Transform {
  return (resources, context) => {
    const patch = loadPatch(source, context);
    if (patch === undefined) return resources;
    if ('operations' in patch) return applyToSelected(resources, source, patch.operations, true, context);
    return mergeObjects(resources, source, patch.objects, context);
  };
}

/** An entry of `patchesJson6902`. */
export function jsonPatchTransform(source: PatchSource): Transform {
  return (resources, context) => {
    const { entry, at } = source;
    if (!entry.target?.name) throw new Refusal(at, 'the patch has no name of a target: add "target.name"');
    const patch = loadPatch(source, context);
    if (patch === undefined) return resources;
    if (!('operations' in patch)) throw new Refusal(at, 'the patch is no list of operations');
    if ((patch.operations.value as readonly unknown[]).length === 0) throw new Refusal(at, 'the patch is empty');
    return applyToSelected(resources, source, patch.operations, false, context);
  };
}

/** `patchesStrategicMerge`: each entry is a path, or the patch itself. */
export function strategicMergeTransform(entries: readonly string[], source: Omit<PatchSource, 'entry'>): Transform {
  return (resources, context) => {
    let patched = resources;
    const patches = entries.flatMap((text, index) => {
      const at = { ...source.at, field: [...source.at.field, index] };
      return loadMergePatches(text, { ...source, at }, context);
    });
    if (patches.length === 0 && context.partial.length === 0) throw new Refusal(source.at, 'the patches are empty');
    for (const patch of patches) {
      const target = uniqueTarget(patched, patch, context);
      if (target) patched = mergeInto(patched, [target], patch, {}, context, true);
    }
    return patched;
  };
}

type LoadedPatch = { readonly objects: readonly Traced[] } | { readonly operations: Traced };

/** Undefined where the patch cannot be read here, or is empty. */
function loadPatch({ entry, at, folder, file }: PatchSource, context: TransformContext): LoadedPatch | undefined {
  const text = entry.patch?.trim() ?? '';
  const path = entry.path ?? '';
  if (text === '' && path === '') throw new Refusal(at, 'the patch is empty: add "patch" or "path"');
  if (text !== '' && path !== '') throw new Refusal(at, 'the patch has both "patch" and "path": keep one of them');
  let read: (reader: 'kustomize' | 'go') => readonly Traced[] | undefined;
  let written = text;
  let place = { ...at, field: [...at.field, 'patch'] };
  if (path !== '') {
    place = { ...at, field: [...at.field, 'path'] };
    const opened = openFile(path, place, folder, context);
    if (opened === undefined) return undefined;
    read = reader => documentsOrUndefined(opened, reader);
    written = opened.text;
  } else {
    read = reader => readInline(entry.patch ?? '', place, file, 'patch', reader);
  }
  const documents = read('kustomize');
  const objects = documents && objectsOrUndefined(documents);
  if (objects !== undefined && objects.length > 0) return { objects };
  // Kustomize reads operations by another YAML library than objects.
  const [first] = read('go') ?? [];
  const operations = isJsonOrYaml(written) && first !== undefined && Array.isArray(first.value) && first.value.every(isFields) ? first : undefined;
  if (operations !== undefined) return { operations };
  if (objects !== undefined) return undefined;
  throw new Refusal(
    documents === undefined ? place : (first?.provenance.writers.writer.at ?? place),
    'the patch is neither an object with a kind and a name nor a list of operations',
  );
}

/** A text that begins with a bracket has to be JSON. */
function isJsonOrYaml(text: string): boolean {
  if (!text.startsWith('[')) return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function documentsOrUndefined(file: SourceFile, reader: 'kustomize' | 'go'): readonly Traced[] | undefined {
  try {
    return readDocuments(file, 'patch', reader);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** The file that a path names; undefined, and noted, where it cannot be read here. */
export function openFile(
  path: string,
  at: FieldPlace,
  folder: RepoPath,
  { repository, note, isRestricted }: TransformContext,
): SourceFile | undefined {
  const target = openTarget(repository, folder, path);
  if ('unknown' in target) {
    note({ at, reason: target.unknown });
    return undefined;
  }
  if (!('file' in target)) throw new Refusal(at, 'folder' in target ? `"${path}" is a folder: expected a file` : `the file "${path}" is missing`);
  const { file } = target;
  if (isRestricted && folder !== '' && !file.path.startsWith(`${folder}/`)) {
    throw new Refusal(at, `"${path}" is not below the folder of the kustomization: move it there`);
  }
  return file;
}

/** For a file whose content is delivered as data: a template is text like any other. */
export function openDocuments(path: string, at: FieldPlace, folder: RepoPath, context: TransformContext): SourceFile | undefined {
  const file = openFile(path, at, folder, context);
  if (file?.classification.template === undefined) return file;
  context.note({ at, reason: `"${path}" is a template` });
  return undefined;
}

function loadMergePatches(text: string, source: Omit<PatchSource, 'entry'>, context: TransformContext): readonly Traced[] {
  const { at, folder, file } = source;
  const inline = readInline(text, at, file, 'patch', 'kustomize');
  const objects = inline && objectsOrUndefined(inline);
  if (objects !== undefined && objects.length > 0) return objects;
  const opened = openDocuments(text, at, folder, context);
  if (opened === undefined) return [];
  return objectsOrUndefined(readDocuments(opened, 'patch', 'kustomize')) ?? refuseObjects(opened.path);
}

function refuseObjects(path: RepoPath): never {
  throw new Refusal({ path }, 'the patch is no object with a kind and a name');
}

function mergeObjects(
  resources: readonly Resource[],
  { entry, at }: PatchSource,
  objects: readonly Traced[],
  context: TransformContext,
): readonly Resource[] {
  const { target, options = {} } = entry;
  if (target !== undefined) {
    const [patch, second] = objects;
    if (second !== undefined) throw new Refusal(at, 'several patches share one target: list each on its own');
    if (patch === undefined) return resources;
    const selected = select(resources, target, at, context);
    return mergeInto(resources, selected, patch, options, context, true);
  }
  let patched = resources;
  for (const patch of objects) {
    const found = uniqueTarget(patched, patch, context);
    if (found) patched = mergeInto(patched, [found], patch, options, context, false);
  }
  return patched;
}

function select(resources: readonly Resource[], target: Selector, at: FieldPlace, context: TransformContext): readonly Resource[] {
  const selected = selectResources(resources, target, context.isClusterScoped);
  if (isProblem(selected)) throw new Refusal({ ...at, field: [...at.field, 'target'] }, selected.problem);
  context.tell('patch', { at, wanted: { ...target }, among: resources }, selected.length > 0);
  return selected;
}

/** The one object that has or had the identity of a patch; undefined where it may be one that cannot be read here. */
function uniqueTarget(resources: readonly Resource[], patch: Traced, context: TransformContext): Resource | undefined {
  // A patch is an object with a kind and a name, or it would not have been loaded.
  const id = identityOf(patch.value as Record<string, unknown>);
  const [found, second] = findByAnyIdentity(resources, id, context.isClusterScoped);
  const { at } = patch.provenance.writers.writer;
  if (second !== undefined) throw new Refusal(at, `the patch of "${describeIdentity(id)}" is for several objects`, 'patch');
  if (found !== undefined) return found;
  if (context.partial.length === 0)
    throw new Refusal(at, `no object is "${describeIdentity(id)}": correct the apiVersion, kind, name or namespace of the patch`, 'patch');
  context.note({ at, reason: `the object "${describeIdentity(id)}" that is patched is not known here` });
  return undefined;
}

function mergeInto(
  resources: readonly Resource[],
  targets: readonly Resource[],
  patch: Traced,
  { allowNameChange = false, allowKindChange = false }: NonNullable<PatchEntry['options']>,
  context: TransformContext,
  isSelected: boolean,
): readonly Resource[] {
  const replacements = new Map<Resource, Resource | undefined>();
  for (const target of targets) {
    const remembered = allowNameChange || allowKindChange ? rememberIdentity(target, context.isClusterScoped) : target;
    const adapted = bodyOf(isSelected ? asSelectedPatch(patch, context) : patch, allowNameChange, allowKindChange);
    const merged = mergePatch(remembered, adapted, { schema: context.schema, files: context.repository.files });
    const content = merged && keepIdentity(merged, target, allowNameChange, allowKindChange);
    const bookkeeping = losesAnnotations(adapted) ? noBookkeeping : remembered;
    replacements.set(target, content && makeResource(content, bookkeeping));
  }
  const patched = replaceResources(resources, replacements);
  if (isSelected && (allowNameChange || allowKindChange)) refuseTwins(patched, patch, context);
  return patched;
}

function refuseTwins(resources: readonly Resource[], patch: Traced, { isClusterScoped }: TransformContext): void {
  const keys = new Set<string>();
  for (const { id } of resources) {
    const key = identityKey(id, isClusterScoped);
    if (keys.has(key)) throw new Refusal(patch.provenance.writers.writer.at, `the patch makes two objects "${describeIdentity(id)}"`);
    keys.add(key);
  }
}

/** What a patch changes: its kind and name say only which object it is for, and are written where the object is. */
function bodyOf(patch: Traced, allowNameChange: boolean, allowKindChange: boolean): Traced {
  const { apiVersion: _, kind, metadata, ...rest } = patch.value as Readonly<Record<string, unknown>>;
  if (metadata !== undefined && !isFields(metadata)) return patch;
  const { name, namespace: _namespace, ...about } = metadata ?? {};
  const kept = { ...about, ...(allowNameChange && { name }) };
  const value = { ...rest, ...(allowKindChange && { kind }), ...(Object.keys(kept).length > 0 && { metadata: kept }) };
  return { value, provenance: patch.provenance };
}

/** Of a patch with a target Kustomize writes the labels and annotations as texts. */
function asSelectedPatch(patch: Traced, { repository }: TransformContext): Traced {
  let adapted = patch;
  for (const [key, map] of [
    ['labels', labelsOf(patch)],
    ['annotations', annotationsOf(patch)],
  ] as const) {
    const written = child(child(patch, 'metadata') ?? patch, key);
    if (written === undefined) continue;
    if (Object.keys(map).length === 0) {
      adapted = replaceAt(adapted, ['metadata', key], patch.provenance.writers.writer, () => undefined);
      continue;
    }
    for (const name of Object.keys(map)) {
      if (typeof map[name] !== 'string') adapted = writeSilently(adapted, ['metadata', key, name], textOf(child(written, name), repository.files));
    }
  }
  return adapted;
}

/** Another value that is written at the same place. */
function writeSilently(traced: Traced, field: readonly string[], value: unknown): Traced {
  return replaceAt(traced, field, traced.provenance.writers.writer, before => ({
    value,
    provenance: before?.provenance ?? traced.provenance,
  }));
}

/** Kustomize keeps its own notes in annotations: a patch that takes them away takes those too. */
function losesAnnotations(patch: Traced): boolean {
  return lookUp(patch.value, ['metadata', 'annotations']) === null || entryOf(entryOf(patch.value, 'metadata'), '$patch') === 'replace';
}

/** A patch changes no kind, name or namespace unless it is allowed to. */
function keepIdentity(merged: Traced, target: Resource, allowNameChange: boolean, allowKindChange: boolean): Traced | undefined {
  if (!isFields(merged.value) || Object.keys(merged.value).length === 0) return undefined;
  let content = merged;
  if (!allowKindChange) content = keepField(content, target, ['kind']);
  if (!allowNameChange) content = keepField(content, target, ['metadata', 'name']);
  return keepField(content, target, ['metadata', 'namespace']);
}

function keepField(content: Traced, target: Resource, field: readonly string[]): Traced {
  const before = lookUp(target.value, field);
  if (lookUp(content.value, field) === before) return content;
  let original: Traced | undefined = target;
  for (const key of field) original = original && child(original, key);
  return replaceAt(content, field, target.provenance.writers.writer, () => (original?.value === null ? undefined : original));
}

function applyToSelected(
  resources: readonly Resource[],
  { entry, at }: PatchSource,
  operations: Traced,
  remembers: boolean,
  context: TransformContext,
): readonly Resource[] {
  if (entry.target === undefined) throw new Refusal(at, 'a JSON patch needs a target: add "target"');
  const replacements = new Map<Resource, Resource>();
  for (const target of select(resources, entry.target, at, context)) {
    const remembered = remembers ? rememberIdentity(target, context.isClusterScoped) : target;
    const { steps, ...rest } = withContent(remembered, patchWithAnnotations(remembered, operations));
    replacements.set(target, { ...rest, ...(steps && !replacesAnnotations(operations) && { steps }) });
  }
  return replaceResources(resources, replacements);
}

/** The origin of an object is an annotation that a patch may take away. */
function replacesAnnotations({ value }: Traced): boolean {
  const paths: readonly unknown[] = ['', '/metadata', '/metadata/annotations'];
  return Array.isArray(value) && value.some(operation => entryOf(operation, 'op') !== 'test' && paths.includes(entryOf(operation, 'path')));
}

/** The notes of Kustomize are annotations while it builds, so that a patch may add to them. */
function patchWithAnnotations(target: Resource, operations: Traced): Traced {
  const field = ['metadata', 'annotations'];
  const isMade = hasOwnAnnotations(target) && lookUp(target.value, field) === undefined;
  const { writer } = operations.provenance.writers;
  const patched = unshare(applyJsonPatch(isMade ? writeAt(target, field, {}, writer) : target, operations));
  const annotations = lookUp(patched.value, field);
  const metadata = child(patched, 'metadata');
  if (!isMade || metadata === undefined || !isFields(annotations) || Object.keys(annotations).length > 0) return patched;
  return replaceAt(patched, ['metadata'], writer, before => before && { ...without(before, 'annotations', writer), provenance: metadata.provenance });
}
