import { isFields, listAt } from '../../core/fields.ts';
import { at, type FieldPath } from '../../core/place.ts';
import type { Resource } from '../../core/repo.ts';
import type { FoundVersion } from './found-version.ts';

/** Where an object says which Kubernetes the cluster has that it describes. */
interface ClusterObject {
  readonly field: readonly string[];
  readonly where?: 'delivered';
  readonly weight?: 'nodes';
}

/** By group and kind. */
const clusterObjects: ReadonlyMap<string, ClusterObject> = new Map<string, ClusterObject>([
  // Cluster API and its control planes: https://cluster-api.sigs.k8s.io/reference/providers
  ['cluster.x-k8s.io/Cluster', { field: ['spec', 'topology', 'version'] }],
  ['cluster.x-k8s.io/MachineDeployment', { field: ['spec', 'template', 'spec', 'version'], weight: 'nodes' }],
  ['controlplane.cluster.x-k8s.io/KubeadmControlPlane', { field: ['spec', 'version'] }],
  ['controlplane.cluster.x-k8s.io/AWSManagedControlPlane', { field: ['spec', 'version'] }],
  ['controlplane.cluster.x-k8s.io/RKE2ControlPlane', { field: ['spec', 'version'] }],
  ['controlplane.cluster.x-k8s.io/KThreesControlPlane', { field: ['spec', 'version'] }],
  ['controlplane.cluster.x-k8s.io/TalosControlPlane', { field: ['spec', 'version'] }],
  ['controlplane.cluster.x-k8s.io/K0sControlPlane', { field: ['spec', 'version'] }],
  ['infrastructure.cluster.x-k8s.io/AzureManagedControlPlane', { field: ['spec', 'version'] }],
  ['infrastructure.cluster.x-k8s.io/GCPManagedControlPlane', { field: ['spec', 'controlPlaneVersion'] }],
  // https://kops.sigs.k8s.io/cluster_spec/#kubernetesversion
  ['kops.k8s.io/Cluster', { field: ['spec', 'kubernetesVersion'] }],
  // https://eksctl.io/usage/schema/#metadata-version
  ['eksctl.io/ClusterConfig', { field: ['metadata', 'version'] }],
  // https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/#kubeadm-k8s-io-v1beta4-ClusterConfiguration
  ['kubeadm.k8s.io/ClusterConfiguration', { field: ['kubernetesVersion'] }],
  // https://github.com/k0sproject/k0sctl#spec-fields
  ['k0sctl.k0sproject.io/Cluster', { field: ['spec', 'k0s', 'version'] }],
  // https://gardener.cloud/docs/gardener/shoot/shoot_versions/
  ['core.gardener.cloud/Shoot', { field: ['spec', 'kubernetes', 'version'] }],
  ['provisioning.cattle.io/Cluster', { field: ['spec', 'kubernetesVersion'] }],
  // https://github.com/rancher/system-upgrade-controller: it upgrades the nodes of the cluster that it runs in.
  ['upgrade.cattle.io/Plan', { field: ['spec', 'version'], where: 'delivered', weight: 'nodes' }],
  // Managed clusters as custom resources: Crossplane, ACK, Azure Service Operator, Config Connector
  ['eks.aws.upbound.io/Cluster', { field: ['spec', 'forProvider', 'version'] }],
  ['eks.aws.crossplane.io/Cluster', { field: ['spec', 'forProvider', 'version'] }],
  ['containerservice.azure.upbound.io/KubernetesCluster', { field: ['spec', 'forProvider', 'kubernetesVersion'] }],
  ['container.gcp.upbound.io/Cluster', { field: ['spec', 'forProvider', 'minMasterVersion'] }],
  ['eks.services.k8s.aws/Cluster', { field: ['spec', 'version'] }],
  ['containerservice.azure.com/ManagedCluster', { field: ['spec', 'kubernetesVersion'] }],
  ['container.cnrm.cloud.google.com/ContainerCluster', { field: ['spec', 'minMasterVersion'] }],
]);

/** The Kubernetes of the clusters that objects and configurations with a kind describe. */
export function* readClusterObjects(resources: readonly Resource[]): Generator<FoundVersion> {
  for (const resource of resources) {
    const { group, kind, name } = resource;
    const known = clusterObjects.get(`${group}/${kind}`);
    if (known !== undefined) {
      const text = textIn(resource.value, known.field);
      if (text !== undefined)
        yield found(resource, known.field, text, { where: 'described', ...known, ...(name !== undefined && { cluster: name }) });
    } else if (group === 'kind.x-k8s.io' && kind === 'Cluster') yield* readKind(resource);
    else if (group === 'k3d.io' && kind === 'Simple') yield* readImage(resource, ['image'], 'rancher/k3s');
  }
}

function* readKind(resource: Resource): Generator<FoundVersion> {
  for (const index of listAt(resource.value, 'nodes').keys()) yield* readImage(resource, ['nodes', index, 'image'], 'kindest/node');
}

function* readImage(resource: Resource, field: FieldPath, image: string): Generator<FoundVersion> {
  const text = textIn(resource.value, field);
  const tag = text?.startsWith(`${image}:`) ? text.slice(image.length + 1).replace(/@.*/, '') : undefined;
  if (tag !== undefined) yield found(resource, field, tag, { where: 'described', weight: 'local' });
}

function found(
  { document, field: start, kind, name }: Resource,
  field: FieldPath,
  text: string,
  { where, weight, cluster }: { readonly where: FoundVersion['where'] } & Pick<FoundVersion, 'weight' | 'cluster'>,
): FoundVersion {
  const says = `${kind}${name === undefined ? '' : ` "${name}"`} has Kubernetes ${text}`;
  const rest = { ...(weight !== undefined && { weight }), ...(cluster !== undefined && { cluster }) };
  return { tool: 'kubernetes', text, at: at(document, ...start, ...field), says, where, ...rest };
}

function textIn(value: unknown, field: FieldPath): string | undefined {
  let inner = value;
  for (const key of field) inner = Array.isArray(inner) ? inner[Number(key)] : isFields(inner) ? inner[key] : undefined;
  return typeof inner === 'string' ? inner : undefined;
}
