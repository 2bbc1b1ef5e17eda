import type { Finding } from '../../src/core/finding.ts';
import { defectSeeders } from './defects.ts';
import { neutralSeeders } from './neutral-edits.ts';
import { applyChange, type Change, type Defect, type Files, type NeutralEdit, type Seeder, sample, seededRandom } from './seed.ts';

/** Lints the files of a repository, with every rule that is worth planting a mistake for. */
export type LintFiles = (files: Files) => Promise<readonly Finding[]>;

export interface SeedReport {
  /** By kind: how many were planted and found at their line. */
  readonly defects: ReadonlyMap<string, { planted: number; found: number }>;
  readonly missed: readonly string[];
  readonly neutralEdits: number;
  /** Findings that a neutral edit added. */
  readonly added: readonly string[];
}

/** Plants up to `perKind` mistakes and neutral edits of each kind in each repository and compares the findings before and after. */
export async function runSeeds(repositories: Readonly<Record<string, Files>>, lint: LintFiles, perKind: number, seed = 1): Promise<SeedReport> {
  const random = seededRandom(seed);
  const defects = new Map<string, { planted: number; found: number }>();
  const missed: string[] = [];
  const added: string[] = [];
  let neutralEdits = 0;
  for (const [name, files] of Object.entries(repositories)) {
    const before = countFindings(await lint(files));
    for (const defect of choose<Defect>(defectSeeders, files, perKind, random)) {
      const { ruleId, path, line } = defect.expected;
      const findings = await lint(applyChange(files, defect));
      const isFound = findings.some(
        finding => finding.ruleId === ruleId && finding.at.path === path && finding.at.start.line === line && !finding.suppressed,
      );
      const count = defects.get(defect.kind) ?? { planted: 0, found: 0 };
      defects.set(defect.kind, { planted: count.planted + 1, found: count.found + Number(isFound) });
      if (!isFound) missed.push(`${name}: ${defect.kind}: ${ruleId} at ${path}:${line}`);
    }
    for (const edit of choose<NeutralEdit>(neutralSeeders, files, perKind, random)) {
      neutralEdits++;
      const after = countFindings(await lint(applyChange(files, edit)));
      for (const [key, count] of after) {
        if (count > (before.get(key) ?? 0) && !isCopied(key, edit, before))
          added.push(`${name}: ${edit.kind} in ${Object.keys(edit.files)[0]}: ${key}`);
      }
    }
  }
  return { defects, missed, neutralEdits, added };
}

function choose<C>(seeders: Readonly<Record<string, Seeder<C>>>, files: Files, perKind: number, random: () => number): C[] {
  return Object.values(seeders).flatMap(seeder => sample([...seeder(files)], perKind, random));
}

/** How often each rule says the same of the same file. */
function countFindings(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ruleId, at, message, suppressed } of findings) {
    const key = `${ruleId} ${at.path} ${message}`;
    if (!suppressed) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** A copied or renamed file brings its own findings along: those are not new. */
function isCopied(key: string, edit: Change, before: ReadonlyMap<string, number>): boolean {
  const [ruleId = '', path = ''] = key.split(' ');
  return (
    edit.files[path] !== undefined &&
    [...before.keys()].some(
      other => other.startsWith(`${ruleId} `) && other.split(' ')[1]?.split('/').pop() === path.split('/').pop()?.replace(/^web-/, ''),
    )
  );
}
