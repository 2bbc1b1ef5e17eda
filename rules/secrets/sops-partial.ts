import type { ReadableValue } from '../../src/core/protection.ts';
import { defineRule } from '../../src/core/rule.ts';

export const sopsPartial = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'A file that SOPS has encrypted holds a value in plain text, or metadata that SOPS refuses.',
  rationale:
    'The metadata of an encrypted file says which of its values are ciphertext. A value that was added by hand is readable and keeps SOPS from decrypting the file; a key that the `encrypted_regex` in the file does not match stays in plain text, whatever `.sops.yaml` says by now. The checksum cannot be verified without the key, but a file without it, without a recipient or with a damaged time is refused.',
  compliance: ['NIS2 21(2)(h)', 'RTS 7'],
  since: '0.1.0',

  *check(_repo, { protection: { sops } }) {
    for (const file of sops.files.values()) {
      yield* file.problems;
      for (const found of sops.readableIn(file)) yield 'skipped' in found ? found : { at: found.at, message: describe(found) };
    }
  },

  examples: {
    bad: [
      {
        title: 'a value that was added by hand, and one that lost a part',
        files: {
          'apps/db.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData:
              user: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              password: correct-horse
              token: "ENC[AES256_GCM,data:kQ==,iv:aa==]"
            sops:
              age: [{ recipient: age1apps, enc: key }]
              encrypted_regex: ^(data|stringData)$
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
        },
        findings: [
          'apps/db.yaml:6:13 "password" is in plain text in an encrypted file: set it with "sops set" or "sops edit", and change it',
          'apps/db.yaml:7:10 the ciphertext of "token" is damaged: restore it, or set it again with "sops set"',
        ],
      },
      {
        title: 'an expression in the file that leaves a credential out',
        files: {
          'apps/db.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            data: { token: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            stringData: { password: correct-horse }
            sops:
              age: [{ recipient: age1apps, enc: key }]
              encrypted_regex: ^data$
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
        },
        findings: [
          'apps/db.yaml:5:25 "password" is in plain text, because "encrypted_regex" in the metadata of the file does not match it: encrypt the file anew with one that does, and change it',
        ],
      },
      {
        title: 'metadata that SOPS refuses, in YAML, JSON and dotenv',
        files: {
          'apps/db.yaml': `
            password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
            sops:
              age: []
              lastmodified: yesterday
              mac: ""
              version: 3.10.2
          `,
          'apps/web.json':
            '{"password": "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", "sops": {"age": [{"recipient": "age1apps", "enc": ""}], "lastmodified": "2025-12-01T00:00:00Z", "mac": "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"}}\n',
          'apps/mail.env':
            'PASSWORD=correct-horse\nsops_age__list_0__map_enc=key\nsops_age__list_0__map_recipient=age1apps\nsops_encrypted_regex=^(PASS\nsops_lastmodified=2025-12-01T00:00:00Z\nsops_mac=ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]\nsops_version=3.10.2\n',
        },
        findings: [
          'apps/db.yaml:3:3 the metadata of SOPS has no recipient, so that nobody can decrypt the file: encrypt it again',
          'apps/db.yaml:4:17 "lastmodified" of SOPS is no time, and SOPS refuses the file: restore it, or encrypt the file again',
          'apps/db.yaml:5:8 the metadata of SOPS has no checksum "mac", and SOPS refuses the file: encrypt it again',
          'apps/mail.env:4:22 "encrypted_regex" in the metadata of SOPS is no regular expression of Go: encrypt the file again',
          'apps/web.json:1:77 the metadata of SOPS has no "version", and SOPS refuses the file: encrypt it again',
          'apps/web.json:1:86 a recipient of SOPS without its key or "enc": run "sops updatekeys"',
        ],
      },
    ],
    good: [
      {
        title: 'what SOPS leaves in plain text: empty values, nulls, the suffix that it knows, what the expression does not match',
        files: {
          'apps/values.yaml': `
            db:
              password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              port: ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:int]
              note: ""
              nothing: null
              absent:
              list: []
              host_unencrypted: db.example.org
            sops:
              age: [{ recipient: age1apps, enc: key }]
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              mac_only_encrypted: true
              version: 3.10.2
          `,
          'apps/release.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db, labels: { app: db } }
            type: Opaque
            stringData: { password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            sops:
              kms: [{ arn: "arn:aws:kms:eu-west-1:111122223333:key/4f5d", created_at: "2025-12-01T00:00:00Z", enc: key }]
              encrypted_regex: ^(data|stringData)$
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
        },
      },
      {
        title: 'what a comment says to leave or to encrypt',
        files: {
          'apps/values.yaml': `
            # public
            host: db.example.org
            port: ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:int]
            sops:
              age: [{ recipient: age1apps, enc: key }]
              unencrypted_comment_regex: public
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
        },
      },
      {
        title: 'settings of an operator that are called sops, and a Secret whose user is left out on purpose',
        files: {
          'apps/values.yaml': 'sops: { enabled: true, version: 3.10.2 }\npassword: correct-horse\n',
          'apps/db.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData: { username: shop, password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            sops:
              age: [{ recipient: age1apps, enc: key }]
              encrypted_regex: ^password$
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a comment of which it cannot be told what it is for',
        files: {
          'apps/values.yaml': `
            hosts:
              - db.example.org
              # public

            port: 5432
            sops:
              age: [{ recipient: age1apps, enc: key }]
              encrypted_comment_regex: secret
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
        },
      },
      {
        title: 'a value beside the encrypted ones that Flux fills in',
        files: {
          'apps/db.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            data: { token: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]" }
            stringData: { password: "\${PASSWORD}" }
            sops:
              age: [{ recipient: age1apps, enc: key }]
              encrypted_regex: ^data$
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
        },
      },
    ],
  },
});

function describe({ key, why, by = '' }: ReadableValue): string {
  if (why === 'damaged') return `the ciphertext of "${key}" is damaged: restore it, or set it again with "sops set"`;
  if (why === 'left') return `"${key}" is in plain text in an encrypted file: set it with "sops set" or "sops edit", and change it`;
  return `"${key}" is in plain text, because "${by}" in the metadata of the file does not match it: encrypt the file anew with one that does, and change it`;
}
