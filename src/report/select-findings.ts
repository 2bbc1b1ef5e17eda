import type { Finding, Location, Severity } from '../core/finding.ts';

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

/**
 * Where readers that have only the files of today see a finding. The line of a file in a commit is another one today,
 * or none at all: the beginning of the file stands for it, and the message names commit and line.
 */
export function placeToShow({ at, commit }: Finding): Location {
  const beginning = { offset: 0, line: 1, column: 1 };
  return commit ? { path: at.path, start: beginning, end: beginning } : at;
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
