import { editDistance } from '../core/did-you-mean.ts';
import type { Resource } from '../core/repo.ts';
import type { KindFinder } from './kind-schemas.ts';
import type { UnknownKind } from './unknown-kind.ts';

/**
 * What is wrong with the apiVersion or kind of an object of a group that ships with gitops-lint. Newer releases may have
 * further kinds and versions: a kind is a mistake only where it is a slip of the pen away from a known one, a version only
 * where no release can have it.
 */
export function unknownCustomKind(finder: KindFinder, resource: Resource): UnknownKind | undefined {
  const { apiVersion, group, version, kind } = resource;
  const hasVersion = group !== '';
  const kinds = finder.shippedTable(hasVersion ? group : version)?.kinds;
  if (kinds === undefined) return hasVersion ? unknownGroup(finder, resource) : undefined;
  const homes = Object.keys(kinds).filter(name => Object.hasOwn(kinds[name] ?? {}, kind));
  const newest = homes.toSorted(byVersion).at(-1);
  if (newest !== undefined) {
    if (hasVersion && mayExist(version, homes.map(versionOf), group)) return undefined;
    const message = hasVersion
      ? `no release has "${kind}" in "${apiVersion}": write "${newest}"`
      : `"${apiVersion}" lacks a version: write "${newest}"`;
    return { field: 'apiVersion', part: 'value', kind: 'value', message };
  }
  const near = Object.keys(kinds[apiVersion] ?? {}).find(known => isSlip(kind, known));
  if (near === undefined) return undefined;
  return { field: 'kind', part: 'value', kind: 'value', message: `"${apiVersion}" has no kind "${kind}": did you mean "${near}"?` };
}

/** A group that is a slip of the pen away from one that has the kind in this version. */
function unknownGroup({ shippedGroups, shippedTable }: KindFinder, { apiVersion, group, version, kind }: Resource): UnknownKind | undefined {
  for (const name of shippedGroups()) {
    if (Math.abs(name.length - group.length) > 2 || editDistance(group, name) > 2) continue;
    const right = `${name}/${version}`;
    if (!Object.hasOwn(shippedTable(name)?.kinds[right] ?? {}, kind)) continue;
    return { field: 'apiVersion', part: 'value', kind: 'value', message: `no release has "${kind}" in "${apiVersion}": write "${right}"` };
  }
  return undefined;
}

/** Whether a release may have a kind in a version, with those that are known of it. Versions that are not final come and go. */
function mayExist(version: string, known: readonly string[], group: string): boolean {
  const parts = partsOf(version);
  if (parts === undefined) return false;
  if (parts.stage !== '') return true;
  const final = known.flatMap(name => partsOf(name) ?? []).filter(({ stage }) => stage === '');
  if (final.length === 0) return !alwaysAlpha.has(group);
  const majors = final.map(({ major }) => major);
  return parts.major > Math.min(...majors) && parts.major <= Math.max(...majors) + 1;
}

/** Argo has served its kinds as v1alpha1 since 2017, and declares them stable there. */
const alwaysAlpha = new Set(['argoproj.io']);

interface VersionParts {
  readonly major: number;
  readonly stage: string;
  readonly minor: number;
}

/** Of `v1beta2`: 1, beta, 2. Nothing of what Kubernetes does not call a version. */
function partsOf(version: string): VersionParts | undefined {
  const [, major, stage = '', minor = '0'] = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(version) ?? [];
  return major === undefined ? undefined : { major: Number(major), stage, minor: Number(minor) };
}

/** Final versions last, then by their numbers. */
function byVersion(left: string, right: string): number {
  const [a, b] = [partsOf(versionOf(left)), partsOf(versionOf(right))];
  if (a === undefined || b === undefined) return 0;
  return rank(a.stage) - rank(b.stage) || a.major - b.major || a.minor - b.minor;
}

function rank(stage: string): number {
  return ['alpha', 'beta', ''].indexOf(stage);
}

function versionOf(apiVersion: string): string {
  return apiVersion.slice(apiVersion.indexOf('/') + 1);
}

/** Two letters of a long name, one of a short one: TCPRoute and UDPRoute are two kinds. */
function isSlip(kind: string, known: string): boolean {
  if (kind.toLowerCase() === known.toLowerCase()) return true;
  const distance = editDistance(kind, known);
  return distance === 1 ? kind.length > 4 : distance === 2 && kind.length > 8;
}
