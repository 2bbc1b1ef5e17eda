import type { Writer } from '../../core/rendering.ts';
import { identityKey } from './accumulator.ts';
import { type FoundField, findFields, specsFor } from './field-specs.ts';
import type { FieldSpec } from './kustomization.ts';
import { Refusal } from './refusal.ts';
import { describeIdentity, type IsClusterScoped, type Resource, rememberIdentity, withContent } from './resource.ts';
import { entryOf, type Traced, writeAt } from './traced.ts';
import type { Transform } from './transform.ts';

export interface NamespaceOptions {
  readonly namespace: string;
  readonly specs: readonly FieldSpec[];
  /** Only where there is none. */
  readonly unsetOnly?: boolean;
  readonly subjects?: 'defaultOnly' | 'allServiceAccounts' | 'none';
}

/** `namespace`: https://github.com/kubernetes-sigs/kustomize/blob/master/api/filters/namespace/namespace.go */
export function namespaceTransform(options: NamespaceOptions, writer: Writer): Transform {
  return (resources, { isClusterScoped }) => {
    const keys = new Set<string>();
    return resources.map(resource => {
      const moved = setNamespace(resource, options, writer, isClusterScoped);
      const key = identityKey(moved.id, isClusterScoped);
      if (keys.has(key)) throw new Refusal(writer.at, `the namespace gives two objects the same identity: "${describeIdentity(moved.id)}"`);
      keys.add(key);
      return moved;
    });
  };
}

function setNamespace(resource: Resource, options: NamespaceOptions, writer: Writer, isClusterScoped: IsClusterScoped): Resource {
  const { namespace, specs, subjects = 'defaultOnly' } = options;
  const remembered = rememberIdentity(resource, isClusterScoped);
  let content: Traced = remembered;
  if (!isClusterScoped(resource.id)) content = writeNamespace(content, options, writer);
  const isBinding = resource.id.kind === 'RoleBinding' || resource.id.kind === 'ClusterRoleBinding';
  if (isBinding && subjects !== 'none') content = write(content, subjectFields(content, subjects), options, writer);
  const isV1 = resource.id.gvk.apiVersion === 'v1';
  for (const spec of specsFor(specs, resource.id)) {
    if (spec.path === 'metadata/namespace' || (spec.path === 'metadata/name' && !isV1) || (isBinding && spec.path === 'subjects/namespace')) continue;
    const found = findFields(content.value, spec);
    if ('wrongWay' in found)
      throw new Refusal(writer.at, `the namespace of "${describeIdentity(resource.id)}" cannot be set at "${spec.path}": ${found.wrongWay}`);
    content = write(content, found, { namespace, specs, ...(options.unsetOnly && { unsetOnly: true }) }, writer);
  }
  return withContent(remembered, content);
}

const namespaceField = ['metadata', 'namespace'] as const;

function writeNamespace(content: Traced, options: NamespaceOptions, writer: Writer): Traced {
  return write(content, [{ field: namespaceField, value: entryOf(entryOf(content.value, 'metadata'), 'namespace') }], options, writer);
}

function write(content: Traced, fields: readonly FoundField[], { namespace, unsetOnly }: NamespaceOptions, writer: Writer): Traced {
  let written = content;
  for (const { field, value } of fields) {
    if (typeof value === 'object' && value !== null) throw new Refusal(writer.at, `"${field.join('.')}" holds no namespace: it is no scalar`);
    if (unsetOnly && value !== undefined && value !== null && value !== '') continue;
    written = writeAt(written, field, namespace, writer);
  }
  return written;
}

function subjectFields({ value }: Traced, which: 'defaultOnly' | 'allServiceAccounts'): FoundField[] {
  const subjects = entryOf(value, 'subjects');
  if (!Array.isArray(subjects)) return [];
  return subjects.flatMap((subject: unknown, index) => {
    const isMeant = which === 'defaultOnly' ? entryOf(subject, 'name') === 'default' : entryOf(subject, 'kind') === 'ServiceAccount';
    return isMeant ? [{ field: ['subjects', index, 'namespace'], value: entryOf(subject, 'namespace') }] : [];
  });
}
