import { expect, test } from 'vitest';
import { renderCase } from './render-case.ts';

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config}\n';

/** What kustomize would fetch, run or ask the machine for: nobody knows it from the repository alone. */
const unknown: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a remote file': { 'kustomization.yaml': 'resources: [config.yaml, "https://example.com/objects.yaml"]' },
  'a remote folder': { 'kustomization.yaml': 'resources: [config.yaml, "https://github.com/example/app//deploy?ref=v1.0.0"]' },
  'a remote folder without scheme': { 'kustomization.yaml': 'resources: [config.yaml, "github.com/example/app/deploy?ref=v1.0.0"]' },
  'a remote folder over ssh': { 'kustomization.yaml': 'resources: [config.yaml, "git@github.com:example/app.git//deploy?ref=v1.0.0"]' },
  'a remote component': { 'kustomization.yaml': 'resources: [config.yaml]\ncomponents: ["https://github.com/example/app//part?ref=v1.0.0"]' },
  'a remote file of a base': {
    'kustomization.yaml': 'resources: [base]\nnamePrefix: over-',
    'base/kustomization.yaml': 'resources: ["https://example.com/objects.yaml"]',
  },
  'a remote patch': { 'kustomization.yaml': 'resources: [config.yaml]\npatches: [{path: "https://example.com/patch.yaml"}]' },
  'a Helm chart': { 'kustomization.yaml': 'resources: [config.yaml]\nhelmCharts: [{name: web, repo: "https://example.com", version: 1.0.0}]' },
  'a Helm chart of a generator': {
    'kustomization.yaml': 'resources: [config.yaml]\ngenerators: [chart.yaml]',
    'chart.yaml': 'apiVersion: builtin\nkind: HelmChartInflationGenerator\nmetadata: {name: chart}\nname: web\nrepo: https://example.com\n',
  },
  'a container as a generator': {
    'kustomization.yaml': 'resources: [config.yaml]\ngenerators: [function.yaml]',
    'function.yaml':
      'apiVersion: example.com/v1\nkind: Make\nmetadata:\n  name: make\n  annotations:\n    config.kubernetes.io/function: |\n      container: {image: example.com/make}\n',
  },
  'a program as a transformer': {
    'kustomization.yaml': 'resources: [config.yaml]\ntransformers: [function.yaml]',
    'function.yaml':
      'apiVersion: example.com/v1\nkind: Change\nmetadata:\n  name: change\n  annotations:\n    config.kubernetes.io/function: |\n      exec: {path: ./change}\n',
  },
  'an old plugin': {
    'kustomization.yaml': 'resources: [config.yaml]\ngenerators: [secrets.yaml]',
    'secrets.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata:\n  name: secrets\nfiles: [./secret.enc.yaml]\n',
  },
  'a file that is no text': {
    'kustomization.yaml': 'configMapGenerator: [{name: config, files: [logo.png]}]',
    'logo.png': 'bytes',
  },
  'a template': {
    'kustomization.yaml': 'resources: [config.yaml, template.yaml]',
    'template.yaml': 'kind: ConfigMap\nmetadata: {name: {{ .Values.name }}}\n',
  },
  'a value within YAML in a text': {
    'kustomization.yaml':
      'resources: [data.yaml]\nreplacements: [{sourceValue: new, targets: [{select: {kind: ConfigMap}, fieldPaths: ["data.app.server.host"]}]}]',
    'data.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: data}\ndata:\n  app: |\n    # old\n    server: {host: old}\n',
  },
};

test.each(Object.entries(unknown))('%s leaves the result open', (_, texts) => {
  const files = Object.fromEntries(Object.entries({ 'config.yaml': config, ...texts }).map(([path, text]) => [path, Buffer.from(text)]));
  const { errors, partial } = renderCase({ files, root: '', isRestricted: false });
  expect(errors).toEqual([]);
  expect(partial).not.toEqual([]);
});
