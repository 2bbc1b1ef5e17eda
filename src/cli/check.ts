import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import { UsageError } from '../core/errors.ts';
import type { Severity } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import type { ReportStyle } from '../core/result.ts';
import { type LintOutcome, lint } from '../lint.ts';
import { count } from '../report/count.ts';
import { loadPaint } from '../report/paint.ts';
import { type ReportFormat, reporters } from '../report/reporters.ts';
import type { History } from '../workspace/workspace.ts';
import { describeDefect } from './describe-defect.ts';
import { exitCodes } from './exit-codes.ts';
import { historyOf } from './history-of.ts';
import { type OpenRepository, openRepository } from './open-repository.ts';
import type { CheckOptions } from './parse-arguments.ts';
import { type PathScope, pathScope } from './path-scope.ts';
import { stopwatch } from './stopwatch.ts';
import { type CommandProcess, wantsColor, write } from './streams.ts';
import { unifiedDiff } from './unified-diff.ts';
import { version } from './version.ts';

/** `gitops-lint check`: the main job. */
export async function check(paths: readonly string[], options: CheckOptions, process: CommandProcess): Promise<number> {
  const formats = chooseFormats(options);
  requireCombination(options);
  const watch = stopwatch();
  const repository = await openRepository(options, process.cwd());
  const scope = await pathScope(paths, repository);
  const changed = await changesIn(options, repository);
  const history = await historyOf(options, repository);
  const baseline =
    options.baseline === undefined ? undefined : (await import('./baseline.ts')).loadBaseline(resolve(process.cwd(), options.baseline));
  watch.lap('open');
  const { config, workspace, facts } = repository;
  const outcome = await lint({
    workspace,
    config,
    rules,
    repository: { ...facts, remotes: [...options.repository, ...facts.remotes] },
    today: options.now ?? new Date().toISOString().slice(0, 10),
    scope: { ...(scope && { includes: scope.includes }), ...(changed && { changed }), ...(options.env && { environment: options.env }) },
    only: options.rule,
    skip: options.skipRule,
    ...((options.fix || options.diff) && { fix: options.fix ?? 'safe' }),
    ...(options.diff && { preview: true }),
    ...(options.reportUnusedIgnores && { reportUnusedIgnores: true }),
    ...(history && { history }),
    ...(baseline && { baseline }),
    onStep: watch.lap,
  });
  if (options.diff) await write(process, 'stdout', [...outcome.changes].map(([path, change]) => unifiedDiff(path, change)).join(''));
  for (const { name, file } of formats) await report(outcome, name, file, options, process);
  watch.lap('report');
  const remarks = options.quiet ? [] : remarksOn(outcome, scope, history);
  await write(process, 'stderr', remarks.map(line => `gitops-lint: ${line}\n`).join(''));
  for (const { ruleId, path, error } of outcome.defects) {
    await write(process, 'stderr', describeDefect(error, process.env, ` in rule ${ruleId}${path === undefined ? '' : `, at "${path}"`}`));
  }
  if (options.stats) await write(process, 'stderr', watch.describe());
  return exitCode(outcome, options);
}

const formatNames = Object.keys(reporters) as ReportFormat[];

interface ChosenFormat {
  readonly name: ReportFormat;
  readonly file?: string;
}

/** Text goes to standard output where no other format does, and with `--diff` the diff does. */
function chooseFormats({ format, diff, quiet }: CheckOptions): readonly ChosenFormat[] {
  const chosen = format.map(({ name, file }): ChosenFormat => {
    const known = formatNames.find(format => format === name);
    if (known) return { name: known, ...(file !== undefined && { file }) };
    const meant = didYouMean(name, formatNames);
    throw new UsageError(`there is no format "${name}"`, { hint: meant ? `did you mean "${meant}"?` : `choose from ${formatNames.join(', ')}` });
  });
  const toOutput = chosen.filter(({ file }) => file === undefined);
  if (toOutput.length + Number(diff ?? false) > 1) {
    throw new UsageError('two reports, or a report and a diff, cannot share standard output', {
      hint: 'write one to a file, as in -f sarif=report.sarif',
    });
  }
  return toOutput.length === 1 || diff || (quiet && chosen.length > 0) ? chosen : [...chosen, { name: 'text' }];
}

function requireCombination({ staged, since, history, fix, diff }: CheckOptions): void {
  if (staged && since !== undefined) throw new UsageError('--staged and --since cannot be combined', { hint: 'choose one range of changes' });
  if (staged && (fix || diff)) {
    throw new UsageError('--staged cannot be combined with --fix or --diff', { hint: 'fix the files of the work tree, then stage them' });
  }
  if (history !== undefined && (fix || diff)) {
    throw new UsageError('--history cannot be combined with --fix or --diff', {
      hint: 'no fix changes a commit: look through the history on its own',
    });
  }
}

async function changesIn({ staged, since }: CheckOptions, { root }: OpenRepository): Promise<ReadonlySet<RepoPath> | undefined> {
  if (!staged && since === undefined) return undefined;
  const { changedFiles } = await import('../workspace/changed-files.ts');
  return changedFiles(root, since === undefined ? { staged: true } : { since });
}

async function report(
  outcome: LintOutcome,
  name: ReportFormat,
  file: string | undefined,
  options: CheckOptions,
  process: CommandProcess,
): Promise<void> {
  const reporter = await reporters[name]();
  const { columns } = process.stdout;
  const style: ReportStyle = {
    ...(file === undefined && wantsColor(process) && { paint: await loadPaint() }),
    toolVersion: version,
    show: options.failOn === 'note' ? 'note' : 'warning',
    ...(columns !== undefined && file === undefined && { width: columns }),
    ...(options.explainSkips && { explainSkips: true }),
    ...(options.quiet && { quiet: true }),
  };
  const text = reporter(outcome, style);
  if (file === undefined) await write(process, 'stdout', text);
  else writeReport(resolve(process.cwd(), file), text);
}

function writeReport(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`the report cannot be written to "${file}"`, { cause, hint: cause instanceof Error ? cause.message : '' });
  }
}

/** What a quiet result would otherwise leave open. */
function remarksOn({ repo, notes, staleBaseline }: LintOutcome, scope: PathScope | undefined, history: History | undefined): string[] {
  const remarks = [...notes];
  if (history?.incomplete !== undefined) remarks.push(`the history was not looked through: ${history.incomplete}`);
  if (history?.empty !== undefined) remarks.push(`there was no history to look through: ${history.empty}`);
  if (staleBaseline.length > 0) {
    remarks.push(`the baseline has ${count(staleBaseline.length, 'entry', 'entries')} for what is gone: \`gitops-lint baseline prune\``);
  }
  if (repo.entries.size <= 1) remarks.push('the repository is empty: there is nothing to lint');
  for (const path of scope?.deleted ?? []) remarks.push(`"${path}" is deleted: there is nothing to report on it`);
  for (const path of scope?.named ?? []) {
    if (repo.entries.get(path) === 'folder' || repo.files.has(path)) continue;
    const reason = repo.skippedFiles.find(file => file.path === path)?.reason ?? 'ignored or excluded';
    remarks.push(`"${path}" is ${reason}: there is nothing to report on it`);
  }
  return remarks;
}

const ranks: Readonly<Record<Severity, number>> = { error: 3, warning: 2, note: 1 };

function exitCode({ findings, coverage, defects, changes }: LintOutcome, options: CheckOptions): number {
  if (defects.length > 0) return exitCodes.defect;
  if (options.exitZero) return exitCodes.clean;
  const open = findings.filter(({ suppressed }) => !suppressed);
  const { failOn, maxWarnings = Number.POSITIVE_INFINITY, maxSkipped = Number.POSITIVE_INFINITY } = options;
  const fails =
    (failOn !== 'never' && open.some(({ severity }) => ranks[severity] >= ranks[failOn])) ||
    open.filter(({ severity }) => severity === 'warning').length > maxWarnings ||
    countSkips(coverage) > maxSkipped ||
    (options.diff === true && changes.size > 0);
  return fails ? exitCodes.findings : exitCodes.clean;
}

/** Files that were not read, today or in the history, and places that a rule could not judge. */
function countSkips({ skippedFiles, skippedRules, history }: LintOutcome['coverage']): number {
  let count = skippedFiles.length + (history?.incomplete === undefined ? 0 : 1);
  for (const number of Object.values(history?.skipped ?? {})) count += number;
  for (const reasons of skippedRules.values()) for (const number of reasons.values()) count += number;
  return count;
}
