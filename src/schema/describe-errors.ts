import type { ErrorObject } from 'ajv';
import { didYouMean } from '../core/did-you-mean.ts';
import { allMinors } from '../core/kubernetes-minors.ts';
import type { FieldPath } from '../core/place.ts';
import type { ProblemKind, SchemaProblem } from '../core/schema.ts';
import type { PreparedNode, PreparedSchema } from './prepare-user-schema.ts';

/** What Ajv says, as one problem for each mistake. */
export function describeErrors(errors: readonly ErrorObject[], value: unknown, schema: PreparedSchema): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  for (const error of withoutAlternatives(errors, schema)) {
    const problem = describe(error, value);
    if (problem && !problems.some(known => known.message === problem.message && known.field.join('\u0000') === problem.field.join('\u0000')))
      problems.push(problem);
    if (problems.length >= mostProblems) break;
  }
  return problems;
}

const mostProblems = 100;

/** In the place of the errors of all alternatives stand those of the alternative that was meant, or the one that none fits. */
function withoutAlternatives(errors: readonly ErrorObject[], schema: PreparedSchema): readonly ErrorObject[] {
  let left: readonly ErrorObject[] = errors.slice(0, mostErrors);
  for (const choice of left) {
    if ((choice.keyword !== 'anyOf' && choice.keyword !== 'oneOf') || !left.includes(choice)) continue;
    const branches = alternativesOf(choice).map(branch => nodesBelow(branch, schema));
    const before = left.slice(0, left.indexOf(choice));
    const ofBranch = branches.map(nodes =>
      before.filter(error => isBelow(error, choice) && isNode(error.parentSchema) && nodes.has(error.parentSchema)),
    );
    const inner = new Set(ofBranch.flat());
    const meant = choice.params.passingSchemas ? undefined : meantAlternative(ofBranch, choice);
    const kept = new Set(meant ?? [choice]);
    left = left.filter(error => kept.has(error) || (error !== choice && !inner.has(error)));
  }
  return left;
}

const mostErrors = 2000;

function alternativesOf({ schema }: ErrorObject): readonly unknown[] {
  return Array.isArray(schema) ? schema : [];
}

/** The errors of the one alternative that is of the value's own type; of several the one with the fewest, if it is one alone. */
function meantAlternative(ofBranch: readonly (readonly ErrorObject[])[], choice: ErrorObject): readonly ErrorObject[] | undefined {
  const possible = ofBranch.filter(
    errors => errors.length > 0 && !errors.some(({ keyword, instancePath }) => instancePath === choice.instancePath && misses.has(keyword)),
  );
  const fewest = Math.min(...possible.map(({ length }) => length));
  const best = possible.filter(({ length }) => length === fewest);
  return best.length === 1 || (best.length > 0 && typeof choice.data === 'object') ? best[0] : undefined;
}

/** What says that another alternative is meant. */
const misses: ReadonlySet<string> = new Set(['type', 'const', 'enum', 'false schema']);

function isBelow({ instancePath }: ErrorObject, { instancePath: above }: ErrorObject): boolean {
  return instancePath === above || instancePath.startsWith(`${above}/`);
}

/** Every node that a schema applies, through its references. */
function nodesBelow(start: unknown, schema: PreparedSchema): ReadonlySet<PreparedNode> {
  const nodes = new Set<PreparedNode>();
  const waiting: unknown[] = [start];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      waiting.push(...value);
      continue;
    }
    const node = value as PreparedNode;
    if (nodes.has(node)) continue;
    nodes.add(node);
    if (typeof node.$ref === 'string') waiting.push(schema.target(node.$ref));
    waiting.push(...Object.values(node));
  }
  return nodes;
}

function isNode(value: unknown): value is PreparedNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(error: ErrorObject, value: unknown): SchemaProblem | undefined {
  const { keyword, params, parentSchema, data, schema } = error;
  const field = fieldOf(error.instancePath, value);
  const of = subject(field);
  const problem = (kind: ProblemKind, message: string): SchemaProblem => ({ field, part: 'value', kind, message, minors: allMinors });
  switch (keyword) {
    case 'if':
    case 'propertyNames':
      return undefined;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknownField(field, String(params.additionalProperty ?? params.unevaluatedProperty), parentSchema);
    case 'required':
    case 'dependentRequired':
    case 'dependencies':
      return { ...problem('missing-field', `${of} has no "${params.missingProperty}"`), part: typeof field.at(-1) === 'string' ? 'key' : 'value' };
    case 'type':
      return problem(isBare(data, schema) ? 'implicit-type' : 'type', wrongType(of, data, schema));
    case 'enum':
    case 'const':
      return problem('word', `${of} must be ${alternatives(keyword === 'const' ? [schema] : schema, data)}`);
    case 'anyOf':
    case 'oneOf':
      return params.passingSchemas
        ? problem('combination', `${of} fits more than one alternative of the schema: one has to be left`)
        : problem('type', noAlternative(of, error));
    case 'not':
    case 'false schema':
      return problem('combination', `${of} is what the schema rules out`);
    case 'pattern':
      return problem('value', `${of} must match ${String(schema)}`);
    case 'uniqueItems':
      return problem('duplicate-item', `${of} has the same item twice`);
    case 'contains':
      return problem('value', `${of} lacks an item that the schema wants`);
    default:
      return problem('value', `${of} ${limits[keyword]?.(params.limit ?? params.multipleOf) ?? 'does not fit the schema'}`);
  }
}

const limits: Readonly<Record<string, (limit: unknown) => string>> = {
  minimum: limit => `must be at least ${limit}`,
  maximum: limit => `must be at most ${limit}`,
  exclusiveMinimum: limit => `must be more than ${limit}`,
  exclusiveMaximum: limit => `must be less than ${limit}`,
  multipleOf: limit => `must be a multiple of ${limit}`,
  minLength: limit => (limit === 1 ? 'must not be empty' : `must have at least ${limit} characters`),
  maxLength: limit => `must have at most ${limit} characters`,
  minItems: limit => (limit === 1 ? 'must not be empty' : `must have at least ${limit} items`),
  maxItems: limit => `must have at most ${limit} items`,
  items: limit => `must have at most ${limit} items`,
  additionalItems: limit => `must have at most ${limit} items`,
  unevaluatedItems: limit => `must have at most ${limit} items`,
  minProperties: limit => (limit === 1 ? 'must not be empty' : `must have at least ${limit} fields`),
  maxProperties: limit => `must have at most ${limit} fields`,
};

function unknownField(field: FieldPath, key: string, schema: unknown): SchemaProblem {
  const properties = isNode(schema) && isNode(schema.properties) ? Object.keys(schema.properties) : [];
  const near = didYouMean(key, properties);
  const listed =
    properties.length > 0 && properties.length <= mostListed ? `: known here ${properties.length === 1 ? 'is' : 'are'} ${quote(properties)}` : '';
  return {
    field: [...field, key],
    part: 'key',
    kind: 'unknown-field',
    message: `unknown value "${key}"${near === undefined ? listed : `: did you mean "${near}"?`}`,
    minors: allMinors,
  };
}

const mostListed = 6;

function quote(words: readonly string[]): string {
  return words.map(word => `"${word}"`).join(', ');
}

function wrongType(of: string, data: unknown, schema: unknown): string {
  const types = (Array.isArray(schema) ? schema : [schema]).map(String);
  const remedy = isBare(data, schema) ? ': quote it' : typeof data === 'string' && isQuoted(data, types) ? ': write it without quotes' : '';
  return `${of} must be ${either(types.map(type => typeNames[type] ?? type))}, not ${typeNames[typeOf(data)]}${remedy}`;
}

/** A number or a boolean where a string is wanted. */
function isBare(data: unknown, schema: unknown): boolean {
  const types = Array.isArray(schema) ? schema : [schema];
  return types.includes('string') && (typeof data === 'number' || typeof data === 'boolean');
}

/** A text that would fit if it were no text. */
function isQuoted(data: string, types: readonly string[]): boolean {
  if (/^-?(0|[1-9]\d{0,15})$/.test(data)) return types.includes('integer') || types.includes('number');
  return types.includes('boolean') && (data === 'true' || data === 'false');
}

function noAlternative(of: string, { schema, data }: ErrorObject): string {
  const types = (Array.isArray(schema) ? schema : []).flatMap(branch => (isNode(branch) ? branch.type : undefined) ?? []).map(String);
  const isOther = types.length > 0 && !types.includes(typeOf(data)) && !(typeOf(data) === 'integer' && types.includes('number'));
  return isOther ? wrongType(of, data, [...new Set(types)]) : `${of} fits none of the alternatives of the schema`;
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
  null: 'empty',
};

function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

function alternatives(values: unknown, data: unknown): string {
  const words = (Array.isArray(values) ? values : []).filter(word => typeof word !== 'object' || word === null);
  const near =
    typeof data === 'string'
      ? didYouMean(
          data,
          words.filter(word => typeof word === 'string'),
        )
      : undefined;
  if (words.length === 0 || words.length > mostAlternatives)
    return near === undefined ? 'one of the values of the schema' : `one of the values of the schema: did you mean "${near}"?`;
  const shown = either(words.map(word => (word === null ? 'empty' : `"${String(word)}"`)));
  return near === undefined ? shown : `${shown}: did you mean "${near}"?`;
}

const mostAlternatives = 20;

function either(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** How a message names a field. */
function subject(field: FieldPath): string {
  const last = field.at(-1);
  if (last === undefined) return 'the whole';
  if (typeof last === 'string') return `"${last}"`;
  const owner = field.findLast(part => typeof part === 'string');
  return owner === undefined ? 'an item' : `an item of "${owner}"`;
}

/** The field of a JSON pointer; items of lists are numbers. */
function fieldOf(pointer: string, value: unknown): FieldPath {
  const field: (string | number)[] = [];
  let found = value;
  for (const written of pointer.split('/').slice(1)) {
    const part = written.replaceAll('~1', '/').replaceAll('~0', '~');
    field.push(Array.isArray(found) ? Number(part) : part);
    found = typeof found === 'object' && found !== null ? (found as Readonly<Record<string, unknown>>)[part] : undefined;
  }
  return field;
}
