import type { MinorSet } from './schema.ts';

/** The minors of Kubernetes 1 that the shipped schemas know. */
export const firstMinor = 25;
export const lastMinor = 36;

export const allMinors: MinorSet = minorsBetween(firstMinor, lastMinor);

/** Those that the Kubernetes project still mends: the last three; https://kubernetes.io/releases (2026-11). */
export const maintainedMinors: MinorSet = minorsBetween(lastMinor - 2, lastMinor);

/** The minors from one to another, both included; those that no schema knows are left out. */
export function minorsBetween(first: number, last: number): MinorSet {
  let minors = 0;
  for (let minor = Math.max(first, firstMinor); minor <= Math.min(last, lastMinor); minor++) minors |= 1 << (minor - firstMinor);
  return minors;
}

/** As in `1.25 to 1.29 and 1.31`. */
export function describeMinors(minors: MinorSet): string {
  const runs: string[] = [];
  for (let minor = firstMinor; minor <= lastMinor; minor++) {
    if (!hasMinor(minors, minor)) continue;
    const first = minor;
    while (hasMinor(minors, minor + 1)) minor++;
    runs.push(first === minor ? `1.${first}` : `1.${first} ${minor === first + 1 ? 'and' : 'to'} 1.${minor}`);
  }
  return runs.length < 2 ? runs.join('') : `${runs.slice(0, -1).join(', ')} and ${runs.at(-1)}`;
}

export function hasMinor(minors: MinorSet, minor: number): boolean {
  return minor >= firstMinor && minor <= lastMinor && (minors & (1 << (minor - firstMinor))) !== 0;
}
