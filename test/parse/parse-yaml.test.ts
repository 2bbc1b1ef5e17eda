import { describe, expect, test } from 'vitest';
import { nodeKind } from '../../src/core/document.ts';
import { parseYaml } from '../../src/parse/parse-yaml.ts';

const valuesOf = (text: string) => parseYaml('a.yaml', text).documents.map(({ value }) => value);

describe('a YAML text', () => {
  test('is plain values and a tape of its nodes', () => {
    const text = '# top\na: &x [1, "b"] # c\nd:\n  - *x\n  -\n';
    const { documents, problems, duplicateKeys } = parseYaml('a.yaml', text);
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({ path: 'a.yaml', index: 0, value: { a: [1, 'b'], d: [[1, 'b'], null] } });
    const { cells, root, aliases } = documents[0]?.tape ?? { cells: new Int32Array(), root: 0 };
    const nodes = [];
    for (let node = root; node < (cells[root + 3] ?? 0); node += 4) nodes.push([cells[node], text.slice(cells[node + 1], cells[node + 2])]);
    expect(nodes).toEqual([
      [nodeKind.blockMap, text.slice(6, -1)],
      [nodeKind.plain, 'a'],
      [nodeKind.flowSequence, '[1, "b"]'],
      [nodeKind.plain, '1'],
      [nodeKind.doubleQuoted, '"b"'],
      [nodeKind.plain, 'd'],
      [nodeKind.blockSequence, '- *x\n  -'],
      [nodeKind.alias, '*x'],
      [nodeKind.empty, ''],
    ]);
    expect([...(aliases ?? [])]).toEqual([[28, 8]]);
    expect({ problems, duplicateKeys }).toEqual({ problems: [], duplicateKeys: [] });
  });

  test('without content has no document', () => {
    expect(valuesOf('')).toEqual([]);
    expect(valuesOf('# only a comment\n\n')).toEqual([]);
  });

  test('has a document that is null between two markers', () => {
    expect(valuesOf('---\n---\na: 1\n---\n# nothing\n')).toEqual([null, { a: 1 }, null]);
  });

  test('resolves plain scalars by the core schema', () => {
    expect(valuesOf('[1, 0x1f, 0o17, 017, -1.5e3, .inf, true, yes, Null, ~, 1_0, 12:30, =, -0]')).toEqual([
      [1, 31, 15, 17, -1500, Number.POSITIVE_INFINITY, true, 'yes', null, null, '1_0', '12:30', '=', -0],
    ]);
  });

  test('keeps the data under tags that are not known', () => {
    expect(valuesOf('a: !vault |\n  x\nb: !Ref 1\nc: !reference [d, 2]\ne: !encrypted/aes 3\nf: !x\n')).toEqual([
      { a: 'x\n', b: '1', c: ['d', 2], e: '3', f: '' },
    ]);
  });

  test('expands merge keys, and what stands in the mapping itself wins', () => {
    expect(valuesOf('a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  z: 3\n  <<: [*a, *b]\n"<<": 4\n')).toEqual([
      { a: { x: 1, y: 1 }, b: { y: 2, z: 2 }, c: { z: 3, x: 1, y: 1 }, '<<': 4 },
    ]);
    expect(valuesOf('a: &a {x: 1}\nb:\n  !!merge <<: *a\n  x: 2\n')).toEqual([{ a: { x: 1 }, b: { x: 2 } }]);
  });

  test('makes names of objects its own entries', () => {
    const [value] = valuesOf('__proto__: {a: 1}\nconstructor: b\nc: {<<: {__proto__: 2}}\n') as [Record<string, unknown>];
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'c']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value.c as object)).toEqual([['__proto__', 2]]);
  });

  test('may use what only the yaml package reads', () => {
    expect(valuesOf('%YAML 1.2\n---\n? a\n: b\n&x c: *x\n')).toEqual([{ a: 'b', c: 'c' }]);
  });
});

describe('duplicate keys', () => {
  const duplicatesOf = (text: string) =>
    parseYaml('a.yaml', text).duplicateKeys.map(({ document, field, key, start, firstStart }) => [document, field, key, start, firstStart]);

  test('are found across quoting styles, in blocks and in brackets', () => {
    expect(duplicatesOf('a: 1\n"a": 2\nb: [{c: 1, \'c\': 2}]\n---\n1: x\n"1": y\n')).toEqual([
      [0, [], 'a', 5, 0],
      [0, ['b', 0], 'c', 23, 17],
      [1, [], '1', 41, 36],
    ]);
  });

  test('are looked for before merges are expanded', () => {
    expect(duplicatesOf('a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n')).toEqual([]);
    expect(duplicatesOf('a: &a {x: 1}\nb:\n  <<: *a\n  <<: *a\n')).toEqual([[0, ['b'], '<<', 27, 18]]);
  });

  test('leave the last value', () => {
    expect(valuesOf('a: 1\nb: 2\na: 3\n')).toEqual([{ a: 3, b: 2 }]);
  });
});

test('a quoted scalar that goes on at the column of its key is read as Go and libyaml do', () => {
  const { documents, problems } = parseYaml('a.yaml', 'a:\n  b: "one\n  two"\n  c: \'three\nfour\'\n');
  expect(problems).toEqual([]);
  expect(documents[0]?.value).toEqual({ a: { b: 'one two', c: 'three four' } });
  expect(parseYaml('a.yaml', 'a: "one\nb: two\nc: "three"\n').problems).toHaveLength(1);
});

describe('a syntax problem says where and what was expected, and the documents before it are kept', () => {
  test.each([
    ['a: "b\nc: d\n', '"', 'a double quote is not closed: expected "'],
    ["a: 'b", "'", "a single quote is not closed: expected '"],
    ['a: [b\nc: d\n', '[', 'a bracket is not closed, or its lines are indented too little: expected "]"'],
    ['a:\n\tb: c\n', '\t', 'a tab is used as indentation: expected spaces'],
    ['a: b: c\n', 'b', 'a second colon on the line of a key: expected the value in quotes, or a nested key on the next line'],
    ['a:\n  b: c\n   d: e\n', 'd', 'the indentation of this key fits no mapping around it: expected the column of its siblings'],
    ['a:\n    b: c\n  d: e\n', 'd', 'the indentation of this key fits no mapping around it: expected the column of its siblings'],
    ['a: b\nfoo\n', 'foo', 'this line is no "key: value": expected a colon and a space after the key'],
    ['a: @b\n', '@', 'a value without quotes starts with "@": expected quotes around the value'],
    ['a: "b" c\n', 'c', 'text follows after the end of a value: expected a line break or a comment'],
    ['a: - b\n', '-', 'a sequence begins on the line of its key: expected "- " on the next line'],
    ['a: *b\n', '*b', 'an alias has no anchor before it: expected "&" and its name on an earlier value, or quotes around the value'],
    ['a: &b [*b]\n', '*b', 'an alias stands inside the value that it refers to: move it out'],
    ['<<: 1\n', '1', 'the merge key "<<" has no mapping: expected an alias of a mapping, or a list of them'],
    ['a: [b, , c]\n', ', c', 'an item is missing before the comma: expected a value or "]"'],
    ['a: |b\n  c\n', 'b', 'text follows after "|" or ">": expected the end of the line'],
    ['a: "\\d"\n', '\\', 'a backslash in double quotes begins no escape that YAML knows: double the backslash or use single quotes'],
  ])('%j', (text, place, message) => {
    const { documents, problems } = parseYaml('a.yaml', `x: 1\n---\n${text}`);
    expect(documents.map(({ value }) => value)).toEqual([{ x: 1 }]);
    expect(problems.map(problem => problem.message)).toEqual([message]);
    expect(`x: 1\n---\n${text}`.slice(problems[0]?.start).startsWith(place)).toBe(true);
  });
});
