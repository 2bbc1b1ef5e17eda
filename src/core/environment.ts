import type { Place, RepoPath } from './place.ts';

/** How near to customers: ordered, but for `shared`. */
export type Tier = 'ephemeral' | 'development' | 'test' | 'staging' | 'production' | 'shared';

/** A canonical word such as `production`. */
export type EnvironmentId = string;

/** A deployment target that the repository or the config knows. */
export interface Environment {
  readonly id: EnvironmentId;
  readonly tier: Tier;
  /** The turn in the order of promotion: lower comes first, equal ranks are peers. */
  readonly rank: number;
  /** The members, where this is a group such as nonproduction. */
  readonly group?: readonly EnvironmentId[];
  /** Environments that it may build on, by the config. */
  readonly inherits?: readonly EnvironmentId[];
  readonly evidence: readonly Evidence[];
}

/** One reason to believe in an environment or an owner. */
export interface Evidence {
  readonly kind:
    | 'config'
    | 'folder'
    | 'file-name'
    | 'cluster'
    | 'namespace'
    | 'destination'
    | 'label'
    | 'substitution'
    | 'generator'
    | 'branch'
    | 'neighbours'
    | 'reach'
    | 'version';
  readonly at: Place;
  /** One clause, as in `"apps/staging" stands beside "production" under "apps"`. */
  readonly says: string;
}

/** Who may change a file or folder. */
export type EnvironmentOwner =
  | {
      readonly kind: 'environment';
      readonly id: EnvironmentId;
      readonly evidence: readonly Evidence[];
      /** The folder or file whose name decided. */
      readonly anchor: RepoPath;
      /** What tells it apart inside of the environment: regions, clusters, rings, as in `production/green-p01`. */
      readonly qualifiers?: readonly string[];
    }
  | {
      readonly kind: 'group';
      readonly ids: readonly EnvironmentId[];
      readonly id: EnvironmentId;
      readonly evidence: readonly Evidence[];
      readonly anchor: RepoPath;
    }
  /** `place`: it stands where bases, components or modules stand; `use`: nothing but who uses it tells. */
  | { readonly kind: 'shared'; readonly why: string; readonly by: 'place' | 'use' }
  /** With `anchor` it stands where environments stand, and is of one of its own that is not known. */
  | { readonly kind: 'unknown'; readonly why: string; readonly anchor?: RepoPath };

/** The environments that an owner stands for: one, the members of a group, or none. */
export function environmentsOf(owner: EnvironmentOwner | undefined): readonly EnvironmentId[] {
  if (owner?.kind === 'environment') return [owner.id];
  return owner?.kind === 'group' ? owner.ids : [];
}

/** Whether one of the ids is that of an environment of tier production. */
export function includesProduction(ids: Iterable<EnvironmentId>, environments: readonly Environment[]): boolean {
  for (const id of ids) if (environments.some(environment => environment.id === id && environment.tier === 'production')) return true;
  return false;
}

/** Whom a file changes: the environments of the roots that include it. */
export interface Reach {
  readonly environments: ReadonlySet<EnvironmentId>;
  /** Ids of the roots (units) that include it. */
  readonly roots: ReadonlySet<string>;
  /** Those of them that include it for certain. */
  readonly certain: ReadonlySet<string>;
  /** `maybe`: only through an edge that could not be resolved for certain. */
  readonly certainty: 'yes' | 'maybe' | 'no';
}
