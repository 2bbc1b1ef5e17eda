import { expect, test } from 'vitest';
import { findCredentials } from '../../src/secrets/find-credentials.ts';
import { diceFrom, pick, tokenShapes } from './token-shapes.ts';

const settings = { placeholders: [], today: '2026-01-01' };
const token = pick(diceFrom(3), 'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789', 32);
const login = Buffer.from('robot:correct-horse').toString('base64');

function found(text: string): string[] {
  return findCredentials(text, settings).map(credential =>
    'name' in credential ? `${text.slice(credential.start, credential.end)}, ${credential.name}` : 'templated',
  );
}

test.each([
  ['postgres', 'postgres://web:correct-horse@db.shop/web'],
  ['postgresql with a driver', 'postgresql+psycopg2://web:correct-horse@db.shop:5432/web'],
  ['mysql', 'mysql://web:correct-horse@db.shop/web'],
  ['several hosts of MongoDB', 'mongodb+srv://web:correct-horse@db.shop,other.shop/?replicaSet=a'],
  ['amqp', 'amqps://web:correct-horse@db.shop/vhost'],
  ['redis without a user', 'rediss://:correct-horse@db.shop:6379/0'],
  ['git over https', 'git clone https://web:correct-horse@db.shop/web.git'],
  ['oras', 'https+oras://web:correct-horse@db.shop'],
  ['smtp', 'smtp://web%40shop:correct-horse@db.shop:587'],
  ['jdbc', 'jdbc:postgresql://db.shop/web?user=web&password=correct-horse'],
  ['SQL Server', 'jdbc:sqlserver://db.shop:1433;database=web;user=web;password=correct-horse'],
  ['a data source name of Go', 'web:correct-horse@tcp(db.shop:3306)/web'],
  ['netrc on one line', 'machine db.shop login web password correct-horse'],
  ['netrc on several lines', 'machine db.shop\n  login web\n  password correct-horse'],
])('the password of %s is found wherever it stands', (_, text) => {
  for (const whole of [text, `url: ${text}\n`, `{"url": "${text}"}`, `export URL='${text}'`, `a: |\n  URL=${text}\n`])
    expect(found(whole)).toEqual(['correct-horse, the password for "db.shop"']);
});

test('headers, and the settings of npm, Yarn and Docker', () => {
  expect(found(`{"Authorization": "Bearer ${token}"}`)).toEqual([`${token}, the token of an "Authorization" header`]);
  expect(found(`- name: Authorization\n  value: Basic ${login}\n`)).toEqual([`${login}, the password of an "Authorization" header`]);
  expect(found(`AUTHORIZATION=Bearer ${token}`)).toEqual([`${token}, the token of an "Authorization" header`]);
  expect(found(`//npm.shop/:_authToken=${token}`)).toEqual([`${token}, the token for "npm.shop"`]);
  expect(found(`//npm.shop/a/:_auth=${login}`)).toEqual([`${login}, the password for "npm.shop"`]);
  expect(found(`npmAuthToken: "${token}"`)).toEqual([`${token}, the token of a package registry`]);
  expect(found(JSON.stringify({ auths: { 'ghcr.io': { auth: login }, 'quay.io': { auth: login } } }))).toEqual([
    `${login}, the password for "ghcr.io"`,
    `${login}, the password for "quay.io"`,
  ]);
  expect(found(`auths:\n  ghcr.io:\n    auth: ${login}\n`)).toEqual([`${login}, the password for "ghcr.io"`]);
});

test.each([
  ['the machine itself', 'postgres://web:correct-horse@localhost:5432/web redis://:correct-horse@127.0.0.1 amqp://a:correct-horse@[::1]'],
  ['hosts of nobody', 'https://web:correct-horse@example.com https://web:correct-horse@db.test'],
  ['references', `postgres://\${USER}:\${PASS}@db.shop https://$USER:$PASS@db.shop https://$$\{USER}:$$TOKEN@db.shop`],
  ['templates', 'postgres://{{ .Values.user }}:{{ .Values.password }}@db.shop/{{ .Values.name }}'],
  ['placeholders', 'postgres://user:password@db.shop https://USERNAME:s3cr3t@db.shop postgres://web:<password>@db.shop postgres://web:***@db.shop'],
  ['ports', 'http://web.shop:8080/@x http://web.shop:8080@x http://web:80/a:b@c'],
  ['users alone', 'ssh://git@github.com/shop/web git@github.com:shop/web.git https://robot@db.shop'],
  ['digests of images', `docker://alpine:3.20@sha256:${'a1'.repeat(32)} oci://ghcr.io/web:1@sha256:${'a1'.repeat(32)}`],
  ['scoped packages', 'https://cdn.shop/npm/@scope/web@1.2.3 pkg:npm/%40scope/web@1.2.3'],
  ['expressions', "regex: ^https?://[^:]+:[^@]+@.+$ sed 's#://.*:.*@#://x:y@#'"],
  [
    'headers that are filled in',
    `Authorization: Bearer $TOKEN Authorization: Bearer \${TOKEN} Authorization: Basic {{ auth }} "Authorization: Bearer " + token`,
  ],
  ['words after a header', 'authorization: bearer authentication is required; Authorization: Basic realm=restricted'],
  ['settings of npm that are filled in', `//npm.shop/:_authToken=\${NPM_TOKEN}`],
  ['Docker without a password', '{"auths": {"ghcr.io": {"auth": "" }}, "auth": "bm9uZQ=="}'],
  ['what is encrypted', 'url: ENC[AES256_GCM,data:kQ==,iv:aa,tag:bb,type:str] https://web:ENC[x]@db.shop'],
])('%s are no credentials', (_, text) => {
  expect(found(text)).toEqual([]);
});

test('a user name for a password is doubtful, and a part that is filled in is said to be', () => {
  expect(findCredentials('amqp://guest:guest@mq.shop', settings)).toMatchObject([{ doubt: 'it is the name of the user' }]);
  expect(found(`postgres://web:horse-\${SUFFIX}@db.shop`)).toEqual(['templated']);
});

test('what is known by its form is left to findTokens', () => {
  const github = tokenShapes.github?.(diceFrom(9));
  expect(found(`https://x-access-token:${github}@github.com/shop/web`)).toEqual([]);
  expect(found(`//registry.npmjs.org/:_authToken=${tokenShapes.npm?.(diceFrom(9))}`)).toEqual([]);
  expect(found(`Authorization: Bearer ${tokenShapes['json-web-token']?.(diceFrom(9))}`)).toEqual([]);
});

test('hostile texts take steps in line with their length', () => {
  for (const piece of [
    '://a:',
    '://',
    'a:{{b}}',
    'Authorization: Bearer ',
    'auths auth: "',
    'machine a login ',
    '://a?password=',
    '{{',
    ':_auth=',
    '@tcp(',
  ])
    expect(found(piece.repeat(20_000)).length).toBeLessThan(20_001);
});
