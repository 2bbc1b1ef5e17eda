import type { SkippedFile } from '../core/document.ts';
import type { PastCommit } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';

/** The files of a repository, wherever they are: on disk, in the Git index, in memory. */
export interface Workspace {
  list(): Promise<FileListing>;
  /** Files of more than `maxBytes` are skipped, not read. Needs no `list()` before it. */
  read(path: RepoPath, maxBytes: number): ReadResult;
  /** Atomic: whoever reads the file sees all of the old text or all of the new. Only for files that exist. */
  write(path: RepoPath, text: string): void;
}

/** What is there. Ignored files are left out. */
export interface FileListing {
  /** Sorted by UTF-16 units. */
  readonly files: readonly RepoPath[];
  /** There, and known to be no text of this repository: submodules, links that lead nowhere, files outside a sparse checkout. */
  readonly skipped: readonly SkippedFile[];
  /** Symbolic links to files and folders of this repository, with the path that they lead to in the end. */
  readonly links: ReadonlyMap<RepoPath, RepoPath>;
  /** What the user should know of how the list was made, one sentence each. */
  readonly notes: readonly string[];
}

export type ReadResult =
  | { readonly text: string; readonly skipped?: undefined }
  | { readonly text?: undefined; readonly skipped: SkippedFile['reason'] };

/** What a range of commits brought in, wherever it comes from. */
export interface History {
  readonly commits: number;
  /** Why commits of the range are missing. */
  readonly incomplete?: string;
  /** Why there is none in it. */
  readonly empty?: string;
  /** Each version of a file once, by commit from the oldest on; links and submodules are none. */
  files(maxBytes: number): AsyncIterable<PastFile>;
}

export type PastFile = { readonly commit: PastCommit; readonly path: RepoPath } & (ReadResult | Unreadable);

interface Unreadable {
  readonly text?: undefined;
  /** Also of a commit of which Git cannot tell what it brought in; its path is empty. */
  readonly skipped: string;
}
