import { existsSync, rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { changedFiles } from '../../src/workspace/changed-files.ts';
import { commitAll, git, put, temporaryFolder, temporaryRepository } from './temporary-repository.ts';

const sorted = async (paths: Promise<ReadonlySet<string>>) => [...(await paths)].sort();
const hintOf = (paths: Promise<unknown>) =>
  paths.then(
    () => 'no error',
    (error: unknown) => (error instanceof UsageError ? error.hint : error),
  );

describe('staged', () => {
  test('new, changed, deleted and both names of renamed files; nothing of the work tree', async () => {
    const root = temporaryRepository({ 'changed.yaml': 'a: 1\n', 'deleted.yaml': 'a: 1\n', 'old-name.yaml': 'name: b\n', 'same.yaml': 'a: 1\n' });
    put(root, { 'changed.yaml': 'a: 2\n', 'ä new.yaml': 'a: 1\n' });
    git(root, 'add', '--all');
    git(root, 'rm', '--quiet', 'deleted.yaml');
    git(root, 'mv', 'old-name.yaml', 'new-name.yaml');
    put(root, { 'same.yaml': 'a: unstaged\n', 'untracked.yaml': 'a: 1\n' });
    expect(await sorted(changedFiles(root, { staged: true }))).toEqual([
      'changed.yaml',
      'deleted.yaml',
      'new-name.yaml',
      'old-name.yaml',
      'ä new.yaml',
    ]);
  });

  test('everything, before the first commit', async () => {
    const root = temporaryRepository();
    put(root, { 'a.yaml': 'a: 1\n' });
    git(root, 'add', 'a.yaml');
    expect(await sorted(changedFiles(root, { staged: true }))).toEqual(['a.yaml']);
  });

  test('paths are relative to a root inside a bigger work tree, and no others are there', async () => {
    const root = temporaryRepository({ 'apps/a.yaml': 'a: 1\n', 'b.yaml': 'a: 1\n' });
    put(root, { 'apps/a.yaml': 'a: 2\n', 'b.yaml': 'a: 2\n' });
    git(root, 'add', '--all');
    expect(await sorted(changedFiles(join(root, 'apps'), { staged: true }))).toEqual(['a.yaml']);
  });

  test('outside of Git is the mistake of the user', async () => {
    await expect(changedFiles(temporaryFolder(), { staged: true })).rejects.toThrow(UsageError);
  });
});

describe('since a revision', () => {
  test('commits, staged and unstaged changes, deletions, and files that are not tracked yet', async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n', 'b.yaml': 'a: 1\n', 'c.yaml': 'a: 1\n', 'd.yaml': 'a: 1\n', '.gitignore': '*.log\n' });
    git(root, 'tag', 'v1');
    put(root, { 'a.yaml': 'a: 2\n' });
    commitAll(root);
    put(root, { 'b.yaml': 'a: 2\n', 'new.yaml': 'a: 1\n', 'x.log': 'x' });
    rmSync(join(root, 'c.yaml'));
    for (const revision of ['v1', 'HEAD~1', git(root, 'rev-parse', 'v1').trim()]) {
      expect(await sorted(changedFiles(root, { since: revision }))).toEqual(['a.yaml', 'b.yaml', 'c.yaml', 'new.yaml']);
    }
    expect(await sorted(changedFiles(root, { since: 'HEAD' }))).toEqual(['b.yaml', 'c.yaml', 'new.yaml']);
  });

  test('a file that was touched and is as it was has not changed', async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
    utimesSync(join(root, 'a.yaml'), new Date(), new Date(Date.now() - 100_000));
    expect(await sorted(changedFiles(root, { since: 'HEAD' }))).toEqual([]);
  });

  test('no program that the repository names is started', async () => {
    const root = temporaryRepository({ '.gitattributes': '*.yaml filter=evil diff=evil\n', 'a.yaml': 'a: 1\n' });
    const trace = join(temporaryFolder(), 'trace');
    for (const name of [
      'core.fsmonitor',
      'filter.evil.clean',
      'filter.evil.process',
      'diff.evil.textconv',
      'diff.evil.command',
      'diff.external',
      'core.pager',
    ]) {
      git(root, 'config', name, `touch ${trace}; cat`);
    }
    utimesSync(join(root, 'a.yaml'), new Date(), new Date(Date.now() - 100_000));
    await changedFiles(root, { since: 'HEAD' });
    await changedFiles(root, { staged: true });
    expect(existsSync(trace)).toBe(false);
  });

  test.each(['nowhere', 'HEAD~7', 'HEAD:a.yaml', ''])('"%s" is unknown', async revision => {
    await expect(changedFiles(temporaryRepository({ 'a.yaml': 'a: 1\n' }), { since: revision })).rejects.toThrow(UsageError);
  });

  test('an option is no revision', async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
    const output = join(root, 'stolen');
    await expect(changedFiles(root, { since: `--output=${output}` })).rejects.toThrow('is no revision');
    expect(existsSync(output)).toBe(false);
  });

  test('a revision that a shallow clone lacks comes with the command that fetches it, and that command helps', async () => {
    const origin = temporaryRepository({ 'a.yaml': 'a: 1\n' });
    const first = git(origin, 'rev-parse', 'HEAD').trim();
    git(origin, 'branch', 'release/1');
    put(origin, { 'a.yaml': 'a: 2\n' });
    commitAll(origin);
    git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const clone = join(temporaryFolder(), 'clone');
    git(origin, 'clone', '--quiet', '--depth=1', `file://${origin}`, clone);
    const revisions = {
      [first]: /git fetch --depth=1/,
      'origin/release/1': /git fetch --depth=1/,
      'release/1': /git fetch --depth=1/,
      'HEAD~1': /git fetch --unshallow/,
    };
    for (const [revision, command] of Object.entries(revisions)) {
      const hint = String(await hintOf(changedFiles(clone, { since: revision })));
      expect(hint).toMatch(command);
      git(clone, ...(/git (fetch .*)$/.exec(hint)?.[1] ?? '').split(' '));
      expect(await sorted(changedFiles(clone, { since: revision }))).toEqual(['a.yaml']);
      if (revision !== 'HEAD~1') {
        rmSync(clone, { recursive: true });
        git(origin, 'clone', '--quiet', '--depth=1', `file://${origin}`, clone);
      }
    }
  });
});
