import { expect, test } from 'vitest';
import { checkFormat } from '../tools/check-format.ts';
import { generateYaml } from '../tools/generate-yaml.ts';
import { createRandom } from '../tools/random.ts';

test('formatting keeps data, comments, anchors and block scalars, touches no line without a finding, and then has nothing left to do', async () => {
  const random = createRandom(7);
  const files = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`${index}.yaml`, generateYaml(random)]));
  const { problems, changedFiles } = await checkFormat(files);
  expect(problems).toEqual([]);
  expect(changedFiles).toBeGreaterThan(100);
});
