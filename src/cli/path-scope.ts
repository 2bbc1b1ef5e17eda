import { lstatSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import type { PathMatcher } from '../core/config.ts';
import { didYouMean } from '../core/did-you-mean.ts';
import { UsageError } from '../core/errors.ts';
import type { RepoPath } from '../core/place.ts';
import { isWithin } from '../core/repo-path.ts';
import type { OpenRepository } from './open-repository.ts';
import { commandNames } from './parse-arguments.ts';

export interface PathScope {
  readonly includes: PathMatcher;
  /** The files and folders that were named without a pattern and are there. */
  readonly named: readonly RepoPath[];
  /** Those that Git knows and that are gone. */
  readonly deleted: readonly RepoPath[];
}

/** The paths and patterns of the command line. Throws UsageError for a path that never was, or lies outside of the root. */
export async function pathScope(
  paths: readonly string[],
  repository: Pick<OpenRepository, 'root' | 'folder' | 'facts'>,
): Promise<PathScope | undefined> {
  if (paths.length === 0) return undefined;
  const named: RepoPath[] = [];
  const deleted: RepoPath[] = [];
  const patterns: string[] = [];
  for (const path of paths) {
    const target = toRepoPath(path, repository);
    if (lstatSync(resolve(repository.folder, path), { throwIfNoEntry: false })) named.push(target);
    else if (/[*?[{]/.test(path)) patterns.push(target);
    else if (await isDeleted(target, repository)) deleted.push(target);
    else throw new UsageError(`there is no file or folder "${path}"`, hintFor(path));
  }
  const matchesPattern = patterns.length === 0 ? undefined : (await import('../config/path-matcher.ts')).pathMatcher(patterns);
  const literals = [...named, ...deleted];
  return { includes: path => literals.some(literal => isWithin(path, literal)) || matchesPattern?.(path) === true, named, deleted };
}

function toRepoPath(path: string, { root, folder }: Pick<OpenRepository, 'root' | 'folder'>): RepoPath {
  const target = relative(root, resolve(folder, path)).split(sep).join('/');
  if (target !== '..' && !target.startsWith('../')) return target;
  throw new UsageError(`"${path}" lies outside of the repository "${root}"`, { hint: 'choose another one with --root' });
}

async function isDeleted(path: RepoPath, { root, facts }: Pick<OpenRepository, 'root' | 'facts'>): Promise<boolean> {
  if (!facts.isWorkTree) return false;
  const { changedFiles } = await import('../workspace/changed-files.ts');
  // Before the first commit there is no HEAD, and nothing that could have been deleted.
  const changed = await changedFiles(root, { since: 'HEAD' }).catch(() => new Set<RepoPath>());
  return [...changed].some(other => isWithin(other, path));
}

function hintFor(path: string): { hint: string } | undefined {
  const meant = didYouMean(path, commandNames);
  return meant === undefined ? undefined : { hint: `did you mean the command "${meant}"?` };
}
