import { fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Resource } from '../core/repo.ts';

/** A patch that deletes an object, wherever the file that holds the patch is delivered. */
export interface Deletion {
  readonly path: RepoPath;
  readonly kind: string;
  readonly name: string;
}

/** The objects that patches delete, by files of their own or inline in a kustomization. */
export function findDeletions(resources: readonly Resource[], kustomizations: ReadonlyMap<RepoPath, Kustomization>): Deletion[] {
  const deletions: Deletion[] = [];
  for (const { kind, name, value, document } of resources) {
    if (value.$patch === 'delete' && name !== undefined) deletions.push({ path: document.path, kind, name });
  }
  for (const { path, value } of kustomizations.values()) {
    for (const item of [...listAt(value, 'patches'), ...listAt(value, 'patchesStrategicMerge')]) {
      const text = typeof item === 'string' ? item : isFields(item) ? (textAt(item, 'patch') ?? '') : '';
      if (!text.includes('$patch: delete')) continue;
      const target = isFields(item) ? fieldsAt(item, 'target') : {};
      const kind = textAt(target, 'kind') ?? /^kind:[ \t]*["']?(\w+)/m.exec(text)?.[1];
      const name = textAt(target, 'name') ?? /^[ \t]+name:[ \t]*["']?([\w.-]+)/m.exec(text)?.[1];
      if (kind !== undefined && name !== undefined) deletions.push({ path, kind, name });
    }
  }
  return deletions;
}
