import type { SourceFile } from '../core/document.ts';
import { isFields, listAt, textAt } from '../core/fields.ts';
import { at, type RepoPath } from '../core/place.ts';
import type { Reference } from '../core/repo.ts';
import { folderOf, isWithin, nameOf } from '../core/repo-path.ts';
import { type Delivery, type DraftUnit, deliveriesOf } from './draft-unit.ts';
import { type Paths, type Resolution, resolvePath } from './resolve-path.ts';
import { templateIn } from './template-marks.ts';

/**
 * The charts of the repository with their local dependencies and, by convention, their values files: `values.yaml`
 * is read always, `values-….yaml` beside it when somebody says so.
 */
export function readCharts(files: readonly SourceFile[], paths: Paths): DraftUnit[] {
  const charts: DraftUnit[] = [];
  for (const file of files) {
    if (!file.path.endsWith('Chart.yaml') || nameOf(file.path) !== 'Chart.yaml') continue;
    const [document] = file.documents;
    if (document && isFields(document.value)) charts.push(readChart(document.value, file.path, paths));
  }
  return charts;
}

/** Whether another chart holds the folder under `charts/`, as Helm's subcharts do. */
export function isSubchart(folder: RepoPath, charts: Iterable<RepoPath>): boolean {
  for (const chart of charts) {
    if (chart !== folder && isWithin(folder, chart === '' ? 'charts' : `${chart}/charts`)) return true;
  }
  return false;
}

function readChart(chart: Readonly<Record<string, unknown>>, path: RepoPath, paths: Paths): DraftUnit {
  const folder = folderOf(path);
  const id = `helm-chart/${folder}`;
  const document = { path, index: 0 };
  const references: Reference[] = [];
  const deliveries: Delivery[] = [{ path: folder, certainty: 'yes', how: 'chart' }];
  for (const [index, dependency] of listAt(chart, 'dependencies').entries()) {
    const name = isFields(dependency) ? textAt(dependency, 'name') : undefined;
    if (!isFields(dependency) || name === undefined) continue;
    const repository = textAt(dependency, 'repository');
    const key = repository === undefined ? 'name' : 'repository';
    const resolution = resolveDependency(paths, path, folder, name, repository ?? '');
    references.push({ kind: 'helm-dependency', from: at(document, 'dependencies', index, key), target: repository ?? name, ...resolution, unit: id });
    deliveries.push(...deliveriesOf([resolution], 'chart'));
  }
  for (const file of paths.tree.filesIn.get(folder) ?? []) {
    const name = nameOf(file);
    if (!/^values.*\.ya?ml$/.test(name)) continue;
    const state = name === 'values.yaml' ? 'resolved' : 'maybe';
    references.push({ kind: 'helm-values', from: { path }, target: name, state, to: file, path: file, reason: 'stands beside Chart.yaml', unit: id });
  }
  return {
    id,
    kind: 'helm-chart',
    name: textAt(chart, 'name') ?? nameOf(folder),
    at: { path },
    sources: [{ at: { path }, repository: 'this', path: { known: folder }, valueFiles: references.filter(({ kind }) => kind === 'helm-values') }],
    deliveries,
    references,
  };
}

/** A dependency is a folder here (`file://…`), a chart that is fetched, or a subchart under `charts/`. */
function resolveDependency(paths: Paths, from: RepoPath, folder: RepoPath, name: string, repository: string): Resolution {
  if (repository.startsWith('file://')) {
    const target = repository.slice('file://'.length);
    if (target.startsWith('/')) return { state: 'outside', reason: 'an absolute path' };
    const resolution = resolvePath(paths, from, folder, target);
    if (resolution.to === undefined || templateIn(target) !== undefined || paths.tree.entries.has(`${resolution.to}/Chart.yaml`)) return resolution;
    return { state: 'missing', path: resolution.to, reason: 'the folder has no Chart.yaml' };
  }
  if (repository !== '') return { state: 'external' };
  const path = folder === '' ? `charts/${name}` : `${folder}/charts/${name}`;
  const to = paths.tree.find(path);
  return to === undefined ? { state: 'unknown', path, reason: 'fetched by "helm dependency"' } : { state: 'resolved', to, path };
}
