import type { Document } from '../core/document.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Reference, Resource } from '../core/repo.ts';
import type { Include } from './includes.ts';
import { matchFlatGlob } from './match-glob.ts';
import { addTo } from './multimap.ts';
import type { ObjectIndex } from './objects.ts';

/** What patches make of an object: the fields of both, at the place of the patch. */
export interface PatchedResource extends Resource {
  readonly patched: Resource;
  /** The fields that the patch itself sets. */
  readonly patch: Fields;
}

export interface PatchInput {
  readonly kustomizations: ReadonlyMap<RepoPath, Kustomization>;
  readonly references: readonly Reference[];
  readonly resources: readonly Resource[];
  readonly objects: ObjectIndex;
  readonly include: Include;
}

/** Kinds whose patches change what is delivered and where from. */
const deliveringKinds = new Set(['Application', 'Kustomization', 'HelmRelease']);

/**
 * Overlays say by patches of Applications and Flux Kustomizations what each cluster gets. Each such patch file,
 * merged over the object that it patches, is an object of its own to the model.
 */
export function readPatchedResources({ kustomizations, references, resources, objects, include }: PatchInput): PatchedResource[] {
  const patches = new Map<RepoPath, Resource[]>();
  for (const resource of resources) {
    if (!deliveringKinds.has(resource.kind) || resource.name === undefined || resource.group === 'kustomize.config.k8s.io') continue;
    addTo(patches, resource.document.path, resource);
  }
  const made: PatchedResource[] = [];
  const seen = new Set<Resource>();
  for (const { kind, from, to } of references) {
    const kustomization = kustomizations.get(from.path);
    if (kind !== 'kustomize-patch' || to === undefined || kustomization === undefined) continue;
    for (const patch of patches.get(to) ?? []) {
      if (seen.has(patch)) continue;
      const names = targetNames(kustomization, from, patch, objects);
      const files = include({ path: kustomization.path, certainty: 'yes', how: 'kustomization' });
      for (const name of names) {
        const base = objects.get(patch.kind, name).find(candidate => candidate.group === patch.group && files.has(candidate.document.path));
        if (!base) continue;
        seen.add(patch);
        made.push(applyPatch(base, patch));
      }
    }
  }
  return made;
}

/** The objects that a patch is for: its target's, or the one of its own name. */
function targetNames(kustomization: Kustomization, from: Reference['from'], patch: Resource, objects: ObjectIndex): readonly string[] {
  const index = 'field' in from ? from.field[1] : undefined;
  const item = typeof index === 'number' ? listAt(kustomization.value, 'patches')[index] : undefined;
  const target = isFields(item) ? fieldsAt(item, 'target') : {};
  const pattern = textAt(target, 'name');
  if (target.kind !== patch.kind || target.labelSelector !== undefined || target.annotationSelector !== undefined) return [patch.name ?? ''];
  return [...objects.named(patch.kind)].filter(name => pattern === undefined || matches(name, pattern));
}

/** Kustomize takes names for anchored regular expressions; `.*` is all that is used of them. */
function matches(name: string, pattern: string): boolean {
  return matchFlatGlob(name, pattern.replace(/^\^|\$$/g, '').replaceAll('.*', '*'));
}

function applyPatch(base: Resource, patch: Resource): PatchedResource {
  const document: Document = patch.document;
  return { ...base, document, field: patch.field, value: merge(base.value, patch.value), patched: base, patch: patch.value };
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

/** Whether the patch sets the field: what it does not set is mentioned by the object that it patches. */
export function setsField(patch: Fields, field: readonly (string | number)[]): boolean {
  let value: unknown = patch;
  for (const key of field) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isFields(value)) value = value[String(key)];
    else return false;
  }
  return value !== undefined;
}
