import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import type { RecordedResult } from '../../render/kustomize/read-cases.ts';
import { kustomizeVersion } from './kustomize-version.ts';

const binary = process.env.KUSTOMIZE ?? 'kustomize';

/** Throws where the binary, `KUSTOMIZE` or the one on the path, is not the pinned release. */
export function requireKustomize(): void {
  const { stdout } = spawnSync(binary, ['version'], { encoding: 'utf8' });
  if (stdout?.trim() === kustomizeVersion) return;
  throw new Error(
    `kustomize ${kustomizeVersion} is needed: go install sigs.k8s.io/kustomize/kustomize/v5@${kustomizeVersion}, and KUSTOMIZE=… where it is not on the path`,
  );
}

/** Builds a folder below `base` with the real kustomize; paths of this machine are cut from what it says. */
export function runKustomize(base: string, root: string, isRestricted: boolean): RecordedResult {
  const restrictor = isRestricted ? 'LoadRestrictionsRootOnly' : 'LoadRestrictionsNone';
  const { status, stdout, stderr, error } = spawnSync(binary, ['build', '--load-restrictor', restrictor, resolve(base, root)], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 120_000,
    // What kustomize would fetch is not there, and nobody is asked for a password.
    env: { PATH: process.env.PATH, HOME: tmpdir(), GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: 'none' },
  });
  if (error) return { error: error.message };
  if (status === 0) return { output: stdout };
  const [said = ''] = stderr
    .replaceAll(`${resolve(base)}/`, '')
    .replaceAll(resolve(base), '.')
    .replaceAll(/0x[0-9a-f]+/g, '0x')
    .split('\n\ngoroutine ');
  // Warnings come before it.
  return {
    error: said
      .slice(Math.max(said.indexOf('Error:'), 0))
      .slice(0, 300)
      .trim(),
  };
}
