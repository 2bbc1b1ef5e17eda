import type { Finding } from '../../src/core/finding.ts';
import { createRandom, type Random } from '../tools/random.ts';
import { defectSeeders } from './defects.ts';
import { neutralSeeders } from './neutral-edits.ts';
import { type Repository, readRepository } from './read-repository.ts';
import { applyChange, type Defect, type Files, type NeutralEdit, type Seeders } from './seed.ts';

/** Lints the files of a repository, with every rule that is worth planting a mistake for. */
export type LintFiles = (files: Files) => Promise<{ readonly findings: readonly Finding[] }>;

export interface SeedReport {
  /** By kind: how many were planted and found at their line. */
  readonly defects: ReadonlyMap<string, Count>;
  readonly missed: readonly string[];
  /** By kind: how many were made, and how many of them added no finding. */
  readonly neutralEdits: ReadonlyMap<string, Count>;
  /** Findings that a neutral edit added. */
  readonly added: readonly string[];
}

export interface Count {
  planted: number;
  found: number;
}

export interface SeedBudget {
  /** How many of each kind, in each repository. */
  readonly perKind: number;
  /** How many of each kind in all. */
  readonly perKindInAll?: number;
  readonly seed?: number;
}

/** Plants mistakes and neutral edits of each kind in repositories, one at a time, and compares the findings before and after. */
export async function runSeeds(repositories: Readonly<Record<string, Files>>, lint: LintFiles, budget: SeedBudget): Promise<SeedReport> {
  const defects = new Map<string, Count>();
  const neutralEdits = new Map<string, Count>();
  const missed: string[] = [];
  const added: string[] = [];
  const before = new Map<string, readonly Finding[]>();
  for (const [name, files] of Object.entries(repositories)) before.set(name, activeOnly(await lint(files)));

  for (const { name, kind, change } of choose(repositories, before, defectSeeders, budget)) {
    const after = activeOnly(await lint(applyChange(repositories[name] ?? {}, change)));
    const isFound = change.expected.some(expected => after.some(finding => isAt(finding, expected)));
    count(defects, kind, isFound);
    const [expected] = change.expected;
    if (!isFound && expected) missed.push(`${name}: ${kind}: ${expected.ruleId} at ${expected.path}:${expected.line}`);
  }
  for (const { name, kind, change } of choose(repositories, before, neutralSeeders, budget)) {
    const after = activeOnly(await lint(applyChange(repositories[name] ?? {}, change)));
    const news = newFindings(before.get(name) ?? [], after);
    count(neutralEdits, kind, news.length === 0);
    for (const finding of news) added.push(`${name}: ${kind} in ${Object.keys(change.files)[0]}: ${finding}`);
  }
  return { defects, missed, neutralEdits, added };
}

interface Choice<C> {
  readonly name: string;
  readonly kind: string;
  readonly change: C;
}

/** Changes of each kind, chosen at random; none in a file that has the finding already, and no copy of a file that has any. */
function choose<C extends Defect | NeutralEdit>(
  repositories: Readonly<Record<string, Files>>,
  before: ReadonlyMap<string, readonly Finding[]>,
  seeders: Seeders<C>,
  { perKind, perKindInAll = Number.POSITIVE_INFINITY, seed = 1 }: SeedBudget,
): Choice<C>[] {
  const random = createRandom(seed);
  const read = Object.entries(repositories).map(([name, files]): [string, Repository] => [name, readRepository(files)]);
  return Object.entries(seeders).flatMap(([kind, seeder]) => {
    const ofKind = read.flatMap(([name, repository]) => {
      const findings = before.get(name) ?? [];
      return sample(
        [...seeder(repository)].filter(change => isFresh(change, findings)),
        perKind,
        random,
      ).map(change => ({ name, kind, change }));
    });
    return sample(ofKind, perKindInAll, random);
  });
}

function isFresh(change: Defect | NeutralEdit, findings: readonly Finding[]): boolean {
  if ('expected' in change)
    return !change.expected.some(({ ruleId, path }) => findings.some(finding => finding.ruleId === ruleId && finding.at.path === path));
  return !findings.some(({ at }) => change.from?.includes(at.path));
}

function isAt({ ruleId, at }: Finding, expected: Defect['expected'][number]): boolean {
  return ruleId === expected.ruleId && at.path === expected.path && at.start.line === expected.line;
}

function activeOnly({ findings }: { readonly findings: readonly Finding[] }): readonly Finding[] {
  return findings.filter(({ suppressed }) => !suppressed);
}

/** What a rule says of a file more often than before; how it says it may change with the file. */
function newFindings(before: readonly Finding[], after: readonly Finding[]): string[] {
  const keyOf = ({ ruleId, at }: Finding) => `${ruleId} ${at.path}`;
  const left = new Map<string, number>();
  for (const finding of before) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + 1);
  const news = after.filter(finding => {
    const rest = left.get(keyOf(finding)) ?? 0;
    left.set(keyOf(finding), rest - 1);
    return rest <= 0;
  });
  return news.map(finding => `${keyOf(finding)}:${finding.at.start.line} ${finding.message}`);
}

/** A random choice of `size` items, in their own order. */
function sample<T>(items: readonly T[], size: number, random: Random): T[] {
  const left = [...items.keys()];
  while (left.length > size) left.splice(random(left.length), 1);
  return left.flatMap(index => items[index] ?? []);
}

function count(counts: Map<string, Count>, kind: string, isFound: boolean): void {
  const { planted, found } = counts.get(kind) ?? { planted: 0, found: 0 };
  counts.set(kind, { planted: planted + 1, found: found + Number(isFound) });
}
