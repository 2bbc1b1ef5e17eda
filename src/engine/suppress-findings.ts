import type { Waiver } from '../core/config.ts';
import type { Location } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import type { InlineIgnore } from './inline-ignores.ts';
import type { LocatedFinding } from './locate-findings.ts';
import { matchesRule } from './matches-rule.ts';
import { memoize } from './memoize.ts';

export interface Suppressed {
  readonly findings: readonly LocatedFinding[];
  /** What has suppressed at least one finding. */
  readonly used: ReadonlySet<InlineIgnore | Waiver>;
}

/** Marks the findings that a comment of their file or a waiver covers. */
export function suppressFindings(
  findings: readonly LocatedFinding[],
  ignoresOf: (path: RepoPath) => readonly InlineIgnore[],
  waivers: readonly Waiver[],
): Suppressed {
  const used = new Set<InlineIgnore | Waiver>();
  const ignoresAt = ignoreFinder(ignoresOf);
  const marked = findings.map(finding => {
    const { ruleId, at } = finding;
    const ignore = ignoresAt(at).find(({ rules }) => rules.some(pattern => matchesRule(pattern, ruleId)));
    const reason = ignore ?? waivers.find(({ rule, matches }) => matchesRule(rule, ruleId) && matches(at.path));
    if (!reason) return finding;
    used.add(reason);
    const suppressed = { by: ignore ? 'comment' : 'waiver', ...(reason.reason !== '' && { reason: reason.reason }) } as const;
    return { ...finding, suppressed };
  });
  return { findings: marked, used };
}

/** The comments that cover a place: those of its line, then those of its file. */
function ignoreFinder(ignoresOf: (path: RepoPath) => readonly InlineIgnore[]): (at: Location) => readonly InlineIgnore[] {
  const linesOf = memoize((path: RepoPath) => ignoresByLine(ignoresOf(path)));
  return ({ path, start }) => {
    const lines = linesOf(path);
    return lines.size === 0 ? [] : [...(lines.get(start.line) ?? []), ...(lines.get(undefined) ?? [])];
  };
}

/** Those for the whole file stand at `undefined`. */
function ignoresByLine(ignores: readonly InlineIgnore[]): ReadonlyMap<number | undefined, readonly InlineIgnore[]> {
  const lines = new Map<number | undefined, InlineIgnore[]>();
  for (const ignore of ignores) {
    for (const line of ignore.lines ?? [undefined]) {
      const group = lines.get(line);
      if (group) group.push(ignore);
      else lines.set(line, [ignore]);
    }
  }
  return lines;
}
