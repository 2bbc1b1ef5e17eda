import type { SourceFile } from '../core/document.ts';
import type { Fields } from '../core/fields.ts';
import { allMinors, minorsBetween } from '../core/kubernetes-minors.ts';
import type { FieldPath, RepoPath } from '../core/place.ts';
import type { Resource } from '../core/repo.ts';
import type { MinorSet, SchemaProblem, SchemaSource, Schemas } from '../core/schema.ts';
import { type DefinitionTable, readTable } from './definition-table.ts';
import { type CompileExpression, shippedExpression } from './expressions.ts';
import { customResourceFormat, type FindFormat, kubernetesFormat, shippedFormat } from './format-checks.ts';
import type { JsonSchema } from './json-schema.ts';
import { lazily } from './lazily.ts';
import { type RepositoryDefinition, readDefinitions } from './repository-definitions.ts';
import { type Compile, compiler, type SchemaNode } from './schema-node.ts';
import { readStructuralSchema } from './structural-schema.ts';
import { judge } from './validate.ts';

/** What the schemas of kinds are made from. */
export interface KindSources {
  readonly resources: readonly Resource[];
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly readShipped: (path: string) => string | undefined;
  /** Folders of the repository with schemas in files such as `example.org/queue_v1.json`. */
  readonly schemaFolders: readonly RepoPath[];
  readonly ofUserSchema: Schemas['ofUserSchema'];
  /** Compiles the patterns of CustomResourceDefinitions; absent where the repository has none. */
  readonly foreignExpression?: CompileExpression;
}

/** One schema of a kind, and who says so. */
export interface KindSchema {
  readonly source: SchemaSource;
  readonly minors: MinorSet;
  /** Of a definition of the repository, which may have rules in CEL. */
  readonly definition?: JsonSchema;
  /** What is wrong with an object that stands at `field` of its document. */
  readonly problemsOf: (value: Fields, field: FieldPath, minors: MinorSet) => readonly SchemaProblem[];
}

/** Whether a CustomResourceDefinition is one: one with mistakes judges nothing, they are findings themselves. */
export type IsSound = (definition: Resource) => boolean;

/** Finds what is known of kinds; the answers are for whoever asks to keep. */
export interface KindFinder {
  /** The schemas of the kind of an object. */
  readonly schemasOf: (resource: Resource) => readonly KindSchema[];
  /** The table that ships for the custom resources of a group. */
  readonly shippedTable: (group: string) => DefinitionTable | undefined;
  /** The groups that have one. */
  readonly shippedGroups: () => readonly string[];
}

/**
 * Finds the schemas of a kind: the CustomResourceDefinitions of the repository, then the folders that the config names,
 * then Kubernetes itself, then what ships with gitops-lint for the custom resources of others. Each is read when the
 * first object needs it.
 */
export function kindFinder(sources: KindSources, kubernetes: () => DefinitionTable, isSound: IsSound): KindFinder {
  const builtIn = lazily(() => kindsOf(kubernetes(), 'kubernetes'));
  const repository = lazily(() => repositoryKinds(sources, isSound));
  const groups = new Map<string, ShippedGroup>();
  const ofGroup = (group: string): ShippedGroup => {
    let shipped = groups.get(group);
    if (shipped === undefined) {
      const text = isGroupName.test(group) ? sources.readShipped(`custom-resources/${group}.jsonl`) : undefined;
      const table = text === undefined ? undefined : readTable(text);
      shipped = { table, kinds: table === undefined ? () => undefined : kindsOf(table, 'shipped') };
      groups.set(group, shipped);
    }
    return shipped;
  };
  return {
    schemasOf(resource) {
      const { apiVersion, group, kind } = resource;
      const own = repository()(apiVersion, kind);
      if (own.length > 0) return own;
      const other = schemaInFolders(resource, sources) ?? builtIn()(apiVersion, kind) ?? ofGroup(group).kinds(apiVersion, kind);
      return other === undefined ? [] : [other];
    },
    shippedTable: group => ofGroup(group).table,
    // What ships has this form.
    shippedGroups: lazily(() => JSON.parse(sources.readShipped('custom-resources.json') ?? '[]') as readonly string[]),
  };
}

interface ShippedGroup {
  readonly table: DefinitionTable | undefined;
  readonly kinds: Kinds;
}

type Kinds = (apiVersion: string, kind: string) => KindSchema | undefined;

/** What has no dot is no group of custom resources, nor is it the name of a file. */
const isGroupName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** The kinds of a table that ships with gitops-lint. */
function kindsOf(table: DefinitionTable, source: SchemaSource): Kinds {
  const compile = tableCompiler(table, source === 'kubernetes' ? kubernetesFormat : shippedFormat);
  return (apiVersion, kind) => kindOf(table, apiVersion, kind, compile, source);
}

/** Compiles definitions of a table that ships with gitops-lint. */
export function tableCompiler({ definition }: DefinitionTable, format: FindFormat): Compile {
  return compiler({ isStructural: true, expression: shippedExpression, format, resolve: definition });
}

function kindOf(table: DefinitionTable, apiVersion: string, kind: string, compile: Compile, source: SchemaSource): KindSchema | undefined {
  const ofVersion = Object.hasOwn(table.kinds, apiVersion) ? table.kinds[apiVersion] : undefined;
  const entry = ofVersion !== undefined && Object.hasOwn(ofVersion, kind) ? ofVersion[kind] : undefined;
  if (entry === undefined) return undefined;
  const [name, first, last] = typeof entry === 'string' ? [entry] : entry;
  const minors = first === undefined || last === undefined ? allMinors : minorsBetween(first, last);
  return { source, minors, problemsOf: judgeBy(() => compile(asObject(table.definition(name) ?? {}))) };
}

function judgeBy(compileNode: () => SchemaNode): KindSchema['problemsOf'] {
  const node = lazily(compileNode);
  return (value, field, minors) => judge(node(), value, { minors, field, isStructural: true });
}

/** Every object has these fields, whatever its schema says; `metadata` is judged by itself, and nobody writes a status. */
function asObject(schema: JsonSchema): JsonSchema {
  if (schema.properties === undefined) return schema;
  return { ...schema, properties: { ...schema.properties, apiVersion: {}, kind: {}, metadata: { type: 'object' }, status: {} } };
}

/** What the CustomResourceDefinitions of the repository say; several where it has several of a kind. */
function repositoryKinds(
  { resources, foreignExpression }: KindSources,
  isSound: IsSound,
): (apiVersion: string, kind: string) => readonly KindSchema[] {
  const definitions = new Map<string, RepositoryDefinition[]>();
  for (const definition of readDefinitions(resources)) {
    const id = `${definition.apiVersion}/${definition.kind}`;
    const known = definitions.get(id);
    if (known === undefined) definitions.set(id, [definition]);
    else known.push(definition);
  }
  const expression: CompileExpression = foreignExpression ?? (() => undefined);
  const dialect = { isStructural: true, expression, format: customResourceFormat, resolve: () => undefined } as const;
  const [closed, open] = [compiler(dialect), compiler({ ...dialect, keepsUnknownFields: true })];
  return (apiVersion, kind) => {
    const schemas: KindSchema[] = [];
    for (const { schema, keepsUnknownFields, definedBy } of definitions.get(`${apiVersion}/${kind}`) ?? []) {
      const definition = isSound(definedBy) ? readStructuralSchema(schema) : undefined;
      if (definition === undefined) continue;
      const compile = keepsUnknownFields ? open : closed;
      schemas.push({ source: 'repository', minors: allMinors, definition, problemsOf: judgeBy(() => compile(asObject(definition))) });
    }
    return schemas;
  };
}

/** The schema of a kind in the layout `group/kind_version.json`, as catalogues of CRDs have it. */
function schemaInFolders({ group, version, kind }: Resource, { schemaFolders, files, ofUserSchema }: KindSources): KindSchema | undefined {
  for (const folder of schemaFolders) {
    const path = [folder, group, `${kind.toLowerCase()}_${version}.json`].filter(part => part !== '').join('/');
    const document = files.get(path)?.documents[0];
    const schema = document === undefined ? undefined : ofUserSchema(document);
    if (schema === undefined || !('problemsOf' in schema)) continue;
    return {
      source: 'folder',
      minors: allMinors,
      problemsOf(value, field) {
        const problems = schema.problemsOf(withoutNulls(value));
        if ('skipped' in problems) return [];
        return problems.map(problem => ({
          ...problem,
          field: [...field, ...problem.field],
          // What a chart calls a value is a field of an object.
          message: problem.message.replace(/^unknown value/, 'unknown field'),
        }));
      },
    };
  }
  return undefined;
}

/** A field without a value is one that is absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, child]) => (child === null ? [] : [[key, withoutNulls(child)]])));
}
