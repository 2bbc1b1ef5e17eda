import type { Finding, Severity } from '../core/finding.ts';

/** The most severe first. */
export const severities: readonly Severity[] = ['error', 'warning', 'note'];

/** The findings that nobody suppressed. */
export function openFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(finding => !finding.suppressed);
}

/** The open findings that a text format shows one by one. */
export function shownFindings(findings: readonly Finding[], show: Severity): readonly Finding[] {
  return openFindings(findings).filter(finding => severities.indexOf(finding.severity) <= severities.indexOf(show));
}

export interface FindingCounts extends Readonly<Record<Severity, number>> {
  readonly suppressed: number;
}

/** How many findings there are of each severity; suppressed ones count as such only. */
export function countFindings(findings: readonly Finding[]): FindingCounts {
  const counts = { error: 0, warning: 0, note: 0, suppressed: 0 };
  for (const { severity, suppressed } of findings) counts[suppressed ? 'suppressed' : severity]++;
  return counts;
}
