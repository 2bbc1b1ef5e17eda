import type { Place } from '../../core/place.ts';
import type { PartialReason } from '../../core/rendering.ts';
import type { Configuration } from './configuration.ts';
import type { VariableEntry } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { describeIdentity, effectiveNamespace, type Identity, type IsClusterScoped, identities, type Resource, sameGvk } from './resource.ts';

/** What has been put together so far. Changed only by replacing its lists. */
export interface Accumulator {
  resources: readonly Resource[];
  configuration: Configuration;
  variables: readonly Variable[];
  partial: readonly PartialReason[];
}

export interface Variable extends VariableEntry {
  readonly at: Place;
}

/** What makes an object the same as another one: no two of a kustomization may have the same. */
export function identityKey(id: Identity, isClusterScoped: IsClusterScoped): string {
  return `${id.gvk.apiVersion}/${id.kind}/${effectiveNamespace(id, isClusterScoped)}/${id.name}`;
}

/** Puts objects behind those that are there. */
export function appendResources(
  present: readonly Resource[],
  added: readonly Resource[],
  isClusterScoped: IsClusterScoped,
  areUnique = false,
): readonly Resource[] {
  if (added.length === 0) return present;
  if (areUnique && present.length === 0) return added;
  const keys = new Set(present.map(({ id }) => identityKey(id, isClusterScoped)));
  for (const resource of added) {
    const key = identityKey(resource.id, isClusterScoped);
    if (keys.has(key)) {
      const { at } = resource.provenance.writers.writer;
      throw new Refusal(at, `the object "${describeIdentity(resource.id)}" is there twice: remove one of them, or give it another name`);
    }
    keys.add(key);
  }
  return present.length === 0 ? added : [...present, ...added];
}

/** The objects that have, or once had, an identity. */
export function findByAnyIdentity(resources: readonly Resource[], id: Identity, isClusterScoped: IsClusterScoped): Resource[] {
  const namespace = effectiveNamespace(id, isClusterScoped);
  return resources.filter(
    resource =>
      // Most objects differ in their name already.
      (resource.id.name === id.name || resource.previous.some(({ name }) => name === id.name)) &&
      identities(resource).some(other => other.name === id.name && sameGvk(other, id) && effectiveNamespace(other, isClusterScoped) === namespace),
  );
}

/** The list with other objects in the places of some; those that map to undefined go. */
export function replaceResources(resources: readonly Resource[], replacements: ReadonlyMap<Resource, Resource | undefined>): readonly Resource[] {
  if (replacements.size === 0) return resources;
  const result: Resource[] = [];
  for (const resource of resources) {
    const next = replacements.has(resource) ? replacements.get(resource) : resource;
    if (next !== undefined) result.push(next);
  }
  return result;
}
