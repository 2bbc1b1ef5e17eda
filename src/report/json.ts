import type { Finding, Location } from '../core/finding.ts';
import type { Reporter } from '../core/result.ts';
import { countFindings } from './select-findings.ts';

/** The JSON report, version 1: `schemas/report.schema.json` describes it. */
export const json: Reporter = ({ findings, coverage, environments }, { toolVersion }) => {
  const { skippedFiles, validated, notValidated, rendered, partial, unclassified, history, mistakes } = coverage;
  const report = {
    version: 1,
    tool: { name: 'gitops-lint', version: toolVersion },
    summary: {
      files: coverage.files,
      documents: coverage.documents,
      roots: coverage.roots,
      ...countFindings(findings),
      skippedRules: Object.fromEntries(Array.from(coverage.skippedRules, ([ruleId, reasons]) => [ruleId, sum(reasons.values())])),
    },
    coverage: {
      skippedFiles: skippedFiles.map(({ path, reason }) => ({ path, reason })),
      validated,
      notValidated,
      rendered,
      partial,
      unclassified,
      history,
      mistakes,
    },
    environments: environments.map(({ id, tier, rank }) => ({ id, tier, rank })),
    findings: findings.map(describeFinding),
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
};

function describeFinding({
  ruleId,
  severity,
  message,
  at,
  environments,
  object,
  field,
  related,
  fix,
  fingerprint,
  digest,
  commit,
  suppressed,
}: Finding) {
  return {
    ruleId,
    severity,
    message,
    ...describeLocation(at),
    environments,
    object,
    field,
    related: related.map(other => ({ path: other.at.path, start: describeLocation(other.at).start, message: other.message })),
    fix: fix && { title: fix.title, safety: fix.safety },
    fingerprint,
    digest,
    commit: commit && { id: commit.id, date: commit.date },
    suppressed: suppressed && { by: suppressed.by, reason: suppressed.reason },
  };
}

function describeLocation({ path, start, end }: Location) {
  return { path, start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
