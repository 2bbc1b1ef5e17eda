import { expect, test } from 'vitest';
import { mergedValues } from '../../src/core/helm-values.ts';
import type { FieldPath } from '../../src/core/place.ts';
import { locatorFor } from '../../src/parse/locate.ts';
import { repoOf } from './describe-repo.ts';

const chart = {
  'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
  'charts/web/values.yaml': 'replicas: 1\nimage:\n  name: web\n  tag: a\nextra: old\n',
};

/** The values of the only release of a chart in the repository, with the places of fields. */
async function valuesOf(files: Record<string, string>, ...fields: FieldPath[]) {
  const repo = await repoOf({ ...chart, ...files });
  const helm = repo.helm();
  const releases = helm.releases.filter(release => release.chart !== undefined);
  const [release] = releases;
  if (release === undefined || releases.length > 1) throw new Error(`there are ${releases.length} releases`);
  const { value, unknown, originOf } = mergedValues(release, helm);
  const places = fields.map(field => {
    const place = originOf(field, 'value');
    const file = repo.files.get(place.path);
    const start = file && locatorFor(file)(place).start;
    return `${place.path}:${start?.line}:${start?.column}`;
  });
  return { value, unknown, places };
}

function application(...helm: string[]): string {
  const head = ['apiVersion: argoproj.io/v1alpha1', 'kind: Application', 'metadata: { name: web, namespace: argocd }', 'spec:', '  project: web'];
  const source = ['  source:', '    repoURL: https://git.example.org/shop/web', '    targetRevision: main', '    path: charts/web', '    helm:'];
  return [...head, ...source, ...helm.map(line => `      ${line}`), ''].join('\n');
}

function helmRelease(...spec: string[]): string {
  const source =
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: shop, namespace: web }\nspec: { url: https://git.example.org/shop/web, ref: { branch: main } }\n---\n';
  const sync =
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: web }\nspec: { path: ./apps, sourceRef: { kind: GitRepository, name: shop } }\n---\n';
  const head = 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: web, namespace: web }\nspec:\n';
  return source + sync + head + spec.map(line => `  ${line}\n`).join('');
}

test('an Application merges files, values and parameters over those of the chart', async () => {
  const files = {
    'charts/web/values-a.yaml': 'replicas: 2\nimage: { tag: b }\n',
    'charts/web/values-b.yaml': 'image: { tag: c }\nextra: null\n',
    'argocd/web.yaml': application(
      'valueFiles: [values-a.yaml, values-b.yaml]',
      'valuesObject: { on: yes }',
      'values: "ignored: 1"',
      'parameters:',
      '  - { name: image.name, value: shop }',
      '  - { name: a\\.b, value: "5" }',
      '  - { name: c, value: "5", forceString: true }',
    ),
  };
  const { value, unknown, places } = await valuesOf(files, ['replicas'], ['image', 'tag'], ['image', 'name'], ['true'], ['image', 'absent']);
  expect(unknown).toBeUndefined();
  expect(value).toEqual({ replicas: 2, image: { name: 'shop', tag: 'c' }, true: true, 'a.b': 5, c: '5' });
  expect(places.slice(0, 3)).toEqual(['charts/web/values-a.yaml:1:11', 'charts/web/values-b.yaml:1:15', 'argocd/web.yaml:15:38']);
});

test('values in a text have places in it', async () => {
  const files = { 'argocd/web.yaml': application('values: |', '  image:', '    tag: d') };
  const { value, places } = await valuesOf(files, ['image', 'tag'], ['image', 'name']);
  expect(value).toEqual({ replicas: 1, image: { name: 'web', tag: 'd' }, extra: 'old' });
  expect(places).toEqual(['argocd/web.yaml:13:11', 'charts/web/values.yaml:3:9']);
});

test.each([
  ['a values file that is filled in', application(`valueFiles: ["values-\${REGION}.yaml"]`), 'a part of it is filled in later'],
  ['a template', application('values: "{{ if .x }}a: 1{{ end }}"'), 'values have template actions'],
  ['a parameter of a list', application('parameters: [{ name: "list[0]", value: a }]'), 'the parameter "list[0]" sets an item of a list'],
  ['a text that is no YAML', application('values: "a: [1"'), 'values are a text that cannot be read'],
])('%s is not known', async (_, text, reason) => {
  const { unknown } = await valuesOf({ 'argocd/web.yaml': text });
  expect(unknown).toBe(reason);
});

const ofChart = 'chart: { spec: { chart: ./charts/web, sourceRef: { kind: GitRepository, name: shop } } }';

test('a HelmRelease takes ConfigMaps in their order, then its own values', async () => {
  const files = {
    'apps/web.yaml': helmRelease(
      ofChart,
      'valuesFrom:',
      '  - { kind: ConfigMap, name: one }',
      '  - { kind: ConfigMap, name: two, valuesKey: v.yaml }',
      'values: { image: { tag: z } }',
    ),
    'apps/one.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: one, namespace: web }\ndata:\n  values.yaml: |\n    replicas: 3\n    extra: one\n',
    'apps/kustomization.yaml': 'resources: [web.yaml, one.yaml]\nconfigMapGenerator:\n  - { name: two, files: [v.yaml=two.yaml] }\n',
    'apps/two.yaml': 'extra: two\n',
  };
  const { value, unknown, places } = await valuesOf(files, ['replicas'], ['extra'], ['image', 'tag']);
  expect(unknown).toBeUndefined();
  expect(value).toEqual({ replicas: 3, extra: 'two', image: { name: 'web', tag: 'z' } });
  expect(places).toEqual(['apps/one.yaml:6:5', 'apps/two.yaml:1:8', 'apps/web.yaml:19:27']);
});

test('the values files of a HelmRelease stand in the place of those of the chart', async () => {
  const chartSpec = 'chart: { spec: { chart: ./charts/web, valuesFiles: [charts/web/other.yaml], sourceRef: { kind: GitRepository, name: shop } } }';
  const { value } = await valuesOf({ 'apps/web.yaml': helmRelease(chartSpec), 'charts/web/other.yaml': 'only: this\n' });
  expect(value).toEqual({ only: 'this' });
});

test.each([
  ['a Secret', ['valuesFrom: [{ kind: Secret, name: one }]'], 'values come from a Secret'],
  ['an object that is not here', ['valuesFrom: [{ kind: ConfigMap, name: one }]'], 'values come from an object that is not known'],
  ['the value of one field', ['valuesFrom: [{ kind: ConfigMap, name: one, targetPath: a.b }]'], 'an object gives the value of a field'],
])('%s is a layer that is not known', async (_, spec, reason) => {
  const { unknown } = await valuesOf({ 'apps/web.yaml': helmRelease(ofChart, ...spec) });
  expect(unknown).toBe(reason);
});

test('what a kustomization patches in place is not known', async () => {
  const patch = 'patches:\n  - target: { kind: HelmRelease, name: web }\n    patch: |\n      - { op: add, path: /spec/values/a, value: 1 }\n';
  const { unknown } = await valuesOf({ 'apps/web.yaml': helmRelease(ofChart), 'apps/kustomization.yaml': `resources: [web.yaml]\n${patch}` });
  expect(unknown).toBe('a kustomization patches the object');
});

test('a release of helmfile takes files and mappings in their order', async () => {
  const helmfile =
    'releases:\n  - name: web\n    namespace: shop\n    chart: ./charts/web\n    values:\n      - values/a.yaml\n      - image: { tag: w }\n';
  const { value, unknown, places } = await valuesOf(
    { 'helmfile.yaml': helmfile, 'values/a.yaml': 'replicas: 7\nimage: { tag: x }\n' },
    ['replicas'],
    ['image', 'tag'],
  );
  expect(unknown).toBeUndefined();
  expect(value).toEqual({ replicas: 7, image: { name: 'web', tag: 'w' }, extra: 'old' });
  expect(places).toEqual(['values/a.yaml:1:11', 'helmfile.yaml:7:23']);
  const open = await valuesOf({
    'helmfile.yaml': helmfile.replace('a.yaml', 'a.yaml.gotmpl'),
    'values/a.yaml.gotmpl': 'replicas: {{ .Values.x }}\n',
  });
  expect(open.unknown).toBe('a values file is a template');
});

test('subcharts bring their values below the name or alias', async () => {
  const files = {
    'charts/web/Chart.yaml':
      'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n  - { name: db, alias: store, version: "*", repository: "file://../db" }\n',
    'charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
    'charts/db/values.yaml': 'size: 1\nclass: fast\n',
    'argocd/web.yaml': application('valuesObject: { store: { size: 2 } }'),
  };
  const { value, places } = await valuesOf(files, ['store', 'class']);
  expect(value.store).toEqual({ size: 2, class: 'fast' });
  expect(places).toEqual(['charts/db/values.yaml:2:8']);
});
