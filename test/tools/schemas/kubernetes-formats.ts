import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { KubernetesApi } from './kubernetes-api.ts';

/** Adds to a property what only some packages know: which strings are quantities. */
export function describeProperties(apis: readonly KubernetesApi[]): (definition: string, property: string, schema: JsonSchema) => JsonSchema {
  const quantities = new Set(apis.flatMap(placesOfQuantities));
  return (definition, property, schema) => (quantities.has(`${definition}.${property}`) ? toQuantity(schema) : schema);
}

function placesOfQuantities({ definitions }: KubernetesApi): string[] {
  return [...definitions].flatMap(([definition, { properties }]) =>
    [...properties].filter(([, schema]) => isQuantity(schema)).map(([property]) => `${definition}.${property}`),
  );
}

function isQuantity({ format, items, additionalProperties }: JsonSchema): boolean {
  if (items !== undefined) return isQuantity(items);
  return typeof additionalProperties === 'object' ? isQuantity(additionalProperties) : format === 'quantity';
}

function toQuantity(schema: JsonSchema): JsonSchema {
  const { items, additionalProperties } = schema;
  if (items !== undefined) return { ...schema, items: toQuantity(items) };
  if (typeof additionalProperties === 'object') return { ...schema, additionalProperties: toQuantity(additionalProperties) };
  return { type: 'string', format: 'quantity' };
}
