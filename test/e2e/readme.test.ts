import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));

test('README.md shows what the command says of the sample', () => {
  const { stdout } = spawnSync(process.execPath, ['dist/gitops-lint.js', '--root', 'test/repos/sample'], { cwd: project, encoding: 'utf8' });
  const [, shown = ''] = /```console\n\$ gitops-lint\n(.*?)```/s.exec(readFileSync(`${project}README.md`, 'utf8')) ?? [];
  const said = new Set(stdout.split('\n'));
  expect(shown.split('\n').filter(line => line !== '…' && !said.has(line))).toEqual([]);
  expect(shown).not.toBe('');
});
