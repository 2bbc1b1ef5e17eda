import { describe, expect, test } from 'vitest';
import { allMinors } from '../../src/core/kubernetes-minors.ts';
import { newBudget, prepareCel } from '../../src/schema/cel/prepare-cel.ts';
import { withDefaults } from '../../src/schema/cel/with-defaults.ts';
import type { CelRule, JsonSchema } from '../../src/schema/json-schema.ts';
import recorded from './cel-cases.json' with { type: 'json' };

const cel = await prepareCel();

/** `holds`, `fails`, or `error` where a rule cannot be evaluated. */
function verdictOf(rule: string, self: unknown, schema: JsonSchema): string {
  const { problems, skipped } = cel.evaluate([{ rule }], self, schema, []);
  return skipped.length > 0 ? 'error' : problems.length > 0 ? 'fails' : 'holds';
}

describe.each(Object.entries(recorded.cases))('the API server agrees about %s', (_, cases) => {
  test.each(Object.entries(cases))('%s', (rule, verdict) => {
    // The file has the words of structural schemas, which its inferred type does not know.
    expect(verdictOf(rule, recorded.object, recorded.schema as JsonSchema)).toBe(verdict);
  });
});

const anything: JsonSchema = { type: 'object', properties: { a: { type: 'integer' }, text: { type: 'string' } } };

function evaluateOne(rule: CelRule, self: unknown = { a: 1 }, schema = anything, field: readonly string[] = ['spec']) {
  return cel.evaluate([rule], self, schema, field);
}

describe('a rule that does not hold', () => {
  test('says its message at the field', () => {
    expect(evaluateOne({ rule: 'self.a > 1', message: ' too few\nof them ' }).problems).toEqual([
      { field: ['spec'], part: 'value', kind: 'combination', message: 'too few of them', minors: allMinors },
    ]);
  });

  test('says the rule where it has no message', () => {
    expect(evaluateOne({ rule: 'self.a >\n 1' }).problems[0]?.message).toBe('failed rule: self.a > 1');
    expect(evaluateOne({ rule: `self.a > 1 ${'&& true '.repeat(100)}` }).problems[0]?.message).toHaveLength(314);
  });

  test('says what its expression of a message comes to', () => {
    const rule = { rule: 'self.a > 1', message: 'few' };
    expect(evaluateOne({ ...rule, messageExpression: '"only %d".format([self.a])' }).problems[0]?.message).toBe('only 1');
    for (const messageExpression of ['self.b', '""', '" "', '"a\\nb"', '1', ')']) {
      expect(evaluateOne({ ...rule, messageExpression }).problems[0]?.message).toBe('few');
    }
  });

  test('stands at the field that it names', () => {
    expect(evaluateOne({ rule: 'false', fieldPath: ".a['b.c'].d" }).problems[0]?.field).toEqual(['spec', 'a', 'b.c', 'd']);
  });
});

describe('what does not apply', () => {
  test('a rule that compares with the old object is neither evaluated nor skipped', () => {
    expect(evaluateOne({ rule: 'self.a == oldSelf.a' })).toEqual({ problems: [], skipped: [] });
  });

  test('it is evaluated where the old object is optional', () => {
    expect(evaluateOne({ rule: 'oldSelf.hasValue()', optionalOldSelf: true }).problems).toHaveLength(1);
    expect(evaluateOne({ rule: 'oldSelf.optMap(o, o.a == self.a).orValue(true)', optionalOldSelf: true })).toEqual({ problems: [], skipped: [] });
  });

  test('a field with that name is no old object', () => {
    expect(
      evaluateOne({ rule: 'has(self.oldSelf)' }, { a: 1 }, { type: 'object', properties: { oldSelf: { type: 'string' } } }).problems,
    ).toHaveLength(1);
  });

  test('null is not asked', () => {
    expect(evaluateOne({ rule: 'false' }, null)).toEqual({ problems: [], skipped: [] });
  });
});

describe('defaults', () => {
  const schema: JsonSchema = {
    type: 'object',
    properties: {
      port: { type: 'integer', default: 80 },
      tls: { type: 'object', default: {}, properties: { mode: { type: 'string', default: 'Strict' } } },
      routes: { type: 'array', items: { type: 'object', properties: { weight: { type: 'integer', default: 1 } } } },
      labels: { type: 'object', additionalProperties: { type: 'object', properties: { on: { type: 'boolean', default: true } } } },
      absent: { type: 'object', properties: { deep: { type: 'string', default: 'x' } } },
      nullable: { type: 'string', nullable: true, default: 'y' },
    },
  };

  test('stand where a field is missing, to any depth, in what is there', () => {
    expect(withDefaults({ routes: [{}], labels: { a: {} }, other: null }, schema, newBudget())).toEqual({
      port: 80,
      tls: { mode: 'Strict' },
      routes: [{ weight: 1 }],
      labels: { a: { on: true } },
      nullable: 'y',
      other: null,
    });
  });

  test('stand for null where the schema does not allow it', () => {
    expect(withDefaults({ port: null, nullable: null, absent: null }, schema, newBudget())).toEqual({
      port: 80,
      tls: { mode: 'Strict' },
      nullable: null,
    });
  });
});

describe('hostile content', () => {
  const list = (length: number) => ({ items: Array.from({ length }, (_, index) => index) });
  const lists: JsonSchema = { type: 'object', properties: { items: { type: 'array', items: { type: 'integer' } }, text: { type: 'string' } } };

  test.each([
    ['loops in loops over a long list', 'self.items.all(a, self.items.all(b, self.items.all(c, a + b + c >= 0)))'],
    ['texts that double', `cel.bind(a, "${'x'.repeat(1000)}", ${'[1,2,3,4,5,6,7,8,9,10].map(i, a + a).join() + '.repeat(200)}"") == ""`],
    ['lists that double', `${'self.items + '.repeat(900)}[] == []`],
    ['parentheses', `${'('.repeat(10_000)}true${')'.repeat(10_000)}`],
    ['a chain of operators', `${'true && '.repeat(20_000)}true`],
    ['no expression', 'self.items.all('],
    ['a macro without a variable', 'self.items.all(1, true)'],
    ['an unknown function', 'self.items.exec()'],
    ['an unknown variable', 'process.exit()'],
    ['the constructor', 'self.constructor.constructor("return 1")() == 1'],
    ['a result that is no truth', 'self.items.size()'],
  ])('%s: skipped in little time', (_, rule) => {
    const start = performance.now();
    const { problems, skipped } = evaluateOne({ rule }, list(2000), lists);
    expect(problems).toEqual([]);
    expect(skipped).toEqual([expect.stringMatching(/^the rule cannot be evaluated here: /)]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('an expression that others take exponential time for', () => {
    const start = performance.now();
    const text = `${'a'.repeat(50_000)}!`;
    expect(evaluateOne({ rule: "!self.text.matches('^(a|a|aa)+$')" }, { text }, lists).problems).toEqual([]);
    expect(evaluateOne({ rule: "self.text.matches('(x{1000}){1000}')" }, { text }, lists).skipped).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('all rules of an object share what they may cost', () => {
    const budget = newBudget();
    const rules = Array.from({ length: 1000 }, () => ({ rule: 'self.items.all(a, self.items.exists(b, a == b))' }));
    const start = performance.now();
    expect(cel.evaluate(rules, list(500), lists, [], budget).skipped.length).toBeGreaterThan(900);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('a value of a wrong type is no problem of the rule', () => {
    expect(evaluateOne({ rule: 'self.a > 0' }, { a: 'x' }).skipped).toEqual([
      'the rule cannot be evaluated here: the rule meets a value that is no integer',
    ]);
    expect(evaluateOne({ rule: 'true' }, { a: 'x' })).toEqual({ problems: [], skipped: [] });
  });
});

test('names and values that cel.bind() gives', () => {
  expect(evaluateOne({ rule: 'cel.bind(x, self.a + 1, x * x == 4)' })).toEqual({ problems: [], skipped: [] });
});
