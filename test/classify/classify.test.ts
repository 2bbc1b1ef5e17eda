import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classifyText } from '../../src/classify/classify-text.ts';
import { describeRepository } from '../../src/classify/hints.ts';
import type { DocumentClass } from '../../src/core/classification.ts';
import { classifyRepository } from './classify-repository.ts';

/** A path, the text of the file, its class, and files beside it that tell (empty where no text is given). */
type Case = readonly [path: string, text: string, expected: DocumentClass, beside?: Readonly<Record<string, string>>];

const object = (apiVersion: string, kind: string, rest = '') => `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: lemon\n${rest}`;
const deployment = object(
  'apps/v1',
  'Deployment',
  'spec:\n  selector: {matchLabels: {app: lemon}}\n  template: {spec: {containers: [{name: a, image: a:1}]}}\n',
);

const kubernetes: readonly Case[] = [
  ['apps/lemon/deployment.yaml', deployment, 'kubernetes-manifest'],
  ['apps/lemon/all.yaml', `---\n---\n# the lemon\n${deployment}---\n${object('v1', 'Secret')}`, 'kubernetes-manifest'],
  ['apps/lemon/ns.yml', object('v1', 'Namespace'), 'kubernetes-manifest'],
  ['apps/lemon/pdb.json', '{"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "lemon"}}', 'kubernetes-manifest'],
  ['apps/lemon/old.yaml', object('extensions/v1beta1', 'Ingress'), 'kubernetes-manifest'],
  ['apps/lemon/role.yaml', object('rbac.authorization.k8s.io/v1', 'ClusterRole', 'rules: []\n'), 'kubernetes-manifest'],
  ['apps/lemon/no-version.yaml', 'kind: Service\nmetadata:\n  name: lemon\n', 'kubernetes-manifest'],
  ['apps/lemon/list.yaml', 'apiVersion: v1\nkind: List\nitems: []\n', 'kubernetes-list'],
  ['apps/lemon/maps.yaml', 'apiVersion: v1\nkind: ConfigMapList\nitems: []\n', 'kubernetes-list'],
  ['apps/lemon/access.yaml', object('example.org/v1', 'AccessList', 'spec: {}\n'), 'custom-resource'],
  ['apps/lemon/secret.yaml', object('v1', 'Secret', 'data: {}\n'), 'secret'],
  ['apps/lemon/route.yaml', object('route.openshift.io/v1', 'Route'), 'custom-resource'],
  ['apps/lemon/old-route.yaml', object('v1', 'Route'), 'custom-resource'],
  ['apps/lemon/rollout.yaml', object('argoproj.io/v1alpha1', 'Rollout'), 'custom-resource'],
  ['apps/lemon/app.yaml', object('app.k8s.io/v1beta1', 'Application'), 'custom-resource'],
  ['apps/lemon/knative.yaml', object('serving.knative.dev/v1', 'Service'), 'custom-resource'],
  ['apps/lemon/store.yaml', object('external-secrets.io/v1', 'SecretStore'), 'custom-resource'],
  [
    'crds/lemon.yaml',
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'spec: {group: example.org, names: {}}\n'),
    'custom-resource-definition',
  ],
  ['apps/lemon/sealed.yaml', object('bitnami.com/v1alpha1', 'SealedSecret'), 'sealed-secret'],
  ['apps/lemon/external.yaml', object('external-secrets.io/v1beta1', 'ExternalSecret'), 'external-secret'],
  ['apps/lemon/external-old.yaml', object('kubernetes-client.io/v1', 'ExternalSecret'), 'external-secret'],
  ['apps/lemon/encrypted.yaml', object('v1', 'Secret', 'sops: {mac: "ENC[x]", lastmodified: "2026-01-01T00:00:00Z"}\n'), 'sops-encrypted'],
  ['env/values.enc.yaml', 'password: ENC[x]\nsops:\n  mac: ENC[y]\n  lastmodified: "2026-01-01T00:00:00Z"\n', 'sops-encrypted'],
  ['apps/lemon/plain-sops.yaml', 'sops:\n  enabled: true\nimage: {tag: a}\ningress: {}\n', 'helm-values'],
  ['argo/lemon.yaml', object('argoproj.io/v1alpha1', 'Application'), 'argocd-application'],
  [
    'argo/set.yaml',
    object('argoproj.io/v1alpha1', 'ApplicationSet', "spec:\n  template:\n    metadata:\n      name: '{{name}}-web'\n"),
    'argocd-application-set',
  ],
  ['argo/project.yaml', object('argoproj.io/v1alpha1', 'AppProject'), 'argocd-project'],
  ['clusters/blue/apps.yaml', object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization'), 'flux-kustomization'],
  ['clusters/blue/kustomization.yaml', object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization'), 'flux-kustomization'],
  ['clusters/blue/release.yaml', object('helm.toolkit.fluxcd.io/v2', 'HelmRelease'), 'flux-helm-release'],
  ['clusters/blue/source.yaml', object('source.toolkit.fluxcd.io/v1', 'OCIRepository'), 'flux-source'],
  ['clusters/blue/policy.yaml', object('image.toolkit.fluxcd.io/v1', 'ImagePolicy'), 'flux-automation'],
  ['clusters/blue/alert.yaml', object('notification.toolkit.fluxcd.io/v1beta3', 'Alert'), 'flux-notification'],
  ['clusters/blue/instance.yaml', object('fluxcd.controlplane.io/v1', 'FluxInstance'), 'flux-operator'],
  ['apps/lemon/substituted.yaml', object('v1', 'ConfigMap', `data:\n  host: \${HOST}\n`), 'kubernetes-manifest'],
  ['.lighthouse/jobs/release.yaml', object('tekton.dev/v1', 'PipelineRun'), 'custom-resource'],
  ['catalog/software.yaml', object('backstage.io/v1alpha1', 'Component'), 'backstage'],
  ['templates/service/template.yaml', object('scaffolder.backstage.io/v1beta3', 'Template'), 'backstage'],
  ['policies/kyverno-test.yaml', 'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\n', 'policy-test'],
  ['policies/case.yaml', object('admission.k8s.io/v1', 'AdmissionReview'), 'policy-test'],
  ['policies/chainsaw.yaml', object('chainsaw.kyverno.io/v1alpha1', 'Test'), 'policy-test'],
];

const kustomize: readonly Case[] = [
  ['base/kustomization.yaml', 'resources:\n  - deployment.yaml\n', 'kustomization'],
  ['base/kustomization.yml', 'kind: Kustomization\n', 'kustomization'],
  ['base/Kustomization', 'resources: []\n', 'kustomization'],
  ['base/kustomization.yaml', '', 'kustomization'],
  ['parts/tls/kustomization.yaml', 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n', 'kustomize-component'],
  ['parts/tls/kustomization.yaml', 'kind: Component\n', 'kustomize-component'],
  ['base/labels.yaml', 'apiVersion: builtin\nkind: LabelTransformer\nmetadata: {name: a}\n', 'kustomize-transformer'],
  ['base/setters.yaml', object('fn.kpt.dev/v1alpha1', 'ApplySetters'), 'kustomize-transformer'],
  [
    'base/run.yaml',
    'apiVersion: example.org/v1\nkind: Anything\nmetadata:\n  name: a\n  annotations:\n    config.kubernetes.io/function: "{}"\n',
    'kustomize-transformer',
  ],
  ['base/names.yaml', 'nameReference:\n  - kind: ConfigMap\n    fieldSpecs: [{path: spec/a, kind: B}]\n', 'kustomize-configuration'],
  ['base/images-config.yaml', 'images:\n  - path: spec/image\n    kind: Peach\n', 'kustomize-configuration'],
  ['overlays/peach/replicas.yaml', '- op: replace\n  path: /spec/replicas\n  value: 3\n', 'json-patch'],
  ['overlays/peach/replicas.json', '[{"op": "remove", "path": "/spec/replicas"}]', 'json-patch'],
  [
    'overlays/peach/size.yaml',
    object('v1', 'ConfigMap'),
    'strategic-merge-patch',
    { 'overlays/peach/kustomization.yaml': 'patches:\n  - path: size.yaml\n' },
  ],
  [
    'overlays/peach/size.yaml',
    object('v1', 'ConfigMap'),
    'strategic-merge-patch',
    { 'overlays/peach/kustomization.yaml': 'patchesStrategicMerge: [./size.yaml]\n' },
  ],
  [
    'overlays/peach/size.yaml',
    object('v1', 'ConfigMap'),
    'kubernetes-manifest',
    { 'overlays/peach/kustomization.yaml': 'resources: [size.yaml]\npatches: [{path: size.yaml}]\n' },
  ],
  ['overlays/peach/delete.yaml', object('v1', 'ConfigMap', '$patch: delete\n'), 'strategic-merge-patch', { 'overlays/peach/kustomization.yaml': '' }],
  ['overlays/peach/more.yaml', object('apps/v1', 'Deployment', 'spec: {replicas: 3}\n'), 'strategic-merge-patch'],
  ['apps/peach/more.yaml', object('apps/v1', 'Deployment', 'spec: {replicas: 3}\n'), 'kubernetes-manifest'],
  ['overlays/peach/more.yaml', deployment, 'kubernetes-manifest'],
  [
    'overlays/peach/more.yaml',
    object('apps/v1', 'Deployment', 'spec: {replicas: 3}\n'),
    'kubernetes-manifest',
    { 'overlays/peach/kustomization.yaml': 'resources: [more.yaml]\n' },
  ],
  ['apps/peach/webhook_patch.yaml', object('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'), 'strategic-merge-patch'],
  ['apps/peach/envoy-patch.yaml', object('v1', 'Pod', 'spec:\n  containers: [{name: a}]\n'), 'strategic-merge-patch'],
  ['base/replace.yaml', '- source: {kind: ConfigMap}\n  targets: []\n', 'kustomize-configuration'],
  [
    'base/where.yaml',
    'source: {kind: ConfigMap}\ntargets: []\n',
    'kustomize-configuration',
    { 'base/kustomization.yaml': 'replacements: [{path: where.yaml}]\n' },
  ],
  ['base/anything.yaml', object('example.org/v1', 'Maker'), 'kustomize-transformer', { 'base/kustomization.yaml': 'generators: [anything.yaml]\n' }],
  [
    'base/app.yaml',
    'server:\n  port: 1\n',
    'data',
    { 'base/kustomization.yaml': 'configMapGenerator: [{name: a, files: [settings.yaml=app.yaml]}]\n' },
  ],
  ['base/pod.yaml', deployment, 'data', { 'base/kustomization.yaml': 'configMapGenerator: [{name: a, files: [pod.yaml]}]\n' }],
  ['base/plum.yaml', 'colour:\n  of: plums\n', 'helm-values', { 'base/kustomization.yaml': 'helmCharts: [{name: a, valuesFile: plum.yaml}]\n' }],
];

const helm: readonly Case[] = [
  ['charts/plum/Chart.yaml', 'apiVersion: v2\nname: plum\nversion: 1.0.0\n', 'helm-chart'],
  ['charts/plum/Chart.lock', 'dependencies: []\n', 'helm-lock'],
  ['charts/plum/values.yaml', 'anything: {}\n', 'helm-values'],
  ['charts/plum/values.schema.json', '{"type": "object"}', 'helm-values-schema'],
  ['charts/plum/templates/web.yaml', 'kind: {{ .Values.kind }}\n', 'helm-template', { 'charts/plum/Chart.yaml': 'name: plum\n' }],
  ['charts/plum/templates/a/b/web.yaml', 'x: "{{ .Values.kind }}"\n', 'helm-template', { 'charts/plum/Chart.yaml': 'name: plum\n' }],
  ['charts/plum/templates/_helpers.tpl', '{{- define "a" }}{{ end }}\n', 'helm-template'],
  ['charts/plum/templates/NOTES.txt', 'Thanks\n', 'helm-template', { 'charts/plum/Chart.yaml': 'name: plum\n' }],
  ['charts/plum/templates/plain.yaml', object('v1', 'ConfigMap'), 'helm-template', { 'charts/plum/Chart.yaml': 'name: plum\n' }],
  ['charts/plum/templates/web.yaml', 'kind: {{ .Values.kind }}\n', 'helm-template', { 'charts/plum/templates/_helpers.tpl': '' }],
  [
    'charts/plum/crds/plum.yaml',
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'spec: {}\n'),
    'custom-resource-definition',
    { 'charts/plum/Chart.yaml': '' },
  ],
  ['charts/plum/extra.yaml', 'colour:\n  of: plums\n', 'helm-values', { 'charts/plum/Chart.yaml': 'name: plum\n' }],
  ['charts/plum/files/nginx.yaml', 'colour:\n  of: plums\n', 'data', { 'charts/plum/Chart.yaml': 'name: plum\n' }],
  ['charts/plum/tests/web_test.yaml', 'suite: web\ntests: []\n', 'policy-test', { 'charts/plum/Chart.yaml': 'name: plum\n' }],
  ['charts/plum/tags/blue', 'tag: 1\n', 'data', { 'charts/plum/Chart.yaml': 'name: plum\n' }],
  ['release/templates/web.yaml', deployment, 'kubernetes-manifest'],
  ['envs/blue/values-eu.yaml', 'colour:\n  of: plums\n', 'helm-values'],
  ['envs/blue/plum.values.yaml', 'colour:\n  of: plums\n', 'helm-values'],
  ['envs/blue/plum-values.yml', '# nothing yet\n', 'helm-values'],
  ['envs/blue/values.yaml', object('v1', 'ConfigMap'), 'kubernetes-manifest'],
  ['envs/blue/values.yaml', 'services:\n  web: {image: a}\n', 'helm-values'],
  ['envs/blue/web.yaml', 'replicaCount: 2\nother:\n  a: b\n', 'helm-values'],
  ['envs/blue/web.yaml', 'web:\n  image: {tag: a}\n  ingress: {enabled: true}\n', 'helm-values'],
  ['envs/blue/devaluation.yaml', 'colour:\n  of: plums\n', 'other'],
  [
    'envs/blue/fruit.yaml',
    'colour:\n  of: plums\n',
    'helm-values',
    {
      'argo/a.yaml': object(
        'argoproj.io/v1alpha1',
        'Application',
        'spec: {source: {path: charts/plum, helm: {valueFiles: [../../envs/blue/fruit.yaml]}}}\n',
      ),
    },
  ],
  [
    'envs/blue/fruit.yaml',
    'colour:\n  of: plums\n',
    'helm-values',
    {
      'argo/a.yaml': object(
        'argoproj.io/v1alpha1',
        'Application',
        'spec: {sources: [{ref: here}, {helm: {valueFiles: [$here/envs/blue/fruit.yaml]}}]}\n',
      ),
    },
  ],
  [
    'envs/blue/fruit.yaml',
    'colour:\n  of: plums\n',
    'helm-values',
    {
      'argo/a.yaml': object(
        'argoproj.io/v1alpha1',
        'ApplicationSet',
        "spec: {template: {spec: {source: {path: a, helm: {valueFiles: ['/envs/{{env}}/fruit.yaml']}}}}}\n",
      ),
    },
  ],
  [
    'envs/blue/fruit.yaml',
    'colour:\n  of: plums\n',
    'parameters',
    {
      'argo/a.yaml': object(
        'argoproj.io/v1alpha1',
        'ApplicationSet',
        "spec: {generators: [{matrix: {generators: [{git: {files: [{path: 'envs/*/fruit.yaml'}]}}]}}]}\n",
      ),
    },
  ],
  [
    'envs/blue/fruit.yaml',
    'colour:\n  of: plums\n',
    'helm-values',
    { 'flux/a.yaml': object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', 'spec: {chart: {spec: {valuesFiles: [./envs/blue/fruit.yaml]}}}\n') },
  ],
  [
    'envs/blue/fruit.yaml',
    'colour:\n  of: plums\n',
    'helm-values',
    { 'helmfile.yaml': 'releases: [{name: a, chart: b, values: [envs/blue/fruit.yaml]}]\n' },
  ],
  [
    'envs/blue/fruit.yaml',
    'colour:\n  of: plums\n',
    'helm-values',
    { 'helmfile.yaml.gotmpl': 'releases:\n  - name: a\n    values:\n      - envs/{{ .Environment.Name }}/fruit.yaml\n' },
  ],
  ['envs/blue/secrets.yaml', 'colour:\n  of: plums\n', 'helm-values'],
  ['helmfile.yaml', 'releases: []\n', 'helmfile'],
  ['helmfile.d/10-web.yaml', 'releases:\n  - name: a\n    chart: b/c\n', 'helmfile'],
  ['helmfile.yaml', 'releases:\n  - name: a\n{{ if true }}\n    chart: b\n{{ end }}\n', 'helmfile'],
  ['bootstrap/crds.yaml', '# yaml-language-server: $schema=https://example.org/helmfile\nbases: [a.yaml]\n', 'helmfile'],
];

const templates: readonly Case[] = [
  ['hack/templates/cluster.yaml', 'metadata:\n  name: {{ .Name }}\n', 'template'],
  ['hack/templates/cluster.yaml', 'spec:\n  {{- range .Nodes }}\n  - {{ . }}\n  {{- end }}\n', 'template'],
  ['hack/templates/cluster.yaml', 'spec:\n{% for node in nodes %}\n  - a\n{% endfor %}\n', 'template'],
  ['terraform/user-data.yaml', 'users:\n%{ for user in users ~}\n  - name: a\n%{ endfor ~}\n', 'template'],
  ['hack/cluster.j2.yaml', 'name: a\n', 'template'],
  ['hack/cluster.yaml.tmpl', 'name: a\n', 'template'],
  ['hack/cluster.yaml.j2', 'name: a\n', 'template'],
  ['hack/values.yaml.gotmpl', 'name: a\n', 'helm-values'],
  ['hack/cluster.yaml.tftpl', 'name: a\n', 'template'],
  ['hack/config.yaml.erb', 'name: a\n', 'template'],
  ['hack/ytt.yaml', '#@ load("@ytt:data", "data")\nimage: #@ data.values.image\n', 'template'],
  ['bake/{{cookiecutter.name}}/web.yaml', 'name: "{{ cookiecutter.name }}"\n', 'template'],
  ['bake/{{cookiecutter.name}}/plain.yaml', object('v1', 'Namespace'), 'kubernetes-manifest'],
  [
    'software/skeleton/web.yaml',
    `name: \${{ values.name }}\n`,
    'template',
    { 'software/template.yaml': object('scaffolder.backstage.io/v1beta3', 'Template') },
  ],
  ['registry/ingress.yaml', 'metadata:\n  annotations:\n    a: b\n    <CERTIFICATE_ANNOTATION>\n', 'template'],
  ['registry/wait.yaml', object('batch/v1', 'Job', 'spec: {template: {spec: {containers: [{name: a, image: <IMAGE>}]}}}\n'), 'kubernetes-manifest'],
  ['roles/web/templates/web.yaml', 'name: {{ name }}\n', 'template', { 'roles/web/tasks/main.yml': '' }],
  ['apps/lemon/map.yaml', object('v1', 'ConfigMap', 'data:\n  a.tmpl: |\n    {{ range . }}\n    x: {{ . }}\n    {{ end }}\n'), 'kubernetes-manifest'],
  ['apps/lemon/map.yaml', object('v1', 'ConfigMap', 'data:\n  a.tmpl: |2-\n      {{ if x }}\n'), 'kubernetes-manifest'],
  [
    'apps/lemon/rules.yaml',
    object('monitoring.coreos.com/v1', 'PrometheusRule', 'spec:\n  summary: down since\n    {{ $labels.instance }} went\n'),
    'custom-resource',
  ],
  [
    'apps/lemon/rules.yaml',
    object('monitoring.coreos.com/v1', 'PrometheusRule', 'spec:\n  summary: "down\n    {{ $labels.instance }} went"\n'),
    'custom-resource',
  ],
  ['apps/lemon/quoted.yaml', object('v1', 'ConfigMap', `data:\n  summary: 'it''s\n    {{ $labels.instance }}'\n`), 'kubernetes-manifest'],
  [
    'apps/lemon/rate.yaml',
    object('v1', 'ConfigMap', 'data:\n  summary: errors of {{ $value }}% of\n    {{ $labels.verb }}\n'),
    'kubernetes-manifest',
  ],
  ['hack/below.yaml', 'a: {{ .B }}\n  {{ .C }}\n', 'template'],
  ['hack/sibling.yaml', '- name: a\n  {{- if b }}\n  c: 1\n  {{- end }}\n', 'template'],
  ['hack/keyed.yaml', '{{ .Name }}: a\n', 'template'],
  ['hack/first.yaml', '\n{{ a }}\n', 'template'],
  ['apps/lemon/alert.yaml', object('v1', 'ConfigMap', 'data:\n  summary: "who: {{ $labels.instance }}"\n'), 'kubernetes-manifest'],
  ['apps/lemon/tekton.yaml', object('argoproj.io/v1alpha1', 'Workflow', 'spec:\n  args: ["{{workflow.name}}"]\n'), 'custom-resource'],
  ['apps/lemon/noted.yaml', `# {{ if .Values.enabled }}\n${object('v1', 'ConfigMap')}# {{ end }}\n`, 'kubernetes-manifest'],
  ['apps/lemon/suffix.yaml', object('v1', 'ConfigMap', 'data:\n  name: web-{{ colour }}\n'), 'kubernetes-manifest'],
  ['apps/lemon/list.yaml', object('v1', 'ConfigMap', 'data:\n  - |\n    {{ if }}\n  - >-\n    {{ end }}\n'), 'kubernetes-manifest'],
  ['apps/lemon/board.json', '{"title": "a", "panels": [{"legend": "{{ instance }}"}], "schemaVersion": 1}', 'dashboard'],
  ['apps/lemon/broken.json', '{\n  "name": {{ .Name }}\n}\n', 'template'],
];

const systems: readonly Case[] = [
  ['jx-requirements.yml', 'spec: {}\n', 'jenkins-x-requirements'],
  ['.jx/settings.yaml', 'spec: {}\n', 'jenkins-x-settings'],
  ['.jx/secret/mapping/secret-mappings.yaml', object('gitops.jenkins-x.io/v1alpha1', 'SecretMapping'), 'jenkins-x-config'],
  ['.lighthouse/jenkins-x/triggers.yaml', 'spec: {presubmits: []}\n', 'jenkins-x-trigger'],
  ['versionStream/packages/tool.yml', 'version: 1.2.3\n', 'jenkins-x-config', { 'jx-requirements.yml': '' }],
  ['helmfiles/web/values.lemon.yaml', 'a: {}\n', 'helm-values'],
  ['config-root/namespaces/lemon/web.yaml', deployment, 'kubernetes-manifest', { 'jx-requirements.yml': '' }],
  ['.sops.yaml', 'creation_rules: []\n', 'sops-config'],
  ['secrets/rules.yaml', 'creation_rules:\n  - path_regex: x\n', 'sops-config'],
  ['ansible/group_vars/all/vault.yml', '$ANSIBLE_VAULT;1.1;AES256\n6162\n', 'ansible-vault'],
  ['site.yml', '- hosts: web\n  tasks: []\n', 'ansible-playbook'],
  ['site.yml', '- import_playbook: web.yml\n', 'ansible-playbook'],
  ['roles/web/tasks/main.yml', '- name: a\n  apt: {name: nginx}\n', 'ansible-tasks'],
  ['roles/web/handlers/main.yml', '- name: a\n  service: {name: nginx}\n', 'ansible-tasks'],
  ['roles/web/defaults/main.yml', 'port: 80\n', 'ansible-variables'],
  ['roles/web/meta/main.yml', 'dependencies: []\n', 'ansible-config'],
  ['group_vars/blue.yml', 'replicas: 3\nimage: a\nservice: b\n', 'ansible-variables'],
  ['new/playbook.yaml', '- name: a\n  hosts: all\n', 'ansible-playbook'],
  ['new/tasks/a.yaml', '- name: a\n  some_module: {}\n', 'ansible-tasks', { 'new/playbook.yaml': '' }],
  ['new/templates/a.yaml', `${object('v1', 'ConfigMap')}data: {a: "{{ b }}"}\n`, 'template', { 'new/playbook.yaml': '' }],
  ['new/templates/a.yaml', object('v1', 'ConfigMap'), 'kubernetes-manifest', { 'new/playbook.yaml': '' }],
  ['play/again.yml', '- name: a\n  set_fact: {b: c}\n- name: d\n  file: {path: e}\n', 'ansible-tasks'],
  ['play/prepare.yml', '- name: a\n  ansible.builtin.apt: {name: nginx}\n', 'ansible-tasks'],
  ['inventories/blue/hosts.yml', 'all:\n  children: {}\n', 'ansible-inventory'],
  ['inventories/blue/hosts', '[web]\na.example.org\n', 'ansible-inventory', { 'ansible.cfg': '' }],
  ['inventory.ini', '[web]\n', 'ansible-inventory', { 'ansible.cfg': '' }],
  ['ansible.cfg', '[defaults]\n', 'ansible-config'],
  ['collections/requirements.yml', 'collections: [{name: a.b}]\n', 'ansible-config'],
  ['infra/main.tf', 'resource "a" "b" {}\n', 'terraform'],
  ['infra/blue.tfvars', 'a = 1\n', 'terraform-variables'],
  ['infra/main.tf.json', '{"resource": {}}', 'terraform'],
  ['infra/blue.tfvars.json', '{"a": 1}', 'terraform-variables'],
  ['infra/.terraform.lock.hcl', '', 'terraform-lock'],
  ['infra/terraform.tfstate', '{"version": 4}', 'terraform-state'],
  ['live/blue/terragrunt.hcl', 'include {}\n', 'terragrunt'],
  ['live/region.hcl', 'locals {}\n', 'terragrunt'],
  ['infra/.tflint.hcl', '', 'tool-config'],
  ['vault/policy.hcl', 'path "secret/*" {}\n', 'data'],
  ['stacks/network.yaml', "AWSTemplateFormatVersion: '2010-09-09'\nResources: {}\n", 'cloudformation'],
  [
    'stacks/bucket.template.yaml',
    `Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n    Properties: {BucketName: !Sub "x-\${AWS::Region}"}\n`,
    'cloudformation',
  ],
  ['clusters/kind.yaml', 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n', 'cluster-config'],
  ['clusters/node.yaml', 'version: v1alpha1\nmachine: {type: worker}\ncluster: {}\n', 'cluster-config'],
  ['clusters/volume.yaml', 'apiVersion: v1alpha1\nkind: VolumeConfig\nname: a\n', 'cluster-config'],
  ['clusters/me.yaml', 'apiVersion: v1\nkind: Config\nclusters: []\n', 'cluster-config'],
  ['clusters/init.yaml', '#cloud-config\nusers: []\n', 'cluster-config'],
  ['.github/workflows/ci.yaml', 'on: push\njobs: {}\n', 'github-workflow'],
  ['.github/workflows/compose.yaml', 'on: push\njobs: {}\n', 'github-workflow'],
  ['.gitea/workflows/ci.yml', 'on: push\n', 'github-workflow'],
  ['.github/actions/build/action.yml', 'runs: {using: composite}\n', 'github-action'],
  ['action.yml', 'name: a\nruns: {using: node20}\n', 'github-action'],
  ['.github/settings.yml', 'repository: {}\n', 'github-settings'],
  ['.github/rulesets/main.json', '{"name": "main"}', 'github-settings'],
  ['.github/dependabot.yml', 'version: 2\n', 'tool-config'],
  ['.github/renovate.json', '{ // comment\n}', 'tool-config'],
  ['rules/ruleset.json', '{"target": "branch", "enforcement": "active", "rules": []}', 'github-settings'],
  ['.gitlab-ci.yml', 'stages: []\n', 'gitlab-ci'],
  ['ci/build.gitlab-ci.yml', 'a: {script: []}\n', 'gitlab-ci'],
  ['ci/jobs.yml', '.base: {image: a}\nbuild: {script: [make]}\n', 'gitlab-ci'],
  ['bitbucket-pipelines.yml', 'pipelines: {}\n', 'bitbucket-pipelines'],
  ['azure-pipelines.yml', 'steps: []\n', 'azure-pipelines'],
  ['azure-pipelines-release.yml', 'steps: []\n', 'azure-pipelines'],
  ['ci/steps.yml', 'steps:\n  - task: Helm@1\n', 'azure-pipelines'],
  ['.circleci/config.yml', 'version: 2.1\n', 'ci-config'],
  ['cloudbuild.yaml', 'steps: []\n', 'ci-config'],
  ['Jenkinsfile', 'pipeline {}\n', 'ci-config'],
  ['jobs/fruit.yaml', 'presubmits: {}\n', 'ci-config'],
  ['.github/CODEOWNERS', '* @fruit\n', 'codeowners'],
  ['OWNERS', 'approvers: [a]\n', 'owners'],
];

const others: readonly Case[] = [
  ['compose.yaml', 'services: {}\n', 'compose'],
  ['docker-compose.override.yml', 'services: {}\n', 'compose'],
  ['stack/fruit.yaml', 'services:\n  web: {image: a}\n', 'compose'],
  ['api/fruit.yaml', 'openapi: 3.1.0\n', 'openapi'],
  ['api/old.json', '{"swagger": "2.0"}', 'openapi'],
  ['catalog-info.yaml', object('backstage.io/v1alpha1', 'Component'), 'backstage'],
  ['.pre-commit-config.yaml', 'repos: []\n', 'tool-config'],
  ['.yamllint', 'extends: default\n', 'tool-config'],
  ['.yamllint.yaml', 'extends: default\n', 'tool-config'],
  ['renovate.json', '{}', 'tool-config'],
  ['mkdocs.yml', 'site_name: a\n', 'tool-config'],
  ['Taskfile.yaml', 'version: 3\n', 'tool-config'],
  ['skaffold.yaml', 'apiVersion: skaffold/v4beta1\nkind: Config\n', 'tool-config'],
  ['.vscode/settings.json', '{ // mine\n}', 'tool-config'],
  ['.fruit.yaml', 'a: {}\n', 'tool-config'],
  ['tsconfig.json', '{ // mine\n}', 'tool-config'],
  ['boards/fruit.json', '{"title": "a", "panels": [], "templating": {}}', 'dashboard'],
  ['schemas/fruit.json', '{"$schema": "http://json-schema.org/draft-07/schema#"}', 'json-schema'],
  ['tests/rules.yaml', 'rule_files: [a]\ntests: []\n', 'policy-test'],
  ['tests/anything.yaml', 'colour:\n  of: plums\n', 'policy-test'],
  ['otel/fruit.yaml', 'receivers: {otlp: {}}\nexporters: {}\nservice: {pipelines: {}}\n', 'data'],
  ['monitoring/alerts.yaml', 'groups:\n  - name: a\n    rules: []\n', 'data'],
  ['app/config/fruit.yaml', 'colour:\n  of: plums\n', 'data'],
  ['app/fruit-config.yaml', 'colour:\n  of: plums\n', 'data'],
  ['app/versions.yaml', 'a: 1\nb: 2\n', 'parameters'],
  [
    'infra/vars/fruit.yaml',
    'colour:\n  of: plums\n',
    'data',
    { 'infra/main.tf': `locals {\n  a = yamldecode(file("\${path.module}/vars/fruit.yaml"))\n}\n` },
  ],
  ['pnpm-lock.yaml', 'lockfileVersion: 9\n', 'lock-file'],
  ['package-lock.json', '{}', 'lock-file'],
  ['flake.lock', '{}', 'lock-file'],
  ['README.md', '# Fruit\n', 'documentation'],
  ['LICENSE', 'Apache\n', 'documentation'],
  ['hack/build.sh', 'set -e\n', 'script'],
  ['hack/build', '#!/bin/sh\n', 'script'],
  ['main.jsonnet', '{}\n', 'source-code'],
  ['empty.yaml', '', 'text'],
  ['comments.yaml', '# nothing\n', 'text'],
  ['app/link.yaml', '../values.yaml', 'text'],
  ['app/fruit.yaml', 'colour:\n  of: plums\n', 'other'],
  ['notes.xyz', 'a\n', 'text'],
];

describe('the class of a file', () => {
  const cases = [...kubernetes, ...kustomize, ...helm, ...templates, ...systems, ...others];
  test.each(cases.map(([path, text, expected, beside = {}]) => ({ path, text, expected, beside })))(
    '$path is $expected: $text',
    ({ path, text, expected, beside }) => {
      const file = classifyRepository({ ...beside, [path]: text }).get(path);
      expect(file?.classification.class).toBe(expected);
      expect(file?.classification.reason).not.toBe('');
    },
  );

  test('is tried on many kinds', () => {
    expect(cases.length).toBeGreaterThan(200);
  });
});

describe('templates', () => {
  const language = (path: string, text: string, beside: readonly string[] = []) =>
    classifyText(
      path,
      text,
      describeRepository([...beside, path], () => undefined),
    ).language;

  test('are not parsed', () => {
    for (const [path, text, expected, beside = {}] of templates) {
      if (expected !== 'template') continue;
      expect(language(path, text, Object.keys(beside))).toBe('none');
    }
    expect(language('plum/templates/web.yaml', 'a: "{{ .Values.b }}"\n', ['plum/Chart.yaml'])).toBe('none');
  });

  test('without an action are parsed, and their documents are what they hold', () => {
    const file = classifyRepository({ 'plum/Chart.yaml': 'name: plum\n', 'plum/templates/secret.yaml': object('v1', 'Secret') }).get(
      'plum/templates/secret.yaml',
    );
    expect(file?.classification).toMatchObject({
      class: 'helm-template',
      reason: 'stands below the chart plum, in its "templates"; it has no template action',
    });
    expect(file?.documents[0]?.classification.class).toBe('secret');
  });

  test('that are made to take long end soon', () => {
    const texts = [
      `{"a": ${': {{ x }}, '.repeat(200_000)}}`,
      `k:\n${'   z: v\n     {{ x }}\n'.repeat(50_000)}`,
      `k: '\n${'  {{ x }}\n'.repeat(50_000)}`,
      `${'\n'.repeat(200_000)}{{ x }}`,
    ];
    expect(texts.map(text => language('a.yaml', text))).toEqual(['yaml', 'yaml', 'yaml', 'none']);
  });

  test('say which language they are in', () => {
    const kind = (path: string, text: string) => classifyRepository({ [path]: text }).get(path)?.classification.template;
    expect(kind('a.yaml', 'b: {{ .Values.c }}\n')).toBe('go');
    expect(kind('a.yaml', 'b: {{ c }}\n')).toBe('jinja');
    expect(kind('a.yaml', 'b: "{{ c }}"\n')).toBeUndefined();
    expect(kind('a.yaml.j2', '')).toBe('jinja');
  });
});

describe('generated and vendored files', () => {
  const flags = (path: string, text: string, beside: Readonly<Record<string, string>> = {}) =>
    classifyRepository({ ...beside, [path]: text }).get(path)?.classification;

  test.each([
    ['gotk-components.yaml', deployment, {}],
    ['a/sync.yaml', `# DO NOT EDIT. Generated with:\n#   make\n${deployment}`, {}],
    ['a/sync.yaml', `---\n# Code generated by controller-gen. DO NOT EDIT.\n${deployment}`, {}],
    ['a/sync.yaml', `---\n# Source: plum/templates/web.yaml\n${deployment}`, {}],
    ['a/kept.yaml', `# Kept until the chart is fixed\n# Source: plum/templates/web.yaml\n${deployment}`, {}],
    ['a/sync.yaml', `# This file was automatically generated\n${deployment}`, {}],
    ['vendor/a/web.yaml', deployment, {}],
    ['plum/charts/redis/values.yaml', 'a: {}\n', { 'plum/Chart.yaml': '', 'plum/charts/redis/Chart.yaml': '' }],
    ['apps/charts/redis-7.1.0/redis/values.yaml', 'a: {}\n', { 'apps/charts/redis-7.1.0/redis/Chart.yaml': '' }],
    ['config-root/web.yaml', deployment, { 'jx-requirements.yml': '' }],
    ['rendered/web.yaml', deployment, { '.gitattributes': '* text=auto\nrendered/** linguist-generated\n' }],
    ['lib/web.yaml', deployment, { '.gitattributes': 'lib/* linguist-vendored=true\n' }],
    [
      'lib/web.yaml',
      object('apiextensions.k8s.io/v1', 'CustomResourceDefinition').replace(
        'name: lemon',
        'annotations: {controller-gen.kubebuilder.io/version: v1}',
      ),
      {},
    ],
  ])('%s is', (path, text, beside) => {
    expect(flags(path, text, beside)?.generated).toBe(true);
    expect(flags(path, text, beside)?.reason).toMatch(/; (generated|vendored): /);
  });

  test.each([
    ['a/sync.yaml', `# The passwords of this app are generated: see below\n${deployment}`, {}],
    ['charts/plum/values.yaml', 'a: {}\n', { 'charts/plum/Chart.yaml': '' }],
    ['config-root/web.yaml', deployment, {}],
    ['rendered/web.yaml', deployment, { '.gitattributes': 'rendered/** linguist-generated\nrendered/web.yaml -linguist-generated\n' }],
    ['a/web.yaml', `${deployment}# DO NOT EDIT\n`, {}],
  ])('%s is not', (path, text, beside) => {
    expect(flags(path, text, beside)?.generated).toBeUndefined();
  });

  test('delivered bytes and line ends that Git writes are told', () => {
    const beside = { 'kustomization.yaml': 'configMapGenerator: [{name: a, files: [values.yaml]}]\n', '.gitattributes': '*.yaml eol=crlf\n' };
    expect(flags('values.yaml', 'a: b\n', beside)).toMatchObject({ class: 'helm-values', verbatim: true, gitLineEnds: true });
  });
});

test('each document has its own class', () => {
  const text = `${object('v1', 'Namespace')}---\n${object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization')}---\n- op: remove\n  path: /a\n`;
  const file = classifyRepository({ 'a.yaml': text }).get('a.yaml');
  expect(file?.documents.map(document => document.classification.class)).toEqual(['kubernetes-manifest', 'flux-kustomization', 'json-patch']);
});

test('no text and no path make it fail', () => {
  const name = fc.constantFrom(
    'a.yaml',
    'Chart.yaml',
    'values.yaml',
    'b.json',
    'kustomization.yaml',
    'main.tf',
    'c.hcl',
    'd',
    '.e',
    'templates/f.yaml',
    '.gitattributes',
    'x.yaml.j2',
  );
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%{',
    '<A>',
    '"',
    "'",
    '|',
    '>',
    '\n',
    '  ',
    '- ',
    ': ',
    'a',
    '#',
    '&b',
    '!c',
    '*b',
    'kind',
    'apiVersion',
    'sops',
    '[',
    ']',
    '\t',
    '---\n',
    'é',
  );
  const text = fc.array(piece, { maxLength: 40 }).map(pieces => pieces.join(''));
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.tuple(fc.constantFrom('', 'a/', 'a/b/', '.github/', 'roles/x/'), name).map(parts => parts.join('')),
        fc.oneof(text, fc.string({ unit: 'grapheme' })),
      ),
      files => {
        for (const file of classifyRepository(files).values()) expect(file.classification.reason).not.toBe('');
      },
    ),
    { numRuns: 300 },
  );
});
