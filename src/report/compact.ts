import type { Reporter } from '../core/result.ts';
import { printable } from './printable.ts';
import { shownFindings } from './select-findings.ts';

/** One line a finding: `path:line:column severity rule message`. */
export const compact: Reporter = ({ findings }, { show }) =>
  shownFindings(findings, show)
    .map(
      ({ at, severity, ruleId, message }) =>
        `${printable(at.path)}:${at.start.line}:${at.start.column} ${severity} ${printable(ruleId)} ${printable(message)}\n`,
    )
    .join('');
