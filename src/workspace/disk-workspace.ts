import { closeSync, constants, fstatSync, lstatSync, openSync, readlinkSync, readSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../core/errors.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf } from '../core/repo-path.ts';
import { decodeText, isBinaryName } from './decode-text.ts';
import { findWorkTree } from './find-root.ts';
import { listFolder } from './list-folder.ts';
import { listWithGit } from './list-with-git.ts';
import { resolveLinks } from './resolve-links.ts';
import type { FileListing, ReadResult, Workspace } from './workspace.ts';
import { writeAtomically } from './write-atomically.ts';

/** The work tree below `root`: what Git tracks and what it would add, or without Git every file that `.gitignore` leaves. */
export function diskWorkspace(root: string): Workspace {
  const folder = realFolder(root);
  const isOwnFolder = ownFolderTest(folder);
  return {
    list: () => listDisk(folder),
    read: (path, maxBytes) => (isBinaryName(path) ? binary : isOwnFolder(folderOf(path)) ? readText(folder, path, maxBytes) : unreadable),
    write(path, text) {
      // A folder may have become a link since the file was read.
      if (!ownFolderTest(folder)(folderOf(path))) throw new Error(`"${path}" lies behind a link`);
      writeAtomically(join(folder, path), text);
    },
  };
}

/** The folder with links resolved; a `UsageError` where there is none. */
export function realFolder(root: string): string {
  const folder = lstatSync(root, { throwIfNoEntry: false }) && realpathSync(root);
  if (folder === undefined || !lstatSync(folder).isDirectory()) throw new UsageError(`there is no folder "${root}"`);
  return folder;
}

async function listDisk(root: string): Promise<FileListing> {
  const notes: string[] = [];
  const workTree = findWorkTree(root);
  let raw = workTree === undefined ? undefined : listWithGit(root, notes);
  // A folder that a bigger work tree ignores was asked for all the same.
  if (workTree !== root && raw?.files.length === 0) raw = undefined;
  raw ??= await listFolder(root);
  const targets = new Map<RepoPath, string>();
  for (const path of raw.links) targets.set(path, readlinkSync(join(root, path)));
  const { links, skipped } = resolveLinks(targets, path => lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined);
  return { files: raw.files.sort(), skipped: [...raw.skipped, ...skipped], links, notes };
}

/** Reads through one buffer that grows to the largest file. Never follows a link, never waits for a pipe. */
function readText(root: string, path: RepoPath, maxBytes: number): ReadResult {
  let file: number;
  try {
    file = openSync(`${root}/${path}`, openFlags);
  } catch {
    return unreadable;
  }
  try {
    let length = readSync(file, buffer, 0, buffer.length, null);
    // To ask for the size costs more than to read to the end: most files need not be asked.
    if (length === 0 || length === buffer.length) {
      const stats = fstatSync(file);
      if (!stats.isFile()) return unreadable;
      if (stats.size > maxBytes) return tooLarge;
      if (stats.size >= buffer.length) buffer = Buffer.concat([buffer], 2 * stats.size);
    }
    for (let count = length; count !== 0 && length < buffer.length; length += count)
      count = readSync(file, buffer, length, buffer.length - length, null);
    if (length > maxBytes) return tooLarge;
    return decodeText(path, buffer.subarray(0, length));
  } catch {
    return unreadable;
  } finally {
    closeSync(file);
  }
}

let buffer = Buffer.allocUnsafe(1 << 18);

/** Windows has neither flag. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

const binary: ReadResult = { skipped: 'binary' };
const unreadable: ReadResult = { skipped: 'unreadable' };
const tooLarge: ReadResult = { skipped: 'too large' };

/** Tells whether no part of a folder's path is a link; each folder is looked at once. */
function ownFolderTest(root: string): (folder: RepoPath) => boolean {
  const known = new Map([['', true]]);
  return function isOwn(folder): boolean {
    let answer = known.get(folder);
    if (answer === undefined) {
      answer = isOwn(folderOf(folder)) && lstatSync(`${root}/${folder}`, { throwIfNoEntry: false })?.isDirectory() === true;
      known.set(folder, answer);
    }
    return answer;
  };
}
