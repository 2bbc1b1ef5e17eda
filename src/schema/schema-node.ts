import { allMinors, minorsBetween } from '../core/kubernetes-minors.ts';
import type { MinorSet } from '../core/schema.ts';
import type { CompileExpression, Expression } from './expressions.ts';
import type { FindFormat, FormatCheck } from './format-checks.ts';
import type { JsonSchema, JsonType } from './json-schema.ts';

/** A schema as the validator walks it: worked out once, the nodes below it when a value first needs them. */
export interface SchemaNode {
  readonly schema: JsonSchema;
  /** Bits of `typeBit`; 0 where any type will do. */
  readonly types: number;
  /** Bits of the types of which every value fits: most values need no more than this. */
  readonly free: number;
  readonly words: readonly unknown[] | undefined;
  /** A scalar has more to fulfil than its type. */
  readonly hasScalarChecks: boolean;
  /** A mapping has more to fulfil than that its fields are known and fit. */
  readonly hasFieldChecks: boolean;
  readonly properties: ReadonlyMap<string, Child> | undefined;
  /** What judges every field alike, of a mapping without properties of its own. */
  readonly uniform: Child | undefined;
  /** A field that is nearly a known one is a mistake, though others are taken. */
  readonly findsSlips: boolean;
  readonly pattern: Expression | undefined;
  readonly format: FormatCheck | undefined;
  readonly patternProperties: readonly (readonly [Expression, Child])[] | undefined;
  /** What judges other fields; `false` where there may be none, absent where anything goes. */
  readonly additional: Child | false | undefined;
  /** What the names of fields have to be. */
  readonly names: Child | undefined;
  readonly items: Child | undefined;
  /** Has keywords that apply further schemas to the same value. */
  readonly hasBranches: boolean;
  readonly anyOf: readonly Child[] | undefined;
  /** Where overlapping alternatives are told apart exactly, as the API server does. */
  readonly oneOf: readonly Child[] | undefined;
  readonly allOf: readonly Child[] | undefined;
  readonly not: Child | undefined;
  readonly condition: Condition | undefined;
}

/** `if`, and what applies where it holds or fails. */
interface Condition {
  readonly test: Child;
  readonly holds: Child | undefined;
  readonly fails: Child | undefined;
}

/** A schema below another one; its node is made when a value first needs it. */
export interface Child {
  readonly schema: JsonSchema;
  readonly minors: MinorSet;
  readonly compilation: Compilation;
  node: SchemaNode | undefined;
}

export function nodeOf(child: Child): SchemaNode {
  child.node ??= compileOnce(child.schema, child.compilation);
  return child.node;
}

export const typeBit: Readonly<Record<JsonType, number>> = { string: 1, integer: 2, number: 6, boolean: 8, array: 16, object: 32, null: 64 };

/** The bit of a value's type; of a whole number that of whole numbers alone. */
export function bitOf(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return typeBit.string;
    case 'number':
      return Number.isInteger(value) ? typeBit.integer : typeBit.number & ~typeBit.integer;
    case 'boolean':
      return typeBit.boolean;
    case 'object':
      return value === null ? typeBit.null : Array.isArray(value) ? typeBit.array : typeBit.object;
    default:
      return typeBit.null;
  }
}

/** How the schemas of a source are to be read. */
export interface SchemaDialect {
  /**
   * Structural schemas of Kubernetes: an object with properties takes no other field unless the schema says so,
   * null stands for a field that is absent, and quantities may be numbers.
   */
  readonly isStructural: boolean;
  /** No object is closed, whatever properties it has. */
  readonly keepsUnknownFields?: boolean;
  readonly expression: CompileExpression;
  readonly format: FindFormat;
  /** What a `$ref` names. */
  readonly resolve: (reference: string) => JsonSchema | undefined;
}

/** Turns schemas into nodes, each once. */
export type Compile = (schema: JsonSchema) => SchemaNode;

export function compiler(dialect: SchemaDialect): Compile {
  const nodes = new Map<JsonSchema, SchemaNode>();
  return schema => compileOnce(schema, { ...dialect, nodes, isBranch: false });
}

interface Compilation extends SchemaDialect {
  readonly nodes: Map<JsonSchema, SchemaNode>;
  /** Below `anyOf` and the like a structural schema only adds conditions: it closes nothing. */
  readonly isBranch: boolean;
}

function compileOnce(schema: JsonSchema, compilation: Compilation): SchemaNode {
  const target = dereference(schema, compilation);
  const known = compilation.nodes.get(target);
  if (known !== undefined) return known;
  const node = compile(target, compilation);
  compilation.nodes.set(target, node);
  return node;
}

function dereference(schema: JsonSchema, { resolve }: SchemaDialect): JsonSchema {
  let target = schema;
  for (let steps = 0; target.$ref !== undefined; steps++) {
    const next = resolve(target.$ref);
    if (next === undefined || steps > longestReference) throw new Error(`the schema has no "${target.$ref}"`);
    target = next;
  }
  return target;
}

const longestReference = 20;

function compile(schema: JsonSchema, compilation: Compilation): SchemaNode {
  const { isStructural, expression, format } = compilation;
  const { type, anyOf, oneOf, allOf, not } = schema;
  const isIntOrString = schema['x-kubernetes-int-or-string'] === true || schema.format === 'int-or-string';
  const below = (child: JsonSchema) => childOf(child, compilation);
  const branch = (child: JsonSchema) => childOf(child, { ...compilation, isBranch: true });
  const alternatives = isStructural ? anyOf : (anyOf ?? oneOf);
  const condition = schema.if && { test: branch(schema.if), holds: schema.then && branch(schema.then), fails: schema.else && branch(schema.else) };
  const additional = additionalOf(schema, compilation, below);
  const ownFormat = schema.format === undefined ? undefined : format(schema.format);
  const isChecked = ownFormat !== undefined || limits.some(keyword => schema[keyword] !== undefined);
  const types = isIntOrString ? intOrString : typesOf(type, schema, isStructural);
  const hasBranches = [anyOf, oneOf, allOf, not, condition].some(part => part !== undefined);
  return {
    schema,
    types,
    free: hasBranches ? 0 : freeTypes(types, schema, isChecked),
    words: schema.const === undefined ? schema.enum : [schema.const],
    hasScalarChecks: isChecked,
    hasFieldChecks: [schema.required, schema.propertyNames, schema.minProperties, schema.maxProperties].some(part => part !== undefined),
    properties: schema.properties && childrenOf(schema.properties, below),
    findsSlips: schema['x-unknown'] === 'near-miss',
    pattern: schema.pattern === undefined ? undefined : expression(schema.pattern),
    format: ownFormat,
    patternProperties:
      schema.patternProperties &&
      Object.entries(schema.patternProperties).map(([pattern, child]) => [expression(pattern) ?? matchesNothing, below(child)] as const),
    additional,
    uniform: schema.properties === undefined && schema.patternProperties === undefined && additional !== false ? additional : undefined,
    names: schema.propertyNames && below(schema.propertyNames),
    items: schema.items && below(schema.items),
    // The two types of an int-or-string are spelled out in alternatives too.
    anyOf: isIntOrString ? undefined : alternatives?.map(branch),
    oneOf: isStructural ? oneOf?.map(branch) : undefined,
    allOf: isIntOrString ? undefined : allOf?.map(branch),
    not: not && branch(not),
    condition,
    hasBranches,
  };
}

const intOrString = typeBit.integer | typeBit.string | typeBit.null;
const matchesNothing: Expression = { test: () => false };

function childOf(schema: JsonSchema, compilation: Compilation): Child {
  const [first, last] = schema['x-minors'] ?? [];
  const minors = first === undefined || last === undefined ? allMinors : minorsBetween(first, last);
  return { schema, minors, compilation, node: undefined };
}

function childrenOf(properties: Readonly<Record<string, JsonSchema>>, below: (schema: JsonSchema) => Child): Map<string, Child> {
  const children = new Map<string, Child>();
  for (const name in properties) {
    const schema = properties[name];
    if (schema !== undefined) children.set(name, below(schema));
  }
  return children;
}

function typesOf(type: JsonSchema['type'], { format, nullable }: JsonSchema, isStructural: boolean): number {
  if (type === undefined) return 0;
  let bits = 0;
  for (const name of typeof type === 'string' ? [type] : type) bits |= typeBit[name];
  if (format === 'quantity') bits |= typeBit.number;
  return isStructural || nullable === true ? bits | typeBit.null : bits;
}

function freeTypes(types: number, schema: JsonSchema, isChecked: boolean): number {
  if (schema.enum !== undefined || schema.const !== undefined) return 0;
  const isEmpty = Object.keys(schema).every(keyword => keyword.startsWith('x-') || remarks.has(keyword));
  const free = isChecked ? typeBit.boolean : isEmpty ? everyType : scalarTypes;
  return types === 0 ? free : types & free;
}

/** What says nothing more of a value than its type; a format that is enforced is a check. */
const remarks: ReadonlySet<string> = new Set(['type', 'default', 'format']);
/** What a scalar has to fulfil beside its type and format. */
const limits = ['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const;

const scalarTypes = typeBit.string | typeBit.number | typeBit.boolean | typeBit.null;
const everyType = scalarTypes | typeBit.array | typeBit.object;

function additionalOf(
  schema: JsonSchema,
  { isStructural, isBranch, keepsUnknownFields = false }: Compilation,
  below: (schema: JsonSchema) => Child,
): SchemaNode['additional'] {
  const { additionalProperties, properties } = schema;
  if (typeof additionalProperties === 'object') return below(additionalProperties);
  if (additionalProperties === false) return isStructural && isBranch ? undefined : false;
  const isOpen =
    keepsUnknownFields ||
    additionalProperties === true ||
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema['x-kubernetes-embedded-resource'];
  return isStructural && !isBranch && properties !== undefined && !isOpen ? false : undefined;
}
