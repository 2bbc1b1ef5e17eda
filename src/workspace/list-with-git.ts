import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { RepoPath } from '../core/place.ts';
import { runGit } from './git.ts';
import type { RawListing } from './raw-listing.ts';

/**
 * One call of Git: what is tracked, what is deleted and what is new and not ignored.
 * Nothing where Git cannot tell; `notes` then says why.
 */
export function listWithGit(root: string, notes: string[]): RawListing | undefined {
  const { output, failure } = runGit(root, ['ls-files', '-z', '-t', '--stage', '--deleted', '--cached', '--others', '--exclude-standard']);
  if (output === undefined) {
    notes.push(`Git did not list the files, so they were looked up without it: ${failure}`);
    return undefined;
  }
  const listing: RawListing = { files: [], links: [], skipped: [] };
  const deleted = new Set<RepoPath>();
  let last = '';
  for (const entry of parseEntries(output.toString())) {
    // The stages of a conflict stand one after the other.
    if (entry.tag === 'R') deleted.add(entry.path);
    else if (entry.path !== last) addEntry(entry, root, listing);
    last = entry.path;
  }
  if (deleted.size === 0) return listing;
  const isThere = (path: RepoPath) => !deleted.has(path);
  return { files: listing.files.filter(isThere), links: listing.links.filter(isThere), skipped: listing.skipped };
}

/** An entry as `git ls-files -t --stage` prints it; a file that is not tracked has tag `?` and no mode. */
export interface IndexEntry {
  readonly tag: string;
  readonly mode: string;
  readonly id: string;
  readonly stage: string;
  readonly path: RepoPath;
}

export function* parseEntries(output: string): Generator<IndexEntry> {
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf('\0', start);
    const tag = output.charAt(start);
    if (tag === '?') yield { tag, mode: '', id: '', stage: '0', path: output.slice(start + 2, end) };
    else {
      const tab = output.indexOf('\t', start);
      yield {
        tag,
        mode: output.slice(start + 2, start + 8),
        id: output.slice(start + 9, tab - 2),
        stage: output.charAt(tab - 1),
        path: output.slice(tab + 1, end),
      };
    }
    start = end + 1;
  }
}

export const linkMode = '120000';
export const submoduleMode = '160000';
/** Of files that `git sparse-checkout` leaves out. */
export const sparseTag = 'S';

function addEntry({ tag, mode, path }: IndexEntry, root: string, listing: RawListing): void {
  if (mode === submoduleMode) listing.skipped.push({ path, reason: 'submodule' });
  else if (tag === sparseTag) listing.skipped.push({ path, reason: 'not in the sparse checkout' });
  // A repository inside this one that is not tracked.
  else if (path.endsWith('/')) listing.skipped.push({ path: path.slice(0, -1), reason: 'submodule' });
  else if ((tag === '?' || mode === linkMode) && isLink(join(root, path))) listing.links.push(path);
  else listing.files.push(path);
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
