import { loadStyles } from './config/load-styles.ts';
import type { Baseline } from './core/baseline.ts';
import type { ResolvedConfig } from './core/config.ts';
import { didYouMean } from './core/did-you-mean.ts';
import type { EnvironmentId } from './core/environment.ts';
import { UsageError } from './core/errors.ts';
import type { Finding } from './core/finding.ts';
import type { RepoPath } from './core/place.ts';
import type { Repo } from './core/repo.ts';
import type { LintResult } from './core/result.ts';
import type { Rule, RuleDescriptor, RuleKnowledge } from './core/rule.ts';
import type { Styles } from './core/style.ts';
import { staleEntries } from './engine/apply-baseline.ts';
import { applyFixes, type FixSafety } from './engine/apply-fixes.ts';
import { measureCoverage } from './engine/coverage.ts';
import { locateFindings } from './engine/locate-findings.ts';
import { maskKnownForms, secretMask } from './engine/mask-secrets.ts';
import { matchesRule } from './engine/matches-rule.ts';
import { ownRules } from './engine/own-rules.ts';
import { type ReportScope, scopeFilter } from './engine/report-scope.ts';
import { adoptReports, type ForeignReport, type RuleDefect, type RuleReport, runRules } from './engine/run-rules.ts';
import { findsLeaks, isSecretRule } from './engine/secret-value.ts';
import { type ActiveRule, isChosen, type RuleChoice, selectRules } from './engine/select-rules.ts';
import { settleFindings } from './engine/settle-findings.ts';
import { classify, fileReader, loadFiles } from './load-files.ts';
import { buildRepo } from './model/build-repo.ts';
import { canonicalId } from './model/environments/canonical-id.ts';
import { kustomizeRenderer, type Renderer } from './render/kustomize/render-kustomization.ts';
import { loadSchemas } from './schema/load-schemas.ts';
import { searchHistory } from './search-history.ts';
import { loadProtection } from './secrets/load-protection.ts';
import { secretScanner } from './secrets/secret-scanner.ts';
import type { RepositoryFacts } from './workspace/repository-facts.ts';
import { readShippedSchema } from './workspace/shipped-schemas.ts';
import type { FileListing, History, Workspace } from './workspace/workspace.ts';

export interface LintRequest extends RuleChoice {
  readonly workspace: Workspace;
  readonly config: ResolvedConfig;
  readonly rules: readonly Rule[];
  readonly repository: RepositoryFacts;
  /** The day the run is for, as `YYYY-MM-DD`. */
  readonly today: string;
  readonly scope?: Omit<ReportScope, 'environments'> & { readonly environment?: EnvironmentId };
  /** Whose fixes are applied; `preview` leaves the files as they are. */
  readonly fix?: FixSafety;
  readonly preview?: boolean;
  readonly reportUnusedIgnores?: boolean;
  /** Findings that are known, and do not count. */
  readonly baseline?: Baseline;
  /** Commits to look through for secrets that are in no file any more. */
  readonly history?: History;
  /** Called at the end of each step with its name. */
  readonly onStep?: (step: string) => void;
}

/** The result for reports, with what the command and tests need beside it. */
export interface LintOutcome extends LintResult {
  readonly repo: Repo;
  /** Rules that threw; what the others found stands. */
  readonly defects: readonly RuleDefect[];
  /** What the fixes make of each file that they change. */
  readonly changes: ReadonlyMap<RepoPath, FileChange>;
  /** What the baseline knows and nothing answers to, where everything was asked for. */
  readonly staleBaseline: Baseline;
  /** Files whose fixes would have changed their data, or lost a comment or an anchor: they stay as they are. */
  readonly refused: ReadonlySet<RepoPath>;
  /** Sentences about how the repository was read. */
  readonly notes: readonly string[];
}

export interface FileChange {
  readonly before: string;
  readonly after: string;
  /** The same with every known secret masked, line by line: what may be shown. */
  readonly shownBefore: string;
  readonly shownAfter: string;
}

/** More passes than this only rules that undo each other would need. */
const maximumPasses = 20;

/** From a repository to its findings: each pass of fixes is followed by a look at what they left. */
export async function lint(asked: LintRequest): Promise<LintOutcome> {
  const request = { ...asked, config: withCanonicalOverrides(asked.config) };
  const { workspace, config, fix } = request;
  const active = selectRules(request.rules, config, request);
  const listing = await workspace.list();
  request.onStep?.('list');
  const first = await inspect(request, listing, active);
  const edits = new Map<RepoPath, string>();
  const refused = new Set<RepoPath>();
  let last = first;
  let fixesApplied = 0;
  for (let pass = 0; fix && pass < maximumPasses; pass++) {
    const { texts, applied } = applyFixes(last.fixable, last.repo.files, fix, refused);
    request.onStep?.('applyFixes');
    if (texts.size === 0) break;
    for (const [path, text] of texts) edits.set(path, text);
    fixesApplied += applied;
    last = await inspect({ ...request, workspace: withEdits(workspace, edits) }, listing, active, first.styles);
  }
  const changes = changesBetween(first, last, edits.keys());
  if (!request.preview) writeChanges(changes, workspace, config.maxFileSize);
  return { ...last, findings: last.findings.map(finding => sayRefusal(finding, refused)), fixesApplied, changes, refused, notes: listing.notes };
}

/** A fix that would have changed the data of its file, or lost a comment, was not applied. */
function sayRefusal(finding: Finding, refused: ReadonlySet<RepoPath>): Finding {
  const { fix, ...rest } = finding;
  const isRefused = fix?.edits.some(({ path }) => refused.has(path));
  return isRefused ? { ...rest, message: `${finding.message} (by hand: the fix would change the data, a comment or an anchor)` } : finding;
}

/** With `understand` the table of contents of gitops-lint: from files to findings and coverage. */
async function inspect(request: LintRequest, listing: FileListing, active: readonly ActiveRule[], known?: Styles) {
  const { config, today, onStep = () => {} } = request;
  const repo = understand(request, listing);
  // Fixes follow the style that was there before the first of them.
  const knowledge = await loadKnowledge(repo, config, today, known);
  const run = runRules(active, repo, knowledge);
  onStep('runRules');
  const past = request.history && (await lookBack(request.history, request, listing, { active, knowledge, repo, reports: run.reports }));
  if (past) onStep('searchHistory');
  const rulesets = await runRulesets(repo, request);
  if (config.rulesets.length > 0) onStep('runRulesets');

  const reports = [...run.reports, ...adoptReports(rulesets.reports, repo, config, request)];
  const silentRules = request.rules.filter(rule => isSecretRule(rule) && !run.judged.has(rule.id));
  const mask = secretMask({ files: repo.files, reports, silentRules, knowledge });
  const { changed, ...scope } = expandScope(request.scope, repo);
  const isInScope = scopeFilter({ ...scope, ...(changed && { changed }) });
  const leaks = new Set(request.rules.filter(findsLeaks).map(({ id }) => id));
  const locating = { files: repo.files, maskText: mask.maskText, isLeak: (ruleId: string) => leaks.has(ruleId) };
  const located = locateFindings(reports.filter(isInScope).map(mask.maskReport), locating);
  onStep('locateFindings');
  const gone = (past?.findings ?? []).filter(scopeFilter(scope));
  const hasRun = (pattern: string) => request.rules.every(({ id }) => run.judged.has(id) || !matchesRule(pattern, id));
  const fixable = settleFindings([...located, ...gone], {
    ...locating,
    config,
    today,
    reportUnusedIgnores: request.reportUnusedIgnores ?? false,
    hasRun,
    baseline: request.baseline ?? [],
    isWanted: (report: RuleReport) => isInScope(report) && isChosen(report.ruleId, request),
  });
  const findings = fixable.map(mask.dropTellingFix);
  const isWhole = !request.scope || Object.keys(request.scope).length === 0;
  const staleBaseline = staleEntries(isWhole ? (request.baseline ?? []).filter(({ rule }) => hasRun(rule)) : [], findings);
  onStep('settleFindings');
  const rules: readonly RuleDescriptor[] = [...active.map(({ rule }) => rule), ...rulesets.rules, ...Object.values(ownRules)];
  const coverage = { ...measureCoverage(repo, run, findings, rules, knowledge.schemas, mask.maskText), ...(past && { history: past.coverage }) };
  onStep('coverage');

  const sourceText = (path: RepoPath) => repo.files.get(path)?.text;
  const { environments } = repo;
  const defects = [...run.defects, ...(past?.defects ?? [])];
  return {
    repo,
    findings,
    fixable,
    styles: knowledge.styles,
    staleBaseline,
    rules,
    coverage,
    environments,
    frameText: mask.frameText,
    sourceText,
    defects,
    ...provenance(request),
  };
}

/** The files of today say what a file of yesterday was. */
function lookBack(
  history: History,
  { config, workspace }: LintRequest,
  listing: FileListing,
  rest: Pick<Parameters<typeof searchHistory>[0], 'active' | 'knowledge' | 'repo' | 'reports'>,
) {
  return searchHistory({ ...rest, history, config, readFile: fileReader(listing, workspace, config.maxFileSize) });
}

/** What rules know beside the repository, for the day that is given as `YYYY-MM-DD`. */
export async function loadKnowledge(repo: Repo, config: ResolvedConfig, today: string, styles?: Styles): Promise<RuleKnowledge> {
  const { placeholders, sharedRecipients, maxAge } = config.secrets;
  const settings = { preset: config.preset, placeholders, sharedRecipients, ...(maxAge !== undefined && { maxSecretAge: maxAge }), today };
  return {
    settings,
    schemas: await loadSchemas({ repo, readShipped: readShippedSchema, schemaFolders: config.schemaFolders }),
    secrets: secretScanner({ ...config.secrets, today }),
    protection: await loadProtection({ repo, settings, loadCompiler: async () => (await import('./schema/foreign-expression.ts')).expressionTest }),
    styles: styles ?? (await loadStyles(repo.files)),
  };
}

/** The steps that every command needs: from files to the repository as rules see it. */
export function understand(request: Pick<LintRequest, 'workspace' | 'config' | 'repository' | 'onStep'>, listing: FileListing): Repo {
  const { workspace, config, repository, onStep = () => {} } = request;
  const loaded = loadFiles(listing, workspace, config);
  onStep('loadFiles');
  const files = classify(loaded.files);
  onStep('classify');
  const readable = { ...listing, skipped: loaded.skipped };
  const model = buildRepo({ files, listing: readable, config, repository });
  onStep('buildRepo');
  let made: Renderer | undefined;
  const renderer = () => {
    made ??= kustomizeRenderer(model.files, { tables: readShippedSchema('kustomize.json') ?? '', listing: readable });
    return made;
  };
  return { ...model, render: folder => renderer()(folder), match: folder => renderer().match(folder) };
}

/** Spectral is loaded only where a ruleset is configured. */
async function runRulesets(
  { files }: Repo,
  { config, workspace }: LintRequest,
): Promise<{ reports: readonly ForeignReport[]; rules: readonly RuleDescriptor[] }> {
  const { rulesets, maxFileSize } = config;
  if (rulesets.length === 0) return { reports: [], rules: [] };
  const documents = [...files.values()].flatMap(file => file.documents);
  const spectral = await import('./spectral/run-rulesets.ts');
  return spectral.runRulesets({ documents, rulesets, read: path => workspace.read(path, maxFileSize).text });
}

/** The workspace as it will be once the edits are written: files change on disk when all passes are done, each once. */
function withEdits(workspace: Workspace, edits: ReadonlyMap<RepoPath, string>): Workspace {
  return {
    ...workspace,
    read(path, maxBytes) {
      const text = edits.get(path);
      return text === undefined ? workspace.read(path, maxBytes) : { text };
    },
  };
}

type Inspection = Awaited<ReturnType<typeof inspect>>;

function changesBetween(first: Inspection, last: Inspection, paths: Iterable<RepoPath>): Map<RepoPath, FileChange> {
  const changes = new Map<RepoPath, FileChange>();
  for (const path of [...paths].sort()) {
    const [before, after] = [first.sourceText(path), last.sourceText(path)];
    const [shownBefore, shownAfter] = [first.frameText(path), last.frameText(path)];
    if (before === after || before === undefined || after === undefined || shownBefore === undefined || shownAfter === undefined) continue;
    changes.set(path, { before, after, shownBefore, shownAfter });
  }
  return changes;
}

/** A file that somebody else has changed in the meantime stays as they left it. */
function writeChanges(changes: ReadonlyMap<RepoPath, FileChange>, workspace: Workspace, maxFileSize: number): void {
  for (const [path, { before, after }] of changes) {
    if (workspace.read(path, maxFileSize).text === before) workspace.write(path, after);
  }
}

/** Overrides name environments as users write them. */
function withCanonicalOverrides(config: ResolvedConfig): ResolvedConfig {
  return { ...config, overrides: config.overrides.map(override => ({ ...override, environments: override.environments.map(canonicalId) })) };
}

function expandScope({ environment, ...scope }: NonNullable<LintRequest['scope']> = {}, { environments }: Repo): ReportScope {
  return environment === undefined ? scope : { ...scope, environments: environmentIds(environment, { environments }) };
}

/** The environment that a user names, with the members of a group. Throws UsageError for one that the repository does not know. */
export function environmentIds(environment: EnvironmentId, { environments }: Pick<Repo, 'environments'>): readonly EnvironmentId[] {
  const known = environments.find(({ id }) => id === canonicalId(environment));
  if (known) return [known.id, ...(known.group ?? [])];
  const ids = environments.map(({ id }) => id);
  const meant = didYouMean(environment, ids);
  const hint = meant ? `did you mean "${meant}"?` : ids.length > 0 ? `the repository knows ${ids.join(', ')}` : 'no environment was found here';
  throw new UsageError(`there is no environment "${environment}"`, { hint });
}

function provenance({ config, repository }: LintRequest): Pick<LintResult, 'repository'> {
  const url = [...config.repository.urls, ...repository.remotes].find(url => URL.canParse(url));
  return url === undefined ? {} : { repository: { url: maskKnownForms(url), ...(repository.branch !== undefined && { branch: repository.branch }) } };
}
