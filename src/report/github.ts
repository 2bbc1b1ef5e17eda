import type { Finding, Severity } from '../core/finding.ts';
import type { Reporter } from '../core/result.ts';
import { printable } from './printable.ts';
import { placeToShow, shownFindings } from './select-findings.ts';

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Workflow commands of GitHub Actions, which become annotations of the files. */
export const github: Reporter = ({ findings }, { show }) =>
  shownFindings(findings, show)
    .map(finding => `::${commands[finding.severity]} ${propertiesOf(finding)}::${escapeData(printable(finding.message))}\n`)
    .join('');

function propertiesOf(finding: Finding): string {
  const { ruleId } = finding;
  const { path, start, end } = placeToShow(finding);
  // GitHub takes columns only where the range is within one line.
  const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
  const properties = { file: path, line: start.line, endLine: end.line, ...columns, title: ruleId };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${escapeProperty(String(value))}`)
    .join(',');
}

/** The escapes of @actions/core `command.ts`. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
