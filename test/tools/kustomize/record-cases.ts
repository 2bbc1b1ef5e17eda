/**
 * `npm run record:kustomize` builds the cases of test/render/kustomize/cases with the real kustomize, and writes what it says
 * into test/render/kustomize/recorded. Names of topics leave the others as they are.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { type KustomizeCase, type RecordedResult, type Recording, readCases, recordedFolder } from '../../render/kustomize/read-cases.ts';
import { kustomizeVersion } from './kustomize-version.ts';
import { requireKustomize, runKustomize } from './run-kustomize.ts';

requireKustomize();
const topics = process.argv.slice(2);
const all = readCases();
mkdirSync(recordedFolder, { recursive: true });
for (const topic of new Set(all.map(each => each.topic))) {
  if (topics.length > 0 && !topics.includes(topic)) continue;
  const cases = all.filter(each => each.topic === topic);
  const results = Object.fromEntries(cases.map(each => [each.name, record(each)]));
  const recording: Recording = { kustomize: kustomizeVersion, results };
  writeFileSync(new URL(`${topic}.yaml`, recordedFolder), stringify(recording, { lineWidth: 0 }));
  const refused = Object.values(results).filter(result => 'error' in result).length;
  console.log(`${topic}: ${cases.length} cases, ${refused} refused`);
}

function record({ files, root, isRestricted }: KustomizeCase): RecordedResult {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kustomize-case-')));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return runKustomize(folder, root, isRestricted);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
