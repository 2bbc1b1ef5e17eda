import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findRoot } from '../../src/workspace/find-root.ts';
import { readRepositoryFacts } from '../../src/workspace/repository-facts.ts';
import { git, put, temporaryFolder, temporaryRepository } from './temporary-repository.ts';

test('the remotes, origin first and without passwords, and the branch', () => {
  const root = temporaryRepository({ 'apps/a.yaml': 'a: 1\n' });
  git(root, 'remote', 'add', 'backup', 'git@git.example.org:acme/backup.git');
  git(root, 'remote', 'add', 'origin', 'https://user:token@git.example.org/acme/platform.git');
  git(root, 'checkout', '--quiet', '-b', 'feature/x');
  const facts = {
    remotes: ['https://git.example.org/acme/platform.git', 'git@git.example.org:acme/backup.git'],
    branch: 'feature/x',
    isWorkTree: true,
  };
  expect(readRepositoryFacts(root)).toEqual(facts);
  expect(readRepositoryFacts(join(root, 'apps'))).toEqual(facts);
});

test('a detached head is on no branch', () => {
  const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
  git(root, 'checkout', '--quiet', '--detach');
  expect(readRepositoryFacts(root)).toEqual({ remotes: [], isWorkTree: true });
});

test('a linked work tree has the remotes of the main one and a branch of its own', () => {
  const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
  git(root, 'remote', 'add', 'origin', 'https://git.example.org/acme/platform');
  const tree = join(temporaryFolder(), 'tree');
  git(root, 'worktree', 'add', '--quiet', '-b', 'side', tree);
  expect(readRepositoryFacts(tree)).toEqual({ remotes: ['https://git.example.org/acme/platform'], branch: 'side', isWorkTree: true });
});

test('a submodule has remotes of its own', () => {
  const library = temporaryRepository({ 'a.yaml': 'a: 1\n' });
  const root = temporaryRepository({ 'a.yaml': 'a: 1\n' });
  git(root, 'submodule', '--quiet', 'add', `file://${library}`, 'vendor/library');
  expect(readRepositoryFacts(join(root, 'vendor/library')).remotes).toEqual([`file://${library}`]);
  expect(findRoot(join(root, 'vendor/library'))).toBe(join(root, 'vendor/library'));
});

test('outside of Git there are none', () => {
  expect(readRepositoryFacts(temporaryFolder())).toEqual({ remotes: [], isWorkTree: false });
});

test('the root is the work tree that holds a folder, else the folder', () => {
  const root = temporaryRepository({ 'apps/web/a.yaml': 'a: 1\n' });
  expect(findRoot(join(root, 'apps/web'))).toBe(root);
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  put(folder, { 'a.yaml': 'a: 1\n' });
  expect(findRoot(join(folder, 'sub'))).toBe(join(folder, 'sub'));
});
