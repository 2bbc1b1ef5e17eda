import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { diceFrom, pick } from '../secrets/token-shapes.ts';
import { lintFiles } from './lint-files.ts';

const rulesOfSecrets = rules.filter(({ id }) => id.startsWith('secrets/'));
const value = `${pick(diceFrom(5), 'abcdefghijkmnpqrstuvwxyzABCDEFGH', 14)}7${pick(diceFrom(6), 'abcdefghijk23456789', 9)}`;
const ciphertext = 'ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]';

/** Found in repositories of others, where nobody's secret was. */
const harmless = {
  'placeholders in URLs': {
    'docs/storage.md': 's3: s3://access_key:secret_access_key@region/bucket\n',
    'storage.yaml': 's3: s3://access_key:secret_access_key@region.shop/bucket\n',
  },
  'short passwords in documentation': { 'README.md': 'git clone https://user1:pass1@url1.shop/a.git, postgres://sops:sops@remotehost/sops\n' },
  'the password of a meeting': { 'README.md': `[join](https://meet.shop/j/1234?password=${value})\n` },
  'what a store is to be read for': {
    '.github/workflows/release.yml': [
      'on: push',
      'jobs:',
      '  release:',
      '    runs-on: ubuntu-24.04',
      '    steps:',
      '      - uses: acme/get-vault-secrets@v1',
      '        with:',
      '          common_secrets: |',
      '            SIGNING_PASSPHRASE=packages-gpg:passphrase',
      '',
    ].join('\n'),
  },
  'a path in JSON in a template': {
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/templates/settings.yaml':
      'kind: ConfigMap\nmetadata: { name: {{ .Release.Name }} }\ndata:\n  a.json: |\n    {\n      "privateKey": "/config/key.pem",\n      "port": 80\n    }\n',
  },
  'test data that is sealed and encrypted badly': {
    'app/testdata/sealed.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: a }\nspec: { encryptedData: { b: none } }\n',
    'app/test_resources/secret.yaml': `a: ${JSON.stringify(ciphertext)}\nsops: { age: [{ recipient: age1one, enc: key }], lastmodified: "2026-11-01T00:00:00Z", version: 3.10.2 }\n`,
  },
  'sealed values without their rest': {
    'apps/sealed.yaml':
      'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: a }\nspec: { encryptedData: { b: AgA+dujiBo... } }\n',
  },
};

test.each(Object.entries(harmless))('%s', async (_, files) => {
  const { findings } = await lintFiles(files, rulesOfSecrets);
  expect(findings.map(({ ruleId, at }) => `${ruleId} ${at.path}:${at.start.line}`)).toEqual([]);
});

test('the same places with a real value', async () => {
  const files = {
    'storage.yaml': `s3: s3://access_key:${value}@region.shop/bucket\n`,
    'charts/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
    'charts/web/templates/settings.yaml': `kind: ConfigMap\nmetadata: { name: {{ .Release.Name }} }\ndata:\n  a.json: |\n    {\n      "password": "${value}",\n      "port": 80\n    }\n`,
    'apps/sealed.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: a }\nspec: { encryptedData: { b: none } }\n',
  };
  const { findings } = await lintFiles(files, rulesOfSecrets);
  expect(findings.map(({ ruleId, at }) => `${ruleId} ${at.path}:${at.start.line}`)).toEqual([
    'secrets/sealed-secret apps/sealed.yaml:4',
    'secrets/workload-literal charts/web/templates/settings.yaml:6',
    'secrets/credential-in-url storage.yaml:1',
  ]);
});
