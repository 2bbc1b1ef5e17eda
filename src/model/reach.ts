import type { EnvironmentId, EnvironmentOwner, Reach } from '../core/environment.ts';
import type { RepoPath } from '../core/place.ts';
import type { DraftUnit } from './draft-unit.ts';
import type { Certainty, Include } from './includes.ts';

/** Who delivers a file: unit ids, with how certain that is. Files that the same units deliver share one map. */
export type DelivererSet = ReadonlyMap<string, Certainty>;

export type Deliverers = ReadonlyMap<RepoPath, DelivererSet>;

export type MutableDeliverers = Map<RepoPath, DelivererSet>;

/** Follows the deliveries of units to files. */
export function addDeliverers(deliverers: MutableDeliverers, units: readonly DraftUnit[], include: Include): void {
  for (const { id, deliveries } of units) {
    const next = { yes: new Map<DelivererSet, DelivererSet>(), maybe: new Map<DelivererSet, DelivererSet>() };
    for (const delivery of deliveries) {
      include(delivery).forEach((certainty, path) => {
        const before = deliverers.get(path) ?? nobody;
        let after = next[certainty].get(before);
        if (after === undefined) {
          after = before.get(id) === 'yes' || before.get(id) === certainty ? before : new Map([...before, [id, certainty]]);
          next[certainty].set(before, after);
        }
        if (after !== before) deliverers.set(path, after);
      });
    }
  }
}

const nobody: DelivererSet = new Map();

/**
 * Whom each delivered file changes: the environments of the units that include it. A unit of no environment of
 * its own changes those of the units that deliver it.
 */
export function computeReach(deliverers: Deliverers, environmentsOf: ReadonlyMap<string, ReadonlySet<EnvironmentId>>): Map<RepoPath, Reach> {
  const reach = new Map<RepoPath, Reach>();
  const known = new Map<DelivererSet, Reach>();
  deliverers.forEach((units, path) => {
    let answer = known.get(units);
    if (answer === undefined) {
      const environments = new Set<EnvironmentId>();
      const certain = new Set<string>();
      for (const [id, own] of units) {
        if (own === 'yes') certain.add(id);
        for (const environment of environmentsOf.get(id) ?? []) environments.add(environment);
      }
      answer = { environments, roots: new Set(units.keys()), certain, certainty: certain.size > 0 ? 'yes' : 'maybe' };
      known.set(units, answer);
    }
    reach.set(path, answer);
  });
  return reach;
}

/** The environments of each unit: its own, or those of the units that deliver the file in which it stands. */
export function environmentsByUnit(
  units: readonly DraftUnit[],
  ownerOf: (unit: DraftUnit) => EnvironmentOwner,
  deliverers: Deliverers,
): Map<string, ReadonlySet<EnvironmentId>> {
  const own = new Map<string, ReadonlySet<EnvironmentId>>();
  const alone = new Map<EnvironmentId, ReadonlySet<EnvironmentId>>();
  const makers = new Map<string, readonly string[]>();
  for (const unit of units) {
    const owner = ownerOf(unit);
    if (owner.kind === 'environment') {
      const known = alone.get(owner.id) ?? new Set([owner.id]);
      alone.set(owner.id, known);
      own.set(unit.id, known);
    } else if (owner.kind === 'group') own.set(unit.id, new Set(owner.ids));
    else makers.set(unit.id, makersOf(unit, deliverers));
  }
  const collect = (id: string, into: Set<EnvironmentId>, visited: Set<string>): void => {
    if (visited.has(id)) return;
    visited.add(id);
    for (const environment of own.get(id) ?? []) into.add(environment);
    for (const maker of makers.get(id) ?? []) collect(maker, into, visited);
  };
  const answers = new Map<string, ReadonlySet<EnvironmentId>>();
  for (const { id } of units) {
    let environments = own.get(id);
    if (environments === undefined) {
      const collected = new Set<EnvironmentId>();
      collect(id, collected, new Set());
      environments = collected;
    }
    answers.set(id, environments);
  }
  return answers;
}

/** The units that deliver the object of a unit, or the one that generates it. */
export function makersOf(unit: DraftUnit, deliverers: Deliverers): readonly string[] {
  if (unit.madeBy !== undefined) return [unit.madeBy];
  if (unit.resource === undefined) return [];
  const makers: string[] = [];
  for (const id of deliverers.get(unit.at.path)?.keys() ?? []) if (id !== unit.id) makers.push(id);
  return makers;
}
