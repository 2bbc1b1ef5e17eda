import { fieldsAt, textAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Reference, Resource } from '../core/repo.ts';
import type { DraftUnit } from './draft-unit.ts';
import type { Include } from './includes.ts';
import { addTo, addToSet } from './multimap.ts';

/** The namespaces in which an object arrives; absent where one of them is not known. */
export type NamespacesOf = (resource: Resource) => ReadonlySet<string> | undefined;

export interface NamespaceInput {
  readonly kustomizations: ReadonlyMap<RepoPath, Kustomization>;
  readonly references: readonly Reference[];
  readonly units: readonly DraftUnit[];
  readonly include: Include;
}

/** Kustomizations around an object set its namespace, the outermost last, and `targetNamespace` of Flux after them. */
export function namespaceFinder(input: NamespaceInput): NamespacesOf {
  let find: NamespacesOf | undefined;
  return resource => {
    find ??= indexNamespaces(input);
    return find(resource);
  };
}

/** Most repositories never ask: the indexes are made for the first question. */
function indexNamespaces({ kustomizations, references, units, include }: NamespaceInput): NamespacesOf {
  const includedBy = new Map<RepoPath, RepoPath[]>();
  for (const { kind, from, to } of references) {
    if (kind !== 'kustomize-resource' || to === undefined) continue;
    addTo(includedBy, to, from.path);
  }
  const targets = new Map<RepoPath, Set<string>>();
  for (const { kind, resource, deliveries } of units) {
    const target = kind === 'flux-kustomization' && resource ? textAt(fieldsAt(resource.value, 'spec'), 'targetNamespace') : undefined;
    if (target === undefined) continue;
    for (const delivery of deliveries) {
      for (const path of include(delivery).keys()) addToSet(targets, path, target);
    }
  }
  const climb = (path: RepoPath, namespace: string | undefined, into: Set<string | undefined>, depth: number): void => {
    const own = textAt(kustomizations.get(path)?.value ?? {}, 'namespace') ?? namespace;
    const parents = kustomizations.get(path)?.includedBy ?? includedBy.get(path) ?? [];
    if (parents.length === 0 || depth > 20) into.add(own);
    for (const parent of parents) if (depth <= 20) climb(parent, own, into, depth + 1);
  };
  return resource => {
    const { path } = resource.document;
    const set = targets.get(path);
    if (set) return set;
    const found = new Set<string | undefined>();
    climb(path, resource.namespace, found, 0);
    return found.has(undefined) ? undefined : (found as ReadonlySet<string>);
  };
}
