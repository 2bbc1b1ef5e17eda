import type { RepoPath } from '../../src/core/place.ts';

/** The texts of a repository by path. */
export type Files = Readonly<Record<RepoPath, string>>;

/** A change to a repository: the new text of a file, or `undefined` where the file goes. */
export interface Change {
  readonly files: Readonly<Record<RepoPath, string | undefined>>;
}

/** A mistake that is planted, and the finding that must name it. */
export interface Defect extends Change {
  readonly kind: string;
  readonly expected: { readonly ruleId: string; readonly path: RepoPath; readonly line: number };
}

/** An edit that changes nothing worth a finding. */
export interface NeutralEdit extends Change {
  readonly kind: string;
}

/** Proposes every change of one kind that a repository has room for. */
export type Seeder<C> = (files: Files) => Iterable<C>;

export function applyChange(files: Files, change: Change): Record<RepoPath, string> {
  const changed: Record<RepoPath, string> = { ...files };
  for (const [path, text] of Object.entries(change.files)) {
    if (text === undefined) delete changed[path];
    else changed[path] = text;
  }
  return changed;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A random choice of `count` items, in their own order. */
export function sample<T>(items: readonly T[], count: number, random: () => number): T[] {
  const left = items.map((item, index) => ({ item, index }));
  const chosen: typeof left = [];
  while (chosen.length < count && left.length > 0) chosen.push(...left.splice(Math.floor(random() * left.length), 1));
  return chosen.sort((a, b) => a.index - b.index).map(({ item }) => item);
}

/** The lines of a text without their ends, each with its number from 1. */
export function linesOf(text: string): { readonly text: string; readonly number: number }[] {
  return text.split('\n').map((line, index) => ({ text: line, number: index + 1 }));
}

/** The text with one line replaced, or with several lines in its place, or without it where `by` is absent. */
export function replaceLine(text: string, number: number, by?: string): string {
  const lines = text.split('\n');
  lines.splice(number - 1, 1, ...(by === undefined ? [] : [by]));
  return lines.join('\n');
}
