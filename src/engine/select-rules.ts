import type { PathMatcher, ResolvedConfig, RuleSetting } from '../core/config.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import type { EnvironmentId } from '../core/environment.ts';
import { UsageError } from '../core/errors.ts';
import type { Severity } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import type { Rule } from '../core/rule.ts';
import { matchesRule } from './matches-rule.ts';

/** A rule that the configuration or the command line switches on somewhere. */
export interface ActiveRule extends SeverityChoice {
  readonly rule: Rule;
  readonly options: unknown;
}

/** How severe the reports of a rule are, and where they are none. */
export interface SeverityChoice {
  /** `off` where only an override switches the rule on. */
  readonly severity: Severity | 'off';
  /** The user chose the severity: it wins over what the rule says of a case. */
  readonly isSeverityChosen: boolean;
  /** The last one that holds wins. */
  readonly overrides: readonly RuleOverride[];
}

export interface RuleOverride {
  readonly matches: PathMatcher;
  readonly environments: readonly EnvironmentId[];
  readonly severity?: Severity | 'off';
  /** What it sets of the rule's options; only for rules that look at one file at a time. */
  readonly options?: object;
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
  for (const pattern of [...only, ...skip]) requireRule(pattern, rules);
  return rules.filter(rule => isChosen(rule.id, { only, skip })).flatMap(rule => activate(rule, config, only.includes(rule.id)));
}

/** Whether the command line lets a rule run. */
export function isChosen(ruleId: string, { only = [], skip = [] }: RuleChoice): boolean {
  return (only.length === 0 || only.some(pattern => matchesRule(pattern, ruleId))) && !skip.some(pattern => matchesRule(pattern, ruleId));
}

/** What the configuration says of a rule's severity. */
export function chooseSeverity(ruleId: string, byPreset: Severity | 'off', config: ResolvedConfig): SeverityChoice {
  const { severity } = settingOf(config.rules, ruleId);
  const overrides = config.overrides.flatMap(({ matches, environments, rules }) => {
    const setting = settingOf(rules, ruleId);
    const isEmpty = setting.severity === undefined && setting.options === undefined;
    return isEmpty ? [] : [{ matches, environments: environments.flatMap(membersIn(config)), ...setting }];
  });
  return { severity: severity ?? byPreset, isSeverityChosen: severity !== undefined && severity !== 'off', overrides };
}

/** The severity of a report on this path, for these environments. */
export function severityOf(
  choice: SeverityChoice,
  path: RepoPath,
  environments: readonly EnvironmentId[],
  saidByRule: Severity | undefined,
): Severity | 'off' {
  const chosen = choice.overrides.findLast(override => override.severity !== undefined && holds(override, path, environments))?.severity;
  if (chosen !== undefined) return chosen;
  return choice.severity === 'off' || choice.isSeverityChosen ? choice.severity : (saidByRule ?? choice.severity);
}

/** The options of a rule that looks at one file at a time. */
export function optionsOf({ options, overrides }: ActiveRule, path: RepoPath, environments: readonly EnvironmentId[]): unknown {
  const override = overrides.findLast(override => override.options !== undefined && holds(override, path, environments));
  return override ? Object.assign({}, options, override.options) : options;
}

/** An override for environments holds where everything concerned is one of them. */
function holds({ matches, environments }: RuleOverride, path: RepoPath, concerned: readonly EnvironmentId[]): boolean {
  if (!matches(path)) return false;
  return environments.length === 0 || (concerned.length > 0 && concerned.every(id => environments.includes(id)));
}

function requireRule(pattern: string, rules: readonly Rule[]): void {
  if (pattern.startsWith('spectral/') || rules.some(rule => matchesRule(pattern, rule.id))) return;
  const ids = rules.map(({ id }) => id);
  const meant = didYouMean(pattern, ids);
  throw new UsageError(`there is no rule "${pattern}"`, { hint: meant ? `did you mean "${meant}"?` : '`gitops-lint rules` lists them' });
}

function activate(rule: Rule, config: ResolvedConfig, isNamed: boolean): ActiveRule[] {
  const preset = rule.presets[config.preset];
  const byPreset = preset?.severity ?? (preset || isNamed ? rule.severity : 'off');
  const chosen = chooseSeverity(rule.id, byPreset, config);
  const choice = chosen.severity === 'off' && isNamed ? { ...chosen, severity: preset?.severity ?? rule.severity } : chosen;
  const isOff = choice.severity === 'off' && choice.overrides.every(({ severity = 'off' }) => severity === 'off');
  const options = Object.assign({}, rule.options?.defaults, preset?.options, settingOf(config.rules, rule.id).options);
  return isOff ? [] : [{ rule, options, ...choice }];
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
