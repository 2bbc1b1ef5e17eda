import { expect, test } from 'vitest';
import { minorsBetween } from '../../src/core/kubernetes-minors.ts';
import { shippedExpression } from '../../src/schema/expressions.ts';
import { kubernetesFormat } from '../../src/schema/format-checks.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { compiler } from '../../src/schema/schema-node.ts';
import { judge } from '../../src/schema/validate.ts';

const definitions: Readonly<Record<string, JsonSchema>> = {
  Port: {
    type: 'object',
    required: ['port'],
    properties: {
      port: { type: 'integer' },
      protocol: { type: 'string', enum: ['TCP', 'UDP', ''] },
      target: { type: 'string', format: 'int-or-string' },
    },
  },
};

const schema: JsonSchema = {
  type: 'object',
  required: ['size', 'mode'],
  properties: {
    size: { type: 'integer' },
    mode: { type: 'string', default: 'fifo' },
    memory: { type: 'string', format: 'quantity' },
    when: { type: 'string', format: 'date-time' },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    ports: { type: 'array', items: { $ref: 'Port' }, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] },
    hosts: { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' },
    free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { depth: { type: 'integer' } } },
    anything: { type: 'object' },
    address: {
      type: 'object',
      properties: { type: { type: 'string', default: 'IP' }, value: { type: 'string' } },
      oneOf: [{ properties: { type: { enum: ['IP'] }, value: { pattern: '^[0-9.]+$' } } }, { properties: { type: { not: { enum: ['IP'] } } } }],
    },
    one: { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } }, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    either: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }], pattern: '^[0-9]+%?$' },
    late: { type: 'string', 'x-minors': [30, 36] },
  },
};

function problemsOf(fields: object, { minors, keepsUnknownFields = false }: { minors?: number; keepsUnknownFields?: boolean } = {}): string[] {
  const compile = compiler({
    isStructural: true,
    keepsUnknownFields,
    expression: shippedExpression,
    format: kubernetesFormat,
    resolve: name => definitions[name],
  });
  const value = { size: 1, ...fields };
  return judge(compile(schema), value, { isStructural: true, ...(minors !== undefined && { minors }) }).map(
    ({ field, message }) => `${field.join('.')}: ${message}`,
  );
}

test('null stands for a field that is absent, at every depth', () => {
  expect(problemsOf({ memory: null, labels: { a: null }, ports: null, free: null, either: null, hosts: null })).toEqual([]);
  expect(problemsOf({ ports: [{ port: 1, protocol: null, target: null }] })).toEqual([]);
  expect(problemsOf({ size: null })).toEqual([': the document has no "size"']);
});

test('a required field may be absent where the API server has a default for it', () => {
  expect(problemsOf({ mode: undefined })).toEqual([]);
});

test('an object with properties takes no other field, unless it keeps unknown ones or has no properties at all', () => {
  expect(problemsOf({ sise: 1, anything: { goes: [1] }, free: { what: 1 } })).toEqual(['sise: unknown field "sise": did you mean "size"?']);
  expect(problemsOf({ free: { depth: 'x' } })).toEqual(['free.depth: "depth" must be a whole number, not a string']);
});

test('a definition that keeps unknown fields closes nothing, and judges what it knows', () => {
  expect(problemsOf({ more: 1, ports: [{ port: 1, more: true }] }, { keepsUnknownFields: true })).toEqual([]);
  expect(problemsOf({ size: 'x' }, { keepsUnknownFields: true })).toEqual(['size: "size" must be a whole number, not a string']);
});

test('quantities are texts or numbers, with suffixes that there are', () => {
  for (const memory of ['1Gi', '500m', '1e3', '.5', '0.1', '12', 1, 0.5, 128974848]) expect(problemsOf({ memory })).toEqual([]);
  for (const memory of ['500mb', '1GB', '1gi', '1 Gi', '64MiB', '1,5', '', 'lots']) expect(problemsOf({ memory })).toHaveLength(1);
});

test('a port is a number or a text, but neither a boolean nor a fraction', () => {
  expect(
    problemsOf({
      ports: [
        { port: 1, target: 'http' },
        { port: 2, target: 80 },
      ],
      either: '50%',
    }),
  ).toEqual([]);
  expect(problemsOf({ either: true })).toEqual(['either: "either" must be a string or a whole number, not true or false: quote it']);
  expect(problemsOf({ either: 1.5 })).toHaveLength(1);
  expect(problemsOf({ either: 'half' })).toHaveLength(1);
});

test('items of a list are told apart by its keys, with what the API server fills in for them', () => {
  expect(problemsOf({ ports: [{ port: 53 }, { port: 53, protocol: 'UDP' }] })).toEqual([]);
  expect(problemsOf({ ports: [{ port: 53 }, { port: 53, protocol: 'TCP' }] })).toEqual([
    'ports.1: port "53", protocol "TCP" stands twice in "ports": keep one of the two',
  ]);
  expect(problemsOf({ hosts: ['a', 'b', 'a'] })).toHaveLength(1);
});

test('alternatives below oneOf only add conditions', () => {
  expect(problemsOf({ one: { a: 'x' } })).toEqual([]);
  expect(problemsOf({ one: { a: 'x', b: 'y' } })).toEqual(['one: "one" takes only one of "a" or "b": remove the others']);
  expect(problemsOf({ one: {} })).toEqual(['one: "one" has none of "a" or "b": add one']);
});

test('defaults are there before an alternative is looked for', () => {
  expect(problemsOf({ address: { value: '1.2.3.4' } })).toEqual([]);
  expect(problemsOf({ address: { value: 'example.org' } })).toHaveLength(1);
  expect(problemsOf({ address: { type: 'Name', value: 'example.org' } })).toEqual([]);
});

test('the empty word of an enum is no suggestion', () => {
  expect(problemsOf({ ports: [{ port: 1, protocol: '%PROTOCOL%' }] })).toEqual(['ports.0.protocol: "protocol" must be "TCP" or "UDP"']);
});

test('a field of other versions says which they are', () => {
  expect(problemsOf({ late: 'x' }, { minors: minorsBetween(25, 29) })).toEqual(['late: unknown field "late": only Kubernetes 1.30 to 1.36 has it']);
  expect(problemsOf({ late: 'x' }, { minors: minorsBetween(29, 30) })).toEqual(['late: unknown field "late"']);
  expect(problemsOf({ late: 'x' }, { minors: minorsBetween(30, 36) })).toEqual([]);
});
