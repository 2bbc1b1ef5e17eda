import type { SkippedFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf, joinPath, nameOf } from '../core/repo-path.ts';
import { addTo } from './multimap.ts';

/** What the model needs of a listing of files. */
export interface TreeListing {
  readonly files: readonly RepoPath[];
  readonly skipped: readonly SkippedFile[];
  readonly links: ReadonlyMap<RepoPath, RepoPath>;
}

/** The files and folders of the repository, as an index: questions cost one look-up, not a walk. */
export interface Tree {
  /** Every file (also skipped ones and links) and every folder that is there. */
  readonly entries: ReadonlyMap<RepoPath, 'file' | 'folder'>;
  /** The files that stand directly in a folder. */
  readonly filesIn: ReadonlyMap<RepoPath, readonly RepoPath[]>;
  /** The folders that stand directly in a folder. */
  readonly foldersIn: ReadonlyMap<RepoPath, readonly RepoPath[]>;
  readonly skipped: ReadonlyMap<RepoPath, SkippedFile['reason']>;
  /** The real path of what stands at `path`, through the links of the repository; absent when nothing is there. */
  find(path: RepoPath): RepoPath | undefined;
  /** The entry that differs from `path` in upper and lower case only. */
  findIgnoringCase(path: RepoPath): RepoPath | undefined;
  /** Every file and folder whose last segment is `name`. */
  named(name: string): readonly RepoPath[];
}

/** Indexes a listing once for the whole model. */
export function buildTree(listing: TreeListing): Tree {
  const entries = new Map<RepoPath, 'file' | 'folder'>([['', 'folder']]);
  const filesIn = new Map<RepoPath, RepoPath[]>();
  const foldersIn = new Map<RepoPath, RepoPath[]>();
  const skipped = new Map(listing.skipped.map(({ path, reason }) => [path, reason]));

  const addFolder = (path: RepoPath): void => {
    for (let folder = path; !entries.has(folder); folder = folderOf(folder)) {
      entries.set(folder, 'folder');
      addTo(foldersIn, folderOf(folder), folder);
    }
  };
  const addFile = (path: RepoPath): void => {
    if (entries.has(path)) return;
    entries.set(path, 'file');
    const folder = folderOf(path);
    addTo(filesIn, folder, path);
    addFolder(folder);
  };
  for (const path of listing.files) addFile(path);
  for (const [path, reason] of skipped) {
    if (reason === 'submodule') addFolder(path);
    else addFile(path);
  }
  const followLinks = (path: RepoPath, depth = 0): RepoPath | undefined => {
    for (let folder = path; folder !== '' && depth < 16; folder = folderOf(folder)) {
      const target = listing.links.get(folder);
      if (target === undefined) continue;
      const real = joinPath(target, path.slice(folder.length + 1));
      if (real === undefined) return undefined;
      return entries.has(real) && !listing.links.has(real) ? real : followLinks(real, depth + 1);
    }
    return undefined;
  };
  for (const path of listing.links.keys()) {
    const real = followLinks(path);
    if (real !== undefined && entries.get(real) === 'folder') addFolder(path);
    else addFile(path);
  }

  let byLowerCase: Map<string, RepoPath> | undefined;
  const findIgnoringCase = (path: RepoPath): RepoPath | undefined => {
    byLowerCase ??= new Map(Array.from(entries.keys(), entry => [entry.toLowerCase(), entry]));
    return byLowerCase.get(path.toLowerCase());
  };
  let byName: Map<string, RepoPath[]> | undefined;
  const named = (name: string): readonly RepoPath[] => {
    if (byName === undefined) {
      byName = new Map();
      for (const entry of entries.keys()) addTo(byName, nameOf(entry), entry);
    }
    return byName.get(name) ?? [];
  };
  const find = (path: RepoPath): RepoPath | undefined => {
    if (listing.links.size === 0) return entries.has(path) ? path : undefined;
    return entries.has(path) && !listing.links.has(path) ? path : followLinks(path);
  };
  return { entries, filesIn, foldersIn, skipped, find, findIgnoringCase, named };
}

/** Every file below a folder, nested ones too, in the order of the listing folder by folder. */
export function filesBelow(tree: Tree, folder: RepoPath): RepoPath[] {
  const files: RepoPath[] = [];
  collectFiles(tree, folder, files);
  return files;
}

function collectFiles(tree: Tree, folder: RepoPath, into: RepoPath[]): void {
  for (const file of tree.filesIn.get(folder) ?? []) into.push(file);
  for (const child of tree.foldersIn.get(folder) ?? []) collectFiles(tree, child, into);
}
