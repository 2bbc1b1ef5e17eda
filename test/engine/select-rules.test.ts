import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/default-config.ts';
import type { ResolvedConfig, RuleSetting } from '../../src/core/config.ts';
import type { RuleDefinition } from '../../src/core/rule.ts';
import { optionsOf, type RuleChoice, selectRules, severityOf } from '../../src/engine/select-rules.ts';
import { aRule } from '../lint/lint-files.ts';

const rule = (id: string, more: Partial<RuleDefinition> = {}) => aRule(id, 'document', function* () {}, more);
const options = { schema: {}, defaults: { maximum: 1, words: ['a'] } };
const rules = [
  rule('format/quotes', { options, presets: { recommended: {}, strict: { severity: 'warning', options: { maximum: 2 } }, regulated: {} } }),
  rule('format/order', { presets: { strict: {}, regulated: {} } }),
  rule('secrets/token'),
];

function select(config: Partial<ResolvedConfig> = {}, choice: RuleChoice = {}) {
  return selectRules(rules, { ...defaultConfig(), ...config }, choice);
}
const shown = (...given: Parameters<typeof select>) => select(...given).map(({ rule, severity }) => `${rule.id} ${severity}`);
const settings = (value: Record<string, RuleSetting>) => new Map(Object.entries(value));

test('the preset chooses rules, severities and options', () => {
  expect(shown()).toEqual(['format/quotes error', 'secrets/token error']);
  expect(shown({ preset: 'strict' })).toEqual(['format/quotes warning', 'format/order error', 'secrets/token error']);
  expect(select({ preset: 'strict' })[0]?.options).toEqual({ maximum: 2, words: ['a'] });
});

test('the config switches rules on and off, by pattern and then by id', () => {
  expect(shown({ rules: settings({ 'format/quotes': { severity: 'note' }, 'format/*': { severity: 'off' } }) })).toEqual([
    'format/quotes note',
    'secrets/token error',
  ]);
  expect(shown({ rules: settings({ 'format/order': { severity: 'warning' } }) })).toContain('format/order warning');
  expect(shown({ rules: settings({ 'format/order': { options: {} } }) })).not.toContain('format/order error');
  expect(select({ rules: settings({ 'format/quotes': { options: { maximum: 9 } } }) })[0]?.options).toEqual({ maximum: 9, words: ['a'] });
});

test('the command line chooses by id and pattern; a whole id runs whatever the preset and the config say', () => {
  expect(shown({}, { only: ['format/*'] })).toEqual(['format/quotes error']);
  expect(shown({}, { only: ['format/order'] })).toEqual(['format/order error']);
  expect(shown({ rules: settings({ 'secrets/token': { severity: 'off' } }) }, { only: ['secrets/token'] })).toEqual(['secrets/token error']);
  expect(shown({}, { skip: ['format/*'] })).toEqual(['secrets/token error']);
  expect(() => select({}, { skip: ['formats/quotes'] })).toThrow('there is no rule "formats/quotes"');
});

const override = (more: Partial<ResolvedConfig['overrides'][number]>) => ({
  matches: (path: string) => path.startsWith('legacy/'),
  environments: [],
  rules: settings({ 'format/quotes': { severity: 'off', options: { maximum: 5 } } }),
  ...more,
});

test('an override holds for its paths, with its options', () => {
  const [quotes] = select({ overrides: [override({})] });
  if (!quotes) throw new Error('not selected');
  expect(severityOf(quotes, 'legacy/a.yaml', [], undefined)).toBe('off');
  expect(severityOf(quotes, 'a.yaml', [], undefined)).toBe('error');
  expect(optionsOf(quotes, 'legacy/a.yaml', [])).toEqual({ maximum: 5, words: ['a'] });
  expect(optionsOf(quotes, 'a.yaml', [])).toEqual({ maximum: 1, words: ['a'] });
});

test('an override for environments holds where nothing else is concerned; a group stands for its members', () => {
  const never = () => false;
  const group = { id: 'nonproduction', group: ['development', 'staging'], matchesPath: never, matchesCluster: never, matchesNamespace: never };
  const [quotes] = select({ environments: [group], overrides: [override({ matches: () => true, environments: ['nonproduction'] })] });
  if (!quotes) throw new Error('not selected');
  expect(severityOf(quotes, 'a.yaml', ['staging'], undefined)).toBe('off');
  expect(severityOf(quotes, 'a.yaml', ['staging', 'production'], undefined)).toBe('error');
  expect(severityOf(quotes, 'a.yaml', [], undefined)).toBe('error');
});

test('an override switches on what is off elsewhere', () => {
  const [order] = select({ overrides: [override({ rules: settings({ 'format/order': { severity: 'warning' } }) })] }, { only: ['format/*'] }).slice(
    1,
  );
  if (!order) throw new Error('not selected');
  expect(severityOf(order, 'legacy/a.yaml', [], undefined)).toBe('warning');
  expect(severityOf(order, 'a.yaml', [], undefined)).toBe('off');
});

test('what the user sets wins over what a rule says of a case, and that over the preset', () => {
  const [quotes] = select();
  const [chosen] = select({ rules: settings({ 'format/quotes': { severity: 'warning' } }) });
  if (!quotes || !chosen) throw new Error('not selected');
  expect(severityOf(quotes, 'a.yaml', [], 'note')).toBe('note');
  expect(severityOf(chosen, 'a.yaml', [], 'note')).toBe('warning');
});
