import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/parse/parse-json.ts';
import { parseYaml } from '../../src/parse/parse-yaml.ts';

const read = (text: string) => {
  const { documents, problems } = parseYaml('a.yaml', text);
  return { values: documents.map(({ value }) => value), problems: problems.map(({ message }) => message) };
};
const tooDeep = 'nested deeper than 1000 levels: flatten the document';
const tooManyValues = 'the aliases stand for more than 500000 values: write fewer of them';

/** Ten lines that stand for `width ** 10` values. */
function bomb(line: (name: string, aliases: string) => string): string {
  return Array.from({ length: 10 }, (_, index) =>
    line(
      `n${index}`,
      Array(10)
        .fill(`*n${index - 1}`)
        .join(', '),
    ),
  ).join('\n');
}

describe('hostile texts end in a problem, not in an exception', () => {
  test.each([
    ['nested lists in brackets', '['.repeat(10_000)],
    ['closed lists in brackets', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['nested lists with dashes', `${'- '.repeat(10_000)}a`],
    ['nested maps on lines of their own', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['nested lists that only the yaml package reads', `%YAML 1.2\n---\n${'['.repeat(10_000)}`],
  ])('10,000 %s', (_, text) => {
    expect(read(text)).toEqual({ values: [], problems: [tooDeep] });
    expect(read(text).values).toEqual([]);
  });

  test('nested arrays of JSON', () => {
    expect(parseJson('a.json', '['.repeat(10_000)).problems[0]?.message).toBe(tooDeep);
  });

  test('aliases of aliases', () => {
    const text = bomb((name, aliases) => (name === 'n0' ? 'n0: &n0 [x, x]' : `${name}: &${name} [${aliases}]`));
    expect(read(text)).toEqual({ values: [], problems: [tooManyValues] });
    expect(read(`%YAML 1.2\n---\n${text}`)).toEqual({ values: [], problems: [tooManyValues] });
  });

  test('aliases of aliases in merge keys', () => {
    const text = bomb((name, aliases) => (name === 'n0' ? 'n0: &n0 {x: 1}' : `${name}: &${name}\n  <<: [${aliases}]`));
    expect(read(text)).toEqual({ values: [], problems: [tooManyValues] });
  });

  test('a large text with an error at its end', () => {
    const { documents, problems } = parseYaml('a.yaml', `${'- {a: b}\n'.repeat(100_000)}- "c`);
    expect(documents).toEqual([]);
    expect(problems).toEqual([{ message: 'a double quote is not closed: expected "', start: 900_002, end: 900_003 }]);
  });
});

describe('large texts are read', () => {
  test('2 MB of JSON on one line', () => {
    const text = JSON.stringify(Array.from({ length: 100_000 }, (_, id) => ({ id, name: 'x' })));
    expect(read(text).values).toEqual([JSON.parse(text)]);
    expect(parseJson('a.json', text).documents[0]?.value).toEqual(JSON.parse(text));
  });

  test('a mapping of 100,000 keys', () => {
    const [value] = read(Array.from({ length: 100_000 }, (_, index) => `key${index}: ${index}\n`).join('')).values;
    expect(Object.keys(value as object)).toHaveLength(100_000);
  });

  test('a mapping of 100,000 keys with one twice', () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `key${index % 99_999}: ${index}\n`).join('');
    expect(parseYaml('a.yaml', text).duplicateKeys.map(({ key }) => key)).toEqual(['key0']);
  });

  test('2,000 aliases of one mapping', () => {
    const text = `a: &a {x: 1}\n${Array.from({ length: 2000 }, (_, index) => `k${index}: *a\n`).join('')}`;
    expect(read(text).problems).toEqual([]);
  });

  test('a block scalar of 2 MB', () => {
    const body = `${'x'.repeat(99)}\n`.repeat(20_000);
    expect(read(`a: |\n${body.replaceAll(/^/gm, '  ').trimEnd()}\n`).values).toEqual([{ a: body }]);
  });
});

describe('odd characters', () => {
  test.each([
    ['carriage returns', 'a: 1\r\nb:\r\n  - |\r\n    c\r\n', [{ a: 1, b: ['c\n'] }]],
    ['a byte order mark', '\ufeff- a: 1\n  b: 2\n', [[{ a: 1, b: 2 }]]],
    ['a byte order mark before what only the yaml package reads', '\ufeff? a\n: b\n', [{ a: 'b' }]],
    ['null characters', 'a: "\0"\n\0: b\0\n', [{ a: '\0', '\0': 'b\0' }]],
    ['lone surrogates', 'a: "\ud83d"\n\ude00: b\n', [{ a: '\ud83d', '\ude00': 'b' }]],
    ['tabs as white space', 'a:\tb\t# c\nd: "e"\t\nf: g\th\n', [{ a: 'b', d: 'e', f: 'g\th' }]],
    ['line separators of Unicode', 'a: b\u2028c\u0085d\n', [{ a: 'b\u2028c\u0085d' }]],
  ])('%s are read', (_, text, values) => {
    expect(read(text)).toEqual({ values, problems: [] });
  });

  test('offsets count the byte order mark', () => {
    const { cells, root } = parseYaml('a.yaml', '\ufeffa: b\n').documents[0]?.tape ?? { cells: new Int32Array(), root: 0 };
    expect(cells.slice(root + 4, root + 8)).toEqual(Int32Array.of(5, 1, 2, root + 8));
    expect(parseYaml('a.yaml', '\ufeff? a\n: "b').problems[0]?.start).toBe(9);
  });
});
