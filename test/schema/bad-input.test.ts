import { describe, expect, test } from 'vitest';
import { loadSchemas } from '../../src/schema/load-schemas.ts';
import { readShippedSchema } from '../../src/workspace/shipped-schemas.ts';
import { type Files, linesOf, lintRepository } from './lint-repository.ts';

/** A definition of queues whose `spec` has this schema. */
const queues = (spec: string) => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: queues.example.org }
spec:
  group: example.org
  names: { kind: Queue, plural: queues }
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: ${spec} } } }
`;
const queue = (spec: string) => `apiVersion: example.org/v1\nkind: Queue\nmetadata: { name: orders }\nspec: ${spec}\n`;
const object = (apiVersion: string, kind: string, more = '') => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\n${more}`;
const many = (count: number, item: (index: number) => string, separator = ', ') =>
  Array.from({ length: count }, (_, index) => item(index)).join(separator);

/** What a run may take at most: far more than it does, far less than what would not end. */
const enough = 5000;

/** The findings of a repository that is to be judged in no time. */
async function judgedSoon(files: Files): Promise<readonly string[]> {
  const start = performance.now();
  const lines = await linesOf(files);
  expect(performance.now() - start).toBeLessThan(enough);
  return lines;
}

describe('a definition that would take for ever', () => {
  test.each([
    '^(a+)+$',
    '(a|a)*b',
    '(.*)*\\1',
    '(?=a)a',
    '((a{100}){100}){100}',
    'a{0,100000}',
    `${'('.repeat(1500)}${')'.repeat(1500)}`,
    'x*'.repeat(1500),
  ])('a pattern: %s', async pattern => {
    const definition = queues(`{ type: object, properties: { size: { type: string, pattern: '${pattern}' } } }`);
    const lines = await judgedSoon({ 'crd.yaml': definition, 'queue.yaml': queue(`{ size: ${'a'.repeat(50_000)}!, more: 1 }`) });
    expect(lines.at(-1)).toBe('queue.yaml:4:50018 unknown field "more": known here is "size"');
  });

  const list = `{ list: [${many(5000, String)}], text: ${'a'.repeat(20_000)} }`;
  test.each([
    'self.list.all(a, self.list.all(b, self.list.all(c, a + b + c >= 0)))',
    'self.list.map(a, self.list.map(b, a + b)).size() > 0',
    'self.list.map(a, self.text + self.text).size() == 0',
    "self.text.replace('a', self.text).size() == 0",
    "self.list.exists(a, self.text.matches('a*a*a*a*b'))",
    `${'('.repeat(3000)}true${')'.repeat(3000)}`,
    `${'!'.repeat(9000)}true`,
    '('.repeat(9000),
    "self.text.matches('^(a+)+b$') || self.list.map(a, [a]).map(a, [a, a]).map(a, [a, a]).size() > 0",
  ])('a rule: %s', async rule => {
    const definition = queues(
      `{ type: object, properties: { list: { type: array, items: { type: integer } }, text: { type: string } }, x-kubernetes-validations: [{ rule: "${rule}" }] }`,
    );
    expect(await judgedSoon({ 'crd.yaml': definition, 'queue.yaml': queue(list) })).toEqual([]);
  });

  test('thousands of rules', async () => {
    const rules = many(2000, index => `{ rule: "self.list.all(a, a >= ${index} - ${index})" }`);
    const definition = queues(
      `{ type: object, properties: { list: { type: array, items: { type: integer } } }, x-kubernetes-validations: [${rules}] }`,
    );
    expect(await judgedSoon({ 'crd.yaml': definition, 'queue.yaml': queue(`{ list: [${many(5000, String)}] }`) })).toEqual([]);
  });

  test('thousands of defaults for each of thousands of items', async () => {
    const defaults = many(2000, index => `field${index}: { type: string, default: x }`);
    const definition = queues(
      `{ type: object, x-kubernetes-validations: [{ rule: "true" }], properties: { list: { type: array, items: { type: object, properties: { ${defaults} } } } } }`,
    );
    const files = { 'crd.yaml': definition, 'queue.yaml': queue(`{ list: [${many(5000, () => '{}')}] }`) };
    expect(await judgedSoon(files)).toEqual([]);
    const { skippedRules } = (await lintRepository(files)).coverage;
    expect([...(skippedRules.get('schema/custom-resource') ?? [])]).toEqual([['the rules cannot be evaluated here: it takes too long', 1]]);
  });

  test('rules at a hundred and fifty levels', async () => {
    let schema = '{ type: object, properties: { a: { type: object } } }';
    for (let depth = 0; depth < 150; depth++)
      schema = `{ type: object, x-kubernetes-validations: [{ rule: "has(self.a)" }], properties: { a: ${schema} } }`;
    const files = { 'crd.yaml': queues(schema), 'queue.yaml': queue(`${'{ a: '.repeat(149)}{}${' }'.repeat(149)}`) };
    expect(await judgedSoon(files)).toEqual(['queue.yaml:4:752 "a" breaks a rule of its definition: failed rule: has(self.a)']);
  });

  test('thousands of words, and thousands of values that are none of them', async () => {
    const words = many(5000, index => `word${index}`);
    const definition = queues(`{ type: object, properties: { list: { type: array, items: { type: string, enum: [${words}] } } } }`);
    const lines = await judgedSoon({ 'crd.yaml': definition, 'queue.yaml': queue(`{ list: [${many(2000, index => `wrod${index}`)}] }`) });
    expect(lines).toHaveLength(2000);
    expect(lines[0]).toBe('queue.yaml:4:16 an item of "list" must be one of 5000 words');
  });
});

describe('a schema of values that would take for ever', () => {
  const references = (keyword: string) =>
    Object.fromEntries(Array.from({ length: 30 }, (_, depth) => [`d${depth}`, { [keyword]: [0, 1].map(() => ({ $ref: `#/$defs/d${depth + 1}` })) }]));

  test.each([
    ['a reference to itself', '{"$ref":"#"}'],
    ['references in a circle', '{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"}'],
    ['two references to itself', '{"allOf":[{"$ref":"#"},{"$ref":"#"}]}'],
    ['a reference below what it is about', '{"properties":{"size":{"$ref":"#/properties/size"}}}'],
    ['alternatives without number', JSON.stringify({ $defs: { ...references('anyOf'), d30: { type: 'string' } }, $ref: '#/$defs/d0' })],
    ['conditions without number', JSON.stringify({ $defs: { ...references('allOf'), d30: {} }, $ref: '#/$defs/d0' })],
    ['patterns', '{"patternProperties":{"^(s|s)*e$":{"pattern":"^(1+)+$"}}}'],
  ])('%s', async (_, schema) => {
    const chart = {
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'values.yaml': 'size: 1\n',
      'templates/web.yaml': 'a: {{ .Values.size }}\n',
    };
    expect(await judgedSoon({ ...chart, 'values.schema.json': schema })).toEqual([]);
  });
});

describe('objects without number or end', () => {
  test('twenty thousand in one file', async () => {
    const text = many(
      20_000,
      index => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a${index} }\n${index % 1000 === 0 ? 'dta: {}\n' : ''}`,
      '---\n',
    );
    expect(await judgedSoon({ 'a.yaml': text })).toHaveLength(20);
  });

  test('twenty thousand in one list', async () => {
    const items = many(
      20_000,
      index => `  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a${index} }${index % 1000 === 0 ? ', dta: {}' : ''} }\n`,
      '',
    );
    expect(await judgedSoon({ 'a.yaml': `apiVersion: v1\nkind: List\nitems:\n${items}` })).toHaveLength(20);
  });

  test('a definition that nests nine hundred levels', async () => {
    const levels = 900;
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'queues.example.org' },
      spec: {
        group: 'example.org',
        names: { kind: 'Queue', plural: 'queues' },
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true }],
      },
    };
    const schema = `,"schema":{"openAPIV3Schema":${'{"not":'.repeat(levels)}{"typo":1}${'}'.repeat(levels + 1)}`;
    const text = JSON.stringify(definition).replace('"storage":true', `"storage":true${schema}`);
    const lines = await judgedSoon({ 'crd.json': text, 'queue.yaml': queue('{ a: 1 }') });
    expect(lines.map(line => line.replace(/^\S+ /, ''))).toEqual(['unknown field "typo": did you mean "type"?']);
  });

  test('an object and a definition that nest as deep as a text may', async () => {
    const schema = `${'{ type: object, properties: { a: '.repeat(450)}{ type: integer }${' } }'.repeat(450)}`;
    const lines = await judgedSoon({ 'crd.yaml': queues(schema), 'queue.yaml': queue(`${'{ a: '.repeat(450)}x${' }'.repeat(450)}`) });
    expect(lines.map(line => line.replace(/^\S+ /, ''))).toEqual(['"a" must be a whole number, not a string']);
  });

  test('ten thousand unknown fields: the first are told what may be meant', async () => {
    const fields = many(10_000, index => `  field${index}x: 1\n`, '');
    const known = many(500, index => `field${index}: { type: integer }`);
    const lines = await judgedSoon({ 'crd.yaml': queues(`{ type: object, properties: { ${known} } }`), 'queue.yaml': queue(`\n${fields}`) });
    expect(lines).toHaveLength(10_000);
    expect(lines.filter(line => line.includes('did you mean'))).toHaveLength(100);
  });
});

describe('names that every object of JavaScript has', () => {
  const names = ['constructor', 'hasOwnProperty', 'toString', 'valueOf'];

  test('as fields of objects', async () => {
    const text = object(
      'v1',
      'ConfigMap',
      `data: { ${names.map(name => `${name}: a`).join(', ')}, __proto__: a }\n${names.map(name => `${name}: {}\n`).join('')}__proto__: { polluted: true }\n`,
    );
    expect(await linesOf({ 'a.yaml': text })).toEqual(names.map((name, index) => `a.yaml:${index + 5}:1 unknown field "${name}"`));
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });

  test('as properties of a definition, with defaults and rules', async () => {
    const properties = [...names, '__proto__'].map(name => `${name}: { type: integer, default: 1 }`).join(', ');
    const definition = queues(`{ type: object, properties: { ${properties} }, x-kubernetes-validations: [{ rule: "self.valueOf == 1" }] }`);
    expect(await linesOf({ 'crd.yaml': definition, 'a.yaml': queue('{ constructor: x }'), 'b.yaml': queue('{ valueOf: 2, __proto__: 3 }') })).toEqual(
      [
        'a.yaml:4:22 "constructor" must be a whole number, not a string',
        'b.yaml:4:7 "spec" breaks a rule of its definition: failed rule: self.valueOf == 1',
      ],
    );
  });
});

test.each([
  ['.nan', 3],
  ['.inf', 2],
  ['-.inf', 2],
  ['1e400', 2],
  ['1.5', 2],
  ['9007199254740993', 0],
  ['0x7fffffff', 0],
  ['-0', 0],
  ['~', 0],
])('the number %s', async (number, count) => {
  const text = object(
    'v1',
    'Pod',
    `spec:\n  terminationGracePeriodSeconds: ${number}\n  activeDeadlineSeconds: ${number}\n  containers: [{ name: a, resources: { limits: { cpu: ${number} } } }]\n`,
  );
  const lines = await linesOf({ 'a.yaml': text });
  expect(lines).toHaveLength(count);
  for (const line of lines) expect(line).toMatch(/ must be (a whole number, not (a number|a string)|a number)$/);
});

test('documents with nothing in them', async () => {
  const files = {
    'a.yaml': '',
    'b.yaml': '---\n---\n---\n',
    'c.yaml': '# a\n',
    'd.yaml': '~\n',
    'e.yaml': '--- []\n--- {}\n--- 5\n',
    'f.json': 'null',
    'g.json': '[]',
  };
  expect(await linesOf(files)).toEqual([]);
});

describe('the names of a kind', () => {
  const long = 'a'.repeat(100_000);
  const odd: readonly (readonly [apiVersion: string, kind: string])[] = [
    ['5', 'Pod'],
    ['[]', 'Pod'],
    ['{}', '{}'],
    ['null', 'Pod'],
    ['v1', '5'],
    ['v1', '[Pod]'],
    ['v1', '""'],
    ['""', 'Pod'],
    ['../../etc/passwd', 'Pod'],
    ['../kubernetes/v1', 'Pod'],
    ['a/../../b.c/v1', 'Pod'],
    ['"..\\\\..\\\\a.b/v1"', 'Pod'],
    ['"%2e%2e.%2f/v1"', 'Pod'],
    ['"argoproj.io%2f..%2fa/v1"', 'Application'],
    ['"argoproj.io\\0/v1"', 'Application'],
    ['"argoproj.io\\n/v1"', 'Application'],
    ['"https://example.org/v1"', 'Pod'],
    ['"file:.etc/v1"', 'Pod'],
    ['ARGOPROJ.IO/v1alpha1', 'Application'],
    ['argoproj.io/v1alpha1', '__proto__'],
    ['argoproj.io/v1alpha1', 'toString'],
    ['argoproj.io/constructor', '../Application'],
    ['__proto__', 'constructor'],
    ['constructor', 'name'],
    ['v1', '__proto__'],
    [`${long}.b/v1`, 'Pod'],
    [`${'a.'.repeat(50_000)}b/v1`, 'Pod'],
    ['v1', long],
  ];

  test.each(odd)('%s and %s break nothing', async (apiVersion, kind) => {
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\nspec: {}\n`;
    const item = `{ apiVersion: ${apiVersion}, kind: ${kind} }`;
    const files = { 'a.yaml': text, 'b.yaml': `apiVersion: v1\nkind: List\nitems: [${item}]\n`, 'gitops-lint.yaml': 'schemas: [schemas, .]\n' };
    for (const { message } of (await lintRepository(files)).findings) expect(message).toMatch(/^there is no |lacks a version/);
  });

  test('no file is read but those that ship', async () => {
    const files = Object.fromEntries(
      odd.map(([apiVersion, kind], index) => [`${index}.yaml`, `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\n`]),
    );
    const { repo } = await lintRepository(files);
    const paths: string[] = [];
    const readShipped = (path: string) => {
      paths.push(path);
      return readShippedSchema(path);
    };
    const schemas = await loadSchemas({ repo, schemaFolders: ['', '..'], readShipped });
    for (const resource of repo.resources) schemas.ofResource(resource).problemsOf(1);
    expect(paths).toContain('custom-resources/argoproj.io.jsonl');
    const shipped = /^(kubernetes\.jsonl|custom-resources\.json|custom-resources\/[a-z0-9-]+(\.[a-z0-9-]+)+\.jsonl)$/;
    expect(paths.filter(path => !shipped.test(path))).toEqual([]);
  });

  test.each([
    '../package.json',
    '../../etc/hostname',
    '/etc/hostname',
    'file:///etc/hostname',
    'custom-resources/../../package.json',
    '%2e%2e/package.json',
  ])('what ships is not at %s', path => expect(readShippedSchema(path)).toBeUndefined());
});

describe('a secret is in no message, and in no reason why something is skipped', () => {
  /** Made up, and put together here so that nobody takes it for a real one. */
  const secret = ['Birch', 'Lantern', '47', 'Comet'].join('-');
  const long = `${secret}-${'Harbour'.repeat(20)}`;
  const queuesWith = (schema: string, rules = '[]') => queues(`{ type: object, x-kubernetes-validations: ${rules}, properties: { ${schema} } }`);
  const inQueue = (schema: string, value: string, rules?: string): Files => ({ 'crd.yaml': queuesWith(schema, rules), 'queue.yaml': queue(value) });
  const pod = (container: string) => ({ 'a.yaml': object('v1', 'Pod', `spec: { containers: [{ name: a, image: "a:1", ${container} }] }\n`) });
  const list =
    'list: { type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [token], items: { type: object, properties: { token: { type: string } } } }';

  const planted: Readonly<Record<string, Files>> = {
    'the data of a Secret': { 'a.yaml': object('v1', 'Secret', `data: { user: ${secret}! }\ntype: kubernetes.io/tls\nimmutable: ${secret}\n`) },
    'the texts of a Secret': { 'a.yaml': object('v1', 'Secret', `stringData: { user: [${secret}] }\n`) },
    'a word of a Secret that is nearly one': { 'a.yaml': object('v1', 'Secret', `stringData: { user: ${secret} }\nimutable: ${secret}\n`) },
    'a variable of a type that is wrong': pod(`env: [{ name: DB_PASSWORD, value: { a: ${secret} } }, { name: DB_PASSWORD, value: ${secret} }]`),
    'a variable with two sources': pod(`env: [{ name: DB_PASSWORD, value: ${secret}, valueFrom: { fieldRef: { fieldPath: ${secret} } } }]`),
    'a word that is nearly one': inQueue('password: { type: string, enum: [Birch-Lantern-47-Comets, other] }', `{ password: ${secret} }`),
    'a pattern': inQueue('password: { type: string, pattern: "^[a-z]+$", maxLength: 5 }', `{ password: ${secret} }`),
    'a format': inQueue('password: { type: string, format: date-time }', `{ password: ${secret} }`),
    'a list with a set': inQueue(
      'tokens: { type: array, x-kubernetes-list-type: set, items: { type: string } }',
      `{ tokens: [${secret}, ${secret}] }`,
    ),
    'the key of a list': inQueue(list, `{ list: [{ token: ${secret} }, { token: ${secret} }] }`),
    'the long key of a list': inQueue(list, `{ list: [{ token: ${long} }, { token: ${long} }] }`),
    'a rule': inQueue(
      'password: { type: string }',
      `{ password: ${secret} }`,
      `[{ rule: "self.password == 'a'", messageExpression: '"it is " + self.password' }]`,
    ),
    'a rule about much': inQueue(
      'password: { type: string }',
      `{ password: ${long} }`,
      `[{ rule: "false", messageExpression: '"${'it is '.repeat(30)}" + self.password' }]`,
    ),
    'a rule about a variable': inQueue(
      'env: { type: array, items: { type: object, properties: { name: { type: string }, value: { type: string } } } }',
      `{ env: [{ name: DB_PASSWORD, value: ${secret} }] }`,
      `[{ rule: "false", messageExpression: 'self.env[0].name + " is " + self.env[0].value' }]`,
    ),
    'a rule that takes it for a pattern': inQueue(
      'password: { type: string }',
      `{ password: "(${secret}" }`,
      `[{ rule: "'a'.matches(self.password)" }, { rule: "'a'.find(self.password) == ''" }]`,
    ),
    'a rule that takes it for something else': inQueue(
      'password: { type: string }',
      `{ password: "${secret}" }`,
      `[{ rule: "int(self.password) > 1" }, { rule: "quantity(self.password).isGreaterThan(quantity('1'))" }, { rule: "timestamp(self.password) == null" }, { rule: "url(self.password).getHost() == ''" }, { rule: "'%d'.format([self.password]) == ''" }, { rule: "{'a': 1}[self.password] == 1" }, { rule: "self[self.password] == 1" }]`,
    ),
  };

  test.each(Object.entries(planted))('%s', async (_, files) => {
    const { findings, coverage } = await lintRepository(files);
    const said = JSON.stringify([findings, [...coverage.skippedRules.values()].map(reasons => [...reasons])]);
    expect(said).not.toBe('[[],[]]');
    for (const part of [secret, secret.slice(0, 12)]) expect(said).not.toContain(part);
  });
});
