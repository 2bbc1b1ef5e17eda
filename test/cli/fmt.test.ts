import { readFileSync } from 'node:fs';
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
