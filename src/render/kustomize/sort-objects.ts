import { type Kustomization, placeIn } from './read-kustomization.ts';
import { Refusal } from './refusal.ts';
import type { Identity, Resource } from './resource.ts';
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
  const rankOf = ({ id }: Resource) => ranks.get(id.kind) ?? 0;
  return resources.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.id.gvk === b.id.gvk ? compareNames(a.id, b.id) : compareKinds(a.id, b.id)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Namespaces of several groups come in the other order, so that those of the core are first. */
function compareKinds(a: Identity, b: Identity): number {
  const areNamespaces = a.kind === 'Namespace' && b.kind === 'Namespace';
  return areNamespaces ? compare(kindKey(b), kindKey(a)) : compare(kindKey(a), kindKey(b));
}

function kindKey({ group, version, kind }: Identity): string {
  return `${group || '~G'}_${version || '~V'}_${kind || '~K'}`;
}

function compareNames(a: Identity, b: Identity): number {
  return compare(nameKey(a), nameKey(b));
}

function nameKey({ namespace, name }: Identity): string {
  return `${namespace || '~X'}|${name || '~N'}`;
}
