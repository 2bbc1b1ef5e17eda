import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/parse/parse-json.ts';
import { parseYaml } from '../../src/parse/parse-yaml.ts';
import type { ParsedText } from '../../src/parse/parsed-text.ts';

/** The cells of the first document, counted from its root. */
function nodesOf({ documents: [document] }: ParsedText): number[] {
  const { cells, root } = document?.tape ?? { cells: new Int32Array(), root: 0 };
  return [...cells.subarray(root, cells[root + 3])].map((cell, index) => (index % 4 === 3 ? cell - root : cell));
}

describe('a JSON text', () => {
  test.each(['{"a": [1, -2.5e3, "b\\u00e9\\n", true, null], "": {}}', ' [] ', '"a"', '{\n\t"a":1,\r\n\t"b" : [ ]\n}\n', '-0', '1E400'])(
    '%j is what JSON.parse gives',
    text => {
      const { documents, problems } = parseJson('a.json', text);
      expect(problems).toEqual([]);
      expect(documents[0]?.value).toEqual(JSON.parse(text));
    },
  );

  test('has the tape that it has as YAML', () => {
    const text = '{"a": [1, {"b": "c"}], "d": null}\n';
    expect(nodesOf(parseJson('a.json', text))).toEqual(nodesOf(parseYaml('a.json', text)));
  });

  test('makes __proto__ an entry of its own', () => {
    expect(Object.keys(parseJson('a.json', '{"__proto__": {"a": 1}}').documents[0]?.value as object)).toEqual(['__proto__']);
  });

  test('has its duplicate keys reported', () => {
    const { documents, duplicateKeys } = parseJson('a.json', '{"a": [{"b": 1, "b": 2}]}');
    expect(documents[0]?.value).toEqual({ a: [{ b: 2 }] });
    expect(duplicateKeys).toEqual([{ document: 0, field: ['a', 0], key: 'b', start: 16, end: 19, firstStart: 8, firstEnd: 11 }]);
  });
});

describe('a text that is no JSON has a problem that says what was expected', () => {
  test.each([
    ['', 0, 'the file ends here: expected a string in double quotes, a number, true, false, null, "{" or "["'],
    ['{"a": 1,}', 7, 'a comma stands before "}": remove it'],
    ['[1,]', 2, 'a comma stands before "]": remove it'],
    ['[1 2]', 3, 'a value is not followed by the next one: expected a comma or "]"'],
    ['{"a" 1}', 5, 'a key is not followed by its value: expected a colon'],
    ['{a: 1}', 1, 'no key stands here: expected a key in double quotes or "}"'],
    ['{"a": \'b\'}', 6, 'this is no JSON value: expected a string in double quotes, a number, true, false, null, "{" or "["'],
    ['[01]', 1, 'this is no JSON value: expected a string in double quotes, a number, true, false, null, "{" or "["'],
    ['[1] // c', 4, 'a comment stands in JSON: remove it'],
    ['["a\nb"]', 3, 'a string is not closed on its line: expected "'],
    ['["\\x"]', 1, 'a backslash begins no escape that JSON knows: double the backslash'],
    ['["\\', 3, 'a string is not closed on its line: expected "'],
    ['{"a": 1', 7, 'a value is not followed by the next one: expected a comma or "}"'],
    ['{} {}', 3, 'text follows after the end of the value: expected the end of the file'],
  ])('%j', (text, start, message) => {
    const { documents, problems } = parseJson('a.json', text);
    expect(documents).toEqual([]);
    expect(problems).toEqual([{ message, start, end: Math.min(start + 1, text.length) }]);
  });
});

describe('comments and last commas are allowed', () => {
  const text = '// c\n{"a": [1, /* d */ 2,],}\n';

  test.each(['tsconfig.json', 'web/tsconfig.build.json', '.vscode/settings.json', 'a/.devcontainer/devcontainer.json', 'renovate.json5', 'a.jsonc'])(
    'in %s',
    path => {
      expect(parseJson(path, text)).toMatchObject({ documents: [{ value: { a: [1, 2] } }], problems: [] });
    },
  );

  test.each(['a.json', 'package.json', 'vscode/settings.json'])('but not in %s', path => {
    expect(parseJson(path, text).problems).toHaveLength(1);
  });

  test('JSON5 that is no JSON is left alone', () => {
    expect(parseJson('renovate.json5', '{a: 1}')).toEqual({ documents: [], problems: [], duplicateKeys: [] });
  });
});
