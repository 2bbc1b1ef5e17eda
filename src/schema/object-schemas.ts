import { type Fields, isFields } from '../core/fields.ts';
import { allMinors } from '../core/kubernetes-minors.ts';
import type { FieldPath } from '../core/place.ts';
import type { Resource } from '../core/repo.ts';
import type { MinorSet, ObjectSchema, SchemaProblem } from '../core/schema.ts';
import { readAs } from '../parse/readings.ts';
import type { JudgeByRules, RulesVerdict } from './cel/judge-by-rules.ts';
import { readTable } from './definition-table.ts';
import { kubernetesFormat } from './format-checks.ts';
import { type KindSchema, type KindSources, kindSchemaFinder, tableCompiler } from './kind-schemas.ts';
import { lazily } from './lazily.ts';
import { metadataProblems } from './metadata.ts';
import { combinationProblems } from './object-combinations.ts';
import type { SchemaNode } from './schema-node.ts';
import { unknownKind } from './unknown-kind.ts';

/** What the schemas of objects are made from. */
export interface ObjectSources extends KindSources {
  /** Evaluates the rules of CustomResourceDefinitions in CEL; absent where none meets an object. */
  readonly judgeByRules?: JudgeByRules;
}

/** What judges each object: the schemas of its kind, what all objects have in common, and what no schema says. */
export function objectSchemas(sources: ObjectSources): (resource: Resource) => ObjectSchema {
  const kubernetes = lazily(() => readTable(sources.readShipped('kubernetes.jsonl') ?? noTable));
  const objectMeta = lazily(() => tableCompiler(kubernetes(), kubernetesFormat)(kubernetes().definition('V1ObjectMeta') ?? {}));
  const findSchemas = kindSchemaFinder(sources, kubernetes, definition =>
    ofResource(definition)
      .problemsOf(allMinors)
      .every(({ kind }) => kind !== 'type'),
  );
  const found = new WeakMap<Resource, ObjectSchema>();
  return ofResource;

  function ofResource(resource: Resource): ObjectSchema {
    let schema = found.get(resource);
    if (schema === undefined) {
      const schemas = findSchemas(resource);
      const mistaken = schemas.length === 0 ? unknownKind(kubernetes(), resource) : undefined;
      schema = schemaOf({ ...sources, schemas, mistaken, resource, objectMeta });
      found.set(resource, schema);
    }
    return schema;
  }
}

const noTable = '{"kinds":{}}\n';

interface JudgedObject extends Pick<ObjectSources, 'files' | 'judgeByRules'> {
  readonly schemas: readonly KindSchema[];
  /** That the kind is none. */
  readonly mistaken: Omit<SchemaProblem, 'minors'> | undefined;
  readonly resource: Resource;
  /** The metadata of every object. */
  readonly objectMeta: () => SchemaNode;
}

function schemaOf(object: JudgedObject): ObjectSchema {
  const [first] = object.schemas;
  const answers = new Map<MinorSet, RulesVerdict>();
  const answer = (minors: MinorSet): RulesVerdict => {
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

const fits: RulesVerdict = { problems: [], skipped: [] };

function judgeObject(object: JudgedObject, minors: MinorSet): RulesVerdict {
  const { schemas, mistaken, resource, objectMeta } = object;
  const value = contentOf(object);
  if (!isFields(value)) return fits;
  const problems: SchemaProblem[] = mistaken === undefined ? [] : [{ ...mistaken, minors }];
  if (isFields(value.metadata)) problems.push(...metadataProblems(objectMeta(), resource, value.metadata, { source: schemas[0]?.source, minors }));
  const own = fewestProblems(schemas, value, resource.field, minors);
  problems.push(...own);
  // The API server asks further of what fits the schema.
  const further = own.length === 0 ? judgeFurther(object, value, minors) : fits;
  return problems.length === 0 ? further : { problems: [...problems, ...further.problems], skipped: further.skipped };
}

/** What no schema says: rules in CEL, and what the API server's own code refuses. */
function judgeFurther({ schemas, resource, judgeByRules }: JudgedObject, value: Fields, minors: MinorSet): RulesVerdict {
  const [schema, ...others] = schemas;
  if (schema === undefined || others.length > 0) return fits;
  if (schema.definition !== undefined) return judgeByRules?.(schema.definition, value, resource.field) ?? fits;
  const problems = schema.source === 'kubernetes' ? combinationProblems(resource, value) : [];
  if (problems.length === 0) return fits;
  return { problems: problems.map(problem => ({ ...problem, field: [...resource.field, ...problem.field], minors })), skipped: [] };
}

/** Of several definitions of one kind the object has to fit one: which of them is in the cluster is not known. */
function fewestProblems(schemas: readonly KindSchema[], value: Fields, field: FieldPath, minors: MinorSet): readonly SchemaProblem[] {
  let fewest: readonly SchemaProblem[] | undefined;
  for (const { problemsOf } of schemas) {
    const problems = problemsOf(value, field, minors);
    if (fewest === undefined || problems.length < fewest.length) fewest = problems;
  }
  return fewest ?? [];
}

/** The object as the API server gets it: read as Go reads YAML, and without what SOPS adds to it. */
function contentOf({ resource: { document, field, value }, files }: JudgedObject): unknown {
  const file = files.get(document.path);
  let read: unknown = file === undefined ? document.value : readAs(document, file, 'go');
  if (read === document.value) read = value;
  else for (const part of field) read = (read as Readonly<Record<string | number, unknown>>)[part];
  if (document.classification.class !== 'sops-encrypted' || !isFields(read)) return read;
  const { sops: _, ...own } = read;
  return own;
}
