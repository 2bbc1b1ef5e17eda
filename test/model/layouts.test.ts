import { expect, test } from 'vitest';
import {
  application,
  deployment,
  fluxKustomization,
  kustomization,
  layoutsOf,
  ownerOf,
  reachOf,
  referencesOf,
  repoOf,
  unitsOf,
} from './describe-repo.ts';

// One small repository for each layout of DOMAIN.md 2g.

test('A: the environment first, then the app', async () => {
  const repo = await repoOf({
    'clusters/production/apps.yaml': fluxKustomization('apps', './apps/production'),
    'clusters/staging/apps.yaml': fluxKustomization('apps', './apps/staging'),
    'apps/production/kustomization.yaml': kustomization('../base/bakery'),
    'apps/staging/kustomization.yaml': kustomization('../base/bakery', 'oven.yaml'),
    'apps/staging/oven.yaml': deployment('oven'),
    'apps/base/bakery/kustomization.yaml': kustomization('bakery.yaml'),
    'apps/base/bakery/bakery.yaml': deployment('bakery'),
  });
  expect(unitsOf(repo)).toEqual([
    '* plain-folder/clusters/production → production',
    '* plain-folder/clusters/staging → staging',
    'flux-kustomization/flux-system/apps@clusters/production/apps.yaml → production',
    'flux-kustomization/flux-system/apps@clusters/staging/apps.yaml → staging',
  ]);
  expect(referencesOf(repo, 'clusters/staging/apps.yaml')).toEqual(['flux-system: unknown', './apps/staging: resolved apps/staging']);
  expect(reachOf(repo, 'apps/base/bakery/bakery.yaml')).toBe('production staging');
  expect(reachOf(repo, 'apps/staging/oven.yaml')).toBe('staging');
  expect(ownerOf(repo, 'apps/base/bakery/bakery.yaml')).toBe('shared');
  expect(ownerOf(repo, 'apps/production')).toBe('production');
  expect(layoutsOf(repo)).toEqual(['clusters', 'environment-first', 'flux-monorepo']);
});

test('B: the component, then the environment', async () => {
  const repo = await repoOf({
    'payments/ledger/prod/kustomization.yaml': kustomization('../base'),
    'payments/ledger/uat/kustomization.yaml': kustomization('../base'),
    'payments/ledger/base/kustomization.yaml': kustomization('ledger.yaml'),
    'payments/ledger/base/ledger.yaml': deployment('ledger'),
  });
  expect(unitsOf(repo)).toEqual(['* kustomization/payments/ledger/prod → production', '* kustomization/payments/ledger/uat → uat']);
  expect(referencesOf(repo, 'payments/ledger/uat/kustomization.yaml')).toEqual(['../base: resolved payments/ledger/base']);
  expect(reachOf(repo, 'payments/ledger/base/ledger.yaml')).toBe('production uat');
  expect(ownerOf(repo, 'payments/ledger/base')).toBe('shared');
  expect(layoutsOf(repo)).toEqual(['component-first']);
});

test('C: an app with overlays; a channel is no environment', async () => {
  const repo = await repoOf({
    'bakery/base/kustomization.yaml': kustomization('bakery.yaml'),
    'bakery/base/bakery.yaml': deployment('bakery'),
    'bakery/overlays/production/kustomization.yaml': `${kustomization('../../base')}patches: [{ path: more.yaml }]\n`,
    'bakery/overlays/production/more.yaml': deployment('bakery'),
    'bakery/overlays/dev/kustomization.yaml': kustomization('../../base'),
    'bakery/overlays/stable-4/kustomization.yaml': kustomization('../../base'),
  });
  expect(unitsOf(repo)).toEqual([
    '* kustomization/bakery/overlays/dev → development',
    '* kustomization/bakery/overlays/production → production',
    '* kustomization/bakery/overlays/stable-4 → unknown',
  ]);
  expect(referencesOf(repo, 'bakery/overlays/production/kustomization.yaml')).toEqual([
    '../../base: resolved bakery/base',
    'more.yaml: resolved bakery/overlays/production/more.yaml',
  ]);
  expect(reachOf(repo, 'bakery/base/bakery.yaml')).toBe('development production');
  expect(reachOf(repo, 'bakery/overlays/production/more.yaml')).toBe('production');
  expect(layoutsOf(repo)).toEqual(['overlays']);
});

test('D: by cluster; clusters whose names say no environment have none', async () => {
  const repo = await repoOf({
    'clusters/harbour/kustomization.yaml': kustomization('../../parts/dns'),
    'clusters/quarry/kustomization.yaml': kustomization('../../parts/dns'),
    'parts/dns/kustomization.yaml': kustomization('dns.yaml'),
    'parts/dns/dns.yaml': deployment('dns'),
  });
  expect(unitsOf(repo)).toEqual(['* kustomization/clusters/harbour → unknown', '* kustomization/clusters/quarry → unknown']);
  expect(repo.environments).toEqual([]);
  expect(layoutsOf(repo)).toEqual(['clusters', 'single-environment']);
});

test('E: a folder of environments', async () => {
  const repo = await repoOf({
    'environments/prod/addons/kustomization.yaml': kustomization('dns.yaml'),
    'environments/prod/addons/dns.yaml': deployment('dns'),
    'environments/dev/addons/kustomization.yaml': kustomization('dns.yaml'),
    'environments/dev/addons/dns.yaml': deployment('dns'),
  });
  expect(unitsOf(repo)).toEqual(['* kustomization/environments/dev/addons → development', '* kustomization/environments/prod/addons → production']);
  expect(reachOf(repo, 'environments/prod/addons/dns.yaml')).toBe('production');
  expect(layoutsOf(repo)).toEqual(['environments-folder']);
});

test('F: a fleet that delivers other repositories', async () => {
  const source = (kind: string) =>
    `apiVersion: source.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: { name: shops, namespace: flux-system }\nspec: { url: "https://git.example.org/acme/shops" }\n---\n`;
  const shops = (kind: string, path: string) =>
    source(kind) + fluxKustomization('shops', path).replace('GitRepository, name: flux-system', `${kind}, name: shops`);
  const repo = await repoOf({
    'clusters/prod-eu/tenants.yaml': shops('OCIRepository', './'),
    'clusters/staging/tenants.yaml': shops('GitRepository', './deploy'),
  });
  expect(unitsOf(repo)).toEqual([
    '* plain-folder/clusters/prod-eu → production',
    '* plain-folder/clusters/staging → staging',
    'flux-kustomization/flux-system/shops@clusters/prod-eu/tenants.yaml → production',
    'flux-kustomization/flux-system/shops@clusters/staging/tenants.yaml → staging',
  ]);
  expect(referencesOf(repo, 'clusters/prod-eu/tenants.yaml')).toEqual(['shops: resolved clusters/prod-eu/tenants.yaml', './: unknown']);
  expect(referencesOf(repo, 'clusters/staging/tenants.yaml')).toEqual(['shops: resolved clusters/staging/tenants.yaml', './deploy: unknown']);
  expect(layoutsOf(repo)).toEqual(['clusters', 'flux-fleet']);
});

test('G: an Application of Applications; the destination decides the environment', async () => {
  const repo = await repoOf({
    'argocd/root.yaml': application('root', 'argocd/apps'),
    'argocd/apps/bakery.yaml': application('bakery', 'bakery/prod', '  destination: { name: prod, namespace: bakery }\n'),
    'bakery/prod/kustomization.yaml': kustomization('bakery.yaml'),
    'bakery/prod/bakery.yaml': deployment('bakery'),
    'bakery/staging/kustomization.yaml': kustomization('bakery.yaml'),
    'bakery/staging/bakery.yaml': deployment('bakery'),
  });
  expect(unitsOf(repo)).toEqual([
    '* kustomization/bakery/staging → staging',
    '* plain-folder/argocd → unknown',
    'argocd-application/argocd/bakery → production',
    'argocd-application/argocd/root → unknown',
  ]);
  expect(repo.units.find(({ name }) => name === 'bakery')?.madeBy).toBe('argocd-application/argocd/root');
  expect(reachOf(repo, 'bakery/prod/bakery.yaml')).toBe('production');
  expect(layoutsOf(repo)).toEqual(['argocd-app-of-apps', 'component-first']);
});

test('H: ApplicationSets of folders, and of clusters that nobody knows here', async () => {
  const set = (name: string, generator: string, unit: string, path: string, more = '') =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n${more}  generators: [${generator}]\n  template:\n    metadata: { name: "${unit}" }\n    spec: { project: shops, source: { repoURL: https://git.example.org/acme/fleet.git, path: "${path}" }, destination: { name: "{{ .path.basename }}" } }\n`;
  const repo = await repoOf({
    'sets/shops.yaml': set(
      'shops',
      '{ git: { repoURL: https://git.example.org/acme/fleet.git, directories: [{ path: shops/*/* }, { path: shops/closed/*, exclude: true }] } }',
      '{{ index .path.segments 1 }}-{{ .path.basename }}',
      '{{ .path.path }}',
      '  goTemplate: true\n',
    ),
    'sets/regions.yaml': set(
      'regions',
      '{ matrix: { generators: [{ list: { elements: [{ region: north }, { region: south }] } }, { clusters: { values: { tier: gold } } }] } }',
      '{{region}}-{{name}}',
      'regions/{{region}}/{{name}}/{{values.tier}}',
    ),
    'shops/tea/prod/tea.yaml': deployment('tea'),
    'shops/tea/dev/tea.yaml': deployment('tea'),
    'shops/closed/dev/old.yaml': deployment('old'),
    'regions/north/oslo/gold/a.yaml': deployment('a'),
    'regions/south/rome/silver/b.yaml': deployment('b'),
  });
  expect(unitsOf(repo).filter(unit => unit.includes('argocd-'))).toEqual([
    'argocd-application-set/argocd/regions → unknown',
    'argocd-application-set/argocd/shops → unknown',
    'argocd-application/argocd/north-* → unknown',
    'argocd-application/argocd/south-* → unknown',
    'argocd-application/argocd/tea-dev → development',
    'argocd-application/argocd/tea-prod → production',
  ]);
  expect(referencesOf(repo, 'sets/shops.yaml')).toEqual([
    'shops/*/*: resolved shops/tea/dev',
    'shops/*/*: resolved shops/tea/prod',
    'shops/tea/dev: resolved shops/tea/dev',
    'shops/tea/prod: resolved shops/tea/prod',
  ]);
  expect(referencesOf(repo, 'sets/regions.yaml')).toEqual(['regions/north/*/gold: maybe regions/north/oslo/gold', 'regions/south/*/gold: unknown']);
  expect(reachOf(repo, 'shops/tea/prod/tea.yaml')).toBe('production');
  expect(reachOf(repo, 'regions/north/oslo/gold/a.yaml')).toBe('?');
  expect(layoutsOf(repo)).toEqual(['argocd-application-sets', 'component-first']);
});

test('I: values for each environment; only those that are named count', async () => {
  const repo = await repoOf({
    'charts/tea/Chart.yaml':
      'apiVersion: v2\nname: tea\nversion: 1.0.0\ndependencies:\n  - { name: common, version: 1.0.0, repository: "file://../common" }\n  - { name: cache, version: 1.0.0, repository: "https://charts.example.org" }\n  - { name: local, version: 1.0.0 }\n',
    'charts/common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 1.0.0\n',
    'charts/tea/values.yaml': 'a: 1\n',
    'charts/tea/values-production.yaml': 'a: 2\n',
    'charts/tea/values-staging.yaml': 'a: 2\n',
    'argocd/tea-production.yaml': `${application('tea', 'charts/tea').replace('path: charts/tea', 'path: charts/tea, helm: { valueFiles: [values.yaml, values-production.yaml] }')}  destination: { name: production }\n`,
  });
  expect(referencesOf(repo, 'charts/tea/Chart.yaml')).toEqual([
    'file://../common: resolved charts/common',
    'https://charts.example.org: external',
    'local: unknown',
    'values-production.yaml: maybe charts/tea/values-production.yaml',
    'values-staging.yaml: maybe charts/tea/values-staging.yaml',
    'values.yaml: resolved charts/tea/values.yaml',
  ]);
  expect(reachOf(repo, 'charts/common/Chart.yaml')).toBe('production');
  expect(reachOf(repo, 'charts/tea/values-production.yaml')).toBe('production');
  expect(reachOf(repo, 'charts/tea/values-staging.yaml')).toBe('nobody');
  expect(layoutsOf(repo)).toEqual(['values-per-environment']);
});

test('J: Terraform for each environment', async () => {
  const repo = await repoOf({
    'live/prod/network/main.tf': 'module "network" { source = "../../../modules/network" }\n',
    'live/dev/network/main.tf': 'module "network" { source = "../../../modules/network" }\n',
    'modules/network/main.tf': 'resource "a" "b" {}\n',
  });
  expect(ownerOf(repo, 'live/prod/network/main.tf')).toBe('production');
  expect(ownerOf(repo, 'modules/network/main.tf')).toBe('shared');
  expect(layoutsOf(repo)).toEqual(['environment-first', 'terraform-live']);
});

test('K: Jenkins X; what it makes or fetches is not missing', async () => {
  const repo = await repoOf({
    'jx-requirements.yml': 'apiVersion: core.jenkins-x.io/v4beta1\nkind: Requirements\nspec: { environments: [{ key: dev }] }\n',
    'helmfile.yaml': 'helmfiles: [{ path: helmfiles/tea/helmfile.yaml }]\nenvironments: { default: { values: [jx-values.yaml] } }\n',
    'helmfiles/tea/helmfile.yaml':
      'releases:\n  - name: tea\n    namespace: tea\n    chart: dev/tea\n    values: [values.yaml, ../../versionStream/charts/tea/values.yaml, ../../private/tea.yaml]\n',
    'helmfiles/tea/values.yaml': 'a: 1\n',
    'versionStream/src/base/kustomization.yaml': kustomization('cluster/crd.yaml'),
  });
  expect(unitsOf(repo)).toEqual(['* helmfile-release/helmfiles/tea/helmfile.yaml/tea/tea → unknown']);
  expect(referencesOf(repo, 'helmfile.yaml')).toEqual([
    'helmfiles/tea/helmfile.yaml: resolved helmfiles/tea/helmfile.yaml',
    'jx-values.yaml: unknown',
  ]);
  expect(referencesOf(repo, 'helmfiles/tea/helmfile.yaml')).toEqual([
    'values.yaml: resolved helmfiles/tea/values.yaml',
    '../../versionStream/charts/tea/values.yaml: unknown',
    '../../private/tea.yaml: unknown',
  ]);
  expect(referencesOf(repo, 'versionStream/src/base/kustomization.yaml')).toEqual(['cluster/crd.yaml: unknown']);
  expect(layoutsOf(repo)).toContain('jenkins-x');
});

test('L: a namespace for each environment', async () => {
  const namespace = (name: string) => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;
  const repo = await repoOf({
    'namespaces/tea-dev/namespace.yaml': namespace('tea-dev'),
    'namespaces/tea-prod/namespace.yaml': namespace('tea-prod'),
    'namespaces/tea-staging/namespace.yaml': namespace('tea-staging'),
  });
  expect(unitsOf(repo)).toEqual([
    '* plain-folder/namespaces/tea-dev → development',
    '* plain-folder/namespaces/tea-prod → production',
    '* plain-folder/namespaces/tea-staging → staging',
  ]);
  expect(layoutsOf(repo)).toEqual(['namespace-per-environment', 'plain']);
});

test('M: a branch for each environment; what stands here may be different there', async () => {
  const at = (path: string, revision: string) => application(path, path).replace(`path: ${path} }`, `path: ${path}, targetRevision: ${revision} }`);
  const repo = await repoOf({
    'argocd/tea.yaml': at('tea', 'production'),
    'argocd/milk.yaml': at('milk', 'staging'),
    'argocd/gone.yaml': at('gone', 'staging'),
    'argocd/sugar.yaml': application('sugar', 'sugar'),
    'argocd/salt.yaml': application('salt', 'salt'),
    'argocd/rye.yaml': application('rye', 'rye'),
    'tea/tea.yaml': deployment('tea'),
    'milk/milk.yaml': deployment('milk'),
    'sugar/sugar.yaml': deployment('sugar'),
    'salt/salt.yaml': deployment('salt'),
    'rye/rye.yaml': deployment('rye'),
  });
  expect(referencesOf(repo, 'argocd/tea.yaml')).toEqual(['tea: maybe tea']);
  expect(referencesOf(repo, 'argocd/gone.yaml')).toEqual(['gone: unknown']);
  expect(referencesOf(repo, 'argocd/rye.yaml')).toEqual(['rye: resolved rye']);
  expect(reachOf(repo, 'milk/milk.yaml')).toBe('staging?');
  expect(layoutsOf(repo)).toContain('branch-per-environment');
});

test('N: rings', async () => {
  const repo = await repoOf({
    'components/policy/rings/ring-0/kustomization.yaml': kustomization('../../base'),
    'components/policy/rings/ring-1/kustomization.yaml': kustomization('../ring-0'),
    'components/policy/base/kustomization.yaml': kustomization('policy.yaml'),
    'components/policy/base/policy.yaml': deployment('policy'),
  });
  expect(unitsOf(repo)).toEqual(['* kustomization/components/policy/rings/ring-1 → unknown']);
  expect(reachOf(repo, 'components/policy/base/policy.yaml')).toBe('');
  expect(layoutsOf(repo)).toEqual(['rings', 'single-environment']);
});

test('O: one environment', async () => {
  const repo = await repoOf({
    'kubernetes/apps/tea/ks.yaml': fluxKustomization('tea', './kubernetes/apps/tea/app'),
    'kubernetes/apps/tea/app/kustomization.yaml': kustomization('tea.yaml'),
    'kubernetes/apps/tea/app/tea.yaml': deployment('tea'),
  });
  expect(repo.environments).toEqual([]);
  expect(referencesOf(repo, 'kubernetes/apps/tea/ks.yaml')).toEqual([
    'flux-system: unknown',
    './kubernetes/apps/tea/app: resolved kubernetes/apps/tea/app',
  ]);
  expect(reachOf(repo, 'kubernetes/apps/tea/app/tea.yaml')).toBe('');
  expect(layoutsOf(repo)).toEqual(['flux-monorepo', 'single-environment']);
});

test('P: Ansible inventories', async () => {
  const repo = await repoOf({
    'inventories/prod/hosts.yml': 'all: { hosts: { a: {} } }\n',
    'inventories/staging/hosts.yml': 'all: { hosts: { b: {} } }\n',
    'site.yml': '- hosts: all\n  tasks: []\n',
  });
  expect(ownerOf(repo, 'inventories/prod/hosts.yml')).toBe('production');
  expect(repo.units).toEqual([]);
  expect(layoutsOf(repo)).toEqual(['ansible-inventories']);
});

test('Q: parameter files', async () => {
  const repo = await repoOf({ 'openshift/tea.prod.param': 'A=1\n', 'openshift/tea.test.param': 'A=2\n', 'openshift/tea.dev.param': 'A=3\n' });
  expect(ownerOf(repo, 'openshift/tea.prod.param')).toBe('production');
  expect(ownerOf(repo, 'openshift/tea.dev.param')).toBe('development');
});

test('the plain layout: environments deliver the apps of the same name that they do not override', async () => {
  const repo = await repoOf({
    'apps/tea/deployment.yaml': deployment('tea'),
    'apps/tea/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: tea }\n',
    'apps/milk/deployment.yaml': deployment('milk'),
    'infrastructure/dns/dns.yaml': deployment('dns'),
    'environments/dev/tea/deployment.yaml': deployment('tea'),
    'environments/production/tea/config.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: tea }\n',
    'environments/production/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: production }\n',
    'docs/example.yaml': deployment('example'),
  });
  expect(unitsOf(repo)).toEqual([
    '* plain-folder/apps/milk → unknown',
    '* plain-folder/environments/dev/tea → development',
    '* plain-folder/environments/production → production',
    '* plain-folder/environments/production/tea → production',
    '* plain-folder/infrastructure/dns → unknown',
  ]);
  expect(referencesOf(repo, 'environments/dev/tea')).toEqual(['apps/tea: resolved apps/tea']);
  expect(reachOf(repo, 'apps/tea/deployment.yaml')).toBe('production');
  expect(reachOf(repo, 'apps/tea/service.yaml')).toBe('development production');
  expect(reachOf(repo, 'docs/example.yaml')).toBe('nobody');
  expect(layoutsOf(repo)).toEqual(['environments-folder', 'plain']);
});
