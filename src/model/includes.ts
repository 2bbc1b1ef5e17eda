import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Reference } from '../core/repo.ts';
import { nameOf } from '../core/repo-path.ts';
import type { Delivery } from './draft-unit.ts';
import { ignoreMatcher, ignoreTexts } from './ignore-patterns.ts';
import { kustomizationFileOf } from './kustomize.ts';
import { matchFlatGlob } from './match-glob.ts';
import { filesBelow, type Tree } from './tree.ts';

export type Certainty = 'yes' | 'maybe';

/** The files of a delivery and whether each is certain to belong to it. */
export type IncludedFiles = ReadonlyMap<RepoPath, Certainty>;

/** What the deliveries of units take in; answers are kept, for many units share them. */
export type Include = (delivery: Delivery) => IncludedFiles;

interface IncludeInput {
  readonly tree: Tree;
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly kustomizations: ReadonlyMap<RepoPath, Kustomization>;
  /** What kustomizations, their plugins and charts mention. */
  readonly references: readonly Reference[];
}

/** A file to take in. */
interface Step {
  readonly path: RepoPath;
  readonly certainty: Certainty;
}

/** Follows deliveries through kustomizations, charts and folders to files. */
export function includer({ tree, files, kustomizations, references }: IncludeInput): Include {
  const isIgnoredByFlux = ignoreMatcher(ignoreTexts([...files.values()], '.sourceignore'));
  const next = new Map<RepoPath, Step[]>();
  for (const { kind, from, state, to } of references) {
    if (to === undefined || (state !== 'resolved' && state !== 'maybe')) continue;
    if (kind === 'helm-values') continue;
    const certainty = state === 'resolved' ? 'yes' : 'maybe';
    const steps = kind === 'helm-dependency' ? chartIn(to, certainty) : intoEntry(to, certainty);
    const list = next.get(from.path);
    if (list) list.push(...steps);
    else next.set(from.path, steps);
  }
  const memory = new Map<string, IncludedFiles>();
  return delivery => {
    const { path, certainty, how, directory } = delivery;
    const options = directory === undefined ? '' : `${directory.tool} ${directory.recurse} ${directory.include} ${directory.exclude}`;
    const key = `${how} ${certainty} ${path} ${options}`;
    let included = memory.get(key);
    if (included === undefined) {
      included = followAll(begin(delivery), next);
      memory.set(key, included);
    }
    return included;
  };

  function begin({ path, certainty, how, directory }: Delivery): Step[] {
    if (tree.entries.get(path) === 'file') return [{ path, certainty }];
    if (how === 'flux') return generated(path, certainty);
    if (how === 'chart') return chartIn(path, certainty);
    if (how !== 'argocd') return how === 'kustomization' ? intoEntry(path, certainty) : everythingIn(path, certainty);
    const detected = tree.entries.has(path === '' ? 'Chart.yaml' : `${path}/Chart.yaml`) ? 'helm' : undefined;
    const tool = directory?.tool ?? detected ?? (kustomizationFileOf(tree, path) === undefined ? 'directory' : 'kustomize');
    if (tool === 'kustomize') return intoEntry(path, certainty);
    return tool === 'directory'
      ? plainDirectory(path, certainty, directory)
      : tool === 'helm'
        ? chartIn(path, certainty)
        : everythingIn(path, certainty);
  }

  /** A file, the kustomization of a folder, or all of a folder; what a kustomization takes in that cannot be read is not known. */
  function intoEntry(path: RepoPath, certainty: Certainty): Step[] {
    if (tree.entries.get(path) === 'file') return [{ path, certainty }];
    const kustomization = kustomizationFileOf(tree, path);
    if (kustomization === undefined) return everythingIn(path, certainty);
    if (kustomizations.has(kustomization)) return [{ path: kustomization, certainty }];
    return [{ path: kustomization, certainty }, ...everythingIn(path, 'maybe')];
  }

  function everythingIn(folder: RepoPath, certainty: Certainty): Step[] {
    return filesBelow(tree, folder).map(path => ({ path, certainty }));
  }

  /** A chart without the values files that only count where somebody names them. */
  function chartIn(folder: RepoPath, certainty: Certainty): Step[] {
    return everythingIn(folder, certainty).filter(
      ({ path }) => nameOf(path) === 'values.yaml' || files.get(path)?.classification.class !== 'helm-values',
    );
  }

  /** As Flux generates a kustomization: every manifest below, folders with a kustomization of their own as one. */
  function generated(folder: RepoPath, certainty: Certainty): Step[] {
    if (kustomizationFileOf(tree, folder) !== undefined) return intoEntry(folder, certainty);
    const steps: Step[] = [];
    for (const path of tree.filesIn.get(folder) ?? []) if (/\.ya?ml$/.test(path) && !isIgnoredByFlux(path)) steps.push({ path, certainty });
    for (const child of tree.foldersIn.get(folder) ?? []) steps.push(...generated(child, certainty));
    return steps;
  }

  /** As Argo CD reads a directory that is neither chart nor kustomization. */
  function plainDirectory(folder: RepoPath, certainty: Certainty, options: Delivery['directory']): Step[] {
    const steps: Step[] = [];
    for (const path of options?.recurse === true ? filesBelow(tree, folder) : (tree.filesIn.get(folder) ?? [])) {
      if (!/\.(ya?ml|json|jsonnet|libsonnet)$/.test(path)) continue;
      const relative = folder === '' ? path : path.slice(folder.length + 1);
      if (options?.include !== undefined && !matchFlatGlob(relative, options.include)) continue;
      if (options?.exclude !== undefined && matchFlatGlob(relative, options.exclude)) continue;
      if (!files.get(path)?.text.includes('# +argocd:skip-file-rendering')) steps.push({ path, certainty });
    }
    return steps;
  }
}

/** Everything that the steps lead to; a file that is certain once stays so. */
function followAll(steps: Step[], next: ReadonlyMap<RepoPath, readonly Step[]>): IncludedFiles {
  const included = new Map<RepoPath, Certainty>();
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    const { path, certainty } = step;
    const before = included.get(path);
    if (before === 'yes' || before === certainty) continue;
    included.set(path, certainty);
    for (const further of next.get(path) ?? []) steps.push(certainty === 'yes' ? further : { ...further, certainty });
  }
  return included;
}
