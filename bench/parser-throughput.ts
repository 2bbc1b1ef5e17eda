import { performance } from 'node:perf_hooks';
import { LineCounter, parseAllDocuments } from 'yaml';
import { defaultConfig } from '../src/config/load-config.ts';
import { loadFiles } from '../src/load-files.ts';
import { parseYaml } from '../src/parse/parse-yaml.ts';
import { diskWorkspace } from '../src/workspace/disk-workspace.ts';
import { median } from './measure.ts';

export interface Throughput {
  readonly files: number;
  readonly megabytes: number;
  /** Megabytes a second. */
  readonly ours: number;
  readonly yaml: number;
}

/** What a round reads at least. */
const leastMegabytes = 4;

/** How fast the YAML files of a repository become values with positions, here and by the `yaml` package, in turns in this process. */
export async function parserThroughput(root: string, rounds: number): Promise<Throughput> {
  const workspace = diskWorkspace(root);
  const { files } = loadFiles(await workspace.list(), workspace, defaultConfig());
  const texts = files.filter(({ path, documents }) => documents.length > 0 && /\.ya?ml$/.test(path)).map(({ path, text }) => ({ path, text }));
  const megabytes = texts.reduce((sum, { text }) => sum + text.length, 0) / 1e6;
  // A few files are read again and again: the compiler of JavaScript has to see some work before it does any.
  const passes = Array<typeof texts>(Math.ceil(leastMegabytes / megabytes))
    .fill(texts)
    .flat();
  const times = { ours: [] as number[], yaml: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(timeOf(passes, ({ path, text }) => parseYaml(path, text)));
    times.yaml.push(timeOf(passes, ({ text }) => parseWithYaml(text)));
  }
  const speed = (milliseconds: readonly number[]) => (1000 * megabytes * (passes.length / texts.length)) / median(milliseconds);
  return { files: texts.length, megabytes, ours: speed(times.ours), yaml: speed(times.yaml) };
}

/** The same result: values and what it takes to tell lines. */
function parseWithYaml(text: string): void {
  for (const document of parseAllDocuments(text, { lineCounter: new LineCounter(), uniqueKeys: false, logLevel: 'silent' }))
    document.toJS({ maxAliasCount: -1 });
}

function timeOf<T>(inputs: readonly T[], task: (input: T) => void): number {
  const start = performance.now();
  for (const input of inputs) task(input);
  return performance.now() - start;
}
