import { isFields } from '../../core/fields.ts';
import type { FieldPath } from '../../core/place.ts';
import type { Writer } from '../../core/rendering.ts';
import { findFields, specsFor } from './field-specs.ts';
import type { FieldSpec, NameReferenceSpec } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import {
  describeIdentity,
  effectiveNamespace,
  type Gvk,
  type Identity,
  type IsClusterScoped,
  noNamespace,
  originalGvk,
  originalIdentity,
  type Resource,
  wasSelected,
  withContent,
} from './resource.ts';
import { child, entryOf, lookUp, type Traced, writeAt } from './traced.ts';
import type { Transform } from './transform.ts';

/**
 * Writes the names that objects have got in the end into the fields that refer to them.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/nameref/nameref.go
 */
export function nameReferenceTransform(references: readonly NameReferenceSpec[]): Transform {
  return (resources, { isClusterScoped }) => {
    const renamed = indexByPreviousName(resources);
    let originals: Renamed | undefined;
    // Kustomize updates one object after the other, and what is referred to never loses its name on the way.
    return resources.map(referrer => {
      let content: Traced = referrer;
      const group = { referrer, renamed, originals: () => (originals ??= indexByOriginalNamespace(resources, isClusterScoped)), isClusterScoped };
      for (const { spec, target } of referrerSpecs(references, originalGvk(referrer))) {
        const found = findFields(content.value, spec, true);
        if ('wrongWay' in found) {
          throw new Refusal(
            referrer.provenance.writers.writer.at,
            `"${describeIdentity(referrer.id)}" refers to nothing at "${spec.path}": ${found.wrongWay}`,
          );
        }
        for (const { field, value } of found) content = updateField(content, field, value, { ...group, target, path: spec.path ?? '' });
      }
      return withContent(referrer, content);
    });
  };
}

interface ReferrerSpec {
  readonly spec: FieldSpec;
  readonly target: Gvk;
}

/** The fields of a kind that hold names, with the kinds of what they name. */
function referrerSpecs(references: readonly NameReferenceSpec[], id: Pick<Identity, 'gvk'>): readonly ReferrerSpec[] {
  let all = flattened.get(references);
  if (all === undefined) {
    all = references.flatMap(({ group = '', version = '', kind = '', fieldSpecs = [] }) =>
      fieldSpecs.map(spec => ({ ...spec, spec, target: { group, version, kind: kind } })),
    );
    flattened.set(references, all);
  }
  return specsFor(all, id);
}

const flattened = new WeakMap<readonly NameReferenceSpec[], readonly (FieldSpec & ReferrerSpec)[]>();

type Renamed = ReadonlyMap<string, readonly Resource[]>;

function indexByPreviousName(resources: readonly Resource[]): Renamed {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    for (const { name } of resource.previous) {
      const list = index.get(name);
      if (!list) index.set(name, [resource]);
      else if (list.at(-1) !== resource && !list.includes(resource)) list.push(resource);
    }
  }
  return index;
}

function indexByOriginalNamespace(resources: readonly Resource[], isClusterScoped: IsClusterScoped): Renamed {
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    const namespace = effectiveNamespace(originalIdentity(resource), isClusterScoped);
    const list = index.get(namespace);
    if (list) list.push(resource);
    else index.set(namespace, [resource]);
  }
  index.delete(noNamespace);
  return index;
}

interface Reference {
  readonly referrer: Resource;
  readonly renamed: Renamed;
  /** By the namespace that they were in at first. */
  readonly originals: () => Renamed;
  readonly isClusterScoped: IsClusterScoped;
  readonly target: Gvk;
  readonly path: string;
}

function updateField(content: Traced, field: FieldPath, value: unknown, reference: Reference): Traced {
  if (value === null || value === undefined) return content;
  if (Array.isArray(value)) {
    return value.reduce<Traced>((updated, item: unknown, index) => {
      if (Array.isArray(item)) throw wrongReference(reference, 'a list stands in a list');
      return updateField(updated, [...field, index], item, reference);
    }, content);
  }
  if (isFields(value)) return updateMapping(content, field, value, reference);
  const name = String(value);
  const referral = selectReferral(name, undefined, reference);
  if (referral === undefined || referral.id.name === name) return content;
  return writeAt(content, field, referral.id.name, referenceWriter(referral, 'name'));
}

function wrongReference({ referrer, path }: Reference, problem: string): Refusal {
  return new Refusal(referrer.provenance.writers.writer.at, `"${path}" of "${describeIdentity(referrer.id)}" refers to no object: ${problem}`);
}

/** A mapping with a name and a namespace, such as a subject. */
function updateMapping(content: Traced, field: FieldPath, value: Readonly<Record<string, unknown>>, reference: Reference): Traced {
  const held = entryOf(value, 'name');
  if (held === undefined) throw wrongReference(reference, 'it has no "name"');
  const namespace = entryOf(value, 'namespace');
  const name = String(held ?? '');
  const referral = selectReferral(name, namespace === undefined ? undefined : String(namespace ?? ''), reference, true);
  if (referral === undefined || (referral.id.name === name && referral.id.namespace === '')) return content;
  // What was written right already stays that of who wrote it.
  const named = referral.id.name === name ? content : writeAt(content, [...field, 'name'], referral.id.name, referenceWriter(referral, 'name'));
  if (referral.id.namespace === '' || referral.id.namespace === namespace) return named;
  return writeAt(named, [...field, 'namespace'], referral.id.namespace, referenceWriter(referral, 'namespace'));
}

/** Who gave the object its name is who to turn to. */
function referenceWriter(referral: Resource, key: 'name' | 'namespace'): Writer {
  const { writer } = (child(child(referral, 'metadata') ?? referral, key) ?? referral).provenance.writers;
  return { ...writer, by: 'name-reference' };
}

function selectReferral(name: string, namespace: string | undefined, reference: Reference, isMapping = false): Resource | undefined {
  const { referrer, renamed, originals, isClusterScoped, target, path } = reference;
  const named = renamed.get(name);
  if (named === undefined) return undefined;
  let candidates = named.filter(candidate => wasSelected(candidate, target));
  if (candidates.length === 0) return undefined;
  const mayRefer = referableNamespaces(referrer, isClusterScoped);
  candidates = candidates.filter(candidate => mayRefer(candidate));
  if (namespace !== undefined) {
    // The namespace of the reference was written before the objects moved, or after.
    const isOriginal = originals().get(namespace)?.some(mayRefer) ?? false;
    candidates = candidates.filter(
      candidate => effectiveNamespace(isOriginal ? originalIdentity(candidate) : candidate.id, isClusterScoped) === namespace,
    );
  }
  if (path.endsWith('roleRef/name')) {
    const role = roleOf(referrer);
    if (role) candidates = candidates.filter(candidate => wasSelected(candidate, role));
  }
  candidates = candidates.filter(candidate => isWithinReach(referrer, candidate, isClusterScoped));
  if (candidates.length > 1) candidates = candidates.filter(candidate => hasSameAffixes(referrer, candidate, true));
  if (candidates.length > 1) candidates = candidates.filter(candidate => hasSameAffixes(referrer, candidate, false));
  const [first] = candidates;
  const isSame = candidates.every(({ id }) => id.name === first?.id.name && (!isMapping || id.namespace === first.id.namespace));
  if (isSame) return first;
  const names = candidates.map(({ id }) => describeIdentity(id)).join('", "');
  throw wrongReference(reference, `"${name}" may be any of "${names}"`);
}

/** Objects of other namespaces are referred to by cluster-scoped ones and, where it says so, by RoleBindings. */
function referableNamespaces(referrer: Resource, isClusterScoped: IsClusterScoped): (candidate: Resource) => boolean {
  if (isClusterScoped(referrer.id)) return () => true;
  const own = effectiveNamespace(referrer.id, isClusterScoped);
  const bound = referrer.id.kind === 'RoleBinding' ? boundNamespaces(referrer) : undefined;
  return candidate => {
    const namespace = effectiveNamespace(candidate.id, isClusterScoped);
    return namespace === noNamespace || namespace === own || (bound?.has(candidate.id.namespace) ?? false);
  };
}

function boundNamespaces({ value }: Resource): Set<string> {
  const subjects = entryOf(value, 'subjects');
  const namespaces = (Array.isArray(subjects) ? subjects : [])
    .filter((subject: unknown) => entryOf(subject, 'kind') === 'ServiceAccount')
    .map((subject: unknown) => entryOf(subject, 'namespace'));
  return new Set(namespaces.filter(namespace => typeof namespace === 'string'));
}

function roleOf({ value }: Resource): Partial<Gvk> | undefined {
  const group = lookUp(value, ['roleRef', 'apiGroup']);
  const kind = lookUp(value, ['roleRef', 'kind']);
  return typeof group === 'string' && typeof kind === 'string' ? { group, kind } : undefined;
}

function isWithinReach(referrer: Resource, candidate: Resource, isClusterScoped: IsClusterScoped): boolean {
  if (isClusterScoped(referrer.id) || isClusterScoped(candidate.id) || candidate.id.kind === 'ServiceAccount') return true;
  return effectiveNamespace(referrer.id, isClusterScoped) === effectiveNamespace(candidate.id, isClusterScoped);
}

/** Objects that came through the same kustomizations have got the same prefixes and suffixes, the later ones at the end. */
function hasSameAffixes(a: Resource, b: Resource, mayLack: boolean): boolean {
  return (['prefixes', 'suffixes'] as const).every(
    list => (mayLack && (a[list].length === 0 || b[list].length === 0)) || haveSameEnd(a[list], b[list]),
  );
}

function haveSameEnd(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  for (let index = 1; index <= length; index++) if (a[a.length - index] !== b[b.length - index]) return false;
  return length > 0 || a.length === b.length;
}
