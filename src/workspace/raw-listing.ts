import type { SkippedFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';

/** What a way of listing finds, before links are resolved. */
export interface RawListing {
  readonly files: RepoPath[];
  readonly links: RepoPath[];
  readonly skipped: SkippedFile[];
}
