import type { Source } from './structure-corpus.ts';

/** What other tools than Kubernetes and Helm read, with the values of variables, attributes and settings in them. */
type ToolSource = Omit<Source, 'rule'> & { readonly rule: 'values-credential' | 'sensitive-file' };

const quoted = (text: string) => JSON.stringify(text);
/** Names in HCL have no dots. */
const name = (key: string) => key.replaceAll('.', '_');
const bare = (text: string) => (text === '' ? "''" : text);

const inFile = (
  title: string,
  path: string,
  text: (key: string, value: string) => string,
  beside: Readonly<Record<string, string>> = {},
): ToolSource => ({
  title,
  rule: 'values-credential',
  path,
  files: (key, value) => ({ ...beside, [path]: text(key, value) }),
});

const ansible = { 'ansible.cfg': '[defaults]\n' };

export const toolSources: readonly ToolSource[] = [
  // Terraform and Terragrunt
  inFile('values of variables', 'prod.tfvars', (key, value) => `region = "eu"\n${name(key)} = ${quoted(value)}\n`),
  inFile(
    'values of variables that are loaded by themselves',
    'prod.auto.tfvars',
    (key, value) => `database = {\n  ${name(key)} = ${quoted(value)}\n}\n`,
  ),
  inFile(
    'values of variables in JSON',
    'prod.auto.tfvars.json',
    (key, value) => `{\n  "region": "eu",\n  ${quoted(name(key))}: ${quoted(value)}\n}\n`,
  ),
  inFile(
    'the default of a variable',
    'variables.tf',
    (key, value) => `variable ${quoted(name(key))} {\n  type    = string\n  default = ${quoted(value)}\n}\n`,
  ),
  inFile(
    'an object that is the default of a variable',
    'variables.tf',
    (key, value) => `variable "db" {\n  default = {\n    ${name(key)} = ${quoted(value)}\n  }\n}\n`,
  ),
  inFile('a local', 'main.tf', (key, value) => `locals {\n  region = "eu"\n  ${name(key)} = ${quoted(value)}\n}\n`),
  inFile(
    'an attribute',
    'main.tf',
    (key, value) => `resource "aws_db_instance" "web" {\n  engine = "postgres"\n  ${name(key)} = ${quoted(value)}\n}\n`,
  ),
  inFile(
    'an attribute of the second of two blocks',
    'main.tf',
    (key, value) => `resource "web_app" "web" {\n  setting {\n    level = 1\n  }\n  setting {\n    ${name(key)} = ${quoted(value)}\n  }\n}\n`,
  ),
  inFile('a provider', 'main.tf', (key, value) => `provider "web" {\n  ${name(key)} = ${quoted(value)}\n}\n`),
  inFile(
    'a name and its value',
    'main.tf',
    (key, value) => `resource "helm_release" "web" {\n  set {\n    name  = ${quoted(key)}\n    value = ${quoted(value)}\n  }\n}\n`,
  ),
  inFile(
    'JSON from a call',
    'main.tf',
    (key, value) =>
      `resource "aws_secretsmanager_secret_version" "web" {\n  secret_string = jsonencode({\n    ${name(key)} = ${quoted(value)}\n  })\n}\n`,
  ),
  inFile(
    'calls in calls',
    'main.tf',
    (key, value) => `resource "helm_release" "web" {\n  values = [yamlencode(merge(var.values, {\n    ${name(key)} = ${quoted(value)}\n  }))]\n}\n`,
  ),
  inFile(
    'a heredoc',
    'main.tf',
    (key, value) => `resource "helm_release" "web" {\n  values = [<<-EOT\n    level: info\n    ${key}: ${quoted(value)}\n  EOT\n  ]\n}\n`,
  ),
  inFile('a choice between objects', 'main.tf', (key, value) => `locals {\n  web = var.web ? {\n    ${name(key)} = ${quoted(value)}\n  } : {}\n}\n`),
  inFile(
    'what a template is given',
    'main.tf',
    (key, value) => `locals {\n  web = templatefile("web.tpl", {\n    ${name(key)} = ${quoted(value)}\n  })\n}\n`,
  ),
  inFile('Terraform in JSON', 'main.tf.json', (key, value) => JSON.stringify({ locals: { [name(key)]: value } }, null, 2)),
  inFile(
    'inputs of Terragrunt',
    'shop/terragrunt.hcl',
    (key, value) => `include "root" {\n  path = find_in_parent_folders()\n}\ninputs = {\n  ${name(key)} = ${quoted(value)}\n}\n`,
  ),
  inFile(
    'inputs of Terragrunt that are merged',
    'shop/terragrunt.hcl',
    (key, value) => `inputs = merge(local.common, {\n  ${name(key)} = ${quoted(value)}\n})\n`,
  ),
  // Ansible
  inFile('variables of a group', 'group_vars/all.yml', (key, value) => `region: eu\n${key}: ${quoted(value)}\n`, ansible),
  inFile('variables of a host', 'host_vars/web1.yml', (key, value) => `web:\n  ${key}: ${quoted(value)}\n`, ansible),
  inFile('defaults of a role', 'roles/web/defaults/main.yml', (key, value) => `${key}: ${quoted(value)}\n`, ansible),
  inFile('variables of a playbook', 'site.yml', (key, value) => `- hosts: all\n  vars:\n    ${key}: ${quoted(value)}\n  tasks: []\n`, ansible),
  inFile(
    'arguments of a task',
    'roles/web/tasks/main.yml',
    (key, value) => `- name: Make a user\n  shop.web.user:\n    ${key}: ${quoted(value)}\n`,
    ansible,
  ),
  // CI systems
  inFile('the variables of a workflow', '.github/workflows/ci.yaml', (key, value) => `on: push\nenv:\n  ${key}: ${quoted(value)}\njobs: {}\n`),
  inFile(
    'the variables of a step',
    '.github/workflows/ci.yaml',
    (key, value) =>
      `on: push\njobs:\n  web:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n        env:\n          ${key}: ${quoted(value)}\n`,
  ),
  inFile(
    'the inputs of an action',
    '.github/workflows/ci.yaml',
    (key, value) =>
      `on: push\njobs:\n  web:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: shop/deploy@v1\n        with:\n          ${key}: ${quoted(value)}\n`,
  ),
  inFile('the variables of a pipeline of GitLab', '.gitlab-ci.yml', (key, value) => `variables:\n  ${key}: ${quoted(value)}\n`),
  inFile(
    'a variable with a description',
    '.gitlab-ci.yml',
    (key, value) => `variables:\n  ${key}:\n    description: what it is for\n    value: ${quoted(value)}\n`,
  ),
  inFile(
    'the variables of a pipe of Bitbucket',
    'bitbucket-pipelines.yml',
    (key, value) =>
      `pipelines:\n  default:\n    - step:\n        script:\n          - pipe: shop/deploy:1.0.0\n            variables:\n              ${key}: ${quoted(value)}\n`,
  ),
  inFile(
    'the variables of a pipeline of Azure',
    'azure-pipelines.yml',
    (key, value) => `variables:\n  - name: ${key}\n    value: ${quoted(value)}\nsteps: []\n`,
  ),
  // others
  inFile(
    'the environment of a service',
    'compose.yaml',
    (key, value) => `services:\n  web:\n    image: web:1.0\n    environment:\n      ${key}: ${quoted(value)}\n`,
  ),
  inFile(
    'the environment of a service as a list',
    'compose.yaml',
    (key, value) => `services:\n  web:\n    image: web:1.0\n    environment:\n      - ${quoted(`${key}=${value}`)}\n`,
  ),
  inFile('properties', 'config/app.properties', (key, value) => `# settings\nlog.level=info\n${key}=${bare(value)}\n`),
  inFile('an INI file', 'config/app.ini', (key, value) => `[main]\nlevel = info\n${key} = ${bare(value)}\n`),
  inFile('TOML', 'config/app.toml', (key, value) => `[main]\nlevel = "info"\n${key} = ${quoted(value)}\n`),
  inFile('variables for a program', 'config/web.env', (key, value) => `LEVEL=info\n${key}=${bare(value)}\n`),
  inFile(
    'the settings of Jenkins X',
    '.jx/settings.yaml',
    (key, value) => `apiVersion: core.jenkins-x.io/v4beta1\nkind: Settings\nspec:\n  ${key}: ${quoted(value)}\n`,
  ),
  inFile(
    'the requirements of Jenkins X',
    'jx-requirements.yml',
    (key, value) => `apiVersion: core.jenkins-x.io/v4beta1\nkind: Requirements\nspec:\n  ${key}: ${quoted(value)}\n`,
  ),
  {
    title: 'an environment file',
    rule: 'sensitive-file',
    path: 'apps/web/.env',
    line: 1,
    files: (key, value) => ({ 'apps/web/.env': `LEVEL=info\nexport ${key}=${bare(value)}\n` }),
  },
];
