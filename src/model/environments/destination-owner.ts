import type { ResolvedConfig } from '../../core/config.ts';
import type { EnvironmentId, EnvironmentOwner, Evidence } from '../../core/environment.ts';
import type { Place } from '../../core/place.ts';
import type { Unit } from '../../core/repo.ts';
import type { EnvironmentModel } from './infer-environments.ts';
import { coreWordsIn, readText } from './names.ts';

/**
 * The environment that a unit changes: by the config's clusters and namespaces, by the name of its cluster,
 * by its place, and only then by the name of its namespace, which may be that of a product (`dev-portal`).
 * Only environments that the repository knows are answers. `at` is where the destination is written.
 */
export function ownerOfUnit(
  model: EnvironmentModel,
  config: Pick<ResolvedConfig, 'environments'>,
  unit: { readonly destination?: Unit['destination']; readonly at: Place },
): EnvironmentOwner {
  const { cluster, namespace } = unit.destination ?? {};
  const place = model.ownerOf(unit.at.path);
  const owns = (id: EnvironmentId | undefined, kind: Evidence['kind'], says: string): EnvironmentOwner | undefined => {
    const environment = id === undefined ? undefined : model.find(id);
    if (environment === undefined) return undefined;
    const rest = { id: environment.id, evidence: [{ kind, at: unit.at, says }], anchor: unit.at.path };
    return environment.group ? { kind: 'group', ids: environment.group, ...rest } : { kind: 'environment', ...rest };
  };

  const claiming = config.environments.filter(
    environment =>
      (cluster !== undefined && environment.matchesCluster(hostOf(cluster))) || (namespace !== undefined && environment.matchesNamespace(namespace)),
  );
  const [first, second] = claiming;
  if (second !== undefined) return { kind: 'unknown', why: `its destination is that of ${claiming.map(({ id }) => id).join(' and ')}` };
  const configured = owns(first?.id, 'config', 'the config names its destination');
  if (configured) return configured;

  const words = cluster === undefined ? [] : coreWordsIn(clusterNameOf(cluster));
  if (words.length > 1) return { kind: 'unknown', why: `its cluster "${cluster}" names ${words.map(({ id }) => id).join(' and ')}` };
  const byCluster = owns(words[0]?.id, 'cluster', `its cluster is "${cluster}"`);
  if (byCluster) return byCluster;
  if (place.kind === 'environment' || place.kind === 'group') return place;

  const name = namespace === undefined ? undefined : readText(namespace);
  return (name?.strength === 'core' ? owns(name.word.id, 'namespace', `its namespace is "${namespace}"`) : undefined) ?? place;
}

/** A cluster's own name, or what its address says before the domain: `eks-prod` in `https://eks-prod.example.dev:6443`. */
function clusterNameOf(cluster: string): string {
  return /^https?:\/\//.test(cluster) ? hostOf(cluster).split('.').slice(0, -2).join('.') : cluster;
}

function hostOf(cluster: string): string {
  return cluster.replace(/^https?:\/\//, '').replace(/[:/].*$/, '');
}
