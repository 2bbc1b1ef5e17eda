import type { Writer } from '../../core/rendering.ts';
import { replaceResources } from './accumulator.ts';
import { findFields } from './field-specs.ts';
import type { FieldSpec } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { identities, isSelectedGvk, type Resource, withContent } from './resource.ts';
import { type Traced, writeAt } from './traced.ts';
import type { Transform } from './transform.ts';

/** An entry of `replicas`: the count of the workloads that have, or had, a name. */
export function replicasTransform(name: string, count: number, specs: readonly FieldSpec[], writer: Writer): Transform {
  return (resources, { partial, note }) => {
    let changed = resources;
    let isFound = false;
    for (const spec of specs) {
      const replacements = new Map<Resource, Resource>();
      for (const resource of changed) {
        if (!identities(resource).some(id => id.name === name && isSelectedGvk(id, spec))) continue;
        isFound = true;
        replacements.set(resource, withContent(resource, setCount(resource, spec)));
      }
      changed = replaceResources(changed, replacements);
    }
    if (!isFound && partial.length === 0)
      throw new Refusal(writer.at, `no workload is named "${name}": correct the name or remove the entry`, 'replacement');
    if (!isFound) note({ at: writer.at, reason: `the workload "${name}" is not known here` });
    return changed;
  };

  function setCount(resource: Resource, spec: FieldSpec): Traced {
    if (!isSelectedGvk(resource.id, spec)) return resource;
    const found = findFields(resource.value, spec);
    if ('wrongWay' in found) throw new Refusal(writer.at, `the replicas of "${name}" cannot be set at "${spec.path}": ${found.wrongWay}`);
    return found.reduce<Traced>((content, { field }) => writeAt(content, field, count, writer), resource);
  }
}
