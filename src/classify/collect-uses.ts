import type { Document, SourceFile } from '../core/document.ts';
import { type Fields, fieldsAt, isFields, listAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf, joinPath, nameOf } from '../core/repo-path.ts';

/** What a file is used for by another one. */
export type Use = 'resource' | 'patch' | 'transformer' | 'configuration' | 'values' | 'parameters' | 'data';

/** For each use the files that are put to it, each with the file that says so. */
export interface Uses {
  readonly byPath: Readonly<Record<Use, ReadonlyMap<RepoPath, RepoPath>>>;
  /** Paths with `*` for what a template or a generator fills in, by their last segment; under `*` those that have one in it. */
  readonly patterns: ReadonlyMap<string, ReadonlyMap<string, PatternUse>>;
  /** Folders that a kustomization stands in. */
  readonly kustomized: ReadonlySet<RepoPath>;
}

export interface PatternUse {
  readonly use: Use;
  readonly pattern: string;
  readonly by: RepoPath;
}

type Note = (use: Use, folder: RepoPath, target: unknown) => void;

/** A light reading of everything that refers to files by their path. Whether the files are there does not matter here. */
export function collectUses(files: readonly SourceFile[]): Uses {
  const byPath: Record<Use, Map<RepoPath, RepoPath>> = {
    resource: new Map(),
    patch: new Map(),
    transformer: new Map(),
    configuration: new Map(),
    values: new Map(),
    parameters: new Map(),
    data: new Map(),
  };
  const patterns = new Map<string, Map<string, PatternUse>>();
  const kustomized = new Set<RepoPath>();
  for (const file of files) {
    const by = file.path;
    const note: Note = (use, folder, target) => {
      if (typeof target !== 'string' || target === '' || target.length > 1000 || target.includes('\n')) return;
      const path = joinPath(folder, target);
      if (path === undefined) return;
      if (!path.includes('{{') && !path.includes('*')) byPath[use].set(path, by);
      else addPattern(patterns, { use, pattern: path.replace(/\{\{.*?\}\}/g, '*').replace(/\*+/g, '*'), by });
    };
    collectFrom(file, note, kustomized);
  }
  return { byPath, patterns, kustomized };
}

function addPattern(patterns: Map<string, Map<string, PatternUse>>, added: PatternUse): void {
  // A pattern of little more than wildcards says nothing of the files that it matches.
  if (added.pattern.replaceAll('*', '').length <= 4) return;
  const name = nameOf(added.pattern);
  const last = name.includes('*') ? '*' : name;
  const alike = patterns.get(last);
  if (alike) alike.set(`${added.use} ${added.pattern}`, added);
  else patterns.set(last, new Map([[`${added.use} ${added.pattern}`, added]]));
}

function collectFrom(file: SourceFile, note: Note, kustomized: Set<RepoPath>): void {
  const folder = folderOf(file.path);
  switch (file.classification.class) {
    case 'terraform':
    case 'terragrunt':
      fromTerraform(file.text, folder, note);
      return;
    case 'helmfile':
      if (file.classification.template !== undefined) fromHelmfileText(file.text, folder, note);
  }
  for (const document of file.documents) {
    if (isFields(document.value)) fromDocument(document, document.value, folder, note, kustomized);
  }
}

function fromDocument(document: Document, value: Fields, folder: RepoPath, note: Note, kustomized: Set<RepoPath>): void {
  const spec = fieldsAt(value, 'spec');
  switch (document.classification.class) {
    case 'kustomization':
    case 'kustomize-component':
      kustomized.add(folder);
      fromKustomization(value, folder, note);
      break;
    case 'argocd-application':
      fromSources(spec, note);
      break;
    case 'argocd-application-set':
      fromSources(fieldsAt(fieldsAt(spec, 'template'), 'spec'), note);
      for (const generator of listAt(spec, 'generators')) fromGenerator(generator, note);
      break;
    case 'flux-helm-release': {
      const chart = fieldsAt(fieldsAt(spec, 'chart'), 'spec');
      for (const target of [...listAt(chart, 'valuesFiles'), chart.valuesFile]) note('values', '', target);
      break;
    }
    case 'helmfile':
      fromHelmfile(value, folder, note);
      break;
    case 'kustomize-transformer':
      for (const target of [value.valuesFile, ...listAt(value, 'additionalValuesFiles')]) note('values', folder, target);
      for (const target of listAt(value, 'files')) note('data', folder, afterKey(target));
      break;
  }
}

function fromKustomization(value: Fields, folder: RepoPath, note: Note): void {
  const noteAll = (use: Use, targets: readonly unknown[]) => {
    for (const target of targets) note(use, folder, target);
  };
  noteAll('resource', listAt(value, 'resources'));
  noteAll('resource', listAt(value, 'bases'));
  noteAll('patch', listAt(value, 'patchesStrategicMerge'));
  noteAll('patch', paths(listAt(value, 'patches')));
  noteAll('patch', paths(listAt(value, 'patchesJson6902')));
  noteAll('transformer', listAt(value, 'transformers'));
  noteAll('transformer', listAt(value, 'generators'));
  noteAll('transformer', listAt(value, 'validators'));
  noteAll('configuration', listAt(value, 'configurations'));
  noteAll('configuration', paths(listAt(value, 'replacements')));
  for (const generator of [...listAt(value, 'configMapGenerator'), ...listAt(value, 'secretGenerator')]) {
    if (!isFields(generator)) continue;
    noteAll('data', listAt(generator, 'files').map(afterKey));
    noteAll('data', listAt(generator, 'envs'));
    note('data', folder, generator.env);
  }
  for (const chart of [...listAt(value, 'helmCharts'), ...listAt(value, 'helmChartInflationGenerator')]) {
    if (!isFields(chart)) continue;
    note('values', folder, chart.valuesFile);
    note('values', folder, chart.values);
    noteAll('values', listAt(chart, 'additionalValuesFiles'));
  }
}

function paths(entries: readonly unknown[]): unknown[] {
  return entries.map(entry => (isFields(entry) ? entry.path : undefined));
}

/** `key=path` names the file under another key. */
function afterKey(target: unknown): unknown {
  return typeof target === 'string' ? target.slice(target.indexOf('=') + 1) : target;
}

/** Values files are relative to the chart's folder, to the root with `/`, to another source of the same repository with `$name/`. */
function fromSources(spec: Fields, note: Note): void {
  for (const source of [spec.source, ...listAt(spec, 'sources')]) {
    if (!isFields(source)) continue;
    const folder = typeof source.path === 'string' ? source.path : '';
    for (const target of listAt(fieldsAt(source, 'helm'), 'valueFiles')) {
      if (typeof target !== 'string') continue;
      if (target.startsWith('$')) note('values', '', target.slice(target.indexOf('/') + 1));
      else if (target.startsWith('/')) note('values', '', target.slice(1));
      else note('values', joinPath('', folder) ?? '', target);
    }
    for (const parameter of listAt(fieldsAt(source, 'helm'), 'fileParameters')) {
      if (isFields(parameter)) note('data', joinPath('', folder) ?? '', parameter.path);
    }
  }
}

function fromGenerator(generator: unknown, note: Note): void {
  if (!isFields(generator)) return;
  for (const target of listAt(fieldsAt(generator, 'git'), 'files')) {
    if (isFields(target)) note('parameters', '', target.path);
  }
  for (const name of ['matrix', 'merge']) {
    for (const inner of listAt(fieldsAt(generator, name), 'generators')) fromGenerator(inner, note);
  }
}

function fromHelmfile(value: Fields, folder: RepoPath, note: Note): void {
  const holders = [
    value,
    ...listAt(value, 'releases'),
    ...Object.values(fieldsAt(value, 'environments')),
    ...Object.values(fieldsAt(value, 'templates')),
  ];
  for (const holder of holders) {
    if (!isFields(holder)) continue;
    for (const target of [...listAt(holder, 'values'), ...listAt(holder, 'secrets')]) note('values', folder, target);
  }
}

/** A helmfile with template actions is no YAML, but its items that are paths are plain to see. */
function fromHelmfileText(text: string, folder: RepoPath, note: Note): void {
  for (const [, target] of text.matchAll(/^ *- +["']?([\w./{} $-]{1,300}\.ya?ml)["']?\s*$/gm)) note('values', folder, target);
}

/** `file("x")`, `templatefile("${path.module}/x", …)`. */
function fromTerraform(text: string, folder: RepoPath, note: Note): void {
  if (!text.includes('file(')) return;
  for (const [, target] of text.matchAll(/\b(?:template)?file\(\s*"(?:\$\{path\.\w+\}\/)?([^"${}\n]{1,300})"/g)) note('data', folder, target);
}
