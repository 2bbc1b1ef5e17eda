import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { combinationProblems } from '../../src/schema/object-combinations.ts';

/** The places that are wrong in an object, as `kind` and YAML write it. */
function placesOf(name: string, yaml: string): readonly string[] {
  const [group = '', version = '', kind = ''] = name.split('/');
  return combinationProblems({ group, version, kind }, { kind, ...parse(yaml) }).map(({ field }) => field.join('.'));
}

const pod = (spec: string) => `spec: { ${spec} }`;
const container = (text: string) => pod(`volumes: [{ name: a, emptyDir: {} }], containers: [{ name: c, ${text} }]`);
const workload = (text: string, template = 'metadata: { labels: { app: a } }, spec: {}') => `spec: { ${text}, template: { ${template} } }`;
const selector = 'selector: { matchLabels: { app: a } }';
const service = (text: string) => `spec: { ${text} }`;
const path = (text: string) => `spec: { rules: [{ http: { paths: [{ ${text} }] } }] }`;
const backend = 'backend: { service: { name: s, port: { number: 80 } } }';

const definition = (schema: string, name = 'queues.example.org') =>
  `metadata: { name: ${name} }, spec: { group: example.org, names: { plural: queues }, versions: [{ storage: true, schema: { openAPIV3Schema: ${schema} } }] }`.replace(
    ', spec',
    '\nspec',
  );
const inSchema = 'spec.versions.0.schema.openAPIV3Schema';

/** What the API server refuses, where it says so, and a text beside it that it takes. */
const cases: readonly (readonly [kind: string, title: string, bad: string, places: readonly string[], good: string])[] = [
  ['/v1/Pod', 'volume names', pod('volumes: [{ name: a }, { name: a }]'), ['spec.volumes.1.name'], pod('volumes: [{ name: a }, { name: b }]')],
  [
    '/v1/Pod',
    'volume sources',
    pod('volumes: [{ name: a, emptyDir: {}, secret: { secretName: s } }]'),
    ['spec.volumes.0'],
    pod('volumes: [{ name: a, secret: { secretName: s }, emptyDir: null }, { name: b }]'),
  ],
  [
    '/v1/Pod',
    'container names',
    pod('initContainers: [{ name: a }], containers: [{ name: a }]'),
    ['spec.containers.0.name'],
    pod(`initContainers: [{ name: a }], containers: [{ name: "\${A}" }, { name: "\${A}" }]`),
  ],
  [
    '/v1/Pod',
    'mounts of volumes',
    container('volumeMounts: [{ name: b, mountPath: /b }]'),
    ['spec.containers.0.volumeMounts.0.name'],
    container('volumeMounts: [{ name: a, mountPath: /b }, { name: "{{ v }}", mountPath: /c }]'),
  ],
  [
    '/v1/Pod',
    'mount paths',
    container('volumeMounts: [{ name: a, mountPath: /a }, { name: a, mountPath: /a }]'),
    ['spec.containers.0.volumeMounts.1.mountPath'],
    container('volumeMounts: [{ name: a, mountPath: /a }, { name: a, mountPath: /b }]'),
  ],
  [
    '/v1/Pod',
    'sub-paths',
    container('volumeMounts: [{ name: a, mountPath: /a, subPath: x, subPathExpr: y }]'),
    ['spec.containers.0.volumeMounts.0'],
    container('volumeMounts: [{ name: a, mountPath: /a, subPath: x }]'),
  ],
  [
    '/v1/Pod',
    'sources of variables',
    container(
      'env: [{ name: a, value: x, valueFrom: { fieldRef: {} } }, { name: b, valueFrom: {} }, { name: c, valueFrom: { fieldRef: {}, secretKeyRef: {} } }]',
    ),
    ['spec.containers.0.env.0.valueFrom', 'spec.containers.0.env.1.valueFrom', 'spec.containers.0.env.2.valueFrom'],
    container('env: [{ name: a, value: "", valueFrom: { fieldRef: {} } }, { name: b, value: x }, { name: c }]'),
  ],
  [
    '/v1/Pod',
    'names',
    pod('containers: [{ name: Web }, { name: web_1, env: [{ name: "A=B" }, { name: Ü }] }], volumes: [{ name: a.b, emptyDir: {} }]'),
    ['spec.volumes.0.name', 'spec.containers.0.name', 'spec.containers.1.name', 'spec.containers.1.env.0.name', 'spec.containers.1.env.1.name'],
    pod(
      'containers: [{ name: "1-web" }, { name: "{{ NAME }}", env: [{ name: 1st.name }, { name: "{{ A=B }}" }] }], volumes: [{ name: a-b, emptyDir: {} }]',
    ),
  ],
  [
    '/v1/Pod',
    'ports',
    container('ports: [{ name: a, containerPort: 0 }, { name: a, containerPort: 1, hostPort: 70000 }, { name: "8080", containerPort: 2 }]'),
    [
      'spec.containers.0.ports.1.name',
      'spec.containers.0.ports.0.containerPort',
      'spec.containers.0.ports.1.hostPort',
      'spec.containers.0.ports.2.name',
    ],
    container('ports: [{ name: a, containerPort: 1, hostPort: 2 }, { containerPort: 1 }, { containerPort: 65535, hostPort: 0 }]'),
  ],
  [
    '/v1/Pod',
    'ports of handlers',
    container(
      'livenessProbe: { httpGet: { port: "80" } }, readinessProbe: { tcpSocket: { port: 0 } }, lifecycle: { preStop: { httpGet: { port: Web } } }',
    ),
    [
      'spec.containers.0.livenessProbe.httpGet.port',
      'spec.containers.0.readinessProbe.tcpSocket.port',
      'spec.containers.0.lifecycle.preStop.httpGet.port',
    ],
    container(
      'livenessProbe: { httpGet: { port: 80 } }, readinessProbe: { tcpSocket: { port: web-2 } }, lifecycle: { preStop: { httpGet: { port: "$(PORT)" } } }',
    ),
  ],
  [
    '/v1/Pod',
    'ports of the host',
    pod('hostNetwork: true, containers: [{ name: c, ports: [{ containerPort: 80, hostPort: 81 }] }]'),
    ['spec.containers.0.ports.0.hostPort'],
    pod('hostNetwork: true, containers: [{ name: c, ports: [{ containerPort: 80, hostPort: 80 }, { containerPort: 81 }] }]'),
  ],
  [
    '/v1/Pod',
    'requests and limits',
    container('resources: { requests: { cpu: 2, memory: 1Gi }, limits: { cpu: 1500m, memory: 1Gi } }'),
    ['spec.containers.0.resources.requests.cpu'],
    container(`resources: { requests: { cpu: 1, memory: "\${M}", x: 1 }, limits: { cpu: 1000m, memory: 1Mi } }`),
  ],
  [
    '/v1/Pod',
    'probes',
    container('livenessProbe: { exec: {}, httpGet: {} }, readinessProbe: { periodSeconds: 1 }, startupProbe: { exec: {}, successThreshold: 2 }'),
    ['spec.containers.0.livenessProbe', 'spec.containers.0.readinessProbe', 'spec.containers.0.startupProbe.successThreshold'],
    container('livenessProbe: { exec: {}, httpGet: null }, readinessProbe: { grpc: {}, successThreshold: 2 }'),
  ],
  [
    'apps/v1/Deployment',
    'labels that a selector wants',
    workload('selector: { matchLabels: { app: b }, matchExpressions: [{ key: x, operator: Exists }, { key: app, operator: In, values: [c] }] }'),
    ['spec.selector.matchLabels.app', 'spec.selector.matchExpressions.0', 'spec.selector.matchExpressions.1'],
    workload(
      'selector: { matchLabels: { app: a }, matchExpressions: [{ key: app, operator: In, values: [a] }, { key: y, operator: DoesNotExist }] }',
    ),
  ],
  ['apps/v1/DaemonSet', 'an empty selector', workload('selector: {}'), ['spec.selector'], workload(`selector: { matchLabels: { app: "\${A}" } }`)],
  [
    'apps/v1/Deployment',
    'Recreate with a rolling update',
    workload(`${selector}, strategy: { type: Recreate, rollingUpdate: {} }`),
    ['spec.strategy.rollingUpdate'],
    workload(`${selector}, strategy: { type: Recreate, rollingUpdate: null }`),
  ],
  [
    'apps/v1/Deployment',
    'a rolling update that cannot move',
    workload(`${selector}, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0% } }`),
    ['spec.strategy.rollingUpdate.maxUnavailable'],
    workload(`${selector}, strategy: { rollingUpdate: { maxUnavailable: 0 } }`),
  ],
  [
    'apps/v1/ReplicaSet',
    'pods that are not restarted',
    workload(selector, 'metadata: { labels: { app: a } }, spec: { restartPolicy: Never }'),
    ['spec.template.spec.restartPolicy'],
    workload(selector, 'metadata: { labels: { app: a } }, spec: { restartPolicy: Always }'),
  ],
  [
    'apps/v1/StatefulSet',
    'volumes of claims',
    workload(selector, 'metadata: { labels: { app: a } }, spec: { containers: [{ name: c, volumeMounts: [{ name: d, mountPath: /d }] }] }'),
    ['spec.template.spec.containers.0.volumeMounts.0.name'],
    workload(
      `${selector}, volumeClaimTemplates: [{ metadata: { name: d } }]`,
      'metadata: { labels: { app: a } }, spec: { containers: [{ name: c, volumeMounts: [{ name: d, mountPath: /d }] }] }',
    ),
  ],
  [
    'batch/v1/Job',
    'jobs',
    workload('completionMode: Indexed'),
    ['spec.template.spec.restartPolicy', 'spec.completionMode'],
    workload('completionMode: Indexed, completions: 2', 'spec: { restartPolicy: Never }'),
  ],
  [
    'batch/v1/CronJob',
    'schedules',
    'spec: { schedule: "60 * * * *", jobTemplate: { spec: { template: { spec: {} } } } }',
    ['spec.schedule', 'spec.jobTemplate.spec.template.spec.restartPolicy'],
    'spec: { schedule: "@daily", timeZone: Europe/Berlin }',
  ],
  [
    'batch/v1/CronJob',
    'two time zones',
    'spec: { schedule: "TZ=UTC 0 0 * * *", timeZone: UTC }',
    ['spec.schedule'],
    `spec: { schedule: "\${SCHEDULE}", timeZone: UTC }`,
  ],
  ['/v1/Service', 'external names', service('type: ExternalName'), ['spec.type'], service('type: ExternalName, externalName: a.b')],
  ['/v1/Service', 'no port', service('selector: {}'), ['spec.ports'], service('clusterIP: None')],
  [
    '/v1/Service',
    'headless',
    service('type: NodePort, clusterIP: None, ports: [{ port: 1 }]'),
    ['spec.clusterIP'],
    service(`type: "\${T}", clusterIP: None`),
  ],
  [
    '/v1/Service',
    'names of ports',
    service('ports: [{ port: 1 }, { port: 2, name: A }, { port: 3, name: b }, { port: 4, name: b }]'),
    ['spec.ports.3.name', 'spec.ports.0', 'spec.ports.1.name'],
    service('ports: [{ port: 1 }]'),
  ],
  [
    '/v1/Service',
    'numbers of ports',
    service('ports: [{ name: a, port: 1, nodePort: 30000 }, { name: b, port: 1, protocol: TCP }, { name: c, port: 0, targetPort: 70000 }]'),
    ['spec.ports.1.port', 'spec.ports.0.nodePort', 'spec.ports.2.port', 'spec.ports.2.targetPort'],
    service('type: NodePort, ports: [{ name: a, port: 1, nodePort: 30000 }, { name: b, port: 1, protocol: UDP, targetPort: 0 }]'),
  ],
  [
    '/v1/Service',
    'names of targets',
    service('ports: [{ port: 1, targetPort: "80" }]'),
    ['spec.ports.0.targetPort'],
    service('ports: [{ port: 1, targetPort: http }]'),
  ],
  [
    'networking.k8s.io/v1/Ingress',
    'paths',
    path(`path: a, pathType: Prefix, ${backend}`),
    ['spec.rules.0.http.paths.0.path'],
    path(`path: /a, pathType: Prefix, ${backend}`),
  ],
  [
    'networking.k8s.io/v1/Ingress',
    'parts of paths',
    path(`path: /a//b, pathType: Exact, ${backend}`),
    ['spec.rules.0.http.paths.0.path'],
    path(`path: "/a//(.*)", pathType: ImplementationSpecific, ${backend}`),
  ],
  [
    'networking.k8s.io/v1/Ingress',
    'types of paths',
    path(`path: /a, ${backend}`),
    ['spec.rules.0.http.paths.0'],
    path(`pathType: ImplementationSpecific, ${backend}`),
  ],
  [
    'networking.k8s.io/v1/Ingress',
    'backends',
    'spec: { defaultBackend: { service: { name: s, port: { name: a, number: 1 } }, resource: {} } }',
    ['spec.defaultBackend', 'spec.defaultBackend.service.port'],
    'spec: { defaultBackend: { resource: { kind: A, name: b } } }',
  ],
  [
    'networking.k8s.io/v1/Ingress',
    'backends without a port',
    'spec: { defaultBackend: { service: { name: s } } }',
    ['spec.defaultBackend.service'],
    `spec: { defaultBackend: { service: { name: s, port: { name: "\${P}" } } } }`,
  ],
  [
    'networking.k8s.io/v1/Ingress',
    'hosts',
    'spec: { rules: [{ host: "a.*.b" }, { host: 10.0.0.1 }, { host: A.b }] }',
    ['spec.rules.0.host', 'spec.rules.1.host', 'spec.rules.2.host'],
    `spec: { rules: [{ host: "*.a.b" }, { host: a.b }, { host: "\${H}" }, {}] }`,
  ],
  ['networking.k8s.io/v1/Ingress', 'nothing', 'spec: {}', ['spec'], 'metadata: {}'],
  [
    'networking.k8s.io/v1/NetworkPolicy',
    'policies',
    'spec: { ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8 }, podSelector: {} }] }], egress: [{ ports: [{ endPort: 2 }, { port: 3, endPort: 2 }] }] }',
    ['spec.ingress.0.from.0', 'spec.egress.0.ports.0.endPort', 'spec.egress.0.ports.1.endPort'],
    'spec: { ingress: [{ from: [{ podSelector: {}, namespaceSelector: {} }] }], egress: [{ ports: [{ port: 1, endPort: 2 }, { port: 1 }] }] }',
  ],
  [
    'autoscaling/v2/HorizontalPodAutoscaler',
    'limits of replicas',
    'spec: { minReplicas: 3, maxReplicas: 2 }',
    ['spec.maxReplicas'],
    'spec: { minReplicas: 2, maxReplicas: 2 }',
  ],
  ['autoscaling/v1/HorizontalPodAutoscaler', 'no replica', 'spec: { maxReplicas: 0 }', ['spec.maxReplicas'], `spec: { maxReplicas: "\${N}" }`],
  [
    'policy/v1/PodDisruptionBudget',
    'budgets',
    'spec: { minAvailable: 1, maxUnavailable: 1 }',
    ['spec.maxUnavailable'],
    'spec: { minAvailable: 1, maxUnavailable: null }',
  ],
  [
    '/v1/ConfigMap',
    'keys',
    'data: { "a b": x, ..c: y, d: z }\nbinaryData: { d: aGk= }',
    ['data.a b', 'data...c', 'binaryData.d'],
    `data: { a.b_c-D: x, "\${K}": y }`,
  ],
  ['/v1/Secret', 'encodings', 'data: { a: "no base64" }', ['data.a'], `data: { a: aGk=, b: "\${B}", c: "ENC[AES256_GCM]", d: null }`],
  [
    '/v1/Secret',
    'keys of types',
    'type: kubernetes.io/tls\ndata: { tls.crt: aGk= }',
    ['type'],
    'type: kubernetes.io/tls\ndata: { tls.crt: aGk= }\nstringData: { tls.key: x }',
  ],
  [
    'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
    'bindings of clusters',
    'roleRef: { kind: Role, apiGroup: v1 }\nsubjects: [{ kind: ServiceAccount, name: a, apiGroup: x }, { kind: User, name: b, apiGroup: v1 }, { kind: Pod }]',
    ['roleRef.kind', 'roleRef.apiGroup', 'subjects.0.apiGroup', 'subjects.0', 'subjects.1.apiGroup', 'subjects.2.kind'],
    'roleRef: { kind: ClusterRole, apiGroup: rbac.authorization.k8s.io }\nsubjects: [{ kind: ServiceAccount, name: a, namespace: b, apiGroup: "" }, { kind: Group, name: c }]',
  ],
  [
    'rbac.authorization.k8s.io/v1/RoleBinding',
    'bindings of namespaces',
    'roleRef: { kind: User }',
    ['roleRef.kind'],
    'roleRef: { kind: Role }\nsubjects: [{ kind: ServiceAccount, name: a }]',
  ],
  [
    'rbac.authorization.k8s.io/v1/Role',
    'roles',
    'rules: [{ nonResourceURLs: [/a] }, { resources: [a] }]',
    ['rules.0.nonResourceURLs', 'rules.1'],
    'rules: [{ apiGroups: [""], resources: [a] }]',
  ],
  [
    'rbac.authorization.k8s.io/v1/ClusterRole',
    'roles of clusters',
    'rules: [{ nonResourceURLs: [/a], resources: [b] }]',
    ['rules.0'],
    'rules: [{ nonResourceURLs: [/a] }]',
  ],
  [
    '/v1/PersistentVolumeClaim',
    'claims',
    'spec: { resources: { requests: { cpu: 1 } } }',
    ['spec.accessModes', 'spec.resources'],
    'spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }',
  ],
  [
    'scheduling.k8s.io/v1/PriorityClass',
    'priorities',
    'metadata: { name: a }\nvalue: 1000000001',
    ['value'],
    'metadata: { name: system-a }\nvalue: 2000000000',
  ],
  [
    'apiextensions.k8s.io/v1/CustomResourceDefinition',
    'names of definitions',
    definition('{}', 'queue.example.org'),
    ['metadata.name'],
    definition('{}', `"queues.\${GROUP}"`),
  ],
  [
    'apiextensions.k8s.io/v1/CustomResourceDefinition',
    'versions that are stored',
    'spec: { versions: [{ storage: true }, { storage: true }] }',
    ['spec.versions'],
    'spec: { versions: [{ storage: true }, { storage: false }] }',
  ],
  [
    'apiextensions.k8s.io/v1/CustomResourceDefinition',
    'types of schemas',
    definition('{ type: object, properties: { a: { type: string }, c: , d: { description: a }, e: { type: object, additionalProperties: {} } } }'),
    ['properties.c', 'properties.d', 'properties.e.additionalProperties'].map(field => `${inSchema}.${field}`),
    definition(
      '{ type: object, properties: { a: { type: object, anyOf: [{ properties: { a: {} } }] }, b: { x-kubernetes-int-or-string: true }, c: { x-kubernetes-preserve-unknown-fields: true } } }',
    ),
  ],
  [
    'apiextensions.k8s.io/v1/CustomResourceDefinition',
    'references and lists of schemas',
    definition('{ type: object, properties: { a: { $ref: "#/a" }, b: { type: array, items: [{ type: string }] } } }'),
    [`${inSchema}.properties.a.$ref`, `${inSchema}.properties.b.items`],
    definition('{ type: object, properties: { a: { type: array, items: { type: string } } } }'),
  ],
];

describe.each(cases)('%s: %s', (kind, _, bad, places, good) => {
  test('what the API server refuses is a problem', () => expect(placesOf(kind, bad)).toEqual(places));
  test('what it takes is none', () => expect(placesOf(kind, good)).toEqual([]));
});

test('a kind that is not known, and a value of any shape, are no problem', () => {
  for (const value of [null, [], 'text', 1, {}, { spec: null }, { spec: [] }, { spec: { template: 1, ports: {}, rules: 'x' }, data: [1] }]) {
    expect(combinationProblems({ group: 'example.org', version: 'v1', kind: 'Deployment' }, value)).toEqual([]);
    for (const [name] of cases) {
      const [group = '', version = '', kind = ''] = name.split('/');
      expect(() => combinationProblems({ group, version, kind }, value)).not.toThrow();
    }
  }
});
