import type { RepoPath } from '../core/place.ts';
import { folderOf, nameOf } from '../core/repo-path.ts';
import { type GitAttributes, readGitAttributes } from './git-attributes.ts';

/** What the list of paths says of a repository before any file is read. */
export interface RepositoryHints {
  /** By folder; a folder of which nothing is known is absent. */
  readonly folders: ReadonlyMap<RepoPath, FolderHint>;
  readonly attributes?: GitAttributes;
  /** Some file or folder is there only for Ansible. */
  readonly usesAnsible: boolean;
  /** Folders that hold the requirements of Jenkins X. */
  readonly jenkinsX: ReadonlySet<RepoPath>;
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
  | 'talos'
  | 'documentation'
  | 'tests'
  | 'tool-settings';

/** Files whose presence tells what their folder, or the one above it, is. */
interface Markers {
  readonly charts: Set<RepoPath>;
  readonly roles: Set<RepoPath>;
  readonly playbooks: Set<RepoPath>;
  readonly jenkinsX: Set<RepoPath>;
  readonly backstageTemplates: Set<RepoPath>;
  readonly compose: Set<RepoPath>;
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
  return { folders, usesAnsible: markers.usesAnsible, jenkinsX: markers.jenkinsX, ...(texts.length > 0 && { attributes: readGitAttributes(texts) }) };
}

function findMarkers(paths: readonly RepoPath[]): Markers {
  const markers: Markers = {
    charts: new Set(),
    roles: new Set(),
    playbooks: new Set(),
    jenkinsX: new Set(),
    backstageTemplates: new Set(),
    compose: new Set(),
    attributes: [],
    usesAnsible: false,
  };
  let last: RepoPath | undefined;
  for (const path of paths) {
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    if (folder !== last && !markers.usesAnsible) markers.usesAnsible = /(^|\/)(ansible|playbooks|group_vars|host_vars)(\/|$)/.test(folder);
    last = folder;
    const name = path.slice(slash + 1);
    if (name.includes('playbook') && /\.ya?ml$/.test(name)) {
      markers.playbooks.add(folder);
      markers.usesAnsible = true;
    }
    switch (name) {
      case 'Chart.yaml':
      case 'Chart.yml':
      case 'Chart.yaml.gotmpl':
      case 'Chart.yaml.tmpl':
        markers.charts.add(folder);
        break;
      case '_helpers.tpl':
      case 'NOTES.txt':
        if (path.endsWith('templates', slash)) markers.charts.add(folderOf(folder));
        break;
      case 'main.yml':
      case 'main.yaml':
        if (/(^|\/)(tasks|handlers|defaults|meta|vars)$/.test(folder)) {
          markers.roles.add(folderOf(folder));
          markers.usesAnsible = true;
        }
        break;
      case 'ansible.cfg':
      case '.ansible-lint':
      case 'galaxy.yml':
        markers.usesAnsible = true;
        break;
      case 'jx-requirements.yml':
        markers.jenkinsX.add(folder);
        break;
      case 'template.yaml':
      case 'template.yml':
        markers.backstageTemplates.add(folder);
        break;
      case 'compose.yaml':
      case 'compose.yml':
      case 'docker-compose.yaml':
      case 'docker-compose.yml':
        markers.compose.add(folder);
        break;
      case '.gitattributes':
        markers.attributes.push(path);
        break;
    }
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
  if (!place && !startsChart && foreign === parent.foreign && chart === parent.chart) return parent;
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
  if (name === 'templates' && markers.playbooks.has(above)) return ['ansible-templates', 'stands beside a playbook of Ansible, in "templates"'];
  if (markers.backstageTemplates.has(above) && (name === 'skeleton' || name === 'content' || name === 'template' || name.startsWith('skeleton-'))) {
    return ['scaffold', `"${name}" stands beside a software template`];
  }
  const inFolder = `stands in "${folder}"`;
  if (parent.place === 'github') {
    if (name === 'workflows') return ['github-workflows', inFolder];
    if (name === 'actions') return ['github-actions', inFolder];
    if (name === 'rulesets' || name === 'repos' || name === 'suborgs') return ['github-repositories', inFolder];
  }
  const place = (markers.usesAnsible ? ansiblePlaces.get(name) : undefined) ?? places.get(name);
  if (place) return [place, inFolder];
  if (name.startsWith('.')) return ['tool-settings', inFolder];
  if (folder !== '' && markers.compose.has(folder)) return ['program-data', `stands beside or below a Compose file, in "${folder}"`];
  return parent.place === undefined && dataFolders.has(name) ? ['program-data', inFolder] : undefined;
}

/** Folders that one tool reads, wherever they stand. */
const places: ReadonlyMap<string, FolderPlace> = new Map([
  ...placed('github', '.github .gitea .forgejo'),
  ...placed('gitlab', '.gitlab .gitlab-ci'),
  ...placed('ci', '.circleci .buildkite .woodpecker .semaphore .drone .harness'),
  ...placed('azure-pipelines', '.azure-pipelines azure-pipelines .azuredevops .pipelines .ado'),
  ...placed('jenkins-x', '.jx'),
  ...placed('lighthouse', '.lighthouse'),
  ...placed('version-stream', 'versionStream'),
  ...placed('helmfiles', 'helmfile.d helmfiles'),
  ...placed('ansible-variables', 'group_vars host_vars'),
  ...placed('talos', 'talos'),
  ...placed('documentation', 'docs doc'),
  ...placed('tests', 'tests testdata test-data e2e fixtures'),
]);

/** Folders that mean this only where Ansible is used. */
const ansiblePlaces: ReadonlyMap<string, FolderPlace> = new Map([
  ...placed('ansible-tasks', 'tasks handlers'),
  ...placed('ansible-inventory', 'inventory inventories'),
]);

/** Folders that hold what programs read, where nothing above them is more telling. */
const dataFolders: ReadonlySet<string> = new Set(
  'files dashboards config-files configs config conf conf.d rules scripts resources static assets provisioning'.split(' '),
);

function placed(place: FolderPlace, names: string): [string, FolderPlace][] {
  return names.split(' ').map(name => [name, place]);
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
    const unpacked = nameOf(above);
    if (nameOf(outer) === 'charts' && unpacked.startsWith(`${name}-`) && /^v?\d/.test(unpacked.slice(name.length + 1)))
      return `vendored: a chart that Kustomize unpacked into "${above}"`;
  }
  return undefined;
}
