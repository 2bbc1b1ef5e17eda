import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema, JsonType } from '../../../src/schema/json-schema.ts';
import { fetchPackage } from './fetch-package.ts';

/** A definition of GitHub's template schema; https://github.com/actions/languageservices/tree/main/workflow-parser has the reader. */
interface Definition {
  /** What expressions may read here; where there is such a list, an expression may stand in place of the value, and below. */
  readonly context?: readonly string[];
  readonly string?: { readonly constant?: string; readonly 'require-non-empty'?: boolean };
  readonly boolean?: object;
  readonly number?: object;
  readonly null?: object;
  readonly 'allowed-values'?: readonly string[];
  readonly sequence?: { readonly 'item-type': string };
  readonly mapping?: {
    readonly properties?: Readonly<Record<string, string | { readonly type: string; readonly required?: boolean }>>;
    readonly 'loose-value-type'?: string;
  };
  readonly 'one-of'?: readonly string[];
}

type Definitions = Readonly<Record<string, Definition>>;

export function gitHubWorkflow(): JsonSchema {
  const definitions = read('workflow');
  const events = Object.keys(definitions['on-mapping-strict']?.mapping?.properties ?? {});
  return convert('workflow-root-strict', {
    ...definitions,
    // The list of the schema calls repository_dispatch by a wrong name.
    'on-string-strict': { 'allowed-values': events },
    // An input may have nothing but a name.
    'workflow-dispatch-inputs': { mapping: { 'loose-value-type': 'dispatch-input' } },
    'dispatch-input': { 'one-of': ['null', 'workflow-dispatch-input'] },
  });
}

/**
 * The runner takes an action with other fields, and without a name or a description, which only the marketplace wants;
 * what runs it takes as the schema says.
 */
export function gitHubAction(): JsonSchema {
  const { $defs = {}, required: _required, ...root } = convert('action-root-strict', read('action'));
  const lenient = ['input-strict', 'output-definition', 'branding'].map(name => [name, open($defs[name] ?? {})] as const);
  return { ...open(root), required: ['runs'], $defs: { ...$defs, ...Object.fromEntries(lenient) } };
}

function open(schema: JsonSchema): JsonSchema {
  const { additionalProperties: _strict, ...rest } = schema;
  return { ...rest, 'x-unknown': 'near-miss' };
}

function read(name: string): Definitions {
  const path = join(fetchPackage('@actions/workflow-parser@0.3.61'), 'dist', `${name}-v1.0.min.json`);
  // The form is that of GitHub's reader; what this does not know throws below.
  return (JSON.parse(readFileSync(path, 'utf8')) as { definitions: Definitions }).definitions;
}

const expression: JsonSchema = { type: 'string', pattern: '\\$\\{\\{' };

function convert(root: string, definitions: Definitions): JsonSchema {
  const $defs: Record<string, JsonSchema> = {};
  const whole = refer(root, false);
  return { ...whole, $defs };

  /** Whether an expression may stand here is passed on from what holds the value. */
  function refer(name: string, inContext: boolean): JsonSchema {
    if (name === 'any') return {};
    const definition = simple[name] ?? definitions[name];
    if (definition === undefined) throw new Error(`the schema of GitHub has no "${name}"`);
    const takesExpressions = inContext || definition.context !== undefined;
    const isShort = definition.mapping === undefined && definition['one-of'] === undefined && definition.sequence === undefined;
    if (isShort || name === root) return schemaOf(definition, takesExpressions);
    const key = inContext && definition.context === undefined ? `${name}-in-context` : name;
    if ($defs[key] === undefined) {
      // Definitions may hold themselves.
      $defs[key] = {};
      $defs[key] = schemaOf(definition, takesExpressions);
    }
    return { $ref: `#/$defs/${key}` };
  }

  function schemaOf(definition: Definition, takesExpressions: boolean): JsonSchema {
    const { string, boolean, number, sequence, mapping } = definition;
    const words = definition['allowed-values'];
    const types = definition['one-of'];
    if (words !== undefined) return orExpression(oneOfWords(words), takesExpressions);
    if (string !== undefined) return text(string);
    if (boolean !== undefined) return orExpression({ type: 'boolean' }, takesExpressions, 'true or false');
    if (number !== undefined) return orExpression({ type: 'number' }, takesExpressions, 'a number');
    if (definition.null !== undefined) return { type: ['null', 'object'] };
    if (sequence !== undefined)
      return orExpression({ type: 'array', items: refer(sequence['item-type'], takesExpressions) }, takesExpressions, 'a list');
    if (mapping !== undefined) return orExpression(fields(mapping, takesExpressions), takesExpressions, 'a mapping');
    if (types !== undefined) return alternatives(types, takesExpressions);
    throw new Error(`a definition of an unknown form: ${JSON.stringify(definition)}`);
  }

  function fields({ properties = {}, 'loose-value-type': loose }: NonNullable<Definition['mapping']>, takesExpressions: boolean): JsonSchema {
    const entries = Object.entries(properties).map(([name, property]) => ({
      name,
      ...(typeof property === 'string' ? { type: property } : property),
    }));
    const required = entries.filter(entry => 'required' in entry && entry.required).map(({ name }) => name);
    return {
      type: 'object',
      ...(entries.length > 0 && { properties: Object.fromEntries(entries.map(({ name, type }) => [name, refer(type, takesExpressions)])) }),
      // `${{ insert }}` merges the mapping of an expression into this one.
      ...(takesExpressions && loose === undefined && { patternProperties: { '^\\$\\{\\{': {} } }),
      ...(loose === undefined ? { additionalProperties: false } : loose !== 'any' && { additionalProperties: refer(loose, takesExpressions) }),
      ...(required.length > 0 && { required }),
    };
  }

  function alternatives(types: readonly string[], takesExpressions: boolean): JsonSchema {
    const constants = types.map(type => definitions[type]?.string?.constant);
    if (constants.every(constant => constant !== undefined)) return orExpression({ type: 'string', enum: constants }, takesExpressions);
    const isText = types.some(type => isFreeText(simple[type] ?? definitions[type]));
    const anyOf = types.map(type => (type === 'null' ? { type: 'null' as const } : refer(type, takesExpressions)));
    if (isText) return { anyOf, 'x-expected': anyOf.map(wordsFor).join(' or ') };
    return { anyOf: takesExpressions ? [...anyOf, expression] : anyOf };
  }
}

/** What an alternative is called beside others. */
function wordsFor({ type, $ref, 'x-expected': expected }: JsonSchema): string {
  if (expected?.endsWith(', or an expression')) return expected.replace(', or an expression', '');
  if (Array.isArray(type)) return 'a string';
  if ($ref !== undefined) return $ref.includes('sequence') || $ref.includes('labels') ? 'a list' : 'a mapping';
  return type === 'boolean' ? 'true or false' : type === 'number' ? 'a number' : 'nothing';
}

function isFreeText(definition: Definition | undefined): boolean {
  return definition?.string !== undefined && definition.string.constant === undefined;
}

const simple: Definitions = {
  string: { string: {} },
  'non-empty-string': { string: { 'require-non-empty': true } },
  boolean: { boolean: {} },
  number: { number: {} },
  null: { null: {} },
  sequence: { sequence: { 'item-type': 'any' } },
  mapping: { mapping: { 'loose-value-type': 'any' } },
};

/** Hundreds of words are more than a message can list. */
function oneOfWords(words: readonly string[]): JsonSchema {
  const known = words.includes('workflow_dispatch') ? 'the name of an event' : 'the name of an icon';
  return { type: 'string', enum: words, ...(words.length > 30 && { 'x-expected': known }) };
}

/** Any scalar serves as a text. */
function text({ constant, 'require-non-empty': mustHoldText = false }: NonNullable<Definition['string']>): JsonSchema {
  if (constant !== undefined) return { type: 'string', enum: [constant] };
  const scalars: readonly JsonType[] = ['string', 'number', 'boolean'];
  return mustHoldText ? { type: scalars, minLength: 1, 'x-expected': 'a text' } : { type: [...scalars, 'null'], 'x-expected': 'a string' };
}

function orExpression(schema: JsonSchema, takesExpressions: boolean, expected?: string): JsonSchema {
  if (!takesExpressions) return schema;
  return { anyOf: [schema, expression], ...(expected !== undefined && { 'x-expected': `${expected}, or an expression` }) };
}
