import { type Fields, textAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Resource } from '../core/repo.ts';
import { folderOf } from '../core/repo-path.ts';
import { addTo } from './multimap.ts';
import type { Resolution } from './resolve-path.ts';
import { templateIn } from './template-marks.ts';

/** The objects of the repository by kind and name, for references to objects. */
export interface ObjectIndex {
  /** Of the kinds that units mention. */
  readonly get: (kind: string, name: string) => readonly Resource[];
  readonly named: (kind: string) => Iterable<string>;
  /** What kustomizations put before or after the names of objects somewhere. */
  readonly affixes: readonly string[];
}

export function indexObjects(
  resources: readonly Resource[],
  kustomizations: Iterable<Kustomization>,
  isPatch: (resource: Resource) => boolean,
): ObjectIndex {
  const byKind = new Map<string, Map<string, Resource[]>>();
  for (const resource of resources) {
    if (resource.name === undefined || !mentionedKinds.has(resource.kind) || isPatch(resource)) continue;
    let byName = byKind.get(resource.kind);
    if (!byName) {
      byName = new Map();
      byKind.set(resource.kind, byName);
    }
    addTo(byName, resource.name, resource);
  }
  const affixes = new Set<string>();
  for (const { value } of kustomizations) {
    for (const key of ['namePrefix', 'nameSuffix']) {
      const affix = textAt(value as Fields, key);
      if (affix) affixes.add(affix);
    }
  }
  return {
    get: (kind, name) => byKind.get(kind)?.get(name) ?? [],
    named: kind => byKind.get(kind)?.keys() ?? [],
    affixes: [...affixes],
  };
}

/** The kinds that units mention by name, and those that make such objects. */
const mentionedKinds = new Set([
  'GitRepository',
  'OCIRepository',
  'HelmRepository',
  'HelmChart',
  'Bucket',
  'ExternalArtifact',
  'ArtifactGenerator',
  'Kustomization',
  'HelmRelease',
  'ResourceSet',
  'ConfigMap',
  'Secret',
]);

/** The definition that stands nearest to a file: the one that shares most of its folders. */
export function nearest(candidates: readonly Resource[], from: RepoPath): Resource | undefined {
  let best: Resource | undefined;
  let bestLength = -1;
  for (const candidate of candidates) {
    const length = sharedLength(candidate.document.path, from);
    if (length > bestLength) [best, bestLength] = [candidate, length];
  }
  return best;
}

/** The answer to a mention of an object by kind and name. Absent objects are `missing` here; who asks knows what excuses them. */
export function resolveObject(objects: ObjectIndex, from: RepoPath, kind: string, name: string): Resolution & { readonly object?: Resource } {
  const open = templateIn(name);
  if (open !== undefined) return { state: 'unknown', reason: open };
  const object = nearest(objects.get(kind, name), from);
  if (object) return { state: 'resolved', to: object.document.path, object };
  for (const affix of objects.affixes) {
    const bare = name.startsWith(affix) ? name.slice(affix.length) : name.endsWith(affix) ? name.slice(0, -affix.length) : undefined;
    if (bare !== undefined && objects.get(kind, bare).length > 0) return { state: 'unknown', reason: 'a kustomization changes names' };
  }
  return { state: 'missing' };
}

/** How many characters of folder path two files share. */
function sharedLength(a: RepoPath, b: RepoPath): number {
  let folder = folderOf(a);
  while (folder !== '' && !b.startsWith(`${folder}/`)) folder = folderOf(folder);
  return folder.length;
}
