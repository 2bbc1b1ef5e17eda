import type { RepoPath } from '../core/place.ts';
import type { Reference } from '../core/repo.ts';
import { joinPath } from '../core/repo-path.ts';
import type { ExplainAbsence } from './explain-absence.ts';
import { templateIn } from './template-marks.ts';
import type { Tree } from './tree.ts';

/** What became of a path that something mentions: the part of a reference that does not depend on who mentions it. */
export type Resolution = Pick<Reference, 'state' | 'to' | 'path' | 'reason'>;

/** What the readers resolve paths with. */
export interface Paths {
  readonly tree: Tree;
  readonly explainAbsence: ExplainAbsence;
}

/**
 * Resolves a path as tools do that start from `folder`: `.` and `..`, links, and nothing else.
 * `from` is the file that mentions it. A path that cannot be known is `unknown`, never `missing`.
 */
export function resolvePath(paths: Paths, from: RepoPath, folder: RepoPath, target: string): Resolution {
  const open = templateIn(target);
  if (open !== undefined) return { state: 'unknown', reason: open };
  if (target.startsWith('/')) return { state: 'outside', reason: 'an absolute path' };
  const path = joinPath(folder, target);
  if (path === undefined) return { state: 'outside', reason: 'leaves the repository' };
  return resolveEntry(paths, from, path);
}

/** Resolves a path that counts from the root of the repository. */
export function resolveEntry({ tree, explainAbsence }: Paths, from: RepoPath, path: RepoPath): Resolution {
  const reason = tree.skipped.get(path);
  if (reason === 'link out of the repository') return { state: 'outside', path, reason: 'a link that leaves the repository' };
  const to = tree.find(path);
  if (to !== undefined) return { state: 'resolved', to, path };
  const excuse = explainAbsence(from, path);
  return excuse === undefined ? { state: 'missing', path } : { state: 'unknown', path, reason: excuse };
}

/** Where the option of a tool lets a file be absent, absence says nothing. */
export function forgiveAbsence(resolutions: readonly Resolution[], option: unknown, name: string): readonly Resolution[] {
  if (option !== true) return resolutions;
  return resolutions.map(resolution =>
    resolution.state === 'missing' ? { ...resolution, state: 'unknown', reason: `"${name}" allows it to be absent` } : resolution,
  );
}
