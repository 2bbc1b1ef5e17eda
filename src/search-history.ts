import type { ResolvedConfig } from './core/config.ts';
import type { SourceFile } from './core/document.ts';
import type { PastCommit } from './core/finding.ts';
import type { Place, RepoPath } from './core/place.ts';
import type { Repo } from './core/repo.ts';
import type { HistoryCoverage } from './core/result.ts';
import type { RuleKnowledge } from './core/rule.ts';
import { findInlineIgnores } from './engine/inline-ignores.ts';
import { type LocatedFinding, locateFindings } from './engine/locate-findings.ts';
import { secretMask } from './engine/mask-secrets.ts';
import { environmentFinder, type RuleDefect, type RuleReport, runRules } from './engine/run-rules.ts';
import { findsLeaksInOneFile, secretValue } from './engine/secret-value.ts';
import type { ActiveRule } from './engine/select-rules.ts';
import { suppressFindings } from './engine/suppress-findings.ts';
import { classify } from './load-files.ts';
import { buildRepo } from './model/build-repo.ts';
import { decodeBase64, textOf } from './secrets/decode-base64.ts';
import type { History } from './workspace/workspace.ts';

export interface HistoryRequest {
  readonly history: History;
  readonly config: ResolvedConfig;
  readonly active: readonly ActiveRule[];
  readonly knowledge: RuleKnowledge;
  /** The files of today, and what the rules say of them. */
  readonly repo: Repo;
  readonly reports: readonly RuleReport[];
  /** Tells what a text is, and parses it. */
  readonly readFile: (path: RepoPath, text: string) => SourceFile;
}

export interface HistoryRun {
  readonly findings: readonly LocatedFinding[];
  readonly coverage: HistoryCoverage;
  readonly defects: readonly RuleDefect[];
}

/**
 * The secrets that commits brought in and that are in no file any more: whoever has the commits has them. The rules for
 * secrets are asked about each version of a file as if it were the only file; a secret is told once, by the oldest commit that has it.
 */
export async function searchHistory(request: HistoryRequest): Promise<HistoryRun> {
  const { history, config, knowledge, repo, reports, readFile } = request;
  const rules = request.active.filter(({ rule }) => findsLeaksInOneFile(rule));
  const environmentsOf = environmentFinder(repo);
  const ids = new Set(rules.map(({ rule }) => rule.id));
  const isLeak = (ruleId: string) => ids.has(ruleId);
  const known = new Set(reports.filter(({ ruleId }) => isLeak(ruleId)).map(report => identify(report, repo.files.get(report.at.path))));
  const findings: LocatedFinding[] = [];
  const defects: RuleDefect[] = [];
  const skipped: Record<string, number> = {};
  let files = 0;

  for await (const { commit, path, text, skipped: reason } of rules.length > 0 ? history.files(config.maxFileSize) : []) {
    if (config.isExcluded(path)) continue;
    if (text === undefined) {
      skipped[reason] = (skipped[reason] ?? 0) + 1;
      continue;
    }
    files++;
    if (repo.files.get(path)?.text === text) continue;
    const model = buildRepo({
      files: classify([readFile(path, text)]),
      listing: { files: [path], skipped: [], links: new Map() },
      config,
      repository,
    });
    const alone = { ...model, render: repo.render, match: repo.match };
    const run = runRules(rules, alone, knowledge, environmentsOf);
    defects.push(...run.defects);
    const file = alone.files.get(path);
    if (run.reports.length === 0 || !file) continue;
    const fresh = run.reports.filter(report => {
      const secret = identify(report, file);
      const isNew = report.at.path === path && !known.has(secret);
      if (isNew) known.add(secret);
      return isNew;
    });
    const { maskText } = secretMask({ files: alone.files, reports: run.reports, silentRules: [], knowledge });
    const located = locateFindings(fresh.map(withoutSurroundings), { files: alone.files, maskText, isLeak });
    const judged = suppressFindings(located, () => findInlineIgnores(file), []);
    findings.push(...judged.findings.map(finding => inCommit(finding, commit)));
  }
  const { commits, incomplete } = history;
  return { findings, coverage: { commits, files, skipped, ...(incomplete !== undefined && { incomplete }) }, defects };
}

/** Nothing that an old file refers to is looked for elsewhere. */
const repository = { remotes: [] };

/** A secret by its rule and its value, wherever it stands and whether it is encoded or not. */
function identify(
  { ruleId, at, message }: { readonly ruleId: string; readonly at: Place; readonly message: string },
  file: SourceFile | undefined,
): string {
  const written = file && secretValue(file, at);
  if (written === undefined) return `${ruleId}\n${at.path}\n${message}`;
  const bytes = decodeBase64(written);
  const decoded = bytes && textOf(bytes);
  return `${ruleId}\n\n${decoded !== undefined && /^[\x20-\x7e\s]+$/.test(decoded) ? decoded : written}`;
}

/** Other places and edits are of files that are no more. */
function withoutSurroundings({ related, fix, causes, ...report }: RuleReport): RuleReport {
  return report;
}

function inCommit(finding: LocatedFinding, commit: PastCommit): LocatedFinding {
  const where = `line ${finding.at.start.line} of the file in commit ${commit.id.slice(0, 10)} of ${commit.date}, and in no file any more`;
  return { ...finding, message: `${finding.message} (${where})`, commit, identity: `${finding.identity}\nhistory` };
}
