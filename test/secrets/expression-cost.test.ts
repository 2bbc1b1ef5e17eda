import { expect, test } from 'vitest';
import { tokenPatterns } from '../../src/secrets/tokens/all-patterns.ts';
import { assignment } from '../../src/secrets/tokens/assignment.ts';
import { mostSteps } from './expression-cost.ts';

/** With it a text takes at most so many steps for each keyword in it, however it is written: linear time. */
const budget = 40_000;

test.each(tokenPatterns.map(({ id, expression }) => [id, expression] as const))('the expression of %s has an end', (_, expression) => {
  expect(mostSteps(expression)).toBeLessThan(budget);
});

test('what comes before an assigned token has an end', () => {
  expect(mostSteps(assignment)).toBeLessThan(budget);
});

test.each([/a+b/, /a{3,}/, /(?:a{1,9}){1,9}b/, /(?:a|ab?){30}c/, /[ab]{1,200}[bc]{1,200}[cd]{1,200}b/, /(?:a?){50}b/])(
  '%s is said to have none',
  expression => {
    expect(mostSteps(expression)).toBeGreaterThan(budget);
  },
);

test('a keyword stands at most once at each place, so that there are no more attempts than characters and patterns', () => {
  const longest = Math.max(...tokenPatterns.map(({ before = 0 }) => (typeof before === 'number' ? 1 : before[1] - before[0] + 1)));
  expect(longest).toBeLessThanOrEqual(50);
});
