import type { Place } from '../../core/place.ts';
import type { VersionedTool } from '../../core/running-versions.ts';

/** A version as one place of the repository writes it. */
export interface FoundVersion {
  readonly tool: VersionedTool;
  readonly text: string;
  readonly at: Place;
  /** One clause, as in `kops.k8s.io Cluster "web" has Kubernetes 1.33`. */
  readonly says: string;
  /**
   * Where it runs: `delivered` where the file is delivered to; `described` in the cluster that the file describes,
   * which is often made from another one.
   */
  readonly where: 'delivered' | 'described';
  /** The cluster that is described, where it has a name. */
  readonly cluster?: string;
  /** `nodes` may be behind their control plane; `local` clusters (kind, k3d) say nothing of others. */
  readonly weight?: 'nodes' | 'local';
}
