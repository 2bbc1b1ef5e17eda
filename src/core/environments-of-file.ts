import { type EnvironmentId, environmentsOf } from './environment.ts';
import type { RepoPath } from './place.ts';
import type { Repo } from './repo.ts';

/** The environments that a file changes or, where no root includes it, that own it. */
export function environmentsOfFile({ reach, owners }: Pick<Repo, 'reach' | 'owners'>, path: RepoPath): readonly EnvironmentId[] {
  const reached = reach.get(path)?.environments;
  return reached !== undefined && reached.size > 0 ? [...reached] : environmentsOf(owners.get(path));
}
