import { expect, test } from 'vitest';
import { judgeCandidate } from '../../src/secrets/judge-candidate.ts';
import { judgeBytes } from '../../src/secrets/judge-value.ts';
import type { SecretCandidate } from '../../src/secrets/sources/secret-candidate.ts';
import { diceFrom, pick, tokenShapes } from './token-shapes.ts';

const settings = { placeholders: [/^demo-/], today: '2026-01-01', isSecretName: (name: string) => name === 'db-creds' };
const at = { path: 'a.yaml', document: 0, field: ['value'], part: 'value' } as const;
const judge = (key: string, value: string, keptAs: SecretCandidate['keptAs'] = 'secret') =>
  judgeCandidate({ at, key, path: [key], value, holder: 'it', keptAs }, settings);
/** The worst of what a value holds. */
const verdict = (key: string, value: string, keptAs?: SecretCandidate['keptAs']) => {
  const verdicts: string[] = judge(key, value, keptAs).map(({ judgement }) => (judgement.verdict === 'unset' ? 'harmless' : judgement.verdict));
  return verdicts.find(found => found === 'secret') ?? verdicts.find(found => found === 'templated') ?? 'harmless';
};
const random = pick(diceFrom(11), 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789', 32);
const dockerConfig = (password: string) =>
  JSON.stringify({ auths: { 'registry.example.org': { username: 'ci', auth: Buffer.from(`ci:${password}`).toString('base64') } } });

test.each([
  ['password', 'hunter2'],
  ['password', 'admin'],
  ['DB_PASSWORD_2', 'correct-horse'],
  ['basicAuth', 'web:hunter22'],
  ['dbPassword', 'Tr0ub4dor&3'],
  ['keyStorePassword', 'super-secret-keystore-password'],
  ['api-key', 'k3Jd02mfQ8'],
  ['clientSecret', '5e9326ee-ac8d-40bf-9060-e91dbe9d9000'],
  ['cookie', random],
  ['anything', random],
  ['url', 'postgres://web:hunter2@db:5432/web'],
  ['dsn', 'Server=db;User=web;Password=hunter2;'],
  ['webhook-url', `https://chat.example.org/hooks/${random}`],
  ['auth', ['web:$apr1$', 'x8kQ2mZ0$', 'pLw7TcJf6HsMg9UeRaKoX1'].join('')],
  ['.dockerconfigjson', dockerConfig('hunter2')],
  ['config.yaml', 'host: db\npassword: hunter2\n'],
  ['app.properties', '# settings\nspring.datasource.username=web\nspring.datasource.password=hunter2\n'],
  ['config.json', '{"log":"info","clientSecret":"k3Jd02mfQ8"}'],
  ['notes', `the token is ${tokenShapes.gitlab?.(diceFrom(4))}`],
])('%s with a real value is a secret', (key, value) => {
  expect(verdict(key, value)).toBe('secret');
});

test.each([
  ['password', ''],
  ['password', 'changeme'],
  ['password', 'change-me-please'],
  ['password', 'REPLACE_ME'],
  ['password', '__REPLACE_ME__'],
  ['password', 'your-password-here'],
  ['password', '<password>'],
  ['password', 'xxxxxxxx'],
  ['password', '********'],
  ['password', 'my-secret'],
  ['password', 'demo-4711'],
  ['password', 'example-keycloak-password'],
  ['AWS_SECRET_ACCESS_KEY', 'UPDATE_AWS_SECRET_ACCESS_KEY'],
  ['token', 'Y2hhbmdlbWU='],
  ['token', 'op://vault/item/field'],
  ['token', 'ref+vault://secret/db#/password'],
  ['token', 'vault:secret/data/db#password'],
  ['token', '<path:secret/data/db#password>'],
  ['token', 'PHBhdGg6c2VjcmV0L2RhdGEvZGIjcGFzc3dvcmQ+'],
  ['token', 'ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]'],
  ['token', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db'],
  ['token', 'true'],
  ['token', '30s'],
  ['tenantId', '5e9326ee-ac8d-40bf-9060-e91dbe9d9000'],
  ['username', 'administrator'],
  ['POSTGRES_DATABASE', 'keycloak'],
  ['url', 'https://git.example.org/acme/apps'],
  ['url', 'git@git.example.org:acme/apps'],
  ['url', 'postgres://web@db:5432/web'],
  ['passwordFile', '/run/secrets/password'],
  ['secretName', 'db-credentials'],
  ['type', 'git'],
  ['foo', 'bar'],
  ['region', 'eu-central-1'],
  ['ca.crt', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'],
  ['key.pub', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGk8Lw7TcJf6HsMg9UeRaKoX1pLw7TcJf6HsMg9UeRaK web'],
  ['revision', '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'],
  ['digest', 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
  ['.dockerconfigjson', dockerConfig('changeme')],
  ['config', '{"tlsClientConfig":{"insecure":false}}'],
  ['config.yaml', 'server:\n  log_level: info\n  password_file: /run/secrets/password\n'],
  ['broker.properties', '# replaced in an overlay\nuser=__REPLACE_ME__\npassword=__REPLACE_ME__\n'],
  ['roles.properties', 'admin=ruben, rick\ngroup1=bob\n'],
])('%s with %s is harmless', (key, value) => {
  expect(verdict(key, value)).toBe('harmless');
});

test.each([`\${DB_PASSWORD}`, '{{ .Values.password }}', `postgres://web:\${PASSWORD}@db/web`, '$(DB_PASSWORD)', '((db-password))'])(
  '%s is filled in later',
  value => {
    expect(verdict('password', value)).toBe('templated');
  },
);

test('of a file of settings the piece is told that is the secret', () => {
  const found = judge('a.properties', 'user=web\npassword=hunter2\n').filter(({ judgement }) => judgement.verdict === 'secret');
  expect(found.map(({ found: { at: place } }) => place)).toEqual([{ ...at, within: 'password=hunter2' }]);
});

test('bytes are a secret where the key says so, and in a keystore', () => {
  const bytes = Buffer.from([0xfe, 0xed, 0xfe, 0xed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xff]);
  expect(judgeBytes('keystore.jks', bytes).verdict).toBe('secret');
  expect(judgeBytes('encryption-key', bytes).verdict).toBe('secret');
  expect(judgeBytes('truststore.jks', bytes).verdict).toBe('harmless');
  expect(judgeBytes('logo', bytes).verdict).toBe('harmless');
});
