import type { RepoPath } from '../../src/core/place.ts';
import type { Repository } from './read-repository.ts';

/** The texts of a repository by path. */
export type Files = Readonly<Record<RepoPath, string>>;

/** A change to a repository: the new text of a file, or `undefined` where the file goes. */
export interface Change {
  readonly files: Readonly<Record<RepoPath, string | undefined>>;
}

/** A mistake that is planted, and the finding that must name it, in one of its places: a circle has several. */
export interface Defect extends Change {
  readonly expected: readonly { readonly ruleId: string; readonly path: RepoPath; readonly line: number }[];
}

/** An edit that changes nothing worth a finding. */
export interface NeutralEdit extends Change {
  /** Files that are copied or moved: they bring the findings along that they have. */
  readonly from?: readonly RepoPath[];
}

/** Proposes every change of one kind that a repository has room for. */
export type Seeder<C extends Change> = (repository: Repository) => Iterable<C>;

/** Seeders by the kind of change that they propose. */
export type Seeders<C extends Change> = Readonly<Record<string, Seeder<C>>>;

export function applyChange(files: Files, change: Change): Record<RepoPath, string> {
  const changed: Record<RepoPath, string> = { ...files };
  for (const [path, text] of Object.entries(change.files)) {
    if (text === undefined) delete changed[path];
    else changed[path] = text;
  }
  return changed;
}
