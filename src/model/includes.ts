import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Reference } from '../core/repo.ts';
import type { Delivery } from './draft-unit.ts';
import { ignoreMatcher, ignoreTexts } from './ignore-patterns.ts';
import { kustomizationFileOf } from './kustomize.ts';
import { matchFlatGlob } from './match-glob.ts';
import { filesBelow, type Tree } from './tree.ts';

/** The files of a delivery and whether each is certain to belong to it. */
export type IncludedFiles = ReadonlyMap<RepoPath, 'yes' | 'maybe'>;

/** What the deliveries of units take in; answers are kept, for many units share them. */
export type Include = (delivery: Delivery) => IncludedFiles;

/** Follows deliveries through kustomizations, charts and folders. */
export function includer(
  tree: Tree,
  files: ReadonlyMap<RepoPath, SourceFile>,
  kustomizations: ReadonlyMap<RepoPath, Kustomization>,
  references: readonly Reference[],
): Include {
  const mentions = new Map<RepoPath, Reference[]>();
  for (const reference of references) {
    const list = mentions.get(reference.from.path);
    if (list) list.push(reference);
    else mentions.set(reference.from.path, [reference]);
  }
  const isIgnoredByFlux = ignoreMatcher(ignoreTexts([...files.values()], '.sourceignore'));
  const memory = new Map<string, IncludedFiles>();

  /** The closure of a kustomization: itself and all it builds on. */
  const addKustomization = (into: Map<RepoPath, 'yes' | 'maybe'>, path: RepoPath, certainty: 'yes' | 'maybe'): void => {
    const before = into.get(path);
    if (before === 'yes' || before === certainty) return;
    into.set(path, certainty);
    for (const { state, to } of mentions.get(path) ?? []) {
      if (to === undefined || (state !== 'resolved' && state !== 'maybe')) continue;
      const next = state === 'resolved' ? certainty : 'maybe';
      if (tree.entries.get(to) === 'file') add(into, to, next);
      else addFolder(into, to, next);
    }
  };
  const addFolder = (into: Map<RepoPath, 'yes' | 'maybe'>, folder: RepoPath, certainty: 'yes' | 'maybe'): void => {
    const path = kustomizationFileOf(tree, folder);
    if (path === undefined) for (const file of filesBelow(tree, folder)) add(into, file, certainty);
    else if (kustomizations.has(path)) addKustomization(into, path, certainty);
    else add(into, path, certainty);
  };
  /** As Flux generates a kustomization: every manifest below, folders with a kustomization of their own as one. */
  const addGenerated = (into: Map<RepoPath, 'yes' | 'maybe'>, folder: RepoPath, certainty: 'yes' | 'maybe'): void => {
    if (kustomizationFileOf(tree, folder) !== undefined) {
      addFolder(into, folder, certainty);
      return;
    }
    for (const file of tree.filesIn.get(folder) ?? []) {
      if (/\.ya?ml$/.test(file) && !isIgnoredByFlux(file)) add(into, file, certainty);
    }
    for (const child of tree.foldersIn.get(folder) ?? []) addGenerated(into, child, certainty);
  };
  const addDirectory = (into: Map<RepoPath, 'yes' | 'maybe'>, { path, certainty, directory }: Delivery): void => {
    const candidates = directory?.recurse === true ? filesBelow(tree, path) : (tree.filesIn.get(path) ?? []);
    for (const file of candidates) {
      if (!/\.(ya?ml|json|jsonnet|libsonnet)$/.test(file)) continue;
      const relative = path === '' ? file : file.slice(path.length + 1);
      if (directory?.include !== undefined && !matchFlatGlob(relative, directory.include)) continue;
      if (directory?.exclude !== undefined && matchFlatGlob(relative, directory.exclude)) continue;
      if (files.get(file)?.text.includes('# +argocd:skip-file-rendering')) continue;
      add(into, file, certainty);
    }
  };
  const addDetected = (into: Map<RepoPath, 'yes' | 'maybe'>, delivery: Delivery): void => {
    const { path, certainty, directory } = delivery;
    const isChart = tree.entries.has(path === '' ? 'Chart.yaml' : `${path}/Chart.yaml`);
    switch (directory?.tool ?? (isChart ? 'helm' : kustomizationFileOf(tree, path) === undefined ? 'directory' : 'kustomize')) {
      case 'kustomize':
        addFolder(into, path, certainty);
        break;
      case 'directory':
        addDirectory(into, delivery);
        break;
      default:
        addChart(into, path, certainty);
    }
  };
  /** All files of a chart, and the charts of this repository that it depends on. */
  const addChart = (into: Map<RepoPath, 'yes' | 'maybe'>, folder: RepoPath, certainty: 'yes' | 'maybe'): void => {
    const chart = folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`;
    if (into.get(chart) === 'yes') return;
    for (const file of filesBelow(tree, folder)) add(into, file, certainty);
    for (const { kind, to } of mentions.get(chart) ?? []) if (kind === 'helm-dependency' && to !== undefined) addChart(into, to, certainty);
  };

  return delivery => {
    const { path, certainty, how, directory } = delivery;
    const key = `${how} ${certainty} ${path} ${directory === undefined ? '' : `${directory.tool} ${directory.recurse} ${directory.include} ${directory.exclude}`}`;
    const known = memory.get(key);
    if (known) return known;
    const into = new Map<RepoPath, 'yes' | 'maybe'>();
    if (tree.entries.get(path) === 'file') {
      if (kustomizations.has(path)) addKustomization(into, path, certainty);
      else add(into, path, certainty);
    } else if (how === 'argocd') {
      addDetected(into, delivery);
    } else if (how === 'flux') {
      addGenerated(into, path, certainty);
    } else if (how === 'kustomization') {
      addFolder(into, path, certainty);
    } else {
      addChart(into, path, certainty);
    }
    memory.set(key, into);
    return into;
  };
}

function add(into: Map<RepoPath, 'yes' | 'maybe'>, path: RepoPath, certainty: 'yes' | 'maybe'): void {
  if (certainty === 'yes' || !into.has(path)) into.set(path, certainty);
}
