import { posix } from 'node:path';
import type { SkippedFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf } from '../core/repo-path.ts';

export interface ResolvedLinks {
  readonly links: ReadonlyMap<RepoPath, RepoPath>;
  readonly skipped: SkippedFile[];
}

/**
 * Works out where symbolic links lead, by their written targets alone, as the
 * file system would: nothing outside the repository is ever looked at.
 * `exists` is asked for paths that no link is part of.
 */
export function resolveLinks(targets: ReadonlyMap<RepoPath, string>, exists: (path: RepoPath) => boolean): ResolvedLinks {
  const links = new Map<RepoPath, RepoPath>();
  const skipped: SkippedFile[] = [];
  for (const path of targets.keys()) {
    const end = follow(path, targets);
    if ('reason' in end) skipped.push({ path, reason: end.reason });
    else if (exists(end.path)) links.set(path, end.path);
    else skipped.push({ path, reason: 'broken link' });
  }
  return { links, skipped };
}

function follow(path: RepoPath, targets: ReadonlyMap<RepoPath, string>): { path: RepoPath } | { reason: SkippedFile['reason'] } {
  let steps = 0;
  let at = '';
  const rest = path.split('/');
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (at === '') return { reason: 'link out of the repository' };
      at = folderOf(at);
      continue;
    }
    const next = posix.join(at, part);
    const target = targets.get(next);
    if (target === undefined) at = next;
    else if (target.startsWith('/')) return { reason: 'link out of the repository' };
    else if (++steps > mostSteps) return { reason: 'link loop' };
    else rest.unshift(...target.split('/'));
  }
  return { path: at };
}

/** Linux gives up after as many. */
const mostSteps = 40;
