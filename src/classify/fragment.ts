import { type Fields, fieldsAt, isFields, listAt } from '../core/fields.ts';

/**
 * Why an object cannot stand alone, as a strategic merge patch need not: it has a directive of the merge,
 * or lacks what the API server asks of its kind. Nothing where it could stand alone, or the kind is not known.
 */
export function fragmentReason(value: unknown): string | undefined {
  if (!isFields(value)) return undefined;
  if (hasDirective(value, 0)) return 'it has a merge directive such as "$patch"';
  const metadata = fieldsAt(value, 'metadata');
  if (!('name' in metadata) && !('generateName' in metadata)) return 'it has no name';
  if (Object.keys(value).length === 3 && 'metadata' in value && !bareKinds.has(String(value.kind))) return 'it has nothing but metadata';
  const lacks = lackingPart(String(value.kind), value, fieldsAt(value, 'spec'));
  return lacks === undefined ? undefined : `it has no ${lacks}`;
}

/** Kinds of which an object may have nothing but metadata. */
const bareKinds: ReadonlySet<string> = new Set(['Namespace', 'ServiceAccount', 'Secret', 'ConfigMap', 'Project', 'ImageStream', 'OperatorGroup']);

function lackingPart(kind: string, value: Fields, spec: Fields): string | undefined {
  const required = requiredSpec.get(kind);
  if (required) {
    const missing = required.find(field => !(field in spec));
    if (missing !== undefined) return `spec.${missing}`;
  }
  const pod = podSpec(kind, value);
  if (!pod) return undefined;
  const containers = listAt(pod, 'containers');
  if (containers.length === 0) return 'containers';
  return [...containers, ...listAt(pod, 'initContainers')].some(container => isFields(container) && !('image' in container))
    ? 'image of a container'
    : undefined;
}

/** The fields without which no API server takes an object of the kind. */
const requiredSpec: ReadonlyMap<string, readonly string[]> = new Map([
  ['Deployment', ['selector', 'template']],
  ['StatefulSet', ['selector', 'template']],
  ['DaemonSet', ['selector', 'template']],
  ['ReplicaSet', ['selector']],
  ['Job', ['template']],
  ['CronJob', ['schedule', 'jobTemplate']],
  ['HorizontalPodAutoscaler', ['scaleTargetRef', 'maxReplicas']],
  ['PersistentVolumeClaim', ['accessModes', 'resources']],
  ['PersistentVolume', ['capacity']],
  ['HelmRelease', ['interval']],
  ['HelmRepository', ['url']],
  ['GitRepository', ['url', 'interval']],
  ['OCIRepository', ['url', 'interval']],
  ['Application', ['project', 'destination']],
  ['ApplicationSet', ['generators', 'template']],
  ['Certificate', ['secretName', 'issuerRef']],
  ['ServiceMonitor', ['selector', 'endpoints']],
  ['Subscription', ['name', 'source']],
  ['CustomResourceDefinition', ['group', 'names']],
  ['HTTPRoute', ['rules']],
]);

const withPodTemplate: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job', 'ReplicationController']);

function podSpec(kind: string, value: Fields): Fields | undefined {
  const spec = fieldsAt(value, 'spec');
  if (kind === 'Pod') return spec;
  if (kind === 'CronJob') return fieldsAt(fieldsAt(fieldsAt(fieldsAt(spec, 'jobTemplate'), 'spec'), 'template'), 'spec');
  return withPodTemplate.has(kind) ? fieldsAt(fieldsAt(spec, 'template'), 'spec') : undefined;
}

const deepest = 12;

function hasDirective(value: unknown, depth: number): boolean {
  if (depth > deepest) return false;
  if (Array.isArray(value)) return value.some(item => hasDirective(item, depth + 1));
  if (!isFields(value)) return false;
  return Object.keys(value).some(
    key =>
      key === '$patch' || key.startsWith('$setElementOrder/') || key.startsWith('$deleteFromPrimitiveList/') || hasDirective(value[key], depth + 1),
  );
}
