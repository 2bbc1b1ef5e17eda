import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { commitAll, git, put, temporaryRepository } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const kustomization = (...resources: string[]) =>
  `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.map(resource => `  - ${resource}\n`).join('')}`;
const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;

const repository = () =>
  temporaryRepository({
    'apps/web/kustomization.yaml': kustomization('a.yaml', 'b.yaml'),
    'apps/web/a.yaml': configMap('a'),
    'apps/web/b.yaml': configMap('b'),
    'old.yaml': 'a: 1\na: 2\n',
  });
const lines = async (folder: string, ...args: string[]) => {
  const { stdout, code } = await runMain(folder, [...args, '-f', 'compact', '--rule', 'schema/duplicate-key,reference/missing-path']);
  return {
    code,
    lines: stdout
      .split('\n')
      .filter(line => line !== '')
      .map(line => line.replace(/ (error|warning) (\S+) .*/, ' $2')),
  };
};

test('--staged reports what is wrong in the index, and what a staged deletion breaks, and no old finding', async () => {
  const folder = repository();
  expect(await lines(folder, '--staged')).toEqual({ code: 0, lines: [] });
  git(folder, 'rm', '--quiet', 'apps/web/b.yaml');
  expect(await lines(folder, '--staged')).toEqual({ code: 1, lines: ['apps/web/kustomization.yaml:5:5 reference/missing-path'] });
});

test('--staged looks at the index: bad there and mended in the work tree fails, the reverse passes', async () => {
  const folder = repository();
  put(folder, { 'apps/web/a.yaml': `${configMap('a')}kind: Secret\n` });
  git(folder, 'add', '--all');
  put(folder, { 'apps/web/a.yaml': configMap('a') });
  expect(await lines(folder, '--staged')).toEqual({ code: 1, lines: ['apps/web/a.yaml:5:1 schema/duplicate-key'] });
  git(folder, 'add', '--all');
  const broken = `${configMap('c')}kind: Secret\n`;
  put(folder, { 'apps/web/a.yaml': broken });
  expect(await lines(folder, '--staged')).toEqual({ code: 0, lines: [] });
  expect(readFileSync(join(folder, 'apps/web/a.yaml'), 'utf8')).toBe(broken);
});

test('--since reports what the work tree has caused, deletions and new files among it', async () => {
  const folder = repository();
  put(folder, { 'new.yaml': 'b: 1\nb: 2\n' });
  commitAll(folder);
  expect(await lines(folder, '--since', 'HEAD')).toEqual({ code: 0, lines: [] });
  rmSync(join(folder, 'apps/web/a.yaml'));
  put(folder, { 'untracked.yaml': 'c: 1\nc: 2\n' });
  const own = ['apps/web/kustomization.yaml:4:5 reference/missing-path', 'untracked.yaml:2:1 schema/duplicate-key'];
  expect(await lines(folder, '--since', 'HEAD')).toEqual({ code: 1, lines: own });
  expect((await lines(folder, '--since', 'HEAD~1')).lines).toEqual([own[0], 'new.yaml:2:1 schema/duplicate-key', own[1]]);
});

test('a revision that Git does not know is for the user to change', async () => {
  expect(await runMain(repository(), ['--since', 'nowhere'])).toMatchObject({ code: 2, stdout: '' });
});

test('outside of Git there is no index and no revision', async () => {
  const folder = repository();
  rmSync(join(folder, '.git'), { recursive: true });
  expect((await runMain(folder, ['--staged'])).code).toBe(2);
  expect((await runMain(folder, ['--since', 'HEAD'])).code).toBe(2);
});
