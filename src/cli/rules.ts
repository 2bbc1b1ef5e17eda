import { rules } from '../../rules/index.ts';
import type { Rule } from '../core/rule.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommonOptions } from './parse-arguments.ts';
import { print, table } from './print.ts';
import type { CommandProcess } from './streams.ts';

/** `gitops-lint rules`: the catalogue; with `--preset` the rules of that preset. */
export async function listRules(options: CommonOptions, process: CommandProcess): Promise<number> {
  const { preset } = options;
  const listed = rules.filter(({ presets }) => preset === undefined || presets[preset]);
  await print({ version: 1, rules: listed.map(describeRule) }, table(listed.map(rowOf)), options, process);
  return exitCodes.clean;
}

/** A rule as data, without its code and examples. */
export function describeRule({ id, severity, presets, scope, summary, rationale, mistake, compliance = [], since, options, examples }: Rule) {
  const isFixable = examples.bad.some(({ fixed }) => fixed !== undefined);
  return { id, severity, presets, scope, mistake, summary, rationale, compliance, since, options: options?.defaults ?? {}, fixable: isFixable };
}

function rowOf({ id, severity, presets, summary }: Rule): string[] {
  return [id, severity, Object.keys(presets).join(', '), summary];
}
