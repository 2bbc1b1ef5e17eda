import { matchesWithWildcards } from '../classify/wildcards.ts';
import type { RepoPath } from '../core/place.ts';
import type { Resolved } from '../core/repo.ts';
import { nameOf } from '../core/repo-path.ts';
import type { Resolution } from './resolve-path.ts';
import { hole, openUp } from './template-marks.ts';
import { filesBelow, type Tree } from './tree.ts';

/**
 * The files or folders that a path with holes can mean; a hole stands for any text. Empty where the path
 * says too little: neither its beginning nor its last segment is known.
 */
export function matchOpenPath(tree: Tree, path: string, kind: 'file' | 'folder'): RepoPath[] {
  const clean = path.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
  const firstHole = clean.indexOf(hole);
  if (firstHole < 0) return tree.entries.get(clean) === kind ? [clean] : [];
  const prefix = clean.slice(0, Math.max(0, clean.lastIndexOf('/', firstHole)));
  const last = nameOf(clean);
  if (prefix === '' && last.includes(hole)) return [];
  const candidates = prefix === '' ? tree.named(last) : kind === 'file' ? filesBelow(tree, prefix) : foldersBelow(tree, prefix);
  const matches: RepoPath[] = [];
  for (const candidate of candidates) {
    if (tree.entries.get(candidate) === kind && matchesWithWildcards(clean, candidate, hole, isSame)) matches.push(candidate);
  }
  return matches;
}

function isSame(character: string, other: string): boolean {
  return character === other;
}

/** A path as the confidence contract wants it, from its text and the answers to it; what is `ours` is known though nothing may be there. */
export function asResolved(text: string, [first]: readonly Resolution[], isOurs: boolean): Resolved<RepoPath> {
  const open = openUp(text);
  const end = open.indexOf(hole);
  if (end > 0) return { partial: open.slice(0, end), reason: first?.reason ?? 'it is filled in later' };
  const path = first?.to ?? (isOurs ? first?.path : undefined);
  if (end < 0 && path !== undefined) return { known: path };
  return { unknown: first?.reason ?? 'it is in another repository' };
}

function* foldersBelow(tree: Tree, folder: RepoPath): Generator<RepoPath> {
  for (const child of tree.foldersIn.get(folder) ?? []) {
    yield child;
    yield* foldersBelow(tree, child);
  }
}
