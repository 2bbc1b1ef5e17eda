import type { RepoPath } from '../core/place.ts';
import type { Kustomization } from '../core/repo.ts';
import { folderOf, nameOf } from '../core/repo-path.ts';
import type { DraftUnit } from './draft-unit.ts';
import { isSubchart } from './helm.ts';
import type { Deliverers } from './reach.ts';

/**
 * Kustomizations that nothing includes or delivers are built by somebody; bases wait to be included, and so do all in a
 * folder of components, unless that is what the repository calls its apps.
 */
export function rootKustomizations(kustomizations: ReadonlyMap<RepoPath, Kustomization>, deliverers: Deliverers): DraftUnit[] {
  const holdsComponents = new Set<RepoPath>();
  for (const { kind, folder } of kustomizations.values()) {
    if (kind !== 'Component') continue;
    for (let above = folder; above !== ''; above = folderOf(above)) holdsComponents.add(above);
  }
  const units: DraftUnit[] = [];
  for (const { path, folder, kind, includedBy } of kustomizations.values()) {
    if (kind === 'Component' || includedBy.length > 0 || deliverers.has(path) || /(^|\/)bases?(\/|$)/.test(folder)) continue;
    const components = /^(?:.*\/)?components?(?=\/|$)/.exec(folder)?.[0];
    if (components !== undefined && holdsComponents.has(components)) continue;
    units.push({
      id: `kustomization/${folder}`,
      kind: 'kustomization',
      name: nameOf(folder),
      at: { path },
      sources: [{ at: { path }, repository: 'this', path: { known: folder }, valueFiles: [] }],
      deliveries: [{ path, certainty: 'yes', how: 'kustomization' }],
      references: [],
    });
  }
  return units;
}

/** Charts that no unit delivers and no other chart holds or depends on. */
export function rootCharts(charts: readonly DraftUnit[], deliverers: Deliverers): DraftUnit[] {
  const folders = new Set(charts.map(chart => folderOf(chart.at.path)));
  const dependencies = new Set(
    charts.flatMap(chart => chart.references.flatMap(({ kind, to }) => (kind === 'helm-dependency' && to !== undefined ? [to] : []))),
  );
  return charts.filter(({ at: { path } }) => !deliverers.has(path) && !dependencies.has(folderOf(path)) && !isSubchart(folderOf(path), folders));
}
