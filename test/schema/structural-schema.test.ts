import { expect, test } from 'vitest';
import { readStructuralSchema } from '../../src/schema/structural-schema.ts';

test('a schema is read as it is, without what the API server drops', () => {
  const schema = {
    type: 'object',
    required: ['size'],
    properties: { size: { type: 'integer', minimum: 1, default: 3 }, names: { type: 'array', items: { type: 'string', enum: ['a', ''] } } },
    'x-kubernetes-validations': [{ rule: 'self.size > 1', message: 'few' }],
  };
  const more = { description: 'A queue.', 'x-minors': [30, 31], 'x-expected': 'words', nullable: null, patternProperties: {} };
  expect(readStructuralSchema({ ...schema, ...more })).toEqual(schema);
});

test.each<[string, object]>([
  ['a type that is none', { type: 5 }],
  ['a type that JSON has not', { type: 'map' }],
  ['several types', { type: ['string', 'null'] }],
  ['a property without a schema', { properties: { size: null } }],
  ['properties in a list', { properties: [] }],
  ['a schema for each item', { items: [{ type: 'string' }] }],
  ['a reference', { properties: { size: { $ref: '#/definitions/size' } } }],
  ['a list that is none', { required: 'size' }],
  ['an alternative that is none', { anyOf: [{ type: 'string' }, 5] }],
  ['a format that is a number', { format: 5 }],
  ['a rule without an expression', { 'x-kubernetes-validations': [{ message: 'few' }] }],
  ['a rule with a message that is none', { 'x-kubernetes-validations': [{ rule: 'true', message: ['few'] }] }],
])('%s makes it none', (_, schema) => expect(readStructuralSchema({ type: 'object', ...schema })).toBeUndefined());

test('what stands behind many aliases is read once', () => {
  let schema: object = { type: 'string' };
  for (let depth = 0; depth < 60; depth++) schema = { type: 'object', properties: { left: schema, right: schema } };
  expect(readStructuralSchema(schema)).toBeDefined();
});

test('names of fields that every object of JavaScript has are names', () => {
  const properties = JSON.parse('{"__proto__": {"type": "string"}, "constructor": {"type": "string"}}');
  expect(Object.keys(readStructuralSchema({ properties })?.properties ?? {})).toEqual(['__proto__', 'constructor']);
});
