import { defaultConfig } from '../../src/config/default-config.ts';
import type { ResolvedConfig } from '../../src/core/config.ts';
import type { Finding } from '../../src/core/finding.ts';
import { at } from '../../src/core/place.ts';
import type { Rule, RuleDefinition, Scope } from '../../src/core/rule.ts';
import { type LintOutcome, type LintRequest, lint } from '../../src/lint.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

export type Files = Readonly<Record<string, string>>;

/** Lints files in memory; rules may be made up. */
export function lintFiles(
  files: Files,
  rules: readonly Rule[],
  { config, ...more }: Partial<Omit<LintRequest, 'config'>> & { config?: Partial<ResolvedConfig> } = {},
): Promise<LintOutcome> {
  return lint({
    workspace: memoryWorkspace(files),
    config: { ...defaultConfig(), ...config },
    rules,
    repository: { remotes: [], isWorkTree: true },
    today: '2027-01-31',
    ...more,
  });
}

/** A rule with nothing but what a test is about. */
export function aRule<S extends Scope>(id: string, scope: S, check: RuleDefinition<S>['check'], more: Partial<RuleDefinition<S>> = {}): Rule {
  return {
    id,
    severity: 'error',
    presets: { recommended: {}, strict: {}, regulated: {} },
    scope,
    summary: 'Something is wrong.',
    rationale: 'It is.',
    mistake: 'linting',
    since: '0.1.0',
    check,
    examples: { bad: [], good: [], unknown: [] },
    ...more,
    // A rule of one scope is a rule of some scope.
  } as Rule;
}

/** Reports every document that has a field `bad`, at that field. */
export const badField = aRule('test/bad-field', 'document', function* (document) {
  const value = document.value as { bad?: unknown } | null;
  if (value && typeof value === 'object' && 'bad' in value) yield { at: at(document, 'bad'), message: `"bad" is "${value.bad}": remove it` };
});

/** `path:line:column rule severity`, with `suppressed` where it is. */
export function describe(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ at: { path, start }, ruleId, severity, suppressed }) =>
      `${path}:${start.line}:${start.column} ${ruleId} ${severity}${suppressed ? ` suppressed by ${suppressed.by}` : ''}`,
  );
}
