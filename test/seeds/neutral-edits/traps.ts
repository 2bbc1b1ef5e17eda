import { addItem, append } from '../edit-text.ts';
import { fieldAt, isKustomization } from '../mentions.ts';
import type { Files, NeutralEdit, Seeders } from '../seed.ts';
import { unindent } from '../unindent.ts';
import { listed } from './listed.ts';

/** What looks wrong to a reader of words, and is not. */
export const trapEdits: Seeders<NeutralEdit> = {
  'objects are called after environments': listed({
    'letsencrypt-staging.yaml': issuer('letsencrypt-staging'),
    'letsencrypt-production.yaml': issuer('letsencrypt-production'),
  }),
  'an object is called after an environment': listed({ 'letsencrypt-staging.yaml': issuer('letsencrypt-staging') }),
  'a namespace is called sandbox': listed({
    'sandbox.yaml': unindent(`
      apiVersion: v1
      kind: Namespace
      metadata:
        name: sandbox
    `),
  }),
  'a policy tells of images that move': listed({
    'no-latest.yaml': unindent(`
      apiVersion: kyverno.io/v1
      kind: ClusterPolicy
      metadata:
        name: no-latest
      spec:
        rules:
          - name: tag
            match: { any: [{ resources: { kinds: [Pod] } }] }
            validate:
              message: "no :latest"
              pattern:
                spec:
                  containers:
                    - image: "!*:latest"
    `),
  }),
  'a ConfigMap holds old versions of APIs': listed({
    'old-manifests.yaml': unindent(`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: old-manifests
      data:
        budget.yaml: |
          apiVersion: policy/v1beta1
          kind: PodDisruptionBudget
        apiVersion: batch/v1beta1
        kind: CronJob
    `),
  }),
  'a ConfigMap says where the credentials are': listed({
    'where-secrets-are.yaml': unindent(`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: where-secrets-are
      data:
        SECRET_NAME: database-credentials
        PASSWORD_FILE: /run/secrets/database/password
        TOKEN_URL: https://login.example.org/oauth/token
        PASSWORD_MIN_LENGTH: "12"
        WEBHOOK_SECRET: webhook-server-cert
        app.yaml: |
          database:
            passwordSecret: database-credentials
            passwordKey: admin-password
            password: vault:secret/data/database#password
    `),
  }),
  'values name an existing Secret': function* ({ documents }) {
    for (const document of documents) {
      if (!/(^|\/)values[\w-]*\.ya?ml$/.test(document.path)) continue;
      const lines = ['backoffice:', '  auth:', '    existingSecret: database-auth42', '    secretKeys:', '      adminPasswordKey: admin-password'];
      yield { files: { [document.path]: append(document, ...lines).text } };
    }
  },
  'an alpha version is the only one': listed({
    'push.yaml': unindent(`
      apiVersion: external-secrets.io/v1alpha1
      kind: PushSecret
      metadata:
        name: push
    `),
  }),
  'a ConfigMap holds a manifest': listed({
    'pod-template.yaml': unindent(`
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: pod-template
      data:
        pod.yaml: |
          apiVersion: v1
          kind: Pod
          metadata: { name: runner }
          spec:
              containers:
              - name: runner
                image: registry.example.org/runner:latest
              imagePullSecrets: [{ name: registry }]
    `),
  }),
  'a Secret holds nothing secret': listed({
    'connection.yaml': unindent(`
      apiVersion: v1
      kind: Secret
      metadata:
        name: connection
      stringData:
        host: database.harbour.example
        port: "5432"
        username: harbour
        sslmode: require
        tenant-id: 6f1c3d52-8a4e-4b77-9c11-2d0f5e6a7b88
        password: ""
        token: \${TOKEN}
        api-key: <path:shared/data/keys#api>
    `),
  }),
  'a job is started by hand': listed({
    'restore.yaml': unindent(`
      apiVersion: batch/v1
      kind: CronJob
      metadata:
        name: restore
      spec:
        schedule: "0 0 1 1 *"
        suspend: true
        jobTemplate:
          spec:
            template:
              spec:
                restartPolicy: Never
                containers:
                  - name: restore
                    image: registry.example.org/tools/restore:2.0.1
    `),
  }),
  'an image is filled in later': listed({
    'canary.yaml': unindent(`
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: canary
      spec:
        selector: { matchLabels: { app: canary } }
        template:
          metadata: { labels: { app: canary } }
          spec:
            containers:
              - name: canary
                image: \${CANARY_IMAGE}
              - name: proxy
                image: IMAGE_PLACEHOLDER
              - name: watched
                image: registry.example.org/watched:main # {"$imagepolicy": "flux-system:watched"}
    `),
  }),
  'a sealed and a pushed secret are added': listed({
    'sealed.yaml': `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: robot\nspec:\n  encryptedData:\n    password: AgAB${'Bq3kVwYk2vN8rQ5tB1sF4uJ6wH0eC3xG'.repeat(23)}\n`,
    'pushed.yaml': unindent(`
      apiVersion: external-secrets.io/v1alpha1
      kind: PushSecret
      metadata:
        name: robot
      spec:
        secretStoreRefs: [{ name: vault, kind: ClusterSecretStore }]
        selector: { secret: { name: robot-token } }
        data:
          - match: { secretKey: token, remoteRef: { remoteKey: shared/robot, property: token } }
    `),
  }),
  'a remote base is added': function* ({ documents }) {
    for (const document of documents.filter(isKustomization)) {
      for (const url of ['https://git.example.org/vendor/product//deploy?ref=v1.2.3', 'https://example.org/install-1.2.3.yaml']) {
        const added = addItem(document, ['resources'], url);
        if (added) yield { files: { [document.path]: added.text } };
      }
    }
  },
  'a chart is inflated by Kustomize': function* ({ documents }) {
    for (const document of documents.filter(isKustomization)) {
      if (fieldAt(document, 'helmCharts') || document.kind === 'Component') continue;
      const dash = /^ *(?=- )/m.exec(document.text)?.[0] ?? '';
      const lines = ['- name: cache', '  repo: https://charts.example.org', '  version: 4.5.6', '  releaseName: cache'];
      yield { files: { [document.path]: append(document, 'helmCharts:', ...lines.map(line => dash + line)).text } };
    }
  },
  'a manifest is kept aside': function* ({ files }) {
    for (const folder of new Set(Object.keys(files).map(file => file.split('/')[0] ?? ''))) {
      if (folder in files || folder.startsWith('.')) continue;
      const aside = unindent(`
        # +argocd:skip-file-rendering
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: aside
      `);
      yield { files: { [`${folder}/examples/aside.yaml`]: aside } };
      yield { files: { [`${folder}/tests/aside_test.yaml`]: aside } };
    }
  },
  'repositories of other tools move in': function* () {
    for (const files of otherTools) yield { files };
  },
};

const otherTools: readonly Files[] = [
  {
    'ansible/playbook.yml': unindent(`
      - hosts: web
        vars_files: [group_vars/prod.yml]
        tasks:
          - name: copy
            template: { src: site.j2, dest: /etc/site }
            when: stage == "{{ target }}"
    `),
    'ansible/group_vars/prod.yml': 'site_name: harbour\nvault_password_file: /etc/vault\n',
    'ansible/group_vars/staging.yml': 'site_name: harbour-staging\n',
    'ansible/templates/site.j2': '{% for host in hosts %}\n{{ host }}\n{% endfor %}\n',
  },
  {
    'compose.yaml': unindent(`
      services:
        web:
          image: registry.example.org/web:latest
          environment:
            PASSWORD_FILE: /run/secrets/web
    `),
  },
  {
    'mkdocs.yml': unindent(`
      site_name: harbour
      markdown_extensions:
        - pymdownx.emoji:
            emoji_index: !!python/name:material.extensions.emoji.twemoji
    `),
    'catalog-info.yaml': unindent(`
      apiVersion: backstage.io/v1alpha1
      kind: Component
      metadata:
        name: harbour
      spec:
        type: service
        lifecycle: production
        owner: platform
    `),
  },
  {
    'cloud/bucket.yaml': unindent(`
      AWSTemplateFormatVersion: "2010-09-09"
      Resources:
        Bucket:
          Type: AWS::S3::Bucket
          Properties:
            BucketName: !Sub "\${AWS::StackName}-logs"
    `),
  },
  {
    '.vscode/settings.json': unindent(`
      {
        // the schema of Flux
        "yaml.schemas": {},
      }
    `),
  },
  {
    'terraform/live/prod/main.tf': unindent(`
      module "cluster" {
        source = "../../modules/cluster"
        name   = "prod"
      }
    `),
    'terraform/modules/cluster/main.tf': 'variable "name" { type = string }\n',
  },
  {
    'vendor-charts/cache/Chart.yaml': 'apiVersion: v2\nname: cache\nversion: 1.0.0\n',
    'vendor-charts/cache/values.yaml': 'image: { tag: latest }\npassword: ""\n',
    'vendor-charts/cache/templates/secret.yaml': unindent(`
      apiVersion: v1
      kind: Secret
      metadata:
        name: {{ .Release.Name }}
      data:
        password: {{ .Values.password | b64enc }}
    `),
  },
  {
    'src/lock.json': '{"lockfileVersion": 3, "packages": {}}',
    'pnpm-lock.yaml': "lockfileVersion: '9.0'\npackages:\n  a@1.0.0:\n    resolution: {integrity: sha512-Zm9vYmFyYmF6}\n",
  },
];

function issuer(name: string): string {
  return `apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata:\n  name: ${name}\nspec:\n  acme:\n    server: https://acme.example.org/${name}\n    privateKeySecretRef:\n      name: ${name}-account\n`;
}
