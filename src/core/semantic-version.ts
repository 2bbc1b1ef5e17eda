/** A version as Helm compares it; what stands behind `+` decides nothing. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** `rc.1` of `1.0.0-rc.1`, `''` where there is none. */
  readonly prerelease: string;
}

/**
 * Reads a version as Helm does, which takes `v1`, `1.2` and leading zeros for versions, too; undefined where it is none.
 * https://github.com/Masterminds/semver
 */
export function parseVersion(text: string): Version | undefined {
  const parts = text.length > longest ? null : loose.exec(text);
  if (parts === null) return undefined;
  const [, major = '', minor = '0', patch = '0', prerelease = ''] = parts;
  // A number among the identifiers of a pre-release has no leading zero.
  if (prerelease.split('.').some(identifier => /^0\d+$/.test(identifier))) return undefined;
  return { major: Number(major), minor: Number(minor), patch: Number(patch), prerelease };
}

/** Whether a text is a version of SemVer 2, to the letter: https://semver.org/spec/v2.0.0.html */
export function isSemanticVersion(text: string): boolean {
  return parseVersion(text) !== undefined && /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)([-+]|$)/.test(text);
}

/** Below 0 where `a` comes before `b`. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePrereleases(a.prerelease, b.prerelease);
}

const longest = 256;
const loose = /^v?(\d{1,15})(?:\.(\d{1,15}))?(?:\.(\d{1,15}))?(?:-([\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*))?(?:\+[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*)?$/;

/** A release comes after its pre-releases; numbers come before words. */
function comparePrereleases(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  const [first, second] = [a.split('.'), b.split('.')];
  for (let index = 0; index < Math.min(first.length, second.length); index++) {
    const order = compareIdentifiers(first[index] ?? '', second[index] ?? '');
    if (order !== 0) return order;
  }
  return first.length - second.length;
}

function compareIdentifiers(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber && isOtherNumber) return Number(a) - Number(b);
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
