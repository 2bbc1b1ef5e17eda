import type { JsonSchema } from '../../src/schema/json-schema.ts';

/**
 * A structural schema in the words of JSON Schema, draft 7, for another validator: objects with properties are closed,
 * null is taken for an absent field, ports may be numbers, and what only Kubernetes checks is left out.
 */
export function asJsonSchema(schema: JsonSchema, isBranch = false): JsonSchema {
  if (schema.$ref !== undefined) return { $ref: `#/$defs/${schema.$ref}` };
  if (schema.format === 'int-or-string' || schema['x-kubernetes-int-or-string'] === true) {
    // Its alternatives spell out the two types.
    const { format, 'x-kubernetes-int-or-string': _, type: __, anyOf: ___, allOf: ____, ...more } = schema;
    return { ...asJsonSchema(more, isBranch), type: ['integer', 'string', 'null'] };
  }
  const { type, enum: words, properties, additionalProperties, items, anyOf, oneOf, allOf, not } = schema;
  const isOpen = schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-embedded-resource'] === true || isBranch;
  const branches = (schemas: readonly JsonSchema[]) => schemas.map(branch => asJsonSchema(branch, true));
  return {
    ...pick(schema, [
      'minimum',
      'maximum',
      'minLength',
      'maxLength',
      'minItems',
      'maxItems',
      'minProperties',
      'maxProperties',
      'multipleOf',
      'pattern',
    ]),
    ...pick(schema, ['required', 'format', 'propertyNames']),
    ...(type !== undefined && { type: [...[type].flat(), ...(schema.format === 'quantity' ? (['number'] as const) : []), 'null'] }),
    ...(words !== undefined && { enum: [...words, null] }),
    ...(properties !== undefined && { properties: mapValues(properties, child => asJsonSchema(child, isBranch)) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: asJsonSchema(additionalProperties) }),
    ...(additionalProperties === undefined && properties !== undefined && !isOpen && { additionalProperties: false }),
    ...(items !== undefined && { items: asJsonSchema(items, isBranch) }),
    ...(anyOf !== undefined && { anyOf: branches(anyOf) }),
    ...(oneOf !== undefined && { oneOf: branches(oneOf) }),
    ...(allOf !== undefined && { allOf: branches(allOf) }),
    ...(not !== undefined && { not: asJsonSchema(not, true) }),
    ...mapValues(pick(schema, ['if', 'then', 'else']) as Readonly<Record<string, JsonSchema>>, branch => asJsonSchema(branch, true)),
  };
}

function pick<Key extends keyof JsonSchema>(schema: JsonSchema, keys: readonly Key[]): Pick<JsonSchema, Key> {
  // Fields that are absent stay absent.
  return Object.fromEntries(keys.flatMap(key => (schema[key] === undefined ? [] : [[key, schema[key]]]))) as Pick<JsonSchema, Key>;
}

function mapValues(schemas: Readonly<Record<string, JsonSchema>>, change: (schema: JsonSchema) => JsonSchema): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, change(schema)]));
}
