import { type Kustomization, placeIn } from './read-kustomization.ts';
import { Refusal } from './refusal.ts';
import { describeIdentity, type Identity, type Resource, sameGvk } from './resource.ts';
import type { KustomizeTables } from './tables.ts';

/** The order in which objects are printed: https://github.com/kubernetes-sigs/kustomize/blob/master/api/internal/builtins/SortOrderTransformer.go */
export function sortObjects(
  resources: readonly Resource[],
  kustomization: Kustomization | undefined,
  { kindOrder }: KustomizeTables,
): readonly Resource[] {
  const options = kustomization?.fields.sortOptions;
  const order = options === undefined ? 'legacy' : (options.order ?? '');
  if (kustomization && order !== 'legacy' && order !== 'fifo') {
    throw new Refusal(placeIn(kustomization.file, ['sortOptions', 'order']), `the order "${order}" is unknown: expected "legacy" or "fifo"`);
  }
  if (order === 'fifo') {
    if (kustomization && options?.legacySortOptions) {
      throw new Refusal(placeIn(kustomization.file, ['sortOptions', 'legacySortOptions']), 'the order "fifo" has no options: remove them');
    }
    return resources;
  }
  const legacy = options?.legacySortOptions;
  const first = legacy ? (legacy.orderFirst ?? []) : kindOrder.first;
  const last = legacy ? (legacy.orderLast ?? []) : kindOrder.last;
  const ranks = new Map([
    ...first.map((kind, index) => [kind, index - first.length] as const),
    ...last.map((kind, index) => [kind, index + 1] as const),
  ]);
  return resources
    .map(resource => ({ resource, rank: ranks.get(resource.id.kind) ?? 0, kind: kindKey(resource.id), name: nameKey(resource.id) }))
    .sort((a, b) => a.rank - b.rank || compareKinds(a, b) || compare(a.name, b.name))
    .map(({ resource }) => resource);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface Sorted {
  readonly resource: Resource;
  readonly kind: string;
}

/** Namespaces of several groups come in the other order, so that those of the core are first. */
function compareKinds(a: Sorted, b: Sorted): number {
  if (sameGvk(a.resource.id, b.resource.id)) return 0;
  const areNamespaces = a.resource.id.kind === 'Namespace' && b.resource.id.kind === 'Namespace';
  return areNamespaces ? compare(b.kind, a.kind) : compare(a.kind, b.kind);
}

function kindKey({ group, version, kind }: Identity): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

function nameKey(id: Identity): string {
  const gvk = describeIdentity(id).split('/')[0] ?? '';
  return `${gvk}|${id.namespace || '~X'}|${id.name || '~N'}`;
}
