import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { JsonSchema } from '../../src/schema/json-schema.ts';

// The form is what schemas/README.md says of a table.
const [first = '', ...lines] = readFileSync(new URL('../../schemas/kubernetes.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const { kinds } = JSON.parse(first) as { readonly kinds: Readonly<Record<string, Readonly<Record<string, readonly [string, number, number]>>>> };
const definitions = new Map(lines.map(line => JSON.parse(line) as [string, JsonSchema]));
const entries = Object.entries(kinds).flatMap(([apiVersion, group]) =>
  Object.entries(group).map(([kind, entry]) => ({ name: `${apiVersion} ${kind}`, entry })),
);

test('every kind names a definition, and minors of Kubernetes 1.25 to 1.36', () => {
  for (const { name, entry } of entries) {
    const [definition, from, to] = entry;
    expect(definitions.get(definition)?.properties, name).toMatchObject({ kind: { type: 'string' }, metadata: { $ref: 'V1ObjectMeta' } });
    expect(from, name).toBeGreaterThanOrEqual(25);
    expect(to, name).toBeGreaterThanOrEqual(from);
    expect(to, name).toBeLessThanOrEqual(36);
  }
});

test('every reference has its definition, and every definition is reached', () => {
  const reached = new Set([...entries.map(({ entry }) => entry[0]), 'V1ObjectMeta']);
  for (const name of reached) {
    for (const schema of nested(definitions.get(name) ?? {})) if (schema.$ref !== undefined) reached.add(schema.$ref);
  }
  expect([...reached].sort()).toEqual([...definitions.keys()].sort());
});

test('the minors of a field are some of all, in their order', () => {
  for (const [name, schema] of [...definitions].flatMap(([, definition]) => Object.entries(definition.properties ?? {}))) {
    const [from, to] = schema['x-minors'] ?? [25, 36];
    expect(from >= 25 && from <= to && to <= 36, name).toBe(true);
  }
});

test('a required field is there, in every minor', () => {
  for (const [name, { properties = {}, required = [] }] of definitions) {
    for (const field of required) {
      expect(properties[field], `${name}.${field}`).toBeDefined();
      expect(properties[field]?.['x-minors'], `${name}.${field}`).toBeUndefined();
    }
  }
});

test('the items of a list are told apart by fields that they have', () => {
  for (const schema of [...definitions.values()].flatMap(nested)) {
    const item = definitions.get(schema.items?.$ref ?? '');
    for (const key of schema['x-kubernetes-list-map-keys'] ?? []) expect(item?.properties).toHaveProperty([key]);
  }
});

test.each([
  ['v1 Pod', 'V1Pod', 25, 36],
  ['v1 Event', 'CoreV1Event', 25, 36],
  ['apps/v1 Deployment', 'V1Deployment', 25, 36],
  ['policy/v1 PodDisruptionBudget', 'V1PodDisruptionBudget', 25, 36],
  ['autoscaling/v2beta2 HorizontalPodAutoscaler', 'V2beta2HorizontalPodAutoscaler', 25, 25],
  ['flowcontrol.apiserver.k8s.io/v1beta2 FlowSchema', 'V1beta2FlowSchema', 25, 28],
  ['flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema', 'V1beta3FlowSchema', 26, 31],
  ['storage.k8s.io/v1beta1 CSIStorageCapacity', 'V1beta1CSIStorageCapacity', 25, 26],
  ['resource.k8s.io/v1alpha1 PodScheduling', 'V1alpha1PodScheduling', 26, 26],
  ['coordination.k8s.io/v1alpha1 LeaseCandidate', 'V1alpha1LeaseCandidate', 31, 31],
  ['admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy', 'V1ValidatingAdmissionPolicy', 30, 36],
  ['scheduling.k8s.io/v1alpha1 Workload', 'V1alpha1Workload', 35, 35],
  ['resource.k8s.io/v1 ResourceClaim', 'ResourceV1ResourceClaim', 34, 36],
])('%s is %s, from 1.%i to 1.%i', (name, ...entry) => {
  expect(entries.find(other => other.name === name)?.entry).toEqual(entry);
});

test.each([
  'policy/v1beta1 PodSecurityPolicy',
  'policy/v1beta1 PodDisruptionBudget',
  'batch/v1beta1 CronJob',
  'extensions/v1beta1 Ingress',
  'autoscaling/v1 Scale',
])('%s is not there', name => expect(entries.map(other => other.name)).not.toContain(name));

test.each([
  ['V1Container', 'image', undefined],
  ['V1Container', 'resizePolicy', [27, 36]],
  ['V1Container', 'restartPolicy', [28, 36]],
  ['V1PodSpec', 'schedulingGates', [26, 36]],
  ['V1PodSpec', 'resources', [32, 36]],
  ['V1PodSpec', 'workloadRef', [35, 35]],
  ['V1ServiceSpec', 'trafficDistribution', [30, 36]],
  ['V1VolumeResourceRequirements', 'claims', [26, 28]],
  ['V1TypedObjectReference', 'namespace', [26, 36]],
])('%s has %s in the minors %j', (definition, field, minors) => {
  const property = definitions.get(definition)?.properties?.[field];
  expect(property).toBeDefined();
  expect(property?.['x-minors']).toEqual(minors);
});

test.each([
  ['V1ResourceRequirements', 'limits', { type: 'object', additionalProperties: { type: 'string', format: 'quantity' } }],
  ['V1EmptyDirVolumeSource', 'sizeLimit', { type: 'string', format: 'quantity' }],
  ['V1HTTPGetAction', 'port', { format: 'int-or-string' }],
  ['V1ConfigMap', 'binaryData', { type: 'object', additionalProperties: { type: 'string', format: 'byte' } }],
  ['V1ObjectMeta', 'creationTimestamp', { type: 'string', format: 'date-time' }],
  ['V1DeploymentSpec', 'replicas', { type: 'integer', format: 'int32' }],
  ['V1JSONSchemaProps', 'maximum', { type: 'number', format: 'double' }],
  ['V1JSONSchemaProps', 'default', {}],
  ['V1Deployment', 'status', {}],
  ['V2MetricTarget', 'type', { type: 'string', enum: ['AverageValue', 'Utilization', 'Value'] }],
  ['V1ServicePort', 'protocol', { type: 'string', enum: ['SCTP', 'TCP', 'UDP', ''], default: 'TCP' }],
  [
    'V1ServiceSpec',
    'ports',
    { type: 'array', items: { $ref: 'V1ServicePort' }, 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['port', 'protocol'] },
  ],
])('the schema of %s.%s', (definition, field, schema) => {
  expect(definitions.get(definition)?.properties?.[field]).toEqual(schema);
});

function nested(schema: JsonSchema): JsonSchema[] {
  const { properties = {}, items, additionalProperties } = schema;
  const inner = [...Object.values(properties), items, additionalProperties].filter(value => typeof value === 'object');
  return [schema, ...inner.flatMap(nested)];
}
