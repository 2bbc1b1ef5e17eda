import { expect, test } from 'vitest';
import { defaultConfig } from '../../src/config/default-config.ts';
import { classify, loadFiles } from '../../src/load-files.ts';
import { buildRepo } from '../../src/model/build-repo.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { application, deployment, fluxKustomization, kustomization, reachOf, referencesOf, repoOf, unitsOf } from './describe-repo.ts';

const fleet = 'https://git.example.org/acme/fleet.git';

test('Kustomize reads keys in any case, inline patches, keyed files and plugins', async () => {
  const repo = await repoOf({
    'tea/kustomization.yaml': `
Resources: [tea.yaml]
patchesStrategicMerge:
  - |-
    apiVersion: v1
    kind: Service
    metadata: { name: tea }
  - patch.yaml
configMapGenerator: [{ name: tea, files: [app.ini=tea.ini, ../shared/all.ini], envs: [none.env] }]
generators: [secrets.yaml]
replacements: [{ path: gone.yaml }, { source: { kind: Service }, targets: [] }]
openapi: { path: schema.json }
components: [../parts/tls, tea.yaml]
helmCharts: [{ name: a, valuesFile: values.yaml }]
crds: ['..\\crds.yaml']
`,
    'tea/tea.yaml': deployment('tea'),
    'tea/patch.yaml': deployment('tea'),
    'tea/tea.ini': 'a=b\n',
    'shared/all.ini': 'a=b\n',
    'crds.yaml': 'a: b\n',
    'tea/secrets.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: { name: keys }\nfiles: [./keys.enc.yaml, ./lost.enc.yaml]\n',
    'tea/keys.enc.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\n',
    'parts/tls/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
  });
  expect(referencesOf(repo, 'tea/kustomization.yaml')).toEqual([
    'tea.yaml: resolved tea/tea.yaml',
    'patch.yaml: resolved tea/patch.yaml',
    'app.ini=tea.ini: resolved tea/tea.ini',
    '../shared/all.ini: resolved shared/all.ini',
    'none.env: missing',
    'secrets.yaml: resolved tea/secrets.yaml',
    'gone.yaml: missing',
    'schema.json: missing',
    '../parts/tls: resolved parts/tls',
    'tea.yaml: missing',
    'values.yaml: missing',
    '..\\crds.yaml: missing',
  ]);
  expect(referencesOf(repo, 'tea/secrets.yaml')).toEqual(['./keys.enc.yaml: resolved tea/keys.enc.yaml', './lost.enc.yaml: missing']);
  expect(reachOf(repo, 'tea/keys.enc.yaml')).toBe('');
  expect(repo.kustomizations.get('tea/kustomization.yaml')?.partial).toBe('the plugins under "generators" are not run here');
});

test('remote resources are external; a folder of that name comes first', async () => {
  const repo = await repoOf({
    'tea/kustomization.yaml': kustomization(
      'github.com/acme/base?ref=v1',
      'git::https://git.example.org/acme/base//deploy',
      'git@git.example.org:acme/base.git',
      'ssh://git@git.example.org/acme/base',
      'https://example.org/install.yaml',
      'git.example.org/acme/base.git//deploy?ref=v1',
      'github.com/local',
    ),
    'tea/github.com/local/kustomization.yaml': kustomization(),
  });
  expect(referencesOf(repo, 'tea/kustomization.yaml').map(line => line.replace(/^.*: /, ''))).toEqual([
    'external',
    'external',
    'external',
    'external',
    'external',
    'external',
    'resolved tea/github.com/local',
  ]);
});

test('what is made or filled in later is unknown', async () => {
  const repo = await repoOf({
    'tea/kustomization.yaml': kustomization('built.yaml', 'crd.yaml', '<CLUSTER>.yaml', `\${CLUSTER}.yaml`, 'lost.yaml', 'settings', 'pots'),
    '.gitignore': 'built.yaml\n',
    Makefile: 'crd:\n\tcontroller-gen crd > tea/crd.yaml\ntry:\n\tcurl http://pots.example.org\n',
    'tea/settings/kustomization.yaml.tmpl': 'resources: []\n',
    'scaffold/templates/new/kustomization.yaml': kustomization('later.yaml'),
  });
  expect(referencesOf(repo, 'tea/kustomization.yaml')).toEqual([
    'built.yaml: unknown',
    'crd.yaml: unknown',
    '<CLUSTER>.yaml: unknown',
    `\${CLUSTER}.yaml: unknown`,
    'lost.yaml: missing',
    'settings: unknown',
    'pots: missing',
  ]);
  expect(referencesOf(repo, 'scaffold/templates/new/kustomization.yaml')).toEqual(['later.yaml: unknown']);
});

test('submodules, links and files outside of a sparse checkout are there', async () => {
  const workspace = memoryWorkspace({
    'tea/kustomization.yaml': kustomization('../vendor/parts', '../vendor/parts/deep', 'sparse.yaml', '../linked', '../linked/tls.yaml', 'away.yaml'),
    'parts/kustomization.yaml': kustomization(),
    'parts/tls.yaml': deployment('tls'),
  });
  const listing = await workspace.list();
  const config = defaultConfig();
  const repo = buildRepo({
    files: classify(loadFiles(listing, workspace, config).files),
    listing: {
      files: listing.files,
      links: new Map([['linked', 'parts']]),
      skipped: [
        { path: 'vendor/parts', reason: 'submodule' },
        { path: 'tea/sparse.yaml', reason: 'not in the sparse checkout' },
        { path: 'tea/away.yaml', reason: 'link out of the repository' },
      ],
    },
    config,
    repository: { remotes: [] },
  });
  expect(referencesOf(repo, 'tea/kustomization.yaml')).toEqual([
    '../vendor/parts: unknown',
    '../vendor/parts/deep: unknown',
    'sparse.yaml: resolved tea/sparse.yaml',
    '../linked: resolved parts',
    '../linked/tls.yaml: resolved parts/tls.yaml',
    'away.yaml: outside',
  ]);
});

test('a kustomization that cannot be read takes in nobody knows what', async () => {
  const repo = await repoOf({
    'tea/kustomization.yaml': 'resources: [tea.yaml\n',
    'tea/tea.yaml': deployment('tea'),
    'all/kustomization.yaml': kustomization('../tea'),
  });
  expect(reachOf(repo, 'tea/kustomization.yaml')).toBe('');
  expect(reachOf(repo, 'tea/tea.yaml')).toBe('?');
});

test('values of Argo CD: relative, from the root, of another source, by pattern', async () => {
  const repo = await repoOf({
    'argocd/tea.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: tea }
spec:
  sources:
    - repoURL: ${fleet}
      path: charts/tea
      helm: { valueFiles: [values.yaml, ../common.yaml, /values/tea.yaml, $settings/values/tea.yaml, /values/*.yaml, gone.yaml, $nobody/a.yaml, "{{cluster}}.yaml", https://example.org/a.yaml] }
    - { repoURL: ${fleet}, ref: settings, targetRevision: main }
    - { repoURL: https://charts.example.org, chart: cache, helm: { valueFiles: [values-large.yaml, $settings/values/cache.yaml] } }
`,
    'charts/tea/Chart.yaml': 'apiVersion: v2\nname: tea\nversion: 1.0.0\n',
    'charts/tea/values.yaml': 'a: 1\n',
    'charts/common.yaml': 'a: 1\n',
    'values/tea.yaml': 'a: 1\n',
    'values/milk.yaml': 'a: 1\n',
  });
  expect(referencesOf(repo, 'argocd/tea.yaml')).toEqual([
    'charts/tea: resolved charts/tea',
    'values.yaml: resolved charts/tea/values.yaml',
    '../common.yaml: resolved charts/common.yaml',
    '/values/tea.yaml: resolved values/tea.yaml',
    '$settings/values/tea.yaml: resolved values/tea.yaml',
    '/values/*.yaml: resolved values/milk.yaml',
    '/values/*.yaml: resolved values/tea.yaml',
    'gone.yaml: missing',
    '$nobody/a.yaml: unknown',
    '{{cluster}}.yaml: maybe charts/tea/Chart.yaml',
    '{{cluster}}.yaml: maybe charts/tea/values.yaml',
    'https://example.org/a.yaml: external',
    'values-large.yaml: external',
    '$settings/values/cache.yaml: missing',
  ]);
});

test('a directory of Argo CD: the top alone, or all below but what is left out', async () => {
  const repo = await repoOf({
    'argocd/flat.yaml': application('flat', 'flat'),
    'argocd/deep.yaml': application('deep', 'deep').replace('path: deep', 'path: deep, directory: { recurse: true, exclude: "{old/*,*.test.yaml}" }'),
    'flat/a.yaml': deployment('a'),
    'flat/sub/b.yaml': deployment('b'),
    'deep/sub/c.yaml': deployment('c'),
    'deep/sub/c.test.yaml': deployment('d'),
    'deep/old/e.yaml': deployment('e'),
  });
  expect(['flat/a.yaml', 'flat/sub/b.yaml', 'deep/sub/c.yaml', 'deep/sub/c.test.yaml', 'deep/old/e.yaml'].map(path => reachOf(repo, path))).toEqual([
    '',
    'nobody',
    '',
    'nobody',
    'nobody',
  ]);
});

test('a patch of an Application is a unit of its own', async () => {
  const repo = await repoOf({
    'argocd/base/kustomization.yaml': kustomization('tea.yaml'),
    'argocd/base/tea.yaml': application('tea', 'tea/base'),
    'argocd/overlays/prod/kustomization.yaml': `${kustomization('../../base')}patches: [{ path: tea.yaml }]\n`,
    'argocd/overlays/prod/tea.yaml':
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: tea, namespace: argocd }\nspec: { source: { path: tea/prod } }\n',
    'argocd/overlays/dev/kustomization.yaml': kustomization('../../base'),
    'tea/base/kustomization.yaml': kustomization('tea.yaml'),
    'tea/base/tea.yaml': deployment('tea'),
    'tea/prod/kustomization.yaml': kustomization('../base', 'more.yaml'),
    'tea/prod/more.yaml': deployment('more'),
  });
  expect(unitsOf(repo).filter(unit => unit.includes('argocd-application/'))).toEqual([
    'argocd-application/argocd/tea → shared',
    'argocd-application/argocd/tea@argocd/overlays/prod/tea.yaml → production',
  ]);
  expect(referencesOf(repo, 'argocd/overlays/prod/tea.yaml')).toEqual(['tea/prod: resolved tea/prod']);
  expect(reachOf(repo, 'tea/prod/more.yaml')).toBe('production');
});

test('Flux delivers a folder without a kustomization as a whole, folders with one as they say', async () => {
  const repo = await repoOf({
    'clusters/oslo/tea.yaml': fluxKustomization('tea', './tea'),
    'tea/a.yaml': deployment('a'),
    'tea/deep/b.yaml': deployment('b'),
    'tea/own/kustomization.yaml': kustomization('c.yaml'),
    'tea/own/c.yaml': deployment('c'),
    'tea/own/d.yaml': deployment('d'),
    'tea/ignored/e.yaml': deployment('e'),
    '.sourceignore': '/tea/ignored\n',
  });
  expect(['tea/a.yaml', 'tea/deep/b.yaml', 'tea/own/c.yaml', 'tea/own/d.yaml', 'tea/ignored/e.yaml'].map(path => reachOf(repo, path))).toEqual([
    '',
    '',
    '',
    'nobody',
    'nobody',
  ]);
});

test('a path with variables is one unit for each parent that substitutes them, and open without one', async () => {
  const parent = (environment: string) => fluxKustomization('apps', './apps/base', `  postBuild: { substitute: { ENVIRONMENT: ${environment} } }\n`);
  const repo = await repoOf({
    'clusters/prod/apps.yaml': parent('prod'),
    'clusters/dev/apps.yaml': parent('dev'),
    'apps/base/kustomization.yaml': kustomization('tea.yaml'),
    'apps/base/tea.yaml': fluxKustomization('tea', `./tea/\${ENVIRONMENT}/base`),
    'tea/prod/base/kustomization.yaml': kustomization('tea.yaml'),
    'tea/prod/base/tea.yaml': deployment('tea'),
    'lost/milk.yaml': fluxKustomization('milk', `./milk/\${ENVIRONMENT}`),
    'milk/qa/milk.yaml': deployment('milk'),
  });
  expect(referencesOf(repo, 'apps/base/tea.yaml').filter(line => line.startsWith('./'))).toEqual([
    './tea/dev/base: missing',
    './tea/prod/base: resolved tea/prod/base',
  ]);
  expect(reachOf(repo, 'tea/prod/base/tea.yaml')).toBe('production');
  expect(referencesOf(repo, 'lost/milk.yaml').filter(line => line.startsWith('./'))).toEqual([`./milk/\${ENVIRONMENT}: maybe milk/qa`]);
  expect(reachOf(repo, 'milk/qa/milk.yaml')).toMatch(/\?$/);
});

test('a path counts from the artifact of its source', async () => {
  const repo = await repoOf({
    'clusters/prod/apps.yaml': `${fluxKustomization('apps', './production').replace('GitRepository, name: flux-system', 'ExternalArtifact, name: apps')}---
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: { name: parts, namespace: flux-system }
spec:
  sources: [{ alias: here, kind: GitRepository, name: flux-system }]
  artifacts:
    - name: apps
      copy:
        - { from: "@here/apps/production/**", to: "@artifact/production/" }
`,
    'clusters/prod/others.yaml': fluxKustomization('others', './production').replace(
      'GitRepository, name: flux-system',
      'ExternalArtifact, name: others',
    ),
    'apps/production/kustomization.yaml': kustomization('tea.yaml'),
    'apps/production/tea.yaml': deployment('tea'),
  });
  expect(referencesOf(repo, 'clusters/prod/apps.yaml').at(-1)).toBe('./production: resolved apps/production');
  expect(referencesOf(repo, 'clusters/prod/others.yaml').at(-1)).toBe('./production: unknown');
  expect(reachOf(repo, 'apps/production/tea.yaml')).toBe('production');
});

test('the repository is known by its remotes, else by the paths that it holds', async () => {
  const files = {
    'argocd/tea.yaml': application('tea', 'tea'),
    'argocd/milk.yaml': application('milk', 'milk'),
    'argocd/rye.yaml': application('rye', 'lost').replaceAll(fleet, 'https://git.example.org/other/shop'),
    'tea/tea.yaml': deployment('tea'),
    'milk/milk.yaml': deployment('milk'),
  };
  const known = await repoOf(files, ['git@git.example.org:acme/fleet.git']);
  const evident = await repoOf(files);
  for (const repo of [known, evident]) {
    expect(referencesOf(repo, 'argocd/tea.yaml')).toEqual(['tea: resolved tea']);
    expect(referencesOf(repo, 'argocd/rye.yaml')).toEqual(['lost: external']);
  }
  const foreign = await repoOf({ 'argocd/rye.yaml': application('rye', 'lost') });
  expect(referencesOf(foreign, 'argocd/rye.yaml')).toEqual(['lost: unknown']);
});

test('units of the same name on two clusters are two units', async () => {
  const repo = await repoOf({
    'clusters/prod/apps.yaml': `${fluxKustomization('apps', './apps', '  dependsOn: [{ name: base }]\n')}---\n${fluxKustomization('base', './base')}`,
    'clusters/dev/apps.yaml': `${fluxKustomization('apps', './apps', '  dependsOn: [{ name: base }]\n')}---\n${fluxKustomization('base', './base')}`,
    'apps/kustomization.yaml': kustomization(),
    'base/kustomization.yaml': kustomization(),
  });
  const dependencies = repo.references.filter(({ kind }) => kind === 'flux-depends-on');
  expect(dependencies.map(({ from, to }) => [from.path, to])).toEqual([
    ['clusters/dev/apps.yaml', 'clusters/dev/apps.yaml'],
    ['clusters/prod/apps.yaml', 'clusters/prod/apps.yaml'],
  ]);
});

test('a stand-in that every overlay patches is not missing', async () => {
  const repo = await repoOf(
    {
      'argocd/base/kustomization.yaml': kustomization('tea.yaml'),
      'argocd/base/tea.yaml': application('tea', 'set-by-overlay'),
      'argocd/prod/kustomization.yaml': `${kustomization('../base')}patches:\n  - target: { kind: Application, name: tea }\n    patch: |-\n      - { op: replace, path: /spec/source/path, value: tea/prod }\n`,
      'argocd/apps.yaml': `${application('milk', 'milk')}---\n${application('rye', 'rye')}---\n${application('oat', 'lost')}`,
      'milk/a.yaml': deployment('a'),
      'rye/a.yaml': deployment('a'),
    },
    [fleet],
  );
  expect(referencesOf(repo, 'argocd/base/tea.yaml')).toEqual(['set-by-overlay: unknown']);
  expect(referencesOf(repo, 'argocd/apps.yaml').at(-1)).toBe('lost: missing');
});

test('clusters that patch the first Kustomization and complete all others', async () => {
  const cluster = (environment: string, name: string) => ({
    [`clusters/${environment}/${name}/kustomization.yaml`]: `${kustomization('../base')}patchesStrategicMerge: [../../../sync/${environment}/${name}.yaml]\n`,
    [`sync/${environment}/${name}.yaml`]: `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: flux-system, namespace: flux-system }\nspec:\n  path: ./clusters/${environment}/${name}\n  postBuild: { substitute: { ENVIRONMENT: ${environment}, CLUSTER: "${name}" } }\n`,
  });
  const base = (environment: string) => ({
    [`clusters/${environment}/base/kustomization.yaml`]: `${kustomization('../../../sync/base', '../../../apps/tea/base/unit.yaml')}patches:\n  - path: ../../../apps/base/unit.yaml\n    target: { kind: Kustomization, annotationSelector: example.org/defaults != disabled }\n`,
  });
  const repo = await repoOf({
    ...cluster('prod', '00'),
    ...cluster('demo', '00'),
    ...base('prod'),
    ...base('demo'),
    'sync/base/kustomization.yaml': kustomization('sync.yaml'),
    'sync/base/sync.yaml':
      fluxKustomization('flux-system', './clusters').replace('name: flux-system }\n', 'name: fleet }\n') +
      `---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: fleet, namespace: flux-system }\nspec: { url: ${fleet}, ref: { branch: master } }\n`,
    'apps/base/unit.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: any, namespace: flux-system }\nspec: { prune: true, sourceRef: { kind: GitRepository, name: fleet } }\n',
    'apps/tea/base/unit.yaml':
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: tea, namespace: flux-system }\nspec: { path: "./apps/tea/$ENVIRONMENT/$CLUSTER" }\n'.replaceAll(
        /\$(\w+)/g,
        '$${$1}',
      ),
    'apps/tea/prod/00/kustomization.yaml': kustomization('tea.yaml'),
    'apps/tea/prod/00/tea.yaml': deployment('tea'),
  });
  expect(referencesOf(repo, 'apps/tea/base/unit.yaml')).toEqual(['./apps/tea/demo/00: missing', './apps/tea/prod/00: resolved apps/tea/prod/00']);
  expect(reachOf(repo, 'apps/tea/prod/00/tea.yaml')).toBe('production');
});

test('an ApplicationSet that merges lists into clusters names each path', async () => {
  const repo = await repoOf(
    {
      'argocd/set.yaml': `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: policy }
spec:
  generators:
    - merge:
        mergeKeys: [name]
        generators:
          - clusters: { values: { root: components/policy, environment: staging, cluster: '' } }
          - list:
              elements:
                - { name: oslo, values.cluster: oslo-1, values.environment: production }
              elementsYaml: '[{ name: rome, values.cluster: rome-9 }]'
  template:
    metadata: { name: 'policy-{{name}}' }
    spec: { source: { repoURL: ${fleet}, path: '{{values.root}}/{{values.environment}}/{{values.cluster}}' }, destination: { name: '{{name}}' } }
`,
      'components/policy/production/oslo-1/kustomization.yaml': kustomization(),
      'components/policy/staging/kustomization.yaml': kustomization(),
    },
    [fleet],
  );
  expect(referencesOf(repo, 'argocd/set.yaml')).toEqual([
    'components/policy/*/*: maybe components/policy/production/oslo-1',
    'components/policy/production/oslo-1: resolved components/policy/production/oslo-1',
    'components/policy/staging/rome-9: missing',
  ]);
});

test('hostile input ends: circles, long chains, patterns and links', async () => {
  const files: Record<string, string> = {};
  for (let index = 0; index < 3000; index++) files[`chain/${index}/kustomization.yaml`] = kustomization(`../${(index + 1) % 3000}`);
  files['argocd/set.yaml'] =
    `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: set }\nspec:\n  generators: [{ git: { repoURL: ${fleet}, files: [{ path: "${'*a'.repeat(200)}b" }] } }]\n  template: { metadata: { name: x }, spec: { source: { repoURL: ${fleet}, path: x } } }\n`;
  files[`${'a'.repeat(200)}/x.json`] = '{}';
  const repo = await repoOf(files);
  expect(repo.kustomizations.size).toBe(3000);
});
