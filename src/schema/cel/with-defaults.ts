import type { JsonSchema } from '../json-schema.ts';
import { type CelBudget, spend } from './cel-value.ts';

/**
 * A value as the API server sees it before it judges: with the defaults of its structural schema,
 * and without null where the schema does not allow it.
 * Each default that is filled in costs a step, for a short schema may have a long list of them for each of many items.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting
 */
export function withDefaults(value: unknown, schema: JsonSchema, budget: CelBudget): unknown {
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? value : value.map(item => withDefaults(item, items, budget));
  }
  if (typeof value !== 'object' || value === null) return value;
  const { properties = {}, additionalProperties } = schema;
  // Not by assignment: a key may be `__proto__`.
  const fields = new Map<string, unknown>();
  for (const [key, child] of Object.entries(value)) {
    const childSchema = Object.hasOwn(properties, key)
      ? properties[key]
      : typeof additionalProperties === 'object'
        ? additionalProperties
        : undefined;
    if (childSchema === undefined) fields.set(key, child);
    else if (!isStrayNull(child, childSchema)) fields.set(key, withDefaults(child, childSchema, budget));
  }
  for (const [key, childSchema] of Object.entries(properties)) {
    if (childSchema.default === undefined || fields.has(key)) continue;
    spend(budget, 1);
    fields.set(key, withDefaults(childSchema.default, childSchema, budget));
  }
  return Object.fromEntries(fields);
}

function isStrayNull(value: unknown, schema: JsonSchema): boolean {
  return value === null && schema.nullable !== true && schema.type !== undefined;
}
