import { describe, expect, test } from 'vitest';
import { keyAt, type Place, within } from '../../src/core/place.ts';
import { locatorFor, sourceOf } from '../../src/parse/locate.ts';
import { at, sourceFile } from './source-file.ts';

const file = sourceFile(`# top
a:
  image: host/name:1.2 # why
  empty:
  list: [x, {y: z}]
base: &base {kept: 1}
merged:
  <<: *base
alias: *base
---
b: c
`);
const locate = locatorFor(file);
const show = (place: Place) => {
  const { start, end } = locate(place);
  return `${start.line}:${start.column}-${end.line}:${end.column} ${sourceOf(file, place)}`;
};

describe('a place is shown', () => {
  test.each<[string, Place, string]>([
    ['at the value of a field', at('a', 'image'), '3:10-3:23 host/name:1.2'],
    ['at the key of a field', keyAt(at('x') && { path: 'a.yaml', index: 0 }, 'a', 'image'), '3:3-3:8 image'],
    ['at a piece of the value', within(at('a', 'image'), '1.2'), '3:20-3:23 1.2'],
    ['at the whole value where the piece is not in it', within(at('a', 'image'), '9'), '3:10-3:23 host/name:1.2'],
    ['at the key where there is no value', at('a', 'empty'), '4:3-4:8 empty'],
    ['at the item of a list', at('a', 'list', 1, 'y'), '5:17-5:18 z'],
    ['at the key of the nearest parent of an absent field', at('a', 'list', 7, 'y'), '5:3-5:7 list'],
    ['at the anchor of what an alias stands for', at('alias', 'kept'), '6:20-6:21 1'],
    ['at the source of a merged field', at('merged', 'kept'), '6:20-6:21 1'],
    ['in another document', { ...at('b'), document: 1 }, '11:4-11:5 c'],
    ['at a stretch of text', { path: 'a.yaml', start: 2, end: 8 }, '1:3-2:3 top\na:'],
    ['at the beginning of a file', { path: 'a.yaml' }, '1:1-1:1 '],
    ['at the beginning where there is no such document', { ...at('b'), document: 5 }, '1:1-1:1 '],
  ])('%s', (_, place, expected) => {
    expect(show(place)).toBe(expected);
  });

  test('with offsets and columns in UTF-16 units', () => {
    const { start } = locatorFor(sourceFile('"\u{1f600}": x\r\ny: z'))(at('\u{1f600}'));
    expect(start).toEqual({ offset: 6, line: 1, column: 7 });
  });
});
