import type { Repo } from '../core/repo.ts';
import type { Schemas } from '../core/schema.ts';
import { foreignExpressions } from './expressions.ts';
import type { JsonSchema } from './json-schema.ts';
import { objectSchemas } from './object-schemas.ts';
import { isCustomResourceDefinition } from './repository-definitions.ts';
import { validate } from './validate.ts';

/** What the schemas of a run are made from. */
export interface SchemaSources {
  readonly repo: Repo;
  /** The text of a file below schemas/ that ships with gitops-lint. */
  readonly readShipped: (path: string) => string | undefined;
}

/** The schemas of a run; each is read when the first document needs it. */
export async function loadSchemas({ repo, readShipped }: SchemaSources): Promise<Schemas> {
  const { resources, files } = repo;
  const hasDefinitions = resources.some(isCustomResourceDefinition);
  const formats = new Map<string, JsonSchema>();
  return {
    ofResource: objectSchemas({ resources, files, readShipped, ...(hasDefinitions && { foreignExpression: await foreignExpressions() }) }),
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
