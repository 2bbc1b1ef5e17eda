import { UsageError } from '../core/errors.ts';
import type { RepoPath } from '../core/place.ts';
import { decodeText, isBinaryName } from './decode-text.ts';
import { realFolder } from './disk-workspace.ts';
import { runGit } from './git.ts';
import { type IndexEntry, linkMode, parseEntries, sparseTag, submoduleMode } from './list-with-git.ts';
import { resolveLinks } from './resolve-links.ts';
import type { FileListing, ReadResult, Workspace } from './workspace.ts';

/**
 * What the next commit would hold below `root`: the Git index, read from its blobs alone, so
 * that neither unstaged hunks nor filters and line ends of the work tree show through.
 */
export function indexWorkspace(root: string): Workspace {
  const folder = realFolder(root);
  let entries: ReadonlyMap<RepoPath, IndexEntry> | undefined;
  let isListed = false;
  let blobs: ReadonlyMap<string, Blob> | undefined;
  const allEntries = () => {
    entries ??= readIndex(folder);
    return entries;
  };
  return {
    async list() {
      isListed = true;
      return listIndex(folder, allEntries());
    },
    read(path, maxBytes): ReadResult {
      if (isBinaryName(path)) return { skipped: 'binary' };
      const entry = allEntries().get(path);
      if (entry === undefined || !isFile(entry)) return { skipped: 'unreadable' };
      // Before the list, single files are asked for, such as the config; after it, all are.
      if (isListed) blobs ??= readBlobs(folder, idsOfTexts(allEntries()), maxBytes);
      const blob = (blobs ?? readBlobs(folder, new Set([entry.id]), maxBytes)).get(entry.id) ?? 'unreadable';
      return typeof blob === 'string' ? { skipped: blob } : decodeText(path, blob);
    },
    write() {
      throw new UsageError('the index cannot be changed', { hint: 'fixes go into the work tree: leave out --staged' });
    },
  };
}

function readIndex(root: string): ReadonlyMap<RepoPath, IndexEntry> {
  const { output, failure } = runGit(root, ['ls-files', '-z', '-t', '--stage', '--cached']);
  if (output === undefined) throw new UsageError(`--staged needs the index of a Git repository: ${failure}`);
  const entries = new Map<RepoPath, IndexEntry>();
  // In a conflict, stage 2 is what is checked out here and stage 3 what the other side has.
  for (const entry of parseEntries(output.toString())) if (entry.stage !== '1' && !entries.has(entry.path)) entries.set(entry.path, entry);
  for (const path of findIntentions(root, entries)) entries.delete(path);
  return entries;
}

/** Files of `git add --intent-to-add` stand in the index as empty ones, and no commit takes them. */
function findIntentions(root: string, entries: ReadonlyMap<RepoPath, IndexEntry>): RepoPath[] {
  const empty = [...entries.values()].filter(entry => emptyBlobs.has(entry.id)).map(entry => entry.path);
  if (empty.length === 0) return [];
  const paths = empty.length > mostArguments ? [] : empty;
  const { output } = runGit(root, ['--literal-pathspecs', 'ls-files', '-z', '--cached', '--debug', '--', ...paths]);
  const found: RepoPath[] = [];
  let path: RepoPath | undefined;
  for (const piece of output?.toString().split('\0') ?? []) {
    const flags = debugLines.exec(piece);
    if (path !== undefined && flags && Number.parseInt(flags[1] ?? '', 16) & intentToAdd) found.push(path);
    path = piece.slice(flags?.[0].length ?? 0);
  }
  return found;
}

/** Of SHA-1 and SHA-256 repositories. */
const emptyBlobs = new Set(['e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', '473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813']);

const mostArguments = 500;

/** What `--debug` prints after a path: times, device, owner, size and flags. */
const debugLines = /^(?: {2}[^\n]*\n)* {2}size: \d+\tflags: ([0-9a-f]+)\n/;

/** CE_INTENT_TO_ADD of Git's read-cache.h. */
const intentToAdd = 0x20000000;

function listIndex(root: string, entries: ReadonlyMap<RepoPath, IndexEntry>): FileListing {
  const all = [...entries.values()];
  const files = all.filter(isFile).map(entry => entry.path);
  const known = new Set(['', ...entries.keys()]);
  for (const path of entries.keys())
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) known.add(path.slice(0, end));
  const { links, skipped } = resolveLinks(readTargets(root, all), path => known.has(path));
  for (const { tag, mode, path } of all) {
    if (mode === submoduleMode) skipped.push({ path, reason: 'submodule' });
    else if (tag === sparseTag) skipped.push({ path, reason: 'not in the sparse checkout' });
  }
  return { files: files.sort(), skipped, links, notes: [] };
}

function readTargets(root: string, entries: readonly IndexEntry[]): ReadonlyMap<RepoPath, string> {
  const links = entries.filter(entry => entry.mode === linkMode && entry.tag !== sparseTag);
  const ids = new Set(links.map(entry => entry.id));
  const blobs = links.length === 0 ? undefined : readBlobs(root, ids, longestTarget);
  return new Map(links.map(({ path, id }) => [path, String(blobs?.get(id))]));
}

/** Bytes; no file system takes a longer one. */
const longestTarget = 4096;

/** What lies outside a sparse checkout may be missing in a partial clone: Git would fetch each file, one by one. */
function isFile({ mode, tag }: IndexEntry): boolean {
  return mode !== linkMode && mode !== submoduleMode && tag !== sparseTag;
}

function idsOfTexts(entries: ReadonlyMap<RepoPath, IndexEntry>): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const entry of entries.values()) if (isFile(entry) && !isBinaryName(entry.path)) ids.add(entry.id);
  return ids;
}

type Blob = Buffer | 'too large' | 'unreadable';

/** The content of many objects in two calls of Git: the first asks for their sizes. */
function readBlobs(root: string, ids: ReadonlySet<string>, maxBytes: number): ReadonlyMap<string, Blob> {
  const blobs = new Map<string, Blob>();
  const wanted: string[] = [];
  for (const line of catFile(root, '--batch-check=%(objectname) %(objectsize)', ids).toString().split('\n')) {
    const [id = '', size] = line.split(' ');
    if (Number(size) > maxBytes) blobs.set(id, 'too large');
    else if (Number(size) >= 0) wanted.push(id);
  }
  const output = catFile(root, '--batch=%(objectname) %(objectsize)', wanted);
  for (let start = 0; start < output.length; ) {
    const content = output.indexOf('\n', start) + 1;
    const [id = '', size] = output.toString('latin1', start, content).split(' ');
    const end = content + (Number(size) || 0);
    if (size !== 'missing\n') blobs.set(id, output.subarray(content, end));
    start = size === 'missing\n' ? content : end + 1;
  }
  return blobs;
}

function catFile(root: string, option: string, ids: Iterable<string>): Buffer {
  const { output, failure } = runGit(root, ['cat-file', option], [...ids, ''].join('\n'));
  if (output === undefined) throw new UsageError(`the index cannot be read: ${failure}`);
  return output;
}
