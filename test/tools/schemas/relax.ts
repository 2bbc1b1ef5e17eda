import type { JsonSchema } from '../../../src/schema/json-schema.ts';

/** What a schema of JSON Schema drafts 4 to 7 has, as it is read from a package. */
export type RawSchema = { readonly [keyword: string]: unknown };

/** Keywords that say nothing of a value, or that the validator does not know. */
const noise = new Set(
  '$schema $id id title description markdownDescription examples default $comment deprecated deprecationMessage enumDescriptions markdownEnumDescriptions dependencies format'.split(
    ' ',
  ),
);

const mapsOfSchemas = new Set(['properties', 'patternProperties', '$defs']);

/** A schema without what the validator has no use for; alternatives that are single words become a list of words. */
export function tidy(raw: RawSchema): JsonSchema {
  const entries = Object.entries(raw).filter(([keyword]) => !noise.has(keyword));
  const schema: JsonSchema = Object.fromEntries(entries.map(([keyword, value]) => tidied(keyword, value)));
  return ofWords(schema);
}

function tidied(keyword: string, value: unknown): readonly [string, unknown] {
  if (keyword === 'definitions') return tidied('$defs', value);
  if (keyword === '$ref') return [keyword, String(value).replace('#/definitions/', '#/$defs/')];
  if (keyword === 'oneOf' || keyword === 'anyOf' || keyword === 'allOf')
    return [keyword === 'oneOf' ? 'anyOf' : keyword, (value as readonly RawSchema[]).map(tidy)];
  if (mapsOfSchemas.has(keyword))
    return [keyword, Object.fromEntries(Object.entries(value as Record<string, RawSchema>).map(([name, schema]) => [name, tidy(schema)]))];
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return [keyword, tidy(value as RawSchema)];
  return [keyword, value];
}

function ofWords(schema: JsonSchema): JsonSchema {
  const { anyOf, patternProperties, ...others } = schema;
  if (patternProperties?.['.*'] !== undefined) return ofWords({ ...others, ...(anyOf && { anyOf }), additionalProperties: patternProperties['.*'] });
  const words = anyOf?.map(alternative => (alternative.const === undefined ? alternative.enum : [alternative.const]));
  if (words === undefined || !words.every(list => list !== undefined)) return schema;
  return { ...others, ...(patternProperties && { patternProperties }), enum: words.flat() };
}

/** Changes every schema within a schema, from the inside out. */
export function mapSchemas(schema: JsonSchema, change: (schema: JsonSchema) => JsonSchema): JsonSchema {
  const deeper = (inner: JsonSchema) => mapSchemas(inner, change);
  const changed: Record<string, unknown> = { ...schema };
  for (const [keyword, value] of Object.entries(schema)) {
    if (mapsOfSchemas.has(keyword)) {
      const schemas = Object.entries(value as Readonly<Record<string, JsonSchema>>);
      changed[keyword] = Object.fromEntries(schemas.map(([name, inner]) => [name, deeper(inner)]));
    } else if (keyword === 'anyOf' || keyword === 'allOf') changed[keyword] = (value as readonly JsonSchema[]).map(deeper);
    else if (['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else'].includes(keyword) && typeof value === 'object')
      changed[keyword] = deeper(value as JsonSchema);
  }
  return change(changed);
}

/** Keeps of `$defs` what the schema refers to. */
export function dropUnused(schema: JsonSchema): JsonSchema {
  const { $defs = {}, ...root } = schema;
  const used = new Set<string>();
  const collect = (part: JsonSchema): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/\$defs\/([^"]+)"/g)) {
      if (used.has(name)) continue;
      used.add(name);
      const found = $defs[name];
      if (found === undefined) throw new Error(`the schema has no "${name}"`);
      collect(found);
    }
  };
  collect(root);
  return { ...root, $defs: Object.fromEntries(Object.entries($defs).filter(([name]) => used.has(name))) };
}
