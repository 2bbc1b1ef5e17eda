import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { git, put, temporaryFolder, temporaryRepository } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

/** An error, a warning that --fix mends, and nothing else. */
const files = {
  'apps/web/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: web\nnamespace: shop\n',
  'apps/web/settings.yaml': 'apiVersion: v1\nkind: ConfigMap \nmetadata:\n  name: web\n',
};
const only = ['--rule', 'schema/duplicate-key', '--rule', 'format/whitespace'];

test('findings go to standard output, and decide the exit code', async () => {
  const folder = temporaryFolder(files);
  const { code, stdout, stderr } = await runMain(folder, ['-f', 'compact', ...only]);
  expect(stdout.split('\n').map(line => line.split(' ').slice(0, 3).join(' '))).toEqual([
    'apps/web/kustomization.yaml:4:1 error schema/duplicate-key',
    'apps/web/settings.yaml:2:16 warning format/whitespace',
    '',
  ]);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect((await runMain(folder, only)).stdout).toContain('linting              ');
});

test.each([
  [['--fail-on', 'error'], 1],
  [['--fail-on', 'never'], 0],
  [['--exit-zero'], 0],
  [['apps/web/settings.yaml'], 0],
  [['apps/web/settings.yaml', '--fail-on', 'warning'], 1],
  [['apps/web/settings.yaml', '--max-warnings', '0'], 1],
  [['apps/web/settings.yaml', '--max-warnings', '1'], 0],
  [['apps/web/k*.yaml'], 1],
  [['apps/**/s*.yaml'], 0],
  [['apps/web', '--skip-rule', 'schema/*'], 0],
])('%j ends with %d', async (args, expected) => {
  expect((await runMain(temporaryFolder(files), [...args, ...only])).code).toBe(expected);
});

test('--max-skipped counts what was not judged', async () => {
  const folder = temporaryFolder({ 'chart/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', 'chart/templates/a.yaml': '{{ .a }}: 1\n' });
  const args = ['--rule', 'schema/yaml-syntax', '--max-skipped'];
  expect((await runMain(folder, [...args, '1'])).code).toBe(0);
  expect((await runMain(folder, [...args, '0'])).code).toBe(1);
});

test('reports are written to files, and text to the terminal beside them', async () => {
  const folder = temporaryFolder(files);
  const { stdout } = await runMain(folder, ['-f', 'json=report.json', '-f', 'sarif=report.sarif', ...only]);
  expect(stdout).toContain('1 error');
  expect(JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'))).toMatchObject({ version: 1, summary: { error: 1, warning: 1 } });
  expect(JSON.parse(readFileSync(join(folder, 'report.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect((await runMain(folder, ['-q', '-f', 'json=report.json', ...only])).stdout).toBe('');
  expect(await runMain(folder, ['-f', 'json=no/folder/report.json', ...only])).toMatchObject({ code: 2 });
});

test('--fix writes, --diff shows what it would write', async () => {
  const folder = temporaryFolder(files);
  const { stdout, code } = await runMain(folder, ['--diff', ...only]);
  expect(stdout).toBe(
    '--- a/apps/web/settings.yaml\n+++ b/apps/web/settings.yaml\n@@ -1,4 +1,4 @@\n apiVersion: v1\n-kind: ConfigMap \n+kind: ConfigMap\n metadata:\n   name: web\n',
  );
  expect(code).toBe(1);
  expect(readFileSync(join(folder, 'apps/web/settings.yaml'), 'utf8')).toBe(files['apps/web/settings.yaml']);
  expect((await runMain(folder, ['--fix', 'apps/web/settings.yaml', ...only])).stdout).toContain('1 fix applied');
  expect(readFileSync(join(folder, 'apps/web/settings.yaml'), 'utf8')).toBe('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n');
});

test('paths count from the current folder, with --root from the root', async () => {
  const folder = temporaryRepository(files);
  expect((await runMain(join(folder, 'apps'), ['-f', 'compact', 'web/kustomization.yaml', ...only])).stdout).toMatch(
    /^apps\/web\/kustomization\.yaml:4:1/,
  );
  expect((await runMain(temporaryFolder(), ['--root', folder, '-f', 'compact', 'apps/web/kustomization.yaml', ...only])).code).toBe(1);
});

test('ignored, unreadable and deleted paths, and an empty repository, are clean and say so', async () => {
  const folder = temporaryRepository({ ...files, '.gitignore': 'build/\n', 'logo.png': '\x89PNG' });
  put(folder, { 'build/a.yaml': 'a: 1\na: 2\n' });
  git(folder, 'rm', '--quiet', 'apps/web/kustomization.yaml');
  const remark = async (...args: string[]) => {
    const { code, stderr } = await runMain(folder, args);
    expect(code).toBe(0);
    return stderr;
  };
  expect(await remark('build/a.yaml')).toContain('"build/a.yaml" is ignored or excluded');
  expect(await remark('logo.png')).toContain('"logo.png" is binary');
  expect(await remark('apps/web/kustomization.yaml')).toContain('"apps/web/kustomization.yaml" is deleted');
  const empty = await runMain(temporaryFolder(), []);
  expect(empty).toMatchObject({ code: 0, stderr: expect.stringContaining('the repository is empty') });
});

test('a literal path that never was is for the user to change', async () => {
  expect(await runMain(temporaryRepository(files), ['apps/shop'])).toMatchObject({ code: 2, stdout: '' });
});

test('--stats tells the steps on standard error', async () => {
  const { stderr } = await runMain(temporaryFolder(files), ['--stats', ...only]);
  expect(stderr).toMatch(/^open +\d+\.\d ms\nlist .*\nloadFiles /);
});

test('the config sets severities by rule and path, and the preset of the command line wins', async () => {
  const config = 'rules:\n  schema/*: off\noverrides:\n  - files: [apps/web/kustomization.yaml]\n    rules: {schema/duplicate-key: warning}\n';
  const folder = temporaryFolder({ ...files, 'gitops-lint.yaml': config, 'b.yaml': 'a: 1\na: 2\n' });
  const { stdout, code } = await runMain(folder, ['-f', 'compact', '--rule', 'schema/*']);
  expect(stdout).toMatch(/^apps\/web\/kustomization\.yaml:4:1 warning schema\/duplicate-key/);
  expect(code).toBe(0);
  put(folder, { 'gitops-lint.yaml': 'rulez: {}\n' });
  expect(await runMain(folder, [])).toMatchObject({ code: 2, stderr: expect.stringContaining('rulez') });
  put(folder, { 'gitops-lint.yaml': '- a\n' });
  expect((await runMain(folder, [])).code).toBe(2);
});

test('colour is for terminals and those who ask for it', async () => {
  const folder = temporaryFolder(files);
  const red = '\x1b[';
  expect((await runMain(folder, only)).stdout).not.toContain(red);
  expect((await runMain(folder, only, { FORCE_COLOR: '1' })).stdout).toContain(red);
  expect((await runMain(folder, only, { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain(red);
});

test('a file that nobody may read is skipped with its reason', async () => {
  const folder = temporaryFolder(files);
  chmodSync(join(folder, 'apps/web/kustomization.yaml'), 0);
  const { stdout, code } = await runMain(folder, only);
  // The superuser may read everything.
  if (process.getuid?.() === 0) expect(code).toBe(1);
  else expect(stdout).toContain('1 unreadable');
});
