import { rules } from '../../rules/index.ts';
import { isDelivered } from '../core/layout.ts';
import { lint } from '../lint.ts';
import { describeDefect } from './describe-defect.ts';
import { exitCodes } from './exit-codes.ts';
import { openRepository } from './open-repository.ts';
import type { FormatOptions } from './parse-arguments.ts';
import { pathScope } from './path-scope.ts';
import { type CommandProcess, write } from './streams.ts';
import { unifiedDiff } from './unified-diff.ts';

/** `gitops-lint fmt`: applies the safe fixes of every format rule, whatever the preset, and names the files that change. */
export async function formatFiles(paths: readonly string[], options: FormatOptions, process: CommandProcess): Promise<number> {
  const repository = await openRepository(options, process.cwd());
  const scope = await pathScope(paths, repository);
  const isPreview = options.check === true || options.diff === true;
  const { changes, defects, findings, refused, repo } = await lint({
    workspace: repository.workspace,
    config: repository.config,
    rules,
    repository: repository.facts,
    today: new Date().toISOString().slice(0, 10),
    ...(scope && { scope: { includes: scope.includes } }),
    only: rules.map(({ id }) => id).filter(id => id.startsWith('format/')),
    fix: 'safe',
    preview: isPreview,
  });
  const lines = [...changes].map(([path, change]) => (options.diff ? unifiedDiff(path, change) : `${path}\n`));
  await write(process, 'stdout', lines.join(''));
  const leftAlone = new Set(
    findings.flatMap(({ at, fix }) => (fix?.safety === 'suggestion' && isDelivered(repo.files.get(at.path)) ? [at.path] : [])),
  );
  for (const path of options.quiet ? [] : leftAlone)
    await write(process, 'stderr', `${path}: left alone, because its bytes are delivered as they are\n`);
  for (const path of refused) await write(process, 'stderr', `${path}: left alone, because its data, a comment or an anchor would not be the same\n`);
  if (!options.quiet) await write(process, 'stderr', `gitops-lint: ${summarize(changes.size, isPreview)}\n`);
  for (const { ruleId, error } of defects) await write(process, 'stderr', describeDefect(error, process.env, ` in rule ${ruleId}`));
  if (defects.length > 0) return exitCodes.defect;
  return isPreview && changes.size > 0 ? exitCodes.findings : exitCodes.clean;
}

function summarize(count: number, isPreview: boolean): string {
  if (count === 0) return 'every file has the format of its repository';
  return `${count} ${count === 1 ? 'file' : 'files'} ${isPreview ? 'would change' : 'changed'}`;
}
