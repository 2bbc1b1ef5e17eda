import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeDefect } from '../../src/cli/describe-defect.ts';
import { diceFrom, pick } from '../secrets/token-shapes.ts';
import { commitAll, put, temporaryRepository } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const encoded = (value: string) => Buffer.from(value).toString('base64');

interface Planted {
  readonly files: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/**
 * A secret in each kind of place, and where a rule that is not about secrets has something to say at the same place. Each is
 * its own, made when the test runs, of letters, digits and no word; another seed gives others of the same form.
 */
function plant(seed: number): Planted {
  const secrets: string[] = [];
  function secret(length = 24): string {
    const value = pick(diceFrom(1000 * seed + secrets.length), 'abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789', length - 2);
    secrets.push(`${value}x7`);
    return `${value}x7`;
  }
  const token = () => {
    const value = `glpat-${secret(20)}`;
    secrets.push(value);
    return value;
  };
  const meta = (kind: string, name: string, apiVersion = 'v1') => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;
  const pem = () => {
    const body = encoded(`0w\x02\x01\x01${secret(40)}${secret(40)}${secret(40)}`);
    secrets.push(body);
    return ['-----BEGIN EC PRIVATE KEY-----', ...(body.match(/.{1,64}/g) ?? []), '-----END EC PRIVATE KEY-----'];
  };
  /** Digits alone, as a rule for texts without quotes reads them. */
  const digits = () => {
    const value = `1${pick(diceFrom(1000 * seed + secrets.length), '0123456789', 19)}`;
    secrets.push(value);
    return value;
  };

  const files = {
    'apps/string-data.yaml': `${meta('Secret', 'a')}stringData:\n  password: ${secret()}\n  note: ${secret()}\n`,
    'apps/data.yaml': `${meta('Secret', 'b')}data:\n  password: ${encoded(secret())}\n  wrong: "${secret()} "\n`,
    'apps/reverse.yaml': `stringData: {api-key: '${secret()}'}\nkind: Secret\napiVersion: v1\nmetadata: {name: c}\n`,
    'apps/list.yaml': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata: {name: d}\n    stringData: {password: "${secret()}"}\n`,
    'apps/block.yaml': `${meta('Secret', 'e')}stringData:\n  settings.ini: |\n    [db]\n    password = ${secret()}\n    url = postgres://shop:${secret()}@db.shop:5432/shop\n`,
    'apps/secret.json': JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'f' }, stringData: { password: secret() } }),
    'apps/deployment.yaml': `${meta('Deployment', 'web', 'apps/v1')}spec:\n  replicas: "2"\n  template:\n    spec:\n      containers:\n        - name: web\n          image: web:1.0\n          args: ["--password=${secret()}", "--url=https://robot:${secret()}@git.example.org/a"]\n          env:\n            - name: DB_PASSWORD\n              value: ${secret()}\n            - name: API_TOKEN\n              value: [${secret()}]\n            - name: SESSION_SECRET\n              valu: ${secret()}\n            - {name: SIGNING_KEY,   value: '${secret()}' }   \n            - name: NUMBER_PASSWORD\n              value: ${digits()}\n`,
    'apps/config.yaml': `${meta('ConfigMap', 'web')}data:\n  DB_PASSWORD: ${secret()}\n  token: ${token()}\n  pin: ${digits()}\n  settings.json: '{"password": "${secret()}"}'\n`,
    'apps/duplicate.yaml': `${meta('Secret', 'g')}stringData:\n  password: ${secret()}\n  password: ${secret()}\n  "${token()}": 1\n  "${token()}": 1\n`,
    'apps/syntax.yaml': `${meta('Secret', 'h')}stringData:\n  password: "${secret()}\n  token: ${secret()}: ${secret()}\n`,
    'apps/syntax-flow.yaml': `env: [{name: DB_PASSWORD, value: ${secret()}]\npassword: '${secret()}' ${secret()}\n`,
    'apps/syntax.json': `{"password": "${secret()}", "token": ${secret()}}`,
    'apps/unknown-field.yaml': `${meta('Pod', 'web')}spec:\n  ${token()}: true\n  restartPolicy: ${token()}\n  hostNetwork: ${token()}\n  containers:\n    - name: ${token()}\n      image: web:1.0\n      envFrom: ${token()}\n`,
    'apps/tabs.yaml': `db:\n  password:   "${secret()}"   \n  authToken:\t'${secret()}'\n  apiToken: "${secret()}"\n`,
    'apps/comment.yaml': `a: 1 # password: ${secret()}   \nb:  'x'\n`,
    'apps/key.yaml': `tls:\n  key: |\n    ${pem().join('\n    ')}\n  b64: ${encoded(pem().join('\n'))}\n`,
    'apps/account.json': JSON.stringify({ type: 'service_account', private_key: pem().join('\n') }),
    'apps/key.pem': `${pem().join('\n')}\n`,
    'apps/application.yaml': `${meta('Application', 'web', 'argoproj.io/v1alpha1')}spec:\n  project: default\n  source:\n    repoURL: https://robot:${secret()}@git.example.org/a.git\n    targetRevision: ${token()}\n    path: none/${token()}\n  destination: {server: 'https://robot:${secret()}@10.0.0.1', namespace: web}\n`,
    'apps/templated.yaml': `${meta('Application', 'later', 'argoproj.io/v1alpha1')}spec:\n  project: "${token()} {{ project }}"\n  source: {repoURL: https://git.example.org/a.git, targetRevision: "{{ revision }} ${token()}", path: a}\n  destination: {server: https://production.example.org, namespace: production}\n`,
    'apps/kustomization.yaml': [
      `resources: [deployment.yaml, missing-${token()}.yaml]`,
      `bases: [https://robot:${secret()}@git.example.org/base]`,
      'secretGenerator:',
      `  - name: web\n    literals:\n      - password=${secret()}\n      - user=${secret()}\n    envs: [web.env]\n    files: [signing-key.txt, ${token()}]`,
      `commonLabels: {token: ${token()}}`,
      `patches:\n  - target: {kind: Deployment, name: web}\n    patch: |\n      - op: add\n        path: /spec/template/spec/containers/0/env/0\n        value: {name: DB_PASSWORD, value: ${secret()}}\n      - op: ${token()}\n        path: /x`,
      'patchesStrategicMerge: [patch.yaml]\n',
    ].join('\n'),
    'apps/web.env': `DB_PASSWORD=${secret()}\nTOKEN=${token()}\n`,
    'apps/signing-key.txt': `${secret()}\n`,
    'apps/patch.yaml': `${meta('Deployment', 'web', 'apps/v1')}spec:\n  template:\n    spec:\n      containers:\n        - name: web\n          env: [{name: DB_PASSWORD, value: ${secret()}, valu: ${secret()}}]\n`,
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/values.yaml': `database: {adminPassword: ${secret()}}\nauth:\n  clientSecret:   "${secret()}"\n  unused: ${token()}\n`,
    'charts/web/values.schema.json':
      '{"type": "object", "properties": {"auth": {"type": "object", "properties": {"clientSecret": {"type": "integer"}, "unused": {"enum": ["a"]}}}}}',
    'charts/web/templates/secret.yaml': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: {{ .Release.Name }}\nstringData:\n  password: ${secret()}\n  other: {{ .Values.database.adminPassword }}\n`,
    'infra/main.tf': `provider "x" {\n  password   = "${secret()}"\n  token = "${token()}"\n}\n`,
    'infra/prod.tfvars': `db_password = "${secret()}"   \n`,
    'infra/terraform.tfstate': JSON.stringify({ version: 4, resources: [{ instances: [{ attributes: { password: secret() } }] }] }),
    'ansible/group_vars/all.yml': `db_password: ${secret()}\nvault_token: '${secret()}'\n`,
    '.github/workflows/ci.yaml': `on: push\njobs:\n  a:\n    runs-on: ${token()}\n    env:\n      API_TOKEN: ${secret()}\n    steps:\n      - run: curl -u robot:${secret()} https://robot:${secret()}@example.org\n        shel: ${token()}\n`,
    'clusters/production/flux.yaml': `${meta('Kustomization', 'web', 'kustomize.toolkit.fluxcd.io/v1')}spec:\n  interval: ${token()}\n  path: ./${token()}\n  prune: true\n  sourceRef: {kind: GitRepository, name: ${token()}}\n  postBuild:\n    substitute:\n      DB_PASSWORD: ${secret()}\n`,
    'clusters/production/unusual.yaml': `${meta('Secret', 'i')}type: ${token()}\nstringData:\n  - ${secret()}\ndata: ${secret()}\nimmutable: ${secret()}\n`,
    'policies/team.spectral.yaml': [
      'rules:',
      '  no-password:\n    given: $..password\n    message: "no {{value}} in {{property}} at {{path}}: {{error}}"\n    severity: error\n    then: {function: falsy}',
      '  no-string-data:\n    given: $.stringData\n    message: "{{value}} {{error}}"\n    then: {function: falsy}',
      '  env:\n    given: $..env[*].value\n    message: "{{value}} {{error}}"\n    then: {function: pattern, functionOptions: {match: "^a$"}}',
      '  items:\n    given: $..args[*]\n    then: {function: enumeration, functionOptions: {values: [a]}}',
      '  whole:\n    given: $\n    message: "{{value}} {{error}}"\n    then: {function: schema, functionOptions: {schema: {type: object, properties: {stringData: {type: object, additionalProperties: {type: integer}}}}}}\n',
    ].join('\n'),
    'gitops-lint.yaml': 'rulesets: [policies/team.spectral.yaml]\n',
  };
  return { files, secrets };
}

const { files: places, secrets } = plant(1);

/** No eight characters in a row of any secret, as it is, in base64 or in the base64 of a text that it begins. */
const pieces = (() => {
  const found = new Map<string, string>();
  for (const value of secrets) {
    for (const text of [value, encoded(value), encoded(`x${value}`), encoded(`xx${value}`), encodeURIComponent(value)]) {
      for (let start = 4; start + 8 <= text.length - 4; start++) found.set(text.slice(start, start + 8), value);
      found.set(value.slice(0, 8), value);
    }
  }
  return found;
})();

function leaksIn(output: string): string[] {
  const leaks = new Set<string>();
  for (let start = 0; start + 8 <= output.length; start++) {
    if (pieces.has(output.slice(start, start + 8))) leaks.add(output.slice(output.lastIndexOf('\n', start) + 1).split('\n', 1)[0] ?? '');
  }
  return [...leaks];
}

const repository = () => temporaryRepository(places);

async function print(folder: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await runMain(folder, args, { GITOPS_LINT_DEBUG: '1' });
  return stdout + stderr;
}

test('the search for leaks finds one', () => {
  expect(leaksIn(`a\npassword: ${secrets[0]}\nb`)).toEqual([`password: ${secrets[0]}`]);
  expect(leaksIn(`a ${secrets[0]?.slice(0, 8)}`)).toHaveLength(1);
});

test.each(['text', 'compact', 'json', 'sarif', 'github'])('check tells no secret as %s', async format => {
  const output = await print(
    repository(),
    'check',
    '-f',
    format,
    '--preset',
    'regulated',
    '--fail-on',
    'note',
    '--explain-skips',
    '--stats',
    '--report-unused-ignores',
  );
  expect(output).toContain('secrets/plaintext-manifest');
  expect(output).toContain('spectral/team/no-password');
  expect(leaksIn(output)).toEqual([]);
});

test.each(['schema/*', 'format/*', 'reference/*', 'spectral/*'])('nor does it when only %s run', async rule => {
  const folder = repository();
  for (const format of ['text', 'json', 'sarif'])
    expect(leaksIn(await print(folder, '-f', format, '--rule', rule, '--preset', 'strict', '--fail-on', 'note'))).toEqual([]);
});

test('diffs tell none', async () => {
  const folder = repository();
  const diffs = [
    await print(folder, 'fmt', '--diff'),
    await print(folder, '--fix', '--diff'),
    await print(folder, '--fix=all', '--diff', '--preset', 'strict'),
  ];
  for (const diff of diffs) {
    expect(diff).toContain('+++ b/apps/tabs.yaml');
    expect(leaksIn(diff)).toEqual([]);
  }
});

test('no fingerprint, hash or position tells one secret from another of the same form', async () => {
  const reports = await Promise.all(
    [places, plant(2).files].map(async files => {
      const folder = temporaryRepository(files);
      // Whether a value looks random is told by its presence in a report alone.
      const options = ['--preset', 'regulated', '--skip-rule', 'secrets/high-entropy'];
      const printed = await Promise.all(['json', 'sarif'].map(format => print(folder, '-f', format, ...options)));
      // What an ignore is written with: 16 bits.
      return printed.join('').replace(/("digest": "|#)[0-9a-f]{4}"/g, '$1…"');
    }),
  );
  expect(reports[0]).toContain('primaryLocationLineHash');
  expect(reports[1]).toBe(reports[0]);
});

test('explain and env tell none', async () => {
  const folder = repository();
  for (const path of Object.keys(places)) {
    expect(leaksIn(await print(folder, 'explain', path)), path).toEqual([]);
    expect(leaksIn(await print(folder, 'explain', path, '-f', 'json')), path).toEqual([]);
  }
  expect(leaksIn((await print(folder, 'env')) + (await print(folder, 'env', '-f', 'json')))).toEqual([]);
});

test('what is gone is told by no report of the history', async () => {
  const folder = repository();
  for (const path of Object.keys(places)) rmSync(join(folder, path));
  put(folder, { 'a.yaml': 'a: 1\n' });
  commitAll(folder);
  for (const format of ['text', 'json', 'sarif', 'github']) {
    const output = await print(folder, '--history=HEAD', '-f', format);
    expect(output).toContain('secrets/plaintext-manifest');
    expect(leaksIn(output)).toEqual([]);
  }
});

test('a config with mistakes tells none', async () => {
  const first = secrets.find(value => value.startsWith('glpat-')) ?? '';
  const mistakes = [
    `rules: {secrets/${first}: off}`,
    `waivers: [{rule: "${first}", path: a, reason: b}]`,
    `waivers: [{rule: "format/*", path: a, reason: b, digest: ${first}}]`,
    `repository: {urls: "https://robot:${first}@git.example.org", platform: ${first}}`,
    `${first}: 1`,
    `${first}`,
    `password: "${first}`,
    `extends: "${first}"`,
    `secrets: {placeholders: ["(${first}"]}`,
    `maxFileSize: ${first}`,
    `${first}: 1\n${first}: 2`,
  ];
  for (const config of mistakes) {
    const output = await print(temporaryRepository({ 'a.yaml': `password: ${first}\n`, 'gitops-lint.yaml': `${config}\n` }));
    expect(output).toMatch(/gitops-lint\.yaml/);
    expect(output, config.replaceAll(first, '…')).not.toContain(first.slice(6, 14));
  }
});

test('a rule that throws tells nothing of what it looked at, whatever its message says and whatever debugging is asked for', () => {
  const [first = ''] = secrets;
  for (const message of [first, `a\n    at ${first} (b.ts:1:1)\n    at ${first}:1:1`, `${first}\n`, '']) {
    const error = new TypeError(message, { cause: new Error(first) });
    for (const env of [{}, { GITOPS_LINT_DEBUG: '1' }]) {
      const said = describeDefect(error, env, ' in rule test/rule');
      expect(said).toMatch(/defect of gitops-lint in rule test\/rule: TypeError\n {4}at .*redaction\.test\.ts:\d+/);
      expect(leaksIn(said)).toEqual([]);
    }
  }
  expect(leaksIn(describeDefect(first, { GITOPS_LINT_DEBUG: '1' }))).toEqual([]);
});
