import { expect, test } from 'vitest';
import { matchesRule } from '../../src/engine/matches-rule.ts';

test.each([
  ['secrets/known-token', true],
  ['secrets/*', true],
  ['*', true],
  ['*/known-*', true],
  ['s*s/*n*token', true],
  ['secrets', false],
  ['secrets/known', false],
  ['*/token', false],
  ['secrets/known-token*known-token', false],
])('%s names secrets/known-token: %s', (pattern, expected) => {
  expect(matchesRule(pattern, 'secrets/known-token')).toBe(expected);
});

test('a hostile pattern is answered at once', () => {
  expect(matchesRule('*a'.repeat(10_000), 'a'.repeat(5_000))).toBe(false);
});
