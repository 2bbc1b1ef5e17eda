import { type Fields, isFields, listAt, textAt } from './fields.ts';
import { kustomizationNames } from './kustomization-names.ts';
import type { RepoPath } from './place.ts';
import type { Kustomization, Repo, Resource } from './repo.ts';

/**
 * Gives the kustomizations of a build where a look at the files is enough to know that every entry of theirs finds something to
 * change: an object of that kind and name, or the name of that image, stands in what it builds on. Most builds need no rendering then.
 */
export function plainMatcher(repo: Repo): (root: Kustomization) => readonly Kustomization[] | undefined {
  const byPath = new Map<RepoPath, Resource[]>();
  for (const resource of repo.resources) {
    const ofFile = byPath.get(resource.document.path);
    if (ofFile) ofFile.push(resource);
    else byPath.set(resource.document.path, [resource]);
  }
  const built = new Map<Kustomization, Built>();
  return root => {
    const below = builtFrom(root);
    const arePlain = below.kustomizations.every(each => entriesMatch(each, each.kind === 'Component' ? below : builtFrom(each)));
    return arePlain ? below.kustomizations : undefined;
  };

  /** Everything below a kustomization, itself included. */
  function builtFrom(kustomization: Kustomization): Built {
    let known = built.get(kustomization);
    if (known === undefined) {
      known = { kustomizations: [], texts: [], objects: new Set() };
      built.set(kustomization, known);
      collect(kustomization, known, new Set());
    }
    return known;
  }

  function collect(kustomization: Kustomization, into: Built, seen: Set<Kustomization>): void {
    if (seen.has(kustomization)) return;
    seen.add(kustomization);
    into.kustomizations.push(kustomization);
    for (const generator of generators) {
      for (const item of listAt(kustomization.value, generator.field)) {
        if (isFields(item) && typeof item.name === 'string') into.objects.add(keyOf(generator.kind, item.name));
      }
    }
    for (const { kind, to } of repo.referencesFrom.get(kustomization.path) ?? []) {
      if (to === undefined || !includes.has(kind)) continue;
      const included = kustomizationIn(to, repo);
      if (included) collect(included, into, seen);
      else addFile(to, into);
    }
  }

  function addFile(path: RepoPath, into: Built): void {
    const text = repo.files.get(path)?.text;
    if (text !== undefined) into.texts.push(text);
    for (const { kind, name, group, version } of byPath.get(path) ?? []) {
      if (name === undefined) continue;
      for (const key of [keyOf(kind, name), keyOf(kind, name, group), keyOf(kind, name, undefined, version), keyOf(kind, name, group, version)])
        into.objects.add(key);
    }
  }

  function entriesMatch({ path, value }: Kustomization, { objects, texts }: Built): boolean {
    if (listAt(value, 'replacements').length > 0 || generators.some(({ field }) => listAt(value, field).some(changesAnother))) return false;
    return (
      listAt(value, 'images').every(image => isFields(image) && isNamedIn(texts, image.name)) &&
      listAt(value, 'replicas').every(item => isFields(item) && scalable.some(kind => objects.has(keyOf(kind, String(item.name))))) &&
      [...listAt(value, 'patches'), ...listAt(value, 'patchesJson6902')].every(patch => isFields(patch) && patchMatches(patch, path, objects)) &&
      listAt(value, 'patchesStrategicMerge').every(patch => typeof patch === 'string' && namesObjects(patch, path, objects))
    );
  }

  function patchMatches(patch: Fields, path: RepoPath, objects: ReadonlySet<string>): boolean {
    if (isFields(patch.target)) {
      const { kind, name, group, version, ...others } = patch.target;
      if (typeof kind !== 'string' || typeof name !== 'string' || Object.keys(others).length > 0) return false;
      return objects.has(keyOf(kind, name, typeof group === 'string' ? group : undefined, typeof version === 'string' ? version : undefined));
    }
    const written = textAt(patch, 'path') ?? textAt(patch, 'patch');
    return written !== undefined && namesObjects(written, path, objects);
  }

  /** A strategic merge patch names its object itself; one that stands in the kustomization is read as far as a look goes. */
  function namesObjects(written: string, path: RepoPath, objects: ReadonlySet<string>): boolean {
    if (written.includes('\n')) {
      const [, kind = ''] = /^kind: *["']?([\w.-]+)["']? *$/m.exec(written) ?? [];
      const [, name = ''] = /^metadata:\n(?: +.*\n)*? +name: *["']?([\w.-]+)["']? *$/m.exec(written) ?? [];
      return !written.includes('\n---') && objects.has(keyOf(kind, name));
    }
    const file = repo.referencesFrom.get(path)?.find(({ kind, target }) => kind === 'kustomize-patch' && target === written)?.to;
    const patches = file === undefined ? [] : (byPath.get(file) ?? []);
    return patches.length > 0 && patches.every(({ kind, name }) => name !== undefined && objects.has(keyOf(kind, name)));
  }
}

/** What a kustomization is made of. */
interface Built {
  readonly kustomizations: Kustomization[];
  readonly texts: string[];
  /** By kind and name, with and without group and version. */
  readonly objects: Set<string>;
}

const generators = [
  { field: 'configMapGenerator', kind: 'ConfigMap' },
  { field: 'secretGenerator', kind: 'Secret' },
] as const;
const scalable = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];
const includes: ReadonlySet<string> = new Set(['kustomize-resource', 'kustomize-base', 'kustomize-component']);

function keyOf(kind: string, name: string, group = '*', version = '*'): string {
  return `${group}/${version} ${kind} ${name}`;
}

function changesAnother(generator: unknown): boolean {
  return isFields(generator) && (generator.behavior === 'merge' || generator.behavior === 'replace');
}

function isNamedIn(texts: readonly string[], name: unknown): boolean {
  if (typeof name !== 'string' || name === '') return false;
  return texts.some(text => {
    for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + 1)) {
      if (
        /image:? *["']?$/.test(text.slice(Math.max(0, start - 12), start)) &&
        /^[:@"'\s]/.test(text.slice(start + name.length, start + name.length + 1))
      )
        return true;
    }
    return false;
  });
}

function kustomizationIn(folder: RepoPath, { kustomizations }: Repo): Kustomization | undefined {
  for (const name of kustomizationNames) {
    const found = kustomizations.get(folder === '' ? name : `${folder}/${name}`);
    if (found) return found;
  }
  return undefined;
}
