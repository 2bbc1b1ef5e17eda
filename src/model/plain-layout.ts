import type { EnvironmentOwner } from '../core/environment.ts';
import type { RepoPath } from '../core/place.ts';
import type { Reference, Resource } from '../core/repo.ts';
import { folderOf, isWithin, nameOf } from '../core/repo-path.ts';
import type { DraftUnit } from './draft-unit.ts';
import { kustomizationFileOf } from './kustomize.ts';
import { addTo } from './multimap.ts';
import type { Deliverers } from './reach.ts';
import type { Tree } from './tree.ts';

/** What the plain layout is worked out from. */
export interface PlainInput {
  readonly tree: Tree;
  readonly resources: readonly Resource[];
  /** The units of other systems, and what they deliver: none of it is plain, nor what they leave out. */
  readonly units: readonly DraftUnit[];
  readonly deliverers: Deliverers;
  readonly ownerOf: (path: RepoPath) => EnvironmentOwner;
  readonly isPatch: (resource: Resource) => boolean;
}

/** Folders that hold apps or areas, each delivered by itself. */
const containers =
  /^(apps?|applications?|areas?|clusters?|components?|env|environments?|envs|infra|infrastructure|live|namespaces?|overlays?|platform|projects?|services?|stages?|systems?|teams?|tenants?|tiers?|workloads?)$/i;
/** Folders that nobody delivers. */
const undelivered =
  /(^|\/)(\.[^/]+|docs?|documentation|examples?|samples?|tests?|e2e|testdata|fixtures|hack|scripts?|templates?|skeletons?|archive[sd]?|deprecated)\//i;
/** A folder beside environments that all of them share. */
const bases = /^(base|bases|common|shared|default|all)$/i;

/**
 * Folders of manifests that no kustomization, unit or chart reaches are delivered as they are, recursively, as
 * `kubectl apply -R` and Argo CD read them. `environments/<environment>/<app>` delivers its own objects and those
 * of the shared folder of that name, such as `apps/<app>`, that it does not override (DOMAIN.md 2b.5).
 */
export function readPlainLayout({ tree, resources, units, deliverers, ownerOf, isPatch }: PlainInput): DraftUnit[] {
  const objectsIn = new Map<RepoPath, Resource[]>();
  for (const resource of resources) {
    const { path } = resource.document;
    if (deliverers.has(path) || isPatch(resource) || resource.name === undefined || undelivered.test(path)) continue;
    addTo(objectsIn, path, resource);
  }
  if (objectsIn.size === 0) return [];
  const takenFolders = foldersOf(deliverers.keys());
  for (const { deliveries } of units) for (const { path } of deliveries) if (tree.entries.get(path) === 'folder') takenFolders.add(path);
  const takenAbove = new Set<RepoPath>();
  for (const folder of takenFolders) for (let above = folder; above !== '' && !takenAbove.has(above); above = folderOf(above)) takenAbove.add(above);

  const filesOf = new Map<RepoPath, RepoPath[]>();
  for (const path of objectsIn.keys()) {
    const folder = folderOf(path);
    if (isTaken(folder, takenFolders, tree)) continue;
    addTo(filesOf, rootOf(path, takenAbove, ownerOf), path);
  }
  return linkByName(filesOf, objectsIn, ownerOf, tree);
}

/** A folder is not plain where it, or one above it, has a kustomization or files that units deliver: what they leave out is left out. */
function isTaken(folder: RepoPath, takenFolders: ReadonlySet<RepoPath>, tree: Tree): boolean {
  if (takenFolders.has(folder) || kustomizationFileOf(tree, folder) !== undefined) return true;
  for (let above = folderOf(folder); above !== ''; above = folderOf(above)) {
    if (takenFolders.has(above) || kustomizationFileOf(tree, above) !== undefined) return true;
  }
  return false;
}

/** The folder that is delivered with a file: the app's or area's below a container, else the topmost that is free. */
function rootOf(path: RepoPath, takenAbove: ReadonlySet<RepoPath>, ownerOf: (path: RepoPath) => EnvironmentOwner): RepoPath {
  let root = folderOf(path);
  const owner = ownerOf(root);
  const anchor = owner.kind === 'environment' || owner.kind === 'group' ? owner.anchor : undefined;
  while (root !== '' && root !== anchor) {
    const above = folderOf(root);
    if (above === '' || above === anchor || takenAbove.has(above) || containers.test(nameOf(above)) || isNamed(above, ownerOf)) break;
    root = above;
  }
  return root;
}

/** Whether the folder's own name is that of an environment. */
function isNamed(folder: RepoPath, ownerOf: (path: RepoPath) => EnvironmentOwner): boolean {
  const owner = ownerOf(folder);
  return (owner.kind === 'environment' || owner.kind === 'group') && owner.anchor === folder;
}

function linkByName(
  filesOf: ReadonlyMap<RepoPath, readonly RepoPath[]>,
  objectsIn: ReadonlyMap<RepoPath, readonly Resource[]>,
  ownerOf: (path: RepoPath) => EnvironmentOwner,
  tree: Tree,
): DraftUnit[] {
  const sharedByName = new Map<string, RepoPath>();
  const owned = new Set<RepoPath>();
  for (const root of filesOf.keys()) {
    const { kind } = ownerOf(root);
    if (kind === 'environment' || kind === 'group') owned.add(root);
    else if (root !== '' && !bases.test(nameOf(root))) sharedByName.set(nameOf(root), root);
  }
  const used = new Set<RepoPath>();
  const units: DraftUnit[] = [];
  const add = (root: RepoPath, shared: readonly RepoPath[]): void => {
    const own = filesOf.get(root) ?? [];
    const overridden = new Set(own.flatMap(path => (objectsIn.get(path) ?? []).map(identityOf)));
    const id = `plain-folder/${root}`;
    const references: Reference[] = shared.map(folder => ({
      kind: 'plain-share',
      from: { path: root },
      target: folder,
      state: 'resolved',
      to: folder,
      path: folder,
      unit: id,
    }));
    const added = shared
      .flatMap(folder => filesOf.get(folder) ?? [])
      .filter(path => (objectsIn.get(path) ?? []).some(object => !overridden.has(identityOf(object))));
    units.push({
      id,
      kind: 'plain-folder',
      name: nameOf(root),
      at: { path: root },
      sources: [{ at: { path: root }, repository: 'this', path: { known: root }, valueFiles: [] }],
      deliveries: [...own, ...added].map(path => ({ path, certainty: 'yes', how: 'file' })),
      references,
    });
  };
  for (const root of owned) {
    const shared = sharedWith(root, sharedByName, filesOf, ownerOf, tree);
    for (const folder of shared) used.add(folder);
    add(root, shared);
  }
  for (const root of filesOf.keys()) if (!owned.has(root) && !used.has(root)) add(root, []);
  return units;
}

/** The shared folders that an environment's folder, or the files directly in it, are named after; also the `base` beside it. */
function sharedWith(
  root: RepoPath,
  sharedByName: ReadonlyMap<string, RepoPath>,
  filesOf: ReadonlyMap<RepoPath, readonly RepoPath[]>,
  ownerOf: (path: RepoPath) => EnvironmentOwner,
  tree: Tree,
): RepoPath[] {
  const shared = new Set<RepoPath>();
  const addNamed = (name: string): void => {
    const folder = sharedByName.get(name);
    if (folder !== undefined && !isWithin(root, folder)) shared.add(folder);
  };
  if (isNamed(root, ownerOf)) {
    for (const path of filesOf.get(root) ?? []) addNamed(nameOf(path).replace(/\.(ya?ml|json)$/, ''));
    const app = folderOf(root);
    for (const sibling of tree.foldersIn.get(app) ?? []) if (bases.test(nameOf(sibling)) && filesOf.has(sibling)) shared.add(sibling);
    if (!containers.test(nameOf(app))) addNamed(nameOf(app));
    if (app !== '' && filesOf.has(app) && !containers.test(nameOf(app))) shared.add(app);
  } else {
    addNamed(nameOf(root));
  }
  return [...shared];
}

function identityOf({ group, kind, name = '' }: Resource): string {
  return `${group}/${kind}/${name}`;
}

function foldersOf(paths: Iterable<RepoPath>): Set<RepoPath> {
  const folders = new Set<RepoPath>();
  for (const path of paths) folders.add(folderOf(path));
  return folders;
}
