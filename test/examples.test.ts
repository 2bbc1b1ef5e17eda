import { expect, test } from 'vitest';
import { rules } from '../rules/index.ts';
import { testRule } from '../src/engine/test-rule.ts';

test.each(rules.map(rule => [rule.id, rule] as const))('the examples of %s hold', async (_, rule) => {
  const results = await testRule(rule);
  expect(results.filter(({ problems }) => problems.length > 0)).toEqual([]);
});
