import { type Fields, fieldsAt, isFields, textAt, valueAt } from '../core/fields.ts';
import { allMinors } from '../core/kubernetes-minors.ts';
import type { FieldPath } from '../core/place.ts';
import type { Resource } from '../core/repo.ts';
import type { MinorSet, ObjectSchema, SchemaProblem, SchemaSource } from '../core/schema.ts';
import { readAs } from '../parse/readings.ts';
import type { JudgeByRules, RulesVerdict } from './cel/judge-by-rules.ts';
import { readTable } from './definition-table.ts';
import { kubernetesFormat } from './format-checks.ts';
import { type KindSchema, type KindSources, kindFinder, tableCompiler } from './kind-schemas.ts';
import { lazily } from './lazily.ts';
import { metadataProblems } from './metadata.ts';
import { combinationProblems } from './object-combinations.ts';
import { isCustomResourceDefinition } from './repository-definitions.ts';
import type { SchemaNode } from './schema-node.ts';
import { unknownCustomKind } from './unknown-custom-kind.ts';
import { type UnknownKind, unknownKind } from './unknown-kind.ts';
import { isFilledInByWebhook } from './webhook-defaults.ts';

/** What the schemas of objects are made from. */
export interface ObjectSources extends KindSources {
  /** Evaluates the rules of CustomResourceDefinitions in CEL; absent where none meets an object. */
  readonly judgeByRules?: JudgeByRules;
}

/** What judges each object: the schemas of its kind, what all objects have in common, and what no schema says. */
export function objectSchemas(sources: ObjectSources): (resource: Resource) => ObjectSchema {
  const kubernetes = lazily(() => readTable(sources.readShipped('kubernetes.jsonl') ?? noTable));
  const objectMeta = lazily(() => tableCompiler(kubernetes(), kubernetesFormat)(kubernetes().definition('V1ObjectMeta') ?? {}));
  const knownKinds = kindFinder(sources, kubernetes, definition =>
    ofResource(definition)
      .problemsOf(allMinors)
      .every(({ kind }) => kind !== 'type'),
  );
  const definedKinds = lazily(() => new Set(sources.resources.filter(isCustomResourceDefinition).map(({ value }) => definedKind(value))));
  const kinds = new Map<string, Map<string, JudgedKind>>();
  const found = new WeakMap<Resource, ObjectSchema>();
  const context: Context = { files: sources.files, judgeByRules: sources.judgeByRules, objectMeta };
  return ofResource;

  function ofResource(resource: Resource): ObjectSchema {
    let schema = found.get(resource);
    if (schema === undefined) {
      schema = schemaOf(resource, kindOf(resource), context);
      found.set(resource, schema);
    }
    return schema;
  }

  function kindOf(resource: Resource): JudgedKind {
    const ofVersion = kinds.get(resource.apiVersion) ?? new Map<string, JudgedKind>();
    kinds.set(resource.apiVersion, ofVersion);
    let kind = ofVersion.get(resource.kind);
    if (kind === undefined) {
      const schemas = knownKinds.schemasOf(resource);
      kind = { schemas, ...(schemas.length === 0 && mistakenKind(resource)) };
      ofVersion.set(resource.kind, kind);
    }
    return kind;
  }

  function mistakenKind(resource: Resource): Omit<JudgedKind, 'schemas'> {
    const ofKubernetes = unknownKind(kubernetes(), resource);
    if (ofKubernetes !== undefined) return { mistaken: ofKubernetes, mistakenBy: 'kubernetes' };
    const mistaken = definedKinds().has(kindId(resource)) ? undefined : unknownCustomKind(knownKinds, resource);
    return { mistaken, mistakenBy: 'shipped' };
  }
}

const noTable = '{"kinds":{}}\n';

/** What judges the objects of one kind. */
interface JudgedKind {
  readonly schemas: readonly KindSchema[];
  /** That the kind is none. */
  readonly mistaken?: UnknownKind | undefined;
  /** Who says so. */
  readonly mistakenBy?: SchemaSource;
}

interface Context {
  readonly files: ObjectSources['files'];
  readonly judgeByRules: JudgeByRules | undefined;
  /** The metadata of every object. */
  readonly objectMeta: () => SchemaNode;
}

/** A group and a kind, of a CustomResourceDefinition and of an object; one without a version has its group there. */
function definedKind(definition: Fields): string {
  const spec = fieldsAt(definition, 'spec');
  return `${textAt(spec, 'group')}/${textAt(fieldsAt(spec, 'names'), 'kind')}`;
}

function kindId({ group, version, kind }: Resource): string {
  return `${group === '' ? version : group}/${kind}`;
}

function schemaOf(resource: Resource, kind: JudgedKind, context: Context): ObjectSchema {
  const [first] = kind.schemas;
  // Nearly every object is judged for one set of versions.
  let known: { readonly minors: MinorSet; readonly verdict: RulesVerdict } | undefined;
  const verdictFor = (minors: MinorSet): RulesVerdict => {
    if (known?.minors !== minors) known = { minors, verdict: judgeObject(resource, kind, context, minors) };
    return known.verdict;
  };
  return {
    source: kind.mistaken === undefined ? first?.source : kind.mistakenBy,
    minors: first?.minors ?? allMinors,
    problemsOf: minors => verdictFor(minors).problems,
    skipped: minors => verdictFor(minors).skipped,
  };
}

const fits: RulesVerdict = { problems: [], skipped: [] };

function judgeObject(resource: Resource, { schemas, mistaken }: JudgedKind, context: Context, minors: MinorSet): RulesVerdict {
  const value = contentOf(resource, context.files);
  if (!isFields(value)) return fits;
  const { field } = resource;
  const { metadata } = value;
  const own = fewestProblems(schemas, value, field, minors).filter(problem => !isFilledInByWebhook(resource, problem));
  const ofMetadata = isFields(metadata) ? metadataProblems(context.objectMeta(), resource, metadata, { source: schemas[0]?.source, minors }) : none;
  // The API server asks further of what fits the schema, in one of the minors at least.
  const further = own.every(problem => problem.minors !== minors) ? judgeFurther(resource, schemas, value, minors, context.judgeByRules) : fits;
  if (mistaken === undefined && own.length === 0 && ofMetadata.length === 0) return further;
  const ofKind = mistaken === undefined ? none : [{ ...mistaken, field: [...field, mistaken.field], minors }];
  return { problems: [...ofKind, ...ofMetadata, ...own, ...further.problems], skipped: further.skipped };
}

const none: readonly SchemaProblem[] = [];

/** What no schema says: rules in CEL, and what the API server's own code refuses. */
function judgeFurther(
  resource: Resource,
  schemas: readonly KindSchema[],
  value: Fields,
  minors: MinorSet,
  judgeByRules: JudgeByRules | undefined,
): RulesVerdict {
  const [schema, ...others] = schemas;
  if (schema === undefined || others.length > 0) return fits;
  if (schema.definition !== undefined) return judgeByRules?.(schema.definition, value, resource.field) ?? fits;
  const problems = schema.source === 'kubernetes' && !isGenerated(resource) ? combinationProblems(resource, value) : none;
  if (problems.length === 0) return fits;
  return { problems: problems.map(problem => ({ ...problem, field: [...resource.field, ...problem.field], minors })), skipped: [] };
}

/** What a generator writes, such as the CustomResourceDefinitions of controller-gen, has no mistakes of this kind. */
function isGenerated({ document }: Resource): boolean {
  return document.classification.generated === true;
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
function contentOf({ document, field, value }: Resource, files: ObjectSources['files']): unknown {
  const file = document.isReadAlike ? undefined : files.get(document.path);
  const whole = file === undefined ? document.value : readAs(document, file, 'go');
  const read = whole === document.value ? value : valueAt(whole, field);
  if (document.classification.class !== 'sops-encrypted' || !isFields(read)) return read;
  const { sops: _, ...own } = read;
  return own;
}
