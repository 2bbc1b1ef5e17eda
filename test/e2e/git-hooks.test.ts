import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';

const project = fileURLToPath(new URL('../../', import.meta.url));
let repository: string;

beforeEach(() => {
  repository = mkdtempSync(join(tmpdir(), 'gitops-lint-hooks-'));
  git('init', '--quiet', '--initial-branch=main');
  installHook('gitops-lint');
  write({
    'apps/web/kustomization.yaml': kustomization('deployment.yaml', 'service.yaml'),
    'apps/web/deployment.yaml': deployment,
    'apps/web/service.yaml': service,
  });
  git('add', '--all');
  expect(commit()).toEqual({ status: 0, output: expect.any(String) });
});

afterEach(() => rmSync(repository, { recursive: true, force: true }));

test('a commit with a plaintext Secret is refused, and passes once the Secret is a reference to a store', () => {
  write({ 'apps/web/secret.yaml': secret, 'apps/web/kustomization.yaml': kustomization('deployment.yaml', 'service.yaml', 'secret.yaml') });
  git('add', '--all');
  const refused = commit();
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain('secrets/plaintext-manifest');
  expect(refused.output).toContain('apps/web/secret.yaml');
  expect(refused.output).not.toContain(password);

  write({ 'apps/web/secret.yaml': externalSecret });
  git('add', '--all');
  expect(commit().status).toBe(0);
});

test('the removal of a file that a kustomization still lists is refused', () => {
  git('rm', '--quiet', 'apps/web/service.yaml');
  const refused = commit();
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain('reference/missing-path');

  write({ 'apps/web/kustomization.yaml': kustomization('deployment.yaml') });
  git('add', '--all');
  expect(commit().status).toBe(0);
});

test('what is wrong in the index is refused although the work tree is mended', () => {
  write({ 'apps/web/deployment.yaml': `${deployment}spec: {}\n` });
  git('add', '--all');
  write({ 'apps/web/deployment.yaml': deployment });
  const refused = commit();
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain('schema/duplicate-key');
});

test('what is right in the index passes although the work tree is broken, and stays broken', () => {
  const staged = deployment.replace('replicas: 2', 'replicas: 3');
  write({ 'apps/web/deployment.yaml': staged });
  git('add', '--all');
  const unstaged = `${staged}spec: {}\n`;
  write({ 'apps/web/deployment.yaml': unstaged, 'notes.yaml': 'never: [closed\n' });
  expect(commit().status).toBe(0);
  expect(readFileSync(join(repository, 'apps/web/deployment.yaml'), 'utf8')).toBe(unstaged);
  expect(git('show', 'HEAD:apps/web/deployment.yaml')).toBe(staged);
  expect(git('status', '--porcelain')).toBe(' M apps/web/deployment.yaml\n?? notes.yaml\n');
});

test('an old finding elsewhere does not stop a commit that has nothing to do with it', () => {
  write({ 'apps/old/settings.yaml': 'a: 1\na: 2\n' });
  git('add', '--all');
  git('commit', '--quiet', '--no-verify', '--message', 'old');
  write({ 'apps/web/deployment.yaml': deployment.replace('replicas: 2', 'replicas: 4') });
  git('add', '--all');
  expect(commit().status).toBe(0);
});

test('the hook for secrets lets other findings pass, the hook for format only sees format', () => {
  write({ 'apps/web/deployment.yaml': `${deployment}spec: {}\n` });
  git('add', '--all');
  installHook('gitops-lint-secrets');
  expect(commit().status).toBe(0);

  installHook('gitops-lint-fmt');
  write({ 'apps/web/service.yaml': service.replace('kind: Service', 'kind: Service  ') });
  git('add', '--all');
  const refused = commit();
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain('format/whitespace');
  expect(refused.output).not.toContain('schema/duplicate-key');
});

/** Puts the entry of a hook of .pre-commit-hooks.yaml where Git runs it, with the built command. */
function installHook(id: string): void {
  const hooks = parse(readFileSync(join(project, '.pre-commit-hooks.yaml'), 'utf8')) as { id: string; entry: string }[];
  const entry = hooks.find(hook => hook.id === id)?.entry;
  if (entry === undefined) throw new Error(`there is no hook "${id}"`);
  const command = entry.replace(/^gitops-lint /, `'${process.execPath}' '${join(project, 'dist/gitops-lint.js')}' `);
  writeFileSync(join(repository, '.git/hooks/pre-commit'), `#!/bin/sh\nexec ${command}\n`, { mode: 0o755 });
}

function commit(): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync('git', ['commit', '--message', 'change'], { cwd: repository, encoding: 'utf8', env });
  return { status, output: stdout + stderr };
}

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: repository, encoding: 'utf8', env });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  }
}

const env = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Sam',
  GIT_AUTHOR_EMAIL: 'sam@example.org',
  GIT_COMMITTER_NAME: 'Sam',
  GIT_COMMITTER_EMAIL: 'sam@example.org',
};

function kustomization(...resources: string[]): string {
  return `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n${resources.map(resource => `  - ${resource}\n`).join('')}`;
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: registry.example.org/web:1.4.2
`;

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
`;

/** Made up, and put together here so that nobody takes it for a real one. */
const password = ['Maple', 'Kettle', '83', 'Orbit'].join('-');

const secret = `apiVersion: v1
kind: Secret
metadata:
  name: web
stringData:
  password: ${password}
`;

const externalSecret = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: web
spec:
  secretStoreRef:
    name: vault
    kind: ClusterSecretStore
  data:
    - secretKey: password
      remoteRef:
        key: web
`;
