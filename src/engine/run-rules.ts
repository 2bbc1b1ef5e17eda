import type { ResolvedConfig } from '../core/config.ts';
import type { EnvironmentId } from '../core/environment.ts';
import { environmentsOfFile } from '../core/environments-of-file.ts';
import type { Report, Severity } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import type { Repo } from '../core/repo.ts';
import { folderOf } from '../core/repo-path.ts';
import type { Inputs, Rule, RuleKnowledge, Scope } from '../core/rule.ts';
import { memoize } from './memoize.ts';
import { type ActiveRule, chooseSeverity, isChosen, optionsOf, type RuleChoice, severityOf } from './select-rules.ts';

/** A report that knows its rule and its severity, and not yet its line. */
export interface RuleReport extends Report {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly environments: readonly EnvironmentId[];
}

export interface RuleRun {
  readonly reports: readonly RuleReport[];
  readonly skips: readonly RuleSkip[];
  /** Ids of the rules that were given something to judge. */
  readonly judged: ReadonlySet<string>;
  readonly defects: readonly RuleDefect[];
}

/** Something that a rule could not judge. The reason may quote the file. */
export interface RuleSkip {
  readonly ruleId: string;
  readonly path: RepoPath;
  readonly reason: string;
}

/** A rule threw: gitops-lint is wrong there, not the repository. */
export interface RuleDefect {
  readonly ruleId: string;
  /** What it looked at; absent where that was the repository. */
  readonly path?: RepoPath;
  readonly error: unknown;
}

/** What a step beside our own rules found, with the severity that it gives. */
export type ForeignReport = Report & { readonly ruleId: string; readonly severity: Severity };

/** Calls every rule with everything of its scope. A rule that throws loses what it had to say of that input, and nothing else. */
export function runRules(rules: readonly ActiveRule[], repo: Repo, knowledge: RuleKnowledge, environmentsOf = environmentFinder(repo)): RuleRun {
  const reports: RuleReport[] = [];
  const skips: RuleSkip[] = [];
  const judged = new Set<string>();
  const defects: RuleDefect[] = [];
  const inputs = inputsOf(repo);

  for (const active of rules) {
    // One rule for all scopes: its inputs are those of its own.
    const rule: Rule = active.rule;
    const context = { options: active.options, ...knowledge };
    for (const input of inputs[rule.scope]) {
      const path = 'path' in input ? input.path : undefined;
      try {
        const isOverridden = path !== undefined && active.overrides.length > 0;
        const own = isOverridden ? { ...context, options: optionsOf(active, path, environmentsOf(path)) } : context;
        for (const said of rule.check(input, own)) {
          if ('skipped' in said) skips.push({ ruleId: rule.id, path: said.at.path, reason: said.skipped });
          else addReport(reports, active, said, said.environments ?? environmentsOf(said.at.path));
        }
      } catch (error) {
        defects.push({ ruleId: rule.id, ...(path !== undefined && { path }), error });
      }
    }
    if (inputs[rule.scope].length > 0) judged.add(rule.id);
  }
  return { reports, skips, judged, defects };
}

/** The reports of rulesets with what the configuration and the command line say of their rules. */
export function adoptReports(reports: readonly ForeignReport[], repo: Repo, config: ResolvedConfig, choice: RuleChoice): RuleReport[] {
  const environmentsOf = environmentFinder(repo);
  const choiceOf = memoize((ruleId: string) => isChosen(ruleId, choice) && memoize((severity: Severity) => chooseSeverity(ruleId, severity, config)));
  return reports.flatMap(report => {
    const chosen = choiceOf(report.ruleId);
    const environments = environmentsOf(report.at.path);
    const severity = chosen ? severityOf(chosen(report.severity), report.at.path, environments, undefined) : 'off';
    return severity === 'off' ? [] : [{ ...report, severity, environments }];
  });
}

/** A repository that has nothing but its root is nothing to judge. */
function inputsOf(repo: Repo): { readonly [S in Scope]: readonly Inputs[S][] } {
  const file = [...repo.files.values()];
  return { file, document: file.flatMap(({ documents }) => documents), repo: repo.entries.size > 1 ? [repo] : [] };
}

function addReport(reports: RuleReport[], active: ActiveRule, report: Report, environments: readonly EnvironmentId[]): void {
  const severity = severityOf(active, report.at.path, environments, report.severity);
  if (severity !== 'off') reports.push({ ...report, ruleId: active.rule.id, severity, environments });
}

/** The environments that a file changes or, where no root includes it, that own it; in the order of promotion. What is not there any more belongs to its folder. */
export function environmentFinder(repo: Repo): (path: RepoPath) => readonly EnvironmentId[] {
  const order = repo.environments.map(({ id }) => id);
  return memoize(path => {
    let known = path;
    while (known !== '' && !repo.owners.has(known)) known = folderOf(known);
    const concerned = environmentsOfFile(repo, known);
    return order.filter(id => concerned.includes(id));
  });
}
