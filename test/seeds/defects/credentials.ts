import path from 'node:path/posix';
import type { RepoPath } from '../../../src/core/place.ts';
import { type Dice, diceFrom, pick } from '../../secrets/token-shapes.ts';
import { append } from '../edit-text.ts';
import { fieldAt, isManifest } from '../mentions.ts';
import type { Repository } from '../read-repository.ts';
import type { Defect, Seeder, Seeders } from '../seed.ts';

/** Credentials where no Secret holds them: in workloads, values, other tools' files, URLs. Each is made when the test runs. */
export const credentialDefects: Seeders<Defect> = {
  'a password stands in the environment of a container': inManifest('workload-literal', ({ password }) => [
    ...workload('Deployment', 'robot'),
    '          env:',
    '            - name: LOG_LEVEL',
    '              value: debug',
    '            - name: DB_PASSWORD',
    `              value: "${password}" # here`,
  ]),
  'a key stands in the environment of an init container, in brackets': inManifest('workload-literal', ({ key }) => [
    ...workload('StatefulSet', 'robot'),
    '      initContainers:',
    '        - name: migrate',
    '          image: registry.example.org/robot/migrate:1.4.2',
    `          env: [{ name: ROBOT_API_KEY, value: ${key} }] # here`,
  ]),
  'a secret stands in the environment of a job that runs at night': inManifest('workload-literal', ({ password }) => [
    'apiVersion: batch/v1',
    'kind: CronJob',
    'metadata:',
    '  name: robot',
    'spec:',
    '  schedule: "0 3 * * *"',
    '  jobTemplate:',
    '    spec:',
    '      template:',
    '        spec:',
    '          restartPolicy: Never',
    '          containers:',
    '            - name: robot',
    '              image: registry.example.org/robot/robot:1.4.2',
    '              env:',
    '                - name: CLIENT_SECRET',
    `                  value: '${password}' # here`,
  ]),
  'a container is started with a password': inManifest('workload-literal', ({ password }) => [
    ...workload('Deployment', 'robot'),
    '          args:',
    '            - --log-level=debug',
    `            - "--db-password=${password}" # here`,
  ]),
  'a container is started with a password in an argument of its own': inManifest('workload-literal', ({ password }) => [
    ...workload('Deployment', 'robot'),
    '          command:',
    '            - /robot',
    '            - --password',
    `            - '${password}' # here`,
  ]),
  'a ConfigMap holds a password': inManifest('workload-literal', ({ password }) => [
    ...configMap,
    '  db-user: robot',
    `  db-password: "${password}" # here`,
  ]),
  'a ConfigMap holds properties with a password': inManifest('workload-literal', ({ password }) => [
    ...configMap,
    '  application.properties: |',
    '    spring.datasource.username=robot',
    `    spring.datasource.password=${password}`,
    '    # above',
  ]),
  'a ConfigMap holds JSON with a secret': inManifest('workload-literal', ({ key }) => [
    ...configMap,
    '  settings.json: |',
    '    {',
    '      "oauth": {',
    `        "clientId": "robot", "clientSecret": "${key}"`,
    '    # above',
    '      }',
    '    }',
  ]),
  'a ConfigMap holds settings in YAML with a secret': inManifest('workload-literal', ({ password }) => [
    ...configMap,
    '  settings.yaml: |',
    '    storage:',
    '      bucket: robot',
    `      secretKey: "${password}" # here`,
  ]),
  'Argo CD is given a password as a parameter of a chart': inManifest('workload-literal', ({ password }) => [
    ...application,
    '      parameters:',
    '        - name: auth.adminPassword',
    `          value: "${password}" # here`,
  ]),
  'Argo CD is given a password in the values of a chart': inManifest('values-credential', ({ password }) => [
    ...application,
    '      valuesObject:',
    '        auth:',
    `          adminPassword: "${password}" # here`,
  ]),
  'Argo CD is given a password in a text of values': inManifest('values-credential', ({ password }) => [
    ...application,
    '      values: |',
    '        replicas: 2',
    `        redis: { password: "${password}" } # here`,
  ]),
  'a release of Flux is given a password': inManifest('values-credential', ({ password }) => [
    'apiVersion: helm.toolkit.fluxcd.io/v2',
    'kind: HelmRelease',
    'metadata:',
    '  name: robot',
    'spec:',
    '  interval: 1h',
    '  chart:',
    '    spec:',
    '      chart: robot',
    '      version: 1.4.2',
    '      sourceRef:',
    '        kind: HelmRepository',
    '        name: robots',
    '  values:',
    '    persistence:',
    '      size: 8Gi',
    '    auth:',
    `      rootPassword: ${password.replace('#', 'h')} # here`,
  ]),
  'values hold a password': inValues(({ password }) => ['grafana:', '  persistence: true', `  adminPassword: "${password}" # here`]),
  'values hold a key in a list': inValues(({ key }) => ['users:', '  - name: robot', `    apiKey: ${key} # here`]),
  'values hold a secret below a name that tells': inValues(({ key }) => ['oauth:', '  client:', '    id: robot', `    secret: ${key} # here`]),
  'values hold the environment of a container with a token': inValues(({ key }) => [
    'extraEnv:',
    '  - name: SESSION_SECRET',
    `    value: ${key} # here`,
  ]),
  'variables of Terraform hold a password': inNewFile('terraform/robot/production.tfvars', 'values-credential', ({ password }) => [
    'region      = "eu-west-1"',
    `db_password = "${password}" # here`,
  ]),
  'a resource of Terraform is given a password': inNewFile('terraform/robot/database.tf', 'values-credential', ({ password }) => [
    'resource "aws_db_instance" "robot" {',
    '  engine         = "postgres"',
    '  instance_class = "db.t4g.micro"',
    '  username       = "robot"',
    `  password       = "${password}" # here`,
    '}',
  ]),
  'a variable of Terraform has a password as its default': inNewFile('terraform/robot/variables.tf', 'values-credential', ({ password }) => [
    'variable "admin_password" {',
    '  type      = string',
    '  sensitive = true',
    `  default   = "${password}" # here`,
    '}',
  ]),
  'locals of Terraform hold a key': inNewFile('terraform/robot/locals.tf', 'values-credential', ({ key }) => [
    'locals {',
    '  settings = {',
    '    url     = "https://robot.example.org"',
    `    api_key = "${key}" # here`,
    '  }',
    '}',
  ]),
  'inputs of Terragrunt hold a password': inNewFile('live/production/robot/terragrunt.hcl', 'values-credential', ({ password }) => [
    'include "root" {',
    '  path = find_in_parent_folders()',
    '}',
    'inputs = {',
    '  name            = "robot"',
    `  master_password = "${password}" # here`,
    '}',
  ]),
  'variables of Ansible hold a password': inNewFile('ansible/group_vars/production.yml', 'values-credential', ({ password }) => [
    '---',
    'mysql_port: 3306',
    `mysql_root_password: "${password}" # here`,
  ]),
  'a playbook holds a password': inNewFile('ansible/site.yml', 'values-credential', ({ password }) => [
    '---',
    '- name: Robots',
    '  hosts: robots',
    '  vars:',
    `    robot_password: "${password}" # here`,
    '  tasks:',
    '    - name: Ping',
    '      ansible.builtin.ping:',
  ]),
  'a workflow of GitHub holds a password': inNewFile('.github/workflows/robot.yml', 'values-credential', ({ password }) => [
    'name: robot',
    'on: push',
    'env:',
    '  REGISTRY: registry.example.org',
    `  REGISTRY_PASSWORD: "${password}" # here`,
    'jobs:',
    '  build:',
    '    runs-on: ubuntu-24.04',
    '    steps:',
    '      - run: make',
  ]),
  'a step of a workflow holds a token': inNewFile('.github/workflows/robots.yaml', 'values-credential', ({ key }) => [
    'name: robots',
    'on: push',
    'jobs:',
    '  build:',
    '    runs-on: ubuntu-24.04',
    '    steps:',
    '      - run: make deploy',
    '        env:',
    `          DEPLOY_TOKEN: ${key} # here`,
  ]),
  'a pipeline of GitLab holds a password': inNewFile('ci/robot/.gitlab-ci.yml', 'values-credential', ({ password }) => [
    'variables:',
    '  REGISTRY: registry.example.org',
    `  DEPLOY_PASSWORD: "${password}" # here`,
    'build:',
    '  script: [make]',
  ]),
  'Compose holds a password': inNewFile('compose.yaml', 'values-credential', ({ password }) => [
    'services:',
    '  database:',
    '    image: postgres:17.2',
    '    environment:',
    '      POSTGRES_USER: robot',
    `      POSTGRES_PASSWORD: "${password}" # here`,
  ]),
  'the state of Terraform is added': inNewFile(
    'terraform/robot/terraform.tfstate',
    'sensitive-file',
    ({ password }) => [
      '{',
      '  "version": 4,',
      '  "terraform_version": "1.9.5",',
      '  "serial": 3,',
      '  "lineage": "6a2c8d52-31a4-4f4c-a4f1-9f10c0f3a1f7",',
      '  "outputs": {',
      `    "password": { "value": "${password}", "type": "string", "sensitive": true }`,
      '  },',
      '  "resources": []',
      '}',
    ],
    1,
  ),
  'the environment of a program is added': inNewFile(
    'apps/robot/.env',
    'sensitive-file',
    ({ password }) => ['LOG_LEVEL=debug', `DB_PASSWORD=${password}`],
    1,
    2,
  ),
  'a kubeconfig is added': inNewFile(
    'clusters/robot.kubeconfig',
    'sensitive-file',
    ({ dice }) => [
      'apiVersion: v1',
      'kind: Config',
      'current-context: robot',
      'clusters:',
      '  - name: robot',
      '    cluster:',
      '      server: https://robot.example.org:6443',
      'contexts:',
      '  - name: robot',
      '    context: { cluster: robot, user: robot }',
      'users:',
      '  - name: robot',
      '    user:',
      `      token: ${pick(dice, letters, 48)}`,
    ],
    1,
    14,
  ),
  'the password of a vault is added': inNewFile('ansible/.vault_pass', 'sensitive-file', ({ key }) => [key], 1),
  'values are added that were decrypted': inNewFile(
    'apps/robot/secrets.dec.yaml',
    'sensitive-file',
    ({ password }) => ['robot:', `  password: "${password}"`],
    1,
    2,
  ),
  'a source of Flux has its password in the URL': inManifest('credential-in-url', ({ key }) => [
    'apiVersion: source.toolkit.fluxcd.io/v1',
    'kind: GitRepository',
    'metadata:',
    '  name: robot',
    'spec:',
    '  interval: 1h',
    '  ref: { branch: main }',
    `  url: https://robot:${key}@git.robots.internal/robots/robot.git # here`,
  ]),
  'the URL of a database has a password': inManifest('credential-in-url', ({ key }) => [
    ...workload('Deployment', 'robot'),
    '          env:',
    '            - name: DATABASE_URL',
    `              value: postgres://robot:${key}@db.robot.svc:5432/robot # here`,
  ]),
  'the URL of a queue has a password, in a ConfigMap': inManifest('credential-in-url', ({ key }) => [
    ...configMap,
    `  QUEUE: amqps://robot:${key}@queue.robots.internal/robot # here`,
  ]),
  'the URL of a cache has a password alone': inManifest('credential-in-url', ({ key }) => [
    ...configMap,
    '  robot.toml: |',
    '    [cache]',
    `    url = "redis://:${key}@cache.robots.internal:6379/0" # here`,
  ]),
  'a script signs in with a header': inNewFile('scripts/robot.sh', 'credential-in-url', ({ password }) => [
    '#!/bin/sh',
    `curl -H "Authorization: Basic ${encode(`robot:${password}`)}" https://robot.robots.internal # here`,
  ]),
  'npm is given a token': inNewFile('apps/robot/.npmrc', 'credential-in-url', ({ dice }) => [
    'registry=https://registry.example.org/npm/',
    `//registry.robots.internal/npm/:_authToken=${pick(dice, letters, 36)}`,
    '# above',
  ]),
  'curl is given a password': inNewFile('home/.netrc', 'credential-in-url', ({ key }) => [
    `machine robot.robots.internal login robot password ${key}`,
    '# above',
  ]),
  'Docker is given a password': inNewFile('home/.docker/config.json', 'credential-in-url', ({ key }) => [
    '{',
    '  "auths": {',
    `    "registry.robots.internal": { "auth": "${encode(`robot:${key}`)}" }`,
    '# above',
    '  }',
    '}',
  ]),
  'a field was added to a Secret that SOPS encrypted': inManifest('sops-partial', ({ password, dice }) => [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    '  name: robot',
    'stringData:',
    `  user: ${encrypted(dice)}`,
    `  password: "${password}" # here`,
    ...sopsMetadata(dice),
  ]),
  'a Secret was decrypted and not encrypted again': function* ({ files, documents }) {
    for (const [index, folder] of foldersOf(documents).entries()) {
      const { password } = credentials(index);
      const file = path.join(folder, 'robot.sops.yaml');
      const rules = path.join(folder, '.sops.yaml');
      if (file in files || rules in files) continue;
      const text = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: robot\nstringData:\n  password: "${password}"\n`;
      yield {
        files: {
          [file]: text,
          [rules]: `creation_rules:\n  - path_regex: \\.sops\\.yaml$\n    encrypted_regex: ^(data|stringData)$\n    age: ${recipient}\n`,
        },
        expected: [
          ...[1, 5, 6].map(line => ({ ruleId: 'secrets/sops-unencrypted', path: file, line })),
          { ruleId: 'secrets/plaintext-manifest', path: file, line: 6 },
        ],
      };
    }
  },
  'a value of a sealed Secret is not sealed': inManifest('sealed-secret', ({ password }) => [
    'apiVersion: bitnami.com/v1alpha1',
    'kind: SealedSecret',
    'metadata:',
    '  name: robot',
    '  namespace: robot',
    'spec:',
    '  encryptedData:',
    `    password: "${password}" # here`,
  ]),
};

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const recipient = `age1${'qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqs3290gq'.slice(0, 58)}`;

interface Credentials {
  /** With a sign, as people choose it. */
  readonly password: string;
  /** Letters and digits, as a program makes it. */
  readonly key: string;
  readonly dice: Dice;
}

function credentials(seed: number): Credentials {
  const dice = diceFrom(seed * 7919 + 17);
  const password = `${pick(dice, letters, 7)}${pick(dice, '!%*-+.', 1)}${pick(dice, letters, 6)}${pick(dice, '23456789', 2)}`;
  return { password, key: `${pick(dice, letters, 27)}7${pick(dice, letters, 4)}`, dice };
}

type Lines = (credentials: Credentials) => readonly string[];

/** A new manifest in every folder that holds some; the mistake is on the line marked `here`, or above the one marked `above`. */
function inManifest(rule: string, lines: Lines): Seeder<Defect> {
  return function* ({ files, documents }) {
    for (const [index, folder] of foldersOf(documents).entries()) {
      const file = path.join(folder, 'robot.yaml');
      if (!(file in files)) yield planted(file, lines(credentials(index)), rule);
    }
  };
}

/** A new file at one place; without a mark the mistake is on one of the lines that are given. */
function inNewFile(file: RepoPath, rule: string, lines: Lines, ...at: readonly number[]): Seeder<Defect> {
  return function* ({ files }) {
    if (!(file in files)) for (let seed = 0; seed < 3; seed++) yield planted(file, lines(credentials(seed)), rule, at);
  };
}

/** Fields at the end of each file of values. */
function inValues(lines: Lines): Seeder<Defect> {
  return function* ({ documents }) {
    for (const [index, document] of documents.entries()) {
      if (!/(^|\/)values[\w-]*\.ya?ml$/.test(document.path)) continue;
      const added = lines(credentials(index));
      if (fieldAt(document, (added[0] ?? '').replace(':', ''))) continue;
      const { text, line } = append(document, ...added);
      const at = line + added.findIndex(isMarked);
      yield {
        files: { [document.path]: text.replace(' # here', '') },
        expected: [{ ruleId: 'secrets/values-credential', path: document.path, line: at }],
      };
    }
  };
}

function planted(file: RepoPath, lines: readonly string[], rule: string, at: readonly number[] = []): Defect {
  const marked = lines.findIndex(isMarked) + 1;
  const above = lines.findIndex(isMarkBelow);
  const places = at.length > 0 ? at : [marked || above];
  const text = lines
    .filter(line => !isMarkBelow(line))
    .map(line => `${line.replace(' # here', '')}\n`)
    .join('');
  return { files: { [file]: text }, expected: places.map(line => ({ ruleId: `secrets/${rule}`, path: file, line })) };
}

function isMarked(line: string): boolean {
  return line.endsWith(' # here');
}

function isMarkBelow(line: string): boolean {
  return line.trim() === '# above';
}

function foldersOf(documents: Repository['documents']): RepoPath[] {
  return [...new Set(documents.filter(isManifest).map(({ path: file }) => path.dirname(file)))];
}

const configMap = ['apiVersion: v1', 'kind: ConfigMap', 'metadata:', '  name: robot', 'data:'];

/** An Application of a chart up to what it is given. */
const application = [
  'apiVersion: argoproj.io/v1alpha1',
  'kind: Application',
  'metadata:',
  '  name: robot',
  '  namespace: argocd',
  'spec:',
  '  project: robots',
  '  destination:',
  '    server: https://kubernetes.default.svc',
  '    namespace: robot',
  '  source:',
  '    repoURL: https://charts.example.org',
  '    chart: robot',
  '    targetRevision: 1.4.2',
  '    helm:',
];

/** A workload up to its first container, to which fields can be added. */
function workload(kind: string, name: string): string[] {
  return [
    'apiVersion: apps/v1',
    `kind: ${kind}`,
    'metadata:',
    `  name: ${name}`,
    'spec:',
    `  selector: { matchLabels: { app: ${name} } }`,
    ...(kind === 'StatefulSet' ? [`  serviceName: ${name}`] : []),
    '  template:',
    `    metadata: { labels: { app: ${name} } }`,
    '    spec:',
    '      containers:',
    `        - name: ${name}`,
    `          image: registry.example.org/robot/${name}:1.4.2`,
  ];
}

function encrypted(dice: Dice): string {
  const part = (length: number) => encode(pick(dice, letters, length));
  return `ENC[AES256_GCM,data:${part(9)},iv:${part(32)},tag:${part(16)},type:str]`;
}

function sopsMetadata(dice: Dice): string[] {
  return [
    'sops:',
    '  age:',
    `    - recipient: ${recipient}`,
    '      enc: |',
    '        -----BEGIN AGE ENCRYPTED FILE-----',
    `        ${encode(pick(dice, letters, 48))}`,
    '        -----END AGE ENCRYPTED FILE-----',
    '  lastmodified: "2026-03-01T10:12:14Z"',
    `  mac: ${encrypted(dice)}`,
    '  encrypted_regex: ^(data|stringData)$',
    '  version: 3.9.4',
  ];
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64');
}
