import type { Finding, Severity } from '../core/finding.ts';
import type { LintResult, Paint, Reporter, ReportStyle } from '../core/result.ts';
import { codeFrame } from './code-frame.ts';
import { count } from './count.ts';
import { describeCoverage } from './describe-coverage.ts';
import { groupBy } from './group-by.ts';
import { printable } from './printable.ts';
import { countFindings, openFindings, severities, shownFindings } from './select-findings.ts';

const same = (text: string) => text;
const noPaint: Paint = { underline: same, dim: same, red: same, yellow: same, blue: same };

/** A terminal that does not say how wide it is gets frames of this many columns. */
const defaultWidth = 140;

/** For people: findings by file with their source lines, then what was understood and what was not. */
export const text: Reporter = (result, style) => {
  const { paint = noPaint } = style;
  const sections: string[] = [];
  for (const [path, findings] of groupBy(shownFindings(result.findings, style.show), finding => finding.at.path)) {
    const source = result.frameText(path);
    const blocks = findings.map(finding => describeFinding(finding, source, style, paint));
    sections.push(`${paint.underline(printable(path) || '.')}\n${blocks.join('')}`);
  }
  sections.push(`${summarize(result, style, paint)}\n${style.quiet ? '' : describeCoverage(result, style)}`);
  return sections.join('\n');
};

function describeFinding(finding: Finding, source: string | undefined, { width = defaultWidth }: ReportStyle, paint: Paint): string {
  const { at, severity, ruleId, message, related, fix } = finding;
  const place = `${at.start.line}:${at.start.column}`;
  const lines = [`  ${place}  ${colorOf(severity, paint)(severity)}  ${printable(message)}  ${paint.dim(printable(ruleId))}`];
  if (source !== undefined && !finding.commit && at.start.offset <= source.length) {
    const number = String(at.start.line).padStart(6);
    const frame = codeFrame(source, at, width - number.length - 3);
    if (frame.source !== '') {
      lines.push(`${paint.dim(`${number} |`)} ${frame.source}`);
      lines.push(`${paint.dim(`${' '.repeat(number.length)} |`)} ${colorOf(severity, paint)(frame.carets)}`);
    }
  }
  for (const other of related) {
    lines.push(`    ${printable(other.at.path)}:${other.at.start.line}:${other.at.start.column}  ${printable(other.message)}`);
  }
  if (fix) lines.push(`    ${fix.safety === 'safe' ? 'fix' : 'suggestion'}: ${printable(fix.title)}`);
  lines.push(...waysToIgnore(finding));
  return `${lines.join('\n')}\n`;
}

/** Files in which a comment would be part of the data, or a mistake. */
const takesNoComment = /\.(?:json\w*|tfstate|backup|txt|md|xml|html|pem|key|agekey|ppk)$/;

/** The exact words that silence this value and no other; a file of yesterday takes no comment either. */
function waysToIgnore({ at: { path }, ruleId, digest, commit }: Finding): string[] {
  if (digest === undefined) return [];
  const needsWaiver = commit !== undefined || takesNoComment.test(path);
  const words = !needsWaiver
    ? `# gitops-lint: ignore[${ruleId}#${digest}] reason`
    : `waivers: [{ rule: ${ruleId}, path: ${JSON.stringify(path)}, digest: "${digest}", reason: reason }]`;
  return [`    no secret? ${printable(words)}`];
}

function colorOf(severity: Severity, paint: Paint): (text: string) => string {
  return { error: paint.red, warning: paint.yellow, note: paint.blue }[severity];
}

/** `2 errors, 1 warning, 3 notes (not shown: --fail-on note); 2 can be fixed with --fix`. */
function summarize({ findings, fixesApplied }: LintResult, { show }: ReportStyle, paint: Paint): string {
  const counts = countFindings(findings);
  const parts = severities
    .filter(severity => counts[severity] > 0)
    .map(severity => {
      const isHidden = severities.indexOf(severity) > severities.indexOf(show);
      return colorOf(severity, paint)(count(counts[severity], severity)) + (isHidden ? ` (not shown: --fail-on ${severity})` : '');
    });
  const clauses = [parts.length > 0 ? parts.join(', ') : 'no findings'];
  if (counts.suppressed > 0) clauses.push(`${counts.suppressed} suppressed`);
  if (fixesApplied > 0) clauses.push(`${count(fixesApplied, 'fix', 'fixes')} applied`);
  const fixes = openFindings(findings).flatMap(({ fix }) => fix?.safety ?? []);
  const safe = fixes.filter(safety => safety === 'safe').length;
  if (safe > 0) clauses.push(`${safe} can be fixed with --fix`);
  if (safe < fixes.length) clauses.push(`${count(fixes.length - safe, 'suggestion')} with --fix=all`);
  return clauses.join('; ');
}
