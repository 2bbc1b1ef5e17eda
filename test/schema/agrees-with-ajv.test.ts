import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import kustomization from '../../schemas/tools/kustomization.json' with { type: 'json' };
import { configSchema } from '../../src/config/config-schema.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { validate } from '../../src/schema/validate.ts';
import { mutate, seededRandom } from './mutate.ts';

const settings = {
  id: 'format/example',
  summary: 'For the test.',
  options: { schema: { style: { type: 'string', enum: ['a', 'b'] }, width: { type: 'integer', minimum: 1 } } },
};

const schemas: Readonly<Record<string, JsonSchema>> = {
  config: configSchema([...rules, settings]),
  // Go's reader takes more than JSON Schema can say; the generated values leave that out.
  kustomization: kustomization as JsonSchema,
};

describe.each(Object.entries(schemas))('%s', (_, schema) => {
  const ajv = new Ajv({ strict: false, allErrors: true }).compile(schema);
  const full = exampleOf(schema, schema);

  test('a value with every field is valid to both', () => {
    expect(validate(schema, full)).toEqual([]);
    expect(ajv(full)).toBe(true);
  });

  test('three thousand values with up to three mistakes are judged alike', () => {
    const random = seededRandom(20_261);
    const judged = { valid: 0, invalid: 0 };
    for (let turn = 0; turn < 3000; turn++) {
      let value: unknown = full;
      for (let mistakes = 0; mistakes <= turn % 3; mistakes++) value = mutate(value, random);
      const isValid = validate(schema, value).length === 0;
      if (isValid !== ajv(value)) throw new Error(`${ajv(value)} to ajv: ${JSON.stringify([ajv.errors, validate(schema, value), value])}`);
      judged[isValid ? 'valid' : 'invalid']++;
    }
    expect(Math.min(judged.valid, judged.invalid)).toBeGreaterThan(200);
  });

  test('uses only the keywords that the interpreter knows', () => {
    expect([...keywordsIn(schema)].filter(keyword => !keywords.has(keyword))).toEqual([]);
  });
});

const keywords = new Set(
  '$ref $defs type enum const properties patternProperties additionalProperties required minProperties items minItems minLength minimum maximum pattern anyOf x-expected x-name x-reader $schema $id $comment title description default examples'.split(
    ' ',
  ),
);

/** A value with all that a schema has a word for. */
function exampleOf(schema: JsonSchema, root: JsonSchema): unknown {
  if (schema.$ref !== undefined) return exampleOf(root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? {}, root);
  if (schema.anyOf !== undefined) return exampleOf(schema.anyOf.at(-1) ?? {}, root);
  if (schema.enum !== undefined) return schema.enum.at(-1);
  if (schema.const !== undefined) return schema.const;
  switch (schema.type) {
    case 'string':
      return ['text', '5MB', '2027-03-31', '1.33', '3f2a', '0f'.repeat(32)].find(text => new RegExp(schema.pattern ?? '').test(text));
    case 'integer':
    case 'number':
      return schema.minimum ?? 3;
    case 'boolean':
      return true;
    case 'array':
      return [exampleOf(schema.items ?? {}, root)];
    default: {
      const free = typeof schema.additionalProperties === 'object' ? { name: schema.additionalProperties } : {};
      return Object.fromEntries(Object.entries(schema.properties ?? free).map(([name, field]) => [name, exampleOf(field, root)]));
    }
  }
}

function keywordsIn(schema: JsonSchema, found = new Set<string>()): Set<string> {
  for (const keyword of Object.keys(schema)) found.add(keyword);
  const { properties = {}, patternProperties = {}, $defs = {}, additionalProperties, items, anyOf = [] } = schema;
  const children = [properties, patternProperties, $defs].flatMap(Object.values<JsonSchema>);
  if (typeof additionalProperties === 'object') children.push(additionalProperties);
  for (const child of [...children, ...anyOf, ...(items ? [items] : [])]) keywordsIn(child, found);
  return found;
}
