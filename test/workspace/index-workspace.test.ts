import { copyFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { indexWorkspace } from '../../src/workspace/index-workspace.ts';
import { commitAll, git, put, setEnvironment, temporaryFolder, temporaryRepository } from './temporary-repository.ts';

const megabyte = 1_000_000;

test('the index counts, not the work tree', async () => {
  const root = temporaryRepository({ 'bad.yaml': 'a: 1\n', 'good.yaml': 'a: 1\n', 'gone.yaml': 'a: 1\n', 'kept.yaml': 'a: 1\n' });
  put(root, { 'bad.yaml': 'a: staged\n', 'new.yaml': 'a: new' });
  git(root, 'add', '--all');
  git(root, 'rm', '--quiet', '--cached', 'gone.yaml');
  put(root, { 'bad.yaml': 'a: mended\n', 'good.yaml': 'a: spoilt\n', 'untracked.yaml': 'a: 1\n' });
  rmSync(join(root, 'kept.yaml'));
  const workspace = indexWorkspace(root);
  expect((await workspace.list()).files).toEqual(['bad.yaml', 'good.yaml', 'kept.yaml', 'new.yaml']);
  expect(workspace.read('bad.yaml', megabyte)).toEqual({ text: 'a: staged\n' });
  expect(workspace.read('good.yaml', megabyte)).toEqual({ text: 'a: 1\n' });
  expect(workspace.read('kept.yaml', megabyte)).toEqual({ text: 'a: 1\n' });
  expect(workspace.read('new.yaml', megabyte)).toEqual({ text: 'a: new' });
  for (const path of ['gone.yaml', 'untracked.yaml']) expect(workspace.read(path, megabyte)).toEqual({ skipped: 'unreadable' });
});

test('a file is read before anything is listed, in a repository without a commit', () => {
  const root = temporaryRepository();
  put(root, { 'a.yaml': 'a: 1\n' });
  git(root, 'add', 'a.yaml');
  expect(indexWorkspace(root).read('a.yaml', megabyte)).toEqual({ text: 'a: 1\n' });
});

test('a file with equal stat data is read from the index all the same', () => {
  const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
  put(root, { 'a.yaml': 'a: 2\n' });
  expect(indexWorkspace(root).read('a.yaml', megabyte)).toEqual({ text: 'a: 1\n' });
});

test('line ends are those of the commit, not those of the checkout', () => {
  const root = temporaryRepository({ '.gitattributes': '*.yaml text eol=crlf\n', 'a.yaml': 'a: 1\r\n' });
  expect(indexWorkspace(root).read('a.yaml', megabyte)).toEqual({ text: 'a: 1\n' });
});

test('files that are only intended to be added are left out, empty ones are not', async () => {
  const root = temporaryRepository({ 'empty.yaml': '', 'a.yaml': 'a: 1\n' });
  put(root, { 'intended.yaml': 'a: 1\n', 'staged-empty.yaml': '' });
  git(root, 'add', '--intent-to-add', 'intended.yaml');
  git(root, 'add', 'staged-empty.yaml');
  const workspace = indexWorkspace(root);
  expect((await workspace.list()).files).toEqual(['a.yaml', 'empty.yaml', 'staged-empty.yaml']);
  expect(workspace.read('empty.yaml', megabyte)).toEqual({ text: '' });
});

test('of a conflict our side is read', async () => {
  const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
  git(root, 'checkout', '--quiet', '-b', 'other');
  put(root, { 'a.yaml': 'a: theirs\n' });
  commitAll(root);
  git(root, 'checkout', '--quiet', 'main');
  put(root, { 'a.yaml': 'a: ours\n' });
  commitAll(root);
  expect(() => git(root, 'merge', '--quiet', 'other')).toThrow();
  const workspace = indexWorkspace(root);
  expect((await workspace.list()).files).toEqual(['a.yaml']);
  expect(workspace.read('a.yaml', megabyte)).toEqual({ text: 'a: ours\n' });
});

test('links, submodules, large and binary files are told apart', async () => {
  const root = temporaryRepository({ 'apps/base/a.yaml': 'a: 1\n', 'large.yaml': 'x'.repeat(2000), 'logo.png': 'no picture', 'nul.yaml': 'a: \0\n' });
  symlinkSync('base', join(root, 'apps/link'));
  symlinkSync('base/a.yaml', join(root, 'apps/a.yaml'));
  symlinkSync('../../outside', join(root, 'apps/out'));
  git(root, 'add', '--all');
  git(root, 'update-index', '--add', '--cacheinfo', '160000,0123456789012345678901234567890123456789,vendor');
  const workspace = indexWorkspace(root);
  const { files, links, skipped } = await workspace.list();
  expect(files).toEqual(['apps/base/a.yaml', 'large.yaml', 'logo.png', 'nul.yaml']);
  expect(Object.fromEntries(links)).toEqual({ 'apps/link': 'apps/base', 'apps/a.yaml': 'apps/base/a.yaml' });
  expect(skipped).toEqual([
    { path: 'apps/out', reason: 'link out of the repository' },
    { path: 'vendor', reason: 'submodule' },
  ]);
  expect(workspace.read('large.yaml', 1000)).toEqual({ skipped: 'too large' });
  for (const path of ['logo.png', 'nul.yaml']) expect(workspace.read(path, 1000)).toEqual({ skipped: 'binary' });
});

test('files outside a sparse checkout are known to be there', async () => {
  const root = temporaryRepository({ 'apps/a.yaml': 'a: 1\n', 'infrastructure/b.yaml': 'b: 1\n' });
  git(root, 'sparse-checkout', 'set', 'apps');
  const { files, skipped } = await indexWorkspace(root).list();
  expect(files).toEqual(['apps/a.yaml']);
  expect(skipped).toEqual([{ path: 'infrastructure/b.yaml', reason: 'not in the sparse checkout' }]);
});

test('the first file may be of any size, the others keep to the limit', async () => {
  const workspace = indexWorkspace(temporaryRepository({ 'large.yaml': 'x'.repeat(2000), 'small.yaml': 'x' }));
  expect(workspace.read('large.yaml', Number.POSITIVE_INFINITY).text).toHaveLength(2000);
  await workspace.list();
  expect(workspace.read('large.yaml', 1000)).toEqual({ skipped: 'too large' });
  expect(workspace.read('small.yaml', 1000)).toEqual({ text: 'x' });
});

test('a root inside a bigger work tree sees what is below it', async () => {
  const root = temporaryRepository({ 'apps/a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
  const workspace = indexWorkspace(join(root, 'apps'));
  expect((await workspace.list()).files).toEqual(['a.yaml']);
  expect(workspace.read('a.yaml', megabyte)).toEqual({ text: 'a: 1\n' });
});

test('the index of a hook counts: `git commit PATH` stages into one of its own', async () => {
  const root = temporaryRepository({ 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' });
  const index = join(root, '.git/next-index');
  copyFileSync(join(root, '.git/index'), index);
  put(root, { 'b.yaml': 'b: 2\n' });
  git(root, 'add', 'b.yaml');
  expect(indexWorkspace(root).read('b.yaml', megabyte)).toEqual({ text: 'b: 2\n' });
  setEnvironment({ GIT_DIR: join(root, '.git'), GIT_INDEX_FILE: index });
  expect(indexWorkspace(root).read('b.yaml', megabyte)).toEqual({ text: 'b: 1\n' });
});

test('the index is never written, and there is one only in a repository', async () => {
  expect(() => indexWorkspace(temporaryRepository()).write('a.yaml', 'x')).toThrow(UsageError);
  await expect(indexWorkspace(temporaryFolder()).list()).rejects.toThrow(UsageError);
});
