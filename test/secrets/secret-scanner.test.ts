import { expect, test } from 'vitest';
import { plaintextManifest } from '../../rules/secrets/plaintext-manifest.ts';
import { privateKey } from '../../rules/secrets/private-key.ts';
import { type Files, lintFiles } from '../lint/lint-files.ts';

const rules = [
  { ...privateKey, id: 'secrets/private-key' },
  { ...plaintextManifest, id: 'secrets/plaintext-manifest' },
];

async function found(files: Files): Promise<string[]> {
  const { findings } = await lintFiles(files, rules);
  return findings.map(({ at, ruleId, severity }) => `${at.path}:${at.start.line}:${at.start.column} ${severity} ${ruleId}`);
}

test('a keystore in the data of a Secret is one, a store of certificates to trust is none', async () => {
  const pkcs12 = Buffer.from([0x30, 0x82, 0x0a, 0x03, 0x02, 0x01, 0x03, 0x30, 0x82, 0x09, 0xff, 0x06]).toString('base64');
  expect(await found({ 'a.yaml': `apiVersion: v1\nkind: Secret\ndata:\n  server.p12: ${pkcs12}\n  truststore.p12: ${pkcs12}\n` })).toEqual([
    'a.yaml:4:15 error secrets/plaintext-manifest',
    'a.yaml:4:15 warning secrets/private-key',
  ]);
});

test('of a settings file in a Secret the line is reported', async () => {
  const text = 'apiVersion: v1\nkind: Secret\nstringData:\n  app.properties: |\n    user=web\n    password=hunter2\n';
  expect(await found({ 'a.yaml': text })).toEqual(['a.yaml:6:5 error secrets/plaintext-manifest']);
});

test('a file that two kustomizations take is reported once, an encrypted one never', async () => {
  const kustomization = 'secretGenerator:\n  - name: web\n    envs: [../web.env, ../sops.env]\n';
  const files = {
    'one/kustomization.yaml': kustomization,
    'two/kustomization.yaml': kustomization,
    'web.env': '# settings\nDB_PASSWORD="hunter2"\n',
    'sops.env': 'DB_PASSWORD=hunter2\nsops_mac=ENC[AES256_GCM,data:kQ==]\n',
  };
  expect(await found(files)).toEqual(['web.env:2:1 error secrets/plaintext-manifest']);
});

test('data for tests is nobody’s secret, the environment "test" is one like any other', async () => {
  const text = 'apiVersion: v1\nkind: Secret\nstringData:\n  password: hunter2\n';
  expect(await found({ 'tests/a.yaml': text, 'pkg/testdata/a.yaml': text, 'environments/test/a.yaml': text })).toEqual([
    'environments/test/a.yaml:4:13 error secrets/plaintext-manifest',
  ]);
});
