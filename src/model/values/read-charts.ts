import type { Document, SourceFile } from '../../core/document.ts';
import { type Fields, isFields, listAt, textAt } from '../../core/fields.ts';
import type { Chart, ChartDependency } from '../../core/helm.ts';
import { isFieldPlace, type RepoPath } from '../../core/place.ts';
import { folderOf, nameOf } from '../../core/repo-path.ts';
import type { DraftUnit } from '../draft-unit.ts';
import { filesBelow, type Tree } from '../tree.ts';
import { goReading } from './go-reading.ts';
import type { HelmInput } from './helm-input.ts';

/** Every chart with its dependencies, by folder. */
export function readCharts({ files, tree, charts }: HelmInput): ReadonlyMap<RepoPath, Chart> {
  const byFolder = new Map<RepoPath, Chart>();
  for (const unit of charts) {
    const chart = readChart(unit, files, tree);
    if (chart) byFolder.set(chart.folder, chart);
  }
  return byFolder;
}

function readChart(unit: DraftUnit, files: HelmInput['files'], tree: Tree): Chart | undefined {
  const file = files.get(unit.at.path);
  const [metadata] = file?.documents ?? [];
  if (file === undefined || metadata === undefined || !isFields(metadata.value)) return undefined;
  const folder = folderOf(file.path);
  const inChart = (name: string): SourceFile | undefined => files.get(folder === '' ? name : `${folder}/${name}`);
  const ofHelm2 = inChart('requirements.yaml')?.documents[0];
  const requirements = isFields(ofHelm2?.value) && 'dependencies' in ofHelm2.value ? ofHelm2 : metadata;
  const values = inChart('values.yaml');
  const [valuesSchema] = inChart('values.schema.json')?.documents ?? [];
  const isRead = values === undefined || (values.problems.length === 0 && values.classification.template === undefined);
  return {
    folder,
    name: textAt(metadata.value, 'name') ?? nameOf(folder),
    metadata,
    requirements,
    dependencies: dependenciesOf(requirements, unit, folder, tree),
    ...(isRead && values?.documents[0] && { values: goReading(values.documents[0], values) }),
    ...(valuesSchema && { valuesSchema }),
    files: ownFiles(folder, files, tree),
    isVendored: file.classification.generated === true,
  };
}

function dependenciesOf({ value }: Document, { references }: DraftUnit, folder: RepoPath, tree: Tree): ChartDependency[] {
  const dependencies: ChartDependency[] = [];
  const below = folder === '' ? 'charts' : `${folder}/charts`;
  const listed = new Set<RepoPath>();
  for (const [index, fields] of listAt(value as Fields, 'dependencies').entries()) {
    const name = isFields(fields) ? textAt(fields, 'name') : undefined;
    if (!isFields(fields) || name === undefined) continue;
    const local = references.find(
      ({ kind, from, state }) => kind === 'helm-dependency' && state === 'resolved' && isFieldPlace(from) && from.field[1] === index,
    );
    const unpacked = `${below}/${name}`;
    const home = tree.entries.has(`${unpacked}/Chart.yaml`) ? unpacked : local?.to;
    listed.add(unpacked);
    dependencies.push({ key: textAt(fields, 'alias') ?? name, entry: { index, fields }, ...(home !== undefined && { folder: home }) });
  }
  for (const child of tree.foldersIn.get(below) ?? []) {
    if (!listed.has(child) && tree.entries.has(`${child}/Chart.yaml`)) dependencies.push({ key: nameOf(child), folder: child });
  }
  return dependencies;
}

function ownFiles(folder: RepoPath, files: HelmInput['files'], tree: Tree): SourceFile[] {
  const subcharts = folder === '' ? 'charts/' : `${folder}/charts/`;
  return filesBelow(tree, folder).flatMap(path => {
    const file = files.get(path);
    return file === undefined || path.startsWith(subcharts) || isValues(nameOf(path)) ? [] : [file];
  });
}

function isValues(name: string): boolean {
  return /^values.*\.(ya?ml|json)$/.test(name);
}
