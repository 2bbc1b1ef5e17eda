import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { describeFinding, type Files, linesOf, lintRepository } from './lint-repository.ts';

const object = (apiVersion: string, kind: string, more = '', name = 'web') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\n${more}`;

const pod = (field: string) => object('v1', 'Pod', `spec:\n  containers:\n    - name: web\n      image: web:1.2.3\n      ${field}\n`);

const kustomization = (resources: readonly string[], more = '') => `resources: [${resources.join(', ')}]\n${more}`;

/** A definition of queues with the `spec` of each of its versions. */
function queues(specs: Readonly<Record<string, string>>, served: readonly string[] = Object.keys(specs)): string {
  const versions = Object.entries(specs).map(
    ([name, spec]) => `    - name: ${name}
      served: ${served.includes(name)}
      storage: ${name === 'v1' || (name === 'v1alpha1' && Object.keys(specs).length === 1)}
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec: ${spec}
`,
  );
  return object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    `spec:
  group: example.org
  names: { kind: Queue, plural: queues }
  scope: Namespaced
  versions:
${versions.join('')}`,
    'queues.example.org',
  );
}

const queue = (spec: string, version = 'v1') => object(`example.org/${version}`, 'Queue', `spec: ${spec}\n`);

const sized = '{ type: object, required: [size], properties: { size: { type: integer } } }';

describe('each minor of Kubernetes', () => {
  const config = (minor: number) => ({ 'gitops-lint.yaml': `versions: { kubernetes: "1.${minor}" }\n` });
  const cluster = (minor: number) => ({
    'clusters/web.yaml': object('kops.k8s.io/v1alpha2', 'Cluster', `spec: { kubernetesVersion: 1.${minor}.3 }\n`),
  });
  const where: readonly [string, (minor: number) => Files][] = [
    ['by the config', config],
    ['by the cluster in the repository', cluster],
  ];

  describe.each(where)('%s', (_, versionOf) => {
    test.each<[first: number, apiVersion: string, kind: string, more?: string]>([
      [26, 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema'],
      [27, 'certificates.k8s.io/v1alpha1', 'ClusterTrustBundle', 'spec: { trustBundle: a }\n'],
      [28, 'authentication.k8s.io/v1', 'SelfSubjectReview'],
      [29, 'flowcontrol.apiserver.k8s.io/v1', 'FlowSchema'],
      [30, 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'],
      [31, 'networking.k8s.io/v1beta1', 'ServiceCIDR'],
      [32, 'resource.k8s.io/v1beta1', 'DeviceClass', 'spec: {}\n'],
      [33, 'networking.k8s.io/v1', 'ServiceCIDR'],
      [34, 'resource.k8s.io/v1', 'DeviceClass', 'spec: {}\n'],
      [35, 'storagemigration.k8s.io/v1beta1', 'StorageVersionMigration'],
      [36, 'admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy'],
    ])('1.%i is the first to serve %s %s', async (first, apiVersion, kind, more = '') => {
      const files = { 'a.yaml': object(apiVersion, kind, more) };
      expect(await errorsOf({ ...files, ...versionOf(first - 1) })).toEqual([
        `a.yaml:1:13 "${apiVersion}" of ${kind} is not served before Kubernetes 1.${first}: upgrade first, or write an older version of it`,
      ]);
      expect(await errorsOf({ ...files, ...versionOf(first) })).toEqual([]);
    });

    test.each<[removed: number, apiVersion: string, kind: string, remedy: string, more?: string]>([
      [25, 'policy/v1beta1', 'PodSecurityPolicy', 'replaced by Pod Security admission: label the namespaces and remove it'],
      [26, 'autoscaling/v2beta2', 'HorizontalPodAutoscaler', 'use "autoscaling/v2"'],
      [26, 'flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema', 'use "flowcontrol.apiserver.k8s.io/v1beta3"'],
      [27, 'storage.k8s.io/v1beta1', 'CSIStorageCapacity', 'use "storage.k8s.io/v1"', 'storageClassName: a\n'],
      [29, 'networking.k8s.io/v1alpha1', 'ClusterCIDR', 'gone without a replacement: remove it'],
      [29, 'flowcontrol.apiserver.k8s.io/v1beta2', 'FlowSchema', 'use "flowcontrol.apiserver.k8s.io/v1"'],
      [31, 'networking.k8s.io/v1alpha1', 'IPAddress', 'use "networking.k8s.io/v1beta1"'],
      [32, 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', 'use "flowcontrol.apiserver.k8s.io/v1"'],
      [33, 'authentication.k8s.io/v1beta1', 'SelfSubjectReview', 'use "authentication.k8s.io/v1"'],
      [34, 'admissionregistration.k8s.io/v1beta1', 'ValidatingAdmissionPolicy', 'use "admissionregistration.k8s.io/v1"'],
      [35, 'storage.k8s.io/v1alpha1', 'VolumeAttributesClass', 'use "storage.k8s.io/v1"', 'driverName: a\n'],
      [
        36,
        'scheduling.k8s.io/v1alpha1',
        'Workload',
        'use "scheduling.k8s.io/v1alpha2" and compare its fields',
        'spec: { podGroups: [{ name: a, policy: { basic: {} } }] }\n',
      ],
    ])('1.%i no longer serves %s %s', async (removed, apiVersion, kind, remedy, more = '') => {
      const files = { 'a.yaml': object(apiVersion, kind, more) };
      expect(await errorsOf({ ...files, ...versionOf(removed - 1) })).toEqual([]);
      expect(await errorsOf({ ...files, ...versionOf(removed) })).toEqual([
        `a.yaml:1:13 "${apiVersion}" of ${kind} is not served since Kubernetes 1.${removed}, and the clusters run 1.${removed}: ${remedy}`,
      ]);
    });

    test.each<[first: number, field: string, file: string, place: string]>([
      [26, 'schedulingGates', object('v1', 'Pod', 'spec:\n  schedulingGates: [{ name: example.org/a }]\n  containers: [{ name: web }]\n'), '5:3'],
      [27, 'resizePolicy', pod('resizePolicy: [{ resourceName: cpu, restartPolicy: NotRequired }]'), '8:7'],
      [28, 'restartPolicy', pod('restartPolicy: Always'), '8:7'],
      [29, 'sleep', pod('lifecycle: { preStop: { sleep: { seconds: 5 } } }'), '8:31'],
      [30, 'trafficDistribution', object('v1', 'Service', 'spec:\n  ports: [{ port: 80 }]\n  trafficDistribution: PreferClose\n'), '6:3'],
      [31, 'image', object('v1', 'Pod', 'spec:\n  containers: [{ name: web }]\n  volumes: [{ name: a, image: { reference: a } }]\n'), '6:24'],
      [
        32,
        'seLinuxChangePolicy',
        object('v1', 'Pod', 'spec:\n  securityContext: { seLinuxChangePolicy: Recursive }\n  containers: [{ name: web }]\n'),
        '5:22',
      ],
      [33, 'stopSignal', pod('lifecycle: { stopSignal: SIGTERM }'), '8:20'],
      [34, 'hostnameOverride', object('v1', 'Pod', 'spec:\n  hostnameOverride: web\n  containers: [{ name: web }]\n'), '5:3'],
      [35, 'serviceAccountTokenInSecrets', object('storage.k8s.io/v1', 'CSIDriver', 'spec:\n  serviceAccountTokenInSecrets: true\n'), '5:3'],
    ])('1.%i is the first with the field "%s"', async (first, field, text, place) => {
      expect(await errorsOf({ 'a.yaml': text, ...versionOf(first - 1) })).toEqual([
        `a.yaml:${place} unknown field "${field}": only Kubernetes 1.${first} ${first === 35 ? 'and' : 'to'} 1.36 has it`,
      ]);
      expect(await errorsOf({ 'a.yaml': text, ...versionOf(first) })).toEqual([]);
    });
  });

  test('a version that is not known is none: what only old ones lack is no error', async () => {
    expect(await linesOf({ 'a.yaml': object('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema') })).toEqual([
      'a.yaml:1:13 note in Kubernetes 1.25 to 1.28: "flowcontrol.apiserver.k8s.io/v1" of FlowSchema is not served before Kubernetes 1.29: upgrade first, or write an older version of it',
    ]);
    expect(await linesOf({ 'a.yaml': object('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy') })).toEqual([
      'a.yaml:1:13 warning in Kubernetes 1.25 to 1.35: "admissionregistration.k8s.io/v1" of MutatingAdmissionPolicy is not served before Kubernetes 1.36: upgrade first, or write an older version of it',
    ]);
  });
});

describe('two environments with two versions', () => {
  const base = {
    'base/kustomization.yaml': kustomization(['pod.yaml', 'policy.yaml', 'flow.yaml']),
    'base/pod.yaml': pod('restartPolicy: Always\n      imagePullPolicy: Allways'),
    'base/policy.yaml': object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'),
    'base/flow.yaml': object('flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema'),
  };
  const lines = [
    'base/flow.yaml:1:13 "flowcontrol.apiserver.k8s.io/v1beta3" of FlowSchema is not served since Kubernetes 1.32, and staging runs 1.34: use "flowcontrol.apiserver.k8s.io/v1" (served from 1.29 on)',
    'base/pod.yaml:8:7 in Kubernetes 1.27 of production: unknown field "restartPolicy"',
    'base/pod.yaml:9:24 "imagePullPolicy" must be "Always", "IfNotPresent" or "Never": did you mean "Always"?',
    'base/policy.yaml:1:13 in Kubernetes 1.27 of production: "admissionregistration.k8s.io/v1" of ValidatingAdmissionPolicy is not served before Kubernetes 1.30: upgrade first, or write an older version of it',
  ];

  test('by the config: each document is judged by both, and the message names the one in which it fails', async () => {
    const files = {
      ...base,
      'gitops-lint.yaml': 'environments:\n  staging: { kubernetes: "1.34" }\n  production: { kubernetes: "1.27" }\n',
      'overlays/staging/kustomization.yaml': kustomization(['../../base']),
      'overlays/production/kustomization.yaml': kustomization(['../../base']),
    };
    expect(await linesOf(files)).toEqual(lines);
    const { findings } = await lintRepository(files);
    expect(findings.map(({ environments }) => environments)).toEqual([['staging'], ['production'], expect.anything(), ['production']]);
  });

  test('by the clusters of the repository', async () => {
    const cluster = (version: string) => object('kops.k8s.io/v1alpha2', 'Cluster', `spec: { kubernetesVersion: ${version} }\n`);
    const files = {
      ...base,
      'clusters/staging/cluster.yaml': cluster('1.34.0'),
      'clusters/staging/kustomization.yaml': kustomization(['../../base']),
      'clusters/production/cluster.yaml': cluster('1.27.1'),
      'clusters/production/kustomization.yaml': kustomization(['../../base']),
    };
    expect(await linesOf(files)).toEqual(lines);
  });
});

describe('a definition of the repository', () => {
  const limited = `{ type: object, required: [size], properties: { size: { type: integer }, most: { type: integer, default: 10 }, readers: { type: array, maxItems: 10, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name, zone], items: { type: object, required: [name], properties: { name: { type: string }, zone: { type: string, default: a } } } } }, x-kubernetes-validations: [{ rule: self.size <= self.most, message: it is larger than its limit }, { rule: '!has(self.readers) || self.readers.size() <= self.size', messageExpression: '"at most %d readers".format([self.size])' }] }`;

  test('has rules in CEL and lists with keys', async () => {
    const objects = [
      queue('{ size: 12 }'),
      queue('{ size: 1, readers: [{ name: a }, { name: a, zone: b }] }'),
      queue('{ size: 5, readers: [{ name: a }, { name: a, zone: a }] }'),
      queue('{ size: 20, most: 20, readers: [{ name: a }, { name: b }] }'),
    ];
    expect(await errorsOf({ 'crd.yaml': queues({ v1: limited }), 'apps/queues.yaml': objects.join('---\n') })).toEqual([
      'apps/queues.yaml:4:7 "spec" breaks a rule of its definition: it is larger than its limit',
      'apps/queues.yaml:9:7 "spec" breaks a rule of its definition: at most 1 readers',
      'apps/queues.yaml:14:41 name "a", zone "a" stands twice in "readers": keep one of the two',
    ]);
  });

  test.each<[string, Files]>([
    ['in the crds of a chart', { 'charts/queue/Chart.yaml': chart('queue'), 'charts/queue/crds/queues.yaml': queues({ v1: sized }) }],
    [
      'in the crds of a vendored chart',
      {
        'charts/web/Chart.yaml': chart('web'),
        'charts/web/charts/queue/Chart.yaml': chart('queue'),
        'charts/web/charts/queue/crds/queues.yaml': queues({ v1: sized }),
      },
    ],
    [
      'in a base that another kustomization delivers',
      { 'crds/kustomization.yaml': kustomization(['queues.yaml']), 'crds/queues.yaml': queues({ v1: sized }) },
    ],
    ['in a list', { 'crds.yaml': `apiVersion: v1\nkind: List\nitems:\n  - ${queues({ v1: sized }).trim().replaceAll('\n', '\n    ')}\n` }],
    ['in JSON', { 'crds.json': JSON.stringify(parse(queues({ v1: sized }))) }],
  ])('stands %s', async (_, definition) => {
    const files = { 'clusters/web/kustomization.yaml': kustomization(['queue.yaml']), 'clusters/web/queue.yaml': queue('{ sise: 12 }') };
    expect(await errorsOf({ ...files, ...definition })).toEqual(['clusters/web/queue.yaml:4:9 unknown field "sise": did you mean "size"?']);
  });

  test("requires what the kind's own webhook fills in, and no object needs it", async () => {
    const steps =
      '{ type: object, properties: { steps: { type: array, items: { type: object, required: [name], properties: { name: { type: string }, image: { type: string } } } } } }';
    const definition = queues({ v1: steps });
    const files = { 'crd.yaml': definition, 'a.yaml': queue('{ steps: [{ image: web:1.2 }] }') };
    expect(await errorsOf(files)).toEqual(['a.yaml:4:17 an item of "steps" has no "name"']);
    const ofTekton = Object.entries(files).map(([path, text]) => [path, text.replaceAll('example.org', 'tekton.dev')]);
    expect(await errorsOf(Object.fromEntries(ofTekton))).toEqual([]);
  });

  test('judges an object by its own version, and no object of a version that it does not serve', async () => {
    const definition = queues(
      {
        v1: '{ type: object, properties: { size: { type: integer } } }',
        v2: '{ type: object, properties: { length: { type: integer } } }',
        v1alpha1: '{ type: object, properties: { depth: { type: integer } } }',
      },
      ['v1', 'v2'],
    );
    const objects = [queue('{ length: 1 }'), queue('{ size: 1 }', 'v2'), queue('{ size: 1 }', 'v1alpha1'), queue('{ what: 1 }', 'v3')];
    const { findings, coverage } = await lintRepository({ 'crd.yaml': definition, 'queues.yaml': objects.join('---\n') });
    expect(findings.map(describeFinding)).toEqual([
      'queues.yaml:4:9 unknown field "length": known here is "size"',
      'queues.yaml:9:9 unknown field "size": known here is "length"',
    ]);
    expect(coverage).toMatchObject({ validated: 3, notValidated: { 'no schema of the kind': 2 } });
  });

  test('wins over the schema that ships, and what it does not know is an error', async () => {
    const definition = queues({ v1alpha1: sized }).replaceAll('example.org', 'argoproj.io').replaceAll('Queue', 'Application');
    expect(
      await errorsOf({ 'crd.yaml': definition, 'a.yaml': object('argoproj.io/v1alpha1', 'Application', 'spec: { size: x, project: a }\n') }),
    ).toEqual(['a.yaml:4:15 "size" must be a whole number, not a string', 'a.yaml:4:18 unknown field "project": known here is "size"']);
  });

  test('stands there twice and differs: an object has to fit one of the two', async () => {
    const other = '{ type: object, properties: { length: { type: integer } } }';
    const objects = [queue('{ size: 1 }'), queue('{ length: 1 }'), queue('{ size: 1, both: 1 }')].join('---\n');
    expect(await errorsOf({ 'a.yaml': queues({ v1: sized }), 'b.yaml': queues({ v1: other }), 'queues.yaml': objects })).toEqual([
      'queues.yaml:14:18 unknown field "both": known here is "size"',
    ]);
  });

  test('has three thousand lines', async () => {
    const names = Array.from({ length: 750 }, (_, number) => `field${number}`);
    const fields = names.map((name, number) =>
      number % 2 === 0
        ? `${name}:\n  description: A number.\n  type: integer\n  maximum: 10\n`
        : `${name}:\n  description: A text.\n  type: string\n  maxLength: 10\n`,
    );
    const definition = queues({ v1: `\n${indent(`type: object\nproperties:\n${indent(fields.join(''), 2)}`, 14)}` });
    expect(definition.split('\n').length).toBeGreaterThan(3000);
    const spec = names.map((name, number) => `  ${name}: ${number % 2 === 0 ? 5 : 'text'}\n`).join('');
    expect(await errorsOf({ 'crd.yaml': definition, 'queue.yaml': queue(`\n${spec}`) })).toEqual([]);
    expect(
      await errorsOf({ 'crd.yaml': definition, 'queue.yaml': queue(`\n${spec}  field750: 1\n`.replace('field748: 5', 'field748: 11')) }),
    ).toEqual(['queue.yaml:753:13 "field748" must be at most 10', 'queue.yaml:755:3 unknown field "field750"']);
  });
});

describe('a definition with mistakes judges nothing, and says them', () => {
  const judged = { 'queue.yaml': queue('{ size: x, more: [1] }') };

  test.each<[string, spec: string, lines: readonly string[]]>([
    ['properties in a list', '{ type: object, properties: [a, b] }', ['17:47 "properties" must be a mapping, not a list']],
    ['required fields in a string', '{ type: object, required: size }', ['17:45 "required" must be a list, not a string']],
    ['a type that is a number', '{ type: 5 }', ['17:27 "type" must be a string, not a whole number: quote it']],
    ['a type that there is not', '{ type: map }', ['17:27 "type" must be "array", "boolean", "integer", "number", "object" or "string"']],
    ['a property that is a word', '{ type: object, properties: { size: integer } }', ['17:55 "size" must be a mapping, not a string']],
    ['a property without a schema', '{ type: object, properties: { size: } }', ['17:49 the schema of a field has a "type": add it']],
    ['no schema', 'null', ['17:19 the schema of a field has a "type": add it']],
    [
      'a schema for each item',
      '{ type: object, properties: { size: { type: array, items: [{ type: string }] } } }',
      ['17:77 all items of a list have one schema here: write one'],
    ],
    ['words in a string', '{ type: string, enum: a }', ['17:41 "enum" must be a list, not a string']],
    [
      'a reference',
      '{ type: object, properties: { size: { $ref: "#/definitions/size" } } }',
      ['17:63 a definition takes no references: write the schema in its place'],
    ],
    ['a limit that is a text', '{ type: integer, minimum: x }', ['17:45 "minimum" must be a number, not a string']],
    ['a format that is a number', '{ type: string, format: 5 }', ['17:43 "format" must be a string, not a whole number: quote it']],
    ['alternatives in a mapping', '{ type: object, anyOf: { a: b } }', ['17:42 "anyOf" must be a list, not a mapping']],
    [
      'keys of a list in a string',
      '{ type: array, x-kubernetes-list-map-keys: name, items: { type: object } }',
      ['17:62 "x-kubernetes-list-map-keys" must be a list, not a string'],
    ],
    [
      'rules in a mapping',
      '{ type: object, x-kubernetes-validations: { rule: a } }',
      ['17:61 "x-kubernetes-validations" must be a list, not a mapping'],
    ],
    [
      'a rule without an expression',
      '{ type: object, x-kubernetes-validations: [{ message: a }] }',
      ['17:62 an item of "x-kubernetes-validations" has no "rule"'],
    ],
    [
      'an alias in what it stands for',
      '&a { type: object, properties: { size: *a } }',
      ['17:58 an alias stands inside the value that it refers to: move it out'],
    ],
  ])('%s', async (_, spec, lines) => {
    const { findings, coverage } = await lintRepository({ 'crd.yaml': queues({ v1: spec }), ...judged });
    expect(findings.map(describeFinding)).toEqual(lines.map(line => `crd.yaml:${line}`));
    expect(coverage.notValidated).toEqual({ 'no schema of the kind': 1 });
  });

  test.each<[string, from: string | RegExp, to: string, lines: readonly string[]]>([
    ['no versions', / {2}versions:[\s\S]*/, '', ['crd.yaml:4:1 "spec" has no "versions"']],
    ['versions in a word', /versions:\n[\s\S]*/, 'versions: v1\n', ['crd.yaml:8:13 "versions" must be a list, not a string']],
    [
      'versions that are none',
      /versions:\n[\s\S]*/,
      'versions: [null, 5]\n',
      ['crd.yaml:8:20 an item of "versions" must be a mapping, not a whole number'],
    ],
    ['a list for a schema', /openAPIV3Schema:\n[\s\S]*/, 'openAPIV3Schema: []\n', ['crd.yaml:13:26 "openAPIV3Schema" must be a mapping, not a list']],
    ['a spec that is a list', /spec:\n[\s\S]*/, 'spec: []\n', ['crd.yaml:4:7 "spec" must be a mapping, not a list']],
    ['a version that is a number', 'name: v1', 'name: 1', ['crd.yaml:9:13 "name" must be a string, not a whole number: quote it']],
  ])('%s', async (_, from, to, lines) => {
    expect(await errorsOf({ 'crd.yaml': queues({ v1: sized }).replace(from, to), ...judged })).toEqual(lines);
  });

  test('a pattern that is none is not applied, the rest is', async () => {
    const definition = queues({ v1: '{ type: object, properties: { size: { type: string, pattern: "(" } } }' });
    expect(await errorsOf({ 'crd.yaml': definition, ...judged })).toEqual(['queue.yaml:4:18 unknown field "more": known here is "size"']);
  });

  test('words that only the schemas of gitops-lint have mean nothing in it', async () => {
    const definition = queues({ v1: '{ type: object, properties: { size: { type: integer, x-minors: [30, 31], x-expected: secret } } }' });
    expect(await errorsOf({ 'crd.yaml': definition, 'queue.yaml': queue('{ size: x }') })).toEqual([
      'crd.yaml:17:72 unknown field "x-minors"',
      'crd.yaml:17:92 unknown field "x-expected"',
      'queue.yaml:4:15 "size" must be a whole number, not a string',
    ]);
  });
});

describe('a kustomization', () => {
  const deployment = (spec = '') =>
    object('apps/v1', 'Deployment', `spec:\n${spec}  template:\n    spec:\n      containers: [{ name: web, image: "web:1.2.3" }]\n`);
  const complete = deployment('  selector: { matchLabels: { app: web } }\n').replace(
    'template:\n',
    'template:\n    metadata: { labels: { app: web } }\n',
  );
  const patch = (spec: string) => object('apps/v1', 'Deployment', `spec: ${spec}\n`);
  const selector = '{ selector: { matchLabels: { app: web } } }';

  test('a patch has a part of an object, and its object is judged with what only the patch has', async () => {
    const files = { 'kustomization.yaml': kustomization(['web.yaml'], 'patches: [{ path: patch.yaml }]\n'), 'web.yaml': complete };
    expect(
      await linesOf({ ...files, 'patch.yaml': patch('{ replicas: 2, template: { spec: { containers: [{ name: web, command: [a] }] } } }') }),
    ).toEqual([]);
  });

  test.each<[string, Files]>([
    [
      'a patch of the overlay',
      { 'overlay/kustomization.yaml': kustomization(['../base'], 'patches: [{ path: patch.yaml }]\n'), 'overlay/patch.yaml': patch(selector) },
    ],
    [
      'a component of the overlay',
      {
        'overlay/kustomization.yaml': kustomization(['../base'], 'components: [../component]\n'),
        'component/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:\n  - patch: |\n${indent(patch(selector), 6)}`,
      },
    ],
    [
      'labels of the overlay',
      { 'overlay/kustomization.yaml': kustomization(['../base'], 'labels: [{ pairs: { app: web }, includeSelectors: true }]\n') },
    ],
    ['common labels of the overlay', { 'overlay/kustomization.yaml': kustomization(['../base'], 'commonLabels: { app: web }\n') }],
  ])('%s may complete an object', async (_, overlay) => {
    const files = { 'base/kustomization.yaml': kustomization(['web.yaml']), 'base/web.yaml': deployment(), ...overlay };
    const { findings, coverage } = await lintRepository(files);
    expect(findings).toEqual([]);
    expect([...coverage.skippedRules.keys()]).toEqual(['schema/kubernetes']);
  });

  test('nothing completes it, or only labels that are not for selectors', async () => {
    const files = { 'base/web.yaml': deployment() };
    const lines = ['base/web.yaml:4:1 "spec" has no "selector"'];
    expect(await linesOf({ ...files, 'base/kustomization.yaml': kustomization(['web.yaml']) })).toEqual(lines);
    expect(await linesOf({ ...files, 'base/kustomization.yaml': kustomization(['web.yaml'], 'labels: [{ pairs: { app: web } }]\n') })).toEqual(lines);
  });

  test('a patch may put right what it mentions, and nothing else', async () => {
    const wrong = complete.replace('spec:\n', 'spec:\n  replicas: two\n  paused: maybe\n');
    const files = { 'kustomization.yaml': kustomization(['web.yaml'], 'patches: [{ path: patch.yaml }]\n'), 'web.yaml': wrong };
    expect(await linesOf({ ...files, 'patch.yaml': patch('{ replicas: 2 }') })).toEqual([
      'web.yaml:6:11 "paused" must be true or false, not a string',
    ]);
  });
});

describe('forms of values', () => {
  test('nothing stands for an absent field, and quantities are numbers too', async () => {
    const resources = (memory: string) =>
      pod(
        `resources: { limits: { cpu: 500m, memory: ${memory} }, requests: { cpu: 0.5, ephemeral-storage: 128974848 } }\n      args:\n      ports: [{ containerPort: 80, name: }]`,
      );
    expect(await linesOf({ 'a.yaml': resources('1e3') })).toEqual([]);
    expect(await linesOf({ 'a.yaml': resources('1Gib') })).toEqual(['a.yaml:8:49 "memory" must be a quantity such as 500m, 2 or 1Gi']);
    expect(await linesOf({ 'a.yaml': pod('ports: [{ containerPort: }]') })).toEqual(['a.yaml:8:15 an item of "ports" has no "containerPort"']);
  });

  const objects = [
    '# nothing\n',
    object('v1', 'ConfigMap', 'dta: {}\n'),
    '',
    object('v1', 'Service', 'spec: { ports: [{ port: x }] }\n'),
    object('example.org/v9', 'What'),
  ].join('---\n');

  test.each([
    ['of Unix', objects],
    ['of Windows', objects.replaceAll('\n', '\r\n')],
  ])('several kinds in a file with line ends %s', async (_, text) => {
    expect(await linesOf({ 'a.yaml': text })).toEqual([
      'a.yaml:6:1 unknown field "dta": did you mean "data"?',
      'a.yaml:12:25 "port" must be a whole number, not a string',
    ]);
  });

  test('lists in lists, of objects and of other things', async () => {
    const item = '{ apiVersion: v1, kind: ConfigMap, metadata: { name: a }, dta: {} }';
    const files = {
      'kinds.yaml': `apiVersion: v1\nkind: ConfigMapList\nitems: [${item}]\n`,
      'lists.yaml': `apiVersion: v1\nkind: List\nitems: [{ apiVersion: v1, kind: List, items: [${item}] }]\n`,
      'others.yaml': 'apiVersion: v1\nkind: List\nitems: [null, 5, text, [], {}]\n',
      'text.yaml': 'apiVersion: v1\nkind: List\nitems: text\n',
    };
    expect(await linesOf(files)).toEqual([
      'kinds.yaml:3:67 unknown field "dta": did you mean "data"?',
      'lists.yaml:3:105 unknown field "dta": did you mean "data"?',
    ]);
  });

  test('JSON', async () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { port: 80, ports: [{ port: '80' }] } };
    expect(await linesOf({ 'web.json': JSON.stringify(service, null, 2) })).toEqual([
      'web.json:8:5 unknown field "port": did you mean "ports"?',
      'web.json:11:17 "port" must be a whole number, not a string: remove the quotes',
    ]);
  });

  test('what SOPS encrypted is not judged, what it left is', async () => {
    const encrypted = 'ENC[AES256_GCM,data:aaaa,iv:bbbb,tag:cccc,type:str]';
    const sops = `sops:\n  mac: ${encrypted}\n  lastmodified: "2026-01-01T00:00:00Z"\n  version: 3.8.1\n  age: [{ recipient: age1, enc: a }]\n`;
    const secret = (fields: string) => object('v1', 'Secret', fields + sops);
    const files = {
      'a.yaml': secret(`data: { key: "${encrypted}" }\nimmutable: ${encrypted}\n`),
      'b.yaml': secret(`stringDat: { key: "${encrypted}" }\n`),
    };
    expect(await linesOf(files)).toEqual(['b.yaml:4:1 unknown field "stringDat": did you mean "stringData"?']);
  });
});

describe('a folder of schemas that the config names', () => {
  const files = { 'gitops-lint.yaml': 'schemas: [schemas/]\n' };
  const schema = {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        required: ['size'],
        properties: { size: { type: 'integer' }, mode: { enum: ['fifo', 'lifo'] } },
        additionalProperties: false,
      },
    },
  };

  test('judges the kinds and versions that it has files of', async () => {
    const objects = [queue('{ size: 1, sise: 1 }'), queue('{ size: x, mode: fifi }'), queue('{ size: 1, mode: }'), queue('{ sise: 1 }', 'v2')];
    const { findings, coverage } = await lintRepository({
      ...files,
      'schemas/example.org/queue_v1.json': JSON.stringify(schema),
      'queues.yaml': objects.join('---\n'),
    });
    expect(findings.map(describeFinding)).toEqual([
      'queues.yaml:4:18 unknown field "sise": did you mean "size"?',
      'queues.yaml:9:15 "size" must be a whole number, not a string',
      'queues.yaml:9:24 "mode" must be "fifo" or "lifo": did you mean "fifo"?',
    ]);
    expect(coverage).toMatchObject({ validated: 3, notValidated: { 'no schema of the kind': 1 } });
  });

  const references = Object.fromEntries(
    Array.from({ length: 30 }, (_, depth) => [`d${depth}`, { allOf: [{ $ref: `#/$defs/d${depth + 1}` }, { $ref: `#/$defs/d${depth + 1}` }] }]),
  );
  test.each<[string, string, readonly string[]]>([
    ['a pattern that takes for ever elsewhere', '{"properties":{"spec":{"properties":{"size":{"pattern":"^(a+)+$"}}}}}', ['queue.yaml:4:15']],
    ['a reference to itself', '{"$ref":"#"}', []],
    ['references in a circle', '{"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}},"$ref":"#/$defs/a"}', []],
    ['references without number', JSON.stringify({ $defs: { ...references, d30: {} }, $ref: '#/$defs/d0' }), []],
    ['a reference to elsewhere', '{"$ref":"https://example.org/a.json"}', []],
    ['a reference to another file', '{"$ref":"../../a.json"}', []],
    ['a list', '[]', []],
    ['a text', '"a"', []],
    ['nothing', 'null', []],
    ['a type that there is not', '{"type":"map"}', []],
    ['four hundred levels', `${'{"not":'.repeat(400)}{}${'}'.repeat(400)}`, []],
    ['code', '{"$id":"x\\"); process.exit(1); //","properties":{"\\"];process.exit(1);//":{"type":"string"}}}', []],
    ['names that every object has', '{"properties":{"__proto__":{"type":"string"},"constructor":{"type":"object"}},"additionalProperties":true}', []],
    ['a required field that every object has', '{"required":["constructor"]}', ['queue.yaml:1:1']],
  ])('%s', async (_, text, places) => {
    const lines = await linesOf({ ...files, 'schemas/example.org/queue_v1.json': text, 'queue.yaml': queue(`{ size: ${'a'.repeat(40)}! }`) });
    expect(lines.map(line => line.split(' ')[0])).toEqual(places);
  });
});

test('coverage counts what was judged, and says why the rest was not', async () => {
  const { findings, coverage } = await lintRepository({
    'Chart.yaml': chart('web'),
    'values.yaml': 'name: a\n',
    'templates/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: {{ .Values.name }} }\n',
    'apps/kustomization.yaml': kustomization(['web.yaml', 'queue.yaml', 'list.yaml'], 'patches: [{ path: patch.yaml }]\n'),
    'apps/web.yaml': `${object('v1', 'ConfigMap')}---\n${object('v1', 'Service', 'spec: { ports: [{ port: 80 }] }\n')}`,
    'apps/patch.yaml': object('v1', 'Service', 'spec: { type: NodePort }\n'),
    'apps/queue.yaml': queue('{}'),
    'apps/list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: b } }\n  - { apiVersion: example.org/v1, kind: Queue, metadata: { name: c } }\n`,
    '.github/workflows/ci.yaml': 'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: ls }] } }\n',
    'notes.yaml': 'a: b\n',
    'README.md': '# Web\n',
  });
  expect(findings).toEqual([]);
  // The chart, the kustomization, the workflow and the two objects of one file.
  expect(coverage.validated).toBe(5);
  expect(coverage.notValidated).toEqual({ patch: 1, template: 1, 'no schema of the kind': 2 });
});

/** The errors alone. */
async function errorsOf(files: Files): Promise<readonly string[]> {
  const { findings } = await lintRepository(files);
  return findings.filter(({ severity }) => severity === 'error').map(describeFinding);
}

function chart(name: string): string {
  return `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n`;
}

function indent(text: string, columns: number): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(columns));
}
