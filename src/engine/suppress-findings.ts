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
  /** What would cover secrets that stay open, if it named them: the open ones. */
  readonly unbound: ReadonlyMap<InlineIgnore | Waiver, readonly LocatedFinding[]>;
}

/**
 * Marks the findings that a comment of their file or a waiver covers. A secret is covered by what names its digest:
 * another value in its place is another secret, which nobody has judged.
 */
export function suppressFindings(
  findings: readonly LocatedFinding[],
  ignoresOf: (path: RepoPath) => readonly InlineIgnore[],
  waivers: readonly Waiver[],
): Suppressed {
  const used = new Set<InlineIgnore | Waiver>();
  const unbound = new Map<InlineIgnore | Waiver, LocatedFinding[]>();
  const ignoresAt = ignoreFinder(ignoresOf);
  const marked = findings.map(finding => {
    if (finding.suppressed) return finding;
    // The lines of a file that is there say nothing of what once stood in it.
    const ignores = finding.commit
      ? []
      : ignoresAt(finding.at).filter(({ rules }) => rules.some(({ pattern }) => matchesRule(pattern, finding.ruleId)));
    const waiving = waivers.filter(({ rule, matches }) => matchesRule(rule, finding.ruleId) && matches(finding.at.path));
    const reason = ignores.find(ignore => ignoreCovers(ignore, finding)) ?? waiving.find(waiver => covers(waiver.digests, finding));
    if (reason) {
      used.add(reason);
      const by = 'isForeign' in reason ? 'comment' : 'waiver';
      return { ...finding, suppressed: { by, ...(reason.reason !== '' && { reason: reason.reason }) } as const };
    }
    for (const other of finding.digest === undefined ? [] : [...ignores, ...waiving]) {
      const open = unbound.get(other);
      if (open) open.push(finding);
      else unbound.set(other, [finding]);
    }
    return finding;
  });
  return { findings: marked, used, unbound };
}

function ignoreCovers({ rules }: InlineIgnore, finding: LocatedFinding): boolean {
  return rules.some(({ pattern, digest }) => matchesRule(pattern, finding.ruleId) && covers(digest === undefined ? undefined : [digest], finding));
}

function covers(digests: readonly string[] | undefined, { digest }: LocatedFinding): boolean {
  return digest === undefined ? digests === undefined : digests?.includes(digest) === true;
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
