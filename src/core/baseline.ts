import type { RepoPath } from './place.ts';

/** Findings that were there when the linter came: they do not count until they change. */
export type Baseline = readonly BaselineEntry[];

/** A finding as a baseline knows it, without its line and without anything of a value. */
export interface BaselineEntry {
  readonly rule: string;
  readonly path: RepoPath;
  readonly fingerprint: string;
  /** Of a secret: another value in its place is another finding. */
  readonly digest?: string;
  /** It is of a commit: that it is not found says only that nobody looked there. */
  readonly history?: true;
}
