import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { diskWorkspace } from '../../src/workspace/disk-workspace.ts';
import { commitAll, git, makePipe, put, setEnvironment, temporaryFolder, temporaryRepository } from './temporary-repository.ts';

const isRoot = process.getuid?.() === 0;
const megabyte = 1_000_000;

describe('listing a Git work tree', () => {
  test('tracked files and new ones that are not ignored, sorted', async () => {
    const root = temporaryRepository({ 'b/deploy.yaml': 'a: 1\n', '.gitignore': '*.log\n', 'ä b.yaml': 'a: 1\n' });
    put(root, { 'a.yaml': 'a: 1\n', 'run.log': 'x', '.hidden/c.yaml': 'a: 1\n' });
    const listing = await diskWorkspace(root).list();
    expect(listing).toEqual({
      files: ['.gitignore', '.hidden/c.yaml', 'a.yaml', 'b/deploy.yaml', 'ä b.yaml'],
      skipped: [],
      links: new Map(),
      notes: [],
    });
  });

  test('a tracked file that was deleted is gone, with its folder too', async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n', 'b.yaml': 'a: 1\n', 'c/d.yaml': 'a: 1\n' });
    rmSync(join(root, 'b.yaml'));
    rmSync(join(root, 'c'), { recursive: true });
    expect((await diskWorkspace(root).list()).files).toEqual(['a.yaml']);
  });

  test('a file in conflict is listed once', async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
    git(root, 'checkout', '--quiet', '-b', 'other');
    put(root, { 'a.yaml': 'a: 2\n' });
    commitAll(root);
    git(root, 'checkout', '--quiet', 'main');
    put(root, { 'a.yaml': 'a: 3\n' });
    commitAll(root);
    expect(() => git(root, 'merge', '--quiet', 'other')).toThrow();
    expect((await diskWorkspace(root).list()).files).toEqual(['a.yaml']);
  });

  test('a root inside a bigger work tree sees what is below it', async () => {
    const root = temporaryRepository({ 'apps/a.yaml': 'a: 1\n', 'other/b.yaml': 'a: 1\n' });
    put(root, { 'apps/new.yaml': 'a: 1\n' });
    expect((await diskWorkspace(join(root, 'apps')).list()).files).toEqual(['a.yaml', 'new.yaml']);
  });

  test('a root that the bigger work tree ignores is looked at all the same', async () => {
    const root = temporaryRepository({ '.gitignore': 'build/\n' });
    put(root, { 'build/out/a.yaml': 'a: 1\n' });
    expect((await diskWorkspace(join(root, 'build/out')).list()).files).toEqual(['a.yaml']);
  });

  test('submodules and repositories inside are named and not entered', async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
    git(root, 'update-index', '--add', '--cacheinfo', '160000,0123456789012345678901234567890123456789,vendor/charts');
    mkdirSync(join(root, 'vendor/charts'), { recursive: true });
    git(root, 'init', '--quiet', 'scratch');
    put(root, { 'scratch/b.yaml': 'a: 1\n' });
    const { files, skipped } = await diskWorkspace(root).list();
    expect(files).toEqual(['a.yaml']);
    expect(skipped).toEqual([
      { path: 'scratch', reason: 'submodule' },
      { path: 'vendor/charts', reason: 'submodule' },
    ]);
  });

  test('files outside a sparse checkout are known to be there', async () => {
    const root = temporaryRepository({ 'apps/a.yaml': 'a: 1\n', 'infrastructure/b.yaml': 'a: 1\n' });
    git(root, 'sparse-checkout', 'set', 'apps');
    const { files, skipped } = await diskWorkspace(root).list();
    expect(files).toEqual(['apps/a.yaml']);
    expect(skipped).toEqual([{ path: 'infrastructure/b.yaml', reason: 'not in the sparse checkout' }]);
  });

  test('a repository without files is empty', async () => {
    const listing = await diskWorkspace(temporaryRepository()).list();
    expect(listing).toEqual({ files: [], skipped: [], links: new Map(), notes: [] });
  });

  test("a linked work tree is listed by its own index, not by that of the hook's repository", async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
    const other = temporaryRepository({ 'b.yaml': 'a: 1\n' });
    const tree = join(temporaryFolder(), 'tree');
    git(root, 'worktree', 'add', '--quiet', tree);
    setEnvironment({ GIT_DIR: join(other, '.git'), GIT_INDEX_FILE: join(other, '.git/index'), GIT_WORK_TREE: other });
    expect((await diskWorkspace(tree).list()).files).toEqual(['a.yaml']);
  });

  test('no program that the repository names is started', async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
    const trace = join(temporaryFolder(), 'trace');
    git(root, 'config', 'core.fsmonitor', `touch ${trace}; false`);
    await diskWorkspace(root).list();
    expect(existsSync(trace)).toBe(false);
  });
});

describe('listing without Git', () => {
  test('a folder: dot files are in, `.gitignore` counts, node_modules is out', async () => {
    const root = temporaryFolder({
      '.github/workflows/a.yml': 'a: 1\n',
      '.gitignore': 'secret.yaml\n',
      'apps/.gitignore': '*.log\n',
      'apps/a.yaml': 'a: 1\n',
      'apps/x.log': 'x',
      'node_modules/a/b.yaml': 'a: 1\n',
      'secret.yaml': 'a: 1\n',
    });
    symlinkSync('apps', join(root, 'link'));
    makePipe(join(root, 'pipe'));
    expect(await diskWorkspace(root).list()).toEqual({
      files: ['.github/workflows/a.yml', '.gitignore', 'apps/.gitignore', 'apps/a.yaml'],
      skipped: [{ path: 'pipe', reason: 'unreadable' }],
      links: new Map([['link', 'apps']]),
      notes: [],
    });
  });

  test('no Git on the machine: the folder is walked and a note says so', async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n', '.gitignore': 'b.yaml\n' });
    put(root, { 'b.yaml': 'a: 1\n' });
    setEnvironment({ PATH: temporaryFolder() });
    const { files, notes } = await diskWorkspace(root).list();
    expect(files).toEqual(['.gitignore', 'a.yaml']);
    expect(notes).toEqual(['Git did not list the files, so they were looked up without it: Git is not installed']);
  });

  test('a corrupt index: the folder is walked and a note says so', async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
    writeFileSync(join(root, '.git/index'), 'no index');
    const { files, notes } = await diskWorkspace(root).list();
    expect(files).toEqual(['a.yaml']);
    expect(notes).toHaveLength(1);
  });

  test.runIf(isRoot)("somebody else's repository, which Git does not trust: the folder is walked and a note says so", async () => {
    const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
    for (const path of [root, join(root, '.git')]) chownSync(path, 12345, 12345);
    const { files, notes } = await diskWorkspace(root).list();
    expect(files).toEqual(['a.yaml']);
    expect(notes[0]).toContain('dubious ownership');
  });

  test('an empty folder is empty', async () => {
    expect((await diskWorkspace(temporaryFolder()).list()).files).toEqual([]);
  });

  test('a root that is not there, or is a file, is the mistake of the user', () => {
    const root = temporaryFolder({ 'a.yaml': '' });
    expect(() => diskWorkspace(join(root, 'nowhere'))).toThrow(UsageError);
    expect(() => diskWorkspace(join(root, 'a.yaml'))).toThrow(UsageError);
  });
});

describe('links', () => {
  const withLinks = () => {
    const root = temporaryFolder({ 'base/a.yaml': 'a: 1\n' });
    const outside = temporaryFolder({ 'secret.yaml': 'password: hunter2\n' });
    const link = (path: string, target: string) => symlinkSync(target, join(root, path));
    mkdirSync(join(root, 'apps'));
    link('apps/a.yaml', '../base/a.yaml');
    link('apps/again.yaml', './a.yaml');
    link('apps/base', '../base');
    link('apps/through.yaml', 'base/a.yaml');
    link('self', '.');
    link('absolute', join(outside, 'secret.yaml'));
    link('above', '../../etc/hostname');
    link('broken', 'nothing.yaml');
    link('loop-a', 'loop-b');
    link('loop-b', 'loop-a');
    return { root, outside };
  };

  test.each(['in a folder', 'in a Git work tree'])('%s: inside they are kept, others are skipped with the reason', async kind => {
    const { root } = withLinks();
    if (kind !== 'in a folder') {
      git(root, 'init', '--quiet');
      git(root, 'add', 'apps', 'base', 'broken');
    }
    const { files, links, skipped } = await diskWorkspace(root).list();
    expect(files).toEqual(['base/a.yaml']);
    expect(Object.fromEntries(links)).toEqual({
      'apps/a.yaml': 'base/a.yaml',
      'apps/again.yaml': 'base/a.yaml',
      'apps/base': 'base',
      'apps/through.yaml': 'base/a.yaml',
      self: '',
    });
    expect(Object.fromEntries(skipped.map(({ path, reason }) => [path, reason]))).toEqual({
      absolute: 'link out of the repository',
      above: 'link out of the repository',
      broken: 'broken link',
      'loop-a': 'link loop',
      'loop-b': 'link loop',
    });
  });

  test('nothing is read through a link, not even where a folder has become one', () => {
    const { root, outside } = withLinks();
    const before = diskWorkspace(root);
    expect(before.read('absolute', megabyte)).toEqual({ skipped: 'unreadable' });
    expect(before.read('apps/a.yaml', megabyte)).toEqual({ skipped: 'unreadable' });
    expect(before.read('apps/x.yaml', megabyte)).toEqual({ skipped: 'unreadable' });
    renameSync(join(root, 'apps'), join(root, 'old'));
    symlinkSync(outside, join(root, 'apps'));
    expect(diskWorkspace(root).read('apps/secret.yaml', megabyte)).toEqual({ skipped: 'unreadable' });
    expect(() => before.write('apps/secret.yaml', 'x')).toThrow();
    expect(readFileSync(join(outside, 'secret.yaml'), 'utf8')).toBe('password: hunter2\n');
  });
});

describe('reading', () => {
  test.each([
    ['text', 'a: ü\r\n', { text: 'a: ü\r\n' }],
    ['an empty file', '', { text: '' }],
    ['text with the byte order mark of UTF-8', '\ufeffa: 1\n', { text: '\ufeffa: 1\n' }],
    ['text with the byte order mark of UTF-16', Buffer.from('\ufeffa: 1\n', 'utf16le'), { skipped: 'not UTF-8' }],
    ['invalid UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff, 0xfe]), { skipped: 'not UTF-8' }],
    ['NUL bytes', 'a: \0\n', { skipped: 'binary' }],
    ['what is larger than the limit', 'x'.repeat(megabyte + 1), { skipped: 'too large' }],
    ['what is as large as the limit', 'x'.repeat(megabyte), { text: 'x'.repeat(megabyte) }],
  ])('%s', (_, content, expected) => {
    const root = temporaryFolder({ 'file.yaml': content });
    expect(diskWorkspace(root).read('file.yaml', megabyte)).toEqual(expected);
  });

  test('what is binary by its name is not opened', () => {
    expect(diskWorkspace(temporaryFolder()).read('logo.PNG', megabyte)).toEqual({ skipped: 'binary' });
  });

  test('a long file and then a short one', () => {
    const workspace = diskWorkspace(temporaryFolder({ 'long.yaml': 'long '.repeat(500_000), 'short.yaml': 'short' }));
    expect(workspace.read('long.yaml', 10 * megabyte).text).toHaveLength(2_500_000);
    expect(workspace.read('short.yaml', 10 * megabyte)).toEqual({ text: 'short' });
  });

  test('what is missing, a folder, a pipe without a writer or a device is unreadable, at once', () => {
    const root = temporaryFolder();
    mkdirSync(join(root, 'folder.yaml'));
    makePipe(join(root, 'pipe.yaml'));
    const workspace = diskWorkspace(root);
    for (const path of ['missing.yaml', 'folder.yaml', 'pipe.yaml', 'folder.yaml/x.yaml'])
      expect(workspace.read(path, megabyte)).toEqual({ skipped: 'unreadable' });
  });

  test.skipIf(isRoot)('what may not be read is unreadable', () => {
    const root = temporaryFolder({ 'a.yaml': 'a: 1\n' });
    chmodSync(join(root, 'a.yaml'), 0);
    expect(diskWorkspace(root).read('a.yaml', megabyte)).toEqual({ skipped: 'unreadable' });
  });
});

describe('writing', () => {
  test('replaces the text, keeps permissions and leaves nothing else behind', () => {
    const root = temporaryFolder({ 'a.yaml': 'old' });
    chmodSync(join(root, 'a.yaml'), 0o640);
    diskWorkspace(root).write('a.yaml', 'new');
    expect(readFileSync(join(root, 'a.yaml'), 'utf8')).toBe('new');
    expect(statSync(join(root, 'a.yaml')).mode & 0o777).toBe(0o640);
    expect(readdirSync(root)).toEqual(['a.yaml']);
  });

  test('refuses links, folders and what is not there', () => {
    const root = temporaryFolder({ 'a.yaml': 'old' });
    symlinkSync('a.yaml', join(root, 'link.yaml'));
    mkdirSync(join(root, 'folder'));
    for (const path of ['link.yaml', 'folder', 'missing.yaml']) expect(() => diskWorkspace(root).write(path, 'new')).toThrow();
    expect(readFileSync(join(root, 'a.yaml'), 'utf8')).toBe('old');
    expect(readdirSync(root)).toEqual(['a.yaml', 'folder', 'link.yaml']);
  });

  test('readers see the old text or the new one, and a writer that is killed leaves one of them', async () => {
    const texts = ['a'.repeat(300_000), 'b'.repeat(300_000)];
    const root = temporaryFolder({ 'a.yaml': texts[0] ?? '' });
    const module = new URL('../../src/workspace/write-atomically.ts', import.meta.url).href;
    const script = `import { writeAtomically } from ${JSON.stringify(module)};
      console.log('ready');
      for (let turn = 1; ; turn++) writeAtomically(${JSON.stringify(join(root, 'a.yaml'))}, 'ab'[turn % 2].repeat(300_000));`;
    const { spawn } = await import('node:child_process');
    const writer = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise(resolve => writer.stdout.once('data', resolve));
    for (let turn = 0; turn < 50; turn++) expect(texts).toContain(readFileSync(join(root, 'a.yaml'), 'utf8'));
    writer.kill('SIGKILL');
    await new Promise(resolve => writer.once('exit', resolve));
    expect(texts).toContain(readFileSync(join(root, 'a.yaml'), 'utf8'));
  });
});
