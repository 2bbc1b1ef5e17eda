import type { DocumentClass } from '../core/classification.ts';

/** Groups whose kinds every API server knows; `''` is the core group. */
const builtInGroups: ReadonlySet<string> = new Set([
  '',
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'extensions',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'auditregistration.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'settings.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** The kinds of the core group; others with `apiVersion: v1` are older OpenShift kinds or files of tools. */
const coreKinds: ReadonlySet<string> = new Set(
  (
    'Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod PodTemplate ' +
    'ReplicationController ResourceQuota Secret Service ServiceAccount'
  ).split(' '),
);

/** Groups that have one class, or one for some of their kinds. */
const classesOfGroups: ReadonlyMap<string, DocumentClass | Readonly<Record<string, DocumentClass>>> = new Map<
  string,
  DocumentClass | Readonly<Record<string, DocumentClass>>
>([
  ['apiextensions.k8s.io', { CustomResourceDefinition: 'custom-resource-definition' }],
  ['argoproj.io', { Application: 'argocd-application', ApplicationSet: 'argocd-application-set', AppProject: 'argocd-project' }],
  ['kustomize.toolkit.fluxcd.io', { Kustomization: 'flux-kustomization' }],
  ['helm.toolkit.fluxcd.io', { HelmRelease: 'flux-helm-release' }],
  ['source.toolkit.fluxcd.io', 'flux-source'],
  ['source.extensions.fluxcd.io', 'flux-source'],
  ['image.toolkit.fluxcd.io', 'flux-automation'],
  ['notification.toolkit.fluxcd.io', 'flux-notification'],
  ['fluxcd.controlplane.io', 'flux-operator'],
  ['bitnami.com', { SealedSecret: 'sealed-secret' }],
  ['external-secrets.io', { ExternalSecret: 'external-secret', ClusterExternalSecret: 'external-secret', PushSecret: 'external-secret' }],
  ['kubernetes-client.io', { ExternalSecret: 'external-secret' }],
  ['backstage.io', 'backstage'],
  ['scaffolder.backstage.io', 'backstage'],
  ['core.jenkins-x.io', { Requirements: 'jenkins-x-requirements' }],
  ['gitops.jenkins-x.io', 'jenkins-x-config'],
  ['project.jenkins-x.io', 'jenkins-x-config'],
  ['secret.jenkins-x.io', 'jenkins-x-config'],
  ['updatebot.jenkins-x.io', 'jenkins-x-config'],
  ['config.lighthouse.jenkins-x.io', 'jenkins-x-trigger'],
  ['cli.kyverno.io', 'policy-test'],
  ['chainsaw.kyverno.io', 'policy-test'],
  ['kuttl.dev', 'policy-test'],
  ['test.gatekeeper.sh', 'policy-test'],
  ['admission.k8s.io', 'policy-test'],
  ['kubeadm.k8s.io', 'cluster-config'],
  ['kubelet.config.k8s.io', 'cluster-config'],
  ['kubeproxy.config.k8s.io', 'cluster-config'],
  ['kubescheduler.config.k8s.io', 'cluster-config'],
  ['apiserver.config.k8s.io', 'cluster-config'],
  ['audit.k8s.io', 'cluster-config'],
  ['credentialprovider.kubelet.k8s.io', 'cluster-config'],
  ['kind.x-k8s.io', 'cluster-config'],
  ['k3d.io', 'cluster-config'],
  ['eksctl.io', 'cluster-config'],
  ['k0s.k0sproject.io', 'cluster-config'],
  ['k0sctl.k0sproject.io', 'cluster-config'],
  ['minikube.sigs.k8s.io', 'cluster-config'],
  ['controller-runtime.sigs.k8s.io', 'data'],
  ['fn.kpt.dev', 'kustomize-transformer'],
  ['viaduct.ai', 'kustomize-transformer'],
  ['goabout.com', 'kustomize-transformer'],
  ['kpt.dev', 'tool-config'],
  ['skaffold', 'tool-config'],
  ['vendir.k14s.io', 'tool-config'],
  ['kbld.k14s.io', 'tool-config'],
  ['imgpkg.carvel.dev', 'tool-config'],
  ['score.dev', 'tool-config'],
  ['devspace', 'tool-config'],
  ['docs.renovatebot.com', 'tool-config'],
]);

/** Generators and transformers that Kustomize has built in, or that it runs as KRM functions and plugins. */
const transformerKind = /(?:Transformer|^ConfigMapGenerator|^SecretGenerator|^HelmChartInflationGenerator|^PolicyGenerator)$/;

/** The class of an object by its apiVersion and kind alone. */
export function kubernetesClass(apiVersion: string, kind: string): DocumentClass {
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  if (group === '') {
    if (apiVersion === 'builtin') return 'kustomize-transformer';
    // Talos names its configuration documents so.
    if (apiVersion === 'v1alpha1') return 'cluster-config';
    // An object whose author forgot the version.
    if (apiVersion.includes('.') && (builtInGroups.has(apiVersion) || classesOfGroups.has(apiVersion)))
      return kubernetesClass(`${apiVersion}/`, kind);
    if (apiVersion !== 'v1') return 'tool-config';
    if (kind === 'Secret') return 'secret';
    if (kind === 'Config') return 'cluster-config';
    return coreKinds.has(kind) ? 'kubernetes-manifest' : 'custom-resource';
  }
  if (group === 'kustomize.config.k8s.io') return kind === 'Component' ? 'kustomize-component' : 'kustomization';
  const known = classesOfGroups.get(group);
  const cls = typeof known === 'object' ? known[kind] : known;
  if (cls !== undefined) return cls;
  if (builtInGroups.has(group)) return 'kubernetes-manifest';
  return transformerKind.test(kind) ? 'kustomize-transformer' : 'custom-resource';
}
