import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { JsonSchema } from '../../src/schema/json-schema.ts';

interface Table {
  readonly kinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly definitions: ReadonlyMap<string, JsonSchema>;
}

const folder = new URL('../../schemas/custom-resources/', import.meta.url);
const tables = new Map(readdirSync(folder).map(name => [name.replace('.jsonl', ''), readTable(name)]));

function readTable(name: string): Table {
  const [first = '', ...rest] = readFileSync(new URL(name, folder), 'utf8').trim().split('\n');
  const { kinds } = JSON.parse(first) as Table;
  return { kinds, definitions: new Map(rest.map(line => JSON.parse(line) as [string, JsonSchema])) };
}

describe.each([...tables])('%s', (group, { kinds, definitions }) => {
  test('has kinds of its group alone, and what defines them', () => {
    expect(Object.keys(kinds).every(apiVersion => apiVersion.startsWith(`${group}/`))).toBe(true);
    for (const name of Object.values(kinds).flatMap(byKind => Object.values(byKind))) expect(definitions.get(name)?.properties).toBeDefined();
  });

  test('has every definition that it refers to, and no other', () => {
    const reached = new Set(Object.values(kinds).flatMap(byKind => Object.values(byKind)));
    for (const name of reached) for (const { $ref } of schemasIn(definitions.get(name) ?? {})) if ($ref !== undefined) reached.add($ref);
    expect([...reached].sort()).toEqual([...definitions.keys()].sort());
  });

  test('has patterns that JavaScript reads, and that are soon done with any text', () => {
    const patterns = new Set([...definitions.values()].flatMap(schemasIn).flatMap(({ pattern = [] }) => pattern));
    const texts = ['a', '0', 'a-', '0.', '1h', 'a.', '/a', '%41', '0:'].map(piece => `${piece.repeat(200)}\u0000`);
    const start = performance.now();
    for (const pattern of patterns) for (const text of texts) new RegExp(pattern, 'u').test(text);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

function schemasIn(schema: JsonSchema): JsonSchema[] {
  const { properties = {}, items, additionalProperties } = schema;
  const children = [
    ...Object.values(properties),
    ...(items ? [items] : []),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
  ];
  return [schema, ...children.flatMap(schemasIn)];
}

test('definitions have the keywords that schemas/README.md describes', () => {
  const all = [...tables.values()].flatMap(({ definitions }) => [...definitions.values()].flatMap(schemasIn));
  const limits = [
    'minLength',
    'maxLength',
    'minItems',
    'maxItems',
    'minProperties',
    'maxProperties',
    'minimum',
    'maximum',
    'pattern',
    'format',
    'enum',
  ];
  const known = [
    '$ref',
    'type',
    'properties',
    'required',
    'items',
    'additionalProperties',
    'if',
    'else',
    'x-kubernetes-preserve-unknown-fields',
    ...limits,
  ];
  expect([...new Set(all.flatMap(Object.keys))].filter(keyword => !known.includes(keyword))).toEqual([]);
  expect([...new Set(all.flatMap(({ format = [] }) => format))].sort()).toEqual(['byte', 'date-time', 'duration', 'int-or-string', 'quantity']);
});

/** What some release of a project takes; each was refused by the declarations as they are published. */
test.each([
  [
    'values of a chart are free',
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'spec: {interval: 5m, chartRef: {kind: OCIRepository, name: a}, values: {a: {b: [1]}}}',
  ],
  [
    'a provider has a default',
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'spec: {interval: 1h, chart: {spec: {chart: a, sourceRef: {kind: HelmRepository, name: a}, verify: {secretRef: {name: a}}}}}',
  ],
  [
    'a release makes an OCIRepository',
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'spec: {interval: 1h, chart: {kind: OCIRepository, spec: {url: "oci://example.org/a", ref: {semver: "*"}}}}',
  ],
  [
    'a receiver without a secret',
    'notification.toolkit.fluxcd.io/v1',
    'Receiver',
    'spec: {type: generic-oidc, resources: [{kind: GitRepository, name: a}], oidcProviders: [{issuerURL: b}]}',
  ],
  ['a provider of a newer version', 'notification.toolkit.fluxcd.io/v1', 'Provider', 'spec: {type: slack, secretRef: {name: a}}'],
  [
    'kinds of the Flux Operator send events',
    'notification.toolkit.fluxcd.io/v1beta3',
    'Alert',
    'spec: {providerRef: {name: a}, eventSources: [{kind: FluxInstance, name: "*"}]}',
  ],
  [
    'values of a chart are an object',
    'argoproj.io/v1alpha1',
    'Application',
    'spec: {project: a, destination: {name: a}, source: {repoURL: a, chart: b, helm: {valuesObject: {a: {b: 1}}}}}',
  ],
  [
    'elements of a list are free',
    'argoproj.io/v1alpha1',
    'ApplicationSet',
    'spec: {generators: [{list: {elements: [{a: 1, b: {c: d}}]}}], template: {metadata: {name: a}, spec: {project: a, destination: {}}}}',
  ],
  [
    'numbers and booleans are parameters',
    'argoproj.io/v1alpha1',
    'Workflow',
    'spec: {arguments: {parameters: [{name: a, value: 3}, {name: b, default: true, enum: [true, false]}, {name: c, valueFrom: {path: d, default: 1}}]}}',
  ],
  ['steps are lists of lists', 'argoproj.io/v1alpha1', 'Workflow', 'spec: {templates: [{name: a, steps: [[{name: b, template: c}]]}]}'],
  [
    'the only container of a template has no name',
    'argoproj.io/v1alpha1',
    'WorkflowTemplate',
    'spec: {templates: [{name: a, container: {image: b}}, {name: c, script: {image: b, source: c}}]}',
  ],
  [
    'claims have no kind',
    'argoproj.io/v1alpha1',
    'Workflow',
    'spec: {volumeClaimTemplates: [{metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}',
  ],
  [
    'a schedule of Workflows 3',
    'argoproj.io/v1alpha1',
    'CronWorkflow',
    'spec: {schedule: "0 0 * * MON", workflowSpec: {synchronization: {mutex: {name: a}}}}',
  ],
  [
    'a ConfigMap as a volume has items',
    'argoproj.io/v1alpha1',
    'Rollout',
    'spec: {template: {spec: {containers: [{name: a}], volumes: [{name: b, configMap: {name: c, items: [{key: d, path: e}]}}]}}}',
  ],
  [
    'a number is a quantity and a port',
    'argoproj.io/v1alpha1',
    'Rollout',
    'spec: {template: {spec: {containers: [{name: a, resources: {limits: {cpu: 0.5}}, readinessProbe: {httpGet: {port: http}}}]}}}',
  ],
  [
    'a path of a login has a default',
    'external-secrets.io/v1beta1',
    'SecretStore',
    'spec: {provider: {vault: {server: a, auth: {appRole: {roleId: a, secretRef: {name: b}}}}}}',
  ],
  ['a provider of a newer release', 'external-secrets.io/v1', 'ClusterSecretStore', 'spec: {provider: {onepasswordSDK: {vault: a}}}'],
  [
    'the templates of pods are free',
    'elasticsearch.k8s.elastic.co/v1',
    'Elasticsearch',
    'spec: {version: "9", nodeSets: [{name: a, count: 1, podTemplate: {any: b}, volumeClaimTemplates: [{metadata: {name: c}}]}]}',
  ],
  [
    'a claim of an operator has metadata',
    'monitoring.coreos.com/v1',
    'Prometheus',
    'spec: {storage: {volumeClaimTemplate: {metadata: {name: a}, spec: {}}}}',
  ],
  [
    'patterns are free',
    'kyverno.io/v1',
    'ClusterPolicy',
    'spec: {rules: [{name: a, match: {any: []}, validate: {pattern: {spec: {"=(x)": "?*"}}}}]}',
  ],
  [
    'conditions are a list too',
    'kyverno.io/v1',
    'ClusterPolicy',
    'spec: {rules: [{name: a, match: {}, validate: {foreach: [{list: b, preconditions: [{key: c}]}]}}]}',
  ],
  [
    'webhooks fill in what is required',
    'serving.knative.dev/v1',
    'Service',
    'spec: {template: {spec: {containers: [{image: a, readinessProbe: {tcpSocket: {}}}]}}}',
  ],
  [
    'a budget has a default',
    'karpenter.sh/v1',
    'NodePool',
    'spec: {disruption: {budgets: [{reasons: [Drifted]}]}, template: {spec: {nodeClassRef: {group: a, kind: B, name: c}, requirements: []}}}',
  ],
  ['null is no value', 'cert-manager.io/v1', 'ClusterIssuer', 'spec: {selfSigned: {}, acme: null}'],
])('%s: %s %s', (_, apiVersion, kind, text) => {
  expect(problems(apiVersion, kind, text)).toEqual([]);
});

test.each([
  [
    'an unknown field',
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    'spec: {interval: 5m, prune: true, sourceRef: {kind: GitRepository, name: a}, targetNamspace: b}',
    '/spec',
  ],
  [
    'a duration without a unit',
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomization',
    'spec: {interval: "5", prune: true, sourceRef: {kind: GitRepository, name: a}}',
    '/spec/interval',
  ],
  ['a chart without a source', 'helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'spec: {interval: 1h, chart: {spec: {chart: a}}}', '/spec/chart/spec'],
  ['a receiver without a secret', 'notification.toolkit.fluxcd.io/v1', 'Receiver', 'spec: {type: github, resources: []}', '/spec'],
  ['a missing field', 'argoproj.io/v1alpha1', 'Application', 'spec: {project: a, source: {repoURL: b}}', '/spec'],
  [
    'an unknown field of a container',
    'argoproj.io/v1alpha1',
    'Rollout',
    'spec: {template: {spec: {containers: [{name: a, imagePolicy: b}]}}}',
    '/spec/template/spec/containers/0',
  ],
  [
    'a wrong word',
    'external-secrets.io/v1',
    'ExternalSecret',
    'spec: {secretStoreRef: {name: a}, target: {creationPolicy: Own}}',
    '/spec/target/creationPolicy',
  ],
  [
    'a fraction where a whole number is wanted',
    'cert-manager.io/v1',
    'Certificate',
    'spec: {secretName: a, issuerRef: {name: b}, revisionHistoryLimit: 1.5}',
    '/spec/revisionHistoryLimit',
  ],
])('%s is refused', (_, apiVersion, kind, text, place) => {
  expect(problems(apiVersion, kind, text)).toEqual([place]);
});

test.each([
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'spec: {interval: 5m, upgrade: {crds: Replace}}', '/spec/upgrade/crds'],
  ['helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'spec: {interval: 5m, driftDetection: {mode: enable}}', '/spec/driftDetection/mode'],
  ['kyverno.io/v1', 'ClusterPolicy', 'spec: {rules: [], validationFailureAction: Enforced}', '/spec/validationFailureAction'],
  ['argoproj.io/v1alpha1', 'AppProject', 'spec: {syncWindows: [{kind: alow, schedule: "* * * * *"}]}', '/spec/syncWindows/0/kind'],
  ['traefik.io/v1alpha1', 'IngressRoute', 'spec: {routes: [{match: a, services: [{name: b, strategy: rr}]}]}', '/spec/routes/0/services/0/strategy'],
])('a wrong word is refused that the declarations do not know: %s %s', (apiVersion, kind, text, place) => {
  expect(problems(apiVersion, kind, text)).toEqual([place]);
});

const validators = new Map<string, Ajv>();

/** Where Ajv finds something wrong. */
function problems(apiVersion: string, kind: string, text: string): string[] {
  const group = apiVersion.slice(0, apiVersion.indexOf('/'));
  const table = tables.get(group);
  const name = table?.kinds[apiVersion]?.[kind];
  if (table === undefined || name === undefined) return ['there is no schema'];
  const ajv = validators.get(group) ?? compile(table);
  validators.set(group, ajv);
  const validate = ajv.getSchema(`table#/definitions/${name}`) as ValidateFunction;
  validate({ apiVersion, kind, ...(parse(text) as object) });
  // Each reference is a choice between what is meant and null: the deepest place is the mistake.
  return (validate.errors ?? [])
    .map(error => error.instancePath)
    .sort((a, b) => b.length - a.length)
    .slice(0, 1);
}

function compile({ definitions }: Table): Ajv {
  const ajv = new Ajv({ strict: false, inlineRefs: false, allErrors: true });
  for (const format of ['byte', 'date-time', 'quantity', 'int-or-string']) ajv.addFormat(format, true);
  ajv.addFormat('duration', /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/);
  ajv.addSchema({ $id: 'table', definitions: Object.fromEntries([...definitions].map(([name, schema]) => [name, closed(schema)])) });
  return ajv;
}

/** A structural schema in the words of JSON Schema: objects take no other field, and null is no value. */
function closed(schema: JsonSchema): object {
  if (schema.$ref !== undefined) return { anyOf: [{ $ref: `#/definitions/${schema.$ref}` }, { type: 'null' }] };
  const { properties, items, additionalProperties, type, enum: values, 'x-kubernetes-preserve-unknown-fields': open, ...rest } = schema;
  return {
    ...rest,
    ...(typeof type === 'string' && { type: [type, 'null'] }),
    ...(values && { enum: [...values, null] }),
    ...(items && { items: closed(items) }),
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([field, value]) => [field, closed(value)])) }),
    ...(properties && !open && { additionalProperties: false }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: closed(additionalProperties) }),
  };
}
