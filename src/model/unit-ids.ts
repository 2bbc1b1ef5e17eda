import type { Resource, UnitKind } from '../core/repo.ts';
import type { PatchedResource } from './patched-resources.ts';

/** Names the unit that an object stands for: kind, namespace and name, and its file where that is not enough. */
export type UnitIdOf = (kind: UnitKind, resource: Resource | PatchedResource) => string;

export function unitIds(resources: readonly Resource[]): UnitIdOf {
  const counts = new Map<string, number>();
  for (const resource of resources) {
    if (!unitGroups.has(resource.group)) continue;
    const key = keyOf(resource);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return (kind, resource) => {
    const isOverlay = 'patched' in resource && resource.document !== resource.patched.document;
    const isAlone = counts.get(keyOf(resource)) === 1 && !isOverlay;
    return `${kind}/${resource.namespace ?? ''}/${resource.name ?? ''}${isAlone ? '' : `@${resource.document.path}`}`;
  };
}

/** The groups of the objects that stand for units. */
const unitGroups = new Set(['argoproj.io', 'kustomize.toolkit.fluxcd.io', 'helm.toolkit.fluxcd.io', 'fluxcd.controlplane.io']);

function keyOf({ group, kind, namespace = '', name = '' }: Resource): string {
  return `${group}/${kind}/${namespace}/${name}`;
}
