import type { ResolvedConfig } from '../core/config.ts';
import type { EnvironmentOwner } from '../core/environment.ts';
import type { DraftUnit } from './draft-unit.ts';
import { ownerOfUnit } from './environments/destination-owner.ts';
import type { EnvironmentModel } from './environments/infer-environments.ts';

/** Whom a unit changes: its destination, then its place, then the place of what it delivers. */
export function unitOwner(model: EnvironmentModel, config: ResolvedConfig): (unit: DraftUnit) => EnvironmentOwner {
  const owners = new Map<string, EnvironmentOwner>();
  return unit => {
    let owner = owners.get(unit.id);
    if (owner === undefined) {
      owner = ownerOfUnit(model, config, unit);
      if (owner.kind !== 'environment' && owner.kind !== 'group') owner = ownerOfSources(unit, model) ?? owner;
      owners.set(unit.id, owner);
    }
    return owner;
  };
}

function ownerOfSources({ sources }: DraftUnit, model: EnvironmentModel): EnvironmentOwner | undefined {
  let common: EnvironmentOwner | undefined;
  for (const { path } of sources) {
    if (path === undefined || !('known' in path)) continue;
    const owner = model.ownerOf(path.known);
    if (owner.kind !== 'environment' && owner.kind !== 'group') return undefined;
    if (common !== undefined && 'id' in common && common.id !== owner.id) return undefined;
    common = owner;
  }
  return common;
}
