import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { FindDeclaration } from './custom-resources-declarations.ts';
import entries from './custom-resources-enums.json' with { type: 'json' };
import { mapSchemas } from './relax.ts';

type Entry = (typeof entries)[number];

/**
 * Adds the words that CRDs list and declarations do not: where the type and the field both have a list, a CRD has them
 * under `allOf`, which the declarations leave out. The words are those of all the releases that an entry names. An entry
 * means the objects with all of the fields of `has`, in every version of its group.
 */
export function listWords(group: string, schema: JsonSchema, find: FindDeclaration): JsonSchema {
  const ofGroup = entries.filter(entry => group === entry.in || group.endsWith(`.${entry.in}`));
  return mapSchemas(schema, inner => ofGroup.reduce((object, entry) => (isMeant(entry, object) ? withWords(entry, object, find) : object), inner));
}

function isMeant({ has }: Entry, { properties }: JsonSchema): boolean {
  return properties !== undefined && has.split(' ').every(field => Object.hasOwn(properties, field));
}

function withWords(entry: Entry, object: JsonSchema, find: FindDeclaration): JsonSchema {
  used.add(entry);
  const properties: Record<string, JsonSchema> = { ...object.properties };
  for (const [field, words] of Object.entries(entry.values)) properties[field] = listed(properties[field] ?? {}, words, find);
  return { ...object, properties };
}

function listed(schema: JsonSchema, words: readonly string[], find: FindDeclaration): JsonSchema {
  if (schema.$ref !== undefined) return listed(find(schema.$ref).schema, words, find);
  if (schema.items !== undefined) return { ...schema, items: listed(schema.items, words, find) };
  if (schema.type !== 'string') throw new Error(`${JSON.stringify(schema)} is no text that could be ${words.join(' or ')}`);
  return { ...schema, enum: [...new Set([...(schema.enum ?? []), ...words])] };
}

const used = new Set<Entry>();

/** Those that met nothing. */
export function unusedWords(): readonly string[] {
  return entries.filter(entry => !used.has(entry)).map(entry => `${entry.in}: ${entry.has}`);
}
