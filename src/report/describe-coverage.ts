import type { Coverage, LintResult, ReportStyle } from '../core/result.ts';
import type { Mistake } from '../core/rule.ts';
import { count } from './count.ts';
import { groupBy } from './group-by.ts';
import { printable } from './printable.ts';
import { openFindings } from './select-findings.ts';

/** How many paths of a list are named before the rest is only counted. */
const namedPaths = 5;

/** What was understood, what was not and why, the environments, and one line for each of the six mistakes. */
export function describeCoverage(result: LintResult, { explainSkips }: ReportStyle): string {
  const { coverage, environments } = result;
  const lines: (readonly [label: string, says: string])[] = [
    ['understood', describeUnderstood(coverage)],
    ['not read', totalWithReasons(countBy(coverage.skippedFiles.map(({ reason }) => reason)), 'file')],
    ['not validated', totalWithReasons(Object.entries(coverage.notValidated), 'document')],
    ['in part', totalWithReasons(Object.entries(coverage.partial), 'root')],
    ['not classified', coverage.unclassified.length > 0 ? `${count(coverage.unclassified.length, 'file')}: ${nameSome(coverage.unclassified)}` : ''],
    ['not judged', describeSkippedRules(coverage, explainSkips)],
    ['history', describeHistory(coverage)],
    ['environments', environments.map(({ id, tier }) => (id === tier ? id : `${id} (${tier})`)).join(', ') || 'none found'],
    ...Object.entries(mistakesWithCounts(result)),
  ];
  const details = explainSkips ? explainEverySkip(coverage) : [];
  const shown = lines.filter(([, says]) => says !== '').map(([label, says]) => `${label.padEnd(20)} ${printable(says)}\n`);
  return [...shown, ...details.map(detail => `${printable(detail)}\n`)].join('');
}

function describeUnderstood({ files, documents, roots, validated, rendered }: Coverage): string {
  const base = [count(files, 'file'), count(documents, 'document'), count(roots, 'root')].join(', ');
  return `${base}; ${count(validated, 'document')} validated, ${count(rendered, 'root')} rendered`;
}

function describeHistory({ history }: Coverage): string {
  if (!history) return '';
  const notRead = totalWithReasons(Object.entries(history.skipped), 'file');
  const looked = `${count(history.commits, 'commit')}, ${count(history.files, 'file')}${notRead === '' ? '' : `; not read ${notRead}`}`;
  return history.incomplete === undefined ? looked : `${looked}; ${history.incomplete}`;
}

function countBy<T>(items: readonly T[]): [item: T, number: number][] {
  return Array.from(
    groupBy(items, item => item),
    ([item, same]) => [item, same.length],
  );
}

/** `3 files: 2 binary, 1 too large`; empty where there is nothing to count. */
function totalWithReasons(reasons: readonly (readonly [reason: string, number: number])[], unit: string): string {
  const total = reasons.reduce((sum, [, number]) => sum + number, 0);
  if (total === 0) return '';
  const [first] = reasons;
  const parts = reasons.length === 1 && first ? first[0] : reasons.map(([reason, number]) => `${number} ${reason}`).join(', ');
  return `${count(total, unit)}: ${parts}`;
}

function nameSome(paths: readonly string[]): string {
  const rest = paths.length - namedPaths;
  return paths.slice(0, namedPaths).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function describeSkippedRules({ skippedRules }: Coverage, explainSkips: boolean | undefined): string {
  const perRule = Array.from(skippedRules, ([ruleId, reasons]) => [ruleId, [...reasons.values()].reduce((sum, number) => sum + number, 0)] as const);
  const total = perRule.reduce((sum, [, number]) => sum + number, 0);
  if (total === 0) return '';
  const hint = explainSkips ? '' : ' (--explain-skips)';
  return `${count(total, 'place')}, because something there cannot be known: ${perRule.map(([ruleId, number]) => `${ruleId} ${number}`).join(', ')}${hint}`;
}

function explainEverySkip({ skippedFiles, skippedRules, unclassified }: Coverage): string[] {
  return [
    ...skippedFiles.map(({ path, reason }) => `  ${path}: not read, ${reason}`),
    ...unclassified.slice(namedPaths).map(path => `  ${path}: not classified`),
    ...Array.from(skippedRules).flatMap(([ruleId, reasons]) =>
      Array.from(reasons, ([reason, number]) => `  ${ruleId}: ${number} not judged, ${reason}`),
    ),
  ];
}

function mistakesWithCounts({ findings, rules, coverage: { mistakes } }: LintResult): Record<string, string> {
  const mistakeOf = new Map<string, Mistake>(rules.map(({ id, mistake }) => [id, mistake]));
  const counts = new Map<string, number>(countBy(openFindings(findings).flatMap(({ ruleId }) => mistakeOf.get(ruleId) ?? [])));
  return Object.fromEntries(
    Object.entries(mistakes).map(([mistake, status]) => {
      const number = counts.get(mistake);
      return [mistake, status === 'findings' && number ? count(number, 'finding') : status.replace('-', ' ')];
    }),
  );
}
