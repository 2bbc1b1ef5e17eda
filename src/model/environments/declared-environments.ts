import type { EnvironmentId, Evidence } from '../../core/environment.ts';
import type { RepoPath } from '../../core/place.ts';

/** An environment that a document names. */
export interface DeclaredEnvironment {
  readonly id: EnvironmentId;
  readonly evidence: Evidence;
  /** The file or folder that is of this environment where no name on its path says otherwise; absent where it only tells that there is one. */
  readonly path?: RepoPath;
}
