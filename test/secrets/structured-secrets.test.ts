import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { plaintextManifest } from '../../rules/secrets/plaintext-manifest.ts';
import { valuesCredential } from '../../rules/secrets/values-credential.ts';
import { workloadLiteral } from '../../rules/secrets/workload-literal.ts';
import { nameMatcher, pathMatcher } from '../../src/config/path-matcher.ts';
import type { ResolvedConfig } from '../../src/core/config.ts';
import type { Rule } from '../../src/core/rule.ts';
import { type Files, lintFiles } from '../lint/lint-files.ts';
import { diceFrom, pick } from './token-shapes.ts';

// Rules of one scope are rules of some scope.
const rules = [
  { ...plaintextManifest, id: 'secrets/plaintext-manifest' },
  { ...workloadLiteral, id: 'secrets/workload-literal' },
  { ...valuesCredential, id: 'secrets/values-credential' },
] as readonly Rule[];

const random = pick(diceFrom(5), 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789', 32);
const chart = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';
const base64 = (text: string) => Buffer.from(text).toString('base64');
const secret = (fields: string, more = '') => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\n${more}${fields}\n`;

async function found(files: Files, config: Partial<ResolvedConfig> = {}): Promise<string[]> {
  const { findings } = await lintFiles(files, rules, { config });
  return findings.map(
    ({ at, severity, ruleId, message }) => `${at.path}:${at.start.line}:${at.start.column} ${severity} ${ruleId.slice(8)} ${/"[^"]*"/.exec(message)}`,
  );
}

// What credentials look like to those who keep them.

test.each([
  ['auth of a Docker config', 'data', '.dockerconfigjson', JSON.stringify({ auths: { 'registry.example.org': { auth: base64('ci:hunter22') } } })],
  [
    'password of a Docker config',
    'stringData',
    '.dockerconfigjson',
    JSON.stringify({ auths: { 'registry.example.org': { username: 'ci', password: 'hunter22' } } }),
  ],
  ['token in a kubeconfig', 'data', 'kubeconfig', `apiVersion: v1\nkind: Config\nusers:\n  - name: ci\n    user:\n      token: ${random}\n`],
  [
    'key in a kubeconfig',
    'data',
    'kubeconfig',
    `apiVersion: v1\nkind: Config\nusers:\n  - name: ci\n    user:\n      client-key-data: ${base64(random)}\n`,
  ],
  [
    'bearer token of a cluster',
    'data',
    'config',
    JSON.stringify({ bearerToken: random, tlsClientConfig: { insecure: false, caData: base64('ca') } }),
  ],
  ['key of a cluster', 'stringData', 'config', JSON.stringify({ tlsClientConfig: { certData: base64('certificate'), keyData: base64(random) } })],
  ['password of a repository', 'stringData', 'password', 'hunter22'],
  ['a URL with a password', 'stringData', 'url', 'https://ci:hunter22@git.example.org/shop/web'],
  ['a line of .npmrc', 'stringData', '.npmrc', `//registry.example.org/:_authToken=${random}\n`],
  ['a line of .netrc', 'stringData', '.netrc', 'machine git.example.org login ci password hunter22\n'],
  ['an element of XML', 'data', 'settings.xml', '<settings>\n  <username>ci</username>\n  <password>hunter22</password>\n</settings>\n'],
  ['a list of users', 'data', 'users.properties', 'alice=hunter22\nbob=changeme\n'],
  ['a command in a script', 'data', 'init.sh', '#!/bin/sh\nkubectl create secret generic web --from-literal=password=hunter22\n'],
  ['a connection string', 'stringData', 'connection', 'Server=db;Database=web;User Id=web;Password=hunter22;'],
  ['a data source of Go', 'stringData', 'dsn', 'web:hunter22@tcp(db:3306)/web'],
  ['an entry of htpasswd', 'stringData', 'auth', ['web:$apr1$', 'x8kQ2mZ0$', 'pLw7TcJf6HsMg9UeRaKoX1'].join('')],
])('%s is found in a Secret', async (_, part, key, value) => {
  const written = part === 'data' ? base64(value) : value;
  expect(await found({ 'a.yaml': secret(`${part}:\n  ${key}: ${JSON.stringify(written)}`) })).toHaveLength(1);
});

test.each([
  ['Docker config without a password', '.dockerconfigjson', JSON.stringify({ auths: { 'registry.example.org': { auth: base64('ci:changeme') } } })],
  [
    'kubeconfig that runs a program',
    'kubeconfig',
    'apiVersion: v1\nkind: Config\nusers:\n  - name: ci\n    user:\n      exec: { command: aws, args: [eks, get-token] }\n',
  ],
  ['cluster that has a role', 'config', JSON.stringify({ awsAuthConfig: { clusterName: 'web', roleARN: 'arn:aws:iam::111122223333:role/argocd' } })],
  ['repository without a password', 'url', 'https://git.example.org/shop/web'],
  ['repository of an SSH user', 'url', 'git@git.example.org:shop/web.git'],
  ['id of an app', 'githubAppID', '123456'],
  ['connection without a password', 'connection-string', 'Server=db;Database=web;Authentication=Active Directory Default;'],
  ['data source without a password', 'dsn', 'web@tcp(db:3306)/web'],
  ['settings', 'app.yaml', 'level: info\nauth:\n  passwordFile: /run/secrets/password\n  tokenTTL: 30m\n  enabled: true\n'],
])('%s is none', async (_, key, value) => {
  expect(
    await found({ 'a.yaml': secret(`stringData:\n  ${key}: ${JSON.stringify(value)}`), 'b.yaml': secret(`data:\n  ${key}: ${base64(value)}`) }),
  ).toEqual([]);
});

test('each line of a file of settings that is a secret is one finding, also behind one that is none', async () => {
  const text = secret(
    'stringData:\n  app.properties: |\n    token={{ .Token }}\n    db.password=hunter22\n    mail.password=changeme\n    api.key=k3Jd02mfQ8\n',
  );
  expect(await found({ 'a.yaml': text })).toEqual([
    'a.yaml:8:5 error plaintext-manifest "db.password"',
    'a.yaml:10:5 error plaintext-manifest "api.key"',
  ]);
});

// What others get wrong.

test('kinds that only end with the word are no Secrets, and the order of fields says nothing', async () => {
  const kinds = ['ExternalSecret', 'SopsSecret', 'SecretStore', 'ClusterSecretStore', 'SecretProviderClass', 'VaultStaticSecret', 'PushSecret'];
  const files = Object.fromEntries(
    kinds.map(kind => [
      `${kind}.yaml`,
      `apiVersion: example.org/v1\nkind: ${kind}\nmetadata: { name: web }\nspec: { provider: vault, path: secret/data/web }\n`,
    ]),
  );
  expect(
    await found({ ...files, 'a.yaml': `apiVersion: v1\ndata:\n  password: ${base64('hunter22')}\nkind: Secret\nmetadata: { name: web }\n` }),
  ).toEqual(['a.yaml:3:13 error plaintext-manifest "password"']);
});

test('what is sealed, and the template round it, is no finding', async () => {
  const sealed = `AgB${random.repeat(20)}`;
  const text = `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: web }\nspec:\n  encryptedData: { password: ${sealed}, api-key: ${sealed} }\n  template: { metadata: { name: web }, type: Opaque }\n`;
  expect(
    await found({
      'a.yaml': text,
      'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'charts/web/values.yaml': `secrets: { password: ${sealed} }\n`,
    }),
  ).toEqual([]);
});

test('an ExternalSecret mentions keys and has templates in it', async () => {
  const text = `apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: { name: web }
spec:
  secretStoreRef: { name: vault, kind: ClusterSecretStore }
  target:
    template:
      data:
        config.yaml: |
          password: "{{ .password }}"
          token: {{ .token | quote }}
  data:
    - secretKey: client-secret
      remoteRef: { key: prod/web/clientSecret42, property: clientSecret42 }
`;
  expect(await found({ 'a.yaml': text })).toEqual([]);
});

test('a Secret in JSON and one with stringData are read like others, and "false" in a password is part of it', async () => {
  const json = JSON.stringify({ kind: 'Secret', apiVersion: 'v1', metadata: { name: 'web' }, stringData: { password: 'falsehood22' } });
  expect(await found({ 'a.json': json, 'b.yaml': secret('stringData:\n  password: isnull42') })).toEqual([
    `a.json:1:${json.indexOf('"falsehood22"') + 1} error plaintext-manifest "password"`,
    'b.yaml:6:13 error plaintext-manifest "password"',
  ]);
});

test('a Secret for bootstrapping whose values are filled in later is not encrypted and no finding', async () => {
  const text = secret(`stringData:\n  age.agekey: \${BOOTSTRAP_AGE_KEY}\n  token: "{{ bootstrap_token }}"\n  password: <BOOTSTRAP_PASSWORD>`);
  expect(await found({ 'a.yaml': text })).toEqual([]);
});

test('a Secret without data and the release of Helm hold nothing', async () => {
  const files = {
    'a.yaml': secret('', 'type: kubernetes.io/service-account-token\n'),
    'b.yaml': secret(`data:\n  release: ${base64(base64(random))}`, 'type: helm.sh/release.v1\n'),
  };
  expect(await found(files)).toEqual([]);
});

test('a tag says that a program puts the value there', async () => {
  const files = {
    'charts/web/Chart.yaml': chart,
    'charts/web/values.yaml': 'password: !secret web_password22\ntoken: !vault k3Jd02mfQ8\nadminPassword: !!str hunter22\n',
  };
  expect(await found(files)).toEqual(['charts/web/values.yaml:3:22 error values-credential "adminPassword"']);
});

test('what stands once is one finding, however many aliases lead to it', async () => {
  const values = 'one: &one { password: hunter22 }\ntwo: *one\nthree:\n  <<: *one\n  host: db\n';
  expect(await found({ 'charts/web/Chart.yaml': chart, 'charts/web/values.yaml': values })).toEqual([
    'charts/web/values.yaml:1:23 error values-credential "one.password"',
  ]);
});

test('what a chart makes a Secret of is looked at whatever it is called', async () => {
  const values = `secrets:\n  LICENSE: ${random}\n  DATABASE: prod/eu1/web/database-url2\n  ROLE: arn:aws:iam::111122223333:role/web\nsettings:\n  LICENSE: ${random}\n`;
  expect(await found({ 'charts/web/Chart.yaml': chart, 'charts/web/values.yaml': values })).toEqual([
    'charts/web/values.yaml:2:12 error values-credential "secrets.LICENSE"',
  ]);
});

test.each([
  ['Kafka', `sasl.jaas.config=org.example.PlainLogin required username="web" password="hunter22";`],
  ['Redis', 'requirepass hunter22'],
  ['WireGuard', `PrivateKey = ${random}=`],
  ['oauth2-proxy', `cookie_secret = "${random}"`],
  ['a user of XML', '<user name="web" password="hunter22"/>'],
  ['a list of htpasswd', ['web:$apr1$', 'x8kQ2mZ0$', 'pLw7TcJf6HsMg9UeRaKoX1'].join('')],
])('a line of %s in a ConfigMap', async (_, line) => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata:\n  web.conf: |\n    # the password\n    level 3\n    ${line}\n`;
  expect((await found({ 'a.yaml': text })).map(finding => finding.split(' ')[0])).toEqual(['a.yaml:8:5']);
});

test.each([
  'client_secret = $__file{/etc/secrets/client_secret}',
  'token: $web-token',
  `password: \${env:PASSWORD}`,
  `sasl.jaas.config=org.example.PlainLogin required username="web" password="\${PASSWORD}";`,
  'export PASSWORD="$1"',
  'TOKEN=$(cat /run/token)',
  'password = os.environ["PASSWORD"]',
  'secret_key = get_secret("web", "key")',
  'token = data.vault.token',
  'client_secret_file: /run/secrets/client',
  'github.com ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCj7ndNxQowgcQnjshcLrqPEiiphnt',
  'kubectl create secret generic web --from-literal=password=$PASSWORD',
  '# password = hunter22',
])('%s is none', async line => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata:\n  web.conf: |\n    level 3\n    ${line}\n`;
  expect(await found({ 'a.yaml': text })).toEqual([]);
});

// Values by what they reach.

const release = (values: string) => `releases:\n  - name: web\n    chart: ../../charts/web\n    values:\n      - ${values}\n`;

test('a weak default of a chart is an error where a release of production leaves it as it is', async () => {
  const files = (values: string) => ({
    'charts/web/Chart.yaml': chart,
    'charts/web/values.yaml': 'adminPassword: admin\nreplicas: 1\n',
    'environments/production/helmfile.yaml': release(values),
    'environments/staging/helmfile.yaml': release('{ replicas: 1 }'),
  });
  expect(await found(files('{ replicas: 3 }'))).toEqual(['charts/web/values.yaml:1:16 error values-credential "adminPassword"']);
  expect(await found(files('{ adminPassword: "" }'))).toEqual(['charts/web/values.yaml:1:16 warning values-credential "adminPassword"']);
});

test('the default of a chart of somebody else is a note', async () => {
  const files = {
    'apps/web/Chart.yaml':
      'apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{ name: db, version: 1.0.0, repository: https://charts.example.org }]\n',
    'apps/web/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
    'apps/web/charts/db/values.yaml': 'auth:\n  password: hunter22\n  postgresPassword: postgres\n',
    '.gitattributes': 'apps/web/charts/** linguist-vendored\n',
  };
  expect((await found(files)).map(line => line.split(' ')[1])).toEqual(['note', 'note']);
});

// What the config says.

test('what the config allows is silent: by key, by path, by the digest of the value', async () => {
  const files = { 'a.yaml': secret('stringData:\n  password: hunter22'), 'b.yaml': secret(`data:\n  password: ${base64('hunter22')}`) };
  const allow = (...entries: ResolvedConfig['secrets']['allow']) => ({ secrets: { placeholders: [], sharedRecipients: [], allow: entries } });
  const valueSha256 = createHash('sha256').update('hunter22').digest('hex');
  expect(await found(files, allow({ matchesKey: nameMatcher(['pass*']) }))).toEqual([]);
  expect(await found(files, allow({ matchesKey: nameMatcher(['stringData.password']) }))).toEqual([
    'b.yaml:6:13 error plaintext-manifest "password"',
  ]);
  expect(await found(files, allow({ matchesPath: pathMatcher(['a.*']) }))).toEqual(['b.yaml:6:13 error plaintext-manifest "password"']);
  expect(await found(files, allow({ valueSha256 }))).toEqual([]);
  expect(await found(files, allow({ valueSha256, matchesKey: nameMatcher(['token']) }))).toHaveLength(2);
  expect(await found(files, { secrets: { placeholders: [/^hunter/], sharedRecipients: [], allow: [] } })).toEqual([]);
});

// Input that is hostile.

test('texts in texts, long lines and large data end', async () => {
  let nested = 'kind: Secret\napiVersion: v1\nstringData: { password: hunter22 }\n';
  for (let depth = 0; depth < 200; depth++) nested = `a:\n  b: |\n${nested.replace(/^/gm, '    ')}\n`;
  const files = {
    'nested.yaml': nested,
    'line.yaml': secret(`stringData:\n  app.env: ${JSON.stringify(`PASSWORD=${'x=y,'.repeat(250_000)}`)}`),
    'data.yaml': secret(`data:\n  blob: ${Buffer.alloc(1_000_000, 'k3Jd02mfQ8').toString('base64')}`),
    'settings.yaml': secret(
      `stringData:\n  app.properties: |\n${Array.from({ length: 20_000 }, (_, index) => `    password.${index}=x8kQ2mZ0${index}`).join('\n')}\n`,
    ),
  };
  const start = performance.now();
  expect((await found(files)).length).toBe(201);
  expect(performance.now() - start).toBeLessThan(20_000);
});
