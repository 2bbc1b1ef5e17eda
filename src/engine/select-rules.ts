import type { PathMatcher, ResolvedConfig, RuleSetting } from '../core/config.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import type { EnvironmentId } from '../core/environment.ts';
import { UsageError } from '../core/errors.ts';
import type { Severity } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import type { Rule } from '../core/rule.ts';
import { matchesRule } from './matches-rule.ts';

/** A rule that the configuration or the command line switches on somewhere. */
export interface ActiveRule {
  readonly rule: Rule;
  /** `off` where only an override switches the rule on. */
  readonly severity: Severity | 'off';
  /** The user chose the severity: it wins over what the rule says of a case. */
  readonly isSeverityChosen: boolean;
  readonly options: unknown;
  /** The last one that holds wins. */
  readonly overrides: readonly RuleOverride[];
}

export interface RuleOverride {
  readonly matches: PathMatcher;
  readonly environments: readonly EnvironmentId[];
  readonly severity?: Severity | 'off';
  /** All of the rule's options; only for rules that look at one file at a time. */
  readonly options?: unknown;
}

/** What the command line says of the choice: ids or patterns such as `secrets/*`. */
export interface RuleChoice {
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
}

/**
 * The rules that run. A rule that `only` names by its whole id runs even where the preset or the config leaves it out.
 * Throws UsageError for an id or a pattern that names no rule.
 */
export function selectRules(rules: readonly Rule[], config: ResolvedConfig, { only = [], skip = [] }: RuleChoice = {}): ActiveRule[] {
  for (const pattern of [...only, ...skip]) requireRule(pattern, rules, 'there is no rule');
  const settings = [config.rules, ...config.overrides.map(override => override.rules)].flatMap(map => [...map.keys()]);
  for (const pattern of settings) requireRule(pattern, rules, `${config.path ?? 'the configuration'}: there is no rule`);
  return rules.filter(rule => isChosen(rule.id, { only, skip })).flatMap(rule => activate(rule, config, only.includes(rule.id)));
}

/** Whether the command line lets a rule run. */
export function isChosen(ruleId: string, { only = [], skip = [] }: RuleChoice): boolean {
  return (only.length === 0 || only.some(pattern => matchesRule(pattern, ruleId))) && !skip.some(pattern => matchesRule(pattern, ruleId));
}

/** The severity of a report on this path, for these environments. */
export function severityOf(
  active: ActiveRule,
  path: RepoPath,
  environments: readonly EnvironmentId[],
  saidByRule: Severity | undefined,
): Severity | 'off' {
  const chosen = active.overrides.findLast(override => override.severity !== undefined && holds(override, path, environments))?.severity;
  if (chosen !== undefined) return chosen;
  return active.severity === 'off' || active.isSeverityChosen ? active.severity : (saidByRule ?? active.severity);
}

/** The options of a rule that looks at one file at a time. */
export function optionsOf(active: ActiveRule, path: RepoPath, environments: readonly EnvironmentId[]): unknown {
  if (active.overrides.length === 0) return active.options;
  return (active.overrides.findLast(override => override.options !== undefined && holds(override, path, environments)) ?? active).options;
}

/** An override for environments holds where everything concerned is one of them. */
function holds({ matches, environments }: RuleOverride, path: RepoPath, concerned: readonly EnvironmentId[]): boolean {
  if (!matches(path)) return false;
  return environments.length === 0 || (concerned.length > 0 && concerned.every(id => environments.includes(id)));
}

function requireRule(pattern: string, rules: readonly Rule[], problem: string): void {
  if (pattern.startsWith('spectral/') || rules.some(rule => matchesRule(pattern, rule.id))) return;
  const meant = didYouMean(
    pattern,
    rules.map(rule => rule.id),
  );
  throw new UsageError(`${problem} "${pattern}"`, { hint: meant ? `did you mean "${meant}"?` : '`gitops-lint rules` lists them' });
}

function activate(rule: Rule, config: ResolvedConfig, isNamed: boolean): ActiveRule[] {
  const preset = rule.presets[config.preset];
  const setting = settingOf(config.rules, rule.id);
  const overrides = config.overrides.flatMap(({ matches, environments, rules }) => {
    const { severity, options } = settingOf(rules, rule.id);
    if (severity === undefined && options === undefined) return [];
    return [
      {
        matches,
        environments: environments.flatMap(membersIn(config)),
        ...(severity && { severity }),
        ...(options && { options: mergeOptions(rule, preset, setting, { options }) }),
      },
    ];
  });
  const byPreset = preset === undefined && !isNamed ? 'off' : (preset?.severity ?? rule.severity);
  const severity = setting.severity === 'off' && isNamed ? byPreset : (setting.severity ?? byPreset);
  if (severity === 'off' && overrides.every(override => (override.severity ?? 'off') === 'off')) return [];
  const isSeverityChosen = setting.severity !== undefined && setting.severity !== 'off';
  return [{ rule, severity, isSeverityChosen, options: mergeOptions(rule, preset, setting), overrides }];
}

/** A group such as nonproduction stands for its members. */
function membersIn({ environments }: ResolvedConfig): (id: EnvironmentId) => readonly EnvironmentId[] {
  return id => environments.find(environment => environment.id === id)?.group ?? [id];
}

/** What the patterns and then the id itself say, the later over the earlier. */
function settingOf(settings: ReadonlyMap<string, RuleSetting>, ruleId: string): RuleSetting {
  let setting: RuleSetting = {};
  for (const [pattern, value] of settings) {
    if (pattern.includes('*') && matchesRule(pattern, ruleId)) setting = { ...setting, ...value };
  }
  return { ...setting, ...settings.get(ruleId) };
}

function mergeOptions(rule: Rule, ...layers: readonly ({ readonly options?: object } | undefined)[]): unknown {
  const defaults = rule.options?.defaults as object | undefined;
  return Object.assign({}, defaults, ...layers.map(layer => layer?.options));
}
