import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { UsageError } from '../core/errors.ts';
import type { Severity } from '../core/finding.ts';
import type { Preset } from '../core/rule.ts';

/** What `gitops-lint baseline` does with the file. */
export const baselineActions = ['create', 'update', 'prune'] as const;

/** What every command takes. */
export interface CommonOptions {
  readonly root?: string;
  readonly config?: string;
  readonly format: readonly FormatChoice[];
  readonly preset?: Preset;
  readonly quiet?: boolean;
}

/** A format, with the file that it is written to; without one it goes to standard output. */
export interface FormatChoice {
  readonly name: string;
  readonly file?: string;
}

export interface CheckOptions extends CommonOptions {
  readonly fix?: 'safe' | 'all';
  readonly diff?: boolean;
  readonly staged?: boolean;
  readonly since?: string;
  /** Empty where no range was named. */
  readonly history?: string;
  readonly env?: string;
  readonly rule: readonly string[];
  readonly skipRule: readonly string[];
  readonly failOn: Severity | 'never';
  readonly maxWarnings?: number;
  readonly maxSkipped?: number;
  readonly reportUnusedIgnores?: boolean;
  readonly baseline?: string;
  readonly repository: readonly string[];
  /** `YYYY-MM-DD` */
  readonly now?: string;
  readonly stats?: boolean;
  readonly explainSkips?: boolean;
  readonly exitZero?: boolean;
}

export interface FormatOptions extends CommonOptions {
  readonly check?: boolean;
  readonly diff?: boolean;
}

export interface BaselineOptions extends CommonOptions {
  readonly baseline?: string;
  /** Empty where no range was named. */
  readonly history?: string;
  /** `YYYY-MM-DD` */
  readonly now?: string;
}

export interface RenderOptions extends CommonOptions {
  readonly env?: string;
  readonly provenance?: boolean;
}

/** What the user asked for. */
export type Invocation =
  | { readonly command: 'check'; readonly paths: readonly string[]; readonly options: CheckOptions }
  | { readonly command: 'fmt'; readonly paths: readonly string[]; readonly options: FormatOptions }
  | { readonly command: 'baseline'; readonly action: (typeof baselineActions)[number]; readonly options: BaselineOptions }
  | { readonly command: 'explain'; readonly subject: string; readonly options: CommonOptions }
  | { readonly command: 'render'; readonly subject: string | undefined; readonly options: RenderOptions }
  | { readonly command: 'rules'; readonly options: CommonOptions }
  | { readonly command: 'env'; readonly options: CommonOptions }
  | { readonly command: 'help'; readonly text: string };

/** The names of the commands, for a path that looks like one of them. */
export const commandNames = ['check', 'fmt', 'baseline', 'explain', 'render', 'rules', 'env', 'help'] as const;

/** Reads the command line. Throws UsageError, with what was probably meant. */
export function parseArguments(argv: readonly string[]): Invocation {
  let invocation: Invocation | undefined;
  const invoke = (chosen: Invocation): void => {
    invocation = chosen;
  };
  let help = '';
  const program = new Command('gitops-lint')
    .description('Lints a whole GitOps repository: schemas, formatting, leaked secrets and changes that cross environments.')
    .version('', '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show what a command takes')
    .exitOverride()
    .configureOutput({
      writeOut: text => {
        help += text;
      },
      writeErr: () => {},
      getOutHelpWidth: () => 120,
    })
    .addHelpText('after', '\nExit codes: 0 clean, 1 findings, 2 something for you to change, 3 a defect of gitops-lint.');

  const command = (name: string, description: string) =>
    // Copies how errors and help are handled.
    program.command(name, { isDefault: name.startsWith('check') }).description(description);

  withCheckOptions(
    withCommonOptions(command('check [paths...]', 'lint the repository (this is the default command)'), 'text, compact, json, sarif or github'),
  ).action((paths: string[], options: CheckOptions) => invoke({ command: 'check', paths, options }));
  withCommonOptions(command('fmt [paths...]', 'format files as their repository is formatted'), 'text')
    .option('--check', 'name the files that would change, and change nothing')
    .option('--diff', 'show what would change, and change nothing')
    .action((paths: string[], options: FormatOptions) => invoke({ command: 'fmt', paths, options }));
  withBaselineOptions(withCommonOptions(command('baseline', 'write down what is found today, so that only what is new counts'), 'text'))
    .addArgument(new Argument('<action>', 'what to do with the file').choices(baselineActions))
    .action((action: (typeof baselineActions)[number], options: BaselineOptions) => invoke({ command: 'baseline', action, options }));
  withCommonOptions(command('explain <rule|file>', 'show the page of a rule, or what is known of a file'), 'text or json').action(
    (subject: string, options: CommonOptions) => invoke({ command: 'explain', subject, options }),
  );
  withCommonOptions(command('render [folder]', 'print what a kustomization delivers, secrets masked'), 'text or json')
    .option('--env <name>', 'everything that is delivered to an environment')
    .option('--provenance', 'say of each field where it was written last')
    .action((subject: string | undefined, options: RenderOptions) => invoke({ command: 'render', subject, options }));
  withCommonOptions(command('rules', 'list the rules'), 'text or json').action((options: CommonOptions) => invoke({ command: 'rules', options }));
  withCommonOptions(command('env', 'list the environments with the evidence for each'), 'text or json').action((options: CommonOptions) =>
    invoke({ command: 'env', options }),
  );

  try {
    // Commander would take the path after a plain `--fix` or `--history` for its value.
    program.parse(
      argv.map(argument => (argument === '--fix' ? '--fix=safe' : argument === '--history' ? '--history=' : argument)),
      { from: 'user' },
    );
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { command: 'help', text: help };
    const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
    throw new UsageError(message, { hint: suggestion?.replace(/^\((.*)\)$/, '$1') ?? '`gitops-lint help` lists commands and options' });
  }
  return invocation ?? { command: 'help', text: help };
}

function withCommonOptions(command: Command, formats: string): Command {
  return command
    .option('--root <folder>', 'where the repository begins (default: the Git work tree of the current folder)')
    .option('-c, --config <file>', 'the config to take instead of gitops-lint.yaml at the root')
    .addOption(new Option('-f, --format <name[=file]>', `${formats}; may be given several times`).argParser(collectFormat).default([], 'text'))
    .addOption(new Option('--preset <name>', 'which rules run').choices(['recommended', 'strict', 'regulated']))
    .option('-q, --quiet', 'findings only');
}

function withCheckOptions(command: Command): Command {
  return command
    .addOption(new Option('--fix [safety]', 'apply fixes: safe ones, or suggestions too').choices(['safe', 'all']))
    .option('--diff', 'show what --fix would change, and change nothing')
    .option('--staged', 'lint what the next commit would hold, and report what it causes')
    .option('--since <revision>', 'report only what has been caused since then')
    .addOption(historyOption())
    .option('--env <name>', 'report only what concerns an environment')
    .addOption(new Option('--rule <id>', 'run only this rule; patterns such as secrets/* too').argParser(collectIds).default([], 'all'))
    .addOption(new Option('--skip-rule <id>', 'leave this rule out; patterns too').argParser(collectIds).default([], 'none'))
    .addOption(new Option('--fail-on <severity>', 'the least severity that fails').choices(['error', 'warning', 'note', 'never']).default('error'))
    .addOption(new Option('--max-warnings <number>', 'fail when there are more warnings').argParser(parseCount))
    .addOption(new Option('--max-skipped <number>', 'fail when more files and places are not judged').argParser(parseCount))
    .option('--baseline <file>', 'findings that do not count, as gitops-lint baseline writes them')
    .option('--report-unused-ignores', 'report ignores and waivers that suppress nothing')
    .addOption(new Option('--repository <url>', 'a URL by which this repository is known elsewhere').argParser(collect).default([], "Git's remotes"))
    .addOption(dayOption())
    .option('--stats', 'print the time that each step took')
    .option('--explain-skips', 'list what was not judged, and why')
    .option('--exit-zero', 'end with 0 whatever is found');
}

function withBaselineOptions(command: Command): Command {
  return command
    .option('--baseline <file>', 'the file (default: gitops-lint-baseline.json at the root)')
    .addOption(historyOption())
    .addOption(dayOption());
}

function historyOption(): Option {
  return new Option('--history [range]', 'find secrets in commits too, by default those that the default branch lacks, or those of --since');
}

function dayOption(): Option {
  return new Option('--now <time>', 'the day the run is for, as YYYY-MM-DD').argParser(parseDay);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function collectIds(value: string, before: readonly string[]): readonly string[] {
  return [...before, ...value.split(',').map(id => id.trim())];
}

function collectFormat(value: string, before: readonly FormatChoice[]): readonly FormatChoice[] {
  const equals = value.indexOf('=');
  return [...before, equals < 0 ? { name: value } : { name: value.slice(0, equals), file: value.slice(equals + 1) }];
}

function parseCount(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError('It is no whole number.');
  return Number(value);
}

function parseDay(value: string): string {
  const time = Date.parse(value);
  if (!/^\d{4}-\d{2}-\d{2}/.test(value) || Number.isNaN(time)) throw new InvalidArgumentError('It is no time such as 2027-03-31.');
  return new Date(time).toISOString().slice(0, 10);
}
