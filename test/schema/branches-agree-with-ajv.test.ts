import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { shippedExpression } from '../../src/schema/expressions.ts';
import { noFormat } from '../../src/schema/format-checks.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { compiler } from '../../src/schema/schema-node.ts';
import { readStructuralSchema } from '../../src/schema/structural-schema.ts';
import { judge } from '../../src/schema/validate.ts';
import { asJsonSchema } from './as-json-schema.ts';
import { exampleOf } from './example-of.ts';
import { mutate, seededRandom } from './mutate.ts';

type Random = (below: number) => number;

/** Structural schemas as nobody writes them: alternatives, exclusions and conditions at every level. */
test('schemas with alternatives at random are applied as Ajv applies them', () => {
  const random = seededRandom(20_263);
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, ownProperties: true });
  const judged = { valid: 0, invalid: 0 };
  for (let turn = 0; turn < 400; turn++) {
    const schema = randomSchema(random, 2);
    expect(readStructuralSchema(schema)).toEqual(schema);
    const compile = compiler({ isStructural: true, expression: shippedExpression, format: noFormat, resolve: () => undefined });
    const fits = ajv.compile(asJsonSchema(schema));
    for (let round = 0; round < 12; round++) {
      const value = round % 2 === 0 ? exampleOf(schema, { definitions: new Map(), random }) : mutate(randomValue(random, 2), random);
      const problems = judge(compile(schema), value, { isStructural: true });
      if ((problems.length === 0) !== fits(value)) throw new Error(JSON.stringify({ schema, value, problems, errors: fits.errors }));
      judged[problems.length === 0 ? 'valid' : 'invalid']++;
    }
  }
  expect(Math.min(judged.valid, judged.invalid)).toBeGreaterThan(400);
});

const names = ['a', 'b', 'c'];

function randomSchema(random: Random, depth: number): JsonSchema {
  const own = ownSchema(random, depth);
  const branches = () => Array.from({ length: 1 + random(3) }, () => branchOf(random, 1));
  // Of a number or text, what `anyOf` and `allOf` say is taken for its two types.
  const keyword = own['x-kubernetes-int-or-string'] === true ? 2 * random(3) + 1 : random(8);
  if (keyword === 0) return { ...own, anyOf: branches() };
  if (keyword === 2) return { ...own, allOf: branches() };
  if (keyword === 1) return { ...own, oneOf: branches() };
  if (keyword === 3) return { ...own, not: branchOf(random, 1) };
  return own;
}

function ownSchema(random: Random, depth: number): JsonSchema {
  switch (depth === 0 ? random(4) : random(7)) {
    case 0:
      return { type: 'string', ...(random(2) === 0 ? { enum: ['text', 'a', ''] } : { minLength: random(3), maxLength: 4 }) };
    case 1:
      return { type: 'integer', minimum: random(3), maximum: 3 };
    case 2:
      return { type: 'boolean' };
    case 3:
      return { 'x-kubernetes-int-or-string': true };
    case 4:
      return { type: 'array', items: randomSchema(random, depth - 1), maxItems: 1 + random(2) };
    default:
      return {
        type: 'object',
        properties: Object.fromEntries(names.slice(random(2)).map(name => [name, randomSchema(random, depth - 1)])),
        ...(random(3) === 0 && { required: [names[random(3)] ?? 'a'] }),
        ...(random(3) === 0 && { 'x-kubernetes-preserve-unknown-fields': true }),
      };
  }
}

/** What may stand below `anyOf` and the like: conditions, alternatives of them, but no types. */
function branchOf(random: Random, depth: number): JsonSchema {
  switch (depth === 0 ? random(4) : random(7)) {
    case 0:
      return { required: [names[random(3)] ?? 'a'] };
    case 1:
      return { minimum: 1 + random(3) };
    case 2:
      return { enum: ['text', 3, true, 'a'].slice(random(3)) };
    case 3:
      return { properties: Object.fromEntries(names.slice(random(3)).map(name => [name, { enum: ['text', 3] }])) };
    case 4:
      return { not: branchOf(random, depth - 1) };
    case 5:
      return { anyOf: [branchOf(random, depth - 1), branchOf(random, depth - 1)] };
    default:
      return { oneOf: [branchOf(random, depth - 1), branchOf(random, depth - 1)], items: branchOf(random, depth - 1) };
  }
}

function randomValue(random: Random, depth: number): unknown {
  if (depth > 0 && random(5) > 0) {
    if (random(4) === 0) return Array.from({ length: random(3) }, () => randomValue(random, depth - 1));
    return Object.fromEntries(names.slice(random(3)).map(name => [name, randomValue(random, depth - 1)]));
  }
  return ['text', 'a', '', 3, 1, true][random(6)];
}
