import type { RepoPath } from '../core/place.ts';
import type { Repo, Resource } from '../core/repo.ts';
import type { SchemaProblem, Schemas } from '../core/schema.ts';
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
  readonly schemaFolders: readonly RepoPath[];
}

/** The schemas of a run; each is read when the first document needs it. */
export async function loadSchemas({ repo, readShipped, schemaFolders }: SchemaSources): Promise<Schemas> {
  const { resources, files } = repo;
  const ofUserSchema = await loadUserSchemas(repo, schemaFolders);
  const ofResource = objectSchemas({ resources, files, readShipped, schemaFolders, ofUserSchema, ...(await forDefinitions(resources)) });
  const formatNamed = formatReader(readShipped);
  // Several rules ask about one document, which is of one format.
  const answers = new WeakMap<object, readonly SchemaProblem[]>();
  return {
    ofResource,
    ofUserSchema,
    problemsOf(name, value) {
      const isShared = typeof value === 'object' && value !== null;
      const known = isShared ? answers.get(value) : undefined;
      const problems = known ?? validate(formatNamed(name), value);
      if (isShared) answers.set(value, problems);
      return problems;
    },
  };
}

/** The schemas of the files of tools, each read once. */
function formatReader(readShipped: SchemaSources['readShipped']): (name: string) => JsonSchema {
  const formats = new Map<string, JsonSchema>();
  return name => {
    let schema = formats.get(name);
    if (schema === undefined) {
      const text = readShipped(`tools/${name}.json`);
      if (text === undefined) throw new Error(`no schema "${name}" ships with gitops-lint`);
      // The shipped schemas are held to these keywords by a test.
      schema = JSON.parse(text) as JsonSchema;
      formats.set(name, schema);
    }
    return schema;
  };
}

/** What the CustomResourceDefinitions need that meet an object: patterns that are bounded in time and, where they have rules, CEL. */
async function forDefinitions(resources: readonly Resource[]): Promise<Pick<ObjectSources, 'foreignExpression' | 'judgeByRules'>> {
  const definitions = [...readDefinitions(resources)];
  if (definitions.length === 0) return {};
  const kinds = new Set(definitions.map(({ kind }) => kind));
  const ids = new Set<string>();
  for (const { apiVersion, kind } of resources) if (kinds.has(kind)) ids.add(`${apiVersion}/${kind}`);
  const used = definitions.filter(({ apiVersion, kind }) => ids.has(`${apiVersion}/${kind}`));
  if (used.length === 0) return {};
  const { foreignExpression } = await import('./foreign-expression.ts');
  if (!used.some(({ schema }) => hasRules(schema))) return { foreignExpression };
  const { prepareRules } = await import('./cel/judge-by-rules.ts');
  return { foreignExpression, judgeByRules: await prepareRules() };
}
