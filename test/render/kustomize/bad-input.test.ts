import { expect, test } from 'vitest';
import { renderCase } from './render-case.ts';

function render(texts: Readonly<Record<string, string>>, root = '') {
  const files = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));
  return renderCase({ files, root, isRestricted: false });
}

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config}\n';

test('a thousand bases, one in the other, are rendered', () => {
  const texts: Record<string, string> = { 'c0/kustomization.yaml': 'resources: [config.yaml]', 'c0/config.yaml': config };
  for (let level = 1; level <= 1000; level++)
    texts[`c${level}/kustomization.yaml`] = `resources: [../c${level - 1}]\ncommonLabels: {level: "${level}"}`;
  const { objects, errors } = render(texts, 'c1000');
  expect(errors).toEqual([]);
  expect(objects[0]?.value).toMatchObject({ metadata: { labels: { level: '1000' } } });
});

test('kustomizations that include each other are an error, wherever one begins', () => {
  const texts = {
    'a/kustomization.yaml': 'resources: [../b]',
    'b/kustomization.yaml': 'resources: [../c]',
    'c/kustomization.yaml': 'resources: [../a]',
  };
  for (const root of ['a', 'b', 'c']) expect(render(texts, root).errors).toHaveLength(1);
  const components = {
    'kustomization.yaml': 'components: [a]',
    'a/kustomization.yaml': 'kind: Component\ncomponents: [../b]',
    'b/kustomization.yaml': 'kind: Component\ncomponents: [../a]',
  };
  expect(render(components).errors).toHaveLength(1);
});

test.each([
  ['a base that is a file', { 'kustomization.yaml': 'bases: [base.txt]', 'base.txt': 'text' }],
  ['a missing patch', { 'kustomization.yaml': 'resources: [c.yaml]\npatches: [{path: absent.yaml}]', 'c.yaml': config }],
  ['a patch that is no YAML', { 'kustomization.yaml': 'resources: [c.yaml]\npatches: [{path: p.yaml}]', 'c.yaml': config, 'p.yaml': '{[' }],
  ['a kustomization that is no mapping', { 'kustomization.yaml': '- a' }],
  ['a kustomization that is no YAML', { 'kustomization.yaml': '{[' }],
  [
    'a replacement that matches nothing',
    { 'kustomization.yaml': 'resources: [c.yaml]\nreplacements: [{source: {kind: Pod}, targets: [{select: {kind: ConfigMap}}]}]', 'c.yaml': config },
  ],
  ['an expression that is none', { 'kustomization.yaml': 'resources: [c.yaml]\npatches: [{target: {name: "("}, patch: "[]"}]', 'c.yaml': config }],
] as const)('%s is an error', (_, texts) => {
  const { objects, errors } = render(texts);
  expect(objects).toEqual([]);
  expect(errors).toHaveLength(1);
});

test('a name that every object has is a key like any other', () => {
  const { objects, errors } = render({
    'kustomization.yaml': 'resources: [c.yaml]\npatches: [{path: p.yaml}]\ncommonLabels: {constructor: a, __proto__: b}',
    'c.yaml': `${config}data: {__proto__: a, toString: b}\n`,
    'p.yaml': `${config}data: {__proto__: c, hasOwnProperty: d}\n`,
  });
  expect(errors).toEqual([]);
  const data = objects[0]?.value.data ?? {};
  expect(Object.entries(data).sort()).toEqual([
    ['__proto__', 'c'],
    ['hasOwnProperty', 'd'],
    ['toString', 'b'],
  ]);
});

test('overlays share what they do not change', () => {
  const big = Array.from({ length: 300 }, (_, index) => `${config.replace('config', `config-${index}`)}data:\n  text: "${'x'.repeat(2000)}"\n`).join(
    '---\n',
  );
  const texts: Record<string, string> = { 'base/kustomization.yaml': 'resources: [all.yaml]', 'base/all.yaml': big };
  for (let overlay = 0; overlay < 3; overlay++) texts[`o${overlay}/kustomization.yaml`] = `resources: [../base]\nnamespace: n${overlay}`;
  texts['kustomization.yaml'] = 'resources: [o0, o1, o2]';
  const { objects } = render(texts);
  expect(objects).toHaveLength(900);
  const data = objects.filter(({ value }) => (value.metadata as { name: string }).name === 'config-7').map(({ value }) => value.data);
  expect(data).toHaveLength(3);
  expect(new Set(data).size).toBe(1);
});
