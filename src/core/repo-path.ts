import type { RepoPath } from './place.ts';

/** The folder that holds a path; `''` for what stands at the root. */
export function folderOf(path: RepoPath): RepoPath {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

/** The last segment of a path. */
export function nameOf(path: RepoPath): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A relative path resolved from a folder; absent when it leaves the repository. */
export function joinPath(folder: RepoPath, relative: string): RepoPath | undefined {
  if (!relative.includes('./') && !relative.endsWith('.') && !relative.includes('//') && !relative.endsWith('/')) {
    return folder === '' ? relative : relative === '' ? folder : `${folder}/${relative}`;
  }
  const segments = folder === '' ? [] : folder.split('/');
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

/** Whether `path` is `folder` itself or stands below it. */
export function isWithin(path: RepoPath, folder: RepoPath): boolean {
  return folder === '' || path === folder || (path.length > folder.length && path.charCodeAt(folder.length) === 47 && path.startsWith(folder));
}
