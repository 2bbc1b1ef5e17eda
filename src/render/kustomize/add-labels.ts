import { isFields } from '../../core/fields.ts';
import type { FieldPath, FieldPlace } from '../../core/place.ts';
import type { Provenance, Writer } from '../../core/rendering.ts';
import { findFields, specsFor } from './field-specs.ts';
import type { FieldSpec, StringMap } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { describeIdentity, type Resource, withContent } from './resource.ts';
import { replaceShared } from './shared-nodes.ts';
import { changedBy, entryOf, replaceAt, type Traced, tracedAt, writeAt } from './traced.ts';
import type { Transform } from './transform.ts';

/**
 * `labels`, `commonLabels` and `commonAnnotations`: entries of the maps that specs lead to.
 * `at` is where the pairs are listed.
 */
export function labelTransform(
  pairs: StringMap,
  specs: readonly FieldSpec[],
  by: 'label' | 'annotation' | 'build-metadata',
  at: FieldPlace,
): Transform {
  const entries = Object.entries(pairs).map(([key, value]) => {
    const writer: Writer = { by, at: by === 'build-metadata' ? at : { ...at, field: [...at.field, key] }, isWhole: true };
    return { key, value, writer };
  });
  return resources => (entries.length === 0 ? resources : resources.map(resource => withContent(resource, label(resource, specs, entries, at))));
}

interface Entry {
  readonly key: string;
  readonly value: string;
  readonly writer: Writer;
}

function label(resource: Resource, specs: readonly FieldSpec[], entries: readonly Entry[], at: FieldPlace): Traced {
  let labelled: Traced = resource;
  // Kustomize puts one node wherever the key is new.
  const [first] = entries;
  if (first === undefined) return resource;
  const fresh = entries.map(({ writer }): Provenance => ({ writers: { writer }, isShared: true }));
  for (const spec of specsFor(specs, resource.id)) {
    const found = findFields(labelled.value, spec);
    if ('wrongWay' in found) throw new Refusal(at, `"${describeIdentity(resource.id)}" cannot be labelled at "${spec.path}": ${found.wrongWay}`);
    for (const { field, value } of found) {
      if (value !== undefined && value !== null && !isFields(value)) {
        throw new Refusal(at, `"${field.join('.')}" of "${describeIdentity(resource.id)}" is no mapping: nothing can be added to it`);
      }
      if (value === null && !spec.create) continue;
      if (entries.every(({ key }) => entryOf(value, key) === undefined)) {
        labelled = replaceAt(labelled, field, first.writer, before => withNewEntries(before, entries, fresh));
        continue;
      }
      for (const [index, entry] of entries.entries()) labelled = setEntry(labelled, [...field, entry.key], entry, fresh[index]);
    }
  }
  return labelled;
}

function withNewEntries(before: Traced | undefined, entries: readonly Entry[], fresh: readonly Provenance[]): Traced | undefined {
  const [first] = fresh;
  if (first === undefined) return before;
  const added = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  const children: Record<string, Provenance> = {};
  for (const [index, { key }] of entries.entries()) children[key] = fresh[index] ?? first;
  if (before === undefined || !isFields(before.value)) return { value: added, provenance: { writers: first.writers, children } };
  const { provenance } = before;
  return {
    value: { ...before.value, ...added },
    provenance: { ...provenance, ...changedBy(first.writers.writer, provenance), children: { ...provenance.children, ...children } },
  };
}

function setEntry(labelled: Traced, field: FieldPath, { value, writer }: Entry, fresh: Provenance | undefined): Traced {
  const before = tracedAt(labelled, field);
  if (before === undefined) return replaceAt(labelled, field, writer, () => ({ value, provenance: fresh ?? { writers: { writer } } }));
  if (before.provenance === fresh) return labelled;
  if (before.provenance.isShared) return replaceShared(labelled, before.provenance, { value, provenance: fresh ?? before.provenance });
  return writeAt(labelled, field, value, writer);
}
