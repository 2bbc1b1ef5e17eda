import type { SourceFile } from '../../core/document.ts';
import type { RepoPath } from '../../core/place.ts';
import type { Kustomization, Resource, Unit } from '../../core/repo.ts';
import type { DraftUnit } from '../draft-unit.ts';
import type { Tree } from '../tree.ts';

/** What the charts and releases of a repository are read from. */
export interface HelmInput {
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly tree: Tree;
  /** The charts as units, with the references to their dependencies. */
  readonly charts: readonly DraftUnit[];
  readonly units: readonly (Unit & DraftUnit)[];
  readonly kustomizations: ReadonlyMap<RepoPath, Kustomization>;
  /** Nobody delivers the object as it is written. */
  readonly isStandIn: (resource: Resource) => boolean;
}
