import { UsageError } from '../core/errors.ts';
import { describeDefect } from './describe-defect.ts';
import { exitCodes } from './exit-codes.ts';
import type { Invocation } from './parse-arguments.ts';
import { type CommandProcess, write } from './streams.ts';
import { tuneCompiler } from './tune-compiler.ts';
import { version } from './version.ts';

/** From arguments to the exit code. The only place that speaks to the user about errors. */
export async function main(argv: readonly string[], process: CommandProcess): Promise<number> {
  try {
    if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
      await write(process, 'stdout', `${version}\n`);
      return exitCodes.clean;
    }
    tuneCompiler();
    const { parseArguments } = await import('./parse-arguments.ts');
    const invocation = parseArguments(argv);
    if (invocation.command !== 'help') return await run(invocation, process);
    await write(process, 'stdout', invocation.text);
    return exitCodes.clean;
  } catch (error) {
    if (error instanceof UsageError) {
      const { maskKnownForms } = await import('../engine/mask-secrets.ts');
      await write(process, 'stderr', maskKnownForms(`gitops-lint: ${error.message}\n${error.hint ? `  ${error.hint}\n` : ''}`));
      return exitCodes.usage;
    }
    await write(process, 'stderr', describeDefect(error, process.env));
    return exitCodes.defect;
  }
}

/** Each command is loaded when it is asked for. */
async function run(invocation: Exclude<Invocation, { command: 'help' }>, process: CommandProcess): Promise<number> {
  switch (invocation.command) {
    case 'check':
      return (await import('./check.ts')).check(invocation.paths, invocation.options, process);
    case 'fmt':
      return (await import('./fmt.ts')).formatFiles(invocation.paths, invocation.options, process);
    case 'baseline':
      return (await import('./baseline.ts')).changeBaseline(invocation.action, invocation.options, process);
    case 'explain':
      return (await import('./explain.ts')).explain(invocation.subject, invocation.options, process);
    case 'render':
      return (await import('./render.ts')).render(invocation.subject, invocation.options, process);
    case 'rules':
      return (await import('./rules.ts')).listRules(invocation.options, process);
    case 'env':
      return (await import('./env.ts')).listEnvironments(invocation.options, process);
  }
}
