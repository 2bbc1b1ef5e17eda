import { isFields } from '../../core/fields.ts';
import type { FieldPlace } from '../../core/place.ts';
import type { Provenance, Writer } from '../../core/rendering.ts';
import { findFields, specsFor } from './field-specs.ts';
import type { FieldSpec, StringMap } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { describeIdentity, type Resource, withContent } from './resource.ts';
import { replaceShared } from './shared-nodes.ts';
import { replaceAt, type Traced, tracedAt, writeAt } from './traced.ts';
import type { Transform } from './transform.ts';

/**
 * `labels`, `commonLabels` and `commonAnnotations`: entries of the maps that specs lead to.
 * `at` is where the pairs are listed.
 */
export function labelTransform(pairs: StringMap, specs: readonly FieldSpec[], by: 'label' | 'annotation' | 'build-metadata', at: FieldPlace): Transform {
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
  const fresh = entries.map(({ writer }): Provenance => ({ writers: { writer }, isShared: true }));
  for (const spec of specsFor(specs, resource.id)) {
    const found = findFields(labelled.value, spec);
    if ('wrongWay' in found) throw new Refusal(at, `"${describeIdentity(resource.id)}" cannot be labelled at "${spec.path}": ${found.wrongWay}`);
    for (const { field, value } of found) {
      if (value !== undefined && value !== null && !isFields(value)) {
        throw new Refusal(at, `"${field.join('.')}" of "${describeIdentity(resource.id)}" is no mapping: nothing can be added to it`);
      }
      if (value === null && !spec.create) continue;
      for (const [index, { key, value: text, writer }] of entries.entries()) {
        const before = tracedAt(labelled, [...field, key]);
        if (before?.provenance.isShared && before.provenance !== fresh[index]) {
          labelled = replaceShared(labelled, before.provenance, { value: text, provenance: fresh[index] ?? before.provenance });
        } else if (before === undefined) {
          labelled = replaceAt(labelled, [...field, key], writer, () => ({ value: text, provenance: fresh[index] ?? labelled.provenance }));
        } else if (before.provenance !== fresh[index]) {
          labelled = writeAt(labelled, [...field, key], text, writer);
        }
      }
    }
  }
  return labelled;
}
