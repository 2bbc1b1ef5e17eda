import type { SkippedFile, SourceFile } from '../../core/document.ts';
import type { RepoPath } from '../../core/place.ts';
import { joinPath } from '../../core/repo-path.ts';
import { buildTree, type Tree, type TreeListing } from '../../model/tree.ts';
import type { Files } from './source-text.ts';

/** The files and folders that kustomizations name. */
export interface Repository {
  readonly files: Files;
  /** What stands at a path, links followed. */
  find(path: RepoPath): 'file' | 'folder' | undefined;
  /** The path without links. */
  resolve(path: RepoPath): RepoPath;
  /** The file at a path where `find` says that there is one; or why it was not read. */
  read(path: RepoPath): SourceFile | SkippedFile['reason'];
}

export function repositoryOf(files: Files, listing?: TreeListing): Repository {
  const tree: Tree = buildTree(listing ?? { files: [...files.keys()], skipped: [], links: new Map() });
  return {
    files,
    find(path) {
      const real = tree.find(path);
      return real === undefined ? undefined : tree.entries.get(real);
    },
    resolve: path => tree.find(path) ?? path,
    read(path) {
      const real = tree.find(path) ?? path;
      return files.get(real) ?? tree.skipped.get(real) ?? 'unreadable';
    },
  };
}

/** Where a path of a kustomization leads. */
export type Target =
  | { readonly file: SourceFile }
  | { readonly folder: RepoPath }
  /** There is something, or may be, and it cannot be read here. */
  | { readonly unknown: string }
  | { readonly missing: true };

/** A file, a folder or a remote address, in the order in which Kustomize tries them. */
export function openTarget(repository: Repository, folder: RepoPath, target: string): Target {
  if (isRemoteFile(target)) return { unknown: `"${target}" is not in this repository` };
  const path = target.startsWith('/') ? undefined : joinPath(folder, target);
  const kind = path === undefined || target === '' ? undefined : repository.find(path);
  if (path !== undefined && kind === 'file' && !target.endsWith('/')) {
    const file = repository.read(path);
    return typeof file === 'string' ? { unknown: `"${target}" was not read: ${file}` } : { file };
  }
  if (isRemote(target)) return { unknown: `"${target}" is not in this repository` };
  if (kind === 'folder' && path !== undefined) {
    return { folder: repository.resolve(path) };
  }
  // An absolute path leads somewhere on one machine only.
  if (path === undefined && !target.startsWith('/')) return { unknown: `"${target}" is outside of the repository` };
  return { missing: true };
}

function isRemoteFile(target: string): boolean {
  return target.startsWith('https://') || target.startsWith('http://');
}

/** What Kustomize takes for the address of a repository: https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/git/repospec.go */
function isRemote(target: string): boolean {
  return /^(?:git::)?(?:(?:ssh|https?|file):\/\/|[a-z][a-z0-9-]*@|github\.com[/:][^/]+\/)/i.test(target);
}
