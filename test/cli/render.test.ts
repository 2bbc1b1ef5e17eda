import { expect, test } from 'vitest';
import { temporaryFolder } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const password = ['correct', 'horse', 'battery'].join('-');
const files = {
  'base/kustomization.yaml': 'resources:\n  - web.yaml\n',
  'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: nginx
          env:
            - name: DB_PASSWORD
              value: ${password}
`,
  'overlays/production/kustomization.yaml': `namespace: shop
resources:
  - ../../base
images:
  - name: nginx
    newTag: "1.29"
secretGenerator:
  - name: db
    literals:
      - password=${password}
`,
  'overlays/staging/kustomization.yaml': 'namespace: shop-staging\nresources:\n  - ../../base\n',
};

test('a folder is printed as Kustomize prints it, and no secret with it', async () => {
  const { code, stdout, stderr } = await runMain(temporaryFolder(files), ['render', 'overlays/production']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toBe(`apiVersion: v1
data:
  password: ••••••••
kind: Secret
metadata:
  name: db-${/db-(\w{10})/.exec(stdout)?.[1]}
  namespace: shop
type: Opaque
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
      - env:
        - name: DB_PASSWORD
          value: ••••••••
        image: nginx:1.29
        name: web
`);
  const json = await runMain(temporaryFolder(files), ['render', 'overlays/production', '-f', 'json', '--provenance']);
  expect(stdout + json.stdout).not.toContain(password);
  expect(json.stdout).not.toContain(Buffer.from(password).toString('base64'));
  expect(JSON.parse(json.stdout).objects[1].origins).toMatchObject({
    '/spec/template/spec/containers/0/image': ['overlays/production/kustomization.yaml:6:13 image', 'base/web.yaml:10:18 resource'],
  });
});

test('each line has its origin on request', async () => {
  const { stdout } = await runMain(temporaryFolder(files), ['render', 'overlays/staging', '--provenance']);
  expect(stdout).toContain(
    '  name: web  # base/web.yaml:4:9 resource\n  namespace: shop-staging  # overlays/staging/kustomization.yaml:1:12 namespace\n',
  );
});

test('an environment is rendered as a whole', async () => {
  const { stdout } = await runMain(temporaryFolder(files), ['render', '--env', 'prod']);
  expect(stdout).toContain('namespace: shop\n');
  expect(stdout).not.toContain('shop-staging');
  const unknown = await runMain(temporaryFolder(files), ['render', '--env', 'nowhere']);
  expect(unknown).toMatchObject({ code: 2, stdout: '' });
});

test('what Kustomize refuses is an error at its place, and what is not known here is said', async () => {
  const folder = temporaryFolder({
    'broken/kustomization.yaml': 'resources:\n  - absent.yaml\n',
    'partial/kustomization.yaml': 'resources:\n  - https://example.org/objects.yaml\n',
    'plain/readme.md': 'nothing',
  });
  expect(await runMain(folder, ['render', 'broken'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'broken/kustomization.yaml:2:5 "absent.yaml" is missing: no file and no folder has this path\n',
  });
  expect(await runMain(folder, ['render', 'partial'])).toEqual({
    code: 0,
    stdout: '',
    stderr: 'partial/kustomization.yaml:2:5 rendered in part: "https://example.org/objects.yaml" is not in this repository\n',
  });
  expect(await runMain(folder, ['render', 'plain'])).toMatchObject({ code: 1, stderr: 'plain the folder "plain" has no kustomization.yaml\n' });
  expect(await runMain(folder, ['render', 'nowhere'])).toMatchObject({ code: 2 });
});
