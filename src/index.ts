/**
 * The API of gitops-lint: the pipeline of the command on any workspace, with any rules.
 *
 * ```ts
 * const workspace = memoryWorkspace({ 'kustomization.yaml': 'resources: [missing.yaml]\n' });
 * const { findings } = await lint({ workspace, config: defaultConfig(), rules, repository: { remotes: [], isWorkTree: false }, today: '2027-01-31' });
 * ```
 */
export { rules } from '../rules/index.ts';
export { defaultConfig } from './config/default-config.ts';
export { loadConfig } from './config/load-config.ts';
export type { ConfigRequest } from './config/resolve-config.ts';
export type { ResolvedConfig } from './core/config.ts';
export type { Document, SkippedFile, SourceFile } from './core/document.ts';
export type { Environment, EnvironmentOwner, Reach, Tier } from './core/environment.ts';
export { UsageError } from './core/errors.ts';
export type { Edit, Finding, Fix, Location, Position, Report, Severity, Skip, Suppression, TextEdit } from './core/finding.ts';
export { at, type FieldPath, keyAt, type Place, type RepoPath, within } from './core/place.ts';
export type { Reference, Repo, Resource, Unit } from './core/repo.ts';
export type { Coverage, LintResult, MistakeStatus, Paint, Reporter, ReportStyle } from './core/result.ts';
export {
  type BadExample,
  defineRule,
  type Example,
  type Mistake,
  type Preset,
  type Rule,
  type RuleContext,
  type RuleDefinition,
  type Scope,
} from './core/rule.ts';
export { type ExampleResult, testRule } from './engine/test-rule.ts';
export { type LintOutcome, type LintRequest, lint } from './lint.ts';
export { reporters } from './report/reporters.ts';
export { diskWorkspace } from './workspace/disk-workspace.ts';
export { gitHistory } from './workspace/git-history.ts';
export { indexWorkspace } from './workspace/index-workspace.ts';
export { memoryWorkspace } from './workspace/memory-workspace.ts';
export { type RepositoryFacts, readRepositoryFacts } from './workspace/repository-facts.ts';
export type { FileListing, History, PastFile, ReadResult, Workspace } from './workspace/workspace.ts';
