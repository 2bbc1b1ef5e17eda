import type { EnvironmentId, Evidence } from './environment.ts';

/** What has versions that decide which API versions are served. */
export const versionedTools = ['kubernetes', 'flux', 'argocd', 'external-secrets', 'cert-manager', 'karpenter', 'traefik'] as const;

export type VersionedTool = (typeof versionedTools)[number];

/** A version that runs somewhere, by the config or by what stands in the repository. */
export interface RunningVersion {
  readonly major: number;
  readonly minor: number;
  readonly evidence: readonly Evidence[];
}

/** What of a tool runs where. More than one version of a place: it is one of them. */
export interface ToolVersions {
  readonly byEnvironment: ReadonlyMap<EnvironmentId, readonly RunningVersion[]>;
  /** For environments that have none of their own, and where no environment is known. */
  readonly everywhere: readonly RunningVersion[];
}

/** Absent is a tool of which no version is known. */
export type Versions = ReadonlyMap<VersionedTool, ToolVersions>;

/** As in `1.33`. */
export function describeVersion({ major, minor }: Pick<RunningVersion, 'major' | 'minor'>): string {
  return `${major}.${minor}`;
}

/** Less than 0 where the first is older. */
export function compareVersions(a: Pick<RunningVersion, 'major' | 'minor'>, b: Pick<RunningVersion, 'major' | 'minor'>): number {
  return a.major - b.major || a.minor - b.minor;
}

/**
 * The major and minor of a version that is written out: `1.33`, `v1.33.4`, `1.33.4+k3s1`, `1.33.4-gke.100`.
 * A range, a wildcard or a channel is none; a wildcard in place of the patch leaves major and minor known.
 */
export function readVersion(text: string): Pick<RunningVersion, 'major' | 'minor'> | undefined {
  const match = /^v?(\d{1,4})\.(\d{1,4})(?:\.(?:\d{1,6}(?:[-+][\w.+-]*)?|[xX*]))?$/.exec(text.trim());
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}

/** As messages call the tools. */
export const productNames: Readonly<Record<VersionedTool, string>> = {
  kubernetes: 'Kubernetes',
  flux: 'Flux',
  argocd: 'Argo CD',
  'external-secrets': 'External Secrets',
  'cert-manager': 'cert-manager',
  karpenter: 'Karpenter',
  traefik: 'Traefik',
};
