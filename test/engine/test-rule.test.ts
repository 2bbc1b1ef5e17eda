import { expect, test } from 'vitest';
import { at } from '../../src/core/place.ts';
import type { Rule, RuleDefinition } from '../../src/core/rule.ts';
import { testRule } from '../../src/engine/test-rule.ts';
import { aRule } from '../lint/lint-files.ts';

const examples: RuleDefinition['examples'] = {
  bad: [
    {
      title: 'a bad value',
      files: {
        'a.yaml': `
          bad: 1
        `,
      },
      findings: ['a.yaml:1:6 bad: make it good'],
      fixed: { 'a.yaml': 'bad: good\n' },
    },
  ],
  good: [{ title: 'a good value', files: { 'a.yaml': 'bad: good\n' } }],
  unknown: [{ title: 'a template', files: { 'a.yaml': "bad: '{{ x }}'\n" } }],
};

/** Holds for its examples. */
const sound = aRule(
  'test/sound',
  'document',
  function* (document) {
    const { bad } = document.value as { bad?: unknown };
    const place = at(document, 'bad');
    if (typeof bad === 'string' && bad.includes('{{')) yield { at: place, skipped: 'templated' };
    else if (bad !== 'good')
      yield { at: place, message: 'bad: make it good', fix: { title: 'good', safety: 'suggestion', edits: [{ replace: place, by: 'good' }] } };
  },
  { examples },
);
const problems = async (rule: Rule) => (await testRule(rule)).flatMap(({ problems }) => problems);
const withExamples = (more: Partial<typeof examples>): Rule => ({ ...sound, examples: { ...examples, ...more } });

test('a rule that does what its examples say has no problem', async () => {
  expect(await testRule(sound)).toEqual([
    { title: 'bad: a bad value', problems: [] },
    { title: 'good: a good value', problems: [] },
    { title: 'unknown: a template', problems: [] },
  ]);
});

test('each kind of example has to be there', async () => {
  expect(await problems(withExamples({ unknown: [] }))).toEqual(['there is no unknown example']);
});

test('findings are the ones that are named, no more and no less', async () => {
  const [bad] = examples.bad;
  if (!bad) throw new Error('no example');
  expect(await problems(withExamples({ bad: [{ ...bad, findings: ['a.yaml:1:6 other'] }] }))).toEqual([
    'is missing: a.yaml:1:6 other',
    'is too much: a.yaml:1:6 bad: make it good',
  ]);
  expect(await problems(withExamples({ good: [{ title: 'x', files: { 'a.yaml': 'bad: 2\n' } }] }))).toEqual([
    'is too much: a.yaml:1:6 bad: make it good',
  ]);
});

test('what the fix makes has to be said', async () => {
  const [bad] = examples.bad;
  if (!bad) throw new Error('no example');
  const { fixed: _, ...unfixed } = bad;
  expect(await problems(withExamples({ bad: [unfixed] }))).toEqual([expect.stringContaining('a.yaml is not as expected after the fix')]);
});

test('an unknown example is counted as skipped', async () => {
  expect(await problems(withExamples({ unknown: [{ title: 'x', files: { 'a.yaml': 'bad: good\n' } }] }))).toEqual(['nothing is counted as skipped']);
});

test('a rule that throws fails its examples', async () => {
  const thrower: Rule = {
    ...sound,
    // biome-ignore lint/correctness/useYield: it never comes to that
    *check() {
      throw new Error('no');
    },
  };
  expect((await problems(thrower)).join('\n')).toContain('throws at a.yaml: Error: no');
});
