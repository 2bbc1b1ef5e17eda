import { type Fields, fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { Resource } from '../core/repo.ts';

/** What a CustomResourceDefinition says of one version of its kind. */
export interface RepositoryDefinition {
  readonly apiVersion: string;
  readonly kind: string;
  /** As it is written; it may be none. */
  readonly schema: Fields;
  /** Fields that the schema does not have are kept, as the first version of CustomResourceDefinitions had it. */
  readonly keepsUnknownFields: boolean;
  readonly definedBy: Resource;
}

/** The versions that the CustomResourceDefinitions of a repository serve and have a schema for, both forms (v1 and v1beta1). */
export function* readDefinitions(resources: readonly Resource[]): Generator<RepositoryDefinition> {
  for (const definedBy of resources) {
    if (!isCustomResourceDefinition(definedBy)) continue;
    const spec = fieldsAt(definedBy.value, 'spec');
    const group = textAt(spec, 'group');
    const kind = textAt(fieldsAt(spec, 'names'), 'kind');
    const common = schemaAt(spec, 'validation');
    const keepsUnknownFields = spec.preserveUnknownFields === true || (definedBy.version === 'v1beta1' && spec.preserveUnknownFields !== false);
    for (const version of versionsOf(spec)) {
      const name = textAt(version, 'name');
      const schema = schemaAt(version, 'schema') ?? common;
      if (group === undefined || kind === undefined || name === undefined || schema === undefined || version.served === false) continue;
      yield { apiVersion: `${group}/${name}`, kind, schema, keepsUnknownFields, definedBy };
    }
  }
}

export function isCustomResourceDefinition({ group, kind }: Resource): boolean {
  return kind === 'CustomResourceDefinition' && group === 'apiextensions.k8s.io';
}

function versionsOf(spec: Fields): readonly Fields[] {
  const versions = listAt(spec, 'versions').filter(isFields);
  return versions.length === 0 && typeof spec.version === 'string' ? [{ name: spec.version }] : versions;
}

function schemaAt(fields: Fields, key: string): Fields | undefined {
  const schema = fieldsAt(fields, key).openAPIV3Schema;
  return isFields(schema) ? schema : undefined;
}

/** Whether some part of a schema, as it is written, has rules. */
export function hasRules(schema: unknown, seen = new Set<unknown>()): boolean {
  if (!isFields(schema) || seen.has(schema)) return false;
  seen.add(schema);
  if (Array.isArray(schema['x-kubernetes-validations'])) return true;
  const children = [...Object.values(fieldsAt(schema, 'properties')), schema.additionalProperties, schema.items];
  return children.some(child => hasRules(child, seen));
}
