import type { Baseline } from '../core/baseline.ts';
import type { ResolvedConfig, Waiver } from '../core/config.ts';
import type { Finding } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import { applyBaseline } from './apply-baseline.ts';
import { hashText } from './hash-text.ts';
import { findInlineIgnores, type InlineIgnore } from './inline-ignores.ts';
import { type LocatedFinding, type LocateRequest, locateFindings } from './locate-findings.ts';
import { memoize } from './memoize.ts';
import {
  reportExpiredWaiver,
  reportIgnoreWithoutReason,
  reportUnboundIgnore,
  reportUnboundWaiver,
  reportUnusedIgnore,
  reportUnusedWaiver,
} from './own-rules.ts';
import type { RuleReport } from './run-rules.ts';
import { suppressFindings } from './suppress-findings.ts';

export interface SettleRequest extends LocateRequest {
  readonly config: ResolvedConfig;
  readonly today: string;
  readonly reportUnusedIgnores: boolean;
  readonly baseline: Baseline;
  /** Whether every rule that a pattern names has run, so that a suppression of it can be called unused. */
  readonly hasRun: (pattern: string) => boolean;
  /** Whether a report about a suppression is wanted. */
  readonly isWanted: (report: RuleReport) => boolean;
}

/** Suppresses, reports what is wrong with the suppressions themselves, and leaves no doubles and one order. */
export function settleFindings(located: readonly LocatedFinding[], request: SettleRequest): Finding[] {
  const { files, config, today, hasRun } = request;
  const ignoresOf = memoize((path: RepoPath) => {
    const file = files.get(path);
    return file ? findInlineIgnores(file) : [];
  });
  const valid = config.waivers.filter(waiver => !isExpired(waiver, today));
  const { findings, used, unbound } = suppressFindings(located, ignoresOf, valid);
  const own = [...used].filter(isUnexplained).map(ignore => reportIgnoreWithoutReason(ignore, config));
  own.push(...config.waivers.filter(waiver => isExpired(waiver, today)).map(waiver => reportExpiredWaiver(waiver, config)));
  for (const [suppression, open] of unbound) {
    // Another tool's comment cannot say for which.
    if (!('isForeign' in suppression)) own.push(reportUnboundWaiver(suppression, open, config));
    else if (!suppression.isForeign) own.push(reportUnboundIgnore(suppression, open, config));
  }
  if (request.reportUnusedIgnores) {
    const isUnused = (suppression: InlineIgnore | Waiver) => !used.has(suppression) && !unbound.has(suppression);
    const waivers = valid.filter(waiver => isUnused(waiver) && hasRun(waiver.rule));
    const isOurs = ({ isForeign, rules }: InlineIgnore) => !isForeign && rules.every(({ pattern }) => hasRun(pattern));
    const ignores = [...files.keys()].flatMap(ignoresOf).filter(ignore => isUnused(ignore) && isOurs(ignore));
    own.push(...waivers.map(waiver => reportUnusedWaiver(waiver, config)), ...ignores.map(ignore => reportUnusedIgnore(ignore, config)));
  }
  const ownFindings = locateFindings(own.filter(request.isWanted), request);
  return applyBaseline(giveFingerprints(deduplicate(sortFindings([...findings, ...ownFindings]))), request.baseline);
}

/** A waiver is valid through the day on which it expires. */
function isExpired({ expires }: Waiver, today: string): boolean {
  return expires !== undefined && expires < today;
}

function isUnexplained(suppression: InlineIgnore | Waiver): suppression is InlineIgnore {
  return 'isForeign' in suppression && suppression.reason === '';
}

function sortFindings(findings: readonly LocatedFinding[]): LocatedFinding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.at.path, b.at.path) ||
      a.at.start.offset - b.at.start.offset ||
      a.at.end.offset - b.at.end.offset ||
      compare(a.ruleId, b.ruleId) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A rule that comes to one place by several ways says the same once, for all environments concerned. */
function deduplicate(sorted: readonly LocatedFinding[]): LocatedFinding[] {
  const unique: LocatedFinding[] = [];
  for (const finding of sorted) {
    const last = unique.at(-1);
    if (!last || !isSame(last, finding)) unique.push(finding);
    else unique[unique.length - 1] = { ...last, environments: [...new Set([...last.environments, ...finding.environments])] };
  }
  return unique;
}

function isSame(a: LocatedFinding, b: LocatedFinding): boolean {
  return (
    a.ruleId === b.ruleId &&
    a.message === b.message &&
    a.at.path === b.at.path &&
    a.at.start.offset === b.at.start.offset &&
    a.at.end.offset === b.at.end.offset
  );
}

/** Findings that nothing but their line tells apart are numbered in the order of the file. */
function giveFingerprints(findings: readonly LocatedFinding[]): Finding[] {
  const occurrences = new Map<string, number>();
  return findings.map(({ identity, ...finding }) => {
    const occurrence = (occurrences.get(identity) ?? 0) + 1;
    occurrences.set(identity, occurrence);
    return { ...finding, fingerprint: hashText(`${identity}\n${occurrence}`) };
  });
}
