import type { SourceFile } from '../core/document.ts';
import { type Fields, isFields } from '../core/fields.ts';
import { allMinors, minorsBetween } from '../core/kubernetes-minors.ts';
import type { FieldPath, RepoPath } from '../core/place.ts';
import type { Resource } from '../core/repo.ts';
import type { MinorSet, ObjectSchema, SchemaProblem, SchemaSource } from '../core/schema.ts';
import { readAs } from '../parse/readings.ts';
import type { JudgeByRules, RulesVerdict } from './cel/judge-by-rules.ts';
import { type DefinitionTable, readTable } from './definition-table.ts';
import { type CompileExpression, shippedExpression } from './expressions.ts';
import { customResourceFormat, type FindFormat, kubernetesFormat } from './format-checks.ts';
import type { JsonSchema } from './json-schema.ts';
import { metadataProblems } from './metadata.ts';
import { combinationProblems } from './object-combinations.ts';
import { readDefinitions } from './repository-definitions.ts';
import { type Compile, compiler, type SchemaNode } from './schema-node.ts';
import { unknownKind } from './unknown-kind.ts';
import { judge } from './validate.ts';

/** What the schemas of objects are made from. */
export interface ObjectSources {
  readonly resources: readonly Resource[];
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly readShipped: (path: string) => string | undefined;
  /** Compiles the patterns of CustomResourceDefinitions; absent where the repository has none. */
  readonly foreignExpression?: CompileExpression;
  /** Evaluates their rules in CEL; absent where none meets an object. */
  readonly judgeByRules?: JudgeByRules;
}

/**
 * Finds what judges an object: the CustomResourceDefinitions of the repository, then Kubernetes itself, then what ships
 * with gitops-lint for the custom resources of others. Each table is read when the first object needs it.
 */
export function objectSchemas(sources: ObjectSources): (resource: Resource) => ObjectSchema {
  const kubernetes = lazily(() => readTable(sources.readShipped('kubernetes.jsonl') ?? noTable));
  const objectMeta = lazily(() => compilerOf(kubernetes(), kubernetesFormat)(kubernetes().definition('V1ObjectMeta') ?? {}));
  const findJudges = judgeFinder(sources, kubernetes);
  const found = new WeakMap<Resource, ObjectSchema>();
  return resource => {
    let schema = found.get(resource);
    if (schema === undefined) {
      const judges = findJudges(resource);
      const mistaken = judges.length === 0 ? unknownKind(kubernetes(), resource) : undefined;
      schema = schemaOf({ ...sources, judges, mistaken, resource, objectMeta });
      found.set(resource, schema);
    }
    return schema;
  };
}

const noTable = '{"kinds":{}}\n';

/** One schema of a kind, and who says so. */
interface Judge {
  readonly source: SchemaSource;
  /** Of a definition that has rules in CEL. */
  readonly ruled?: JsonSchema;
  readonly node: () => SchemaNode;
  readonly minors: MinorSet;
}

type Kinds = (apiVersion: string, kind: string) => Judge | undefined;

const nothing = () => undefined;

function judgeFinder(sources: ObjectSources, kubernetes: () => DefinitionTable): (resource: Resource) => readonly Judge[] {
  const builtIn = lazily(() => kindsOf(kubernetes(), 'kubernetes'));
  const repository = lazily(() => repositoryKinds(sources, builtIn()));
  const groups = new Map<string, Kinds>();
  const ofGroup = (group: string): Kinds => {
    let kinds = groups.get(group);
    if (kinds === undefined) {
      const text = isGroupName.test(group) ? sources.readShipped(`custom-resources/${group}.jsonl`) : undefined;
      kinds = text === undefined ? nothing : kindsOf(readTable(text), 'shipped');
      groups.set(group, kinds);
    }
    return kinds;
  };
  return ({ apiVersion, group, kind }) => {
    const own = repository().get(`${apiVersion}/${kind}`);
    if (own !== undefined) return own;
    const shipped = builtIn()(apiVersion, kind) ?? ofGroup(group)(apiVersion, kind);
    return shipped === undefined ? [] : [shipped];
  };
}

/** What has no dot is no group of custom resources, nor is it the name of a file. */
const isGroupName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** The kinds of a table that ships with gitops-lint. */
function kindsOf(table: DefinitionTable, source: SchemaSource): Kinds {
  const compile = compilerOf(table, source === 'kubernetes' ? kubernetesFormat : customResourceFormat);
  const judges = new Map<string, Judge | undefined>();
  return (apiVersion, kind) => {
    const id = `${apiVersion}/${kind}`;
    if (!judges.has(id)) judges.set(id, judgeOf(table, apiVersion, kind, compile, source));
    return judges.get(id);
  };
}

function compilerOf({ definition }: DefinitionTable, format: FindFormat): Compile {
  return compiler({ isStructural: true, expression: shippedExpression, format, resolve: definition });
}

function judgeOf(table: DefinitionTable, apiVersion: string, kind: string, compile: Compile, source: SchemaSource): Judge | undefined {
  const ofVersion = Object.hasOwn(table.kinds, apiVersion) ? table.kinds[apiVersion] : undefined;
  const entry = ofVersion !== undefined && Object.hasOwn(ofVersion, kind) ? ofVersion[kind] : undefined;
  if (entry === undefined) return undefined;
  const [name, first, last] = typeof entry === 'string' ? [entry] : entry;
  const minors = first === undefined || last === undefined ? allMinors : minorsBetween(first, last);
  return { source, minors, node: lazily(() => compile(asObject(table.definition(name) ?? {}))) };
}

/** Every object has these fields, whatever its schema says; `metadata` is judged by itself, and nobody writes a status. */
function asObject(schema: JsonSchema): JsonSchema {
  if (schema.properties === undefined) return schema;
  return { ...schema, properties: { ...schema.properties, apiVersion: {}, kind: {}, metadata: {}, status: {} } };
}

/** By apiVersion and kind. A definition with mistakes of its own judges nothing: they are findings themselves. */
function repositoryKinds({ resources, files, foreignExpression = nothing }: ObjectSources, builtIn: Kinds): ReadonlyMap<string, readonly Judge[]> {
  const judges = new Map<string, Judge[]>();
  const compile = compiler({ isStructural: true, expression: foreignExpression, format: customResourceFormat, resolve: nothing });
  for (const { apiVersion, kind, schema, definedBy } of readDefinitions(resources)) {
    const id = `${apiVersion}/${kind}`;
    const itself = builtIn(definedBy.apiVersion, definedBy.kind);
    if (itself !== undefined && judge(itself.node(), contentOf(definedBy, files), { isStructural: true }).some(({ kind }) => kind === 'type'))
      continue;
    judges.set(id, [
      ...(judges.get(id) ?? []),
      { source: 'repository', minors: allMinors, node: lazily(() => compile(asObject(schema))), ruled: schema },
    ]);
  }
  return judges;
}

interface JudgedObject extends Pick<ObjectSources, 'files' | 'judgeByRules'> {
  readonly judges: readonly Judge[];
  /** That the kind is none. */
  readonly mistaken: Omit<SchemaProblem, 'minors'> | undefined;
  readonly resource: Resource;
  readonly objectMeta: () => SchemaNode;
}

function schemaOf(object: JudgedObject): ObjectSchema {
  const [first] = object.judges;
  const answers = new Map<MinorSet, Answer>();
  const answer = (minors: MinorSet): Answer => {
    let known = answers.get(minors);
    if (known === undefined) {
      known = judgeObject(object, minors);
      answers.set(minors, known);
    }
    return known;
  };
  return {
    source: object.mistaken === undefined ? first?.source : 'kubernetes',
    minors: first?.minors ?? allMinors,
    problemsOf: minors => answer(minors).problems,
    skipped: minors => answer(minors).skipped,
  };
}

type Answer = RulesVerdict;

const fits: Answer = { problems: [], skipped: [] };

function judgeObject({ judges, mistaken, resource, files, objectMeta, judgeByRules }: JudgedObject, minors: MinorSet): Answer {
  const value = contentOf(resource, files);
  if (!isFields(value)) return fits;
  const problems: SchemaProblem[] = mistaken === undefined ? [] : [{ ...mistaken, minors }];
  if (isFields(value.metadata)) problems.push(...metadataProblems(objectMeta(), resource, value.metadata, { source: judges[0]?.source, minors }));
  const own = fewestProblems(judges, value, resource.field, minors);
  problems.push(...own);
  // The API server asks further of what fits the schema.
  const further = own.length === 0 ? judgeFurther(judges, resource, value, minors, judgeByRules) : fits;
  return problems.length === 0 ? further : { problems: [...problems, ...further.problems], skipped: further.skipped };
}

/** What no schema says: rules in CEL, and what the API server's own code refuses. */
function judgeFurther(judges: readonly Judge[], resource: Resource, value: Fields, minors: MinorSet, judgeByRules: JudgeByRules | undefined): Answer {
  const [judge, ...others] = judges;
  if (judge === undefined || others.length > 0) return fits;
  if (judge.ruled !== undefined) return judgeByRules?.(judge.ruled, value, resource.field) ?? fits;
  if (judge.source !== 'kubernetes') return fits;
  const problems = combinationProblems(resource, value);
  if (problems.length === 0) return fits;
  return { problems: problems.map(problem => ({ ...problem, field: [...resource.field, ...problem.field], minors })), skipped: [] };
}

/** Of several definitions of one kind the object has to fit one: which of them is in the cluster is not known. */
function fewestProblems(judges: readonly Judge[], value: Fields, field: FieldPath, minors: MinorSet): readonly SchemaProblem[] {
  let fewest: readonly SchemaProblem[] | undefined;
  for (const { node } of judges) {
    const problems = judge(node(), value, { minors, isStructural: true, field });
    if (fewest === undefined || problems.length < fewest.length) fewest = problems;
  }
  return fewest ?? [];
}

/** The object as the API server gets it: read as Go reads YAML, and without what SOPS adds to it. */
function contentOf({ document, field, value }: Resource, files: ObjectSources['files']): unknown {
  const file = files.get(document.path);
  let read: unknown = file === undefined ? document.value : readAs(document, file, 'go');
  if (read === document.value) read = value;
  else for (const part of field) read = (read as Readonly<Record<string | number, unknown>>)[part];
  if (document.classification.class !== 'sops-encrypted' || !isFields(read)) return read;
  const { sops: _, ...own } = read;
  return own;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
