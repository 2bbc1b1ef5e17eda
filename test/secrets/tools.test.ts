import { describe, expect, test } from 'vitest';
import { highEntropy } from '../../rules/secrets/high-entropy.ts';
import { sensitiveFile } from '../../rules/secrets/sensitive-file.ts';
import { valuesCredential } from '../../rules/secrets/values-credential.ts';
import type { Rule } from '../../src/core/rule.ts';
import { type Files, lintFiles } from '../lint/lint-files.ts';
import { credentials, harmless, names } from './structure-corpus.ts';
import { diceFrom, pick } from './token-shapes.ts';
import { toolSources } from './tool-corpus.ts';

// Rules of one scope are rules of some scope.
const rules = [
  { ...valuesCredential, id: 'secrets/values-credential' },
  { ...sensitiveFile, id: 'secrets/sensitive-file' },
] as readonly Rule[];

/** `path:line rule` of each finding. */
async function findingsIn(files: Files, chosen = rules): Promise<string[]> {
  const { findings } = await lintFiles(files, chosen);
  return findings.map(({ at, ruleId }) => `${at.path}:${at.start.line} ${ruleId.replace('secrets/', '')}`);
}

const titled = toolSources.map(source => [source.title, source] as const);

test.each(titled)('%s: each credential at its line, nothing else', async (_, { files, path, rule, line }) => {
  for (const [key, value] of credentials) {
    const made = files(key, value);
    const place = line ?? (made[path]?.split('\n') ?? []).findIndex(text => text.includes(value)) + 1;
    expect(await findingsIn(made), key).toEqual([`${path}:${place} ${rule}`]);
  }
});

test.each(titled)('%s: what is no credential stays silent', async (_, { files }) => {
  for (const [key, value] of [...harmless, ...names]) expect(await findingsIn(files(key, value)), `${key} = ${value}`).toEqual([]);
});

const word = ['Tr0ub4', 'dor-9x'].join('');

describe('references, names, tests and what is encrypted are silent', () => {
  const silent: readonly (readonly [string, Files])[] = [
    [
      'references of Terraform',
      {
        'main.tf': `resource "aws_db_instance" "web" {\n  password = var.db_password\n  token    = data.vault_generic_secret.web.data["token"]\n  secret_key = random_password.web.result\n  api_key = "\${local.key}"\n  auth_token = try(module.auth.token, null)\n  client_secret = jsonencode({ password = var.db_password })\n  manage_master_user_password = true\n}\n`,
      },
    ],
    [
      'names and settings of Terraform',
      {
        'main.tf': `resource "aws_instance" "web" {\n  key_name = "web-deploy42"\n  kms_key_id = "alias/web2-Key9x"\n  token_ttl = "30m"\n  secret_name = "${word}"\n  password_length = 24\n  public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ9fK2mXq7RtV4wZ1pLs8YbN3cHj6KdG5 web"\n}\nbackend "s3" {\n  key = "web/${word}.tfstate"\n}\noutput "password" {\n  description = "The password"\n  value = random_password.web.result\n}\n`,
      },
    ],
    [
      'a description and a type',
      { 'variables.tf': `variable "db_password" {\n  description = "as in ${word}"\n  type = string\n  sensitive = true\n}\n` },
    ],
    [
      'stand-ins of Terragrunt',
      {
        'shop/terragrunt.hcl': `dependency "db" {\n  mock_outputs = {\n    password = "${word}"\n    json = jsonencode({ password = "${word}" })\n  }\n}\n`,
      },
    ],
    ['a test of Terraform', { 'web.tftest.hcl': `variables {\n  db_password = "${word}"\n}\n` }],
    ['comments', { 'main.tf': `# password = "${word}"\n/* token = "${word}" */\n` }],
    [
      'what Ansible keeps in its vault, fills in and looks up',
      {
        'ansible.cfg': '[defaults]\n',
        'group_vars/all.yml': `db_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3363\ndb_token: "{{ vault_db_token }}"\ndb_secret: "{{ lookup('env', 'SECRET') }}"\nupdate_password: on_create\nssh_private_key_file: ~/.ssh/id_web42\n`,
        'group_vars/vault.yml': '$ANSIBLE_VAULT;1.1;AES256\n33636330\n',
      },
    ],
    [
      'prompts of a playbook',
      {
        'ansible.cfg': '',
        'site.yml': `- hosts: all\n  vars_prompt:\n    - name: password\n      prompt: Which password\n      private: true\n  tasks: []\n`,
      },
    ],
    [
      'secrets of CI systems',
      {
        '.github/workflows/ci.yaml': `on:\n  workflow_call:\n    secrets:\n      token:\n        description: ${word}\npermissions:\n  id-token: write\njobs:\n  web:\n    runs-on: ubuntu-latest\n    services:\n      db:\n        image: postgres:16\n        env:\n          POSTGRES_PASSWORD: postgres\n    steps:\n      - run: TOKEN=$(make token) && make\n        env:\n          API_TOKEN: \${{ secrets.API_TOKEN }}\n          GH_TOKEN: \${{ github.token }}\n    secrets: inherit\n`,
        '.gitlab-ci.yml': `variables:\n  DB_PASSWORD: $PROD_DB_PASSWORD\nweb:\n  script: make\n  id_tokens:\n    VAULT_ID_TOKEN:\n      aud: https://vault.example.org\n  secrets:\n    DB_PASSWORD:\n      vault: shop/db/password@${word}\n`,
        'azure-pipelines.yml': 'steps:\n  - script: make\n    env:\n      TOKEN: $(System.AccessToken)\n',
      },
    ],
    [
      'secrets of Compose',
      {
        'compose.yaml':
          `services:\n  web:\n    image: web:1.0\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/db\n      POSTGRES_PASSWORD: postgres\n      API_TOKEN: \${API_TOKEN:-}\n      - SECRET\n    secrets: [db_password]\nsecrets:\n  db_password:\n    file: ./${word}\n`.replace(
            '      - SECRET\n',
            '',
          ),
      },
    ],
    [
      'examples',
      {
        '.env.example': `DB_PASSWORD=${word}\n`,
        '.env.sample': `DB_PASSWORD=${word}\n`,
        'config/app.properties.template': `password=${word}\n`,
        'config/example.ini': `password=${word}\n`,
      },
    ],
    [
      'settings that SOPS keeps',
      {
        '.env': `DB_PASSWORD=ENC[AES256_GCM,data:kQ==]\nOTHER_PASSWORD_unencrypted=${word}\nsops_mac=ENC[AES256_GCM,data:kQ==]\n`,
        'a.ini': `[main]\npassword = ENC[AES256_GCM,data:kQ==]\n[sops]\nmac = ENC[AES256_GCM,data:kQ==]\n`,
      },
    ],
    [
      'what a filter of Git encrypts',
      {
        '.gitattributes': '*.tfvars filter=git-crypt diff=git-crypt\n*.tfstate filter=transcrypt\n',
        'prod.tfvars': `password = "${word}"\n`,
        'a.tfstate': '{"version":4,"resources":[{"type":"a"}]}\n',
      },
    ],
    ['data for tests', { 'tests/fixtures/main.tf': `locals {\n  password = "${word}"\n}\n`, 'test/fixtures/.env': `PASSWORD=${word}\n` }],
  ];
  test.each(silent)('%s', async (_, files) => {
    expect(await findingsIn(files)).toEqual([]);
  });
});

test('what keeps one secret by its type is named by its label', async () => {
  const random = pick(diceFrom(4), 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789', 32);
  const text = `resource "azurerm_key_vault_secret" "web" {\n  name  = "web"\n  value = "${random}"\n}\nresource "kubernetes_secret" "web" {\n  data = {\n    custom = "${random}"\n    level  = "info"\n  }\n}\n`;
  expect(await findingsIn({ 'main.tf': text })).toEqual(['main.tf:3 values-credential', 'main.tf:7 values-credential']);
});

test('a state, a kubeconfig and others are one finding each, whatever they hold', async () => {
  const resource = { type: 'aws_db_instance', instances: [{ attributes: { password: word, username: 'web' } }] };
  const state = JSON.stringify({ version: 4, outputs: { token: { value: word, sensitive: true } }, resources: [resource] });
  const kubeconfig = (user: string) => `apiVersion: v1\nkind: Config\nusers:\n  - name: web\n    user: ${user}\n`;
  const files = {
    'terraform.tfstate': state,
    'terraform.tfstate.backup': state,
    'errored.tfstate': state,
    'prod.kubeconfig': kubeconfig(`{ token: ${word} }`),
    '.kube/config': kubeconfig('{ client-key-data: bm8gbm8gbm8= }'),
    'kubeconfig-prod.yaml': kubeconfig(`{ password: ${word}, username: admin }`),
    '.vault_pass': `${word}\n`,
    'vault-password.txt': `${word}\n`,
    'ansible/.vault_password': `${word}\n`,
    'secrets.dec.yaml': 'a: b\n',
    'decrypted-secrets.yaml': 'a: b\n',
    'values.decrypted.yaml': 'a: b\n',
  };
  expect((await findingsIn(files)).sort()).toEqual(
    Object.keys(files)
      .map(path => `${path}:1 sensitive-file`)
      .sort(),
  );
});

test('what only its name makes sensitive is silent', async () => {
  const kubeconfig = (user: string) => `apiVersion: v1\nkind: Config\nusers:\n  - name: web\n    user: ${user}\n`;
  const files = {
    'terraform.tfstate': '{"version":4,"outputs":{},"resources":[]}\n',
    '.terraform/terraform.tfstate': '{"version":3,"backend":{"type":"s3"}}\n',
    'encrypted.tfstate': '{"meta":{},"encrypted_data":"bm8=","encryption_version":"v0"}\n',
    '.terraform.tfstate.lock.info': '{"ID":"1"}\n',
    'prod.kubeconfig': kubeconfig('{ exec: { command: aws } }'),
    'stage.kubeconfig': kubeconfig('{ client-key: web.key, client-certificate-data: bm8= }'),
    'test.kubeconfig': kubeconfig('{ token: REDACTED }'),
    '.vault_pass.sh': '#!/bin/sh\npass show vault\n',
    '.vault_pass': '{{ vault_password }}\n',
    'lfs/terraform.tfstate': 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n',
    'secrets.dec.yaml': `a: ENC[AES256_GCM,data:kQ==]\nsops:\n  mac: ENC[AES256_GCM,data:kQ==]\n  lastmodified: "2026-01-01T00:00:00Z"\n`,
    'decrypted.sh': 'echo\n',
    '.env': 'LEVEL=info\n',
    'apps/.env.production': `DB_PASSWORD_FILE=/run/secrets/db\nURL=https://example.org\n`,
  };
  expect(await findingsIn(files)).toEqual([]);
});

test('keystores are found by their names, unless they are encrypted or kept elsewhere', async () => {
  const keystore = '0\u0001\0\u0002';
  const files = {
    'web.p12': keystore,
    'web.pfx': keystore,
    'keys/web.jks': keystore,
    'keys/truststore.jks': keystore,
    'keys/cacerts.p12': keystore,
    'keys/debug.keystore': keystore,
    'crypt/web.p12': '\0GITCRYPT\0\u0001',
    'crypt/.env': '\0GITCRYPT\0\u0001',
    'crypt/terraform.tfstate': '\0GITCRYPT\0\u0001',
    'lfs/web.p12': 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n',
    'test/fixtures/web.p12': keystore,
  };
  expect(await findingsIn(files)).toEqual(['keys/web.jks:1 sensitive-file', 'web.p12:1 sensitive-file', 'web.pfx:1 sensitive-file']);
});

describe('values that look random', () => {
  const dice = diceFrom(7);
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  const alphanumeric = `${lower}${lower.toUpperCase()}0123456789`;
  const chosen = [{ ...highEntropy, id: 'secrets/high-entropy', presets: { recommended: {}, strict: {} } }] as readonly Rule[];
  /** A digit or two in front, because one value in many has none. */
  const made = (alphabet: string, length: number) => `7${pick(dice, alphabet, length - 2)}3`;

  // Shorter ones have fewer bits a character than the rule asks for: one in three of 24 characters in base64.
  test.each([
    ['hexadecimal digits', '0123456789abcdef', [36, 48]],
    ['letters and digits', alphanumeric, [40, 48, 64]],
    ['base64url', `${alphanumeric}-_`, [40, 48, 64]],
    ['base64', `${alphanumeric}+/`, [40, 48, 64]],
  ])('%s are a note in YAML, JSON, HCL and a workflow, 99 of 100', async (_, alphabet, lengths) => {
    const values = lengths.flatMap(length => Array.from({ length: 100 }, () => made(alphabet, length)));
    const files = {
      'a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata:\n${values.map((value, index) => `  custom-${index}: "${value}"\n`).join('')}`,
      'config.json': JSON.stringify({ web: { custom: values } }, null, 1),
      'main.tf': `locals {\n${values.map((value, index) => `  custom${index} = "${value}"\n`).join('')}}\n`,
      '.github/workflows/ci.yaml': `on: push\nenv:\n${values.map((value, index) => `  CUSTOM_${index}: "${value}"\n`).join('')}jobs: {}\n`,
    };
    const found = await findingsIn(files, chosen);
    for (const path of Object.keys(files)) {
      expect(found.filter(line => line.startsWith(path)).length, path).toBeGreaterThanOrEqual(0.99 * values.length);
    }
  });

  test.each([
    ['digests of all lengths', () => [32, 40, 64, 96, 128].map(length => made('0123456789abcdef', length))],
    [
      'digests with the name of their function',
      () => ['sha256:', 'sha256-', 'sha512-', 'h1:', 'zh:'].map(prefix => `${prefix}${made(alphanumeric, 43)}`),
    ],
    ['UUIDs', () => ['0b6d8f0e-8a1b-4c2d-9e3f-a1b2c3d4e5f6', 'urn:uuid:0b6d8f0e-8a1b-4c2d-9e3f-a1b2c3d4e5f6']],
    [
      'public keys and certificates',
      () => [
        `ssh-rsa AAAAB3NzaC1yc2E${made(alphanumeric, 60)}`,
        `-----BEGIN CERTIFICATE-----\nMIIB${made(alphanumeric, 60)}\n-----END CERTIFICATE-----`,
        `age1${made('qpzry9x8gf2tvdw0s3jn54khce6mua7l', 58)}`,
      ],
    ],
    [
      'what is encrypted',
      () => [`ENC[AES256_GCM,data:${made(alphanumeric, 40)}]`, `AgB${made(alphanumeric, 200)}`, `vault:v1:${made(alphanumeric, 40)}`],
    ],
    [
      'images, actions, paths, hosts and URLs',
      () => [
        'ghcr.io/shop/web2:1.20.3-alpine3.19@sha256:9f86d0',
        `actions/checkout@${made('0123456789abcdef', 40)}`,
        `/var/lib/${made(alphanumeric, 30)}`,
        `${made(lower, 20)}.eu-west-1.rds.amazonaws.com`,
        `https://example.org/${made(alphanumeric, 30)}`,
      ],
    ],
    [
      'names and sentences',
      () => [
        'web-frontend-production-eu-west-1a-blue2',
        'com.example.shop2.OrderRepositoryV3',
        'ThisIsTheNameOfAVeryLongClass42',
        'order_items_by_customer_2024_01',
        'the quick brown fox jumps over 13 lazy dogs',
      ],
    ],
    [
      'templates and references',
      () => [`\${PREFIX}${made(alphanumeric, 30)}`, `{{ .x }}${made(alphanumeric, 30)}`, `arn:aws:iam::111122223333:role/${made(alphanumeric, 20)}`],
    ],
    [
      'runs and repetitions',
      () => ['abcdefghijklmnopqrstuvwxyz0123456789', '1234567890abcdefghij1234567890', 'aB3aB3aB3aB3aB3aB3aB3aB3', 'qwertyuiop1234567890asdfghjkl'],
    ],
  ])('%s are none', async (_, values) => {
    for (const value of values()) {
      expect(
        await findingsIn(
          { 'a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata:\n  custom: ${JSON.stringify(value)}\n` },
          chosen,
        ),
        value,
      ).toEqual([]);
    }
  });

  test.each([
    'tag',
    'newTag',
    'ref',
    'revision',
    'targetRevision',
    'commit',
    'digest',
    'checksum',
    'resourceVersion',
    'uid',
    'caBundle',
    'fingerprint',
    'clientId',
    'hash',
  ])('under %s nothing is random', async key => {
    expect(await findingsIn({ 'config/web.yaml': `web:\n  ${key}: ${made(alphanumeric, 32)}\n` }, chosen)).toEqual([]);
  });
});

test('bad input ends in time', async () => {
  const files = {
    'long.tf': `locals {\n  a = "${'x1'.repeat(300_000)}"\n  password = ${'"'.repeat(100_001)}\n}\n`,
    'deep.tfvars': `password = ${'merge('.repeat(50_000)}`,
    'calls.tf': `locals {\n  a = ${'jsonencode('.repeat(3000)}{ password = "${word}" }${')'.repeat(3000)}\n}\n`,
    'wide.tfstate': JSON.stringify({
      version: 4,
      resources: Array.from({ length: 5000 }, () => ({ instances: [{ attributes: { password: word } }] })),
    }),
    'lines.env': `${'PASSWORD=\n'.repeat(50_000)}`,
    '.env': `A${'='.repeat(200_000)}\nPASSWORD=${'a1'.repeat(100_000)}\n`,
  };
  const start = performance.now();
  await findingsIn(files, [...rules, { ...highEntropy, id: 'secrets/high-entropy', presets: { recommended: {}, strict: {} } }] as readonly Rule[]);
  expect(performance.now() - start).toBeLessThan(15_000);
});
