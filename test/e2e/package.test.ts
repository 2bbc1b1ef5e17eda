import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
const sample = join(project, 'test/repos/sample');
/** An empty folder with the package in it and nothing else, as if it had no dependencies. */
const folder = mkdtempSync(join(tmpdir(), 'gitops-lint-package-'));
const installed = join(folder, 'package');

beforeAll(() => {
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], project);
  run('tar', ['-xzf', readdirSync(folder).find(file => file.endsWith('.tgz')) ?? ''], folder);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the package holds what it needs to run and to be understood, and nothing else', () => {
  expect(readdirSync(installed).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'rules', 'schemas']);
  expect(readdirSync(join(installed, 'rules')).sort()).toEqual(['README.md', 'rulesets']);
  expect(readdirSync(join(installed, 'dist'))).toEqual(expect.arrayContaining(['LICENSES.txt', 'gitops-lint.js', 'index.js', 'types', 'yaml.js']));
});

test('the command runs without its dependencies', () => {
  expect(lint('--version')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+/), stderr: '' });
  const { status, stdout } = lint('check', '--root', sample);
  expect(status).toBe(1);
  expect(stdout).toContain('secrets/plaintext-manifest');
  // Only the yaml package knows what is wrong there: it comes along.
  expect(stdout).toContain('schema/yaml-syntax');
  // What objects are judged by stands beside the code.
  expect(stdout).toContain('schema/kubernetes');
});

test.each(['text', 'compact', 'json', 'sarif', 'github'])('the report %s comes along', format => {
  const { status, stdout, stderr } = lint('check', '--root', sample, '--format', format);
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
  expect(stdout).toContain('environments/production/payments/secret.yaml');
});

test('Spectral comes along, and the rulesets', () => {
  const repository = join(folder, 'with-ruleset');
  mkdirSync(repository);
  writeFileSync(join(repository, 'gitops-lint.yaml'), 'rulesets: [team.yaml]\n');
  writeFileSync(
    join(repository, 'team.yaml'),
    'rules:\n  has-team:\n    given: $.metadata\n    then: {field: team, function: truthy}\n    severity: error\n',
  );
  writeFileSync(join(repository, 'app.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: app\n');
  const { status, stdout } = lint('check', '--root', repository, '--format', 'compact');
  expect(stdout).toContain('spectral/team/has-team');
  expect(status).toBe(1);
  expect(readdirSync(join(installed, 'rules/rulesets')).length).toBeGreaterThan(0);
});

test('the API can be imported', () => {
  const script = `import { lint, defineRule } from ${JSON.stringify(pathToFileURL(join(installed, 'dist/index.js')).href)}; console.log(typeof lint, typeof defineRule);`;
  expect(run(process.execPath, ['--input-type=module', '--eval', script], folder).stdout).toBe('function function\n');
});

function lint(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(installed, 'dist/gitops-lint.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Throws with what the command said when it fails. */
function run(command: string, args: readonly string[], cwd: string) {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${result.stderr}`);
  return result;
}
