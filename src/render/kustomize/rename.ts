import type { Writer } from '../../core/rendering.ts';
import { resolveAs } from '../../parse/readings.ts';
import { findFields } from './field-specs.ts';
import type { FieldSpec } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { describeIdentity, type Gvk, isSelectedGvk, originalIdentity, type Resource, rememberIdentity, withContent } from './resource.ts';
import { textOf } from './source-text.ts';
import { type Traced, tracedAt, writeAt } from './traced.ts';
import type { Transform } from './transform.ts';

/** `namePrefix`: https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/builtins/PrefixTransformer.go */
export function prefixTransform(prefix: string, specs: readonly FieldSpec[], writer: Writer): Transform {
  return renameTransform(prefix, specs, writer, 'prefixes', name => prefix + name);
}

/** `nameSuffix` */
export function suffixTransform(suffix: string, specs: readonly FieldSpec[], writer: Writer): Transform {
  return renameTransform(suffix, specs, writer, 'suffixes', name => name + suffix);
}

/** Names that others know from outside stay. */
const keepsName: readonly Partial<Gvk>[] = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
];

function renameTransform(
  affix: string,
  specs: readonly FieldSpec[],
  writer: Writer,
  list: 'prefixes' | 'suffixes',
  rename: (name: string) => string,
): Transform {
  return (resources, { isClusterScoped, repository }) =>
    resources.map(resource => {
      const original = originalIdentity(resource);
      if (keepsName.some(gvk => isSelectedGvk(original, gvk))) return resource;
      let renamed: Resource = resource;
      for (const spec of specs) {
        if (!isSelectedGvk(original, spec)) continue;
        if (spec.path === 'metadata/name' && affix !== '') {
          renamed = rememberIdentity({ ...renamed, [list]: [...renamed[list], affix] }, isClusterScoped);
        }
        renamed = withContent(renamed, renameAt(renamed, spec));
      }
      return renamed;

      function renameAt(traced: Resource, spec: FieldSpec): Traced {
        // The kinds of the original identity decide above, those of now here.
        if (!isSelectedGvk(traced.id, spec)) return traced;
        const found = findFields(traced.value, spec);
        if ('wrongWay' in found) throw new Refusal(writer.at, `"${describeIdentity(traced.id)}" has no name at "${spec.path}": ${found.wrongWay}`);
        let content: Traced = traced;
        for (const { field, value } of found) {
          if (typeof value === 'object' && value !== null)
            throw new Refusal(writer.at, `"${field.join('.')}" of "${describeIdentity(traced.id)}" is no name`);
          const before = typeof value === 'string' ? value : textOf(tracedAt(content, field), repository.files);
          // What was no text before has no quotes, and may be a number again.
          content = writeAt(content, field, typeof value === 'number' ? resolveAs(rename(before), 'kustomize') : rename(before), writer);
        }
        return content;
      }
    });
}
