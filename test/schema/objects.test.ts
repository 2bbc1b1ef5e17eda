import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { type Files, lintFiles } from '../lint/lint-files.ts';

const judging = rules.filter(({ id }) => ['schema/kubernetes', 'schema/custom-resource', 'schema/implicit-type'].includes(id));

/** What is said of some files: line, severity and message. */
async function saidOf(files: Files): Promise<readonly string[]> {
  const { findings } = await lintFiles(files, judging);
  return findings.map(({ at: { path, start }, severity, message }) => `${path}:${start.line} ${severity} ${message}`);
}

const pod = (fields: string, container = '') => `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  ${fields}
  containers:
    - name: web
      image: web:1.2.3
      ${container}
`;

test('modes in octal, booleans of YAML 1.1, anchors and merge keys are what Go reads', async () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  creationTimestamp: null
  labels: &labels { app: web, empty: "" }
spec:
  paused: off
  selector: { matchLabels: *labels }
  template:
    metadata: { creationTimestamp: null, labels: { <<: *labels, tier: a } }
    spec:
      hostNetwork: yes
      nodeSelector:
      containers:
        - name: web
          image: web:1.10
          args:
          resources: { requests: { memory: 1e3 }, limits: { cpu: 0.5, memory: 128974848 } }
          volumeMounts: [{ name: data, mountPath: /data }]
      volumes:
        - name: data
          configMap: { name: data, defaultMode: 0644, items: [{ key: a, path: a, mode: 0o600 }] }
status: {}
`;
  expect(await saidOf({ 'apps/web.yaml': text })).toEqual([]);
  expect(await saidOf({ 'apps/web.yaml': text.replaceAll('\n', '\r\n') })).toEqual([]);
  expect(await saidOf({ 'apps/web.yaml': text.replace('0644', '"0644"') })).toEqual([
    'apps/web.yaml:23 error "defaultMode" must be a whole number, not a string: remove the quotes',
  ]);
});

test('what only a later version of Kubernetes has is a remark where the version is not known, and hides no other mistake', async () => {
  expect(
    await saidOf({ 'apps/web.yaml': pod('schedulingGates: [{ name: example.org/quota }]', 'livenessProbe: { tcpSocket: { port: "80" } }') }),
  ).toEqual([
    'apps/web.yaml:5 note in Kubernetes 1.25: unknown field "schedulingGates"',
    'apps/web.yaml:9 error a port in quotes is a name, and a name has a letter: remove the quotes',
  ]);
});

test('a list of objects, in YAML or JSON, is judged item by item', async () => {
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { a: 'b' } },
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'b' }, spec: { port: 80 } },
    ],
  };
  expect(await saidOf({ 'apps/list.json': JSON.stringify(list) })).toEqual(['apps/list.json:1 error unknown field "port": did you mean "ports"?']);
});

test.each(['$PORT', '$(PORT)', '%PORT%', '__PORT__', '@PORT@', '#{port}#', '[[ .port ]]', '((port))', '<port>', 'XXX', 'SOME_PORT', `\${PORT:=80}`])(
  'a port that is to be %s is not judged',
  async placeholder => {
    const { findings, coverage } = await lintFiles({ 'apps/web.yaml': pod('', `ports: [{ containerPort: "${placeholder}" }]`) }, judging);
    expect(findings).toEqual([]);
    expect([...coverage.skippedRules.keys()]).toEqual(['schema/kubernetes']);
  },
);

test('metadata that is a list, or has a name that is null, is no metadata', async () => {
  const files = { 'kustomization.yaml': 'resources: [apps/a.yaml, apps/b.yaml]\n' };
  const [list, empty] = ['apiVersion: v1\nkind: ConfigMap\nmetadata:\n  - name: a\n', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name:\n'];
  expect(await saidOf({ ...files, 'apps/a.yaml': list, 'apps/b.yaml': empty })).toEqual([
    'apps/a.yaml:4 error "metadata" must be a mapping, not a list',
    'apps/b.yaml:3 error "metadata" has no "name"',
  ]);
});

test('the first version of CustomResourceDefinitions keeps fields that the schema does not have', async () => {
  const definition = `apiVersion: apiextensions.k8s.io/v1beta1
kind: CustomResourceDefinition
metadata: { name: queues.example.org }
spec:
  group: example.org
  version: v1
  names: { kind: Queue, plural: queues }
  scope: Namespaced
  validation: { openAPIV3Schema: { properties: { spec: { properties: { size: { type: integer } }, required: [size] } } } }
`;
  const queue = 'apiVersion: example.org/v1\nkind: Queue\nmetadata: { name: a }\nspec: { more: true }\n';
  expect(await saidOf({ 'crd.yaml': definition, 'queue.yaml': queue })).toEqual(['queue.yaml:4 error "spec" has no "size"']);
  const pruning = definition.replace('  scope:', '  preserveUnknownFields: false\n  scope:');
  expect(await saidOf({ 'crd.yaml': pruning, 'queue.yaml': queue })).toEqual([
    'queue.yaml:4 error "spec" has no "size"',
    'queue.yaml:4 error unknown field "more": known here is "size"',
  ]);
});

test('who includes a component may set the namespace of its service accounts', async () => {
  const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: a }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: a }
subjects: [{ kind: ServiceAccount, name: a }]
`;
  const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [binding.yaml]\n';
  expect(await saidOf({ 'components/a/kustomization.yaml': component, 'components/a/binding.yaml': binding })).toEqual([]);
});

test('durations of Flux and cert-manager are those of Go, which has no days', async () => {
  const certificate = (duration: string) =>
    `apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web }
spec: { secretName: web, issuerRef: { name: ca }, duration: ${duration} }
`;
  expect(await saidOf({ 'apps/web.yaml': certificate('2160h0m0s') })).toEqual([]);
  expect(await saidOf({ 'apps/web.yaml': certificate('90d') })).toEqual([
    'apps/web.yaml:4 warning "duration" must be a duration such as 30s, 10m or 1h30m',
  ]);
});

const fluxOrArgo = (apiVersion: string, kind: string) => ({ 'apps/web.yaml': `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: web }\n` });

test.each([
  ['helm.toolkit.fluxcd.io/v2', 'Helmrelease', '2 warning "helm.toolkit.fluxcd.io/v2" has no kind "Helmrelease": did you mean "HelmRelease"?'],
  [
    'kustomize.toolkit.fluxcd.io/v1',
    'Kustomisation',
    '2 warning "kustomize.toolkit.fluxcd.io/v1" has no kind "Kustomisation": did you mean "Kustomization"?',
  ],
  ['argoproj.io/v1', 'Application', '1 warning no release has "Application" in "argoproj.io/v1": write "argoproj.io/v1alpha1"'],
  [
    'kustomize.toolkit.fluxcd.io/v3',
    'Kustomization',
    '1 warning no release has "Kustomization" in "kustomize.toolkit.fluxcd.io/v3": write "kustomize.toolkit.fluxcd.io/v1"',
  ],
  [
    'helm.toolkit.fluxcd.io/v1',
    'HelmRelease',
    '1 warning no release has "HelmRelease" in "helm.toolkit.fluxcd.io/v1": write "helm.toolkit.fluxcd.io/v2"',
  ],
  [
    'external-secrets.io/v1aplha1',
    'PushSecret',
    '1 warning no release has "PushSecret" in "external-secrets.io/v1aplha1": write "external-secrets.io/v1alpha1"',
  ],
  ['helm.toolkit.fluxcd.io', 'HelmRelease', '1 warning "helm.toolkit.fluxcd.io" lacks a version: write "helm.toolkit.fluxcd.io/v2"'],
  ['rbac.authorization.k8s.io', 'Role', '1 error "rbac.authorization.k8s.io" lacks a version: write "rbac.authorization.k8s.io/v1"'],
  [
    'kustomize.toolkit.fluxcd.oi/v1',
    'Kustomization',
    '1 warning no release has "Kustomization" in "kustomize.toolkit.fluxcd.oi/v1": write "kustomize.toolkit.fluxcd.io/v1"',
  ],
  ['rbac.authorisation.k8s.io/v1', 'Role', '1 error there is no API "rbac.authorisation.k8s.io/v1": write "rbac.authorization.k8s.io/v1"'],
])('%s %s is a slip of the pen', async (apiVersion, kind, said) => {
  expect(await saidOf(fluxOrArgo(apiVersion, kind))).toEqual([`apps/web.yaml:${said}`]);
});

test.each([
  ['kustomize.toolkit.fluxcd.io/v2', 'Kustomization'],
  ['kustomize.toolkit.fluxcd.io/v1beta9', 'Kustomization'],
  ['external-secrets.io/v1', 'PushSecret'],
  ['karpenter.sh/v1beta1', 'NodePool'],
  ['cilium.io/v2', 'CiliumDatapathPlugin'],
  [`argoproj.io/\${VERSION}`, 'Application'],
  ['argoproj.io/v1alpha1', 'NotificationConfiguration'],
  ['route.openshift.io/v1', 'Route'],
  ['argoprj.example.io/v1alpha1', 'Application'],
  ['scheduling.x-k8s.io/v1', 'PriorityClass'],
  ['authorization.openshift.io/v1', 'RoleBinding'],
])('%s %s may exist', async (apiVersion, kind) => {
  expect(await saidOf(fluxOrArgo(apiVersion, kind))).toEqual([]);
});

test('a kind that the repository defines in some version is no slip of the pen', async () => {
  const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: helmreleaseses.helm.toolkit.fluxcd.io }
spec:
  group: helm.toolkit.fluxcd.io
  scope: Namespaced
  names: { kind: HelmReleases, plural: helmreleaseses }
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
`;
  expect(await saidOf({ 'crds/a.yaml': definition, ...fluxOrArgo('helm.toolkit.fluxcd.io/v2', 'HelmReleases') })).toEqual([]);
});

test('a chart of a release needs a source unless it is an OCI repository', async () => {
  const release = (chart: string) => ({
    'apps/web.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web }\nspec: { interval: 5m, chart: ${chart} }\n`,
  });
  expect(await saidOf(release('{ spec: { chart: web } }'))).toEqual(['apps/web.yaml:4 error "spec" has no "sourceRef"']);
  expect(await saidOf(release('{ kind: OCIRepository, spec: { url: "oci://example.org/web" } }'))).toEqual([]);
});
