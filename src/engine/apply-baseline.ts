import type { Baseline, BaselineEntry } from '../core/baseline.ts';
import type { Finding } from '../core/finding.ts';

/** Marks the findings that a baseline knows; what a comment or a waiver covers stays theirs. */
export function applyBaseline(findings: readonly Finding[], baseline: Baseline): Finding[] {
  const known = new Set(baseline.map(identify));
  return findings.map(finding =>
    !finding.suppressed && known.has(identify(entryOf(finding))) ? { ...finding, suppressed: { by: 'baseline' } } : finding,
  );
}

/** What a new baseline of these findings knows: all that count, and those that an old one covers. */
export function baselineOf(findings: readonly Finding[]): Baseline {
  return findings.filter(({ suppressed }) => !suppressed || suppressed.by === 'baseline').map(entryOf);
}

/** The entries that no finding answers to. */
export function staleEntries(baseline: Baseline, findings: readonly Finding[]): Baseline {
  const found = new Set(baselineOf(findings).map(identify));
  return baseline.filter(entry => !entry.history && !found.has(identify(entry)));
}

/** The entries of both, each once. */
export function joinBaselines(baseline: Baseline, other: Baseline): Baseline {
  return [...new Map([...baseline, ...other].map(entry => [identify(entry), entry])).values()];
}

/** The text of the file: sorted, an entry a line, so that a change of one is a change of one line. */
export function writeBaseline(baseline: Baseline): string {
  const lines = joinBaselines(baseline, [])
    .map(({ rule, path, fingerprint, digest, history }) => ({ rule, path, fingerprint, digest, history }))
    .sort(
      (a, b) =>
        compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint) || compare(a.digest ?? '', b.digest ?? ''),
    )
    .map(entry => `\n    ${JSON.stringify(entry)}`);
  return `{\n  "version": 1,\n  "findings": [${lines.join(',')}${lines.length > 0 ? '\n  ' : ''}]\n}\n`;
}

function entryOf({ ruleId, at, fingerprint, digest, commit }: Finding): BaselineEntry {
  return { rule: ruleId, path: at.path, fingerprint, ...(digest !== undefined && { digest }), ...(commit && { history: true }) };
}

/** The digest of a secret holds its place. Its fingerprint has a number too, which changes when another secret of the file goes. */
function identify({ rule, path, fingerprint, digest, history }: BaselineEntry): string {
  return [rule, path, digest ?? fingerprint, history ? 'history' : ''].join('\n');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
