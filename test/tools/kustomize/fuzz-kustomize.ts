/**
 * `npm run fuzz:kustomize` renders generated repositories with both engines and prints those that differ, made smaller.
 *
 *   --count N   how many; 200 where it is not given
 *   --seed N    begin with another random number
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareRendering, type Verdict } from '../../render/kustomize/compare-rendering.ts';
import { renderCase } from '../../render/kustomize/render-case.ts';
import { createRandom } from '../random.ts';
import { type GeneratedRepository, generateRepository, textsOf, type Value } from './generate-repository.ts';
import { requireKustomize, runKustomize } from './run-kustomize.ts';

requireKustomize();
const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const count = Number(values.count ?? 200);
const verdicts: Record<Verdict['is'], number> = { identical: 0, refused: 0, partial: 0, different: 0 };
const seen = new Set<string>();
for (let index = 0; index < count; index++) {
  const repository = generateRepository(createRandom(seed + index));
  const verdict = judge(repository);
  verdicts[verdict.is]++;
  if (verdict.is !== 'different' || seen.has(classOf(verdict))) continue;
  seen.add(classOf(verdict));
  const smallest = shrink(repository, classOf(verdict));
  console.log(`\n== seed ${seed + index}: ${describe(judge(smallest))}`);
  for (const [path, text] of Object.entries(textsOf(smallest))) console.log(`-- ${path}\n${text.trimEnd()}`);
}
console.log(verdicts);
process.exitCode = verdicts.different === 0 ? 0 : 1;

function judge(repository: GeneratedRepository): Verdict {
  const texts = textsOf(repository);
  const folder = mkdtempSync(join(tmpdir(), 'kustomize-fuzz-'));
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const files = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
    const rendering = renderCase({ files, root: 'overlay', isRestricted: false });
    return compareRendering(rendering, runKustomize(folder, 'overlay', false));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function describe(verdict: Verdict): string {
  return verdict.is === 'different' ? verdict.difference : verdict.is;
}

/** Differences of one class have most likely one cause. */
function classOf(verdict: Verdict): string {
  if (verdict.is !== 'different') return verdict.is;
  const [side = ''] = verdict.difference.split(':');
  if (side === 'kustomize refuses' || side === 'only we refuse')
    return verdict.difference.replaceAll(/"[^"]*"|\b(web|api|db|one|two|three)\b/g, '…').slice(0, 80);
  return verdict.difference
    .replaceAll(/\d+/g, '0')
    .replace(/^\S+ (\S+) .*? (\S+:.*)$/, '$1 $2')
    .slice(0, 60);
}

/** Takes away what the difference does not need. */
function shrink(repository: GeneratedRepository, kind: string): GeneratedRepository {
  let smallest = repository;
  for (let shrunk = true; shrunk; ) {
    shrunk = false;
    for (const candidate of smaller(smallest)) {
      if (classOf(judge(candidate)) !== kind) continue;
      smallest = candidate;
      shrunk = true;
      break;
    }
  }
  return smallest;
}

function* smaller(repository: GeneratedRepository): Generator<GeneratedRepository> {
  for (const [path, documents] of Object.entries(repository))
    for (const fewer of smallerValues(documents)) if (Array.isArray(fewer)) yield { ...repository, [path]: fewer };
}

/** The value without one of its parts, the biggest parts first. */
function* smallerValues(value: Value | readonly Value[]): Generator<Value> {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    const items: readonly Value[] = value;
    for (const index of items.keys()) yield items.filter((_, at) => at !== index);
    for (const [index, item] of items.entries()) for (const fewer of smallerValues(item)) yield items.with(index, fewer);
    return;
  }
  const entries = Object.entries(value as { readonly [key: string]: Value });
  for (const [key] of entries) yield Object.fromEntries(entries.filter(([other]) => other !== key));
  for (const [key, child] of entries)
    for (const fewer of smallerValues(child)) yield Object.fromEntries(entries.map(([other, old]) => [other, other === key ? fewer : old]));
}
