import { type Fields, fieldsAt, isFields, listAt } from '../fields.ts';
import { type ApiReplacement, always, type DeprecatedApi, never } from './api.ts';

/** The guide to what goes in which release; what it leaves out is in the types themselves. */
const guide = 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/';
const types = 'https://github.com/kubernetes/api (APILifecycleDeprecated and APILifecycleRemoved of the types, 0.25 to 0.36)';
const changes = 'https://github.com/kubernetes/kubernetes/tree/master/CHANGELOG';

type Row = readonly [apiVersion: string, kinds: string, deprecated: number, removed: number, ...replacements: readonly ApiReplacement[]];

/** The versions of the APIs of Kubernetes that went or are going, by minors of Kubernetes 1. */
export const kubernetesApis: readonly DeprecatedApi[] = [
  ...rows(
    guide,
    // 1.16
    ['extensions/v1beta1', 'Deployment DaemonSet ReplicaSet', 8, 16, workloads('apps/v1')],
    ['apps/v1beta1', 'Deployment StatefulSet', 8, 16, workloads('apps/v1')],
    ['apps/v1beta2', 'Deployment StatefulSet DaemonSet ReplicaSet', 9, 16, workloads('apps/v1')],
    ['extensions/v1beta1', 'NetworkPolicy', 9, 16, same('networking.k8s.io/v1', 8)],
    // 1.22
    ['extensions/v1beta1', 'Ingress', 14, 22, ingress()],
    ['networking.k8s.io/v1beta1', 'Ingress', 19, 22, ingress()],
    ['networking.k8s.io/v1beta1', 'IngressClass', 19, 22, same('networking.k8s.io/v1', 19)],
    ['admissionregistration.k8s.io/v1beta1', 'MutatingWebhookConfiguration ValidatingWebhookConfiguration', 16, 22, webhooks()],
    [
      'apiextensions.k8s.io/v1beta1',
      'CustomResourceDefinition',
      16,
      22,
      other('apiextensions.k8s.io/v1', 16, 'give every version a structural schema, or take the CRD of a newer release'),
    ],
    ['apiregistration.k8s.io/v1beta1', 'APIService', 19, 22, same('apiregistration.k8s.io/v1', 10)],
    ['authentication.k8s.io/v1beta1', 'TokenReview', 19, 22, same('authentication.k8s.io/v1', 6)],
    [
      'authorization.k8s.io/v1beta1',
      'LocalSubjectAccessReview SelfSubjectAccessReview SubjectAccessReview',
      19,
      22,
      other('authorization.k8s.io/v1', 6, 'rename "spec.group" to "spec.groups"'),
    ],
    [
      'certificates.k8s.io/v1beta1',
      'CertificateSigningRequest',
      19,
      22,
      other('certificates.k8s.io/v1', 19, 'set "spec.signerName" and "spec.usages"', hasSigner),
    ],
    ['coordination.k8s.io/v1beta1', 'Lease', 19, 22, same('coordination.k8s.io/v1', 14)],
    ['rbac.authorization.k8s.io/v1beta1', 'ClusterRole ClusterRoleBinding Role RoleBinding', 17, 22, same('rbac.authorization.k8s.io/v1', 8)],
    ['scheduling.k8s.io/v1beta1', 'PriorityClass', 14, 22, same('scheduling.k8s.io/v1', 14)],
    ['storage.k8s.io/v1beta1', 'CSIDriver', 19, 22, same('storage.k8s.io/v1', 18)],
    ['storage.k8s.io/v1beta1', 'CSINode', 17, 22, same('storage.k8s.io/v1', 17)],
    ['storage.k8s.io/v1beta1', 'StorageClass', 19, 22, same('storage.k8s.io/v1', 6)],
    ['storage.k8s.io/v1beta1', 'VolumeAttachment', 19, 22, same('storage.k8s.io/v1', 13)],
    // 1.25
    ['batch/v1beta1', 'CronJob', 21, 25, same('batch/v1', 21)],
    [
      'discovery.k8s.io/v1beta1',
      'EndpointSlice',
      21,
      25,
      other('discovery.k8s.io/v1', 21, 'replace "topology" of the endpoints by "nodeName" and "zone"', value =>
        listAt(value, 'endpoints').every(endpoint => isFields(endpoint) && endpoint.topology === undefined),
      ),
    ],
    ['events.k8s.io/v1beta1', 'Event', 22, 25, other('events.k8s.io/v1', 19, 'rename its fields')],
    [
      'autoscaling/v2beta1',
      'HorizontalPodAutoscaler',
      22,
      25,
      other('autoscaling/v2', 23, 'write the targets of "metrics" as "target"', value => listAt(fieldsAt(value, 'spec'), 'metrics').length === 0),
    ],
    [
      'policy/v1beta1',
      'PodDisruptionBudget',
      21,
      25,
      other('policy/v1', 21, 'mind "spec.selector": an empty one selects every pod of the namespace, no longer none', value =>
        isMade(fieldsAt(value, 'spec').selector),
      ),
    ],
    ['node.k8s.io/v1beta1', 'RuntimeClass', 22, 25, same('node.k8s.io/v1', 20)],
    // 1.26, 1.27, 1.29, 1.32
    ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', 23, 26, same('autoscaling/v2', 23)],
    [
      'flowcontrol.apiserver.k8s.io/v1beta1',
      'FlowSchema PriorityLevelConfiguration',
      23,
      26,
      shares('flowcontrol.apiserver.k8s.io/v1', 29),
      shares('flowcontrol.apiserver.k8s.io/v1beta3', 26),
      same('flowcontrol.apiserver.k8s.io/v1beta2', 23),
    ],
    ['storage.k8s.io/v1beta1', 'CSIStorageCapacity', 24, 27, same('storage.k8s.io/v1', 24)],
    [
      'flowcontrol.apiserver.k8s.io/v1beta2',
      'FlowSchema PriorityLevelConfiguration',
      26,
      29,
      shares('flowcontrol.apiserver.k8s.io/v1', 29),
      shares('flowcontrol.apiserver.k8s.io/v1beta3', 26),
    ],
    ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema PriorityLevelConfiguration', 29, 32, same('flowcontrol.apiserver.k8s.io/v1', 29)],
  ),
  ...rows(
    types,
    ['storage.k8s.io/v1alpha1', 'CSIStorageCapacity', 21, 24, same('storage.k8s.io/v1', 24)],
    ['storage.k8s.io/v1alpha1', 'VolumeAttachment', 21, 24, same('storage.k8s.io/v1', 13)],
    ['networking.k8s.io/v1alpha1', 'IPAddress ServiceCIDR', 30, 31, same('networking.k8s.io/v1', 33), same('networking.k8s.io/v1beta1', 31)],
    ['authentication.k8s.io/v1alpha1', 'SelfSubjectReview', 29, 32, same('authentication.k8s.io/v1', 28)],
    ['authentication.k8s.io/v1beta1', 'SelfSubjectReview', 30, 33, same('authentication.k8s.io/v1', 28)],
    ['networking.k8s.io/v1beta1', 'IPAddress ServiceCIDR', 34, 37, same('networking.k8s.io/v1', 33)],
    [
      'admissionregistration.k8s.io/v1alpha1',
      'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
      29,
      32,
      same('admissionregistration.k8s.io/v1', 30),
      same('admissionregistration.k8s.io/v1beta1', 28),
    ],
    [
      'admissionregistration.k8s.io/v1beta1',
      'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding',
      31,
      34,
      same('admissionregistration.k8s.io/v1', 30),
    ],
    [
      'admissionregistration.k8s.io/v1alpha1',
      'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding',
      35,
      38,
      same('admissionregistration.k8s.io/v1', 36),
      same('admissionregistration.k8s.io/v1beta1', 34),
    ],
    [
      'resource.k8s.io/v1alpha3',
      'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
      32,
      34,
      other('resource.k8s.io/v1', 34, 'put what it requests under "exactly"'),
      other('resource.k8s.io/v1beta1', 32, 'compare its fields'),
    ],
    [
      'resource.k8s.io/v1beta1',
      'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice',
      35,
      38,
      other('resource.k8s.io/v1', 34, 'put what it requests under "exactly"'),
    ],
    ['resource.k8s.io/v1beta2', 'DeviceClass ResourceClaim ResourceClaimTemplate ResourceSlice', 36, 39, same('resource.k8s.io/v1', 34)],
    ['resource.k8s.io/v1alpha3', 'DeviceTaintRule', 36, 39, other('resource.k8s.io/v1beta2', 36, 'compare its fields')],
    ['resource.k8s.io/v1alpha1', 'ResourceClaim ResourceClaimTemplate ResourceClass', 27, 27, ...devices()],
    ['resource.k8s.io/v1alpha2', 'ResourceClaim ResourceClaimTemplate ResourceClass', 31, 31, ...devices()],
    ['storage.k8s.io/v1alpha1', 'VolumeAttributesClass', 32, 35, same('storage.k8s.io/v1', 34), same('storage.k8s.io/v1beta1', 31)],
    ['storage.k8s.io/v1beta1', 'VolumeAttributesClass', 34, 37, same('storage.k8s.io/v1', 34)],
    ['certificates.k8s.io/v1alpha1', 'ClusterTrustBundle', 34, 37, same('certificates.k8s.io/v1beta1', 33)],
    ['certificates.k8s.io/v1alpha1', 'PodCertificateRequest', 35, 35, other('certificates.k8s.io/v1beta1', 35, 'compare its fields')],
    ['coordination.k8s.io/v1alpha1', 'LeaseCandidate', 32, 32, other('coordination.k8s.io/v1beta1', 33, 'compare its fields')],
    ['coordination.k8s.io/v1alpha2', 'LeaseCandidate', 35, 38, same('coordination.k8s.io/v1beta1', 33)],
    [
      'storagemigration.k8s.io/v1alpha1',
      'StorageVersionMigration',
      33,
      35,
      other('storagemigration.k8s.io/v1beta1', 35, 'drop the version of "spec.resource"'),
    ],
    ['scheduling.k8s.io/v1alpha1', 'Workload', 36, 36, other('scheduling.k8s.io/v1alpha2', 36, 'compare its fields')],
  ),
  ...rows(
    changes,
    ['batch/v2alpha1', 'CronJob', 8, 21, same('batch/v1', 21)],
    [
      'rbac.authorization.k8s.io/v1alpha1',
      'ClusterRole ClusterRoleBinding Role RoleBinding',
      17,
      23,
      other('rbac.authorization.k8s.io/v1', 8, 'give the subjects "apiGroup" in place of "apiVersion"', value =>
        listAt(value, 'subjects').every(subject => isFields(subject) && subject.apiVersion === undefined),
      ),
    ],
  ),
  ...gone(guide, 'replaced by Pod Security admission: label the namespaces and remove it', [
    ['extensions/v1beta1', 'PodSecurityPolicy', 11, 16],
    ['policy/v1beta1', 'PodSecurityPolicy', 21, 25],
  ]),
  ...gone(types, 'gone without a replacement: remove it', [
    ['networking.k8s.io/v1alpha1', 'ClusterCIDR', 28, 29],
    ['resource.k8s.io/v1alpha1', 'PodScheduling', 27, 27],
    ['resource.k8s.io/v1alpha2', 'PodSchedulingContext ResourceClaimParameters ResourceClassParameters ResourceSlice', 31, 31],
    ['resource.k8s.io/v1alpha3', 'PodSchedulingContext', 32, 32],
  ]),
  ...gone(changes, 'gone without a replacement: remove it', [
    ['auditregistration.k8s.io/v1alpha1', 'AuditSink', 18, 19],
    ['settings.k8s.io/v1alpha1', 'PodPreset', 19, 20],
  ]),
];

function rows(source: string, ...table: readonly Row[]): DeprecatedApi[] {
  return table.map(([apiVersion, kinds, deprecated, removed, ...replacements]) => ({
    tool: 'kubernetes',
    apiVersion,
    kinds: kinds.split(' '),
    deprecated: `1.${deprecated}`,
    removed: `1.${removed}`,
    replacements,
    source,
    date: '2026-11-28',
  }));
}

function gone(source: string, remedy: string, table: readonly Row[]): DeprecatedApi[] {
  return rows(source, ...table).map(row => ({ ...row, remedy }));
}

function same(apiVersion: string, since: number): ApiReplacement {
  return { apiVersion, since: `1.${since}`, isSame: always };
}

function other(apiVersion: string, since: number, changes: string, isSame: ApiReplacement['isSame'] = never): ApiReplacement {
  return { apiVersion, since: `1.${since}`, changes, isSame };
}

/** Selectors are required; what else has another default is written into objects that exist. */
function workloads(apiVersion: string): ApiReplacement {
  return other(apiVersion, 9, 'give it "spec.selector" with the labels of its pods', value => {
    const spec = fieldsAt(value, 'spec');
    return isMade(spec.selector) && spec.rollbackTo === undefined && spec.templateGeneration === undefined;
  });
}

/** Classes of devices took the place of classes of resources. */
function devices(): readonly ApiReplacement[] {
  const changes = 'describe the devices with a DeviceClass';
  return [other('resource.k8s.io/v1', 34, changes), other('resource.k8s.io/v1beta1', 32, changes)];
}

/** Some write the backends of v1 under the old version already. */
function ingress(): ApiReplacement {
  const changes = 'write the backends as "service.name" and "service.port", with a "pathType" for each path';
  return other('networking.k8s.io/v1', 19, changes, value => {
    const spec = fieldsAt(value, 'spec');
    const paths = listAt(spec, 'rules').flatMap(rule => (isFields(rule) ? listAt(fieldsAt(rule, 'http'), 'paths') : []));
    return (
      spec.backend === undefined &&
      paths.length > 0 &&
      paths.every(path => isFields(path) && path.pathType !== undefined && isFields(fieldsAt(path, 'backend').service))
    );
  });
}

/** v1 requires two fields and has other defaults for three. */
function webhooks(): ApiReplacement {
  const changes = 'set "sideEffects", "admissionReviewVersions", "failurePolicy", "matchPolicy" and "timeoutSeconds" of each webhook';
  const names = ['admissionReviewVersions', 'failurePolicy', 'matchPolicy', 'timeoutSeconds'];
  return other('admissionregistration.k8s.io/v1', 16, changes, value =>
    listAt(value, 'webhooks').every(
      webhook => isFields(webhook) && /^None/.test(String(webhook.sideEffects)) && names.every(name => webhook[name] !== undefined),
    ),
  );
}

/** FlowSchemas are the same. */
function shares(apiVersion: string, since: number): ApiReplacement {
  return other(apiVersion, since, 'rename "assuredConcurrencyShares" to "nominalConcurrencyShares"', value => {
    return fieldsAt(fieldsAt(value, 'spec'), 'limited').assuredConcurrencyShares === undefined;
  });
}

function hasSigner(value: Fields): boolean {
  const spec = fieldsAt(value, 'spec');
  return typeof spec.signerName === 'string' && Array.isArray(spec.usages);
}

/** A mapping with something in it. */
function isMade(value: unknown): boolean {
  return isFields(value) && Object.keys(value).length > 0;
}
