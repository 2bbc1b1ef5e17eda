import type { DocumentClass } from '../core/classification.ts';
import type { SourceFile } from '../core/document.ts';
import type { SchemaName, Schemas } from '../core/schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { validate } from './validate.ts';

/** Reads the schemas that some document needs, and no other. */
export async function loadSchemas(files: Iterable<SourceFile>): Promise<Schemas> {
  const loaded = new Map<SchemaName, JsonSchema>();
  for (const { documents } of files) {
    for (const { classification } of documents) {
      const name = schemaNames[classification.class];
      if (name !== undefined && !loaded.has(name)) loaded.set(name, await loaders[name]());
    }
  }
  return {
    problemsOf(name, value) {
      const schema = loaded.get(name);
      if (schema === undefined) throw new Error(`no document needs the schema "${name}"`);
      return validate(schema, value);
    },
  };
}

const schemaNames: Readonly<Partial<Record<DocumentClass, SchemaName>>> = {
  kustomization: 'kustomization',
  'kustomize-component': 'kustomization',
};

const loaders: Readonly<Record<SchemaName, () => Promise<JsonSchema>>> = {
  // The compiler takes the words of a JSON file for any string.
  kustomization: async () => (await import('../../schemas/kustomization.json', { with: { type: 'json' } })).default as JsonSchema,
};
