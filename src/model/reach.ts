import type { EnvironmentId, EnvironmentOwner, Reach } from '../core/environment.ts';
import type { RepoPath } from '../core/place.ts';
import type { DraftUnit } from './draft-unit.ts';
import type { Include } from './includes.ts';

/** Who delivers each file, by unit id, with how certain that is. */
export type Deliverers = ReadonlyMap<RepoPath, ReadonlyMap<string, 'yes' | 'maybe'>>;

export type MutableDeliverers = Map<RepoPath, Map<string, 'yes' | 'maybe'>>;

/** Follows the deliveries of units to files. */
export function addDeliverers(deliverers: MutableDeliverers, units: readonly DraftUnit[], include: Include): void {
  for (const { id, deliveries } of units) {
    for (const delivery of deliveries) {
      for (const [path, certainty] of include(delivery)) {
        let ids = deliverers.get(path);
        if (!ids) {
          ids = new Map();
          deliverers.set(path, ids);
        }
        if (ids.get(id) !== 'yes') ids.set(id, certainty);
      }
    }
  }
}

/**
 * Whom each delivered file changes: the environments of the units that include it. A unit of no environment of
 * its own changes those of the units that deliver it.
 */
export function computeReach(deliverers: Deliverers, environmentsOf: ReadonlyMap<string, ReadonlySet<EnvironmentId>>): Map<RepoPath, Reach> {
  const reach = new Map<RepoPath, Reach>();
  // Files of one app have the same deliverers more often than not.
  const shared = new Map<string, Reach>();
  for (const [path, units] of deliverers) {
    let key = '';
    let isCertain = false;
    for (const [id, certainty] of units) {
      key += `${id}\n`;
      if (certainty === 'yes') isCertain = true;
    }
    key += isCertain;
    let answer = shared.get(key);
    if (!answer) {
      const environments = new Set<EnvironmentId>();
      for (const id of units.keys()) for (const environment of environmentsOf.get(id) ?? []) environments.add(environment);
      answer = { environments, roots: new Set(units.keys()), certainty: isCertain ? 'yes' : 'maybe' };
      shared.set(key, answer);
    }
    reach.set(path, answer);
  }
  return reach;
}

/** The environments of each unit: its own, or those of the units that deliver the file in which it stands. */
export function environmentsByUnit(
  units: readonly DraftUnit[],
  ownerOf: (unit: DraftUnit) => EnvironmentOwner,
  deliverers: Deliverers,
): Map<string, ReadonlySet<EnvironmentId>> {
  const own = new Map<string, readonly EnvironmentId[]>();
  const makers = new Map<string, readonly string[]>();
  for (const unit of units) {
    const owner = ownerOf(unit);
    if (owner.kind === 'environment') own.set(unit.id, [owner.id]);
    else if (owner.kind === 'group') own.set(unit.id, owner.ids);
    else makers.set(unit.id, makersOf(unit, deliverers));
  }
  const collect = (id: string, into: Set<EnvironmentId>, visited: Set<string>): void => {
    if (visited.has(id)) return;
    visited.add(id);
    for (const environment of own.get(id) ?? []) into.add(environment);
    for (const maker of makers.get(id) ?? []) collect(maker, into, visited);
  };
  return new Map(
    units.map(({ id }) => {
      const environments = new Set<EnvironmentId>();
      collect(id, environments, new Set());
      return [id, environments];
    }),
  );
}

/** The units that deliver the object of a unit, or the one that generates it. */
export function makersOf(unit: DraftUnit, deliverers: Deliverers): readonly string[] {
  if (unit.madeBy !== undefined) return [unit.madeBy];
  if (unit.resource === undefined) return [];
  return [...(deliverers.get(unit.at.path)?.keys() ?? [])].filter(id => id !== unit.id);
}
