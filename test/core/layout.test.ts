import { expect, test } from 'vitest';
import { isInside, spansLeftAlone } from '../../src/core/layout.ts';

/** The lines, from 1, that are left alone. */
function linesLeftAlone(text: string, rule = 'trailing-spaces'): number[] {
  const spans = spansLeftAlone(text, [rule]);
  let offset = 0;
  return text.split('\n').flatMap((line, index) => {
    const start = offset;
    offset += line.length + 1;
    return isInside(spans, start) ? [index + 1] : [];
  });
}

test('a line that yamllint is kept away from is left alone', () => {
  expect(linesLeftAlone('a: 1\nb: 2 # yamllint disable-line\nc: 3\n')).toEqual([2]);
  expect(linesLeftAlone('a: 1\n# yamllint disable-line rule:trailing-spaces\nb: 2\nc: 3\n')).toEqual([2, 3]);
  expect(linesLeftAlone('a: 1 # yamllint disable-line rule:colons\n')).toEqual([]);
});

test('so is everything from "disable" to "enable", or to the end', () => {
  expect(linesLeftAlone('a: 1\n# yamllint disable rule:colons rule:trailing-spaces\nb: 2\n# yamllint enable\nc: 3\n')).toEqual([2, 3]);
  expect(linesLeftAlone('a: 1\n# yamllint disable\nb: 2\nc: 3')).toEqual([2, 3, 4]);
  expect(linesLeftAlone('a: 1\n# yamllint disable rule:colons\nb: 2\n')).toEqual([]);
});

test('so is a whole file that says so in its first line', () => {
  expect(linesLeftAlone('# yamllint disable-file\na: 1\nb: 2')).toEqual([1, 2, 3]);
  expect(linesLeftAlone('a: 1\n# yamllint disable-file\nb: 2\n')).toEqual([]);
});

test('so is the entry below "prettier-ignore", with what is deeper', () => {
  expect(linesLeftAlone('a:\n  # prettier-ignore\n  b:\n      c: 1\n  d: 2\n')).toEqual([2, 3, 4]);
  expect(linesLeftAlone('a: 1 # prettier-ignore\nb: 2\n')).toEqual([]);
});

test('stretches that overlap are one', () => {
  expect(spansLeftAlone('# yamllint disable\na: 1 # yamllint disable-line\n# yamllint enable\n', ['colons'])).toEqual([{ start: 0, end: 48 }]);
});
