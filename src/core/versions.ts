import { type EnvironmentId, type Evidence, environmentsOf } from './environment.ts';
import { allMinors, firstMinor, lastMinor, minorsBetween } from './kubernetes-minors.ts';
import type { RepoPath } from './place.ts';
import type { Repo } from './repo.ts';
import { describeVersion, type RunningVersion, type VersionedTool } from './running-versions.ts';
import type { MinorSet } from './schema.ts';

/** What the targets of a file are told from. */
type VersionedRepo = Pick<Repo, 'versions' | 'environments' | 'reach' | 'owners'>;

/** The versions of a tool that a file is delivered to. */
export interface VersionTarget {
  /** The environments in which they run; none where the whole repository, or nothing, is known to. */
  readonly environments: readonly EnvironmentId[];
  /** One is known; of several it is one of them; none: nothing tells. */
  readonly versions: readonly RunningVersion[];
}

/** The versions of Kubernetes that a file is delivered to. */
export interface KubernetesTarget {
  /** The environments whose clusters run them; none where the whole repository, or nothing, is known to. */
  readonly environments: readonly EnvironmentId[];
  readonly minors: MinorSet;
  /** Not known: `minors` are those that may be, all that the schemas know where nothing tells. */
  readonly isKnown: boolean;
  readonly evidence: readonly Evidence[];
}

/** One target for each version among the environments that a file reaches; a single one that is not known where nothing tells. */
export function kubernetesTargets(repo: VersionedRepo, path: RepoPath): readonly KubernetesTarget[] {
  if (!repo.versions.has('kubernetes')) return nothingKnown;
  return versionTargets(repo, 'kubernetes', path).map(({ environments, versions }) => {
    const isKnown = versions.length === 1 && versions.every(isShipped);
    return { environments, minors: minorsOf(versions), isKnown, evidence: versions.flatMap(({ evidence }) => evidence) };
  });
}

const nothingKnown: readonly KubernetesTarget[] = [{ environments: [], minors: allMinors, isKnown: false, evidence: [] }];

/** What the schemas know nothing of is judged by all of them, what is newer than all by the newest. */
function minorsOf(versions: readonly RunningVersion[]): MinorSet {
  if (versions.length === 0 || !versions.every(isShipped)) return allMinors;
  return versions.reduce((minors, { minor }) => minors | minorsBetween(Math.min(minor, lastMinor), Math.min(minor, lastMinor)), 0);
}

function isShipped({ major, minor }: RunningVersion): boolean {
  return major === 1 && minor >= firstMinor;
}

/** The versions of a tool where a file is delivered to, the environments with the same versions together. */
export function versionTargets(repo: VersionedRepo, tool: VersionedTool, path: RepoPath): readonly VersionTarget[] {
  const known = repo.versions.get(tool);
  if (known === undefined) return [{ environments: [], versions: [] }];
  const environments = environmentsReached(repo, path);
  if (environments.length === 0) return [{ environments, versions: known.everywhere }];
  const targets = new Map<string, { environments: EnvironmentId[]; versions: readonly RunningVersion[] }>();
  for (const id of environments) {
    const versions = known.byEnvironment.get(id) ?? known.everywhere;
    const key = versions.map(describeVersion).join();
    const target = targets.get(key);
    if (target === undefined) targets.set(key, { environments: [id], versions });
    else target.environments.push(id);
  }
  return [...targets.values()];
}

/** Whom a file changes or, where no root includes it, who owns it; in the order of promotion. */
function environmentsReached({ reach, owners, environments }: VersionedRepo, path: RepoPath): readonly EnvironmentId[] {
  const reached = reach.get(path)?.environments;
  const concerned = reached !== undefined && reached.size > 0 ? reached : new Set(environmentsOf(owners.get(path)));
  return environments.flatMap(({ id }) => (concerned.has(id) ? [id] : []));
}
