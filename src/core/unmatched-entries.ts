import { deliveringUnits, includingKustomizations } from './including-kustomizations.ts';
import { isFieldPlace, type Place, type RepoPath } from './place.ts';
import { plainMatcher } from './plainly-matched.ts';
import type { EntryMatch, RenderError } from './rendering.ts';
import type { Kustomization, Repo, Unit } from './repo.ts';
import { endOf, entryAt, startOf } from './tape.ts';

/** An entry of a kustomization that changes nothing, whoever builds it; or why that cannot be told. */
export type UnmatchedEntry = EntryMatch & {
  readonly environments: readonly string[];
  readonly skipped?: string;
};

/**
 * The entries that find nothing to change in any build. An entry is judged from the kustomizations that nothing includes:
 * a component finds its objects in one of them and not in the other.
 */
export function unmatchedEntries(repo: Repo, kind: EntryMatch['kind']): readonly UnmatchedEntry[] {
  return readBuilds(repo).entries.filter(entry => entry.kind === kind);
}

/** What Kustomize refuses to build for want of an object, each mistake once. */
export function refusedEntries(repo: Repo, kind: NonNullable<RenderError['unmatched']>): readonly RefusedEntry[] {
  return readBuilds(repo).refused.filter(({ unmatched }) => unmatched === kind);
}

export interface RefusedEntry extends RenderError {
  readonly environments: readonly string[];
}

interface Builds {
  readonly entries: readonly UnmatchedEntry[];
  readonly refused: readonly RefusedEntry[];
}

/** Several rules read the same builds. */
const builds = new WeakMap<Repo, Builds>();

function readBuilds(repo: Repo): Builds {
  let read = builds.get(repo);
  if (read === undefined) {
    read = readBuildsAnew(repo);
    builds.set(repo, read);
  }
  return read;
}

function readBuildsAnew(repo: Repo): Builds {
  const unmatched = new Map<string, EntryMatch>();
  const matched = new Set<string>();
  const refused = new Map<string, RefusedEntry>();
  const plainBuild = plainMatcher(repo);
  const plain = new Set<RepoPath>();
  for (const kustomization of repo.kustomizations.values()) {
    if (!isBuildRoot(kustomization, repo)) continue;
    const matching = plainBuild(kustomization);
    for (const { path } of matching ?? []) plain.add(path);
    if (matching) continue;
    const { matches, errors } = repo.match(kustomization.folder);
    for (const match of matches) {
      if (match.outcome === 'matched') matched.add(keyOf(match.at));
      else if (unmatched.get(keyOf(match.at))?.outcome !== 'unknown') unmatched.set(keyOf(match.at), match);
    }
    for (const error of errors) refused.set(keyOf(error.at), { ...error, environments: environmentsOf(repo, kustomization.path) });
  }
  const entries: UnmatchedEntry[] = [];
  for (const [key, match] of unmatched) {
    if (matched.has(key) || plain.has(match.at.path)) continue;
    const skipped = whyUnknown(match, repo);
    entries.push({ ...match, environments: environmentsOf(repo, match.at.path), ...(skipped !== undefined && { skipped }) });
  }
  return { entries, refused: [...refused.values()] };
}

/** Somebody builds it, and nothing takes it in: a base without an overlay waits for one. */
function isBuildRoot({ kind, includedBy, path }: Kustomization, { reach }: Repo): boolean {
  return kind === 'Kustomization' && includedBy.length === 0 && (reach.get(path)?.roots.size ?? 0) > 0;
}

function keyOf(place: Place): string {
  return JSON.stringify(place);
}

function environmentsOf({ reach }: Repo, path: RepoPath): readonly string[] {
  return [...(reach.get(path)?.environments ?? [])].sort();
}

function whyUnknown({ at, outcome, kind }: EntryMatch, repo: Repo): string | undefined {
  if (outcome === 'unknown') return 'something that the kustomization builds on cannot be read here';
  if (marksOf(at, repo).includes('gitops-lint: optional-target')) return 'the entry is marked as optional';
  const around = [...includingKustomizations(repo, at.path)];
  const own = repo.kustomizations.get(at.path);
  if (own) around.push(own);
  if (around.some(each => isBuildRoot(each, repo) && repo.match(each.folder).errors.length > 0)) return 'one of the builds is refused';
  const units = deliveringUnits(repo, at.path);
  if (around.some(({ folder }) => isAddedByUnit(folder, repo)) || units.some(addsComponents)) return 'a controller adds components';
  if (kind === 'image' && units.some(isImageUpdated)) return 'Argo CD Image Updater writes the images';
  if (kind === 'image' && marksOf(at, repo).includes('"$imagepolicy"')) return 'Flux writes the image';
  return undefined;
}

/** The lines of an entry and the comments above it and above its list. */
function marksOf(at: Place, { files }: Repo): string {
  const file = files.get(at.path);
  if (file === undefined || !isFieldPlace(at)) return '';
  const document = file.documents[at.document];
  const entry = document && entryAt(document.tape, file.text, at.field);
  if (!document || !entry) return '';
  const [list] = at.field;
  const listed = list === undefined ? undefined : entryAt(document.tape, file.text, [list]);
  const { tape } = document;
  const end = file.text.indexOf('\n', endOf(tape, entry.value));
  const own = file.text.slice(commentsAbove(file.text, startOf(tape, entry.value)), end < 0 ? undefined : end);
  const start = listed && startOf(tape, listed.key ?? listed.value);
  return start === undefined ? own : `${file.text.slice(commentsAbove(file.text, start), lineEnd(file.text, start))}\n${own}`;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

/** Where the comments begin that stand directly above the line of an offset; the beginning of the line where there are none. */
function commentsAbove(text: string, offset: number): number {
  let start = text.lastIndexOf('\n', offset - 1) + 1;
  while (start > 0) {
    const above = text.lastIndexOf('\n', start - 2) + 1;
    if (!text.slice(above, start).trimStart().startsWith('#')) break;
    start = above;
  }
  return start;
}

function isAddedByUnit(folder: RepoPath, { referencesTo }: Repo): boolean {
  return (referencesTo.get(folder) ?? []).some(({ kind }) => kind === 'flux-component' || kind === 'argocd-component');
}

function addsComponents({ resource }: Unit): boolean {
  const spec = resource?.value.spec;
  return typeof spec === 'object' && spec !== null && JSON.stringify(spec).includes('"components":');
}

function isImageUpdated({ resource }: Unit): boolean {
  return resource !== undefined && JSON.stringify(resource.value.metadata ?? {}).includes('"argocd-image-updater.argoproj.io/');
}
