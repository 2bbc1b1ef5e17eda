import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The Git work tree that holds the folder, else the folder itself; links resolved. */
export function findRoot(folder: string): string {
  const start = realpathSync(folder);
  return findWorkTree(start) ?? start;
}

/** The nearest folder at or above `folder` (an absolute path) that has a `.git` folder or file. */
export function findWorkTree(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}
