import type { EnvironmentId, Evidence } from './environment.ts';
import { allMinors } from './kubernetes-minors.ts';
import type { RepoPath } from './place.ts';
import type { Repo } from './repo.ts';
import type { MinorSet } from './schema.ts';

/** The versions of Kubernetes that a file is delivered to. */
export interface KubernetesTarget {
  /** The environments whose clusters run them; none where the whole repository, or nothing, is known to. */
  readonly environments: readonly EnvironmentId[];
  readonly minors: MinorSet;
  /** Not known: `minors` are all that the schemas know. */
  readonly isKnown: boolean;
  readonly evidence: readonly Evidence[];
}

/** One target for each version among the environments that a file reaches; a single one that is not known where nothing tells. */
export function kubernetesTargets(_repo: Repo, _path: RepoPath): readonly KubernetesTarget[] {
  return [{ environments: [], minors: allMinors, isKnown: false, evidence: [] }];
}
