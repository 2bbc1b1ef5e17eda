import { describe, expect, test } from 'vitest';
import { childrenOf, entryAt, fieldOf, keyText, sourceText, walkTape } from '../../src/core/tape.ts';
import { sourceFile } from './source-file.ts';

const file = sourceFile(`a: &a
  'it''s': 1
  "b\\tc": [d, {e: f}]
1.0: x
a2: *a
m:
  <<: [*a, {n: o}]
  n: own
a: twice
`);
const { tape, value } = file.documents[0] as (typeof file.documents)[0];

describe('the tape', () => {
  test('is walked in the order of the text, with the fields of the value', () => {
    const visited: string[] = [];
    walkTape(tape, file.text, (node, field) => visited.push(`${field.join('/')} = ${sourceText(tape, file.text, node).replaceAll(/\s+/g, ' ')}`));
    expect(visited.slice(1, 8)).toEqual([
      "a = 'it''s': 1 \"b\\tc\": [d, {e: f}]",
      "a/it's = 1",
      'a/b\tc = [d, {e: f}]',
      'a/b\tc/0 = d',
      'a/b\tc/1 = {e: f}',
      'a/b\tc/1/e = f',
      '1 = x',
    ]);
  });

  test('leads to every field and back', () => {
    walkTape(tape, file.text, (node, field) => {
      expect(fieldOf(tape, file.text, node)).toEqual([...field]);
    });
  });

  test('leads through aliases and merge keys', () => {
    const sourceAt = (...field: string[]) => sourceText(tape, file.text, entryAt(tape, file.text, field)?.value ?? 0);
    expect(sourceAt('a2', "it's")).toBe('1');
    expect(sourceAt('m', "it's")).toBe('1');
    expect(sourceAt('m', 'n')).toBe('own');
    expect(sourceAt('a')).toBe('twice');
    expect(entryAt(tape, file.text, ['m', 'absent'])).toBeUndefined();
    expect(entryAt(tape, file.text, ['a', 'absent'])).toBeUndefined();
  });

  test('gives keys as they stand in the value', () => {
    const keys = childrenOf(tape, tape.root).filter((_, index) => index % 2 === 0);
    expect(new Set(keys.map(key => keyText(tape, file.text, key)))).toEqual(new Set(Object.keys(value as object)));
  });

  test('gives the field of a key as that of its value', () => {
    const key = entryAt(tape, file.text, ['a2'])?.key ?? 0;
    expect(fieldOf(tape, file.text, key)).toEqual(['a2']);
  });
});
