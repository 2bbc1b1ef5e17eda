import { describe, expect, test } from 'vitest';
import { kustomizeVersion } from '../../tools/kustomize/kustomize-version.ts';
import { compareRendering } from './compare-rendering.ts';
import { readCases, readRecording } from './read-cases.ts';
import { renderCase } from './render-case.ts';

const cases = readCases();

test('there are at least 250 cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(250);
});

describe.each([...new Set(cases.map(({ topic }) => topic))])('%s', topic => {
  const ofTopic = cases.filter(each => each.topic === topic);
  const { kustomize, results } = readRecording(topic);

  test('is recorded from the pinned release, and a name says what is refused', () => {
    expect(kustomize).toBe(kustomizeVersion);
    expect(Object.keys(results)).toEqual(ofTopic.map(({ name }) => name));
    for (const [name, result] of Object.entries(results)) expect([name, 'error' in result]).toEqual([name, /\b(is|are) refused\b/.test(name)]);
  });

  test.each(ofTopic.map(each => [each.name, each] as const))('%s', async (name, each) => {
    const recorded = results[name];
    if (recorded === undefined) throw new Error('npm run record:kustomize has not seen this case');
    expect(compareRendering(await renderCase(each), recorded)).toEqual({ is: 'error' in recorded ? 'refused' : 'identical' });
  });
});
