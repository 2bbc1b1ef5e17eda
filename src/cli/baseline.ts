import { lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { readBaseline } from '../config/read-baseline.ts';
import type { Baseline } from '../core/baseline.ts';
import { UsageError } from '../core/errors.ts';
import { baselineOf, joinBaselines, staleEntries, writeBaseline } from '../engine/apply-baseline.ts';
import { lint } from '../lint.ts';
import { count } from '../report/count.ts';
import { describeDefect } from './describe-defect.ts';
import { exitCodes } from './exit-codes.ts';
import { historyOf } from './history-of.ts';
import { openRepository } from './open-repository.ts';
import type { BaselineOptions, baselineActions } from './parse-arguments.ts';
import { type CommandProcess, write } from './streams.ts';

/**
 * `gitops-lint baseline`: `create` writes down what is found today, `update` puts new findings in and takes out what is
 * no more, `prune` only takes out.
 */
export async function changeBaseline(action: (typeof baselineActions)[number], options: BaselineOptions, process: CommandProcess): Promise<number> {
  const repository = await openRepository(options, process.cwd());
  const { workspace, config, facts, root } = repository;
  const file = options.baseline === undefined ? join(root, baselineName) : resolve(process.cwd(), options.baseline);
  const old = action === 'create' ? requireNone(file) : loadBaseline(file);
  const history = await historyOf(options, repository);
  const { findings, defects } = await lint({
    workspace,
    config,
    rules,
    repository: facts,
    today: options.now ?? new Date().toISOString().slice(0, 10),
    baseline: old,
    ...(history && { history }),
  });
  for (const { ruleId, path, error } of defects) {
    await write(process, 'stderr', describeDefect(error, process.env, ` in rule ${ruleId}${path === undefined ? '' : `, at "${path}"`}`));
  }
  if (defects.length > 0) return exitCodes.defect;
  const stale = new Set(staleEntries(old, findings));
  const kept = old.filter(entry => !stale.has(entry));
  const next = action === 'prune' ? kept : joinBaselines(kept, baselineOf(findings));
  saveBaseline(file, writeBaseline(next));
  const gone = [...stale].map(({ rule, path }) => `gone: ${path} ${rule}\n`).join('');
  const counts = `${count(next.length, 'finding')}, ${next.length - kept.length} new, ${stale.size} gone`;
  await write(process, 'stdout', `${options.quiet ? '' : gone}${file}: ${counts}\n`);
  return exitCodes.clean;
}

/** Where a baseline is unless the user says otherwise. */
const baselineName = 'gitops-lint-baseline.json';

/** Reads the baseline at a path of the user's. */
export function loadBaseline(file: string): Baseline {
  let text: string;
  // A link of the repository may lead anywhere.
  if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new UsageError(`the baseline "${file}" is a link`, { hint: 'name the file itself' });
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`the baseline "${file}" cannot be read`, { cause, hint: '`gitops-lint baseline create` writes one' });
  }
  return readBaseline(file, text);
}

function requireNone(file: string): Baseline {
  if (lstatSync(file, { throwIfNoEntry: false }))
    throw new UsageError(`there is a baseline "${file}" already`, { hint: '`gitops-lint baseline update` brings it up to date' });
  return [];
}

function saveBaseline(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`the baseline cannot be written to "${file}"`, { cause, hint: cause instanceof Error ? cause.message : '' });
  }
}
