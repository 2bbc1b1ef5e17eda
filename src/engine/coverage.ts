import type { DocumentClass } from '../core/classification.ts';
import type { SourceFile } from '../core/document.ts';
import type { Finding } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import type { Repo, Unit } from '../core/repo.ts';
import type { Coverage, MistakeStatus } from '../core/result.ts';
import type { Mistake, RuleDescriptor } from '../core/rule.ts';
import type { RuleRun } from './run-rules.ts';

/** What was understood, what was not and why, and what that says of each of the six mistakes. */
export function measureCoverage(repo: Repo, run: RuleRun, findings: readonly Finding[], rules: readonly RuleDescriptor[]): Coverage {
  const unclassified: RepoPath[] = [];
  let [documents, validated, withoutSchema] = [0, 0, 0];
  for (const file of repo.files.values()) {
    if (isUnclassified(file)) unclassified.push(file.path);
    documents += file.documents.length;
    for (const { classification } of file.documents) {
      if (validatedClasses.has(classification.class)) validated++;
      if (objectClasses.has(classification.class)) withoutSchema++;
    }
  }
  return {
    files: repo.files.size,
    documents,
    roots: repo.units.filter(({ isRoot }) => isRoot).length,
    skippedFiles: repo.skippedFiles,
    unclassified,
    validated,
    notValidated: withoutSchema > 0 ? { 'no schema yet': withoutSchema } : {},
    rendered: 0,
    partial: repo.kustomizations.size > 0 ? { 'not rendered': repo.kustomizations.size } : {},
    skippedRules: run.skips,
    mistakes: judgeMistakes(repo, run, findings, rules),
  };
}

/** Classes of documents that the schemas of this version judge. */
const validatedClasses: ReadonlySet<DocumentClass> = new Set(['kustomization', 'kustomize-component']);

/** Classes of documents that an API server or a controller reads. */
const objectClasses: ReadonlySet<DocumentClass> = new Set([
  'kubernetes-manifest',
  'kubernetes-list',
  'custom-resource',
  'custom-resource-definition',
  'secret',
  'sealed-secret',
  'external-secret',
  'argocd-application',
  'argocd-application-set',
  'argocd-project',
  'flux-kustomization',
  'flux-helm-release',
  'flux-source',
  'flux-automation',
  'flux-notification',
  'flux-operator',
  'helm-chart',
  'helmfile',
]);

/** What does not parse is a finding already. */
function isUnclassified({ classification, documents, problems }: SourceFile): boolean {
  if (problems.length > 0) return false;
  return documents.length === 0 ? classification.class === 'other' : documents.some(document => document.classification.class === 'other');
}

/** No mistake is called absent where nothing was there to show it. */
function judgeMistakes(repo: Repo, run: RuleRun, findings: readonly Finding[], rules: readonly RuleDescriptor[]): Record<Mistake, MistakeStatus> {
  const mistakeOf = new Map(rules.map(({ id, mistake }) => [id, mistake]));
  const found = new Set(findings.flatMap(({ ruleId, severity, suppressed }) => (suppressed || severity === 'note' ? [] : mistakeOf.get(ruleId))));
  const judged = new Set([...run.judged].map(ruleId => mistakeOf.get(ruleId)));
  const status = (mistake: Mistake, isEvidenced: boolean): MistakeStatus =>
    found.has(mistake) ? 'findings' : isEvidenced && judged.has(mistake) ? 'ok' : 'not-evidenced';
  return {
    linting: status('linting', true),
    secrets: status('secrets', true),
    'all-in-one': status('all-in-one', true),
    'push-security': status('push-security', true),
    segregation: status('segregation', repo.environments.length > 0),
    'manual-intervention': status('manual-intervention', repo.units.some(isControlled)),
  };
}

/** Delivered by a controller, which can put right what somebody changed by hand. */
function isControlled({ kind }: Unit): boolean {
  return kind.startsWith('argocd-') || kind.startsWith('flux-');
}
