import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { temporaryFolder } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const options = (...args: string[]) => {
  const invocation = parseArguments(args);
  if (invocation.command !== 'check') throw new Error(invocation.command);
  return { paths: invocation.paths, ...invocation.options };
};

test('without a command it checks', () => {
  expect(parseArguments([])).toMatchObject({ command: 'check', paths: [] });
  expect(parseArguments(['apps', '--staged'])).toMatchObject({ command: 'check', paths: ['apps'], options: { staged: true } });
  expect(parseArguments(['check', 'apps'])).toMatchObject({ command: 'check', paths: ['apps'] });
  expect(parseArguments(['explain', 'apps'])).toMatchObject({ command: 'explain', subject: 'apps' });
});

test('--fix takes a value behind an equals sign alone', () => {
  expect(options('--fix', 'apps')).toMatchObject({ fix: 'safe', paths: ['apps'] });
  expect(options('--fix=all', 'apps')).toMatchObject({ fix: 'all', paths: ['apps'] });
});

test('formats, rules and URLs may be given several times', () => {
  expect(options('-f', 'text', '-f', 'sarif=out/a=b.sarif').format).toEqual([{ name: 'text' }, { name: 'sarif', file: 'out/a=b.sarif' }]);
  expect(options('--rule', 'secrets/*,format/quotes', '--rule', 'a/b').rule).toEqual(['secrets/*', 'format/quotes', 'a/b']);
  expect(options('--repository', 'https://a.example.org/b').repository).toEqual(['https://a.example.org/b']);
});

test('numbers and times are read', () => {
  expect(options('--max-warnings', '0', '--now', '2027-03-31T23:00:00Z')).toMatchObject({ maxWarnings: 0, now: '2027-03-31' });
});

test.each([
  [['--stagged'], "unknown option '--stagged'", 'Did you mean --staged?'],
  [['check', '--format'], "option '-f, --format <name[=file]>' argument missing", 'lists commands'],
  [['--max-warnings', 'few'], 'It is no whole number', 'lists commands'],
  [['--now', 'soon'], 'It is no time such as', 'lists commands'],
  [['--preset', 'strickt'], 'Allowed choices are recommended, strict, regulated', 'lists commands'],
  [['--fix=some'], 'Allowed choices are safe, all', 'lists commands'],
  [['-f', 'txt'], 'there is no format "txt"', 'did you mean "text"?'],
  [['-f', 'json', '-f', 'sarif'], 'cannot share standard output', 'write one to a file'],
  [['-f', 'json', '--diff'], 'cannot share standard output', 'write one to a file'],
  [['--rule', 'schema/yaml-sintax'], 'there is no rule "schema/yaml-sintax"', 'did you mean "schema/yaml-syntax"?'],
  [['chekc'], 'there is no file or folder "chekc"', 'did you mean the command "check"?'],
  [['../elsewhere'], 'lies outside of the repository', '--root'],
  [['--root', 'nowhere'], 'there is no folder', ''],
  [['-c', 'nowhere.yaml'], 'there is no config', ''],
  [['--staged', '--fix'], '--staged cannot be combined', 'stage them'],
  [['--staged', '--since', 'HEAD'], 'cannot be combined', 'choose one'],
  [['explain'], "missing required argument 'rule|file'", 'lists commands'],
  [['explain', 'schema/yaml-sintax'], 'is no rule, and no file', 'did you mean the rule "schema/yaml-syntax"?'],
  [['rules', '-f', 'sarif'], 'this command prints one format', 'json'],
])('%j is for the user to change', async (args, message, hint) => {
  const { code, stdout, stderr } = await runMain(temporaryFolder({ 'a.yaml': 'a: 1\n' }), args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(`gitops-lint: `);
  expect(stderr).toContain(message);
  expect(stderr).toContain(hint);
});

test('the version and help are printed on standard output', async () => {
  const folder = temporaryFolder();
  expect(await runMain(folder, ['--version'])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  for (const args of [['--help'], ['help'], ['check', '--help'], ['help', 'check']]) {
    const { code, stdout, stderr } = await runMain(folder, args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: gitops-lint');
  }
  expect((await runMain(folder, ['check', '--help'])).stdout).toContain('--explain-skips');
});
