import type { FieldPath, FieldPlace } from '../../core/place.ts';
import type { Writer } from '../../core/rendering.ts';
import { replaceResources } from './accumulator.ts';
import { splitPath } from './field-specs.ts';
import type { Selector } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { type Resource, withContent } from './resource.ts';
import { isProblem, selectResources } from './selector.ts';
import { namespaceTransform } from './set-namespace.ts';
import { lookUp, writeAt } from './traced.ts';
import type { Transform } from './transform.ts';

export interface ValueTarget {
  readonly selector?: Selector;
  readonly fieldPath?: string;
  /** Where the value goes into a path of a file system, from 1; 0 replaces the whole. */
  readonly filePathPosition?: number;
}

/** ValueAddTransformer: https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/valueadd/valueadd.go */
export function valueAddTransform(value: string, targets: readonly ValueTarget[], at: FieldPlace): Transform {
  const writer: Writer = { by: 'value-add', at, isWhole: true };
  return (resources, context) => {
    if (targets.length === 0) throw new Refusal(at, 'the transformer has no targets');
    let changed = resources;
    for (const { selector, fieldPath = '', filePathPosition = 0 } of targets) {
      if (fieldPath === '') throw new Refusal(at, 'a target has no "fieldPath"');
      const selected = selector === undefined ? changed : selectResources(changed, selector, context.isClusterScoped);
      if (isProblem(selected)) throw new Refusal(at, selected.problem);
      if (fieldPath === 'metadata/namespace') {
        const moved = namespaceTransform({ namespace: value, specs: [] }, writer)(selected as readonly Resource[], context);
        changed = replaceResources(
          changed,
          new Map(
            (selected as readonly Resource[]).map((resource, index) => [resource, { ...(moved[index] ?? resource), previous: resource.previous }]),
          ),
        );
        continue;
      }
      const field: FieldPath = splitPath(fieldPath);
      const replacements = new Map<Resource, Resource>();
      for (const resource of selected as readonly Resource[]) {
        const held = lookUp(resource.value, field);
        if (typeof held === 'object' && held !== null) throw new Refusal(at, `"${fieldPath}" is no scalar`);
        const text = filePathPosition > 0 ? insertPart(String(held ?? ''), filePathPosition - 1, value) : value;
        replacements.set(resource, withContent(resource, writeAt(resource, field, text, writer)));
      }
      changed = replaceResources(changed, replacements);
    }
    return changed;
  };
}

function insertPart(path: string, position: number, part: string): string {
  if (path === '') return part;
  const isAbsolute = path.startsWith('/');
  const parts = path.split('/').filter(piece => piece !== '');
  parts.splice(Math.min(position, parts.length), 0, part);
  return (isAbsolute ? '/' : '') + parts.join('/');
}
