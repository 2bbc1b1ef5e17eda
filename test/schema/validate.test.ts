import { describe, expect, test } from 'vitest';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { validate } from '../../src/schema/validate.ts';

const schema: JsonSchema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    count: { type: 'integer', minimum: 1 },
    share: { type: 'number', minimum: 0, maximum: 1 },
    state: { type: 'string', enum: ['present', 'absent'] },
    day: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$', 'x-expected': 'a date such as 2027-03-31' },
    code: { type: 'string', pattern: '^[a-z]+$' },
    items: { type: 'array', items: { $ref: '#/$defs/item' }, minItems: 1 },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    setting: { anyOf: [{ type: 'string', enum: ['on', 'off'] }, { $ref: '#/$defs/item' }] },
    size: { anyOf: [{ type: 'integer' }, { type: 'string', pattern: '^\\d+MB$' }], 'x-expected': 'a size such as 5MB' },
    free: { type: 'object' },
    rules: { type: 'object', 'x-name': 'rule', patternProperties: { '^own/': { type: 'boolean' } }, additionalProperties: false },
  },
  additionalProperties: false,
  $defs: {
    item: { type: 'object', properties: { id: { type: 'string' }, path: { type: 'string' } }, required: ['id'], additionalProperties: false },
  },
};

const lines = (value: unknown, judge = schema) => validate(judge, value).map(({ field, part, message }) => `${field.join('/')} ${part}: ${message}`);

test('a value that fits has no problem', () => {
  expect(
    lines({
      name: 'a',
      count: 2,
      share: 1,
      labels: { a: 'b' },
      items: [{ id: 'a' }],
      setting: { id: 'b' },
      size: '5MB',
      free: { a: [null] },
      rules: { 'own/a': true },
    }),
  ).toEqual([]);
});

test.each([
  ['an unknown field, at its key, with the near one', { nam: 'a' }, 'nam key: unknown field "nam": did you mean "name"?'],
  ['one that begins as another does', { sett: 'on' }, 'sett key: unknown field "sett": did you mean "setting"?'],
  [
    'one that is near to none, where the names are few',
    { items: [{ id: 'a', colour: 1 }] },
    'items/0/colour key: unknown field "colour": known here are "id", "path"',
  ],
  ['one that is near to none, where they are many', { zzz: 1 }, 'zzz key: unknown field "zzz"'],
  ['a word for the keys of a mapping', { rules: { 'other/a': true } }, 'rules/other/a key: unknown rule "other/a"'],
  ['a wrong type', { items: 'a' }, 'items value: "items" must be a list, not a string'],
  ['a value that was to be quoted', { name: 1.1 }, 'name value: "name" must be a string, not a number: quote it'],
  ['a wrong type in a list', { items: [1] }, 'items/0 value: an item of "items" must be a mapping, not a whole number'],
  ['no value', { name: null }, 'name value: "name" must be a string, not empty'],
  ['a missing field, at what lacks it', { setting: { path: 'a' } }, 'setting key: "setting" has no "id"'],
  ['a missing field of an item', { items: [{ path: 'a' }] }, 'items/0 value: an item of "items" has no "id"'],
  ['a misspelt field that is required: one mistake', { items: [{ idd: 'a' }] }, 'items/0/idd key: unknown field "idd": did you mean "id"?'],
  ['one of a few words', { state: 'presnt' }, 'state value: "state" must be "present" or "absent": did you mean "present"?'],
  ['a number that is too small', { count: 0 }, 'count value: "count" must be at least 1'],
  ['a number out of a range', { share: 2 }, 'share value: "share" must be at least 0 and at most 1'],
  ['a number that is not whole', { count: 1.5 }, 'count value: "count" must be a whole number, not a number'],
  ['a pattern with words for it', { day: 'soon' }, 'day value: "day" must be a date such as 2027-03-31'],
  ['a pattern without', { code: 'A' }, 'code value: "code" must be a text that matches ^[a-z]+$'],
  ['an empty list', { items: [] }, 'items value: "items" must not be empty'],
  ['the nearest of several alternatives: by type', { setting: 'onn' }, 'setting value: "setting" must be "on" or "off": did you mean "on"?'],
  ['by type, in a mapping', { setting: { id: 1 } }, 'setting/id value: "id" must be a string, not a whole number: quote it'],
  ['no alternative', { setting: [] }, 'setting value: "setting" must be a string or a mapping, not a list'],
  ['alternatives with words for them', { size: '5 apples' }, 'size value: "size" must be a size such as 5MB'],
  ['alternatives with words for them, and another type', { size: [] }, 'size value: "size" must be a size such as 5MB, not a list'],
  ['the whole', [], ' value: the document must be a mapping, not a list'],
])('%s', (_, value, line) => {
  expect(lines(value)).toEqual([line]);
});

test('every mistake is named once, in the order of the file', () => {
  expect(lines({ count: 'a', nam: 1, labels: { a: 1, b: true } }).map(line => line.split(' ')[0])).toEqual(['count', 'nam', 'labels/a', 'labels/b']);
});

test('a field named like a property of every object is unknown', () => {
  expect(lines(JSON.parse('{"constructor": 1, "__proto__": 2}'))).toHaveLength(2);
});

describe("what Go's reader takes", () => {
  const go: JsonSchema = { ...schema, 'x-reader': 'go', properties: { ...schema.properties, isOn: { type: 'boolean' } } };

  test('any case of a key, empty values and the booleans of YAML 1.1', () => {
    expect(lines({ Name: 'a', ITEMS: [{ ID: 'a' }, null], labels: null, ison: 'yes' }, go)).toEqual([]);
  });

  test('but keys of free mappings keep their case, and other words are no booleans', () => {
    expect(lines({ isOn: 'maybe', labels: { A: 1 } }, go)).toHaveLength(2);
  });
});
