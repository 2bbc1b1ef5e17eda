import { fieldsAt, isFields, listAt } from '../fields.ts';
import type { VersionedTool } from '../running-versions.ts';
import { type ApiReplacement, always, type DeprecatedApi, never } from './api.ts';

type Row = readonly [apiVersion: string, kinds: string, removed: string, ...replacements: readonly ApiReplacement[]];

const sources = 'source.toolkit.fluxcd.io';
const sourcesV1: readonly (readonly [kind: string, replacement: ApiReplacement])[] = [
  ['GitRepository', checked(`${sources}/v1`, '2.0', 'remove "gitImplementation" and "accessFrom"', without('gitImplementation', 'accessFrom'))],
  ['HelmRepository', same(`${sources}/v1`, '2.3')],
  ['HelmChart', checked(`${sources}/v1`, '2.3', 'list the file of "valuesFile" under "valuesFiles"', without('valuesFile'))],
  ['Bucket', same(`${sources}/v1`, '2.4')],
];

/** The versions of the APIs of GitOps controllers, and of what they come with, that went or are going. */
export const gitopsApis: readonly DeprecatedApi[] = [
  ...rows(
    'flux',
    'https://fluxcd.io/flux/migration/flux-v2-7/ and the release notes of Flux 2.0 to 2.9',
    ...sourcesV1.flatMap(([kind, replacement]): Row[] => [
      [`${sources}/v1beta1`, kind, '2.7', replacement],
      [`${sources}/v1beta2`, kind, '2.8', replacement],
    ]),
    [`${sources}/v1beta2`, 'OCIRepository', '2.8', same(`${sources}/v1`, '2.6')],
    ['kustomize.toolkit.fluxcd.io/v1beta1', 'Kustomization', '2.7', kustomizations()],
    ['kustomize.toolkit.fluxcd.io/v1beta2', 'Kustomization', '2.8', kustomizations()],
    ['helm.toolkit.fluxcd.io/v2beta1', 'HelmRelease', '2.7', helmReleases()],
    ['helm.toolkit.fluxcd.io/v2beta2', 'HelmRelease', '2.8', helmReleases()],
    ['image.toolkit.fluxcd.io/v1beta1', 'ImagePolicy ImageRepository', '2.7', same('image.toolkit.fluxcd.io/v1', '2.7')],
    ['image.toolkit.fluxcd.io/v1beta2', 'ImagePolicy ImageRepository', '2.9', same('image.toolkit.fluxcd.io/v1', '2.7')],
    ['image.toolkit.fluxcd.io/v1beta1', 'ImageUpdateAutomation', '2.7', imageUpdates()],
    ['image.toolkit.fluxcd.io/v1beta2', 'ImageUpdateAutomation', '2.9', imageUpdates()],
    ['notification.toolkit.fluxcd.io/v1beta1', 'Receiver', '2.7', same('notification.toolkit.fluxcd.io/v1', '2.0')],
    ['notification.toolkit.fluxcd.io/v1beta2', 'Receiver', '2.9', same('notification.toolkit.fluxcd.io/v1', '2.0')],
    ['notification.toolkit.fluxcd.io/v1beta1', 'Alert Provider', '2.7', same('notification.toolkit.fluxcd.io/v1beta3', '2.2')],
    ['notification.toolkit.fluxcd.io/v1beta2', 'Alert Provider', '2.9', same('notification.toolkit.fluxcd.io/v1beta3', '2.2')],
  ),
  ...rows(
    'external-secrets',
    'https://github.com/external-secrets/external-secrets/releases/tag/v0.17.0 and v0.16.0',
    [
      'external-secrets.io/v1beta1',
      'ExternalSecret SecretStore ClusterSecretStore ClusterExternalSecret',
      '0.17',
      same('external-secrets.io/v1', '0.16'),
    ],
    ['external-secrets.io/v1alpha1', 'SecretStore ClusterSecretStore', '0.16', same('external-secrets.io/v1', '0.16')],
    [
      'external-secrets.io/v1alpha1',
      'ExternalSecret',
      '0.16',
      checked('external-secrets.io/v1', '0.16', 'put the items of "dataFrom" under "extract"', without('dataFrom')),
    ],
  ),
  ...rows(
    'cert-manager',
    'https://cert-manager.io/docs/releases/upgrading/remove-deprecated-apis/',
    ...['v1alpha2', 'v1alpha3', 'v1beta1'].flatMap((version): Row[] => [
      [`cert-manager.io/${version}`, 'Issuer ClusterIssuer', '1.6', same('cert-manager.io/v1', '1.0')],
      [`cert-manager.io/${version}`, 'Certificate', '1.6', certificates()],
      [
        `cert-manager.io/${version}`,
        'CertificateRequest',
        '1.6',
        checked('cert-manager.io/v1', '1.0', 'rename "csr" to "request"', without('csr', 'csrPEM')),
      ],
      [`acme.cert-manager.io/${version}`, 'Order Challenge', '1.6', other('acme.cert-manager.io/v1', '1.0', 'compare its fields')],
    ]),
    [
      'certmanager.k8s.io/v1alpha1',
      'Certificate Issuer ClusterIssuer CertificateRequest Order Challenge',
      '0.11',
      other('cert-manager.io/v1', '1.0', 'compare its fields'),
    ],
  ),
  ...rows(
    undefined,
    'https://github.com/kubernetes-sigs/gateway-api/releases/tag/v1.2.0 and the CRDs of v1.4.0',
    [
      'gateway.networking.k8s.io/v1alpha2',
      'Gateway GatewayClass HTTPRoute',
      '1.2',
      other('gateway.networking.k8s.io/v1', '1.0', 'compare its fields'),
    ],
    ['gateway.networking.k8s.io/v1alpha2', 'GRPCRoute', '1.2', same('gateway.networking.k8s.io/v1', '1.1')],
    ['gateway.networking.k8s.io/v1alpha2', 'ReferenceGrant', '1.2', same('gateway.networking.k8s.io/v1beta1', '0.6')],
    ['gateway.networking.k8s.io/v1alpha3', 'BackendTLSPolicy', '1.4', other('gateway.networking.k8s.io/v1', '1.4', 'compare its fields')],
  ),
  ...rows('traefik', 'https://doc.traefik.io/traefik/migration/v2-to-v3-details/', [
    'traefik.containo.us/v1alpha1',
    'IngressRoute IngressRouteTCP IngressRouteUDP Middleware MiddlewareTCP ServersTransport TLSOption TLSStore TraefikService',
    '3.0',
    same('traefik.io/v1alpha1', '2.10'),
  ]),
  ...rows(
    'karpenter',
    'https://karpenter.sh/docs/upgrading/upgrade-guide/',
    ['karpenter.sh/v1alpha5', 'Provisioner', '0.33', ...renamed('NodePool', 'karpenter.sh')],
    ['karpenter.sh/v1alpha5', 'Machine', '0.33', ...renamed('NodeClaim', 'karpenter.sh')],
    ['karpenter.k8s.aws/v1alpha1', 'AWSNodeTemplate', '0.33', ...renamed('EC2NodeClass', 'karpenter.k8s.aws')],
    ['karpenter.sh/v1beta1', 'NodePool NodeClaim', '1.1', other('karpenter.sh/v1', '1.0', 'compare its fields')],
    ['karpenter.k8s.aws/v1beta1', 'EC2NodeClass', '1.1', other('karpenter.k8s.aws/v1', '1.0', 'compare its fields')],
  ),
];

/** What is replaced is deprecated from the day on which all of it has a replacement. */
function rows(tool: VersionedTool | undefined, source: string, ...table: readonly Row[]): DeprecatedApi[] {
  return table.map(([apiVersion, kinds, removed, ...replacements]) => ({
    ...(tool !== undefined && { tool }),
    apiVersion,
    kinds: kinds.split(' '),
    deprecated: replacements.at(-1)?.since ?? removed,
    removed,
    replacements,
    source,
    date: '2026-11-28',
  }));
}

function same(apiVersion: string, since: string): ApiReplacement {
  return { apiVersion, since, isSame: always };
}

function other(apiVersion: string, since: string, changes: string): ApiReplacement {
  return { apiVersion, since, changes, isSame: never };
}

function checked(apiVersion: string, since: string, changes: string, isSame: ApiReplacement['isSame']): ApiReplacement {
  return { apiVersion, since, changes, isSame };
}

/** The kind has another name as well. */
function renamed(kind: string, group: string): readonly ApiReplacement[] {
  return [other(`${group}/v1`, '1.0', `write it as ${kind}`), other(`${group}/v1beta1`, '0.32', `write it as ${kind}`)];
}

function without(...fields: readonly string[]): ApiReplacement['isSame'] {
  return object => fields.every(field => fieldsAt(object, 'spec')[field] === undefined);
}

function kustomizations(): ApiReplacement {
  const changes = 'move "patchesStrategicMerge" and "patchesJson6902" to "patches" and drop "validation"';
  return checked('kustomize.toolkit.fluxcd.io/v1', '2.0', changes, without('patchesStrategicMerge', 'patchesJson6902', 'validation'));
}

function helmReleases(): ApiReplacement {
  const changes = 'list the file of "valuesFile" under "valuesFiles", and the patches of "postRenderers" under "patches"';
  return checked('helm.toolkit.fluxcd.io/v2', '2.3', changes, object => {
    const spec = fieldsAt(object, 'spec');
    const isOld = (renderer: unknown): boolean => {
      const kustomize = isFields(renderer) ? fieldsAt(renderer, 'kustomize') : {};
      return 'patchesStrategicMerge' in kustomize || 'patchesJson6902' in kustomize;
    };
    return fieldsAt(fieldsAt(spec, 'chart'), 'spec').valuesFile === undefined && !listAt(spec, 'postRenderers').some(isOld);
  });
}

/** v1 does not know the fields of v1beta1 in the template of the message. */
function imageUpdates(): ApiReplacement {
  return checked('image.toolkit.fluxcd.io/v1', '2.7', 'use ".Changed" in place of ".Updated" in "messageTemplate"', object => {
    const commit = fieldsAt(fieldsAt(fieldsAt(object, 'spec'), 'git'), 'commit');
    return !String(commit.messageTemplate ?? '').includes('.Updated');
  });
}

function certificates(): ApiReplacement {
  const changes = 'move the key fields under "privateKey" and "organization" under "subject", and rename the SANs';
  return checked('cert-manager.io/v1', '1.0', changes, without('keyAlgorithm', 'keyEncoding', 'keySize', 'organization', 'uriSANs', 'emailSANs'));
}
