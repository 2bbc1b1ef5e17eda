import { type Document, isTemplatedData, type SourceFile } from '../core/document.ts';
import type { Finding } from '../core/finding.ts';
import { isDeliveredObject } from '../core/judge-object.ts';
import type { RepoPath } from '../core/place.ts';
import type { Repo, Resource, Unit } from '../core/repo.ts';
import type { Coverage, MistakeStatus } from '../core/result.ts';
import type { Mistake, RuleDescriptor } from '../core/rule.ts';
import type { Schemas } from '../core/schema.ts';
import { toolFormatOf } from '../core/tool-formats.ts';
import type { RuleRun, RuleSkip } from './run-rules.ts';

/** What was understood, what was not and why, and what that says of each of the six mistakes. */
export function measureCoverage(
  repo: Repo,
  run: RuleRun,
  findings: readonly Finding[],
  rules: readonly RuleDescriptor[],
  schemas: Schemas,
  maskText: (text: string, path: RepoPath) => string,
): Coverage {
  const unclassified: RepoPath[] = [];
  let documents = 0;
  for (const file of repo.files.values()) {
    if (isUnclassified(file)) unclassified.push(file.path);
    documents += file.documents.length;
  }
  return {
    files: repo.files.size,
    documents,
    roots: repo.units.filter(({ isRoot }) => isRoot).length,
    skippedFiles: repo.skippedFiles,
    unclassified,
    ...countValidated(repo, schemas),
    rendered: 0,
    partial: repo.kustomizations.size > 0 ? { 'not rendered': repo.kustomizations.size } : {},
    skippedRules: countSkips(run.skips, maskText),
    mistakes: judgeMistakes(repo, run, findings, rules),
  };
}

/** How many documents a schema judges and, by reason, how many objects none does. */
function countValidated({ files, resources }: Repo, { ofResource }: Schemas): Pick<Coverage, 'validated' | 'notValidated'> {
  const notValidated: Record<string, number> = {};
  const refuse = (reason: string) => {
    notValidated[reason] = (notValidated[reason] ?? 0) + 1;
  };
  let validated = 0;
  const objects = new Map<Document, Resource[]>();
  for (const resource of resources) {
    const own = objects.get(resource.document);
    if (own === undefined) objects.set(resource.document, [resource]);
    else own.push(resource);
  }
  for (const file of files.values()) {
    if (isTemplatedData(file)) refuse('template');
    for (const document of file.documents) {
      const own = objects.get(document) ?? [];
      if (toolFormatOf(document) !== undefined) validated++;
      else if (own.some(isDeliveredObject)) {
        if (own.every(resource => ofResource(resource).source !== undefined)) validated++;
        else refuse('no schema of the kind');
      } else if (document.classification.class === 'strategic-merge-patch') refuse('patch');
    }
  }
  return { validated, notValidated };
}

/** By rule, then by reason. Only a reason with an argument in quotes can hold a secret. */
function countSkips(skips: readonly RuleSkip[], maskText: (text: string, path: RepoPath) => string): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>();
  for (const { ruleId, path, reason } of skips) {
    const shown = reason.includes('"') ? maskText(reason, path) : reason;
    const reasons = counts.get(ruleId) ?? new Map<string, number>();
    counts.set(ruleId, reasons.set(shown, (reasons.get(shown) ?? 0) + 1));
  }
  return counts;
}

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
