import { defineRule } from '../../src/core/rule.ts';
import type { SensitiveFile } from '../../src/core/secrets.ts';

export const sensitiveFile = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'A file that holds secrets as a whole is tracked: a Terraform state, an environment file, a kubeconfig, a keystore.',
  rationale: 'A state has every password of what it made in plain text, and a kubeconfig lets whoever finds it in. Git keeps both for ever.',
  compliance: ['NIS2 21(2)(h)', 'SSCS 1.5.1'],
  since: '0.1.0',
  leaks: true,

  *check(repo, { secrets }) {
    for (const found of secrets.sensitiveFilesIn(repo)) {
      if ('skipped' in found) {
        yield found;
        continue;
      }
      const { at, kind, credentials = [] } = found;
      const related = credentials.slice(0, mostRelated).map(({ at: place, path }) => ({ at: place, message: `"${path.join('.')}"` }));
      yield { at, message: messages[kind], ...(related.length > 0 && { related }) };
    }
  },

  examples: {
    bad: [
      {
        title: 'a state, variables of a program, a kubeconfig, the password of Ansible Vault and what was decrypted',
        files: {
          'prod/terraform.tfstate': `
            { "version": 4, "outputs": { "password": { "value": "Tr0ub4dor3x", "type": "string", "sensitive": true } }, "resources": [] }
          `,
          'prod/terraform.tfstate.backup': '{ "version": 4, "resources": [\n  { "type": "random_password" }\n] }\n',
          'apps/web/.env': 'LOG_LEVEL=info\nDB_PASSWORD="Tr0ub4dor3x"\nexport API_TOKEN=k3Jd02mfQ8x # of the shop\n',
          'clusters/prod.kubeconfig': `
            apiVersion: v1
            kind: Config
            users:
              - name: admin
                user: { client-certificate: admin.crt, token: k3Jd02mfQ8x }
          `,
          'ansible/.vault_pass': 'correct-horse-42\n',
          'secrets/db.dec.yaml': 'username: web\n',
        },
        findings: [
          'ansible/.vault_pass:1:1 the password of Ansible Vault opens every vault: leave it out of Git, and change it',
          'apps/web/.env:1:1 an environment file has credentials in plain text: leave it out of Git, and change them',
          'clusters/prod.kubeconfig:1:1 a kubeconfig has credentials in plain text: leave it out of Git, and change them',
          'prod/terraform.tfstate.backup:1:1 a Terraform state has every value in plain text: keep it in a backend, and change the secrets in it',
          'prod/terraform.tfstate:1:1 a Terraform state has every value in plain text: keep it in a backend, and change the secrets in it',
          'secrets/db.dec.yaml:1:1 a file was decrypted and tracked: remove it, and change the secrets in it',
        ],
      },
    ],
    good: [
      {
        title: 'examples, what is encrypted or kept elsewhere, and files that hold nothing',
        files: {
          'apps/web/.env': 'LOG_LEVEL=info\nDB_PASSWORD=\nAPI_TOKEN_FILE=/run/secrets/token\n',
          'apps/web/.env.example': 'DB_PASSWORD=Tr0ub4dor3x\n',
          'apps/api/.env':
            'DB_PASSWORD=ENC[AES256_GCM,data:bm8=,iv:bm8=,tag:bm8=,type:str]\nsops_mac=ENC[AES256_GCM,data:bm8=,type:str]\nsops_version=3.9.0\n',
          'apps/api/.env.production': 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935\nsize 12345\n',
          'prod/.terraform/terraform.tfstate':
            '{ "version": 3, "backend": { "type": "s3" }, "modules": [{ "path": ["root"], "outputs": {}, "resources": {} }] }\n',
          'prod/terraform.tfstate': '{ "version": 4, "outputs": {}, "resources": [] }\n',
          'stage/terraform.tfstate': '{ "meta": { "key_provider.pbkdf2.main": "bm8=" }, "encrypted_data": "bm8=", "encryption_version": "v0" }\n',
          'clusters/kubeconfig': `
            apiVersion: v1
            kind: Config
            users:
              - name: admin
                user: { exec: { command: aws, apiVersion: client.authentication.k8s.io/v1 } }
              - name: other
                user: { client-certificate-data: bm8=, client-key: admin.key }
              - name: filled
                user: { token: "\${TOKEN}" }
          `,
          'ansible/.vault_pass.sh': '#!/bin/sh\npass show vault\n',
          'secrets/db.dec.yaml': 'password: ENC[AES256_GCM,data:bm8=,type:str]\nsops: { mac: x, lastmodified: x }\n',
          '.gitattributes': 'private/** filter=git-crypt diff=git-crypt\n',
          'private/.env': 'DB_PASSWORD=Tr0ub4dor3x\n',
        },
      },
    ],
    unknown: [{ title: 'variables that the shell fills in', files: { 'apps/web/.env': `DB_PASSWORD=\${DB_PASSWORD}\n` } }],
  },
});

const mostRelated = 10;

const messages: Readonly<Record<SensitiveFile['kind'], string>> = {
  state: 'a Terraform state has every value in plain text: keep it in a backend, and change the secrets in it',
  environment: 'an environment file has credentials in plain text: leave it out of Git, and change them',
  kubeconfig: 'a kubeconfig has credentials in plain text: leave it out of Git, and change them',
  keystore: 'a keystore holds private keys: keep it in a secret store, and make new ones',
  'vault password': 'the password of Ansible Vault opens every vault: leave it out of Git, and change it',
  decrypted: 'a file was decrypted and tracked: remove it, and change the secrets in it',
};
