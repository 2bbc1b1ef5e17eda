import type { DocumentClass } from '../core/classification.ts';
import { type Fields, isFields } from '../core/fields.ts';

type Shape = readonly [DocumentClass, string];

/** What a document without a Kubernetes kind is by its fields; nothing where they are not telling. */
export function shapeOf(value: unknown): Shape | undefined {
  if (Array.isArray(value)) return shapeOfList(value);
  return isFields(value) ? shapeOfFields(value) : undefined;
}

function shapeOfList(list: readonly unknown[]): Shape | undefined {
  if (list.length === 0) return undefined;
  const items = list.filter(isFields);
  if (items.length < list.length) return undefined;
  if (items.every(item => typeof item.op === 'string' && typeof item.path === 'string'))
    return ['json-patch', 'a list of operations with "op" and "path"'];
  if (items.every(item => 'hosts' in item || 'import_playbook' in item || 'ansible.builtin.import_playbook' in item)) {
    return ['ansible-playbook', 'a list of plays with "hosts"'];
  }
  if (items.every(item => isFields(item.source) && Array.isArray(item.targets))) return ['kustomize-configuration', 'a list of replacements'];
  if (items.every(isTask)) return ['ansible-tasks', 'a list of tasks'];
  return undefined;
}

/** Keywords that only tasks have. */
const taskWords = new Set(
  'block include_tasks import_tasks include_role import_role include_vars register notify become delegate_to set_fact when with_items'.split(' '),
);

/** Modules that are written without their collection more often than with it; anything else may have such a field. */
const modules = new Set(
  'apt yum dnf package copy template file command shell service systemd debug fail assert uri get_url git lineinfile user stat k8s helm pip unarchive'.split(
    ' ',
  ),
);

function isTask(item: Fields): boolean {
  const isNamed = typeof item.name === 'string';
  return Object.keys(item).some(key => taskWords.has(key) || (isNamed && modules.has(key)) || /^[a-z_]+\.[a-z_]+\.[a-z_0-9]+$/.test(key));
}

function shapeOfFields(value: Fields): Shape | undefined {
  for (const key of Object.keys(value)) {
    const shape = shapeByKey(key, value);
    if (shape) return shape;
  }
  return shapeByKeys(value);
}

/** A key that tells on its own, or with its value. */
function shapeByKey(key: string, value: Fields): Shape | undefined {
  const inner = value[key];
  switch (key) {
    case 'AWSTemplateFormatVersion':
      return ['cloudformation', 'has "AWSTemplateFormatVersion"'];
    case 'Resources':
      return someField(inner, resource => typeof resource.Type === 'string' && /^(AWS|Custom|Alexa)::/.test(resource.Type))
        ? ['cloudformation', 'has resources of CloudFormation']
        : undefined;
    case 'openapi':
    case 'swagger':
    case 'asyncapi':
      return typeof inner === 'string' || typeof inner === 'number' ? ['openapi', `has "${key}"`] : undefined;
    case 'creation_rules':
      return Array.isArray(inner) ? ['sops-config', 'has "creation_rules"'] : undefined;
    case 'services':
      return isFields(inner) &&
        Object.keys(inner).length > 0 &&
        everyField(inner, service => 'image' in service || 'build' in service || 'extends' in service)
        ? ['compose', 'has services with images']
        : undefined;
    case 'machine':
      return isFields(inner) && (value.version === 'v1alpha1' || 'cluster' in value || 'install' in inner || 'network' in inner || 'kubelet' in inner)
        ? ['cluster-config', 'a machine configuration of Talos']
        : undefined;
    case 'cluster':
      return isFields(inner) &&
        ('controllerManager' in inner || 'apiServer' in inner || 'allowSchedulingOnControlPlanes' in inner || 'proxy' in inner)
        ? ['cluster-config', 'a cluster configuration of Talos']
        : undefined;
    case 'panels':
      return Array.isArray(inner) && ('title' in value || 'schemaVersion' in value || 'templating' in value)
        ? ['dashboard', 'has the panels of a dashboard']
        : undefined;
    case 'dashboard':
      return isFields(inner) && Array.isArray(inner.panels) ? ['dashboard', 'has the panels of a dashboard'] : undefined;
    case 'releases':
      return Array.isArray(inner) && inner.some(release => isFields(release) && 'chart' in release)
        ? ['helmfile', 'has "releases" with charts']
        : undefined;
    case 'applySpecVersion':
      return isFields(value.spec) ? ['cluster-config', 'a configuration of Config Sync'] : undefined;
    case 'helmDefaults':
      return isFields(inner) ? ['helmfile', 'has "helmDefaults"'] : undefined;
    case 'helmfiles':
      return Array.isArray(inner) ? ['helmfile', 'has "helmfiles"'] : undefined;
    case 'customization':
      return isFields(inner) && ('systemExtensions' in inner || 'extraKernelArgs' in inner) ? ['cluster-config', 'a schematic of Talos'] : undefined;
    case 'collections':
    case 'roles':
      return Object.keys(value).length <= 2 &&
        Array.isArray(inner) &&
        inner.some(item => isFields(item) && ('name' in item || 'src' in item || 'role' in item))
        ? ['ansible-config', `lists the "${key}" that Ansible installs`]
        : undefined;
    case 'nameReference':
    case 'varReference':
    case 'namePrefix':
    case 'nameSuffix':
    case 'commonLabels':
    case 'commonAnnotations':
    case 'images':
    case 'replicas':
    case 'namespace':
      return isFieldSpecs(inner) ? ['kustomize-configuration', `has field specifications under "${key}"`] : undefined;
    case 'receivers':
      return Array.isArray(inner) && isFields(value.route)
        ? ['data', 'a configuration of Alertmanager']
        : isFields(value.service) && isFields(inner)
          ? ['data', 'a configuration of the OpenTelemetry collector']
          : undefined;
    case 'scrape_configs':
      return Array.isArray(inner) ? ['data', 'a configuration of Prometheus'] : undefined;
    case 'groups':
      return Array.isArray(inner) && inner.some(group => isFields(group) && Array.isArray(group.rules))
        ? ['data', 'rules of Prometheus or Loki']
        : undefined;
    case 'rule_files':
    case 'evaluation_interval':
      return Array.isArray(value.tests) ? ['policy-test', 'a test of Prometheus rules'] : undefined;
    case 'suite':
      return Array.isArray(value.tests) ? ['policy-test', 'a test of a Helm chart'] : undefined;
    case 'tests':
      return Array.isArray(inner) && inner.some(test => isFields(test) && Array.isArray(test.asserts))
        ? ['policy-test', 'a test of a Helm chart']
        : undefined;
    case 'fileExistenceTests':
    case 'commandTests':
      return ['policy-test', 'a test of a container image'];
    case 'jobs':
      return jobsShape(value, inner);
    case 'pipelines':
      return isFields(inner) && ('default' in inner || 'branches' in inner || 'pull-requests' in inner)
        ? ['bitbucket-pipelines', 'has the pipelines of Bitbucket']
        : undefined;
    case 'runs':
      return isFields(inner) && 'using' in inner ? ['github-action', 'has "runs" with "using"'] : undefined;
    case 'all':
      return isFields(inner) && ('hosts' in inner || 'children' in inner) ? ['ansible-inventory', 'has "all" with "hosts" or "children"'] : undefined;
    case 'sources':
    case 'conditions':
    case 'targets':
      return isFields(inner) && isFields(value.targets ?? value.sources) && everyField(inner, item => 'kind' in item)
        ? ['tool-config', 'a pipeline of Updatecli']
        : undefined;
    case 'repos':
      return Array.isArray(inner) && inner.some(repo => isFields(repo) && Array.isArray(repo.hooks))
        ? ['tool-config', 'a configuration of pre-commit']
        : undefined;
    case '$schema':
      return typeof inner === 'string' && inner.includes('json-schema.org') ? ['json-schema', 'has "$schema" of JSON Schema'] : undefined;
    case 'terraform_version':
      return 'lineage' in value || 'serial' in value ? ['terraform-state', 'has "terraform_version" and "serial"'] : undefined;
    case 'presubmits':
    case 'postsubmits':
    case 'periodics':
      return ['ci-config', 'has the jobs of Prow'];
    case 'plugins':
      return isFields(inner) && ('config_updater' in value || 'approve' in value || 'triggers' in value)
        ? ['ci-config', 'a configuration of Prow']
        : undefined;
    case 'steps':
      return Array.isArray(inner) ? stepsShape(value, inner) : undefined;
    case 'schemaVersion':
      return typeof inner === 'string' && ('components' in value || 'parent' in value) && isFields(value.metadata)
        ? ['tool-config', 'a devfile']
        : undefined;
    default:
      return undefined;
  }
}

/** A Kustomize configuration lists where in objects something is to be changed. */
function isFieldSpecs(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(item => isFields(item) && ('fieldSpecs' in item || ('path' in item && !('newTag' in item))))
  );
}

function jobsShape(value: Fields, jobs: unknown): Shape | undefined {
  if (isFields(jobs)) {
    if ('on' in value || 'true' in value) return ['github-workflow', 'has "on" and "jobs"'];
    if ('version' in value && 'workflows' in value) return ['ci-config', 'has the jobs and workflows of CircleCI'];
    return someField(jobs, job => 'runs-on' in job) ? ['github-workflow', 'has jobs with "runs-on"'] : undefined;
  }
  if (!Array.isArray(jobs)) return undefined;
  if (jobs.some(job => isFields(job) && ('job' in job || 'deployment' in job || 'template' in job)))
    return ['azure-pipelines', 'has the jobs of Azure Pipelines'];
  return jobs.some(job => isFields(job) && 'plan' in job) ? ['ci-config', 'has the jobs of Concourse'] : undefined;
}

function stepsShape(value: Fields, steps: readonly unknown[]): Shape | undefined {
  const fields = steps.filter(isFields);
  if (fields.some(step => 'task' in step || 'checkout' in step || 'template' in step || ('script' in step && 'displayName' in step))) {
    return ['azure-pipelines', 'has the steps of Azure Pipelines'];
  }
  return fields.length > 0 && fields.every(step => typeof step.name === 'string' && ('args' in step || 'entrypoint' in step)) && !('kind' in value)
    ? ['ci-config', 'has the steps of Cloud Build']
    : undefined;
}

/** What several keys together tell, each too common to tell alone. */
function shapeByKeys(value: Fields): Shape | undefined {
  const has = (key: string) => key in value;
  if (has('stages') || has('trigger') || has('extends')) {
    if (
      has('pool') ||
      has('resources') ||
      (Array.isArray(value.stages) && value.stages.some(stage => isFields(stage) && ('stage' in stage || 'template' in stage)))
    ) {
      return ['azure-pipelines', 'has the keys of Azure Pipelines'];
    }
  }
  if (has('stages') || has('include') || has('default') || Object.keys(value).some(key => key.startsWith('.'))) {
    if (someField(value, job => Array.isArray(job.script) || typeof job.script === 'string')) return ['gitlab-ci', 'has the jobs of GitLab'];
  }
  if (has('version') && has('orbs')) return ['ci-config', 'has the orbs of CircleCI'];
  if (value.kind === 'pipeline' && (has('steps') || has('type'))) return ['ci-config', 'has the pipeline of Drone'];
  if (value.apiVersion === 1 && (has('datasources') || has('providers') || has('groups') || has('contactPoints') || has('apps')))
    return ['data', 'what Grafana is provisioned with'];
  if (has('target') && has('enforcement') && has('rules')) return ['github-settings', 'a ruleset of GitHub'];
  if (has('repository') && (has('branches') || has('labels') || has('teams') || has('collaborators')))
    return ['github-settings', 'has the keys of the Settings app'];
  if (has('Version') && has('Statement')) return ['data', 'a policy of IAM'];
  if (has('properties') && value.type === 'object') return ['json-schema', 'has the properties of an object'];
  const words = chartWords(value);
  if (words.length > 0) return ['helm-values', `has the keys of a values file: ${words.slice(0, 3).join(', ')}`];
  return undefined;
}

/** Words that a chart's values alone have. */
const surelyValues: ReadonlySet<string> = new Set([
  'replicaCount',
  'fullnameOverride',
  'nameOverride',
  'imagePullSecrets',
  'podAnnotations',
  'podSecurityContext',
  'extraEnvVars',
]);

/** Words of which one can stand anywhere, but hardly two side by side outside a values file. */
const likelyValues: ReadonlySet<string> = new Set(
  (
    'image ingress resources service serviceAccount nodeSelector tolerations affinity autoscaling persistence securityContext env envFrom extraEnv global ' +
    'livenessProbe readinessProbe controllers defaultPodOptions serviceMonitor rbac podDisruptionBudget initContainers volumes volumeMounts extraVolumes metrics'
  ).split(' '),
);

/** The keys that show a values file: of the document itself, or of one of its fields, which stand for subcharts. */
function chartWords(value: Fields): readonly string[] {
  for (const fields of [value, ...Object.values(value).filter(isFields)]) {
    const keys = Object.keys(fields);
    const sure = keys.filter(key => surelyValues.has(key));
    const likely = keys.filter(key => likelyValues.has(key));
    if (sure.length > 0 || likely.length > 1) return [...sure, ...likely];
  }
  return [];
}

function someField(value: unknown, holds: (field: Fields) => boolean): boolean {
  return isFields(value) && Object.values(value).some(field => isFields(field) && holds(field));
}

function everyField(value: Fields, holds: (field: Fields) => boolean): boolean {
  return Object.values(value).every(field => isFields(field) && holds(field));
}
