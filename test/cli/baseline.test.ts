import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diceFrom, pick } from '../secrets/token-shapes.ts';
import { commitAll, git, put, temporaryFolder, temporaryRepository } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const token = (seed: number) => `glpat-${pick(diceFrom(seed), 'abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789', 20)}`;
const name = 'gitops-lint-baseline.json';
const files = { 'a.yaml': 'a: 1\na: 2\n', 'b.env': `ONE=${token(1)}\nTWO=${token(2)}\n`, 'c.yaml': 'c: 1 \n' };

async function change(folder: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runMain(folder, ['baseline', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout.replaceAll(folder, '.');
}

async function check(folder: string, ...args: string[]) {
  const { code, stdout, stderr } = await runMain(folder, ['--baseline', name, '-f', 'json', ...args]);
  const { findings } = JSON.parse(stdout) as { findings: { path: string; start: { line: number }; ruleId: string; suppressed?: { by: string } }[] };
  const lines = (isOpen: boolean) =>
    findings.filter(({ suppressed }) => isOpen === (suppressed === undefined)).map(({ path, start, ruleId }) => `${path}:${start.line} ${ruleId}`);
  expect(findings.every(({ suppressed }) => suppressed === undefined || suppressed.by === 'baseline')).toBe(true);
  return { code, stderr, open: lines(true), known: lines(false).length };
}

const read = (folder: string) => readFileSync(join(folder, name), 'utf8');

test('what a baseline knows does not count, until it changes', async () => {
  const folder = temporaryRepository(files);
  expect(await change(folder, 'create')).toBe(`./${name}: 4 findings, 4 new, 0 gone\n`);
  expect(await check(folder)).toEqual({ code: 0, stderr: '', open: [], known: 4 });
  put(folder, { 'a.yaml': 'b: 1\nb: 2\na: 1\na: 2\n', 'd.yaml': 'd: 1\nd: 2\n' });
  expect(await check(folder)).toMatchObject({ code: 1, open: ['a.yaml:2 schema/duplicate-key', 'd.yaml:2 schema/duplicate-key'], known: 4 });
});

test('a secret in the place of another one counts, and the others of the file stay known', async () => {
  const folder = temporaryRepository(files);
  await change(folder, 'create');
  put(folder, { 'b.env': `ONE=${token(3)}\nTWO=${token(2)}\n` });
  expect((await check(folder)).open).toEqual(['b.env:1 secrets/known-token']);
  put(folder, { 'b.env': `# moved\nTWO=${token(2)}\n` });
  expect((await check(folder)).open).toEqual([]);
});

test('the file is sorted, holds nothing of a value, and changes line by line', async () => {
  const folder = temporaryRepository(files);
  await change(folder, 'create');
  const before = read(folder);
  const entries = (JSON.parse(before) as { findings: object[] }).findings;
  expect(entries).toEqual([
    { rule: 'schema/duplicate-key', path: 'a.yaml', fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/) },
    { rule: 'secrets/known-token', path: 'b.env', fingerprint: expect.any(String), digest: expect.stringMatching(/^[0-9a-f]{4}$/) },
    { rule: 'secrets/known-token', path: 'b.env', fingerprint: expect.any(String), digest: expect.stringMatching(/^[0-9a-f]{4}$/) },
    { rule: 'format/whitespace', path: 'c.yaml', fingerprint: expect.any(String) },
  ]);
  for (const seed of [1, 2]) expect(before).not.toContain(token(seed).slice(6, 10));
  put(folder, { 'bb.yaml': 'a: 1\na: 2\n' });
  expect(await change(folder, 'update')).toBe(`./${name}: 5 findings, 1 new, 0 gone\n`);
  const added = read(folder)
    .split('\n')
    .filter(line => !before.split('\n').includes(line));
  expect(added).toEqual([expect.stringMatching(/^ {4}\{"rule":"schema\/duplicate-key","path":"bb\.yaml",.*\},$/)]);
  expect(await change(folder, 'update')).toBe(`./${name}: 5 findings, 0 new, 0 gone\n`);
});

test('entries for what is gone are told, and pruned alone', async () => {
  const folder = temporaryRepository(files);
  await change(folder, 'create');
  put(folder, { 'a.yaml': 'a: 1\n', 'new.yaml': 'a: 1\na: 2\n' });
  expect((await check(folder)).stderr).toContain('the baseline has 1 entry for what is gone');
  expect((await check(folder, '--rule', 'format/*')).stderr).toBe('');
  expect((await check(folder, 'c.yaml')).stderr).toBe('');
  expect(await change(folder, 'prune')).toBe(`gone: a.yaml schema/duplicate-key\n./${name}: 3 findings, 0 new, 1 gone\n`);
  expect(await check(folder)).toMatchObject({ stderr: '', open: ['new.yaml:2 schema/duplicate-key'], known: 3 });
});

test('what only the history has stays known where nobody looks there', async () => {
  const folder = temporaryRepository({ 'b.env': `ONE=${token(1)}\n`, 'c.yaml': 'c: 1\n' });
  rmSync(join(folder, 'b.env'));
  commitAll(folder);
  expect(await change(folder, 'create', '--history=HEAD')).toBe(`./${name}: 1 finding, 1 new, 0 gone\n`);
  expect(await check(folder)).toEqual({ code: 0, stderr: '', open: [], known: 0 });
  expect(await check(folder, '--history=HEAD')).toMatchObject({ code: 0, open: [], known: 1 });
  expect(await change(folder, 'update')).toBe(`./${name}: 1 finding, 0 new, 0 gone\n`);
  put(folder, { 'b.env': `ONE=${token(1)}\n` });
  expect((await check(folder)).open).toEqual(['b.env:1 secrets/known-token']);
});

test('no fix is applied to what is known', async () => {
  const folder = temporaryRepository(files);
  await change(folder, 'create');
  await runMain(folder, ['--baseline', name, '--fix']);
  expect(git(folder, 'status', '--porcelain')).toBe(`?? ${name}\n`);
});

test('a link is neither read nor written through', async () => {
  const folder = temporaryRepository(files);
  const outside = join(temporaryFolder(), 'outside.json');
  symlinkSync(outside, join(folder, name));
  expect((await runMain(folder, ['baseline', 'create'])).code).toBe(2);
  expect(existsSync(outside)).toBe(false);
  writeFileSync(outside, '{"version": 1, "findings": []}');
  for (const args of [
    ['baseline', 'update'],
    ['baseline', 'prune'],
    ['--baseline', name],
  ])
    expect((await runMain(folder, args)).code).toBe(2);
  expect(readFileSync(outside, 'utf8')).toBe('{"version": 1, "findings": []}');
});

test('a baseline that is there, not there or not one is an error of the user', async () => {
  const folder = temporaryRepository(files);
  const code = async (...args: string[]) => (await runMain(folder, args)).code;
  expect(await code('--baseline', name)).toBe(2);
  expect(await code('baseline', 'update')).toBe(2);
  expect(await code('baseline', 'prune')).toBe(2);
  expect(await code('baseline', 'remove')).toBe(2);
  expect(await code('baseline', 'create', '--baseline', 'none/b.json')).toBe(2);
  expect(existsSync(join(folder, name))).toBe(false);
  await change(folder, 'create');
  expect(await code('baseline', 'create')).toBe(2);
  for (const [text, problem] of [
    ['{"version": 1, "findings": [{}]}', /:1:29: .*"rule"/],
    ['{"version": 2, "findings": []}', /:1:13: /],
    ['{"version": 1, "findings": [{"rule": "a", "path": "b", "fingerprint": "c", "digest": "correct-horse"}]}', /:1:86: "digest"/],
    ['[', /:1:2: /],
    ['', /:1:1: /],
  ] as const) {
    put(folder, { [name]: text });
    const { code, stderr } = await runMain(folder, ['--baseline', name]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(problem) });
  }
});
