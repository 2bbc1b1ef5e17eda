import { chmodSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const mixed = 'apiVersion: v1\nkind: ConfigMap  \nmetadata:\n  name: "web"\ndata:\n  a: "x"\n  b: \'y\'';
const alike = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "web"\ndata:\n  a: "x"\n  b: "y"\n';

test('files are formatted by every format rule, and then nothing is left to do', async () => {
  const folder = temporaryFolder({ 'web.yaml': mixed, 'good.yaml': alike });
  expect(await runMain(folder, ['fmt'])).toEqual({ code: 0, stdout: 'web.yaml\n', stderr: 'gitops-lint: 1 file changed\n' });
  expect(readFileSync(join(folder, 'web.yaml'), 'utf8')).toBe(alike);
  expect(await runMain(folder, ['fmt', '--check'])).toMatchObject({ code: 0, stdout: '' });
});

test.each(['--check', '--diff'])('%s names what would change, and changes nothing', async option => {
  const folder = temporaryFolder({ 'web.yaml': mixed });
  const { code, stdout } = await runMain(folder, ['fmt', option]);
  expect(code).toBe(1);
  expect(stdout).toContain('web.yaml');
  expect(readFileSync(join(folder, 'web.yaml'), 'utf8')).toBe(mixed);
});

test('paths limit what is formatted', async () => {
  const folder = temporaryFolder({ 'a/web.yaml': mixed, 'b/web.yaml': mixed });
  expect((await runMain(folder, ['fmt', 'b'])).stdout).toBe('b/web.yaml\n');
  expect(readFileSync(join(folder, 'a/web.yaml'), 'utf8')).toBe(mixed);
});

test('files whose bytes are delivered as they are stay as they are, and are named', async () => {
  const kustomization = 'configMapGenerator:\n  - name: a\n    files:\n      - web.yaml\n';
  const folder = temporaryFolder({ 'kustomization.yaml': kustomization, 'web.yaml': mixed });
  expect(await runMain(folder, ['fmt'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'web.yaml: left alone, because its bytes are delivered as they are\ngitops-lint: every file has the format of its repository\n',
  });
});

test('permissions are kept', async () => {
  const folder = temporaryFolder({ 'web.yaml': mixed });
  chmodSync(join(folder, 'web.yaml'), 0o750);
  await runMain(folder, ['fmt']);
  expect(statSync(join(folder, 'web.yaml')).mode & 0o777).toBe(0o750);
});
