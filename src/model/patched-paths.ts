import { fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Reference, Resource } from '../core/repo.ts';
import type { DraftUnit } from './draft-unit.ts';
import { addTo, addToSet } from './multimap.ts';

export interface PatchedPathInput {
  readonly kustomizations: ReadonlyMap<RepoPath, Kustomization>;
  readonly references: readonly Reference[];
  readonly resources: readonly Resource[];
}

/**
 * A path that leads nowhere is not missing where a kustomization around the object patches objects of its kind:
 * bases often hold a stand-in that every overlay replaces.
 */
export function excusePatchedPaths(units: readonly DraftUnit[], input: PatchedPathInput): readonly DraftUnit[] {
  if (!units.some(({ references }) => references.some(({ state }) => state === 'missing'))) return units;
  const patchedKinds = kindsPatchedBy(input);
  const includers = new Map<RepoPath, RepoPath[]>();
  for (const { kind, from, to } of input.references) {
    if (kind === 'kustomize-resource' && to !== undefined) addTo(includers, to, from.path);
  }
  const isPatched = (path: RepoPath, kind: string, visited: Set<RepoPath>): boolean => {
    if (visited.has(path)) return false;
    visited.add(path);
    const above = input.kustomizations.get(path)?.includedBy ?? includers.get(path) ?? [];
    return above.some(kustomization => patchedKinds.get(kustomization)?.has(kind) === true || isPatched(kustomization, kind, visited));
  };
  return units.map(unit => {
    const { resource, references } = unit;
    if (resource === undefined || !references.some(isMissingPath) || !isPatched(resource.document.path, resource.kind, new Set())) return unit;
    return {
      ...unit,
      references: references.map(reference =>
        isMissingPath(reference) ? { ...reference, state: 'unknown', reason: 'a kustomization patches objects of this kind' } : reference,
      ),
    };
  });
}

function isMissingPath({ kind, state }: Reference): boolean {
  return state === 'missing' && kind !== 'flux-source' && kind !== 'flux-depends-on';
}

/** The kinds that each kustomization patches or replaces fields of. */
function kindsPatchedBy({ kustomizations, references, resources }: PatchedPathInput): ReadonlyMap<RepoPath, ReadonlySet<string>> {
  const kindsIn = new Map<RepoPath, Set<string>>();
  for (const { kind, document } of resources) addToSet(kindsIn, document.path, kind);
  const patched = new Map<RepoPath, Set<string>>();
  const add = (path: RepoPath, kind: string | undefined): void => {
    if (kind !== undefined) addToSet(patched, path, kind);
  };
  for (const { kind, from, to } of references) {
    if (kind === 'kustomize-patch' && to !== undefined) for (const own of kindsIn.get(to) ?? []) add(from.path, own);
  }
  for (const { path, value } of kustomizations.values()) {
    for (const key of Object.keys(value)) {
      if (!/^(patches|replacements|vars)/i.test(key)) continue;
      for (const item of listAt(value, key)) {
        const text = typeof item === 'string' ? item : isFields(item) ? (textAt(item, 'patch') ?? '') : '';
        add(path, /^[ \t-]*kind:[ \t]*["']?(\w+)/m.exec(text)?.[1]);
        if (!isFields(item)) continue;
        add(path, textAt(fieldsAt(item, 'target'), 'kind'));
        for (const target of listAt(item, 'targets')) if (isFields(target)) add(path, textAt(fieldsAt(target, 'select'), 'kind'));
      }
    }
  }
  return patched;
}
