import { fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { Resource } from '../core/repo.ts';
import type { JsonSchema } from './json-schema.ts';

/** What a CustomResourceDefinition says of one version of its kind. */
export interface RepositoryDefinition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly schema: JsonSchema;
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

function versionsOf(spec: Readonly<Record<string, unknown>>) {
  const versions = listAt(spec, 'versions').filter(isFields);
  return versions.length === 0 && typeof spec.version === 'string' ? [{ name: spec.version }] : versions;
}

function schemaAt(fields: Readonly<Record<string, unknown>>, key: string): JsonSchema | undefined {
  const schema = fieldsAt(fields, key).openAPIV3Schema;
  // That it is one is for the schema of CustomResourceDefinition to say, before it judges anything.
  return isFields(schema) ? (schema as JsonSchema) : undefined;
}

/** Whether some part of a schema has rules. What nests deeper than this is no schema that an API server takes. */
export function hasRules(schema: JsonSchema, depth = 0): boolean {
  if (depth > deepest) return false;
  if (schema['x-kubernetes-validations'] !== undefined) return true;
  const { properties = {}, additionalProperties, items } = schema;
  const children: readonly unknown[] = [...Object.values(properties), additionalProperties, items];
  // A definition with mistakes may have anything there.
  return children.some(child => typeof child === 'object' && child !== null && hasRules(child, depth + 1));
}

const deepest = 100;
