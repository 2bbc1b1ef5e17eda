import { expect, test } from 'vitest';
import { defaultConfig } from '../../../src/config/default-config.ts';
import type { Repo } from '../../../src/core/repo.ts';
import { lint } from '../../../src/lint.ts';
import { memoryWorkspace } from '../../../src/workspace/memory-workspace.ts';

async function repoOf(files: Readonly<Record<string, string>>): Promise<Repo> {
  const config = defaultConfig('recommended');
  const { repo } = await lint({
    workspace: memoryWorkspace(files),
    config,
    rules: [],
    repository: { remotes: [], isWorkTree: true },
    today: '2026-01-01',
  });
  return repo;
}

function ownerIn({ owners }: Repo, path: string): string {
  const owner = owners.get(path);
  return owner === undefined ? 'absent' : 'id' in owner ? owner.id : `${owner.kind}: ${owner.why}`;
}

const sync = (environment: string, path = './apps') => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec:
  interval: 10m
  path: ${path}
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system }
  postBuild: { substitute: { ENVIRONMENT: ${environment} } }
`;

const namespace = (environment: string) => `
apiVersion: v1
kind: Namespace
metadata: { name: fees, labels: { example.org/environment-name: ${environment} } }
`;

const application = (name: string, destination: string) => `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: shop
  source: { repoURL: https://charts.example.org, chart: web, targetRevision: 1.2.3 }
  destination: ${destination}
`;

test('a substitution of Flux names the environment of a cluster whose name does not', async () => {
  const repo = await repoOf({
    'clusters/osprey/sync.yaml': sync('stg'),
    'clusters/heron/sync.yaml': sync('prod'),
    'clusters/heron/extra.yaml': sync('prod'),
  });
  expect(ownerIn(repo, 'clusters/osprey/sync.yaml')).toBe('staging');
  expect(ownerIn(repo, 'clusters/heron')).toBe('production');
  expect(repo.environments.map(({ id, evidence }) => [id, evidence[0]?.kind, evidence[0]?.says])).toEqual([
    ['staging', 'substitution', '"ENVIRONMENT" is "stg"'],
    ['production', 'substitution', '"ENVIRONMENT" is "prod"'],
  ]);
});

test('what a folder declares of two environments leaves it unknown', async () => {
  const repo = await repoOf({ 'clusters/heron/a.yaml': sync('prod'), 'clusters/heron/b.yaml': sync('dev') });
  expect(ownerIn(repo, 'clusters/heron/a.yaml')).toBe('unknown: its content names production and development');
});

test('a name on the path wins over what the content says', async () => {
  const repo = await repoOf({ 'clusters/staging/sync.yaml': sync('prod'), 'clusters/production/sync.yaml': sync('prod') });
  expect(ownerIn(repo, 'clusters/staging/sync.yaml')).toBe('staging');
});

test('a value that is filled in later names nothing', async () => {
  const repo = await repoOf({ 'clusters/heron/sync.yaml': sync(`"\${ENVIRONMENT}"`) });
  expect(repo.environments).toEqual([]);
});

test('the label of a namespace tells whose file it is', async () => {
  const repo = await repoOf({
    'namespaces/fees.yaml': namespace('production'),
    'namespaces/tax.yaml': namespace('uat'),
    'namespaces/hub.yaml': namespace('hub'),
  });
  expect(['namespaces/fees.yaml', 'namespaces/tax.yaml'].map(path => ownerIn(repo, path))).toEqual(['production', 'uat']);
  expect(ownerIn(repo, 'namespaces/hub.yaml')).toBe('unknown: no name on its path is that of an environment');
});

test('the labels that a kustomization gives tell whose folder it is', async () => {
  const repo = await repoOf({
    'sites/harbour/kustomization.yaml': 'resources: [app.yaml]\nlabels: [{ pairs: { env: prod } }]\n',
    'sites/harbour/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: app }\n',
  });
  expect(ownerIn(repo, 'sites/harbour/app.yaml')).toBe('production');
});

test('ApplicationSets, clusters of Argo CD and Jenkins X name environments that no place names', async () => {
  const repo = await repoOf({
    'sets/web.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: web }
spec:
  generators:
    - matrix:
        generators:
          - list: { elements: [{ env: dev }, { env: qa }] }
          - clusters: { selector: { matchLabels: { environment: prod } } }
  template: { metadata: { name: web }, spec: { destination: { namespace: web, name: in-cluster } } }
`,
    'argocd/cluster.yaml': `
apiVersion: v1
kind: Secret
metadata: { name: heron, labels: { argocd.argoproj.io/secret-type: cluster, environment: staging } }
`,
    'jx-requirements.yml': 'apiVersion: core.jenkins-x.io/v4beta1\nkind: Requirements\nspec:\n  environments:\n    - key: dev\n    - key: preprod\n',
  });
  expect(repo.environments.map(({ id }) => id)).toEqual(['development', 'qa', 'staging', 'preproduction', 'production']);
});

test('a destination tells what an Application changes, where its cluster names one environment', async () => {
  const repo = await repoOf({
    'envs/dev/a.yaml': application('a', '{ name: eks-prod-eu1, namespace: web }'),
    'envs/prod/b.yaml': application('b', '{ server: "https://kubernetes.default.svc", namespace: dev-portal }'),
    'apps/c.yaml': application('c', '{ server: "https://api.prod-heron.example.dev:6443", namespace: web }'),
    'apps/d.yaml': application('d', '{ name: dev-to-prod, namespace: web }'),
    'apps/e.yaml': application('e', '{ server: "https://kubernetes.default.svc", namespace: web-dev }'),
    'apps/f.yaml': application('f', '{ server: "https://kubernetes.default.svc", namespace: web }'),
  });
  const environments = repo.units
    .filter(({ kind }) => kind === 'argocd-application')
    .map(({ name, environment }) => [name, 'id' in environment ? environment.id : environment.kind]);
  expect(Object.fromEntries(environments)).toEqual({
    a: 'production',
    b: 'production',
    c: 'production',
    d: 'unknown',
    e: 'development',
    f: 'unknown',
  });
});

test('what environments use is shared, whoever uses it', async () => {
  const overlay = (path: string) => `resources: [${path}]\n`;
  const repo = await repoOf({
    'web/prod/kustomization.yaml': overlay('../../features/audit'),
    'web/dev/kustomization.yaml': overlay('../../features/audit'),
    'mail/prod/kustomization.yaml': overlay('../../features/vault'),
    'mail/dev/kustomization.yaml': overlay('../../base'),
    'base/kustomization.yaml': 'resources: []\n',
    'features/audit/kustomization.yaml': 'resources: []\n',
    'features/vault/kustomization.yaml': 'resources: []\n',
    'features/idle/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
    'overlays/hall7/kustomization.yaml': overlay('../../features/audit'),
  });
  expect(ownerIn(repo, 'features/audit/kustomization.yaml')).toBe('shared: development and production use it');
  expect(ownerIn(repo, 'features/vault/kustomization.yaml')).toBe('shared: only production uses it');
  expect(ownerIn(repo, 'features/idle/kustomization.yaml')).toBe('shared: it is a Kustomize component');
  expect(ownerIn(repo, 'base/kustomization.yaml')).toBe('shared: "base" is what environments share');
  expect(repo.owners.get('overlays/hall7/kustomization.yaml')).toMatchObject({ kind: 'unknown', anchor: 'overlays/hall7' });
});

test('clusters, namespaces and branches name environments where at least two differ in the word alone', async () => {
  const branch = (name: string, revision: string) =>
    application(name, '{ name: heron, namespace: web }')
      .replace('repoURL: https://charts.example.org, chart: web', 'repoURL: https://git.example.org/web, path: web')
      .replace('1.2.3', revision);
  const environments = async (files: Readonly<Record<string, string>>) => {
    const repo = await repoOf(files);
    return Object.keys(files).map(path => ownerIn(repo, path).replace(/:.*/, ''));
  };
  expect(
    await environments({
      'apps/a.yaml': application('a', '{ name: eks-dev-1, namespace: web }'),
      'apps/b.yaml': application('b', '{ name: eks-prod-7 }'),
    }),
  ).toEqual(['development', 'production']);
  expect(
    await environments({
      'apps/a.yaml': application('a', '{ name: in-cluster, namespace: web-qa }'),
      'apps/b.yaml': application('b', '{ name: in-cluster, namespace: web-prod }'),
      'apps/c.yaml': application('c', '{ name: in-cluster, namespace: mail-dev }'),
    }),
  ).toEqual(['qa', 'production', 'unknown']);
  expect(
    await environments({ 'apps/a.yaml': branch('a', 'stage'), 'apps/b.yaml': branch('b', 'release'), 'apps/c.yaml': branch('c', 'main') }),
  ).toEqual(['staging', 'production', 'unknown']);
  expect(await environments({ 'apps/a.yaml': branch('a', 'dev'), 'apps/b.yaml': branch('b', 'main') })).toEqual(['unknown', 'unknown']);
});
