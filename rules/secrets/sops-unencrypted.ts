import type { UnencryptedFile } from '../../src/core/protection.ts';
import { defineRule } from '../../src/core/rule.ts';

export const sopsUnencrypted = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'A file that SOPS is to encrypt is committed in plain text, or .sops.yaml has a rule that SOPS cannot use.',
  rationale:
    'The commonest accident with SOPS: a file is edited and `sops encrypt` is forgotten. A creation rule of the nearest `.sops.yaml` says what is to be encrypted, or the name of the file does (`*.sops.yaml`, `*.enc.yaml`), or encrypted files beside it. Where a rule matches more than secrets, a Secret or a credential has to be in the file. An expression that Go does not compile keeps SOPS from encrypting anything.',
  compliance: ['NIS2 21(2)(h)', 'RTS 7'],
  since: '0.1.0',
  leaks: false,

  *check(repo, { protection: { sops } }) {
    for (const { problems } of sops.configs) yield* problems;
    for (const file of repo.files.values()) {
      const found = sops.unencryptedIn(file);
      if (found === undefined) continue;
      if ('skipped' in found) yield found;
      else {
        const { at, key, because } = found;
        yield {
          at,
          message: `"${key}" is in plain text, but ${reason(found)}: run "sops encrypt --in-place" on the file, and change what was readable`,
          ...(typeof because === 'object' && {
            related: [
              'neighbour' in because ? { at: { path: because.neighbour }, message: 'is encrypted' } : { at: because.at, message: 'the rule' },
            ],
          }),
        };
      }
    }
  },

  examples: {
    bad: [
      {
        title: 'a Secret that a creation rule matches',
        files: {
          '.sops.yaml': `
            creation_rules:
              - path_regex: ^production/
                encrypted_regex: ^(data|stringData)$
                age: age1production
          `,
          'production/db.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData:
              password: correct-horse
          `,
        },
        findings: [
          'production/db.yaml:5:13 "password" is in plain text, but rule 1 of ".sops.yaml" is for this path: run "sops encrypt --in-place" on the file, and change what was readable',
        ],
      },
      {
        title: 'the nearest .sops.yaml counts, and paths are relative to it',
        files: {
          '.sops.yaml': 'creation_rules: [{ path_regex: ^nothing$, age: age1other }]\n',
          'apps/.sops.yaml': 'creation_rules: [{ path_regex: ^secrets/, age: age1apps }]\n',
          'apps/secrets/web.yaml': 'web: { apiToken: correct-horse-battery-staple }\n',
          'apps/secrets/mail.env': 'HOST=mail.example.org\nSMTP_PASSWORD=correct-horse\n',
        },
        findings: [
          'apps/secrets/mail.env:1:6 "HOST" is in plain text, but rule 1 of "apps/.sops.yaml" is for this path: run "sops encrypt --in-place" on the file, and change what was readable',
          'apps/secrets/web.yaml:1:18 "apiToken" is in plain text, but rule 1 of "apps/.sops.yaml" is for this path: run "sops encrypt --in-place" on the file, and change what was readable',
        ],
      },
      {
        title: 'by its name, and by its neighbours',
        files: {
          'talos/talsecret.sops.yaml': 'cluster: { id: aG9yc2U, secret: correct-horse }\n',
          'apps/web/secrets.yaml': `
            db:
              password: correct-horse
          `,
          'apps/mail/secrets.yaml': `
            db:
              password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
            sops:
              age: [{ recipient: age1apps, enc: key }]
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
        },
        findings: [
          'apps/web/secrets.yaml:2:13 "password" is in plain text, but "apps/mail/secrets.yaml" is encrypted: run "sops encrypt --in-place" on the file, and change what was readable',
          'talos/talsecret.sops.yaml:1:16 "id" is in plain text, but its name says that SOPS encrypts it: run "sops encrypt --in-place" on the file, and change what was readable',
        ],
      },
      {
        title: 'expressions that Go does not compile, and two words where SOPS takes one',
        files: {
          '.sops.yaml': `
            creation_rules:
              - path_regex: ^secrets/(.*
                age: age1one
              - path_regex: \\.enc\\.yaml$
                encrypted_regex: "*password"
                age: age1two
              - encrypted_suffix: Secret
                unencrypted_regex: ^name$
                age: age1three
          `,
        },
        findings: [
          '.sops.yaml:2:17 "path_regex" is no regular expression of Go, and SOPS refuses the file: missing closing ) "^secrets/(.*"',
          '.sops.yaml:5:22 "encrypted_regex" is no regular expression of Go, so that nothing is encrypted: missing argument to repetition operator "*"',
          '.sops.yaml:8:24 "unencrypted_regex" beside "encrypted_suffix": SOPS takes one of them and refuses the rule: keep one',
        ],
      },
    ],
    good: [
      {
        title: 'values of a program that is called after secrets',
        files: {
          '.sops.yaml': 'creation_rules: [{ path_regex: .*secret.*, age: age1all }]\n',
          'apps/external-secrets/values.yaml': 'replicas: 2\nimage: { tag: v1.0.0 }\n',
          'apps/external-secrets/store.yaml':
            'apiVersion: external-secrets.io/v1\nkind: ClusterSecretStore\nmetadata: { name: vault }\nspec: { provider: { fake: { data: [] } } }\n',
          'apps/sealed-secrets.yaml': 'replicas: 2\n',
          'docs/secrets.md': '# How we keep secrets\n',
        },
      },
      {
        title: 'a rule for everything: settings and ConfigMaps are no secrets',
        files: {
          '.sops.yaml': 'creation_rules: [{ encrypted_regex: ^(data|stringData)$, age: age1all }]\n',
          'apps/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { level: debug }\n',
          'apps/values.yaml': 'data: { replicas: 2, image: web }\n',
        },
      },
      {
        title: 'the first rule that matches leaves the value in plain text, and so do a key and a suffix that nothing has',
        files: {
          '.sops.yaml': `
            creation_rules:
              - { path_regex: ^secrets/public, encrypted_regex: ^nothing$, age: age1one }
              - { path_regex: ^secrets/, age: age1two }
          `,
          'secrets/public.yaml': 'password: correct-horse\n',
          'secrets/notes.yaml': 'password_unencrypted: correct-horse\n',
        },
      },
      {
        title: 'rules of a .sops.yaml further up do not count',
        files: {
          '.sops.yaml': 'creation_rules: [{ path_regex: .*, age: age1all }]\n',
          'apps/.sops.yaml': 'creation_rules: [{ path_regex: ^secrets/, age: age1apps }]\n',
          'apps/web/values.yaml': 'web: { password: correct-horse }\n',
        },
      },
      {
        title: 'kustomizations, the config itself, generators of KSOPS, sealed and external secrets, placeholders and references',
        files: {
          'secrets/.sops.yaml': 'creation_rules: [{ age: age1all, path_regex: .* }]\n',
          'secrets/kustomization.yaml': 'generators: [generator.sops.yaml]\nsecretGenerator: [{ name: db, envs: [db.sops.env] }]\n',
          'secrets/generator.sops.yaml': `
            apiVersion: viaduct.ai/v1
            kind: ksops
            metadata: { name: generator }
            files: [./db.sops.yaml]
          `,
          'secrets/external.sops.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: db }
            spec: { data: [{ secretKey: password, remoteRef: { key: prod/db } }] }
          `,
          'secrets/db.sops.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData: { password: <path:secret/data/db#password>, token: ref+vault://secret/db#/token, empty: "" }
          `,
          'secrets/db.sops.env': '# filled in by hand\nPASSWORD=\nTOKEN=CHANGEME\n',
        },
      },
      {
        title: 'encrypted in every store',
        files: {
          '.sops.yaml': 'creation_rules: [{ path_regex: ^secrets/, age: age1all }]\n',
          'secrets/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1all, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'secrets/db.env':
            'PASSWORD=ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]\nsops_age__list_0__map_enc=key\nsops_age__list_0__map_recipient=age1all\nsops_lastmodified=2025-12-01T00:00:00Z\nsops_mac=ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]\nsops_version=3.10.2\n',
          'secrets/db.ini':
            '[db]\npassword = ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]\n\n[sops]\nage__list_0__map_enc = key\nage__list_0__map_recipient = age1all\nlastmodified = 2025-12-01T00:00:00Z\nmac = ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]\nversion = 3.10.2\n',
          'secrets/tls.key':
            '{"data": "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", "sops": {"age": [{"recipient": "age1all", "enc": "key"}], "lastmodified": "2025-12-01T00:00:00Z", "mac": "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", "version": "3.10.2"}}\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a Secret that a script fills in before it is encrypted',
        files: {
          'bootstrap/github.sops.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: github }
            stringData: { token: "\${BOOTSTRAP_GITHUB_TOKEN}" }
          `,
        },
      },
      {
        title: 'a template that becomes a Secret',
        files: {
          '.sops.yaml': 'creation_rules: [{ path_regex: ^secrets/, age: age1all }]\n',
          'secrets/db.yaml.tmpl': 'apiVersion: v1\nkind: Secret\nmetadata: { name: {{ .name }} }\nstringData: { password: {{ .password }} }\n',
        },
      },
    ],
  },
});

function reason({ because }: UnencryptedFile): string {
  if (because === 'name') return 'its name says that SOPS encrypts it';
  return 'neighbour' in because ? `"${because.neighbour}" is encrypted` : `rule ${because.number} of "${because.config}" is for this path`;
}
