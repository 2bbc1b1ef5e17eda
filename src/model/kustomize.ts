import type { Document, SourceFile } from '../core/document.ts';
import { type Fields, isFields, listAt } from '../core/fields.ts';
import { kustomizationNames } from '../core/kustomization-names.ts';
import { at, type FieldPath, type RepoPath } from '../core/place.ts';
import type { Kustomization, Reference, ReferenceKind } from '../core/repo.ts';
import { folderOf, joinPath, nameOf } from '../core/repo-path.ts';
import { type Paths, type Resolution, resolvePath } from './resolve-path.ts';
import { templateIn } from './template-marks.ts';
import type { Tree } from './tree.ts';

/** What the kustomizations of a repository are and what they mention. */
export interface KustomizeModel {
  readonly kustomizations: ReadonlyMap<RepoPath, Kustomization>;
  readonly references: readonly Reference[];
}

/** Reads every kustomization file and resolves each path that it mentions as Kustomize does: as a file, then as a folder, then as a URL. */
export function readKustomizations(files: readonly SourceFile[], paths: Paths): KustomizeModel {
  const found: { readonly document: Document; readonly fields: Fields; readonly references: Reference[] }[] = [];
  const includedBy = new Map<RepoPath, RepoPath[]>();
  const plugins = new Set<RepoPath>();
  for (const file of files) {
    if (!isKustomizationPath(file.path)) continue;
    const document = file.documents.find(isKustomization);
    if (!document) continue;
    const fields = isFields(document.value) ? document.value : {};
    const references = readReferences(document, fields, paths);
    found.push({ document, fields, references });
    for (const { kind, to } of references) {
      if (kind === 'kustomize-plugin' && to !== undefined) plugins.add(to);
      if (!isInclude(kind) || to === undefined) continue;
      const included = kustomizationFileOf(paths.tree, to);
      if (included === undefined) continue;
      const list = includedBy.get(included);
      if (!list) includedBy.set(included, [file.path]);
      else if (list.at(-1) !== file.path) list.push(file.path);
    }
  }
  const kustomizations = new Map<RepoPath, Kustomization>();
  for (const { document, fields, references } of found) {
    const partial = whyPartial(fields, references);
    kustomizations.set(document.path, {
      path: document.path,
      folder: folderOf(document.path),
      kind: fields.kind === 'Component' ? 'Component' : 'Kustomization',
      document,
      value: fields,
      includedBy: includedBy.get(document.path) ?? [],
      ...(partial !== undefined && { partial }),
    });
  }
  const ofPlugins = files.flatMap(file => (plugins.has(file.path) ? file.documents.flatMap(document => readPlugin(document, paths)) : []));
  return { kustomizations, references: [...found.flatMap(({ references }) => references), ...ofPlugins] };
}

/** The kustomization file that Kustomize reads in a folder. */
export function kustomizationFileOf(tree: Tree, folder: RepoPath): RepoPath | undefined {
  let known = kustomizationFiles.get(tree);
  if (known === undefined) {
    known = new Map();
    kustomizationFiles.set(tree, known);
  }
  if (!known.has(folder)) known.set(folder, findKustomizationFile(tree, folder));
  return known.get(folder);
}

/** The same folders are asked for again and again. */
const kustomizationFiles = new WeakMap<Tree, Map<RepoPath, RepoPath | undefined>>();

function findKustomizationFile(tree: Tree, folder: RepoPath): RepoPath | undefined {
  const found = (tree.filesIn.get(folder) ?? []).filter(isKustomizationPath);
  const name = found.length < 2 ? undefined : kustomizationNames.find(candidate => found.some(path => nameOf(path) === candidate));
  const path = name === undefined ? found[0] : found.find(candidate => nameOf(candidate) === name);
  return path === undefined ? undefined : tree.find(path);
}

/** A look at the end of the path spares most paths a copy of their name. */
export function isKustomizationPath(path: RepoPath): boolean {
  return (
    (path.endsWith('ustomization.yaml') || path.endsWith('ustomization.yml') || path.endsWith('ustomization')) &&
    kustomizationNames.includes(nameOf(path))
  );
}

/** References through which one kustomization takes in another. */
export function isInclude(kind: ReferenceKind): boolean {
  return kind === 'kustomize-resource' || kind === 'kustomize-base' || kind === 'kustomize-component';
}

/** A Flux Kustomization may stand in a file of that name too; it is no kustomization. */
function isKustomization(document: Document): boolean {
  if (document.value === null || document.value === undefined) return true;
  if (!isFields(document.value)) return false;
  const { apiVersion, kind } = document.value;
  if (typeof apiVersion === 'string' && !apiVersion.startsWith('kustomize.config.k8s.io/')) return false;
  return kind === undefined || kind === 'Kustomization' || kind === 'Component';
}

function readReferences(document: Document, fields: Fields, paths: Paths): Reference[] {
  const references: Reference[] = [];
  const folder = folderOf(document.path);
  const add: Add = (kind, field, target, resolve = resolveOrRemote) => {
    if (typeof target !== 'string' || target === '') return;
    const from = { path: document.path, document: document.index, field, part: 'value' } as const;
    const { state, to, path, reason } = resolve(paths, document.path, folder, target);
    if (to !== undefined && path !== undefined && reason === undefined) references.push({ kind, from, target, state, to, path });
    else
      references.push({
        kind,
        from,
        target,
        state,
        ...(to !== undefined && { to }),
        ...(path !== undefined && { path }),
        ...(reason !== undefined && { reason }),
      });
  };
  // Kustomize reads its keys without regard to case.
  for (const key of Object.keys(fields)) {
    const read = readers[key.toLowerCase()];
    if (read === undefined) continue;
    if (key.toLowerCase() === 'openapi') read(fields[key], [key], add);
    else for (const [index, item] of listAt(fields, key).entries()) read(item, [key, index], add);
  }
  return references;
}

type Resolve = (paths: Paths, from: RepoPath, folder: RepoPath, target: string) => Resolution;
type Add = (kind: ReferenceKind, field: FieldPath, target: unknown, resolve?: Resolve) => void;

/** What each field of a kustomization mentions, item by item; by the field's name in lower case. */
const readers: Readonly<Record<string, (item: unknown, field: FieldPath, add: Add) => void>> = {
  resources: (item, field, add) => add('kustomize-resource', field, item, resolveResource),
  bases: (item, field, add) => add('kustomize-base', field, item, resolveKustomizationFolder),
  components: (item, field, add) => add('kustomize-component', field, item, resolveKustomizationFolder),
  patches: addPathOrInline('kustomize-patch'),
  patchesjson6902: addPathOrInline('kustomize-patch'),
  patchesstrategicmerge: addPathOrInline('kustomize-patch'),
  replacements: addPathOrInline('kustomize-replacement'),
  crds: (item, field, add) => add('kustomize-configuration', field, item),
  configurations: (item, field, add) => add('kustomize-configuration', field, item),
  openapi: addPathOrInline('kustomize-configuration'),
  transformers: addPlugin,
  generators: addPlugin,
  validators: addPlugin,
  configmapgenerator: addGeneratorFiles,
  secretgenerator: addGeneratorFiles,
  helmcharts: addChartValues,
};

/** An item with a `path`, the path itself, or the thing itself as YAML. */
function addPathOrInline(kind: ReferenceKind): (item: unknown, field: FieldPath, add: Add) => void {
  return (item, field, add) => {
    if (isFields(item)) {
      const key = keyLike(item, 'path');
      add(kind, [...field, key], item[key]);
    } else if (!isInline(item)) {
      add(kind, field, item);
    }
  };
}

function addPlugin(item: unknown, field: FieldPath, add: Add): void {
  if (!isInline(item)) add('kustomize-plugin', field, item, resolveResource);
}

function addGeneratorFiles(generator: unknown, field: FieldPath, add: Add): void {
  if (!isFields(generator)) return;
  for (const key of Object.keys(generator)) {
    const name = key.toLowerCase();
    if (name === 'env') add('kustomize-generator-file', [...field, key], generator[key]);
    if (name !== 'files' && name !== 'envs') continue;
    for (const [index, item] of listAt(generator, key).entries()) {
      add('kustomize-generator-file', [...field, key, index], item, name === 'files' ? resolveKeyedFile : resolveOrRemote);
    }
  }
}

function addChartValues(chart: unknown, field: FieldPath, add: Add): void {
  if (!isFields(chart)) return;
  add('kustomize-helm-values', [...field, 'valuesFile'], chart.valuesFile);
  for (const [index, item] of listAt(chart, 'additionalValuesFiles').entries()) {
    add('kustomize-helm-values', [...field, 'additionalValuesFiles', index], item);
  }
}

/** Generators and transformers name files in fields of their own; KSOPS in `files`, which have to be there. */
function readPlugin(document: Document, paths: Paths): Reference[] {
  const references: Reference[] = [];
  const folder = folderOf(document.path);
  const isKsops = isFields(document.value) && document.value.kind === 'ksops';
  const visit = (value: unknown, field: FieldPath): void => {
    if (Array.isArray(value)) for (const [index, item] of value.entries()) visit(item, [...field, index]);
    else if (isFields(value)) for (const key of Object.keys(value)) visit(value[key], [...field, key]);
    if (typeof value !== 'string' || value === '' || value.length > 300 || value.includes('\n')) return;
    const isListed = isKsops && (field[0] === 'files' || field[2] === 'files' || field[2] === 'envs');
    const path = joinPath(folder, value.slice(value.indexOf('=') + 1));
    const isThere = path !== undefined && paths.tree.entries.get(path) === 'file' && path !== document.path;
    if (!isListed && !isThere) return;
    const resolution = resolveKeyedFile(paths, document.path, folder, value);
    references.push({ kind: 'kustomize-plugin', from: at(document, ...field), target: value, ...resolution });
  };
  visit(document.value, []);
  return references;
}

function resolveResource(paths: Paths, from: RepoPath, folder: RepoPath, target: string): Resolution {
  const resolution = resolveOrRemote(paths, from, folder, target);
  return resolution.to !== undefined && paths.tree.entries.get(resolution.to) === 'folder' ? asKustomization(paths, from, resolution) : resolution;
}

function resolveKustomizationFolder(paths: Paths, from: RepoPath, folder: RepoPath, target: string): Resolution {
  const resolution = resolveOrRemote(paths, from, folder, target);
  if (resolution.to === undefined) return resolution;
  if (paths.tree.entries.get(resolution.to) === 'folder') return asKustomization(paths, from, resolution);
  return { state: 'missing', path: resolution.to, reason: 'it is a file, and a folder with a kustomization is needed' };
}

/** `path` or `key=path`; whole folders are taken as they are. */
function resolveKeyedFile(paths: Paths, from: RepoPath, folder: RepoPath, target: string): Resolution {
  return resolveOrRemote(paths, from, folder, target.slice(target.indexOf('=') + 1));
}

function resolveOrRemote(paths: Paths, from: RepoPath, folder: RepoPath, target: string): Resolution {
  if (target.startsWith('/')) return resolvePath(paths, from, folder, target);
  const path = joinPath(folder, target);
  const to = path === undefined ? undefined : paths.tree.find(path);
  if (path !== undefined && to !== undefined && !paths.tree.skipped.has(path)) return { state: 'resolved', to, path };
  if (templateIn(target) === undefined) {
    if (isRemote(target)) return { state: 'external' };
    if (target.includes('\\')) return { state: 'missing', path: path ?? target, reason: 'backslashes do not separate folders' };
  }
  return resolvePath(paths, from, folder, target);
}

/** A folder counts only with a kustomization in it; a template of one may become one. */
function asKustomization({ tree, explainAbsence }: Paths, from: RepoPath, resolution: Resolution): Resolution {
  const { to = '', path = to } = resolution;
  if (kustomizationFileOf(tree, to) !== undefined) return resolution;
  if (tree.skipped.has(to)) return { state: 'unknown', path, reason: 'its content is not checked out here' };
  const template = (tree.filesIn.get(to) ?? []).some(file => /^kustomization\./i.test(nameOf(file)));
  const excuse = template ? 'its kustomization is a template' : explainAbsence(from, `${to}/kustomization.yaml`);
  if (excuse !== undefined) return { state: 'unknown', path, reason: excuse };
  return { state: 'missing', path, reason: 'the folder has no kustomization' };
}

/** What Kustomize takes for a Git or HTTP address, where no file or folder of that name is there. */
function isRemote(target: string): boolean {
  return (
    /^(git::|[a-z][a-z0-9+.-]*:\/\/|gh:|github\.com[/:]|[\w.-]+@[\w.-]+[:/])/i.test(target) ||
    /^[\w-]+(\.[\w-]+)+(:\d+)?\/.*(\.git\b|\/_git\/|[?&](ref|version)=|\/\/)/.test(target)
  );
}

/** Patches and plugins may stand in the list themselves, as YAML. */
function isInline(item: unknown): boolean {
  return typeof item !== 'string' || item.includes('\n') || item.includes(': ') || item.startsWith('{') || item.startsWith('[');
}

function keyLike(fields: Fields, key: string): string {
  return key in fields ? key : (Object.keys(fields).find(candidate => candidate.toLowerCase() === key) ?? key);
}

function whyPartial(fields: Fields, references: readonly Reference[]): string | undefined {
  const remote = references.find(({ kind, state }) => state === 'external' && (isInclude(kind) || kind === 'kustomize-plugin'));
  if (remote) return `"${remote.target}" is not in this repository`;
  for (const key of Object.keys(fields)) {
    const name = key.toLowerCase();
    if (name === 'helmcharts' || name === 'helmchartinflationgenerator') return 'Helm charts are not rendered here';
    if (name === 'generators' || name === 'transformers') return `the plugins under "${key}" are not run here`;
  }
  const open = references.find(({ kind, state }) => isInclude(kind) && state !== 'resolved');
  return open && `"${open.target}" cannot be read`;
}
