import type { ReportingConfiguration, ReportingDescriptor } from 'sarif';
import type { Severity } from '../core/finding.ts';
import type { Mistake, RuleDescriptor } from '../core/rule.ts';

export const levels: Readonly<Record<Severity, ReportingConfiguration.level>> = { error: 'error', warning: 'warning', note: 'note' };

/** What GitHub sorts by, beside the level. */
const precisions: Readonly<Record<Severity, string>> = { error: 'very-high', warning: 'high', note: 'medium' };
const problemSeverities: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'recommendation' };

/** Scores as of CVSS, for the mistakes that let somebody in; GitHub calls more than 9 critical, from 7 on high, from 4 on medium. */
const securitySeverities: Readonly<Partial<Record<Mistake, Readonly<Record<Severity, string>>>>> = {
  secrets: { error: '9.1', warning: '6.5', note: '3.0' },
  'push-security': { error: '8.0', warning: '5.5', note: '2.5' },
};

/** A rule as SARIF shows it: the same for every run, whatever was found. */
export function describeRule({ id, severity, summary, rationale, mistake, helpUri }: RuleDescriptor): ReportingDescriptor {
  const security = securitySeverities[mistake]?.[severity];
  const full = rationale === '' ? summary : `${summary} ${rationale}`;
  const ofSecrets = mistake === 'secrets' ? ` Of a finding with a digest write it too: [${id}#digest].` : '';
  const advice = `Ignore one finding with the comment "gitops-lint: ignore[${id}] reason" on its line or the line above.${ofSecrets}`;
  return {
    id,
    shortDescription: { text: plain(summary) },
    fullDescription: { text: plain(full) },
    help: { text: `${plain(full)}\n\n${advice}`, markdown: `# ${id}\n\n${summary}\n\n${rationale}\n\n${markdownAdvice(id)}${ofSecrets}` },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: [...new Set(['gitops', mistake, id.slice(0, Math.max(id.indexOf('/'), 0)), ...(security ? ['security'] : [])])].filter(tag => tag !== ''),
      precision: precisions[severity],
      'problem.severity': problemSeverities[severity],
      ...(security !== undefined && { 'security-severity': security }),
    },
  };
}

function markdownAdvice(id: string): string {
  return `Ignore one finding with \`# gitops-lint: ignore[${id}] reason\` on its line or the line above; switch the rule off with \`rules: { ${id}: off }\` in \`gitops-lint.yaml\`.`;
}

/** Markdown of one paragraph without its marks. */
function plain(markdown: string): string {
  return markdown.replaceAll('`', '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
}
