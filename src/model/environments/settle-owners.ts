import type { EnvironmentId, EnvironmentOwner, Reach } from '../../core/environment.ts';
import type { RepoPath } from '../../core/place.ts';
import type { Reference } from '../../core/repo.ts';
import type { Tree } from '../tree.ts';
import type { EnvironmentModel } from './infer-environments.ts';

/**
 * The owner of every file and folder. Where the place is silent, who uses it decides: several environments share it,
 * and what a single one uses is shared too, for nothing says that no other will.
 */
export function settleOwners(
  { tree, references, reach }: { readonly tree: Tree; readonly references: readonly Reference[]; readonly reach: ReadonlyMap<RepoPath, Reach> },
  model: EnvironmentModel,
): ReadonlyMap<RepoPath, EnvironmentOwner> {
  const users = model.environments.length === 0 ? new Map<RepoPath, ReadonlySet<EnvironmentId>>() : usersOf(references, reach, model);
  const owners = new Map<RepoPath, EnvironmentOwner>();
  for (const path of tree.entries.keys()) {
    const owner = model.ownerOf(path);
    const ids = owner.kind === 'unknown' && owner.anchor === undefined ? users.get(path) : undefined;
    owners.set(
      path,
      ids === undefined || ids.size === 0
        ? owner
        : { kind: 'shared', by: 'use', why: ids.size > 1 ? `${list(ids)} use it` : `only ${list(ids)} uses it` },
    );
  }
  return owners;
}

/** The environments that mention a path or whose roots include it. */
function usersOf(
  references: readonly Reference[],
  reach: ReadonlyMap<RepoPath, Reach>,
  model: EnvironmentModel,
): Map<RepoPath, ReadonlySet<EnvironmentId>> {
  const users = new Map<RepoPath, Set<EnvironmentId>>();
  const add = (path: RepoPath, id: EnvironmentId): void => {
    const ids = users.get(path);
    if (ids) ids.add(id);
    else users.set(path, new Set([id]));
  };
  for (const { from, to } of references) {
    if (to === undefined) continue;
    const owner = model.ownerOf(from.path);
    if (owner.kind === 'environment') add(to, owner.id);
    if (owner.kind === 'group') for (const id of owner.ids) add(to, id);
  }
  for (const [path, { environments }] of reach) for (const id of environments) add(path, id);
  return users;
}

function list(ids: ReadonlySet<EnvironmentId>): string {
  const sorted = [...ids].sort();
  return sorted.length === 1 ? String(sorted[0]) : `${sorted.slice(0, -1).join(', ')} and ${sorted.at(-1)}`;
}
