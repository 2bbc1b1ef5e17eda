import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { compareRendering, type Verdict } from '../../render/kustomize/compare-rendering.ts';
import type { RecordedResult } from '../../render/kustomize/read-cases.ts';
import { rendererFor } from '../../render/kustomize/render-case.ts';
import { kustomizeVersion } from './kustomize-version.ts';
import { openRepository } from './open-repository.ts';
import { requireKustomize, runKustomize } from './run-kustomize.ts';

const cache = join(tmpdir(), `gitops-lint-kustomize-${kustomizeVersion}`);

/** Renders every folder with a kustomization with both engines and prints a table; gives the number of those that differ. */
export async function compareKustomizations(repositories: readonly string[]): Promise<number> {
  requireKustomize();
  const rows: Record<string, Row> = {};
  const reasons = new Map<string, number>();
  for (const repository of repositories) {
    const name = basename(repository);
    const row: Row = { roots: 0, supported: 0, identical: 0, refused: 0, partial: 0, different: 0, milliseconds: 0 };
    for await (const { root, verdict, milliseconds } of compareRepository(repository)) {
      row.roots++;
      row.milliseconds += milliseconds;
      row[verdict.is]++;
      if (verdict.is !== 'partial') row.supported++;
      else for (const reason of verdict.reasons) countUp(reasons, reason.replaceAll(/"[^"]*"/g, '"…"'));
      if (verdict.is === 'different') console.log(`${name}/${root}: ${verdict.difference}`);
    }
    row.milliseconds = Math.round(row.milliseconds);
    if (row.roots > 0) rows[name] = row;
  }
  console.log('\n== Kustomize');
  rows.all = sum(Object.values(rows));
  console.table(rows);
  console.log('partial, because:');
  for (const [reason, count] of [...reasons].sort(([, a], [, b]) => b - a)) console.log(`${String(count).padStart(6)}  ${reason}`);
  return rows.all.different;
}

/** Of a repository; `milliseconds` are ours. */
type Row = Record<'roots' | 'supported' | Verdict['is'] | 'milliseconds', number>;

interface ComparedRoot {
  readonly root: string;
  readonly verdict: Verdict;
  /** How long our renderer took. */
  readonly milliseconds: number;
}

async function* compareRepository(repository: string): AsyncGenerator<ComparedRoot> {
  const { files, listing, roots } = await openRepository(repository);
  if (roots.length === 0) return;
  const render = rendererFor(files, listing);
  const content = createHash('sha256');
  for (const { path, text } of files.values()) content.update(`${path}\0${text}\0`);
  const key = content.digest('hex');
  for (const root of roots) {
    const start = performance.now();
    const rendering = render(root);
    const milliseconds = performance.now() - start;
    // What only we leave open need not be asked.
    const recorded = rendering.partial.length > 0 ? { output: '' } : cached(`${key} ${root}`, () => runKustomize(repository, root, false));
    yield { root, verdict: compareRendering(rendering, recorded), milliseconds };
  }
}

function cached(key: string, run: () => RecordedResult): RecordedResult {
  const file = join(cache, `${createHash('sha256').update(key).digest('hex')}.json`);
  // Written by this function.
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as RecordedResult;
  const result = run();
  mkdirSync(cache, { recursive: true });
  writeFileSync(file, JSON.stringify(result));
  return result;
}

function countUp(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sum(rows: readonly Row[]): Row {
  const total: Row = { roots: 0, supported: 0, identical: 0, refused: 0, partial: 0, different: 0, milliseconds: 0 };
  for (const row of rows) for (const key of Object.keys(total) as (keyof Row)[]) total[key] += row[key];
  return total;
}
