import type { RepoPath } from '../../core/place.ts';
import { filesBelow, folderOf, nameOf, type Tree } from '../tree.ts';
import type { NamedEntry, NamingFolder } from './folders.ts';

/** A file or folder whose name is taken for that of an environment. */
export interface AcceptedName extends NamedEntry {
  /** Why, in one clause. */
  readonly says: string;
}

export interface AcceptedNames {
  readonly accepted: ReadonlyMap<RepoPath, AcceptedName>;
  /** Names of which nothing tells whether they mean an environment. */
  readonly doubtful: ReadonlyMap<RepoPath, NamedEntry>;
}

/**
 * Which of the names that may name an environment do, by what stands beside them: an exact name on an axis of
 * environments or one that means nothing else, a part of a name only among its like, a file only with its siblings
 * (DOMAIN.md 2a.3, steps 3 to 6).
 */
export function acceptNames(folders: Iterable<NamingFolder>, tree: Tree): AcceptedNames {
  const accepted = new Map<RepoPath, AcceptedName>();
  const places: Places = new Map();
  const open: NamedEntry[] = [];
  for (const folder of folders) {
    for (const entry of [...folder.folders, ...folder.files]) {
      const beside = entry.kind === 'folder' ? besideFolder(entry, folder) : besideFile(entry, folder);
      if (beside === undefined || (entry.path === 'test' && !looksLikeSibling(entry, folder, tree))) {
        open.push(entry);
        continue;
      }
      accepted.set(entry.path, { ...entry, says: beside });
      if (entry.match !== 'part' || entry.kind === 'file') remember(places, entry);
    }
  }
  const doubtful = new Map<RepoPath, NamedEntry>();
  for (const entry of open) {
    const says = entry.path === 'test' ? undefined : (alone(entry, places) ?? belowGroup(entry, accepted));
    if (says !== undefined) accepted.set(entry.path, { ...entry, says });
    else if (isWhole(entry)) doubtful.set(entry.path, entry);
  }
  return { accepted, doubtful };
}

/** What beside a folder makes its name that of an environment. */
function besideFolder(entry: NamedEntry, { path, folders, folderCount, marker, hasOtherMeaning }: NamingFolder): string | undefined {
  const share = folders.length / Math.max(folderCount, folders.length);
  const whole = folders.filter(isWhole);
  const isSequence = folders.length > 1 && folders.every(({ spelling, match }) => spelling === 'stage' && match === 'qualified');
  if (isSequence) return undefined;
  const isAxis = areEnvironments(whole) || (areEnvironments(folders) && share >= 0.25);
  if (isWhole(entry)) {
    if (entry.spelling === 'live' && marker === undefined) return undefined;
    if (isAxis) return standsBeside(entry, folders);
    return marker !== undefined && share >= 0.1 && marks(marker, entry, hasOtherMeaning) ? isUnder(entry, path) : undefined;
  }
  if (share < 0.25) return undefined;
  const parts = folders.filter(other => !isWhole(other));
  const isNamedAlike = marker === undefined && parts.every(({ frame }) => /(^|-)acme(-|$)/.test(frame));
  if (areEnvironments(parts) && !isNamedAlike) return standsBeside(entry, parts);
  if (marker === undefined || marker === 'weak' || hasOtherMeaning) return undefined;
  return isAxis || entry.strength === 'core' ? isUnder(entry, path) : undefined;
}

/** Files need siblings that differ in nothing but the word, or a folder that stands for environments. */
function besideFile(entry: NamedEntry, { path, files, fileCount, marker }: NamingFolder): string | undefined {
  const alike = files.filter(({ frame }) => frame === entry.frame);
  if (areEnvironments(alike) && !/(^|-)acme(-|$)/.test(entry.frame)) return standsBeside(entry, alike);
  if (marker === undefined || !isWhole(entry) || entry.spelling === 'live') return undefined;
  return files.length / fileCount >= 0.1 && entry.strength === 'core' && marks(marker, entry, false) ? isUnder(entry, path) : undefined;
}

/** Whether a folder of that name is enough to believe in a name that stands in it alone. */
function marks(marker: NonNullable<NamingFolder['marker']>, entry: NamedEntry, hasOtherMeaning: boolean): boolean {
  if (marker === 'strong') return entry.strength === 'core' || !hasOtherMeaning;
  return entry.strength !== 'weak' && !hasOtherMeaning;
}

/** At least two different environments, one of them beyond doubt. */
function areEnvironments(entries: readonly NamedEntry[]): boolean {
  const first = entries[0]?.word;
  return entries.some(({ word }) => word !== first) && entries.some(({ strength }) => strength === 'core');
}

function alone(entry: NamedEntry, places: Places): string | undefined {
  if (entry.kind === 'folder' && entry.isUnambiguous) return `"${nameOf(entry.path)}" is a name for ${entry.word.id} wherever it stands`;
  if (entry.kind === 'folder' && !isWhole(entry)) return undefined;
  const like = folderLike(places, entry);
  return like === undefined ? undefined : `"${nameOf(entry.path)}" is an environment in other folders too, such as "${folderOf(like)}"`;
}

/** What stands below `nonprod` and is called `dev` is one of the group. */
function belowGroup(entry: NamedEntry, accepted: ReadonlyMap<RepoPath, AcceptedName>): string | undefined {
  if (entry.kind === 'file' || !isWhole(entry) || entry.strength !== 'core') return undefined;
  for (let folder = folderOf(entry.path); folder !== ''; folder = folderOf(folder)) {
    if (accepted.get(folder)?.word.isGroup) return `"${nameOf(entry.path)}" stands below "${nameOf(folder)}"`;
  }
  return undefined;
}

/** `test` at the root holds tests, unless it holds what an environment beside it holds. */
function looksLikeSibling(entry: NamedEntry, { folders }: NamingFolder, tree: Tree): boolean {
  const below = (path: RepoPath) => Array.from(filesBelow(tree, path), file => file.slice(path.length));
  const own = new Set(below(entry.path));
  return folders.some(other => other !== entry && isWhole(other) && below(other.path).some(file => own.has(file)));
}

function isWhole({ match }: NamedEntry): boolean {
  return match !== 'part';
}

function standsBeside(entry: NamedEntry, siblings: readonly NamedEntry[]): string {
  const sibling =
    siblings.find(({ word, strength }) => word !== entry.word && strength === 'core') ?? siblings.find(({ word }) => word !== entry.word);
  return `"${nameOf(entry.path)}" stands beside "${nameOf(sibling?.path ?? '')}"`;
}

function isUnder(entry: NamedEntry, folder: RepoPath): string {
  return `"${nameOf(entry.path)}" stands in a folder named "${nameOf(folder)}"`;
}

/** The folders in which a name was accepted, by the name and the shape of the place. */
type Places = Map<string, Set<RepoPath>>;

function remember(places: Places, entry: NamedEntry): void {
  for (const shape of shapesOf(entry)) {
    const folders = places.get(shape);
    if (folders) folders.add(folderOf(entry.path));
    else places.set(shape, new Set([folderOf(entry.path)]));
  }
}

/** A folder in which the same word was accepted, where there are at least three of the same shape. */
function folderLike(places: Places, entry: NamedEntry): RepoPath | undefined {
  for (const shape of shapesOf(entry)) {
    const folders = places.get(shape);
    if (folders !== undefined && folders.size >= 3) return folders.values().next().value;
  }
  return undefined;
}

/** Parents that stand side by side, or equally deep below the same folder of the root. */
function shapesOf({ path, kind, word, frame }: NamedEntry): string[] {
  const parent = folderOf(path);
  if (parent === '') return [];
  const name = kind === 'file' ? `${word.id} ${frame}` : word.id;
  const segments = parent.split('/');
  const shapes = [`${kind} ${name} ${folderOf(parent)}/*`];
  if (segments.length > 1) shapes.push(`${kind} ${name} ${segments[0]} ${segments.length}`);
  return shapes;
}
