import type { RepoPath } from '../../core/place.ts';
import { folderOf, nameOf } from '../../core/repo-path.ts';
import { filesBelow, type Tree } from '../tree.ts';
import type { Marker, NamedEntry, NamingFolder } from './folders.ts';
import type { EnvironmentName } from './names.ts';
import type { EnvironmentWord } from './vocabulary.ts';

/** A file or folder whose name is taken for that of an environment. */
export interface AcceptedName extends NamedEntry {
  /** Why, in one clause. */
  readonly says: string;
}

export interface AcceptedNames {
  readonly accepted: ReadonlyMap<RepoPath, AcceptedName>;
  /** Whole names of which nothing tells whether they mean an environment. */
  readonly doubtful: ReadonlySet<RepoPath>;
}

/**
 * Which of the names that may name an environment do, by what stands beside them: an exact name on an axis of
 * environments or one that means nothing else, a part of a name only among its like, a file only with its siblings.
 */
export function acceptNames(folders: Iterable<NamingFolder>, tree: Tree): AcceptedNames {
  const accepted = new Map<RepoPath, AcceptedName>();
  const accept = ({ path, kind, name }: NamedEntry, says: string) => accepted.set(path, { path, kind, name, says });
  const open: NamedEntry[] = [];
  for (const folder of folders) {
    for (const [entry, says] of [...judgeFolders(folder), ...judgeFiles(folder)]) {
      if (says === undefined) open.push(entry);
      else if (entry.path !== 'test' || looksLikeSibling(entry, folder, tree)) accept(entry, says);
    }
  }
  const doubtful = new Set<RepoPath>();
  const words = new Set(Array.from(accepted.values(), ({ name }) => name.word));
  const places = open.length === 0 ? new Map() : placesOf(accepted.values());
  for (const entry of open) {
    const says = whyAlone(entry, places, accepted) ?? whyValues(entry, words, tree);
    if (says !== undefined) accept(entry, says);
    else if (isWhole(entry)) doubtful.add(entry.path);
  }
  return { accepted, doubtful };
}

type Judgement = readonly [entry: NamedEntry, says: string | undefined];

/** What makes the names of folders those of environments: each other, or the folder that they stand in. */
function judgeFolders({ path, folders, folderCount, marker, hasOtherMeaning }: NamingFolder): Judgement[] {
  const share = folders.length / Math.max(folderCount, folders.length);
  const parts = folders.filter(entry => !isWhole(entry));
  const isSequence = folders.length > 1 && folders.every(({ name }) => name.spelling === 'stage' && name.match === 'qualified');
  const isAxis = areEnvironments(folders.filter(isWhole)) || (share >= 0.25 && areEnvironments(folders));
  const isAxisOfParts = areEnvironments(parts) && (marker !== undefined || !parts.every(isOfAcme));
  return folders.map(entry => {
    const { name } = entry;
    if (isSequence || (name.spelling === 'live' && marker === undefined) || (!isWhole(entry) && share < 0.25)) return [entry, undefined];
    if (isWhole(entry) ? isAxis : isAxisOfParts) return [entry, standsBeside(entry, folders)];
    const counts =
      marker !== undefined &&
      share >= 0.1 &&
      (isWhole(entry) ? marks(marker, name, hasOtherMeaning) : marksPart(marker, name, isAxis, hasOtherMeaning));
    return [entry, counts ? isUnder(entry, path) : undefined];
  });
}

/** Files need siblings that differ in nothing but the word, or a folder that stands for environments. */
function judgeFiles({ path, files, fileCount, marker }: NamingFolder): Judgement[] {
  if (files.length === 0) return [];
  const byFrame = new Map<string, NamedEntry[]>();
  for (const file of files) {
    const alike = byFrame.get(file.name.frame);
    if (alike) alike.push(file);
    else byFrame.set(file.name.frame, [file]);
  }
  const judgements: Judgement[] = [];
  for (const alike of byFrame.values()) {
    const areSiblings = areEnvironments(alike) && !alike.every(isOfAcme);
    for (const file of alike) {
      const { name } = file;
      const counts =
        marker !== undefined && isWhole(file) && name.strength === 'core' && files.length >= fileCount / 10 && marks(marker, name, false);
      judgements.push([file, areSiblings ? standsBeside(file, alike) : counts ? isUnder(file, path) : undefined]);
    }
  }
  return judgements;
}

/** Whether a folder of that name is enough to believe in a name that stands in it alone. */
function marks(marker: Marker, { strength }: EnvironmentName, hasOtherMeaning: boolean): boolean {
  if (marker === 'strong') return strength === 'core' || !hasOtherMeaning;
  return strength !== 'weak' && !hasOtherMeaning;
}

function marksPart(marker: Marker, { strength }: EnvironmentName, isAxis: boolean, hasOtherMeaning: boolean): boolean {
  return marker !== 'weak' && !hasOtherMeaning && (isAxis || strength === 'core');
}

/** At least two different environments, one of them beyond doubt. */
function areEnvironments(entries: readonly NamedEntry[]): boolean {
  const first = entries[0]?.name.word;
  return entries.some(({ name }) => name.word !== first) && entries.some(({ name }) => name.strength === 'core');
}

/** `acme-staging` and `acme-production` are certificate endpoints more often than environments. */
function isOfAcme({ name }: NamedEntry): boolean {
  return /(^|-)acme(-|$)/.test(name.frame);
}

/** What makes a name count that has no sibling: it means nothing else, it counts elsewhere, or it stands below a group. */
function whyAlone(entry: NamedEntry, places: Places, accepted: ReadonlyMap<RepoPath, AcceptedName>): string | undefined {
  const isFolder = entry.kind === 'folder';
  if (isFolder && entry.name.isUnambiguous) return `"${entry.path}" is called what only environments are called`;
  if (isFolder && !isWhole(entry)) return undefined;
  const like = folderLike(places, entry);
  if (like !== undefined) return `"${nameOf(entry.path)}" is an environment in folders like "${folderOf(entry.path)}", such as "${like}"`;
  const group = isFolder && entry.name.strength === 'core' ? groupAbove(entry.path, accepted) : undefined;
  return group === undefined ? undefined : `"${entry.path}" stands below "${nameOf(group)}"`;
}

/** Helm values beside the ones that they change are for an environment, if the repository has it. */
function whyValues({ path, kind, name }: NamedEntry, words: ReadonlySet<EnvironmentWord>, tree: Tree): string | undefined {
  if (kind === 'folder' || !words.has(name.word) || !/^(values-\*|\*-values)$/.test(name.frame)) return undefined;
  const base = `${folderOf(path)}/values.yaml`;
  return tree.entries.has(base) ? `"${path}" stands beside "values.yaml"` : undefined;
}

/** The nearest folder above that is called nonproduction or the like. */
function groupAbove(path: RepoPath, accepted: ReadonlyMap<RepoPath, AcceptedName>): RepoPath | undefined {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    if (accepted.get(folder)?.name.word.isGroup) return folder;
  }
  return undefined;
}

/** `test` at the root holds tests, unless it holds what an environment beside it holds. */
function looksLikeSibling(entry: NamedEntry, { folders }: NamingFolder, tree: Tree): boolean {
  const below = (path: RepoPath) => Array.from(filesBelow(tree, path), file => file.slice(path.length));
  const own = new Set(below(entry.path));
  return folders.some(other => other !== entry && isWhole(other) && below(other.path).some(file => own.has(file)));
}

function isWhole({ name }: NamedEntry): boolean {
  return name.match !== 'part';
}

function standsBeside({ path, name }: NamedEntry, siblings: readonly NamedEntry[]): string {
  const isOther = (sibling: NamedEntry) => sibling.name.word !== name.word;
  const sibling = siblings.find(other => isOther(other) && other.name.strength === 'core') ?? siblings.find(isOther);
  return `"${path}" stands beside "${nameOf(sibling?.path ?? '')}"`;
}

function isUnder({ path }: NamedEntry, folder: RepoPath): string {
  return `"${path}" stands in a folder named "${nameOf(folder)}"`;
}

/** The folders in which a name was accepted, by the name and the shape of the place. */
type Places = Map<string, Set<RepoPath>>;

function placesOf(names: Iterable<AcceptedName>): Places {
  const places: Places = new Map();
  for (const name of names) {
    if (name.kind === 'folder' && !isWhole(name)) continue;
    for (const shape of shapesOf(name)) {
      const folders = places.get(shape);
      if (folders) folders.add(folderOf(name.path));
      else places.set(shape, new Set([folderOf(name.path)]));
    }
  }
  return places;
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
function shapesOf({ path, kind, name: { word, frame } }: NamedEntry): string[] {
  const parent = folderOf(path);
  if (parent === '') return [];
  const name = kind === 'file' ? `${word.id} ${frame}` : word.id;
  const beside = `${kind} ${name} ${folderOf(parent)}/*`;
  const segments = parent.split('/');
  return segments.length > 1 ? [beside, `${kind} ${name} ${segments[0]} ${segments.length}`] : [beside];
}
