import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setEnvironment, temporaryFolder, temporaryRepository } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n';

/** Never a defect, and what is not read has a reason. */
async function check(content: string | Uint8Array, path = 'bad.yaml', ...args: string[]) {
  const folder = temporaryFolder({ [path]: content, 'good.yaml': settings });
  const { code, stdout, stderr } = await runMain(folder, ['-f', 'json', ...args]);
  expect(stderr).toBe('');
  const { findings, coverage } = JSON.parse(stdout) as {
    findings: { ruleId: string; path: string; message: string; start: { line: number; column: number } }[];
    coverage: { skippedFiles: unknown[] };
  };
  const lines = findings
    .filter(({ ruleId }) => ruleId.startsWith('schema/'))
    .map(({ ruleId, path, start, message }) => `${path}:${start.line}:${start.column} ${ruleId} ${message}`);
  return { code, lines, skipped: coverage.skippedFiles };
}

test('broken YAML is a finding with line, column and what was expected', async () => {
  const { code, lines } = await check('a: 1\nb: [1, 2\nc: 3\n');
  expect(code).toBe(1);
  expect(lines).toEqual([expect.stringMatching(/^bad\.yaml:[23]:\d+ schema\/yaml-syntax .*expected/)]);
});

test('a single line of 2 MB is read', async () => {
  const items = Array.from({ length: 40_000 }, (_, index) => ({ name: `item ${index}`, value: 'x'.repeat(20) }));
  expect(await check(JSON.stringify({ items }), 'bad.json')).toEqual({ code: 0, lines: [], skipped: [] });
});

test('a map of 100,000 keys is read, and so are as many duplicates', async () => {
  const keys = Array.from({ length: 100_000 }, (_, index) => `key-${index}: ${index}\n`).join('');
  expect((await check(keys)).lines).toEqual([]);
  expect((await check('a: 1\n'.repeat(20_000))).lines).toHaveLength(19_999);
});

test('an alias bomb and deep nesting are findings', async () => {
  const bomb = Array.from({ length: 30 }, (_, level) => `a${level}: &a${level} [${`*a${level - 1}, `.repeat(level === 0 ? 0 : 9)}x]\n`).join('');
  expect((await check(bomb)).lines).toEqual([expect.stringContaining('schema/yaml-syntax')]);
  expect((await check('['.repeat(10_000) + ']'.repeat(10_000))).lines).toEqual([expect.stringContaining('schema/yaml-syntax')]);
  expect((await check('- '.repeat(10_000))).lines).toEqual([expect.stringContaining('schema/yaml-syntax')]);
});

test('what is no text is skipped with its reason', async () => {
  expect((await check(new Uint8Array([0x61, 0x3a, 0x20, 0xff, 0xfe, 0x0a]))).skipped).toEqual([{ path: 'bad.yaml', reason: 'not UTF-8' }]);
  expect((await check('a: \0\n')).skipped).toEqual([{ path: 'bad.yaml', reason: 'binary' }]);
  expect((await check(`a: ${'x'.repeat(5_000_001)}\n`)).skipped).toEqual([{ path: 'bad.yaml', reason: 'too large' }]);
});

test('CRLF and a byte order mark are no syntax errors', async () => {
  expect((await check('\ufeffa: 1\r\nb:\r\n  - 2\r\n')).lines).toEqual([]);
});

test('links that loop or lead out of the repository are skipped, and not followed', async () => {
  const outside = temporaryFolder({ 'secret.yaml': 'a: 1\na: 2\n' });
  const folder = temporaryRepository({ 'good.yaml': settings });
  symlinkSync('loop.yaml', join(folder, 'loop.yaml'));
  symlinkSync(join(outside, 'secret.yaml'), join(folder, 'out.yaml'));
  symlinkSync('.', join(folder, 'self'));
  const { code, stdout } = await runMain(folder, ['-f', 'json', '--rule', 'schema/*']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    coverage: {
      skippedFiles: expect.arrayContaining([
        { path: 'loop.yaml', reason: 'link loop' },
        { path: 'out.yaml', reason: 'link out of the repository' },
      ]),
    },
  });
});

test('without Git on the machine the folder is walked', async () => {
  const folder = temporaryRepository({ 'bad.yaml': 'a: 1\na: 2\n' });
  setEnvironment({ PATH: temporaryFolder() });
  const { code, stdout } = await runMain(folder, ['-f', 'compact', '--rule', 'schema/*']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringContaining('bad.yaml:2:1') });
  expect((await runMain(folder, ['--staged'])).code).toBe(2);
});

test('a text that ends in the middle of a line is not lost by a fix', async () => {
  const folder = temporaryFolder({ 'a.yaml': 'a: 1 \nb: [1\n', 'b.yaml': 'a: 1 \n' });
  mkdirSync(join(folder, 'c.yaml'));
  writeFileSync(join(folder, 'c.yaml/d.yaml'), 'a: 1');
  const { code, stderr } = await runMain(folder, ['--fix=all', '-q']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
});

test('a config that is there and cannot be read is an error', async () => {
  const folder = temporaryFolder({ 'rules.yaml': 'extends: [strict]\n', 'good.yaml': settings });
  symlinkSync('rules.yaml', join(folder, 'gitops-lint.yaml'));
  const { code, stderr } = await runMain(folder, []);
  expect(code).toBe(2);
  expect(stderr).toContain('the config "gitops-lint.yaml" cannot be read');
});
