import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packages from './packages.json' with { type: 'json' };

export type PackageId = keyof typeof packages;

const cache = join(tmpdir(), 'gitops-lint-packages');

/**
 * The folder of an npm package as it was published, unpacked: no script of it runs. packages.json pins its integrity.
 * Needs the network the first time; throws where the registry has something else.
 */
export function fetchPackage(id: PackageId): string {
  const folder = join(cache, id.replaceAll('/', '+'));
  if (existsSync(join(folder, 'package', 'package.json'))) return join(folder, 'package');
  mkdirSync(folder, { recursive: true });
  const [report] = JSON.parse(run('npm', ['pack', id, '--json', '--ignore-scripts', '--pack-destination', folder])) as { filename: string }[];
  const archive = join(folder, (report?.filename ?? '').replace('@', '').replace('/', '-'));
  const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (integrity !== packages[id].integrity) {
    rmSync(folder, { recursive: true });
    throw new Error(`${id} is not what packages.json pins: ${integrity}`);
  }
  // Most name their folder "package", some do not.
  mkdirSync(join(folder, 'package'));
  run('tar', ['-xzf', archive, '-C', join(folder, 'package'), '--strip-components=1']);
  return join(folder, 'package');
}

/** Name, version and licence of a pinned package, as schemas/sources.json has them. */
export function describePackage(id: PackageId): { readonly package: string; readonly version: string; readonly license: string } {
  const at = id.lastIndexOf('@');
  return { package: id.slice(0, at), version: id.slice(at + 1), license: packages[id].license };
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
  return stdout;
}
