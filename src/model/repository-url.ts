import { nameOf } from '../core/repo-path.ts';
import { addToSet } from './multimap.ts';
import { templateIn } from './template-marks.ts';
import type { Tree } from './tree.ts';

/** Whether a URL means the repository under lint. */
export type RecogniseRepository = (url: string | undefined) => 'this' | 'other' | 'unknown';

/** A path that something takes from a repository, as written. */
export interface PathMention {
  readonly url: string;
  readonly path: string;
  readonly revision?: string;
}

/** Begins the stand-in for the URL of a source that the repository mentions and does not define. */
export const undefinedSource = 'source:';

/**
 * Compares URLs with those that are known to be this repository's. Without any, or where none of the mentioned
 * URLs is among them (a fork, a mirror), the tree is its own evidence: a URL is this repository when at least
 * three different paths are referenced through it and at least 80 % of them exist here; with fewer, when all
 * of them do and it is the only such URL.
 */
export function repositoryRecogniser(known: readonly string[], mentions: readonly PathMention[], tree: Tree): RecogniseRepository {
  const own = new Set(known.map(normaliseUrl));
  const pathsByUrl = new Map<string, Set<string>>();
  for (const { url, path } of mentions) {
    addToSet(pathsByUrl, normaliseUrl(url), path);
  }
  const isKnown = own.size > 0 && [...pathsByUrl.keys()].some(url => own.has(url));
  for (const url of urlsProvedByTree(pathsByUrl, tree)) {
    if (!isKnown || url.startsWith(undefinedSource)) own.add(url);
  }
  const isSettled = own.size > 0;
  const answers = new Map<string, ReturnType<RecogniseRepository>>();
  return url => {
    if (url === undefined) return 'unknown';
    let answer = answers.get(url);
    if (answer === undefined) {
      const isOther = isSettled && templateIn(url) === undefined && !url.startsWith(undefinedSource);
      answer = own.has(normaliseUrl(url)) ? 'this' : isOther ? 'other' : 'unknown';
      answers.set(url, answer);
    }
    return answer;
  };
}

/** One spelling for the many of a repository's address: no scheme, user, port or `.git`, one case. */
export function normaliseUrl(url: string): string {
  const text = url.trim();
  if (text.startsWith(undefinedSource) || templateIn(text) !== undefined) return text;
  return text
    .replace(/^(git::|oci:\/\/)/, '')
    .replace(/^[a-z+]+:\/\//i, '')
    .replace(/^[^@/]+@/, '')
    .replace(/^([^/:]+):\d+\//, '$1/')
    .replace(/^([^/:]+):/, '$1/')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .toLowerCase();
}

/** Of several that the tree proves, the one with most paths counts, and others only as forks and mirrors of it. */
function urlsProvedByTree(pathsByUrl: ReadonlyMap<string, ReadonlySet<string>>, tree: Tree): string[] {
  const proved: string[] = [];
  const likely: string[] = [];
  for (const [url, paths] of pathsByUrl) {
    let existing = 0;
    for (const path of paths) if (tree.find(path) !== undefined) existing++;
    if (paths.size >= 3 && existing >= paths.size * 0.8) proved.push(url);
    else if (paths.size < 3 && existing === paths.size) likely.push(url);
  }
  if (proved.length === 0) return likely.length === 1 ? likely : [];
  proved.sort((a, b) => (pathsByUrl.get(b)?.size ?? 0) - (pathsByUrl.get(a)?.size ?? 0));
  const [best = ''] = proved;
  return proved.filter(url => url === best || url.startsWith(undefinedSource) || isPlaceholder(url) || nameOf(url) === nameOf(best));
}

function isPlaceholder(url: string): boolean {
  return templateIn(url) !== undefined;
}
