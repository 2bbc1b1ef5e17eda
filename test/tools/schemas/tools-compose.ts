import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import { fetchPackage } from './fetch-package.ts';
import { dropUnused, type RawSchema, tidy } from './relax.ts';

/** The schema of the Compose specification: it is strict, and extensions begin with `x-`. */
export function compose(): JsonSchema {
  const text = readFileSync(join(fetchPackage('dclint@3.1.0'), 'schemas/compose.schema.json'), 'utf8');
  return withNewer(dropUnused(tidy(JSON.parse(text) as RawSchema)));
}

/** What the specification got since; https://github.com/compose-spec/compose-go/blob/v2.16.2/schema/compose-spec.json */
function withNewer(schema: JsonSchema): JsonSchema {
  const { service = {}, development = {} } = schema.$defs ?? {};
  const { watch = {} } = development.properties ?? {};
  const { items = {} } = watch;
  const newWatch: JsonSchema = { ...watch, items: { ...items, properties: { ...items.properties, initial_sync: { type: 'boolean' } } } };
  return {
    ...schema,
    properties: { ...schema.properties, jobs: { type: 'object' } },
    $defs: {
      ...schema.$defs,
      service: { ...service, properties: { ...service.properties, pre_start: { type: 'array' }, umask: {} } },
      development: { ...development, properties: { ...development.properties, watch: newWatch } },
    },
  };
}
