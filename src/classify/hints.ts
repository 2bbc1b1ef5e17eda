import type { RepoPath } from '../core/place.ts';
import { folderOf } from '../core/repo-path.ts';
import { type GitAttributes, readGitAttributes } from './git-attributes.ts';

/** What the list of paths says of a repository before any file is read. */
export interface RepositoryHints {
  /** By folder; a folder of which nothing is known is absent. */
  readonly folders: ReadonlyMap<RepoPath, FolderHint>;
  readonly attributes?: GitAttributes;
  /** Some file or folder is there only for Ansible. */
  readonly usesAnsible: boolean;
}

/** What a folder says of the files in it and below, down to the next folder that says something else. */
export interface FolderHint {
  /** The nearest folder at or above that holds a Helm chart. */
  readonly chart?: RepoPath;
  /** What the files are for. */
  readonly place?: FolderPlace;
  /** Why `place` is what it is. */
  readonly reason?: string;
  /** Why the files are another project's or a tool's work. */
  readonly foreign?: string;
}

export type FolderPlace =
  | 'chart-templates'
  | 'chart-tests'
  | 'scaffold'
  | 'github'
  | 'github-workflows'
  | 'github-actions'
  | 'github-repositories'
  | 'gitlab'
  | 'ci'
  | 'azure-pipelines'
  | 'jenkins-x'
  | 'lighthouse'
  | 'version-stream'
  | 'helmfiles'
  | 'ansible-tasks'
  | 'ansible-variables'
  | 'ansible-meta'
  | 'ansible-templates'
  | 'ansible-inventory'
  | 'program-data'
  | 'tests'
  | 'tool-settings';

/** Files whose presence tells what their folder, or the one above it, is. */
interface Markers {
  readonly charts: Set<RepoPath>;
  readonly roles: Set<RepoPath>;
  readonly jenkinsX: Set<RepoPath>;
  readonly backstageTemplates: Set<RepoPath>;
  readonly cookiecutters: Set<RepoPath>;
  readonly jsonnetRoots: Set<RepoPath>;
  readonly attributes: RepoPath[];
  usesAnsible: boolean;
}

/** Looks at the paths alone, and at the text of `.gitattributes` files: cheap for 20,000 of them. */
export function describeRepository(paths: readonly RepoPath[], read: (path: RepoPath) => string | undefined): RepositoryHints {
  const markers = findMarkers(paths);
  const folders = new Map<RepoPath, FolderHint>();
  const none: FolderHint = {};
  const hintOf = (folder: RepoPath): FolderHint => {
    const known = folders.get(folder);
    if (known) return known;
    const parent = folder === '' ? none : hintOf(folderOf(folder));
    const hint = describeFolder(folder, parent, markers);
    folders.set(folder, hint);
    return hint;
  };
  let last: RepoPath | undefined;
  for (const path of paths) {
    const folder = folderOf(path);
    if (folder !== last) hintOf(folder);
    last = folder;
  }
  const texts = markers.attributes.map(path => ({ folder: folderOf(path), text: read(path) ?? '' })).filter(({ text }) => text !== '');
  return { folders, usesAnsible: markers.usesAnsible, ...(texts.length > 0 && { attributes: readGitAttributes(texts) }) };
}

function findMarkers(paths: readonly RepoPath[]): Markers {
  const markers: Markers = {
    charts: new Set(),
    roles: new Set(),
    jenkinsX: new Set(),
    backstageTemplates: new Set(),
    cookiecutters: new Set(),
    jsonnetRoots: new Set(),
    attributes: [],
    usesAnsible: false,
  };
  for (const path of paths) {
    const slash = path.lastIndexOf('/');
    switch (path.slice(slash + 1)) {
      case 'Chart.yaml':
      case 'Chart.yml':
      case 'Chart.yaml.gotmpl':
      case 'Chart.yaml.tmpl':
        markers.charts.add(folderOf(path));
        break;
      case '_helpers.tpl':
      case 'NOTES.txt':
        if (path.endsWith('templates', slash)) markers.charts.add(folderOf(folderOf(path)));
        break;
      case 'main.yml':
      case 'main.yaml':
        if (/(^|\/)(tasks|handlers|defaults|meta|vars)$/.test(path.slice(0, slash))) {
          markers.roles.add(folderOf(folderOf(path)));
          markers.usesAnsible = true;
        }
        break;
      case 'ansible.cfg':
      case '.ansible-lint':
      case 'galaxy.yml':
        markers.usesAnsible = true;
        break;
      case 'jx-requirements.yml':
        markers.jenkinsX.add(folderOf(path));
        break;
      case 'template.yaml':
      case 'template.yml':
        markers.backstageTemplates.add(folderOf(path));
        break;
      case 'cookiecutter.json':
        markers.cookiecutters.add(folderOf(path));
        break;
      case 'jsonnetfile.json':
        markers.jsonnetRoots.add(folderOf(path));
        break;
      case '.gitattributes':
        markers.attributes.push(path);
        break;
    }
    if (!markers.usesAnsible && (path.includes('group_vars/') || path.includes('host_vars/'))) markers.usesAnsible = true;
  }
  return markers;
}

function describeFolder(folder: RepoPath, parent: FolderHint, markers: Markers): FolderHint {
  const above = folderOf(folder);
  const name = folder.slice(above === '' ? 0 : above.length + 1);
  const foreign = parent.foreign ?? whyForeign(folder, name, above, markers);
  const place = placeOf(folder, name, above, parent, markers);
  const chart = markers.charts.has(folder) ? folder : parent.chart;
  const startsChart = chart === folder && folder !== '';
  return {
    ...(chart !== undefined && { chart }),
    ...(place
      ? { place: place[0], reason: place[1] }
      : parent.place && !startsChart && { place: parent.place, ...(parent.reason !== undefined && { reason: parent.reason }) }),
    ...(foreign !== undefined && { foreign }),
  };
}

function placeOf(folder: RepoPath, name: string, above: RepoPath, parent: FolderHint, markers: Markers): [FolderPlace, string] | undefined {
  if (name.includes('{{') || name.includes('{%')) return ['scaffold', `the name of the folder "${name}" is a template`];
  if (folder !== '' && markers.charts.has(above)) {
    const inChart = `below the chart ${above === '' ? 'at the root' : above}`;
    if (name === 'templates') return ['chart-templates', `stands ${inChart}, in its "templates"`];
    if (name === 'tests') return ['chart-tests', `stands ${inChart}, in its "tests"`];
  }
  if (parent.place === 'chart-templates' || parent.place === 'scaffold') return undefined;
  if (markers.roles.has(above)) {
    const inRole = `stands in the "${name}" of the Ansible role ${above}`;
    if (name === 'tasks' || name === 'handlers') return ['ansible-tasks', inRole];
    if (name === 'vars' || name === 'defaults') return ['ansible-variables', inRole];
    if (name === 'templates') return ['ansible-templates', inRole];
    if (name === 'files') return ['program-data', inRole];
    if (name === 'meta' || name === 'molecule') return ['ansible-meta', inRole];
  }
  if (markers.backstageTemplates.has(above) && (name === 'skeleton' || name === 'content' || name === 'template' || name.startsWith('skeleton-'))) {
    return ['scaffold', `"${name}" stands beside a software template`];
  }
  const inFolder = `stands in "${folder}"`;
  switch (name) {
    case '.github':
    case '.gitea':
    case '.forgejo':
      return ['github', inFolder];
    case 'workflows':
      return parent.place === 'github' ? ['github-workflows', inFolder] : undefined;
    case 'actions':
      return parent.place === 'github' ? ['github-actions', inFolder] : undefined;
    case 'rulesets':
    case 'repos':
    case 'suborgs':
      return parent.place === 'github' ? ['github-repositories', inFolder] : undefined;
    case '.gitlab':
    case '.gitlab-ci':
      return ['gitlab', inFolder];
    case '.circleci':
    case '.buildkite':
    case '.woodpecker':
    case '.semaphore':
    case '.drone':
    case '.harness':
      return ['ci', inFolder];
    case '.azure-pipelines':
    case 'azure-pipelines':
    case '.azuredevops':
    case '.pipelines':
    case '.ado':
      return ['azure-pipelines', inFolder];
    case '.jx':
      return ['jenkins-x', inFolder];
    case '.lighthouse':
      return ['lighthouse', inFolder];
    case 'versionStream':
      return ['version-stream', inFolder];
    case 'helmfile.d':
    case 'helmfiles':
      return ['helmfiles', inFolder];
    case 'group_vars':
    case 'host_vars':
      return ['ansible-variables', inFolder];
    case 'tasks':
    case 'handlers':
      return markers.usesAnsible ? ['ansible-tasks', inFolder] : undefined;
    case 'inventory':
    case 'inventories':
      return markers.usesAnsible ? ['ansible-inventory', inFolder] : undefined;
    case 'test':
    case 'tests':
    case 'testdata':
    case 'test-data':
    case 'e2e':
    case 'fixtures':
      return ['tests', inFolder];
    case 'files':
    case 'dashboards':
    case 'config-files':
    case 'configs':
    case 'config':
    case 'conf':
    case 'conf.d':
    case 'rules':
    case 'scripts':
    case 'resources':
    case 'static':
    case 'assets':
    case 'provisioning':
      return parent.place === undefined ? ['program-data', inFolder] : undefined;
    default:
      return name.startsWith('.') && name.length > 1 ? ['tool-settings', inFolder] : undefined;
  }
}

/** Content that was copied or made, and is changed where it comes from. */
function whyForeign(folder: RepoPath, name: string, above: RepoPath, markers: Markers): string | undefined {
  switch (name) {
    case 'vendor':
    case 'vendored':
    case '_vendor':
    case 'third_party':
    case 'third-party':
    case 'node_modules':
    case 'upstream':
    case '.terraform':
    case 'ansible_collections':
      return `vendored: stands in "${folder}"`;
    case 'config-root':
      return markers.jenkinsX.has(above) ? 'generated: Jenkins X renders "config-root"' : undefined;
    case 'versionStream':
      return markers.jenkinsX.has(above) ? `vendored: "${folder}" is a copy of a version stream` : undefined;
  }
  // A chart inside the "charts" of another one, or inflated by Kustomize into charts/<name>-<version>/<name>.
  if (markers.charts.has(folder) && folderOf(folder) !== '') {
    const outer = folderOf(above);
    if (above.endsWith('charts') && (above === 'charts' ? markers.charts.has('') : markers.charts.has(outer))) {
      return `vendored: a chart inside the chart ${outer === '' ? 'at the root' : outer}`;
    }
    if (new RegExp(`(^|/)charts/${escapeForRegExp(name)}-v?\\d[^/]*$`).test(above))
      return `vendored: a chart that Kustomize unpacked into "${above}"`;
  }
  return undefined;
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
