import { expect, test } from 'vitest';
import { foreignExpression } from '../../src/schema/foreign-expression.ts';
import { compileUserSchema } from '../../src/schema/user-schema.ts';

/** Each problem as `pointer message`, or why there is none. */
function judge(schema: unknown, value: unknown): string[] {
  const compiled = compileUserSchema(schema);
  if ('unknown' in compiled) return [`unknown: ${compiled.unknown}`];
  if ('invalid' in compiled) return [`invalid: ${compiled.invalid} at /${compiled.field.join('/')}`];
  const problems = compiled.problemsOf(value);
  if ('skipped' in problems) return [`skipped: ${problems.skipped}`];
  return problems.map(({ field, part, message }) => `/${field.join('/')} ${part} ${message}`);
}

const chart = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['image'],
  additionalProperties: false,
  properties: {
    replicaCount: { type: 'integer', minimum: 1 },
    image: { $ref: '#/definitions/image' },
    pullPolicy: { enum: ['Always', 'IfNotPresent', 'Never'] },
    host: { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$' },
    ports: { type: 'array', items: { type: 'object', required: ['port'], properties: { port: { type: 'integer' } } } },
  },
  definitions: { image: { type: 'object', additionalProperties: false, properties: { repository: { type: 'string' }, tag: { type: 'string' } } } },
};

test('a value that fits has no problem', () => {
  expect(
    judge(chart, { replicaCount: 2, image: { repository: 'web', tag: '1' }, pullPolicy: 'Always', host: 'shop.example.org', ports: [{ port: 1 }] }),
  ).toEqual([]);
});

test('each mistake is one problem at its key or value', () => {
  expect(
    judge(chart, { replicaCount: '3', image: { tga: 'a', tag: 1.1 }, pullPolicy: 'always', host: 'Shop', ports: [{ prot: 1 }], colour: 1 }),
  ).toEqual([
    '/colour key unknown value "colour": known here are "replicaCount", "image", "pullPolicy", "host", "ports"',
    '/replicaCount value "replicaCount" must be a whole number, not a string: remove the quotes',
    '/image/tga key unknown value "tga": did you mean "tag"?',
    '/image/tag value "tag" must be a string, not a number: quote it',
    '/pullPolicy value "pullPolicy" must be "Always", "IfNotPresent" or "Never": did you mean "Always"?',
    '/host value "host" must be a text that matches ^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
    '/ports/0 value an item of "ports" has no "port"',
  ]);
  expect(judge(chart, {})).toEqual(['/ value the document has no "image"']);
});

test('of alternatives the one that was meant is spoken of', () => {
  const port = {
    anyOf: [
      { type: 'integer', minimum: 1 },
      { type: 'string', pattern: '^[a-z]+$' },
    ],
  };
  const schema = { properties: { port, probe: { oneOf: [{ type: 'object', required: ['http'] }, { type: 'null' }] } } };
  expect(judge(schema, { port: 0 })).toEqual(['/port value "port" must be at least 1']);
  expect(judge(schema, { port: [] })).toEqual(['/port value "port" must be a string or a whole number, not a list']);
  expect(judge(schema, { probe: {} })).toEqual(['/probe key "probe" has no "http"']);
  expect(judge(schema, { port: 'web', probe: null })).toEqual([]);
  expect(judge({ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 })).toEqual([
    '/ value the document fits more than one alternative of the schema: one has to be left',
  ]);
});

test('alternatives behind references are seen through', () => {
  const schema = {
    properties: { storage: { anyOf: [{ $ref: '#/$defs/size' }, { $ref: '#/$defs/claim' }] } },
    $defs: {
      size: { type: 'string', pattern: '^\\d+Gi$' },
      claim: { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false },
    },
  };
  expect(judge(schema, { storage: { nmae: 'x' } })).toEqual(['/storage/nmae key unknown value "nmae": did you mean "name"?']);
  expect(judge(schema, { storage: '5GB' })).toEqual(['/storage value "storage" must be a text that matches ^\\d+Gi$']);
});

test('the drafts that Helm reads are read', () => {
  expect(judge({ id: 'x', properties: { a: { minimum: 1, exclusiveMinimum: true } } }, { a: 1 })).toEqual(['/a value "a" must be more than 1']);
  expect(judge({ $schema: 'https://json-schema.org/draft/2019-09/schema', dependentRequired: { a: ['b'] } }, { a: 1 })).toEqual([
    '/ value the document has no "b"',
  ]);
  expect(
    judge({ $schema: 'https://json-schema.org/draft/2020-12/schema', properties: { a: { prefixItems: [{ type: 'string' }] } } }, { a: [1] }),
  ).toEqual(['/a/0 value an item of "a" must be a string, not a whole number: quote it']);
  expect(
    judge({ $id: 'https://example.org/s.json', $ref: 'https://example.org/s.json#/definitions/a', definitions: { a: { type: 'array' } } }, {}),
  ).toEqual(['/ value the document must be a list, not a mapping']);
  expect(judge({ properties: { a: { type: 'string', nullable: true } } }, { a: null })).toEqual(['/a value "a" must be a string, not empty']);
});

test('what is no schema is said, at its place', () => {
  expect(judge({ properties: { a: { type: 'int' } } }, {})).toEqual([
    'invalid: "type" must name types of JSON: "string", "number", "integer", "boolean", "object", "array", "null" at /properties/a/type',
  ]);
  expect(judge({ properties: { a: { required: true } } }, {})).toEqual(['invalid: "required" must be a list of names at /properties/a/required']);
  expect(judge({ $ref: '#/definitions/b' }, {})).toEqual(['invalid: nothing answers to the "$ref" "#/definitions/b" at /']);
  expect(judge([], {})).toEqual(['invalid: a schema must be a mapping, true or false at /']);
});

test('what is not here is not fetched, and nothing is said', () => {
  expect(judge({ $ref: 'https://example.org/schema.json' }, {})).toEqual(['unknown: the schema refers to another one, which is not fetched']);
  expect(judge({ properties: { a: { $ref: './other.json#/x' } } }, {})).toEqual(['unknown: the schema refers to another one, which is not fetched']);
});

test('hostile schemas neither hang nor throw', () => {
  const nested = (depth: number): unknown => (depth === 0 ? {} : { properties: { a: nested(depth - 1) } });
  expect(judge(nested(500), {})).toEqual(['unknown: the schema is nested too deeply']);
  expect(judge({ properties: Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`p${index}`, {}])) }, {})).toEqual([
    'unknown: the schema is too large',
  ]);
  expect(judge({ $ref: '#' }, {})).toEqual(['skipped: the schema takes too long']);
  expect(judge({ allOf: [{ $ref: '#' }] }, {})).toEqual(['skipped: the schema takes too long']);
  const doubling = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`d${index}`, { anyOf: [{ $ref: `#/$defs/d${index + 1}` }, { $ref: `#/$defs/d${index + 1}` }] }]),
  );
  expect(judge({ $ref: '#/$defs/d0', $defs: { ...doubling, d40: { type: 'string' } } }, {})).toEqual(['skipped: the schema takes too long']);
  expect(judge({ properties: { a: { pattern: '^(a+)+$' } } }, { a: `${'a'.repeat(20_000)}!` })).toEqual([
    '/a value "a" must be a text that matches ^(a+)+$',
  ]);
  expect(
    judge(
      JSON.parse('{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"string"}}}'),
      JSON.parse('{"__proto__":1,"constructor":1}'),
    ),
  ).toEqual(['/constructor value "constructor" must be a string, not a whole number: quote it']);
  expect(judge({ $async: true, type: 'object' }, [])).toEqual(['/ value the document must be a mapping, not a list']);
});

test('what looks ahead is not applied, and what depends on it neither', () => {
  const schema = { patternProperties: { '(?!x)': { type: 'string' } }, additionalProperties: false, properties: { a: { pattern: '(?=b)' } } };
  expect(judge(schema, { x: 1, a: 'c' })).toEqual([]);
  const compiled = compileUserSchema(schema);
  expect('skipped' in compiled && compiled.skipped).toEqual(['an expression of the schema is not applied']);
});

test('expressions match as those of JavaScript do', () => {
  const cases: [string, string[]][] = [
    ['^(?:[0-9]+(ms|s|m|h))+$', ['5m', '1h30m', '5', 'm', '10ms5s']],
    ['^.{2,4}$', ['a', 'ab', 'abcd', 'abcde', 'äö']],
    ['^[^/]+$', ['a', 'a/b', '']],
    ['a|b|', ['', 'c', 'a']],
    ['\\bfoo\\b', ['a foo b', 'food', 'foo']],
    ['^(a|ab)(c|bcd)(d*)$', ['abcd', 'acd', 'abd']],
    ['[\\w.-]+@[\\w-]+\\.com', ['a.b@c.com', '@c.com']],
  ];
  for (const [pattern, texts] of cases)
    for (const text of texts)
      expect([pattern, text, foreignExpression(pattern)?.test(text)]).toEqual([pattern, text, new RegExp(pattern, 'u').test(text)]);
  expect(foreignExpression('(?i)ABC')?.test('xabcx')).toBe(true);
  expect(foreignExpression('[[:alpha:]]+\\p{Lu}')?.test('aÄ')).toBe(true);
  for (const pattern of ['(?=a)', '(a)\\1', '((', 'a{2,1}', '[b-a]', '*a', '(((a{999}){999}){999})', '\\q'])
    expect([pattern, foreignExpression(pattern)]).toEqual([pattern, undefined]);
});
