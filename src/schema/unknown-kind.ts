import { didYouMean, editDistance } from '../core/did-you-mean.ts';
import type { Resource } from '../core/repo.ts';
import type { SchemaProblem } from '../core/schema.ts';
import type { DefinitionTable } from './definition-table.ts';

/** Which of the two fields is wrong, and why. */
export type UnknownKind = Pick<SchemaProblem, 'part' | 'kind' | 'message'> & { readonly field: 'apiVersion' | 'kind' };

/**
 * What is wrong with the apiVersion or kind of an object that no schema knows, where it can only be meant for
 * Kubernetes itself: its groups are closed, and no custom resource has a group without a dot. Versions that old
 * clusters served are left to the rule for them.
 */
export function unknownKind({ kinds }: DefinitionTable, { apiVersion, group, version, kind }: Resource): UnknownKind | undefined {
  const versions = Object.keys(kinds).filter(name => groupOf(name) === group);
  const homes = Object.keys(kinds).filter(name => Object.hasOwn(kinds[name] ?? {}, kind));
  const home = homes.find(name => !isPrerelease(name)) ?? homes[0];
  const wrongVersion = (message: string) => ({ field: 'apiVersion', part: 'value', kind: 'value', message }) as const;
  if (home !== undefined && groupOf(home) === apiVersion) return wrongVersion(`"${apiVersion}" lacks a version: write "${home}"`);
  if (versions.length > 0) {
    if (isPrerelease(version)) return undefined;
    if (home !== undefined && groupOf(home) === group) return wrongVersion(`there is no "${kind}" in "${apiVersion}": write "${home}"`);
    if (home !== undefined) return wrongVersion(`"${kind}" is not in "${apiVersion}": write "${home}"`);
    // OpenShift once added kinds of its own to the core group.
    if (group === '') return undefined;
    const near = didYouMean(kind, Object.keys(kinds[apiVersion] ?? {}));
    const remedy = near === undefined ? '' : `: did you mean "${near}"?`;
    return { field: 'kind', part: 'value', kind: 'value', message: `"${apiVersion}" has no kind "${kind}"${remedy}` };
  }
  // Groups of the projects around Kubernetes end like this.
  const near = group.endsWith('.x-k8s.io') ? undefined : homes.find(name => versionOf(name) === version && editDistance(group, groupOf(name)) <= 2);
  if (group.includes('.') && near !== undefined) return wrongVersion(`there is no API "${apiVersion}": write "${near}"`);
  const isGroupOfKubernetes = !group.includes('.') && group !== 'extensions';
  return isGroupOfKubernetes && home !== undefined && !isPrerelease(version)
    ? wrongVersion(`there is no API "${apiVersion}": write "${home}"`)
    : undefined;
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

function isPrerelease(version: string): boolean {
  return /(alpha|beta)\d+$/.test(version);
}
