import { isFields } from '../core/fields.ts';
import type { JsonSchema, JsonType } from './json-schema.ts';

/**
 * The schema of a CustomResourceDefinition as the API server reads it: keywords that it does not know, and those without a
 * value, are dropped. Undefined where it is none to judge by; why that is so is the matter of the schema of definitions.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema
 */
export function readStructuralSchema(value: unknown): JsonSchema | undefined {
  return readSchema(value, new Map());
}

/** What stands behind an alias is one schema, wherever it is mentioned. */
type Known = Map<object, JsonSchema | undefined>;

function readSchema(value: unknown, known: Known): JsonSchema | undefined {
  if (!isFields(value)) return undefined;
  if (known.has(value)) return known.get(value);
  const schema = readKeywords(value, known);
  known.set(value, schema);
  return schema;
}

function readKeywords(value: Readonly<Record<string, unknown>>, known: Known): JsonSchema | undefined {
  const schema: Record<string, unknown> = {};
  for (const [keyword, own] of Object.entries(value)) {
    const read = own === null ? undefined : keywords.get(keyword);
    if (read === undefined) continue;
    const content = read(own, known);
    if (content === undefined) return undefined;
    schema[keyword] = content;
  }
  // Each keyword was read as what it is.
  return schema as JsonSchema;
}

/** The content of a keyword; undefined where it is not of its form. */
type ReadKeyword = (content: unknown, known: Known) => unknown;

const only =
  (isOfForm: (content: unknown) => boolean): ReadKeyword =>
  content =>
    isOfForm(content) ? content : undefined;
const text = only(content => typeof content === 'string');
const number = only(content => typeof content === 'number');
const flag = only(content => typeof content === 'boolean');
const names = only(content => Array.isArray(content) && content.every(name => typeof name === 'string'));
const types: ReadonlySet<unknown> = new Set<JsonType>(['string', 'number', 'integer', 'boolean', 'object', 'array']);

const keywords: ReadonlyMap<string, ReadKeyword> = new Map<string, ReadKeyword>([
  ['items', readSchema],
  ['not', readSchema],
  ['additionalProperties', (content, known) => (typeof content === 'boolean' ? content : readSchema(content, known))],
  ['properties', readNamed],
  ...['anyOf', 'oneOf', 'allOf'].map(keyword => [keyword, readList] as const),
  ['type', only(content => types.has(content))],
  ['enum', only(Array.isArray)],
  // The API server refuses references.
  ['$ref', () => undefined],
  ['default', content => content],
  ['required', names],
  ['x-kubernetes-list-map-keys', names],
  ['x-kubernetes-validations', readRules],
  ...['format', 'pattern', 'x-kubernetes-list-type'].map(keyword => [keyword, text] as const),
  ...['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'].map(
    keyword => [keyword, number] as const,
  ),
  ...[
    'exclusiveMinimum',
    'exclusiveMaximum',
    'uniqueItems',
    'nullable',
    'x-kubernetes-int-or-string',
    'x-kubernetes-preserve-unknown-fields',
    'x-kubernetes-embedded-resource',
  ].map(keyword => [keyword, flag] as const),
]);

function readNamed(content: unknown, known: Known): unknown {
  if (!isFields(content)) return undefined;
  const read: [string, JsonSchema][] = [];
  for (const [name, value] of Object.entries(content)) {
    const schema = readSchema(value, known);
    if (schema === undefined) return undefined;
    read.push([name, schema]);
  }
  return Object.fromEntries(read);
}

function readList(content: unknown, known: Known): unknown {
  if (!Array.isArray(content)) return undefined;
  const read = content.map(value => readSchema(value, known));
  return read.includes(undefined) ? undefined : read;
}

function readRules(content: unknown): unknown {
  if (!Array.isArray(content)) return undefined;
  const rules = content.map(rule => (isFields(rule) ? Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== null)) : undefined));
  return rules.every(isRule) ? rules : undefined;
}

function isRule(rule: Readonly<Record<string, unknown>> | undefined): boolean {
  if (typeof rule?.rule !== 'string') return false;
  const texts = [rule.message ?? '', rule.messageExpression ?? '', rule.fieldPath ?? ''];
  return texts.every(content => typeof content === 'string') && typeof (rule.optionalOldSelf ?? false) === 'boolean';
}
