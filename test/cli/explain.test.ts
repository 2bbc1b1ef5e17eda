import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { temporaryFolder } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n';
const files = {
  'apps/web/base/kustomization.yaml': 'resources:\n  - settings.yaml\n',
  'apps/web/base/settings.yaml': configMap,
  'apps/web/overlays/staging/kustomization.yaml': 'resources:\n  - ../../base\n',
  'apps/web/overlays/production/kustomization.yaml': 'resources:\n  - ../../base\n',
};

test('a rule is explained with its examples', async () => {
  const { code, stdout } = await runMain(temporaryFolder(), ['explain', 'schema/duplicate-key']);
  expect(code).toBe(0);
  expect(stdout).toContain('schema/duplicate-key\nA mapping has the same key twice.');
  expect(stdout).toContain('bad: a second namespace\n  apps/web/kustomization.yaml\n    | namespace: web\n');
  expect((await runMain(temporaryFolder(), ['explain', 'config/expired-waiver'])).stdout).toContain('A waiver in the configuration has expired.');
});

test('a file is explained by its class, its owner and who reaches it', async () => {
  const folder = temporaryFolder(files);
  const { stdout } = await runMain(folder, ['explain', 'apps/web/base/settings.yaml']);
  expect(stdout).toContain('class           kubernetes-manifest: ');
  expect(stdout).toContain('changes         staging, production');
  expect(stdout).toContain('referred to by  apps/web/base/kustomization.yaml (kustomize-resource)');
  const overlay = JSON.parse((await runMain(folder, ['explain', 'apps/web/overlays/staging/kustomization.yaml', '-f', 'json'])).stdout);
  expect(overlay).toMatchObject({
    version: 1,
    owner: { kind: 'environment', id: 'staging' },
    refersTo: [{ target: '../../base', state: 'resolved' }],
  });
});

test('environments are listed in the order of promotion, with evidence', async () => {
  const folder = temporaryFolder(files);
  const { stdout } = await runMain(folder, ['env']);
  expect(stdout).toMatch(/^staging \(tier staging, rank \d+\)\n {2}.*staging".*\n[\s\S]*\nproduction \(tier production/);
  expect(JSON.parse((await runMain(folder, ['env', '-f', 'json'])).stdout).environments).toMatchObject([{ id: 'staging' }, { id: 'production' }]);
  expect((await runMain(temporaryFolder(), ['env'])).stdout).toContain('no environment was found');
});

test('the versions that run are shown with their evidence', async () => {
  const folder = temporaryFolder({ ...files, 'terraform/production/main.tf': 'module "eks" {\n  cluster_version = "1.33"\n}\n' });
  const line = /kubernetes {2}1\.33 in production: "cluster_version" in "main\.tf" is Kubernetes 1\.33 \(terraform\/production\/main\.tf\)/;
  expect((await runMain(folder, ['env'])).stdout).toMatch(line);
  expect((await runMain(folder, ['explain', 'apps/web/overlays/production/kustomization.yaml'])).stdout).toMatch(/kubernetes +1\.33 in production/);
  expect((await runMain(folder, ['explain', 'apps/web/overlays/staging/kustomization.yaml'])).stdout).not.toContain('1.33');
  expect(JSON.parse((await runMain(folder, ['env', '-f', 'json'])).stdout).versions).toMatchObject([
    { tool: 'kubernetes', environments: ['production'], versions: ['1.33'], evidence: [{ kind: 'version', path: 'terraform/production/main.tf' }] },
  ]);
});

test('rules are listed, on request those of a preset', async () => {
  const folder = temporaryFolder();
  expect((await runMain(folder, ['rules'])).stdout.trimEnd().split('\n')).toHaveLength(rules.length);
  const { rules: recommended } = JSON.parse((await runMain(folder, ['rules', '--preset', 'recommended', '-f', 'json'])).stdout);
  expect(recommended).toHaveLength(rules.filter(({ presets }) => presets.recommended).length);
});

test('no password of a URL is printed', async () => {
  const text = `resources:\n  - https://robot:${'hunter'.repeat(2)}@git.example.org/acme/base\n`;
  const { stdout } = await runMain(temporaryFolder({ 'kustomization.yaml': text }), ['explain', 'kustomization.yaml']);
  expect(stdout).toContain('https://robot:••••••••••••@git.example.org');
});

test('the style of a file is explained by what other tools are told, by its repository and by the file', async () => {
  const folder = temporaryFolder({
    '.editorconfig': '[*.yaml]\nindent_size = 4\n',
    '.prettierrc': '{"overrides": [{"files": "*.yaml", "options": {"singleQuote": true}}]}',
    'a.yaml': 'a:\n  - "b"\nc:\n  d: 1\n',
    'b.yaml': '---\nb: 1\n',
  });
  const { stdout } = await runMain(folder, ['explain', 'a.yaml']);
  expect(stdout).toContain('indentation: 4 (.editorconfig: indent_size = 4), 2 (1 of 1 files), 2 (the file)');
  expect(stdout).toContain('quotes: single (.prettierrc: singleQuote true), double (1 of 1 files), double (the file)');
  expect(stdout).toContain('"---" at the beginning: never (the file)');
  expect(stdout).toContain('line ends: lf (2 of 2 files), lf (4 of 4 in the file)');
});
