import type { SourceFile } from '../core/document.ts';
import { fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Reference, Resource } from '../core/repo.ts';
import type { DraftUnit } from './draft-unit.ts';
import { addTo } from './multimap.ts';

export interface PatchedPathInput {
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly kustomizations: ReadonlyMap<RepoPath, Kustomization>;
  readonly references: readonly Reference[];
  readonly resources: readonly Resource[];
}

/**
 * A path that leads nowhere is not missing where a kustomization around the object replaces such paths:
 * bases often hold a stand-in that every overlay patches.
 */
export function excusePatchedPaths(units: readonly DraftUnit[], input: PatchedPathInput): readonly DraftUnit[] {
  if (!units.some(({ references }) => references.some(isMissingPath))) return units;
  const targets = patchTargets(input);
  const includers = new Map<RepoPath, RepoPath[]>();
  for (const { kind, from, to } of input.references) {
    if (kind === 'kustomize-resource' && to !== undefined) addTo(includers, to, from.path);
  }
  const isPatched = (path: RepoPath, resource: Resource, visited: Set<RepoPath>): boolean => {
    if (visited.has(path)) return false;
    visited.add(path);
    const above = input.kustomizations.get(path)?.includedBy ?? includers.get(path) ?? [];
    return above.some(
      kustomization => targets.get(kustomization)?.some(isTargetOf(resource)) === true || isPatched(kustomization, resource, visited),
    );
  };
  return units.map(unit => {
    const { resource, references } = unit;
    if (resource === undefined || !references.some(isMissingPath) || !isPatched(resource.document.path, resource, new Set())) return unit;
    return {
      ...unit,
      references: references.map(reference =>
        isMissingPath(reference) ? { ...reference, state: 'unknown', reason: 'a kustomization patches it' } : reference,
      ),
    };
  });
}

/** What a patch that changes where content comes from is for; without a name for all of the kind. */
interface PatchTarget {
  readonly kind: string;
  readonly name?: string;
}

function isTargetOf(resource: Resource): (target: PatchTarget) => boolean {
  return ({ kind, name }) => kind === resource.kind && (name === undefined || name === resource.name || /[*+|?]/.test(name));
}

function isMissingPath({ kind, state }: Reference): boolean {
  return state === 'missing' && kind !== 'flux-source' && kind !== 'flux-depends-on';
}

function patchTargets({ files, kustomizations, references, resources }: PatchedPathInput): ReadonlyMap<RepoPath, readonly PatchTarget[]> {
  const resourcesIn = new Map<RepoPath, Resource[]>();
  for (const resource of resources) addTo(resourcesIn, resource.document.path, resource);
  const fileOf = new Map<string, RepoPath>();
  for (const { kind, from, to } of references) {
    if (kind === 'kustomize-patch' && to !== undefined && 'field' in from) fileOf.set(`${from.path} ${from.field.slice(0, 2).join(' ')}`, to);
  }
  const targets = new Map<RepoPath, PatchTarget[]>();
  for (const { path, value } of kustomizations.values()) {
    for (const key of Object.keys(value)) {
      if (!/^(patches|replacements|vars)/i.test(key)) continue;
      for (const [index, item] of listAt(value, key).entries()) {
        const file = fileOf.get(`${path} ${key} ${index}`);
        const text = typeof item === 'string' && file === undefined ? item : isFields(item) ? (textAt(item, 'patch') ?? '') : '';
        for (const target of isFields(item) ? listAt(item, 'targets') : []) {
          const kind = isFields(target) ? textAt(fieldsAt(target, 'select'), 'kind') : undefined;
          if (kind !== undefined) addTo(targets, path, { kind });
        }
        if (!changesSource(file === undefined ? text : (files.get(file)?.text ?? ''))) continue;
        const target = isFields(item) ? fieldsAt(item, 'target') : {};
        const kind = textAt(target, 'kind') ?? /^[ \t]*kind:[ \t]*["']?(\w+)/m.exec(text)?.[1];
        const name = textAt(target, 'name');
        if (kind !== undefined) addTo(targets, path, name === undefined ? { kind } : { kind, name });
        else if (file !== undefined)
          for (const own of resourcesIn.get(file) ?? []) addTo(targets, path, own.name === undefined ? own : { kind: own.kind, name: own.name });
      }
    }
  }
  return targets;
}

/** Whether a patch, as text, may change where something comes from. */
function changesSource(text: string): boolean {
  return /\/(path|source|sources|sourceRef|chart|template|generators|values)\b|^[ \t-]*(path|sources?|sourceRef|chart|template|generators):/m.test(
    text,
  );
}
