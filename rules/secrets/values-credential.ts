import type { DocumentClass } from '../../src/core/classification.ts';
import { environmentsOf, includesProduction } from '../../src/core/environment.ts';
import { environmentsOfFile } from '../../src/core/environments-of-file.ts';
import type { Report } from '../../src/core/finding.ts';
import { mergedValues } from '../../src/core/helm-values.ts';
import { isFieldPlace, type Place } from '../../src/core/place.ts';
import type { Repo } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';
import type { PlainCredential } from '../../src/core/secrets.ts';

export const valuesCredential = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'Values of Helm, Terraform, Ansible, Compose or a CI system hold a credential, or a placeholder where production needs one.',
  rationale:
    'What is convenient in the values of a chart, `adminPassword: admin`, reaches production with it. Charts take the name of an existing Secret for that.',
  compliance: ['NIS2 21(2)(i)'],
  since: '0.1.0',
  leaks: true,

  *check(repo, { secrets }) {
    for (const places of ['values', 'settings'] as const) {
      for (const found of secrets.credentialsIn(repo, places)) {
        const report = 'skipped' in found ? found : judge(found, repo);
        if (report !== undefined) yield report;
      }
    }
  },

  examples: {
    bad: [
      {
        title: 'values files of a chart, by what they reach',
        files: {
          'apps/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'apps/web/values.yaml': 'grafana:\n  adminUser: admin\n',
          'apps/web/values-production.yaml': `
            grafana:
              adminPassword: prom-operator
            postgresql:
              auth: { username: web, password: Tr0ub4dor3 }
            redis:
              password: REPLACE_ME
          `,
          'apps/web/values-development.yaml': `
            grafana:
              adminPassword: admin
            redis:
              password: REPLACE_ME
            extraEnv:
              - name: API_TOKEN
                value: k3Jd02mfQ8
          `,
        },
        findings: [
          'apps/web/values-development.yaml:2:18 "grafana.adminPassword" in the values is a weak password: name an existing Secret',
          'apps/web/values-development.yaml:7:12 "extraEnv.API_TOKEN" in the values is a credential in plain text: name an existing Secret, or encrypt it, and change it',
          'apps/web/values-production.yaml:2:18 "grafana.adminPassword" in the values is a weak password, and production gets it: name an existing Secret',
          'apps/web/values-production.yaml:4:36 "postgresql.auth.password" in the values is a credential in plain text: name an existing Secret, or encrypt it, and change it',
          'apps/web/values-production.yaml:6:13 "redis.password" in the values is a placeholder that reached production: name an existing Secret',
        ],
      },
      {
        title: 'values in releases',
        files: {
          'apps/release.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: web, namespace: web }
            spec:
              interval: 10m
              chart: { spec: { chart: web, version: 1.0.0, sourceRef: { kind: HelmRepository, name: web } } }
              values:
                clientSecret: k3Jd02mfQ8
          `,
          'argocd/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web }
            spec:
              project: web
              destination: { server: https://kubernetes.default.svc, namespace: web }
              sources:
                - repoURL: https://charts.example.org
                  chart: web
                  targetRevision: 1.0.0
                  helm:
                    values: |
                      auth:
                        rootPassword: Tr0ub4dor3
                - repoURL: https://charts.example.org
                  chart: api
                  targetRevision: 1.0.0
                  helm:
                    valuesObject: { auth: { rootPassword: Tr0ub4dor3 } }
          `,
          'helmfile.yaml': `
            releases:
              - name: web
                chart: shop/web
                values:
                  - auth: { password: Tr0ub4dor3 }
          `,
        },
        findings: [
          'apps/release.yaml:8:19 "clientSecret" in the values is a credential in plain text: name an existing Secret, or encrypt it, and change it',
          'argocd/web.yaml:14:13 "auth.rootPassword" in the values is a credential in plain text: name an existing Secret, or encrypt it, and change it',
          'argocd/web.yaml:19:47 "auth.rootPassword" in the values is a credential in plain text: name an existing Secret, or encrypt it, and change it',
          'helmfile.yaml:5:27 "auth.password" in the values is a credential in plain text: name an existing Secret, or encrypt it, and change it',
        ],
      },
      {
        title: 'what other tools read',
        files: {
          'infra/main.tf': `
            variable "db_password" { default = "Tr0ub4dor3" }
            resource "helm_release" "web" {
              values = [yamlencode({ auth = { clientSecret = "k3Jd02mfQ8" } })]
            }
          `,
          'ansible/group_vars/all.yml': 'db_password: Tr0ub4dor3\n',
          '.github/workflows/ci.yaml': 'on: push\nenv: { API_TOKEN: k3Jd02mfQ8 }\njobs: {}\n',
          'compose.yaml': 'services:\n  web:\n    image: web:1.0\n    environment: [DB_PASSWORD=Tr0ub4dor3]\n',
          'config/app.properties': 'level=info\ndb.password=Tr0ub4dor3\n',
        },
        findings: [
          '.github/workflows/ci.yaml:2:19 "env.API_TOKEN" in the workflow is a credential in plain text: make it a secret of the CI system, and change it',
          'ansible/group_vars/all.yml:1:14 "db_password" in what Ansible reads is a credential in plain text: encrypt it with Ansible Vault, and change it',
          'compose.yaml:4:19 "services.web.DB_PASSWORD" in the Compose file is a credential in plain text: take it from the environment, and change it',
          'config/app.properties:2:1 "db.password" in the file is a credential in plain text: read it from a secret store, and change it',
          'infra/main.tf:1:36 "variable.db_password" in the Terraform configuration is a credential in plain text: read it from a secret store, and change it',
          'infra/main.tf:3:50 "resource.helm_release.web.values.auth.clientSecret" in the Terraform configuration is a credential in plain text: read it from a secret store, and change it',
        ],
      },
    ],
    good: [
      {
        title: 'names, references, and what the chart makes up itself',
        files: {
          'apps/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'apps/web/values.yaml': `
            adminPassword: ""
            auth: { password: null, existingSecret: web-auth, secretKeys: { adminPasswordKey: password } }
            tls: { secretName: web-tls }
            passwordSecret: db-creds
            registrySecret: registry
            oidc: { clientSecret: { existingSecret: oidc, key: clientSecret42 } }
            database: { secret: web-database, passwordKey: admin-password, password: op://shop/db/password }
            tokenURL: https://login.example.org/token
            s3: { accessKey: vault:secret/data/s3#key, secretKey: ref+vault://secret/s3#/secret }
            ingress:
              annotations:
                nginx.ingress.kubernetes.io/auth-secret: web-auth42
            extraEnv:
              - name: DB_PASSWORD
                valueFrom: { secretKeyRef: { name: web-database, key: password } }
          `,
        },
      },
      {
        title: 'references, secrets of CI systems, what is encrypted, and databases of tests',
        files: {
          'infra/main.tf': `
            resource "aws_db_instance" "web" {
              password = random_password.web.result
              token    = data.vault_generic_secret.web.data["token"]
            }
          `,
          'ansible/group_vars/all.yml': 'db_password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  3363\n',
          '.github/workflows/ci.yaml': `
            on: push
            jobs:
              web:
                runs-on: ubuntu-latest
                services: { db: { image: "postgres:16", env: { POSTGRES_PASSWORD: postgres } } }
                steps: [{ run: make, env: { API_TOKEN: "\${{ secrets.API_TOKEN }}" } }]
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'values that Flux fills in',
        files: {
          'apps/release.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: web, namespace: web }
            spec:
              interval: 10m
              chart: { spec: { chart: web, version: 1.0.0, sourceRef: { kind: HelmRepository, name: web } } }
              values: { adminPassword: "\${ADMIN_PASSWORD}" }
          `,
        },
      },
    ],
  },
});

/** Undefined where nobody is harmed: a placeholder that production does not get, a word that only may be a credential. */
function judge({ at, path, holder, strength, isPassword }: PlainCredential, repo: Repo): Report | undefined {
  const what = `"${path.join('.')}" in ${holder}`;
  const { class: cls = 'other', generated: isVendored = false } = repo.files.get(at.path)?.classification ?? {};
  const ofVendor = isVendored ? ({ severity: 'note' } as const) : undefined;
  const remedy = remedies.get(cls) ?? 'name an existing Secret';
  if (strength === 'strong') {
    const orEncrypt = remedies.has(cls) ? '' : ', or encrypt it';
    return { at, message: `${what} is a credential in plain text: ${remedy}${orEncrypt}, and change it`, ...ofVendor };
  }
  const isProduction = reachesProduction(at, repo);
  if (strength === 'unset') {
    const message = `${what} is a placeholder that reached production: ${remedy}`;
    return isProduction && !isVendored ? { at, severity: 'warning', message } : undefined;
  }
  if (!isPassword || (!isProduction && thrownAway.has(cls))) return undefined;
  const reach = isProduction ? ', and production gets it' : '';
  const message = `${what} is a weak password${reach}: ${remedy}`;
  return { at, severity: isProduction ? 'error' : 'warning', message, ...ofVendor };
}

/** Whose databases live as long as a test. */
const thrownAway: ReadonlySet<DocumentClass> = new Set([
  'compose',
  'github-workflow',
  'github-action',
  'gitlab-ci',
  'bitbucket-pipelines',
  'azure-pipelines',
  'ci-config',
]);

/** Where the values of other tools than Helm belong. */
const remedies: ReadonlyMap<DocumentClass, string> = new Map<DocumentClass, string>([
  ...remedyOf('read it from a secret store', [
    'terraform',
    'terraform-variables',
    'terragrunt',
    'parameters',
    'data',
    'tool-config',
    'text',
    'other',
  ]),
  ...remedyOf('keep the state in a backend', ['terraform-state']),
  ...remedyOf('encrypt it with Ansible Vault', ['ansible-variables', 'ansible-playbook', 'ansible-tasks', 'ansible-inventory', 'ansible-config']),
  ...remedyOf('make it a secret of the CI system', [
    'github-workflow',
    'github-action',
    'gitlab-ci',
    'bitbucket-pipelines',
    'azure-pipelines',
    'ci-config',
  ]),
  ...remedyOf('take it from the environment', ['compose']),
  ...remedyOf('keep it in the secret store of the cluster', ['jenkins-x-settings', 'jenkins-x-requirements']),
]);

function remedyOf(remedy: string, classes: readonly DocumentClass[]): [DocumentClass, string][] {
  return classes.map(cls => [cls, remedy]);
}

/** Whether production runs with the value: of the values of a chart itself those that no release of production sets in another way. */
function reachesProduction(at: Place, repo: Repo): boolean {
  if (!includesProduction(environmentsOfFile(repo, at.path), repo.environments)) return false;
  const helm = repo.helm();
  const chart = isFieldPlace(at) ? [...helm.charts.values()].find(({ values }) => values?.path === at.path) : undefined;
  if (chart === undefined || !isFieldPlace(at)) return true;
  const releases = helm.releases.filter(release => release.chart === chart.folder);
  const ofProduction = releases.filter(({ environment }) => includesProduction(environmentsOf(environment), repo.environments));
  return releases.length === 0 || ofProduction.some(release => mergedValues(release, helm).originOf(at.field, 'value').path === at.path);
}
