import { includesProduction } from '../../src/core/environment.ts';
import { environmentsOfFile } from '../../src/core/environments-of-file.ts';
import { defineRule } from '../../src/core/rule.ts';

interface Options {
  readonly keyAlone: boolean;
}

export const workloadLiteral = defineRule<'repo', Options>({
  severity: 'error',
  presets: { recommended: {}, strict: { options: { keyAlone: true } }, regulated: { options: { keyAlone: true } } },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'An object that is no Secret holds a credential: in a variable, an argument, a ConfigMap, a parameter or another field.',
  rationale:
    'Whoever may look at a workload, a ConfigMap or an Application reads its fields, far more people than those who may read Secrets, and Git keeps them for ever.',
  compliance: ['NIS2 21(2)(h)', 'NIS2 21(2)(i)', 'DORA 9(4)(d)', 'CIS-K8s 5.4.1'],
  since: '0.1.0',
  leaks: true,
  options: {
    schema: {
      keyAlone: { type: 'boolean', description: 'Whether also values are reported that only their name gives away, as a warning.' },
    },
    defaults: { keyAlone: false },
  },

  *check(repo, { secrets, options: { keyAlone } }) {
    for (const found of secrets.credentialsIn(repo, 'objects')) {
      if ('skipped' in found) {
        yield found;
        continue;
      }
      const { at, key, holder, strength, isPassword, usedAt } = found;
      if (strength === 'unset') continue;
      const related = usedAt && { related: [{ at: usedAt, message: 'goes into the object here' }] };
      if (strength === 'strong') {
        yield { at, message: `"${key}" of ${holder} is a credential in plain text: take it from a Secret, and change it`, ...related };
      } else if (isPassword && includesProduction(environmentsOfFile(repo, at.path), repo.environments)) {
        yield {
          at,
          severity: 'warning',
          message: `"${key}" of ${holder} is a weak password, and production gets it: take a strong one from a Secret`,
          ...related,
        };
      } else if (keyAlone) {
        yield { at, severity: 'warning', message: `"${key}" of ${holder} is named like a credential: take it from a Secret`, ...related };
      }
    }
  },

  examples: {
    bad: [
      {
        title: 'variables, arguments and the data of a ConfigMap',
        files: {
          'apps/web.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              template:
                spec:
                  containers:
                    - name: web
                      image: registry.example.org/web:1.0
                      env:
                        - name: DB_USER
                          value: web
                        - name: DB_PASSWORD
                          value: hunter22
                      args: [--port=80, --password, hunter22, --api-token=k3Jd02mfQ8]
          `,
          'apps/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: settings }
            data:
              LOG_LEVEL: debug
              SESSION_SECRET: 8fJq2mZ0pLw7
              application.properties: |
                spring.datasource.username=web
                spring.datasource.password=hunter22
              config.json: '{"log": "info", "clientSecret": "k3Jd02mfQ8"}'
          `,
        },
        findings: [
          'apps/web.yaml:14:22 "DB_PASSWORD" of Deployment "web" is a credential in plain text: take it from a Secret, and change it',
          'apps/web.yaml:15:41 "password" of Deployment "web" is a credential in plain text: take it from a Secret, and change it',
          'apps/web.yaml:15:51 "api-token" of Deployment "web" is a credential in plain text: take it from a Secret, and change it',
          'apps/settings.yaml:6:19 "SESSION_SECRET" of ConfigMap "settings" is a credential in plain text: take it from a Secret, and change it',
          'apps/settings.yaml:9:5 "spring.datasource.password" of ConfigMap "settings" is a credential in plain text: take it from a Secret, and change it',
          'apps/settings.yaml:10:33 "clientSecret" of ConfigMap "settings" is a credential in plain text: take it from a Secret, and change it',
        ],
      },
      {
        title: 'parameters of Argo CD, elements of a generator, and what Flux substitutes',
        files: {
          'argocd/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web }
            spec:
              project: web
              destination: { server: https://kubernetes.default.svc, namespace: web }
              source:
                repoURL: https://charts.example.org
                chart: web
                targetRevision: 1.0.0
                helm:
                  parameters:
                    - name: auth.password
                      value: hunter22
          `,
          'argocd/set.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: shops }
            spec:
              generators:
                - list:
                    elements:
                      - { shop: one, apiKey: k3Jd02mfQ8 }
              template:
                metadata: { name: 'shop-{{shop}}' }
                spec:
                  project: shops
                  destination: { name: in-cluster, namespace: shops }
                  source: { repoURL: https://charts.example.org, chart: shop, targetRevision: 1.0.0 }
          `,
          'clusters/one/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 10m
              prune: true
              path: ./apps
              sourceRef: { kind: GitRepository, name: flux-system }
              postBuild:
                substitute: { admin_password: Tr0ub4dor3 }
          `,
        },
        findings: [
          'argocd/set.yaml:8:34 "apiKey" of ApplicationSet "shops" is a credential in plain text: take it from a Secret, and change it',
          'argocd/web.yaml:14:18 "auth.password" of Application "web" is a credential in plain text: take it from a Secret, and change it',
          'clusters/one/apps.yaml:10:35 "admin_password" of Kustomization "apps" is a credential in plain text: take it from a Secret, and change it',
        ],
      },
      {
        title: 'patches, and what a kustomization makes a ConfigMap of',
        files: {
          'apps/web/kustomization.yaml': `
            resources: [deployment.yaml]
            configMapGenerator:
              - name: web
                literals: [LOG_LEVEL=debug, API_TOKEN=k3Jd02mfQ8]
                envs: [web.env]
            patches:
              - path: patch.yaml
                target: { kind: Deployment, name: web }
              - patch: |-
                  apiVersion: apps/v1
                  kind: Deployment
                  metadata:
                    name: web
                  spec:
                    template:
                      spec:
                        containers:
                          - name: web
                            env:
                              - name: ADMIN_PASSWORD
                                value: hunter22
          `,
          'apps/web/patch.yaml': `
            - op: add
              path: /spec/template/spec/containers/0/env/-
              value: { name: REDIS_PASSWORD, value: hunter22 }
          `,
          'apps/web/web.env': 'SMTP_HOST=mail\nSMTP_PASSWORD=hunter22\n',
          'apps/web/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec: { template: { spec: { containers: [{ name: web, image: web:1.0 }] } } }
          `,
        },
        findings: [
          'apps/web/kustomization.yaml:4:33 "API_TOKEN" of config map generator "web" is a credential in plain text: take it from a Secret, and change it',
          'apps/web/kustomization.yaml:21:21 "ADMIN_PASSWORD" of Deployment "web" is a credential in plain text: take it from a Secret, and change it',
          'apps/web/patch.yaml:3:41 "REDIS_PASSWORD" of the patch is a credential in plain text: take it from a Secret, and change it',
          'apps/web/web.env:2:1 "SMTP_PASSWORD" of config map generator "web" is a credential in plain text: take it from a Secret, and change it',
        ],
      },
      {
        title: 'a word that everybody tries first, in production',
        files: {
          'clusters/production/web.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec: { template: { spec: { containers: [{ name: web, image: web:1.0, env: [{ name: DB_PASSWORD, value: postgres }] }] } } }
          `,
          'clusters/staging/web.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec: { template: { spec: { containers: [{ name: web, image: web:1.0, env: [{ name: DB_PASSWORD, value: postgres }] }] } } }
          `,
        },
        findings: [
          'clusters/production/web.yaml:4:105 "DB_PASSWORD" of Deployment "web" is a weak password, and production gets it: take a strong one from a Secret',
        ],
      },
      {
        title: 'strict also takes the name for it',
        preset: 'strict',
        files: {
          'apps/web.yaml': `
            apiVersion: v1
            kind: Pod
            metadata: { name: web }
            spec: { containers: [{ name: web, image: web:1.0, env: [{ name: DB_PASSWORD, value: postgres }] }] }
          `,
        },
        findings: ['apps/web.yaml:4:85 "DB_PASSWORD" of Pod "web" is named like a credential: take it from a Secret'],
      },
    ],
    good: [
      {
        title: 'names of things, where they are, and settings of them',
        preset: 'strict',
        files: {
          'apps/web.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              template:
                spec:
                  imagePullSecrets: [{ name: registry }]
                  containers:
                    - name: web
                      image: registry.example.org/web:1.0
                      args: [--tls-key=/etc/tls/tls.key, --password-file, /run/secrets/password, --token=$(TOKEN), --pass-access-token=true]
                      env:
                        - { name: SECRET_NAME, value: db-credentials }
                        - { name: SECRETS_DIR, value: /run/secrets/web }
                        - { name: PASSWORD_FILE, value: /run/secrets/web/password }
                        - { name: TOKEN_PATH, value: /var/run/token }
                        - { name: TOKEN_URL, value: 'https://login.example.org/oauth/token' }
                        - { name: PASSWORD_MIN_LENGTH, value: "12" }
                        - { name: WEBHOOK_SECRET, value: web-webhook-server-cert }
                        - { name: DB_PASSWORD_KEY_NAME, value: password }
                        - { name: KEYSTORE_SECRET, value: eap7-app-secret }
                        - { name: BROKER_CREDENTIALS_SECRET, value: broker-credentials }
                        - { name: AWS_SECRET_ACCESS_KEY, value: AWS_SECRET_ACCESS_KEY }
                        - { name: EMPTY_PASSWORD, value: "" }
                        - { name: PASSWORD_ENABLED, value: "true" }
                        - { name: TENANT_TOKEN, value: changeme }
                        - { name: PUBLIC_KEY, value: MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAhlI4WQ3tbIFE71M0 }
                        - { name: GOOGLE_TAG_MANAGER_AUTH, value: xcAlGBhKTIeO6yJhmEapQ0 }
                        - name: TOKEN
                          valueFrom: { secretKeyRef: { name: web, key: token } }
          `,
          'apps/certificate.yaml': `
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata: { name: web }
            spec:
              secretName: web-tls
              dnsNames: [web.example.org]
              issuerRef: { name: issuer }
              keystores: { jks: { create: true, passwordSecretRef: { name: web-jks, key: password } } }
          `,
          'argocd/cm.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: argocd-cm }
            data:
              oidc.config: |
                name: login
                clientID: web
                clientSecret: $argocd-oidc:clientSecret
              dex.config: |
                connectors:
                  - type: github
                    config: { clientID: web, clientSecret: $dex.github.clientSecret }
              script.sh: |
                export TOKEN=$(cat /run/secrets/token)
                curl -H "Authorization: Bearer $TOKEN" https://web.example.org
          `,
        },
      },
      {
        title: 'a password that is the name of an object, and kinds that say where secrets are',
        preset: 'strict',
        files: {
          'apps/grafana.yaml': `
            apiVersion: grafana.example.org/v1
            kind: Grafana
            metadata: { name: grafana }
            spec: { admin: { password: db-creds } }
          `,
          'apps/external.yaml': `
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: { name: db-creds }
            spec:
              secretStoreRef: { kind: ClusterSecretStore, name: vault }
              target: { template: { data: { password: "{{ .password }}" } } }
              data: [{ secretKey: client-secret, remoteRef: { key: prod/db, property: clientSecret42 } }]
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'what Flux fills in',
        files: {
          'apps/web.yaml': `
            apiVersion: v1
            kind: Pod
            metadata: { name: web }
            spec: { containers: [{ name: web, image: web:1.0, env: [{ name: DB_PASSWORD, value: "\${DB_PASSWORD}" }] }] }
          `,
        },
      },
    ],
  },
});
