import type { ResolvedConfig, Waiver } from '../core/config.ts';
import { at, type Place } from '../core/place.ts';
import type { Preset, RuleDescriptor } from '../core/rule.ts';
import type { InlineIgnore } from './inline-ignores.ts';
import type { LocatedFinding } from './locate-findings.ts';
import type { RuleReport } from './run-rules.ts';

/** What the engine itself reports of the ways to suppress findings. */
export const ownRules = {
  expiredWaiver: {
    id: 'config/expired-waiver',
    severity: 'warning',
    summary: 'A waiver in the configuration has expired.',
    rationale: 'A waiver is a debt with a date. Once the date is over the findings are back, and the waiver is renewed or removed.',
    mistake: 'linting',
  },
  ignoreWithoutReason: {
    id: 'config/ignore-without-reason',
    severity: 'warning',
    summary: 'An inline ignore gives no reason.',
    rationale: 'Whoever reads the file later must be able to tell whether the reason still holds.',
    mistake: 'linting',
  },
  unboundIgnore: {
    id: 'config/unbound-ignore',
    severity: 'warning',
    summary: 'An ignore or a waiver of a secret does not name the value that stands there.',
    rationale: 'An ignore holds for the secret that somebody has judged. If it held for the place, the next secret there would never be seen.',
    mistake: 'secrets',
  },
  unusedIgnore: {
    id: 'config/unused-ignore',
    severity: 'warning',
    summary: 'An inline ignore or a waiver suppresses nothing.',
    rationale: 'It would hide the next finding there, which nobody has judged yet.',
    mistake: 'linting',
  },
} as const satisfies Readonly<Record<string, RuleDescriptor>>;

export function reportExpiredWaiver(waiver: Waiver, config: ResolvedConfig): RuleReport {
  const { rule, expires } = waiver;
  return {
    ...describe(ownRules.expiredWaiver, config.preset),
    at: placeOf(waiver, config, 'expires'),
    message: `the waiver of "${rule}" expired on "${expires}": mend what it hid, or renew it`,
  };
}

export function reportUnusedWaiver(waiver: Waiver, config: ResolvedConfig): RuleReport {
  return {
    ...describe(ownRules.unusedIgnore, config.preset),
    at: placeOf(waiver, config),
    message: `the waiver of "${waiver.rule}" suppresses nothing: remove it`,
  };
}

/** Of an ignore whose digest is that of another value, or that has none. */
export function reportUnboundIgnore({ at, rules }: InlineIgnore, open: readonly LocatedFinding[], { preset }: ResolvedConfig): RuleReport {
  const wanted = [...new Set(open.map(({ ruleId, digest }) => `"${ruleId}#${digest}"`))].slice(0, shownDigests).join(' or ');
  const isBound = rules.some(({ digest }) => digest !== undefined);
  const problem = isBound ? 'is for another secret: judge this one, then' : 'does not say for which secret:';
  return { ...describe(ownRules.unboundIgnore, preset), at, message: `the ignore of "${listRules(rules)}" ${problem} write ${wanted}` };
}

export function reportUnboundWaiver(waiver: Waiver, open: readonly LocatedFinding[], config: ResolvedConfig): RuleReport {
  const wanted = [...new Set(open.map(({ digest }) => `"${digest}"`))].slice(0, shownDigests).join(', ');
  const problem = waiver.digests ? 'is for other secrets: judge these, then' : 'does not say for which secrets:';
  return {
    ...describe(ownRules.unboundIgnore, config.preset),
    at: placeOf(waiver, config),
    message: `the waiver of "${waiver.rule}" ${problem} add digest: [${wanted}]`,
  };
}

/** Whoever has more of them reads them one by one. */
const shownDigests = 5;

export function reportUnusedIgnore({ at, rules }: InlineIgnore, { preset }: ResolvedConfig): RuleReport {
  return { ...describe(ownRules.unusedIgnore, preset), at, message: `the ignore of "${listRules(rules)}" suppresses nothing: remove it` };
}

export function reportIgnoreWithoutReason({ at, rules }: InlineIgnore, { preset }: ResolvedConfig): RuleReport {
  return {
    ...describe(ownRules.ignoreWithoutReason, preset),
    at,
    message: `the ignore of "${listRules(rules)}" gives no reason: say why after the bracket`,
  };
}

function listRules(rules: InlineIgnore['rules']): string {
  return rules.map(({ pattern, digest }) => (digest === undefined ? pattern : `${pattern}#${digest}`)).join(', ');
}

function placeOf({ path, index }: Waiver, config: ResolvedConfig, ...field: readonly string[]): Place {
  return at({ path: path ?? config.path ?? '', index: 0 }, 'waivers', index, ...field);
}

function describe({ id, severity }: RuleDescriptor, preset: Preset) {
  return { ruleId: id, severity: preset === 'regulated' ? 'error' : severity, environments: [] } as const;
}
