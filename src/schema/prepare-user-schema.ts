import type { FieldPath } from '../core/place.ts';
import { foreignExpression } from './foreign-expression.ts';

/** A schema as Ajv may see it: bounded, local, in the words of draft 7 and later. */
export interface PreparedSchema {
  readonly schema: PreparedNode | boolean;
  readonly dialect: 'draft-07' | '2019-09' | '2020-12';
  /** Why some of the schema is left out. */
  readonly skipped: readonly string[];
  /** The node that a `$ref` leads to. */
  readonly target: (reference: string) => PreparedNode | boolean | undefined;
}

export type PreparedNode = Readonly<Record<string, unknown>>;

/** Why a schema cannot be used; with a field it is no JSON Schema, without one this program cannot apply it. */
export class SchemaRefusal extends Error {
  readonly field: FieldPath | undefined;

  constructor(message: string, field?: FieldPath) {
    super(message);
    this.field = field;
  }
}

/** Counts the steps of a validation, beside each `$ref`: the one way to make a short schema long. */
export const stepKeyword = 'x-step';

const mostNodes = 50_000;
const deepest = 200;

/** Copies a schema of a user and leaves out what cannot be applied. Throws a `SchemaRefusal` where nothing is left. */
export function prepareUserSchema(schema: unknown): PreparedSchema {
  const nodes = new Map<string, PreparedNode | boolean>();
  const references: string[] = [];
  const skipped = new Set<string>();
  const named = isRecord(schema) && typeof schema.$schema === 'string' ? schema.$schema : undefined;
  const dialect = named?.includes('2020-12') ? '2020-12' : named?.includes('2019-09') ? '2019-09' : 'draft-07';
  // Until draft 7, what stands beside a reference is not applied.
  const isReferenceAlone = named !== undefined && dialect === 'draft-07';
  const rootId = isRecord(schema) ? [schema.$id, schema.id].find(id => typeof id === 'string') : undefined;
  let count = 0;

  const prepare = (value: unknown, field: FieldPath): PreparedNode | boolean => {
    if (++count > mostNodes) throw new SchemaRefusal('the schema is too large');
    if (field.length > deepest) throw new SchemaRefusal('the schema is nested too deeply');
    if (typeof value === 'boolean') return remember(value, field);
    if (!isRecord(value)) throw new SchemaRefusal('a schema must be a mapping, true or false', field);
    const node: Record<string, unknown> = {};
    remember(node, field);
    const isAlone = isReferenceAlone && typeof value.$ref === 'string';
    for (const [key, content] of Object.entries(value)) {
      if (key === '__proto__' || ignored.has(key)) continue;
      if (isAlone && key !== '$ref' && key !== 'definitions' && key !== '$defs') continue;
      const prepared = prepareKeyword(key, content, value, [...field, key]);
      if (prepared !== undefined) node[key] = prepared;
    }
    if (node.$ref !== undefined) node[stepKeyword] = true;
    settleBounds(node);
    return node;
  };

  const remember = <T extends PreparedNode | boolean>(node: T, field: FieldPath): T => {
    nodes.set(field.join('\u0000'), node);
    return node;
  };

  const prepareKeyword = (key: string, content: unknown, node: PreparedNode, field: FieldPath): unknown => {
    if (key === '$ref') return prepareReference(content, field);
    if (key === '$dynamicRef' || key === '$recursiveRef') throw new SchemaRefusal(`"${key}" is not applied`);
    if (key === 'pattern') return preparePattern(content, field);
    if (key === 'patternProperties') return preparePatterns(content, field);
    if ((key === 'additionalProperties' || key === 'unevaluatedProperties') && hasOpenPatterns(node)) return undefined;
    if (key === 'dependencies') return prepareDependencies(content, field);
    if (key === 'items' && Array.isArray(content)) {
      if (dialect === '2020-12') throw new SchemaRefusal('"items" must be a schema, not a list: use "prefixItems"', field);
      return content.map((item, index) => prepare(item, [...field, index]));
    }
    if (holdsSchema.has(key)) return prepare(content, field);
    if (holdsSchemas.has(key)) return prepareList(content, field);
    if (holdsNamedSchemas.has(key)) return prepareNamed(content, field);
    checkKeyword(key, content, field);
    return content;
  };

  const prepareReference = (reference: unknown, field: FieldPath): string => {
    if (typeof reference !== 'string') throw new SchemaRefusal('"$ref" must be a string', field);
    const local = rootId !== undefined && reference.startsWith(`${rootId.replace(/#$/, '')}#`) ? reference.slice(reference.indexOf('#')) : reference;
    if (!/^#(\/|$)/.test(local)) throw new SchemaRefusal('the schema refers to another one, which is not fetched');
    references.push(local);
    return local;
  };

  const preparePattern = (pattern: unknown, field: FieldPath): unknown => {
    if (typeof pattern !== 'string') throw new SchemaRefusal('"pattern" must be a string', field);
    if (foreignExpression(pattern) !== undefined) return pattern;
    skipped.add('an expression of the schema is not applied');
    return undefined;
  };

  const preparePatterns = (patterns: unknown, field: FieldPath): unknown => {
    if (!isRecord(patterns)) throw new SchemaRefusal('"patternProperties" must be a mapping', field);
    const known = Object.entries(patterns).filter(([pattern]) => foreignExpression(pattern) !== undefined);
    if (known.length < Object.keys(patterns).length) skipped.add('an expression of the schema is not applied');
    return prepareNamed(Object.fromEntries(known), field);
  };

  const prepareList = (list: unknown, field: FieldPath): unknown => {
    if (!Array.isArray(list)) throw new SchemaRefusal(`"${field.at(-1)}" must be a list of schemas`, field);
    return list.length === 0 ? undefined : list.map((item, index) => prepare(item, [...field, index]));
  };

  const prepareNamed = (named: unknown, field: FieldPath): unknown => {
    if (!isRecord(named)) throw new SchemaRefusal(`"${field.at(-1)}" must be a mapping of schemas`, field);
    const prepared: Record<string, unknown> = {};
    for (const [name, content] of Object.entries(named)) if (name !== '__proto__') prepared[name] = prepare(content, [...field, name]);
    return prepared;
  };

  const prepareDependencies = (dependencies: unknown, field: FieldPath): unknown => {
    if (!isRecord(dependencies)) throw new SchemaRefusal('"dependencies" must be a mapping', field);
    const prepared: Record<string, unknown> = {};
    for (const [name, content] of Object.entries(dependencies)) {
      if (name !== '__proto__') prepared[name] = Array.isArray(content) ? content : prepare(content, [...field, name]);
    }
    return prepared;
  };

  const target = (reference: string): PreparedNode | boolean | undefined => nodes.get(pointerParts(reference).join('\u0000'));
  const prepared = prepare(schema, []);
  const broken = references.find(reference => target(reference) === undefined);
  if (broken !== undefined) throw new SchemaRefusal(`nothing answers to the "$ref" "${broken}"`, []);
  return { schema: prepared, dialect, skipped: [...skipped], target };
}

/** What names a schema, says nothing of a value, or means something to Ajv alone. */
const ignored: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  'id',
  '$anchor',
  '$dynamicAnchor',
  '$recursiveAnchor',
  '$comment',
  '$async',
  '$vocabulary',
  '$merge',
  '$patch',
  'title',
  'description',
  'default',
  'examples',
  'example',
  'format',
  'nullable',
  'discriminator',
  'readOnly',
  'writeOnly',
  'deprecated',
  'contentSchema',
  'contentEncoding',
  'contentMediaType',
  stepKeyword,
]);

const holdsSchema: ReadonlySet<string> = new Set([
  'additionalItems',
  'additionalProperties',
  'contains',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
const holdsSchemas: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const holdsNamedSchemas: ReadonlySet<string> = new Set(['properties', 'definitions', '$defs', 'dependentSchemas']);

const types: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']);
const counts: ReadonlySet<string> = new Set([
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'minProperties',
  'maxProperties',
  'minContains',
  'maxContains',
]);

/** Refuses what no JSON Schema may say, for Helm refuses it, too. */
function checkKeyword(key: string, content: unknown, field: FieldPath): void {
  if (key === 'type' && !(Array.isArray(content) ? content.length > 0 && content.every(type => types.has(type)) : types.has(content)))
    throw new SchemaRefusal(`"type" must name types of JSON: ${[...types].map(type => `"${type}"`).join(', ')}`, field);
  if (key === 'required' && !(Array.isArray(content) && content.every(name => typeof name === 'string')))
    throw new SchemaRefusal('"required" must be a list of names', field);
  if (key === 'enum' && !Array.isArray(content)) throw new SchemaRefusal('"enum" must be a list', field);
  if (counts.has(key) && !(Number.isInteger(content) && Number(content) >= 0)) throw new SchemaRefusal(`"${key}" must be a whole number`, field);
  if ((key === 'minimum' || key === 'maximum') && typeof content !== 'number') throw new SchemaRefusal(`"${key}" must be a number`, field);
  if (key === 'multipleOf' && !(typeof content === 'number' && content > 0)) throw new SchemaRefusal('"multipleOf" must be a number above 0', field);
  if (/^exclusiveM(in|ax)imum$/.test(key) && typeof content !== 'number' && typeof content !== 'boolean')
    throw new SchemaRefusal(`"${key}" must be a number`, field);
  if (key === 'uniqueItems' && typeof content !== 'boolean') throw new SchemaRefusal('"uniqueItems" must be true or false', field);
}

/** In draft 4 `exclusiveMinimum: true` says that the minimum itself does not fit. */
function settleBounds(node: Record<string, unknown>): void {
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof node[exclusive] !== 'boolean') continue;
    const isExclusive = node[exclusive];
    delete node[exclusive];
    if (!isExclusive || node[bound] === undefined) continue;
    node[exclusive] = node[bound];
    delete node[bound];
  }
}

/** Whether it cannot be told which fields are additional. */
function hasOpenPatterns({ patternProperties }: PreparedNode): boolean {
  return isRecord(patternProperties) && Object.keys(patternProperties).some(pattern => foreignExpression(pattern) === undefined);
}

/** The parts of a JSON pointer, RFC 6901, in a fragment. */
function pointerParts(reference: string): string[] {
  const parts = reference.slice(1).split('/').slice(1);
  return parts.map(part => decode(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
