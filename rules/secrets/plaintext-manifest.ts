import { defineRule } from '../../src/core/rule.ts';

export const plaintextManifest = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'A Secret or a secret generator holds a value that everybody can read.',
  rationale:
    'Base64 is no encryption, and Git keeps what was committed once: whoever may read the repository, its clones and its backups has the value.',
  compliance: ['NIS2 21(2)(h)', 'NIS2 21(2)(i)', 'DORA 9(4)(d)', 'RTS 7', 'SSCS 1.5.1', 'CIS-K8s 5.4'],
  since: '0.1.0',
  leaks: true,

  *check(repo, { secrets }) {
    for (const found of secrets.credentialsIn(repo, 'secrets')) {
      if ('skipped' in found) {
        yield found;
        continue;
      }
      const { at, key, holder, strength, usedAt } = found;
      if (strength === 'unset') continue;
      yield {
        at,
        message: `"${key}" of ${holder} is in plain text: encrypt it, or keep it in a secret store, and change it`,
        ...(usedAt && { related: [{ at: usedAt, message: 'goes into the Secret here' }] }),
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'base64, and values that are not encoded',
        files: {
          'apps/shop/secret.yaml': `
            apiVersion: v1
            data:
              password: aHVudGVyMg==
              username: c2hvcA==
            stringData:
              url: postgres://shop:hunter2@db.shop:5432/shop
              host: db.shop
            kind: Secret
            metadata:
              name: shop-db
          `,
        },
        findings: [
          'apps/shop/secret.yaml:3:13 "password" of Secret "shop-db" is in plain text: encrypt it, or keep it in a secret store, and change it',
          'apps/shop/secret.yaml:6:8 "url" of Secret "shop-db" is in plain text: encrypt it, or keep it in a secret store, and change it',
        ],
      },
      {
        title: 'Secrets in a List, in Helm values and in the text of a ConfigMap',
        files: {
          'apps/list.yaml': `
            apiVersion: v1
            kind: List
            items:
              - apiVersion: v1
                kind: Secret
                metadata: { name: one }
                stringData: { api-key: k3Jd02mfQ8 }
          `,
          'charts/web/Chart.yaml': `
            apiVersion: v2
            name: web
            version: 1.0.0
          `,
          'charts/web/values.yaml': `
            extraObjects:
              - apiVersion: v1
                kind: Secret
                metadata: { name: two }
                stringData:
                  token: k3Jd02mfQ8
          `,
          'apps/bundle.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: bundle }
            data:
              objects.yaml: |
                apiVersion: v1
                kind: Secret
                metadata: { name: three }
                stringData:
                  password: correct-horse
          `,
        },
        findings: [
          'apps/list.yaml:7:28 "api-key" of Secret "one" is in plain text: encrypt it, or keep it in a secret store, and change it',
          'charts/web/values.yaml:6:14 "token" of Secret "two" is in plain text: encrypt it, or keep it in a secret store, and change it',
          'apps/bundle.yaml:10:7 "password" of Secret "three" is in plain text: encrypt it, or keep it in a secret store, and change it',
        ],
      },
      {
        title: 'a value that stands as it is in the template of a chart',
        files: {
          'charts/web/Chart.yaml': `
            apiVersion: v2
            name: web
            version: 1.0.0
          `,
          'charts/web/templates/secret.yaml': `
            apiVersion: v1
            kind: Secret
            metadata:
              name: {{ .Release.Name }}
            stringData:
              username: {{ .Values.username | quote }}
              password: correct-horse # for now
            {{- if .Values.token }}
              token: {{ .Values.token }}
            {{- end }}
          `,
        },
        findings: [
          'charts/web/templates/secret.yaml:7:13 "password" of the Secret is in plain text: encrypt it, or keep it in a secret store, and change it',
        ],
      },
      {
        title: 'what a kustomization makes a Secret of',
        files: {
          'apps/web/kustomization.yaml': `
            secretGenerator:
              - name: web
                literals:
                  - username=web
                  - password=correct-horse
                envs: [web.env]
                files: [signing-key.txt]
          `,
          'apps/web/web.env': 'LOG_LEVEL=debug\nSESSION_SECRET=8fJq2mZ0pLw7\n',
          'apps/web/signing-key.txt': 'Zk9vQ2x1TnRyN0pXb1hhUg',
        },
        findings: [
          'apps/web/kustomization.yaml:5:9 "password" of secret generator "web" is in plain text: encrypt it, or keep it in a secret store, and change it',
          'apps/web/signing-key.txt:1:1 "signing-key.txt" of secret generator "web" is in plain text: encrypt it, or keep it in a secret store, and change it',
          'apps/web/web.env:2:1 "SESSION_SECRET" of secret generator "web" is in plain text: encrypt it, or keep it in a secret store, and change it',
        ],
      },
    ],
    good: [
      {
        title: 'placeholders, references and what is no secret',
        files: {
          'apps/shop/secret.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: shop }
            data:
              password: PHBhdGg6c2VjcmV0L2RhdGEvc2hvcCNwYXNzd29yZD4=
              note: Y2hhbmdlbWU=
            stringData:
              admin-password: <path:secret/data/shop#admin>
              api-token: ref+vault://secret/shop#/token
              db-password: op://shop/db/password
              AWS_SECRET_ACCESS_KEY: UPDATE_AWS_SECRET_ACCESS_KEY
              keyPassword: __REPLACE_ME__
              tenant-id: 5e9326ee-ac8d-40bf-9060-e91dbe9d9000
              url: https://shop.example.org/hook
              tls.crt: |
                -----BEGIN CERTIFICATE-----
                MIIBhTCCASugAwIBAgIQIRi6zePL6mKjOipn+dNuaTAKBggqhkjOPQQDAjASMRAw
                -----END CERTIFICATE-----
              settings.yaml: |
                logLevel: debug
                passwordFile: /run/secrets/password
              enabled: "true"
              timeout: 30s
          `,
        },
      },
      {
        title: 'kinds whose name only ends with it, and encrypted ones',
        files: {
          'apps/external.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: db }
            spec: { data: [{ secretKey: password, remoteRef: { key: prod/db } }] }
          `,
          'apps/sops.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData: { password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", comment: correct-horse-battery }
            sops: { mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", lastmodified: "2026-01-01T00:00:00Z" }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a value that Flux fills in',
        files: {
          'apps/secret.yaml': `
            apiVersion: v1
            kind: Secret
            metadata: { name: db }
            stringData:
              password: \${DB_PASSWORD}
          `,
        },
      },
    ],
  },
});
