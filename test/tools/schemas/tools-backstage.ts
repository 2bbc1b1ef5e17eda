import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import { fetchPackage } from './fetch-package.ts';
import { mapSchemas, type RawSchema, tidy } from './relax.ts';

const kinds = ['API', 'Component', 'Domain', 'Group', 'Location', 'Resource', 'System', 'User'];

/** The envelope of an entity, and what each kind wants of its `spec`. Other kinds come from plugins. */
export async function backstage(): Promise<JsonSchema> {
  const meta = await read('EntityMeta');
  // The catalogue writes these two itself.
  const { uid: _uid, etag: _etag, ...properties } = meta.properties ?? {};
  const specs = await Promise.all(kinds.map(async kind => ({ kind, spec: await specOf(kind) })));
  return {
    type: 'object',
    properties: { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: mapSchemas({ ...meta, properties }, open) },
    required: ['apiVersion', 'kind', 'metadata'],
    allOf: specs.map(({ kind, spec }) => ({
      if: { properties: { kind: { const: kind } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { spec }, ...(kind !== 'Domain' && { required: ['spec'] }) },
    })),
  };
}

async function specOf(kind: string): Promise<JsonSchema> {
  const { allOf = [] } = await read(`kinds/${kind}.v1alpha1`);
  const spec = allOf.find(part => part.properties?.spec !== undefined)?.properties?.spec;
  if (spec === undefined) throw new Error(`the schema of the kind ${kind} has no spec`);
  return mapSchemas(spec, open);
}

/** Plugins read fields of their own, and any text may be `$text: path`, which the catalogue replaces. */
function open(schema: JsonSchema): JsonSchema {
  const { additionalProperties: _others, properties, ...rest } = schema;
  if (schema.type !== 'object' || properties === undefined) return schema;
  const { definition } = properties;
  const texts: JsonSchema = { ...definition, type: ['string', 'object'], 'x-expected': 'a string' };
  return { ...rest, properties: { ...properties, ...(definition && { definition: texts }) }, 'x-unknown': 'near-miss' };
}

async function read(name: string): Promise<JsonSchema> {
  const path = join(fetchPackage('@backstage/catalog-model@1.10.1'), 'dist/schema', `${name}.schema.json.esm.js`);
  const { default: schema } = (await import(pathToFileURL(path).href)) as { default: RawSchema };
  return tidy(schema);
}
