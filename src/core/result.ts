import type { SkippedFile } from './document.ts';
import type { Environment } from './environment.ts';
import type { Finding, Severity } from './finding.ts';
import type { RepoPath } from './place.ts';
import type { Mistake, RuleDescriptor } from './rule.ts';

/** What a run found and what it understood. Reporters turn it into text. */
export interface LintResult {
  /** Sorted; suppressed ones are among them and say so. */
  readonly findings: readonly Finding[];
  readonly rules: readonly RuleDescriptor[];
  readonly coverage: Coverage;
  readonly environments: readonly Environment[];
  /** The text of a file that has a finding, with every known secret masked, for code frames. */
  readonly frameText: (path: RepoPath) => string | undefined;
  /** The text as it is, for line hashes only; never printed. */
  readonly sourceText: (path: RepoPath) => string | undefined;
  readonly fixesApplied: number;
  /** Which repository at which commit this is the result of, where that is known for certain. */
  readonly repository?: { readonly url: string; readonly revision?: string; readonly branch?: string };
}

/** Quiet is not clean: what was understood and what was not. */
export interface Coverage {
  readonly files: number;
  readonly documents: number;
  readonly roots: number;
  readonly skippedFiles: readonly SkippedFile[];
  /** Files and documents whose class is `other`, by path. */
  readonly unclassified: readonly RepoPath[];
  readonly validated: number;
  /** Documents by the reason why no schema judged them. */
  readonly notValidated: Readonly<Record<string, number>>;
  readonly rendered: number;
  readonly partial: Readonly<Record<string, number>>;
  /** Skips by rule id, then by reason. */
  readonly skippedRules: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly mistakes: Readonly<Record<Mistake, MistakeStatus>>;
  /** What was looked at of the commits, where they were asked for. */
  readonly history?: HistoryCoverage;
}

export interface HistoryCoverage {
  readonly commits: number;
  /** Versions of files that these commits brought in and that were read. */
  readonly files: number;
  /** Those that were not read, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Why commits are missing. */
  readonly incomplete?: string;
}

export type MistakeStatus = 'ok' | 'findings' | 'not-evidenced';

/** Turns a result into text. A reporter decides nothing, reads nothing and writes nothing. */
export type Reporter = (result: LintResult, style: ReportStyle) => string;

/** What makes texts stand out on a terminal. */
export type Paint = Readonly<Record<'underline' | 'dim' | 'red' | 'yellow' | 'blue', (text: string) => string>>;

export interface ReportStyle {
  /** Absent where texts stay plain. */
  readonly paint?: Paint;
  readonly toolVersion: string;
  /** Columns of the terminal; unlimited where absent. */
  readonly width?: number;
  /** The least severity that text formats show one by one. */
  readonly show: Severity;
  /** Show the skips one by one. */
  readonly explainSkips?: boolean;
  /** Findings alone, without the coverage. */
  readonly quiet?: boolean;
}
