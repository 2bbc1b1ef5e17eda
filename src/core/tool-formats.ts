import type { DocumentClass } from './classification.ts';
import type { Document } from './document.ts';
import { isFields } from './fields.ts';
import { nameOf } from './repo-path.ts';

/** The format of a tool's file, and which documents are of it. */
export interface ToolFormat {
  /** The name of its schema below schemas/tools. */
  readonly schema: string;
  readonly classes: readonly DocumentClass[];
  /** Absent where the class says it all. */
  readonly holds?: (document: Document) => boolean;
  /** Who reads it, as a skip names it. */
  readonly reader: string;
  /** The reader drops a field that it does not know, and makes a text of a number: the file is taken, without what was meant. */
  readonly isReadLeniently?: boolean;
  /** A field without a value is one that is absent. */
  readonly isEmptyAbsent?: boolean;
}

/** What a document is judged by, if it is the file of a tool whose format is known. */
export function toolFormatOf(document: Document): ToolFormat | undefined {
  return formatsOf(document.classification.class)?.find(({ holds }) => holds === undefined || holds(document));
}

/** Documents of the class may be of a format. */
export function isOfToolClass(cls: DocumentClass): boolean {
  return formatsOf(cls) !== undefined;
}

let byClass: Map<DocumentClass, ToolFormat[]> | undefined;

/** Every document is asked for its format, and few have one. */
function formatsOf(cls: DocumentClass): readonly ToolFormat[] | undefined {
  if (byClass === undefined) {
    byClass = new Map();
    for (const format of formats) for (const own of format.classes) byClass.set(own, [...(byClass.get(own) ?? []), format]);
  }
  return byClass.get(cls);
}

const formats: readonly ToolFormat[] = [
  {
    schema: 'kustomization',
    classes: ['kustomization', 'kustomize-component'],
    holds: isNamed('kustomization.yaml', 'kustomization.yml', 'Kustomization'),
    reader: 'Kustomize',
  },
  { schema: 'chart', classes: ['helm-chart'], holds: isNamed('Chart.yaml'), reader: 'Helm', isReadLeniently: true },
  { schema: 'chart-lock', classes: ['helm-lock'], holds: isNamed('Chart.lock', 'requirements.lock'), reader: 'Helm', isReadLeniently: true },
  { schema: 'helmfile', classes: ['helmfile'], holds: isHelmfile, reader: 'helmfile', isEmptyAbsent: true },
  { schema: 'jx-requirements', classes: ['jenkins-x-requirements'], reader: 'Jenkins X', isEmptyAbsent: true },
  { schema: 'jx-settings', classes: ['jenkins-x-settings'], reader: 'Jenkins X', isEmptyAbsent: true },
  { schema: 'lighthouse-triggers', classes: ['jenkins-x-trigger'], reader: 'Lighthouse', isEmptyAbsent: true },
  // SOPS drops what it does not know, and then encrypts less than was meant, or for others.
  { schema: 'sops', classes: ['sops-config'], holds: isNamed('.sops.yaml', '.sops.yml'), reader: 'SOPS', isEmptyAbsent: true },
  { schema: 'github-workflow', classes: ['github-workflow'], holds: standsIn(/(^|\/)\.github\/workflows\/[^/]+$/), reader: 'GitHub' },
  { schema: 'github-action', classes: ['github-action'], holds: isNamed('action.yml', 'action.yaml'), reader: 'GitHub' },
  {
    schema: 'dependabot',
    classes: ['tool-config'],
    holds: standsIn(/(^|\/)\.github\/dependabot\.ya?ml$/),
    reader: 'Dependabot',
    isEmptyAbsent: true,
  },
  {
    schema: 'github-settings',
    classes: ['github-settings'],
    holds: standsIn(/(^|\/)\.github\/settings\.ya?ml$/),
    reader: 'the Settings app',
    isEmptyAbsent: true,
  },
  { schema: 'github-ruleset', classes: ['github-settings'], holds: isRuleset, reader: 'GitHub' },
  { schema: 'gitlab-ci', classes: ['gitlab-ci'], holds: isPipelineOfGitLab, reader: 'GitLab', isEmptyAbsent: true },
  { schema: 'bitbucket-pipelines', classes: ['bitbucket-pipelines'], reader: 'Bitbucket', isEmptyAbsent: true },
  { schema: 'azure-pipelines', classes: ['azure-pipelines'], holds: isMapping, reader: 'Azure Pipelines', isEmptyAbsent: true },
  { schema: 'ansible-playbook', classes: ['ansible-playbook'], holds: isPlaybook, reader: 'Ansible', isEmptyAbsent: true },
  {
    schema: 'ansible-requirements',
    classes: ['ansible-config'],
    holds: isNamed('requirements.yml', 'requirements.yaml'),
    reader: 'Ansible',
    isEmptyAbsent: true,
  },
  { schema: 'ansible-galaxy', classes: ['ansible-config'], holds: isNamed('galaxy.yml', 'galaxy.yaml'), reader: 'Ansible', isEmptyAbsent: true },
  { schema: 'compose', classes: ['compose'], holds: isCompose, reader: 'Compose', isEmptyAbsent: true },
  { schema: 'backstage', classes: ['backstage'], holds: isEntity, reader: 'Backstage' },
];

function isNamed(...names: readonly string[]): (document: Document) => boolean {
  return ({ path }) => names.includes(nameOf(path));
}

function standsIn(paths: RegExp): (document: Document) => boolean {
  return ({ path }) => paths.test(path);
}

/** A version stream has files of that name, too, that say which version of helmfile to install. */
function isHelmfile({ value }: Document): boolean {
  return isFields(value) && !('version' in value);
}

/** A ruleset as GitHub exports it. */
function isRuleset({ value }: Document): boolean {
  return isFields(value) && 'enforcement' in value && 'rules' in value;
}

/** Templates that others include may be lists. */
function isMapping({ value }: Document): boolean {
  return isFields(value);
}

/** GitLab keeps files of other features beside those that pipelines include. */
function isPipelineOfGitLab({ value, path }: Document): boolean {
  if (!isFields(value)) return false;
  const isJob = (job: unknown) => isFields(job) && ('script' in job || 'extends' in job || 'trigger' in job || 'run' in job);
  return /\.gitlab-ci\.ya?ml$/.test(path) || Object.values(value).some(isJob);
}

/** A rulebook of Event-Driven Ansible has hosts, too. */
function isPlaybook({ value }: Document): boolean {
  return Array.isArray(value) && !value.some(play => isFields(play) && 'rules' in play);
}

/** Other files are named so, too. */
function isCompose({ value }: Document): boolean {
  return isFields(value) && ['services', 'include', 'volumes', 'networks', 'secrets', 'configs', 'models'].some(name => name in value);
}

/** Kinds of plugins have API groups of their own. */
function isEntity({ value }: Document): boolean {
  return isFields(value) && typeof value.apiVersion === 'string' && value.apiVersion.startsWith('backstage.io/');
}
