import { allMinors } from '../core/kubernetes-minors.ts';
import type { FieldPath } from '../core/place.ts';
import type { MinorSet, ProblemKind, SchemaProblem } from '../core/schema.ts';
import { shippedExpression } from './expressions.ts';
import { noFormat } from './format-checks.ts';
import type { JsonSchema } from './json-schema.ts';
import {
  duplicateItem,
  excluded,
  fieldOfOtherVersions,
  findSlip,
  forbiddenName,
  type Mistake,
  missingField,
  notAlternative,
  notExpected,
  sizeOf,
  suggest,
  unknownField,
  wrongCombination,
  wrongType,
} from './problem-messages.ts';
import { bitOf, type Child, type Compile, compiler, nodeOf, type SchemaNode, typeBit } from './schema-node.ts';

/** Every mistake of a value, in the order of the value; nothing where it fits. */
export function validate(schema: JsonSchema, value: unknown): readonly SchemaProblem[] {
  return judge(compilerOf(schema)(schema), value, { isGo: schema['x-reader'] === 'go' });
}

const compilers = new WeakMap<JsonSchema, Compile>();

function compilerOf(root: JsonSchema): Compile {
  let compile = compilers.get(root);
  if (compile === undefined) {
    compile = compiler({
      isStructural: false,
      expression: shippedExpression,
      format: noFormat,
      resolve: reference => (reference === '#' ? root : root.$defs?.[reference.replace('#/$defs/', '')]),
    });
    compilers.set(root, compile);
  }
  return compile;
}

/** How a value is to be judged. */
export interface Judging {
  /** The minors of Kubernetes that are asked for; all where absent. */
  readonly minors?: MinorSet;
  /** The file is read by Go's encoding/json: the case of a key does not matter, and null leaves a field as it is. */
  readonly isGo?: boolean;
  /** The value is an object of Kubernetes, judged by a structural schema. */
  readonly isStructural?: boolean;
  /** Where the value stands in its document. */
  readonly field?: FieldPath;
}

/** As `validate`, by a node. */
export function judge(
  node: SchemaNode,
  value: unknown,
  { minors = allMinors, isGo = false, isStructural = false, field = [] }: Judging,
): readonly SchemaProblem[] {
  const walk: Walk = { field: [...field], problems: none, minors, isGo, isStructural };
  walkValue(node, value, walk);
  return walk.problems;
}

/** Nearly every value fits: what says so must cost nothing. */
const none: SchemaProblem[] = [];

/** Where a walk is. One array is used for all values, so a problem keeps a copy. */
interface Walk extends Required<Omit<Judging, 'field'>> {
  readonly field: (string | number)[];
  problems: SchemaProblem[];
  minors: MinorSet;
}

/** Says what is wrong at the place of the walk, or at a key or item below it. */
function report(walk: Walk, mistake: Mistake, below?: string | number, minors = walk.minors): void {
  if (walk.problems === none) walk.problems = [];
  walk.problems.push(problemAt(walk, mistake, below, minors));
}

function problemAt(walk: Walk, mistake: Mistake, below?: string | number, minors = walk.minors): SchemaProblem {
  return { field: below === undefined ? [...walk.field] : [...walk.field, below], part: 'value', ...mistake, minors };
}

function append(walk: Walk, problems: readonly SchemaProblem[]): void {
  if (problems.length > 0) walk.problems = [...walk.problems, ...problems];
}

function walkValue(node: SchemaNode, value: unknown, walk: Walk): void {
  walkTyped(node, value, bitOf(value), walk);
}

const { object: objectBit, array: arrayBit, null: nullBit } = typeBit;

/** `bit` is that of the value's type. */
function walkTyped(node: SchemaNode, value: unknown, bit: number, walk: Walk): void {
  const { types, words } = node;
  if (bit === nullBit && walk.isGo) return;
  if (types !== 0 && (types & bit) === 0 && !isGoBoolean(value, node, walk)) {
    report(walk, wrongType(value, node, walk.field));
    return;
  }
  if (words !== undefined && !words.includes(value) && !isWord(value, bit, words, walk)) {
    report(walk, notAlternative(walk.problems.length < maxSuggestions ? value : undefined, node, walk.field));
    return;
  }
  if (bit === objectBit) walkFields(node, value as Fields, walk);
  else if (bit === arrayBit) walkItems(node, value as readonly unknown[], walk);
  else if (node.hasScalarChecks && bit !== nullBit) checkScalar(node, value as string | number | boolean, walk);
  if (node.hasBranches && !(bit === nullBit && walk.isStructural)) walkBranches(node, value, walk);
}

/** Null stands for a field that is absent; lists and mappings are compared as a whole. */
function isWord(value: unknown, bit: number, words: readonly unknown[], { isStructural }: Walk): boolean {
  return bit === nullBit ? isStructural : bit >= arrayBit && isEqualToOne(value, words);
}

type Fields = Readonly<Record<string, unknown>>;

function isGoBoolean(value: unknown, { types }: SchemaNode, { isGo }: Walk): boolean {
  return isGo && typeof value === 'string' && (types & typeBit.boolean) !== 0 && yaml11Boolean.test(value);
}

/** Words that YAML 1.1 takes for booleans where they are not quoted; https://yaml.org/type/bool.html */
const yaml11Boolean = /^(y|yes|n|no|on|off)$/i;

function isEqualToOne(value: unknown, words: readonly unknown[]): boolean {
  const text = JSON.stringify(value);
  return words.some(word => JSON.stringify(word) === text);
}

function walkFields(node: SchemaNode, value: Fields, walk: Walk): void {
  const { schema, properties, uniform } = node;
  let suggested: Set<string> | undefined;
  let count = 0;
  for (const key in value) {
    count++;
    const child = uniform ?? properties?.get(key) ?? childOf(node, key, walk);
    if (child === undefined && !node.findsSlips) continue;
    if (!child) {
      // Who has hundreds of unknown fields has not misspelt them.
      const isLarge = count > maxSuggestions;
      const suggestion = isLarge ? undefined : suggestField(node, key, value, walk);
      if (child === undefined && suggestion === undefined) continue;
      // A misspelt name is one mistake, not two.
      if (suggestion !== undefined) suggested = (suggested ?? new Set()).add(suggestion);
      report(walk, unknownField(key, suggestion, schema, isLarge ? [] : knownNames(node, walk)), key);
      continue;
    }
    if (child.minors !== allMinors && !isServed(child, key, walk)) continue;
    const own = value[key];
    const bit = bitOf(own);
    const below = child.node ?? nodeOf(child);
    // Most values are texts that nothing more is asked of.
    if ((below.free & bit) === 0) walkChild(child, below, own, bit, key, walk);
  }
  if (!node.hasFieldChecks) return;
  const { required, minProperties, maxProperties } = schema;
  if (required !== undefined) checkRequired(node, required, value, suggested, walk);
  if (minProperties !== undefined || maxProperties !== undefined) checkSize(count, minProperties, maxProperties, 'field', walk);
  if (node.names !== undefined) checkNames(nodeOf(node.names), value, walk);
}

const maxSuggestions = 100;

/** Whether one of the minors that are asked for has the field; those that have not are told. */
function isServed({ minors }: Child, key: string, walk: Walk): boolean {
  const lacking = walk.minors & ~minors;
  if (lacking === walk.minors) report(walk, fieldOfOtherVersions(key, minors), key);
  else if (lacking !== 0) report(walk, unknownField(key, undefined, {}, []), key, lacking);
  return lacking !== walk.minors;
}

/** What was meant; where the schema takes other fields only a slip of the pen is told. */
function suggestField(node: SchemaNode, key: string, value: Fields, walk: Walk): string | undefined {
  const names = knownNames(node, walk);
  return node.findsSlips
    ? findSlip(
        key,
        names.filter(name => !(name in value)),
      )
    : suggest(key, names);
}

/** What judges a field that is no property by its name: to encoding/json the property of that name in another case; then patterns, then all others. */
function childOf(node: SchemaNode, key: string, { isGo }: Walk): Child | false | undefined {
  const own = isGo ? node.properties?.get(propertyNamed(key, node)) : undefined;
  if (own !== undefined) return own;
  if (node.patternProperties !== undefined) for (const [pattern, child] of node.patternProperties) if (pattern.test(key)) return child;
  return node.additional;
}

function propertyNamed(key: string, { properties }: SchemaNode): string {
  if (properties === undefined || properties.has(key)) return key;
  const lower = key.toLowerCase();
  for (const name of properties.keys()) if (name.toLowerCase() === lower) return name;
  return key;
}

function knownNames({ properties }: SchemaNode, { minors }: Walk): string[] {
  const names: string[] = [];
  for (const [name, child] of properties ?? []) if ((child.minors & minors) !== 0) names.push(name);
  return names;
}

/** `bit` is that of the value's type. */
function walkChild({ minors }: Child, node: SchemaNode, value: unknown, bit: number, part: string | number, walk: Walk): void {
  const asked = walk.minors;
  walk.minors = asked & minors;
  walk.field.push(part);
  walkTyped(node, value, bit, walk);
  walk.field.pop();
  walk.minors = asked;
}

function checkRequired(node: SchemaNode, required: readonly string[], value: Fields, suggested: ReadonlySet<string> | undefined, walk: Walk): void {
  for (const name of required) {
    const own = value[name];
    if (own !== undefined && !(own === null && walk.isStructural && !isNullable(node, name))) continue;
    // The API server fills in defaults before it looks.
    if (walk.isStructural && node.schema.properties?.[name]?.default !== undefined) continue;
    if (suggested?.has(name) || (walk.isGo && hasInOtherCase(value, name))) continue;
    report(walk, missingField(name, walk.field));
  }
}

function isNullable({ schema }: SchemaNode, name: string): boolean {
  return schema.properties?.[name]?.nullable === true;
}

function hasInOtherCase(value: Fields, name: string): boolean {
  return Object.keys(value).some(key => key.toLowerCase() === name.toLowerCase());
}

function checkNames(names: SchemaNode, value: Fields, walk: Walk): void {
  const { schema, words, pattern, format } = names;
  for (const name in value) {
    if ((words === undefined || words.includes(name)) && pattern?.test(name) !== false && format?.accepts(name) !== false) continue;
    report(walk, forbiddenName(name, format === undefined ? schema : { 'x-expected': format.words }), name);
  }
}

function walkItems(node: SchemaNode, value: readonly unknown[], walk: Walk): void {
  const { items, schema } = node;
  const { minItems, maxItems } = schema;
  if (minItems !== undefined || maxItems !== undefined) checkSize(value.length, minItems, maxItems, 'item', walk);
  if (items !== undefined) {
    const below = nodeOf(items);
    for (let index = 0; index < value.length; index++) {
      const bit = bitOf(value[index]);
      if ((below.free & bit) === 0) walkChild(items, below, value[index], bit, index, walk);
    }
  }
  if (value.length < 2) return;
  const keys = schema['x-kubernetes-list-map-keys'];
  if (keys !== undefined) findDuplicateEntries(value, keys, schema.items, walk);
  else if (schema.uniqueItems === true || schema['x-kubernetes-list-type'] === 'set') findDuplicateItems(value, walk);
}

function findDuplicateEntries(items: readonly unknown[], keys: readonly string[], itemSchema: JsonSchema | undefined, walk: Walk): void {
  const seen = new Set<unknown>();
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (bitOf(item) !== objectBit) continue;
    const identity = identityOf(item as Fields, keys, itemSchema);
    const count = seen.size;
    if (seen.add(identity).size === count) report(walk, duplicateItem(keys, partsOf(item as Fields, keys, itemSchema), walk.field), index);
  }
}

/** Equal for items with the same keys; most lists have one key, and it is a text. */
function identityOf(item: Fields, keys: readonly string[], itemSchema: JsonSchema | undefined): unknown {
  const only = keys.length === 1 ? item[keys[0] ?? ''] : undefined;
  return typeof only === 'string' ? only : JSON.stringify(partsOf(item, keys, itemSchema));
}

function partsOf(item: Fields, keys: readonly string[], itemSchema: JsonSchema | undefined): unknown[] {
  return keys.map(key => item[key] ?? itemSchema?.properties?.[key]?.default ?? defaultKeys[key]);
}

/** What the API server fills in where a key of a list is absent. */
const defaultKeys: Readonly<Record<string, string>> = { protocol: 'TCP' };

function findDuplicateItems(items: readonly unknown[], walk: Walk): void {
  const seen = new Set<string>();
  items.forEach((item, index) => {
    const identity = JSON.stringify(item);
    if (seen.has(identity)) report(walk, duplicateItem([], [item], walk.field), index);
    else seen.add(identity);
  });
}

function checkSize(size: number, minimum: number | undefined, maximum: number | undefined, what: 'item' | 'field', walk: Walk): void {
  if (size < (minimum ?? 0) || size > (maximum ?? size)) report(walk, sizeOf(size, minimum, maximum, what, walk.field));
}

function checkScalar(node: SchemaNode, value: string | number | boolean, walk: Walk): void {
  const { schema, pattern, format } = node;
  const fits = typeof value === 'string' ? fitsText(value, schema) && (pattern === undefined || pattern.test(value)) : fitsNumber(value, schema);
  if (!fits) report(walk, notExpected(value, schema, walk.field));
  else if (typeof value === 'string' && format?.accepts(value) === false)
    report(walk, notExpected(value, { 'x-expected': format.words }, walk.field));
}

function fitsText(value: string, { minLength = 0, maxLength }: JsonSchema): boolean {
  if (value.length < minLength) return false;
  return (minLength === 0 && (maxLength === undefined || value.length <= maxLength)) || isWithin([...value].length, minLength, maxLength);
}

function fitsNumber(value: number | boolean, { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: JsonSchema): boolean {
  if (typeof value === 'boolean') return true;
  if (!isWithin(value, minimum, maximum)) return false;
  // A boolean makes the limit beside it an excluded one, as in draft 4.
  if ((exclusiveMinimum === true && value === minimum) || (exclusiveMaximum === true && value === maximum)) return false;
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum) return false;
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum) return false;
  return multipleOf === undefined || Number.isInteger(Number((value / multipleOf).toPrecision(12)));
}

function isWithin(value: number, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY): boolean {
  return value >= minimum && value <= maximum;
}

function walkBranches(node: SchemaNode, written: unknown, walk: Walk): void {
  const { anyOf, oneOf, allOf, not, condition } = node;
  // The API server fills in defaults before it looks which alternative fits.
  const value = walk.isStructural && bitOf(written) === objectBit ? withOwnDefaults(written as Fields, node.schema) : written;
  if (anyOf !== undefined) append(walk, problemsOfBest(node, anyOf, value, walk));
  if (oneOf !== undefined) walkOneOf(node, oneOf, value, walk);
  if (allOf !== undefined) for (const child of allOf) walkValue(nodeOf(child), value, walk);
  if (not !== undefined && problemsWithin(not, value, walk).length === 0) report(walk, excluded(node, nodeOf(not), walk.field));
  if (condition !== undefined) {
    const chosen = problemsWithin(condition.test, value, walk).length === 0 ? condition.holds : condition.fails;
    if (chosen !== undefined) walkValue(nodeOf(chosen), value, walk);
  }
}

/** With the defaults of the fields that are not there; those of deeper fields decide nothing here. */
function withOwnDefaults(value: Fields, { properties = {} }: JsonSchema): Fields {
  const missing = Object.entries(properties).filter(([key, schema]) => schema.default !== undefined && !Object.hasOwn(value, key));
  return missing.length === 0 ? value : { ...value, ...Object.fromEntries(missing.map(([key, schema]) => [key, schema.default])) };
}

/** What one schema says alone. */
function problemsWithin(child: Child, value: unknown, walk: Walk): readonly SchemaProblem[] {
  const { problems } = walk;
  walk.problems = none;
  walkValue(nodeOf(child), value, walk);
  const found = walk.problems;
  walk.problems = problems;
  return found;
}

/** Exactly one alternative may fit: the API server counts them. */
function walkOneOf(node: SchemaNode, alternatives: readonly Child[], value: unknown, walk: Walk): void {
  const fitting = alternatives.filter(child => problemsWithin(child, value, walk).length === 0);
  if (fitting.length > 1) report(walk, wrongCombination(node, walk.field, true, fitting.map(nodeOf)));
  else if (fitting.length === 0) append(walk, problemsOfBest(node, alternatives, value, walk));
}

/** The problems of the alternative that was meant: the one of the value's type or, among several, the one with the fewest problems. */
function problemsOfBest(node: SchemaNode, alternatives: readonly Child[], value: unknown, walk: Walk): readonly SchemaProblem[] {
  const isHere = (problem: SchemaProblem) => problem.field.length === walk.field.length;
  const all: (readonly SchemaProblem[])[] = [];
  for (const alternative of alternatives) {
    const problems = problemsWithin(alternative, value, walk);
    if (problems.length === 0) return none;
    all.push(problems);
  }
  const ofRightType = all.filter(problems => !problems.some(problem => isTypeProblem(problem.kind) && isHere(problem)));
  const [first] = ofRightType;
  if (first === undefined) return [problemAt(walk, wrongType(value, node, walk.field, alternatives.map(nodeOf)))];
  if (ofRightType.length > 1 && ofRightType.every(problems => problems.every(problem => problem.kind === 'missing-field' && isHere(problem))))
    return [problemAt(walk, wrongCombination(node, walk.field, false, alternatives.map(nodeOf)))];
  const best = ofRightType.reduce((fewest, problems) => (problems.length < fewest.length ? problems : fewest), first);
  const hasWords =
    node.schema['x-expected'] !== undefined && best.every(problem => (problem.kind === 'value' || problem.kind === 'word') && isHere(problem));
  return hasWords ? [problemAt(walk, notExpected(value, node.schema, walk.field))] : best;
}

function isTypeProblem(kind: ProblemKind): boolean {
  return kind === 'type' || kind === 'implicit-type';
}
