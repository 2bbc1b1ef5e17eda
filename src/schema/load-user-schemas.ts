import type { Document } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import type { Repo } from '../core/repo.ts';
import type { Schemas, UserSchema } from '../core/schema.ts';

/**
 * The schemas that the repository brings. What compiles them is loaded where a chart has one or the config names folders of
 * them, each is compiled when it is first asked for.
 */
export async function loadUserSchemas({ files, helm }: Repo, schemaFolders: readonly RepoPath[]): Promise<Schemas['ofUserSchema']> {
  const hasValuesSchema = () => hasSchemaFile(files.keys()) && [...helm().charts.values()].some(({ valuesSchema }) => valuesSchema !== undefined);
  const isNeeded = schemaFolders.length > 0 || hasValuesSchema();
  if (!isNeeded) return () => ({ unknown: 'no schema of the repository is loaded' });
  const { compileUserSchema } = await import('./user-schema.ts');
  const compiled = new Map<Document, UserSchema>();
  return document => {
    const schema = compiled.get(document) ?? compileUserSchema(document.value);
    compiled.set(document, schema);
    return schema;
  };
}

function hasSchemaFile(paths: Iterable<string>): boolean {
  for (const path of paths) if (path.endsWith('values.schema.json')) return true;
  return false;
}
