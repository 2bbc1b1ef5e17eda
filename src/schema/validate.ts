import { didYouMean } from '../core/did-you-mean.ts';
import { allMinors } from '../core/kubernetes-minors.ts';
import type { FieldPath } from '../core/place.ts';
import type { SchemaProblem } from '../core/schema.ts';
import type { JsonSchema, JsonType } from './json-schema.ts';

/** Every mistake of a value, in the order of the value; nothing where it fits. */
export function validate(schema: JsonSchema, value: unknown): readonly SchemaProblem[] {
  return problemsOf(value, schema, [], { root: schema, isGo: schema['x-reader'] === 'go' });
}

type Problems = readonly SchemaProblem[];

/** Nearly every value fits: what says so must cost nothing. */
const none: Problems = [];

/** Where a value stands. One array is used for all values, so a problem keeps a copy. */
type Path = (string | number)[];

interface Reading {
  readonly root: JsonSchema;
  readonly isGo: boolean;
}

function problemsOf(value: unknown, schema: JsonSchema, field: Path, reading: Reading): Problems {
  const { $ref, type, anyOf } = schema;
  if ($ref !== undefined) return problemsOf(value, definition($ref, reading.root), field, reading);
  if (value === null && reading.isGo) return none;
  if (type !== undefined && !isOfType(value, type, reading)) return [wrongType(value, schema, field)];
  const words = schema.const === undefined ? schema.enum : [schema.const];
  if (words !== undefined) return words.includes(value) ? none : [notAlternative(value, words, field)];
  if (anyOf !== undefined) return problemsOfBest(value, schema, anyOf, field, reading);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return problemsOfScalar(value, schema, field);
  if (Array.isArray(value)) return problemsOfItems(value, schema, field, reading);
  return isRecord(value) ? problemsOfFields(value, schema, field, reading) : none;
}

function definition(reference: string, root: JsonSchema): JsonSchema {
  const found = root.$defs?.[reference.replace('#/$defs/', '')];
  if (found === undefined) throw new Error(`the schema has no "${reference}"`);
  return found;
}

function isOfType(value: unknown, wanted: JsonType | readonly JsonType[], { isGo }: Reading): boolean {
  const types = typeof wanted === 'string' ? [wanted] : wanted;
  const type = typeOf(value);
  if (types.includes(type) || (type === 'integer' && types.includes('number'))) return true;
  return isGo && typeof value === 'string' && types.includes('boolean') && yaml11Boolean.test(value);
}

/** Words that YAML 1.1 takes for booleans where they are not quoted; https://yaml.org/type/bool.html */
const yaml11Boolean = /^(y|yes|n|no|on|off)$/i;

function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}

/** The alternative that was meant: the one of the value's type or, among several, the one with the fewest problems. */
function problemsOfBest(value: unknown, schema: JsonSchema, alternatives: readonly JsonSchema[], field: Path, reading: Reading): Problems {
  const resolve = (alternative: JsonSchema) => (alternative.$ref === undefined ? alternative : definition(alternative.$ref, reading.root));
  let best: Problems | undefined;
  for (const alternative of alternatives) {
    const problems = problemsOf(value, alternative, field, reading);
    if (problems.length === 0) return none;
    const isOfOtherType = problems.some(problem => problem.kind === 'type' && problem.field.length === field.length);
    if (!isOfOtherType && (best === undefined || problems.length < best.length)) best = problems;
  }
  if (best === undefined) return [wrongType(value, schema, field, alternatives.map(resolve))];
  const hasWords = schema['x-expected'] !== undefined && best.every(problem => problem.field.length === field.length && problem.kind === 'value');
  return hasWords ? [notExpected(value, schema, field)] : best;
}

function problemsOfScalar(value: string | number | boolean, schema: JsonSchema, field: Path): Problems {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY, minLength = 0, pattern } = schema;
  const fits =
    typeof value === 'string'
      ? (minLength === 0 || [...value].length >= minLength) && (pattern === undefined || expression(pattern).test(value))
      : typeof value !== 'number' || (value >= minimum && value <= maximum);
  return fits ? none : [notExpected(value, schema, field)];
}

const expressions = new Map<string, RegExp>();

function expression(pattern: string): RegExp {
  const compiled = expressions.get(pattern) ?? new RegExp(pattern, 'u');
  expressions.set(pattern, compiled);
  return compiled;
}

function problemsOfItems(value: readonly unknown[], schema: JsonSchema, field: Path, reading: Reading): Problems {
  const { items, minItems = 0 } = schema;
  if (value.length < minItems) return [problem(field, `${subject(field)} must not be empty`)];
  if (items === undefined) return none;
  const problems: SchemaProblem[] = [];
  for (let index = 0; index < value.length; index++) problems.push(...problemsOfChild(value[index], items, index, field, reading));
  return problems;
}

function problemsOfFields(value: Readonly<Record<string, unknown>>, schema: JsonSchema, field: Path, reading: Reading): Problems {
  const problems: SchemaProblem[] = [];
  const present = new Set<string>();
  for (const key of Object.keys(value)) {
    const name = propertyNamed(key, schema, reading);
    if (schema.required !== undefined) present.add(name);
    const childSchema = schemaOfField(name, schema);
    if (childSchema === undefined) continue;
    if (childSchema !== false) problems.push(...problemsOfChild(value[key], childSchema, key, field, reading));
    else {
      // Who has hundreds of unknown fields has not misspelt them.
      const suggestion = problems.length < maxSuggestions ? suggest(key, Object.keys(schema.properties ?? {})) : undefined;
      // A misspelt name is one mistake, not two.
      if (suggestion !== undefined) present.add(suggestion);
      problems.push(unknownField([...field, key], key, suggestion, schema));
    }
  }
  for (const name of schema.required ?? []) if (!present.has(name)) problems.push(missingField(field, name));
  return problems;
}

function problemsOfChild(value: unknown, schema: JsonSchema, part: string | number, field: Path, reading: Reading): Problems {
  field.push(part);
  const problems = problemsOf(value, schema, field, reading);
  field.pop();
  return problems;
}

const noSchemas: Readonly<Record<string, JsonSchema>> = {};

/** The property that a key stands for: encoding/json takes any case where no name is equal. */
function propertyNamed(key: string, { properties = noSchemas }: JsonSchema, { isGo }: Reading): string {
  if (!isGo || Object.hasOwn(properties, key)) return key;
  const lower = key.toLowerCase();
  return Object.keys(properties).find(name => name.toLowerCase() === lower) ?? key;
}

/** What judges a field; `false` where it may not be there, nothing where anything goes. */
function schemaOfField(name: string, { properties = noSchemas, patternProperties = noSchemas, additionalProperties }: JsonSchema) {
  if (Object.hasOwn(properties, name)) return properties[name];
  for (const pattern in patternProperties) if (expression(pattern).test(name)) return patternProperties[pattern];
  return additionalProperties === true ? undefined : additionalProperties;
}

/** A near word, or the shortest of those that begin as the other does, such as `patch` and `patches`. */
function suggest(word: string, candidates: readonly string[]): string | undefined {
  const near = didYouMean(word, candidates);
  if (near !== undefined || word.length < shortestStem) return near;
  const lower = word.toLowerCase();
  const related = candidates.filter(candidate => candidate.toLowerCase().startsWith(lower) || lower.startsWith(candidate.toLowerCase()));
  return related.sort((a, b) => a.length - b.length)[0];
}

const shortestStem = 4;
const maxSuggestions = 100;

function unknownField(
  field: FieldPath,
  key: string,
  suggestion: string | undefined,
  { properties = {}, 'x-name': name = 'field' }: JsonSchema,
): SchemaProblem {
  const names = Object.keys(properties).map(property => `"${property}"`);
  const known = names.length === 0 || names.length > mostListed ? '' : `: known here ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
  const remedy = suggestion === undefined ? known : `: did you mean "${suggestion}"?`;
  return { minors: allMinors, field, part: 'key', kind: 'unknown-field', message: `unknown ${name} "${key}"${remedy}` };
}

function missingField(field: FieldPath, name: string): SchemaProblem {
  return {
    field: [...field],
    part: typeof field.at(-1) === 'string' ? 'key' : 'value',
    kind: 'missing-field',
    minors: allMinors,
    message: `${subject(field)} has no "${name}"`,
  };
}

function wrongType(value: unknown, schema: JsonSchema, field: FieldPath, alternatives: readonly JsonSchema[] = []): SchemaProblem {
  const types = [schema, ...alternatives].flatMap(({ type }) => type ?? []);
  const expected = schema['x-expected'] ?? either([...new Set(types.map(type => typeNames[type]))]);
  const isBareScalar = types.includes('string') && (typeof value === 'number' || typeof value === 'boolean');
  const remedy = isBareScalar ? ': quote it' : '';
  return {
    field: [...field],
    part: 'value',
    kind: 'type',
    minors: allMinors,
    message: `${subject(field)} must be ${expected}, not ${typeNames[typeOf(value)]}${remedy}`,
  };
}

const typeNames: Readonly<Record<JsonType, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
  null: 'empty',
};

function notAlternative(value: unknown, alternatives: readonly unknown[], field: FieldPath): SchemaProblem {
  const suggestion = typeof value === 'string' ? suggest(value, alternatives.filter(isString)) : undefined;
  const remedy = suggestion === undefined ? '' : `: did you mean "${suggestion}"?`;
  const shown = alternatives.filter(alternative => alternative !== '').map(alternative => `"${alternative}"`);
  return problem(field, `${subject(field)} must be ${either(shown)}${remedy}`);
}

function notExpected(value: unknown, schema: JsonSchema, field: FieldPath): SchemaProblem {
  const { minimum, maximum, pattern } = schema;
  const range = [minimum !== undefined && `at least ${minimum}`, maximum !== undefined && `at most ${maximum}`]
    .filter(part => part !== false)
    .join(' and ');
  const words = schema['x-expected'] ?? (typeof value === 'number' ? range : value === '' ? 'a text' : `a text that matches ${pattern}`);
  return problem(field, `${subject(field)} must be ${words}`);
}

function problem(field: FieldPath, message: string): SchemaProblem {
  return { field: [...field], part: 'value', kind: 'value', minors: allMinors, message };
}

/** How a message names a field. */
function subject(field: FieldPath): string {
  const last = field.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'string') return `"${last}"`;
  const owner = field.findLast(part => typeof part === 'string');
  return owner === undefined ? 'an item' : `an item of "${owner}"`;
}

function either(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

const mostListed = 6;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
