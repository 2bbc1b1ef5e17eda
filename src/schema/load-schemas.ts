import type { Repo, Resource } from '../core/repo.ts';
import type { Schemas } from '../core/schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { loadUserSchemas } from './load-user-schemas.ts';
import { type ObjectSources, objectSchemas } from './object-schemas.ts';
import { hasRules, readDefinitions } from './repository-definitions.ts';
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
  const ofResource = objectSchemas({ resources, files, readShipped, ...(await forDefinitions(resources)) });
  const formats = new Map<string, JsonSchema>();
  return {
    ofResource,
    ofUserSchema: await loadUserSchemas(repo),
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

/** What the CustomResourceDefinitions of the repository need: patterns that are bounded in time and, where rules meet an object, CEL. */
async function forDefinitions(resources: readonly Resource[]): Promise<Pick<ObjectSources, 'foreignExpression' | 'judgeByRules'>> {
  const definitions = [...readDefinitions(resources)];
  if (definitions.length === 0) return {};
  const { foreignExpression } = await import('./foreign-expression.ts');
  const used = new Set(resources.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
  const needsCel = definitions.some(({ apiVersion, kind, schema }) => used.has(`${apiVersion}/${kind}`) && hasRules(schema));
  if (!needsCel) return { foreignExpression };
  const { prepareRules } = await import('./cel/judge-by-rules.ts');
  return { foreignExpression, judgeByRules: await prepareRules() };
}
