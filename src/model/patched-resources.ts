import { type Fields, fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Reference, Resource } from '../core/repo.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import type { Include } from './includes.ts';
import { matchFlatGlob } from './match-glob.ts';
import { addTo } from './multimap.ts';

/** An object as patches change it, for the model alone. */
export interface PatchedResource extends Resource {
  /** The object as it is written. */
  readonly patched: Resource;
  /** The fields that stand at the place of this object: those of the patch, or those of the object that patches complete. */
  readonly written: Fields;
}

export interface PatchInput {
  readonly kustomizations: ReadonlyMap<RepoPath, Kustomization>;
  readonly references: readonly Reference[];
  /** All objects, patches too. */
  readonly resources: readonly Resource[];
  readonly isPatch: (resource: Resource) => boolean;
  readonly include: Include;
}

/** Kinds whose patches change what is delivered and where from. */
const deliveringKinds = new Set(['Application', 'Kustomization', 'HelmRelease']);

/**
 * The objects of a repository as kustomizations patch them. A patch for all objects of a kind completes each of them;
 * a patch of one is an object of its own, at the place of the patch: that is how overlays say what each cluster gets.
 */
export function applyPatches(input: PatchInput): PatchedRepository {
  const byPath = new Map<RepoPath, Resource[]>();
  for (const resource of input.resources) {
    if (deliveringKinds.has(resource.kind) && resource.group !== 'kustomize.config.k8s.io') addTo(byPath, resource.document.path, resource);
  }
  const patches = byPath.size === 0 ? [] : readPatches(input, byPath);
  const completed = completeAll(
    patches.filter(({ isForMany }) => isForMany),
    byPath,
    input,
  );
  const whole = input.resources.flatMap(resource => (input.isPatch(resource) ? [] : [completed.get(resource) ?? resource]));
  const overlaid: PatchedResource[] = [];
  const patchers = new Map<Resource, RepoPath[]>();
  const seen = new Set<Resource>();
  for (const { kustomization, target, patch, resource, isForMany } of patches) {
    if (isForMany || resource === undefined) continue;
    for (const base of objectsOf(kustomization, byPath, input)) {
      if (base.kind !== resource.kind || base.group !== resource.group || base.name !== (textAt(target, 'name') ?? resource.name)) continue;
      addTo(patchers, base, kustomization.path);
      if (seen.has(resource)) break;
      seen.add(resource);
      const value = merge((completed.get(base) ?? base).value, patch);
      overlaid.push({ ...base, document: resource.document, field: resource.field, value, patched: base, written: patch });
      break;
    }
  }
  return { resources: [...whole, ...overlaid], isStandIn: standInFinder(patchers, input) };
}

/** The objects as patches leave them. */
export interface PatchedRepository {
  readonly resources: readonly (Resource | PatchedResource)[];
  /** Nobody delivers the object as it is written: every kustomization that is built patches it. */
  readonly isStandIn: (resource: Resource | PatchedResource) => boolean;
}

function standInFinder(
  patchers: ReadonlyMap<Resource, readonly RepoPath[]>,
  { kustomizations, include }: PatchInput,
): PatchedRepository['isStandIn'] {
  const standIns = new Set<Resource>();
  const built =
    patchers.size === 0 ? [] : [...kustomizations.values()].filter(({ kind, includedBy }) => kind === 'Kustomization' && includedBy.length === 0);
  const closures = built.map(({ path }) => include({ path, certainty: 'yes', how: 'kustomization' }));
  for (const [base, paths] of patchers) {
    if (closures.every(files => !files.has(base.document.path) || paths.some(path => files.has(path)))) standIns.add(base);
  }
  return resource => {
    const isOverlay = 'patched' in resource && resource.document !== resource.patched.document;
    return !isOverlay && standIns.has('patched' in resource ? resource.patched : resource);
  };
}

interface Patch {
  readonly kustomization: Kustomization;
  readonly target: Fields;
  readonly patch: Fields;
  /** The patch as an object, where it has a file of its own. */
  readonly resource?: Resource;
  /** Its target is a kind, not a name. */
  readonly isForMany: boolean;
}

/** The strategic merge patches of delivering objects: files, and inline ones that are for many. */
function readPatches({ kustomizations, references }: PatchInput, byPath: ReadonlyMap<RepoPath, readonly Resource[]>): Patch[] {
  const patches: Patch[] = [];
  for (const { kind, from, to } of references) {
    const kustomization = kustomizations.get(from.path);
    if (kind !== 'kustomize-patch' || to === undefined || kustomization === undefined || !('field' in from)) continue;
    const index = from.field[1];
    const item =
      String(from.field[0]).toLowerCase() === 'patches' && typeof index === 'number' ? listAt(kustomization.value, 'patches')[index] : undefined;
    const target = isFields(item) ? fieldsAt(item, 'target') : {};
    for (const resource of byPath.get(to) ?? [])
      patches.push({ kustomization, target, patch: resource.value, resource, isForMany: isForMany(target) });
  }
  for (const kustomization of kustomizations.values()) {
    for (const item of listAt(kustomization.value, 'patches')) {
      const target = isFields(item) ? fieldsAt(item, 'target') : {};
      const text = isFields(item) ? (textAt(item, 'patch') ?? '') : '';
      if (!isForMany(target) || !/^\s*(apiVersion|kind|spec):/.test(text)) continue;
      const value = parseYaml(kustomization.path, text).documents[0]?.value;
      if (isFields(value)) patches.push({ kustomization, target, patch: value, isForMany: true });
    }
  }
  return patches;
}

function isForMany({ kind, name }: Fields): boolean {
  return typeof kind === 'string' && deliveringKinds.has(kind) && (typeof name !== 'string' || /[*+|?]/.test(name));
}

/** The first kustomization that patches an object for many completes it; `metadata` and the name of a patch for many mean nothing. */
function completeAll(
  patches: readonly Patch[],
  byPath: ReadonlyMap<RepoPath, readonly Resource[]>,
  input: PatchInput,
): Map<Resource, PatchedResource> {
  const completed = new Map<Resource, PatchedResource>();
  const by = new Map<Resource, Kustomization>();
  for (const { kustomization, target, patch } of patches) {
    for (const resource of objectsOf(kustomization, byPath, input)) {
      if ((by.get(resource) ?? kustomization) !== kustomization || !isTargeted(resource, target)) continue;
      by.set(resource, kustomization);
      const value = merge((completed.get(resource) ?? resource).value, { spec: patch.spec ?? {} });
      completed.set(resource, { ...resource, value, patched: resource, written: resource.value });
    }
  }
  return completed;
}

function* objectsOf(
  { path }: Kustomization,
  byPath: ReadonlyMap<RepoPath, readonly Resource[]>,
  { include, isPatch }: PatchInput,
): Generator<Resource> {
  for (const file of include({ path, certainty: 'yes', how: 'kustomization' }).keys()) {
    for (const resource of byPath.get(file) ?? []) if (!isPatch(resource)) yield resource;
  }
}

function isTargeted({ kind, group, name = '', value }: Resource, target: Fields): boolean {
  const metadata = fieldsAt(value, 'metadata');
  const pattern = textAt(target, 'name');
  return (
    kind === target.kind &&
    (target.group === undefined || target.group === group) &&
    (pattern === undefined || matchFlatGlob(name, pattern.replace(/^\^|\$$/g, '').replaceAll('.*', '*'))) &&
    isSelected(fieldsAt(metadata, 'labels'), textAt(target, 'labelSelector')) &&
    isSelected(fieldsAt(metadata, 'annotations'), textAt(target, 'annotationSelector'))
  );
}

/** `key=value`, `key!=value`, `key` and `!key`, separated by commas; what says more selects nothing. */
function isSelected(labels: Fields, selector: string | undefined): boolean {
  if (selector === undefined || selector === '') return true;
  return selector.split(',').every(part => {
    const [, not, key = '', operator, value] = /^\s*(!?)([\w./-]+)\s*(?:(!?==?)\s*([\w.-]*))?\s*$/.exec(part) ?? [];
    if (operator === undefined) return key !== '' && key in labels === (not === '');
    return (labels[key] === value) === !operator.startsWith('!');
  });
}

/** Maps merge, lists and everything else are replaced, `null` takes a field away: as in patches of objects without a schema. */
function merge(base: Fields, patch: Fields): Fields {
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const own = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = isFields(own) && isFields(value) ? merge(own, value) : value;
  }
  return merged;
}

/** Whether a field is written: what is not is mentioned by the object or patch that writes it. */
export function hasField(patch: Fields, field: readonly (string | number)[]): boolean {
  let value: unknown = patch;
  for (const key of field) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isFields(value)) value = value[String(key)];
    else return false;
  }
  return value !== undefined;
}
