import type { RepoPath } from '../core/place.ts';
import type { Reference, Unit } from '../core/repo.ts';
import type { Resolution } from './resolve-path.ts';

/** A unit as the reader of its system gives it, before the model knows who includes whom. */
export interface DraftUnit extends Omit<Unit, 'environment' | 'isRoot'> {
  readonly deliveries: readonly Delivery[];
  /** What the unit mentions; each is of this unit. */
  readonly references: readonly Reference[];
}

/** A file or folder that a unit takes in, and how it is read. */
export interface Delivery {
  readonly path: RepoPath;
  readonly certainty: 'yes' | 'maybe';
  /**
   * `argocd`: chart, kustomization or directory, whichever Argo CD detects. `flux`: the kustomization of the folder
   * or the one that Flux generates. `kustomization`: as it is. `chart`: a Helm chart. `folder`: everything below. `file`: as data.
   */
  readonly how: 'argocd' | 'flux' | 'kustomization' | 'chart' | 'folder' | 'file';
  readonly directory?: DirectoryOptions;
}

/** How Argo CD reads a plain directory. */
export interface DirectoryOptions {
  readonly recurse: boolean;
  readonly include?: string;
  readonly exclude?: string;
  /** The source names a tool, or a plugin renders it: nothing is detected. */
  readonly tool?: 'helm' | 'kustomize' | 'directory' | 'plugin';
}

/** What resolved paths deliver: what may be meant is delivered maybe. */
export function deliveriesOf(resolutions: readonly Resolution[], how: Delivery['how'], directory?: DirectoryOptions): Delivery[] {
  return resolutions.flatMap(({ state, to }) =>
    to === undefined ? [] : [{ path: to, certainty: state === 'resolved' ? 'yes' : 'maybe', how, ...(directory && { directory }) } as const],
  );
}
