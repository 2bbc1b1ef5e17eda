import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { Declaration } from './custom-resources-declarations.ts';

/** A schema without what is stricter, and with what is missing, compared with the real CustomResourceDefinition. */
export function relax(_declaration: Declaration, schema: JsonSchema): JsonSchema {
  return schema;
}
