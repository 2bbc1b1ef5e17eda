import { didYouMean } from '../core/did-you-mean.ts';
import { describeMinors } from '../core/kubernetes-minors.ts';
import type { FieldPath } from '../core/place.ts';
import type { MinorSet, SchemaProblem } from '../core/schema.ts';
import type { JsonSchema, JsonType } from './json-schema.ts';
import { type SchemaNode, typeBit } from './schema-node.ts';

/** What is wrong with the value at a field, or with its key. */
export type Mistake = Pick<SchemaProblem, 'kind' | 'message' | 'missing' | 'suggestion'> & { readonly part?: 'key' };

/** A near word, or the shortest of those that begin as the other does, such as `patch` and `patches`. */
export function suggest(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > longestWord || candidates.length > mostCandidates) return undefined;
  const near = didYouMean(word, candidates);
  if (near !== undefined || word.length < shortestStem) return near;
  const lower = word.toLowerCase();
  const related = candidates.filter(
    candidate => candidate !== '' && (candidate.toLowerCase().startsWith(lower) || lower.startsWith(candidate.toLowerCase())),
  );
  return related.sort((a, b) => a.length - b.length)[0];
}

const longestWord = 200;
const mostCandidates = 1000;
const shortestStem = 4;

/** The candidate that is a slip of the pen away: one letter too many, too few or wrong, or two swapped. */
export function findSlip(word: string, candidates: readonly string[]): string | undefined {
  const near = word.length < shortestSlip ? undefined : didYouMean(word, candidates);
  return near !== undefined && isSlip(word.toLowerCase(), near.toLowerCase()) ? near : undefined;
}

const shortestSlip = 3;

function isSlip(written: string, known: string): boolean {
  let start = 0;
  while (start < written.length && written[start] === known[start]) start++;
  let end = 0;
  while (end < Math.min(written.length, known.length) - start && written.at(-1 - end) === known.at(-1 - end)) end++;
  const [wrong, right] = [written.slice(start, written.length - end), known.slice(start, known.length - end)];
  const isSwap = wrong.length === 2 && right.length === 2 && wrong[0] === right[1] && wrong[1] === right[0];
  return isSwap || (wrong.length <= 1 && right.length <= 1);
}

/** `known` are the fields that there are, in the versions that are asked for. */
export function unknownField(
  key: string,
  suggestion: string | undefined,
  { 'x-name': name = 'field' }: JsonSchema,
  known: readonly string[],
): Mistake {
  const names = known.map(field => `"${field}"`);
  const listed = names.length === 0 || names.length > mostListed ? '' : `: known here ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`;
  const remedy = suggestion === undefined ? listed : `: did you mean "${suggestion}"?`;
  return { part: 'key', kind: 'unknown-field', ...(suggestion !== undefined && { suggestion }), message: `unknown ${name} "${key}"${remedy}` };
}

const mostListed = 6;
const mostWords = 24;

/** A field that only other versions of Kubernetes have. */
export function fieldOfOtherVersions(key: string, minors: MinorSet): Mistake {
  return { part: 'key', kind: 'unknown-field', message: `unknown field "${key}": only Kubernetes ${describeMinors(minors)} has it` };
}

export function missingField(name: string, field: FieldPath): Mistake {
  return {
    ...(typeof field.at(-1) === 'string' && { part: 'key' }),
    kind: 'missing-field',
    missing: name,
    message: `${subject(field)} has no "${name}"`,
  };
}

export function wrongType(value: unknown, { schema, types }: SchemaNode, field: FieldPath, alternatives: readonly SchemaNode[] = []): Mistake {
  return notOfTypes(
    value,
    alternatives.reduce((bits, node) => bits | node.types, types),
    field,
    schema['x-expected'],
  );
}

/** `types` are bits of `typeBit`; `words` stand in their place where they are given. */
export function notOfTypes(value: unknown, types: number, field: FieldPath, words?: string): Mistake {
  const wanted = types & ~typeBit.null;
  const isText = words === undefined ? (wanted & typeBit.string) !== 0 : wanted === typeBit.string;
  const isBareScalar = isText && (typeof value === 'number' || typeof value === 'boolean');
  const isQuoted = typeof value === 'string' && isReadAs(value, wanted);
  const remedy = isBareScalar ? ': quote it' : isQuoted ? ': remove the quotes' : '';
  const expected = words ?? either(namesOf(wanted));
  return { kind: isBareScalar ? 'implicit-type' : 'type', message: `${subject(field)} must be ${expected}, not ${nameOf(value)}${remedy}` };
}

/** Whether a text without its quotes would be of one of the types. */
function isReadAs(text: string, types: number): boolean {
  const isNumber = /^-?\d+$/.test(text) ? types & typeBit.integer : /^-?\d+\.\d+$/.test(text) && (types & typeBit.number) === typeBit.number;
  return Boolean(isNumber) || ((types & typeBit.boolean) !== 0 && (text === 'true' || text === 'false'));
}

const typeNames: Readonly<Record<Exclude<JsonType, 'null'>, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  array: 'a list',
};

function namesOf(types: number): string[] {
  const names: string[] = [];
  if (types & typeBit.string) names.push(typeNames.string);
  if ((types & typeBit.number) === typeBit.number) names.push(typeNames.number);
  else if (types & typeBit.integer) names.push(typeNames.integer);
  if (types & typeBit.boolean) names.push(typeNames.boolean);
  if (types & typeBit.object) names.push(typeNames.object);
  if (types & typeBit.array) names.push(typeNames.array);
  return names;
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return typeNames.array;
  if (typeof value === 'number') return Number.isInteger(value) ? typeNames.integer : typeNames.number;
  if (typeof value === 'string') return typeNames.string;
  return typeof value === 'boolean' ? typeNames.boolean : typeNames.object;
}

export function notAlternative(value: unknown, { schema, words = [] }: SchemaNode, field: FieldPath): Mistake {
  return notAWord(value, words, field, schema['x-expected']);
}

/** `expected` stands in the place of the words where it is given. */
export function notAWord(value: unknown, words: readonly unknown[], field: FieldPath, expected?: string): Mistake {
  const suggestion = typeof value === 'string' ? suggest(value, words.filter(isString)) : undefined;
  const remedy = suggestion === undefined ? '' : `: did you mean "${suggestion}"?`;
  const message = `${subject(field)} must be ${expected ?? listWords(words)}${remedy}`;
  return { kind: 'word', ...(suggestion !== undefined && { suggestion }), message };
}

function listWords(words: readonly unknown[]): string {
  if (words.length > mostWords) return `one of ${words.length} words`;
  const shown = words.filter(word => word !== '' && word !== null).map(word => `"${isString(word) ? word : JSON.stringify(word)}"`);
  return either(shown);
}

export function notExpected(value: unknown, schema: JsonSchema, field: FieldPath): Mistake {
  return mistake(`${subject(field)} must be ${schema['x-expected'] ?? wordsFor(value, schema)}`);
}

function wordsFor(value: unknown, schema: JsonSchema): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, pattern, minLength = 0, maxLength } = schema;
  if (typeof value === 'number') {
    const above = typeof exclusiveMinimum === 'number' ? exclusiveMinimum : exclusiveMinimum === true ? minimum : undefined;
    const below = typeof exclusiveMaximum === 'number' ? exclusiveMaximum : exclusiveMaximum === true ? maximum : undefined;
    const limits = [
      above !== undefined ? `more than ${above}` : minimum !== undefined && `at least ${minimum}`,
      below !== undefined ? `less than ${below}` : maximum !== undefined && `at most ${maximum}`,
      multipleOf !== undefined && `a multiple of ${multipleOf}`,
    ];
    return limits.filter(limit => limit !== false).join(' and ') || 'a number';
  }
  if (value === '') return 'a text that is not empty';
  if (typeof value === 'string' && maxLength !== undefined && value.length > maxLength) return `a text of at most ${count(maxLength, 'character')}`;
  if (typeof value === 'string' && value.length < minLength) return `a text of at least ${count(minLength, 'character')}`;
  return `a text that matches ${pattern}`;
}

export function sizeOf(size: number, minimum = 0, maximum: number | undefined, what: 'item' | 'field', field: FieldPath): Mistake {
  if (size === 0) return mistake(`${subject(field)} must not be empty`);
  return mistake(`${subject(field)} must have ${size < minimum ? `at least ${count(minimum, what)}` : `at most ${count(maximum ?? 0, what)}`}`);
}

export function duplicateItem(keys: readonly string[], parts: readonly unknown[], field: FieldPath): Mistake {
  const names = keys.map((key, index) => `${key} "${shorten(String(parts[index]))}"`);
  const what = names.length === 0 ? 'the same item' : names.join(', ');
  return { kind: 'duplicate-item', message: `${what} stands twice in ${subject(field)}: keep one of the two` };
}

/** A part of a secret would not be known for one where messages are masked: all of a text or nothing. */
function shorten(text: string): string {
  return text.length > longestShown ? '…' : text;
}

const longestShown = 60;

/** A key that `propertyNames` does not take. */
export function forbiddenName(name: string, { enum: words, pattern, 'x-expected': expected }: JsonSchema): Mistake {
  const wanted = expected ?? (words === undefined ? `a name that matches ${pattern}` : either(words.map(word => `"${word}"`)));
  return { part: 'key', kind: 'value', message: `the key "${shorten(name)}" must be ${wanted}` };
}

/** Too few, too many, or the wrong ones of fields that exclude or need each other. */
export function wrongCombination({ schema }: SchemaNode, field: FieldPath, hasSeveral: boolean, alternatives: readonly SchemaNode[]): Mistake {
  if (schema['x-expected'] !== undefined) return { kind: 'combination', message: `${subject(field)} must be ${schema['x-expected']}` };
  const sets = alternatives.map(({ schema: { required = [] } }) => required.map(name => `"${name}"`).join(' and '));
  const names = [...new Set(sets)].filter(name => name !== '');
  if (names.length < 2) return { kind: 'combination', message: `${subject(field)} has fields that do not go together` };
  const message = hasSeveral
    ? `${subject(field)} takes only one of ${either(names)}: remove the others`
    : `${subject(field)} has none of ${either(names)}: add one`;
  return { ...(typeof field.at(-1) === 'string' && { part: 'key' }), kind: hasSeveral ? 'combination' : 'missing-field', message };
}

/** A value that `not` excludes. */
export function excluded({ schema }: SchemaNode, { schema: forbidden }: SchemaNode, field: FieldPath): Mistake {
  const { required = [], enum: words } = forbidden;
  if (schema['x-expected'] === undefined && required.length > 0)
    return { kind: 'combination', message: `${subject(field)} must not have ${both(required.map(name => `"${name}"`))}` };
  if (schema['x-expected'] === undefined && words !== undefined)
    return mistake(`${subject(field)} must not be ${either(words.map(word => `"${word}"`))}`);
  return mistake(`${subject(field)} must be ${schema['x-expected'] ?? 'something else'}`);
}

function mistake(message: string): Mistake {
  return { kind: 'value', message };
}

/** How a message names a field. */
export function subject(field: FieldPath): string {
  const last = field.at(-1);
  if (last === undefined) return 'the document';
  if (typeof last === 'string') return `"${last}"`;
  const owner = field.findLast(part => typeof part === 'string');
  return owner === undefined ? 'an item' : `an item of "${owner}"`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function either(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function both(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
