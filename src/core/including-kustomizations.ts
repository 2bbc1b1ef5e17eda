import { kustomizationNames } from './kustomization-names.ts';
import type { RepoPath } from './place.ts';
import type { Kustomization, Repo, Unit } from './repo.ts';

type Included = Pick<Repo, 'files' | 'kustomizations' | 'referencesFrom' | 'referencesTo' | 'reach' | 'units'>;

/** The kustomizations that include a file, directly or through others, nearest first, and the components that those take in. */
export function includingKustomizations({ kustomizations, referencesFrom, referencesTo }: Included, path: RepoPath): readonly Kustomization[] {
  const found = new Set<Kustomization>();
  const add = (kustomization: Kustomization | undefined) => kustomization && found.add(kustomization);
  for (const { from } of referencesTo.get(path) ?? []) add(kustomizations.get(from.path));
  // A set grows while it is read: the parents of parents are met too.
  for (const { path: own, includedBy } of found) {
    for (const parent of includedBy) add(kustomizations.get(parent));
    for (const { kind, to } of referencesFrom.get(own) ?? []) {
      if (kind !== 'kustomize-component' || to === undefined) continue;
      for (const name of kustomizationNames) add(kustomizations.get(`${to}/${name}`));
    }
  }
  return [...found];
}

/**
 * The text of every patch that may change what stands in a file: of the kustomizations that include it, inline or in
 * files, and of the Flux Kustomizations that deliver it. It says what is mentioned, not what comes out.
 */
export function patchesOver(repo: Included, path: RepoPath): string {
  const texts: unknown[] = [];
  for (const { path: own, value } of includingKustomizations(repo, path)) {
    for (const key of ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'replacements', 'transformers']) texts.push(value[key]);
    for (const { kind, to } of repo.referencesFrom.get(own) ?? []) {
      if (to !== undefined && (kind === 'kustomize-patch' || kind === 'kustomize-replacement')) texts.push(repo.files.get(to)?.text);
    }
  }
  for (const { resource } of deliveringUnits(repo, path)) {
    const spec = resource?.value.spec;
    if (typeof spec === 'object' && spec !== null && 'patches' in spec) texts.push(spec.patches);
  }
  return JSON.stringify(texts);
}

const unitsById = new WeakMap<readonly Unit[], ReadonlyMap<string, Unit>>();

/** The units that deliver a file, for certain or maybe. */
export function deliveringUnits({ units, reach }: Included, path: RepoPath): readonly Unit[] {
  let byId = unitsById.get(units);
  if (!byId) {
    byId = new Map(units.map(unit => [unit.id, unit]));
    unitsById.set(units, byId);
  }
  const delivering: Unit[] = [];
  for (const id of reach.get(path)?.roots ?? []) {
    const unit = byId.get(id);
    if (unit) delivering.push(unit);
  }
  return delivering;
}
