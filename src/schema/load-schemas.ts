import type { Repo } from '../core/repo.ts';
import type { Schemas } from '../core/schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { validate } from './validate.ts';

/** What the schemas of a run are made from. */
export interface SchemaSources {
  readonly repo: Repo;
  /** The text of a file below schemas/ that ships with gitops-lint. */
  readonly readShipped: (path: string) => string | undefined;
}

/** The schemas of a run; each is read when the first document needs it. */
export function loadSchemas({ readShipped }: SchemaSources): Schemas {
  const formats = new Map<string, JsonSchema>();
  return {
    ofResource: () => undefined,
    problemsOf(name, value) {
      let schema = formats.get(name);
      if (schema === undefined) {
        const text = readShipped(`tools/${name}.json`);
        if (text === undefined) throw new Error(`no schema "${name}" ships with gitops-lint`);
        // The shipped schemas are held to these keywords by a test.
        schema = JSON.parse(text) as JsonSchema;
        formats.set(name, schema);
      }
      return validate(schema, value);
    },
  };
}
