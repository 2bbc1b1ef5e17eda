import type { JsonSchema } from './json-schema.ts';

/**
 * A value as the API server sees it before it judges: with the defaults of its structural schema,
 * and without null where the schema does not allow it.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting
 */
export function withDefaults(value: unknown, schema: JsonSchema): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map(item => withDefaults(item, items));
  }
  if (typeof value !== 'object' || value === null) return value;
  const { properties = {}, additionalProperties } = schema;
  const fields: Record<string, unknown> = {};
  for (const [key, child] of Object.entries(value)) {
    const childSchema = Object.hasOwn(properties, key)
      ? properties[key]
      : typeof additionalProperties === 'object'
        ? additionalProperties
        : undefined;
    if (childSchema === undefined) fields[key] = child;
    else if (!isStrayNull(child, childSchema)) fields[key] = withDefaults(child, childSchema);
  }
  for (const [key, childSchema] of Object.entries(properties)) {
    if (childSchema.default === undefined || Object.hasOwn(fields, key)) continue;
    fields[key] = withDefaults(childSchema.default, childSchema);
  }
  return fields;
}

function isStrayNull(value: unknown, schema: JsonSchema): boolean {
  return value === null && schema.nullable !== true && schema.type !== undefined;
}
