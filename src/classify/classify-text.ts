import type { Classification, DocumentClass } from '../core/classification.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf, nameOf } from '../core/repo-path.ts';
import { generatedHeader } from './generated-header.ts';
import type { FolderHint, RepositoryHints } from './hints.ts';
import { extensions, type Language, namedFiles } from './known-names.ts';
import { findTemplateAction } from './template-actions.ts';

/** What the place, the name and the first look at the text say of a file, before it is parsed. */
export interface TextClassification extends Classification {
  /** `none` for what is not parsed: other languages, and templates, which are text until they are rendered. */
  readonly language: Language;
  /**
   * What the content can still change. `settled`: nothing. `named`: the kind of an object, or encryption,
   * goes before the name. `placed`: anything that the content tells goes before the place.
   */
  readonly certainty: 'settled' | 'named' | 'placed';
  /** Why a tool's or another project's work is taken for it. */
  readonly madeBy?: string;
}

/** What is asked of every file. */
interface Subject {
  readonly path: RepoPath;
  readonly name: string;
  /** Without the dot; `''` where there is none, and for dot files. */
  readonly extension: string;
  readonly text: string;
  readonly hint: FolderHint;
  readonly usesAnsible: boolean;
  /** Its folder holds the requirements of Jenkins X. */
  readonly besideJenkinsX: boolean;
}

const noHint: FolderHint = {};

/** A fixed number of cheap looks at a file: its folder, its name, its extension, its first lines, and a search for template actions. */
export function classifyText(path: RepoPath, text: string, hints: RepositoryHints): TextClassification {
  const name = nameOf(path);
  const folder = folderOf(path);
  const { usesAnsible, jenkinsX } = hints;
  const hint = hints.folders.get(folder) ?? noHint;
  const subject: Subject = { path, name, extension: extensionOf(name), text, hint, usesAnsible, besideJenkinsX: jenkinsX.has(folder) };
  const decision = decide(subject);
  const attributes = hints.attributes?.of(path);
  const madeBy = whoMade(subject, decision, attributes?.generated, attributes?.vendored);
  if (madeBy === undefined && !attributes?.lineEnds && !attributes?.encrypted) return decision;
  return {
    ...decision,
    ...(madeBy !== undefined && { reason: `${decision.reason}; ${madeBy}`, madeBy, generated: true }),
    ...(attributes?.lineEnds && { gitLineEnds: true }),
    ...(attributes?.encrypted && { encryptedByGit: true }),
  };
}

function extensionOf(name: string): string {
  if (name.endsWith('.yaml')) return 'yaml';
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1);
}

function decide(subject: Subject): TextClassification {
  if (subject.text.startsWith('$ANSIBLE_VAULT;'))
    return { class: 'ansible-vault', reason: 'begins with $ANSIBLE_VAULT', language: 'none', certainty: 'settled' };
  const engine = templateEngine(subject);
  if (engine) return templateFile(subject, engine);
  const decision = byName(subject) ?? byPlace(subject) ?? byExtension(subject);
  if (decision.language === 'yaml' || decision.language === 'json') return asTemplate(subject, decision) ?? decision;
  return subject.hint.place === 'chart-templates' ? helmTemplate(subject.hint) : decision;
}

type Engine = NonNullable<Classification['template']>;

const templateExtensions: ReadonlyMap<string, Engine> = new Map<string, Engine>([
  ['gotmpl', 'go'],
  ['tpl', 'go'],
  ['tmpl', 'go'],
  ['ctmpl', 'go'],
  ['j2', 'jinja'],
  ['jinja', 'jinja'],
  ['jinja2', 'jinja'],
  ['njk', 'jinja'],
  ['tftpl', 'other'],
  ['erb', 'other'],
  ['ejs', 'other'],
  ['hbs', 'other'],
  ['mustache', 'other'],
  ['liquid', 'other'],
  ['template', 'other'],
]);

/** From the extension, or from the one before it, as in `cluster.j2.yaml`. */
function templateEngine({ name, extension }: Subject): Engine | undefined {
  if (extension !== 'yaml' && extension !== 'yml' && extension !== 'json') return templateExtensions.get(extension);
  if (name.indexOf('.') === name.length - extension.length - 1) return undefined;
  const inner = extensionOf(stemOf(name, extension));
  // x.template.yaml is how CloudFormation templates are named, which are YAML.
  return inner === 'template' ? undefined : templateExtensions.get(inner);
}

function stemOf(name: string, extension: string): string {
  return name.slice(0, -extension.length - 1);
}

function templateFile({ name, extension, hint }: Subject, engine: Engine): TextClassification {
  if (hint.place === 'chart-templates' || (extension === 'tpl' && hint.chart !== undefined)) return helmTemplate(hint);
  const inner = stemOf(name, extension);
  const cls = keptClass(namedFiles.get(inner)?.class ?? (looksLikeValues(inner) ? 'helm-values' : 'template'));
  return { class: cls, reason: `"${name}" is a template by its extension`, template: engine, language: 'none', certainty: 'settled' };
}

/** What is worth knowing of a template beside that it is one. */
function keptClass(cls: DocumentClass): DocumentClass {
  return cls === 'helmfile' || cls === 'helm-chart' || cls === 'helm-values' || cls === 'kustomization' ? cls : 'template';
}

function helmTemplate(hint: FolderHint): TextClassification {
  return { class: 'helm-template', reason: hint.reason ?? `belongs to ${chartName(hint)}`, template: 'helm', language: 'none', certainty: 'settled' };
}

function chartName({ chart }: FolderHint): string {
  return chart === '' ? 'the chart at the root' : `the chart ${chart}`;
}

function byName({ name, extension, hint }: Subject): TextClassification | undefined {
  const known = namedFiles.get(name);
  if (!known) return undefined;
  // GitHub decides what the files in its folders are, whatever other tools make of their names.
  if (hint.place === 'github-workflows' && !known.final) return undefined;
  return {
    class: known.class,
    reason: `"${name}" is ${known.is}`,
    language: known.language ?? extensions.get(extension)?.[0] ?? 'none',
    certainty: known.final ? 'settled' : 'named',
  };
}

/** YAML and JSON files whose folder, or the form of their name, says what they are. */
function byPlace(subject: Subject): TextClassification | undefined {
  if (subject.extension === 'yaml' || subject.extension === 'yml') return yamlByFolder(subject) ?? yamlByForm(subject) ?? yamlByUse(subject);
  return subject.extension === 'json' ? jsonByPlace(subject) : undefined;
}

/** Folders that one tool reads. */
function yamlByFolder({ path, name, hint: { place, reason = '' } }: Subject): TextClassification | undefined {
  const placed = (cls: DocumentClass, certainty: TextClassification['certainty'] = 'placed'): TextClassification => ({
    class: cls,
    reason,
    language: 'yaml',
    certainty,
  });
  switch (place) {
    case 'github-workflows':
      return placed('github-workflow', 'settled');
    case 'github-actions':
      return placed('github-action');
    case 'github-repositories':
      return placed('github-settings', 'settled');
    case 'github':
      return placed(name === 'settings.yml' || name === 'settings.yaml' ? 'github-settings' : 'tool-config', 'settled');
    case 'gitlab':
      return placed(path.includes('/agents/') ? 'tool-config' : 'gitlab-ci');
    case 'ci':
      return placed('ci-config', 'settled');
    case 'azure-pipelines':
      return placed('azure-pipelines');
    case 'jenkins-x':
      return name === 'settings.yaml' ? placed('jenkins-x-settings', 'settled') : placed('jenkins-x-config');
    case 'lighthouse':
      return name === 'triggers.yaml' ? placed('jenkins-x-trigger', 'settled') : placed('jenkins-x-config');
    case 'ansible-tasks':
      return placed('ansible-tasks');
    case 'ansible-variables':
      return placed('ansible-variables', 'named');
    case 'ansible-meta':
      return placed('ansible-config');
    case 'ansible-templates':
      return placed('data');
    default:
      return undefined;
  }
}

/** Names that follow a form; the first characters keep the expressions from most names. */
function yamlByForm({ name, extension, usesAnsible }: Subject): TextClassification | undefined {
  const say = (cls: DocumentClass, is: string): TextClassification => ({
    class: cls,
    reason: `"${name}" is named like ${is}`,
    language: 'yaml',
    certainty: 'named',
  });
  if (looksLikeValues(name)) return say('helm-values', 'a values file');
  switch (name.charCodeAt(0)) {
    case 46: // .
      return name.endsWith(`.gitlab-ci.${extension}`) ? say('gitlab-ci', 'a pipeline of GitLab') : say('tool-config', 'the configuration of a tool');
    case 97: // a
      return /^azure-pipelines?[.-]/.test(name) ? say('azure-pipelines', 'a pipeline of Azure') : undefined;
    case 99: // c
    case 100: // d
      if (/^(docker-)?compose[.-]/.test(name)) return say('compose', 'a Compose file');
      return /^cloudbuild[.-]/.test(name) ? say('ci-config', 'a pipeline of Cloud Build') : undefined;
    case 104: // h
    case 105: // i
      return usesAnsible && /^(inventory|hosts)\.ya?ml$/.test(name) ? say('ansible-inventory', 'an inventory of Ansible') : undefined;
    case 114: // r
      return usesAnsible && /^requirements\.ya?ml$/.test(name) ? say('ansible-config', 'what Ansible installs') : undefined;
    default:
      return name.endsWith(`.gitlab-ci.${extension}`) ? say('gitlab-ci', 'a pipeline of GitLab') : undefined;
  }
}

/** Folders that tell only where neither the name nor the content does. */
function yamlByUse({ hint, besideJenkinsX }: Subject): TextClassification | undefined {
  const placed = (cls: DocumentClass, reason = hint.reason ?? ''): TextClassification => ({
    class: cls,
    reason,
    language: 'yaml',
    certainty: 'placed',
  });
  switch (hint.place) {
    case 'version-stream':
      return placed('jenkins-x-config');
    case 'ansible-inventory':
      return placed('ansible-inventory');
    case 'tool-settings':
      return placed('tool-config');
    case 'tests':
    case 'chart-tests':
      return placed('policy-test');
    case 'program-data':
      return placed('data');
    case 'talos':
      return placed('cluster-config');
    case 'helmfiles':
      return placed('helm-values');
    case 'documentation':
      return placed('documentation');
  }
  if (hint.chart !== undefined) return placed('helm-values', `stands in ${chartName(hint)}`);
  if (besideJenkinsX) return placed('jenkins-x-config', 'stands beside the requirements of Jenkins X');
  return undefined;
}

function jsonByPlace({ name, hint }: Subject): TextClassification | undefined {
  const settled = (cls: DocumentClass, reason: string): TextClassification => ({ class: cls, reason, language: 'json', certainty: 'settled' });
  if (name.endsWith('.tf.json')) return settled('terraform', 'ends with .tf.json');
  if (name.endsWith('.tfvars.json')) return settled('terraform-variables', 'ends with .tfvars.json');
  if (hint.place === 'github-repositories') return settled('github-settings', hint.reason ?? '');
  if (
    name.startsWith('.') ||
    name.startsWith('renovate') ||
    name.startsWith('tsconfig.') ||
    hint.place === 'tool-settings' ||
    hint.place?.startsWith('github')
  ) {
    return {
      class: 'tool-config',
      reason: `"${name}" is the configuration of a tool, and may hold comments`,
      language: 'none',
      certainty: 'settled',
    };
  }
  if (looksLikeValues(name)) return { class: 'helm-values', reason: `"${name}" is named like a values file`, language: 'json', certainty: 'named' };
  return undefined;
}

/** `values` is a word of the name, as in `prod.values` and `values-eu`. */
function looksLikeValues(name: string): boolean {
  return name.includes('alues') && /(^|[-_.])[Vv]alues([-_.A-Z]|$)/.test(name);
}

function byExtension(subject: Subject): TextClassification {
  const { name, extension, text, hint } = subject;
  const known = extensions.get(extension);
  if (!known) return withoutExtension(subject);
  const [language, cls, is] = known;
  if (extension === 'hcl') return { ...classifyHcl(name, text), language, certainty: 'settled' };
  if (extension === 'ini' && isInventory(subject, /^(hosts|inventory)/)) return inventory(name);
  if (text.startsWith('#cloud-config')) return { class: 'cluster-config', reason: 'begins with #cloud-config', language, certainty: 'settled' };
  if (cls === 'text' && hint.chart !== undefined) return { class: 'data', reason: `stands in ${chartName(hint)}`, language, certainty: 'settled' };
  return { class: cls, reason: `".${extension}" is ${is}`, language, certainty: language === 'yaml' || language === 'json' ? 'placed' : 'settled' };
}

function isInventory({ name, hint, usesAnsible }: Subject, names: RegExp): boolean {
  return usesAnsible && (hint.place === 'ansible-inventory' || names.test(name));
}

function inventory(name: string): TextClassification {
  return { class: 'ansible-inventory', reason: `"${name}" in a repository that uses Ansible`, language: 'none', certainty: 'settled' };
}

function classifyHcl(name: string, text: string): { class: DocumentClass; reason: string } {
  if (name.endsWith('.tftest.hcl')) return { class: 'terraform', reason: 'ends with .tftest.hcl' };
  if (name.startsWith('.') || name === 'docker-bake.hcl') return { class: 'tool-config', reason: `"${name}" is the configuration of a tool` };
  if (name.startsWith('terragrunt')) return { class: 'terragrunt', reason: `"${name}" is a file of Terragrunt` };
  if (name.endsWith('.pkr.hcl') || name.endsWith('.nomad.hcl')) return { class: 'source-code', reason: `"${name}" is no file of Terraform` };
  if (text.startsWith('path "') || text.includes('\npath "')) return { class: 'data', reason: 'holds policies of Vault' };
  return { class: 'terragrunt', reason: `"${name}" is included by files of Terragrunt` };
}

function withoutExtension(subject: Subject): TextClassification {
  const { name, text, hint } = subject;
  const say = (cls: DocumentClass, reason: string): TextClassification => ({ class: cls, reason, language: 'none', certainty: 'settled' });
  if (text.startsWith('#!')) return say('script', 'begins with #!');
  if (isInventory(subject, /^(hosts|inventory)$/)) return inventory(name);
  if (/^(licen[cs]e|copying|notice|authors|changelog|readme|contributing)/i.test(name)) return say('documentation', `"${name}" is documentation`);
  if (name.startsWith('.env')) return say('data', `"${name}" holds variables`);
  if (name.startsWith('.')) return say('tool-config', `"${name}" is the configuration of a tool`);
  if (/^(Dockerfile|Containerfile|Makefile|Jenkinsfile)[.-]/.test(name)) return say('script', `"${name}" is a script`);
  if (hint.chart !== undefined || hint.place === 'program-data') return say('data', hint.reason ?? `stands in ${chartName(hint)}`);
  return say('text', 'its extension says nothing');
}

/** YAML and JSON texts that are templates by their place or by what stands in them. */
function asTemplate({ text, hint }: Subject, decision: TextClassification): TextClassification | undefined {
  if (hint.place === 'chart-templates') {
    if (text.includes('{{')) return helmTemplate(hint);
    return { ...decision, class: 'helm-template', reason: `${hint.reason}; it has no template action`, certainty: 'placed' };
  }
  if ((hint.place === 'scaffold' || hint.place === 'ansible-templates') && (text.includes('{{') || text.includes('{%'))) {
    return {
      class: 'template',
      reason: `${hint.reason}, and the file has template actions`,
      template: 'jinja',
      language: 'none',
      certainty: 'settled',
    };
  }
  if (text.startsWith('#@'))
    return { class: 'template', reason: 'begins with a line of ytt', template: 'other', language: 'none', certainty: 'settled' };
  const found = findTemplateAction(text);
  if (!found) return undefined;
  const reason = `line ${found.line} is a template action and no YAML: ${found.action.trim()}`;
  return { class: keptClass(decision.class), reason, template: found.kind, language: 'none', certainty: 'settled' };
}

function whoMade({ name, text, hint }: Subject, decision: TextClassification, generated?: boolean, vendored?: boolean): string | undefined {
  if (generated === false) return undefined;
  if (generated) return 'generated: .gitattributes says so';
  if (vendored) return 'vendored: .gitattributes says so';
  if (hint.foreign !== undefined && vendored !== false) return hint.foreign;
  if (name === 'gotk-components.yaml' || name === 'gotk-sync.yaml') return 'generated: "flux bootstrap" writes it';
  if (decision.class === 'lock-file' || decision.class === 'helm-lock' || decision.class === 'terraform-lock') return 'generated: a tool writes it';
  return decision.language === 'none' && decision.template === undefined ? undefined : generatedHeader(text);
}
