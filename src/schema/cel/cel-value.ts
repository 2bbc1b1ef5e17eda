import type { IpAddress } from '../ip-address.ts';
import type { Uri } from '../uri.ts';

/** A value of the Common Expression Language; https://github.com/google/cel-spec/blob/master/doc/langdef.md#values */
export type CelValue =
  | null
  | boolean
  /** `int` */
  | bigint
  /** `double` */
  | number
  | string
  | Uint8Array
  | CelList
  | CelMap
  | CelObject;

export interface CelList extends ReadonlyArray<CelValue> {}

/** Objects are maps too, with escaped names. A `uint` key stands as the `int` that equals it. */
export interface CelMap extends ReadonlyMap<CelKey, CelValue> {}

export type CelKey = string | bigint | boolean;

/** What neither JavaScript nor JSON has. */
export type CelObject =
  | { readonly kind: 'uint'; readonly value: bigint }
  /** Nanoseconds since 1970. */
  | { readonly kind: 'timestamp'; readonly nanos: bigint }
  | { readonly kind: 'duration'; readonly nanos: bigint }
  | { readonly kind: 'optional'; readonly value?: CelValue }
  | { readonly kind: 'type'; readonly name: string }
  /** In thousand millionths. */
  | { readonly kind: 'quantity'; readonly nanos: bigint }
  | { readonly kind: 'url'; readonly uri: Uri; readonly text: string }
  | CelIp
  | CelCidr
  | { readonly kind: 'format'; readonly name: string }
  | CelSemver
  /** A value that the schema does not allow: an error where a rule touches it. */
  | { readonly kind: 'unusable'; readonly reason: string };

export interface CelIp extends IpAddress {
  readonly kind: 'ip';
}

export interface CelCidr {
  readonly kind: 'cidr';
  readonly ip: CelIp;
  readonly prefixLength: number;
}

export interface CelSemver {
  readonly kind: 'semver';
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint];
  readonly prerelease: readonly string[];
}

/** Why an expression has no value. */
export class CelError extends Error {}

/** What may still be spent on an object's rules; it shrinks. */
export interface CelBudget {
  steps: number;
}

export function spend(budget: CelBudget, steps: number): void {
  budget.steps -= steps;
  if (budget.steps < 0) throw new CelError('it takes too long');
}

export function isList(value: CelValue | undefined): value is CelList {
  return Array.isArray(value);
}

export function isMap(value: CelValue | undefined): value is CelMap {
  return value instanceof Map;
}

export function isObject(value: CelValue | undefined): value is CelObject {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

export function typeName(value: CelValue): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'double';
    case 'string':
      return 'string';
  }
  if (value === null) return 'null_type';
  if (isList(value)) return 'list';
  if (isMap(value)) return 'map';
  if (!isObject(value)) return 'bytes';
  return objectTypes[value.kind] ?? value.kind;
}

const objectTypes: Readonly<Record<string, string>> = {
  timestamp: 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
  optional: 'optional_type',
  quantity: 'kubernetes.Quantity',
  url: 'kubernetes.URL',
  ip: 'net.IP',
  cidr: 'net.CIDR',
  format: 'kubernetes.NamedFormat',
  semver: 'kubernetes.Semver',
};

/** A number of any of the three types, as JavaScript compares them exactly. */
export function numberOf(value: CelValue): bigint | number | undefined {
  if (typeof value === 'bigint' || typeof value === 'number') return value;
  return isObject(value) && value.kind === 'uint' ? value.value : undefined;
}

/** The order of `x-kubernetes-list-type: set` and `map` does not matter to equality. */
const unordered = new WeakSet<CelList>();

export function markUnordered(list: CelList): CelList {
  unordered.add(list);
  return list;
}

export function isUnordered(list: CelList): boolean {
  return unordered.has(list);
}

export function equal(left: CelValue, right: CelValue, budget: CelBudget): boolean {
  spend(budget, 1);
  const number = numberOf(left);
  // Two equal numbers may be of two types.
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint equals the number of the same value
  if (number !== undefined) return number == numberOf(right);
  if (isList(left)) return isList(right) && equalLists(left, right, budget);
  if (isMap(left)) return isMap(right) && equalMaps(left, right, budget);
  if (left instanceof Uint8Array) return right instanceof Uint8Array && Buffer.compare(left, right) === 0;
  if (isObject(left)) return isObject(right) && equalObjects(left, right, budget);
  return left === right;
}

function equalLists(left: CelList, right: CelList, budget: CelBudget): boolean {
  if (left.length !== right.length) return false;
  if (isUnordered(left)) return left.every(item => right.some(other => equal(item, other, budget)));
  return left.every((item, index) => equal(item, right[index] ?? null, budget));
}

function equalMaps(left: CelMap, right: CelMap, budget: CelBudget): boolean {
  if (left.size !== right.size) return false;
  for (const [key, value] of left) {
    const other = right.get(key);
    if (other === undefined || !equal(value, other, budget)) return false;
  }
  return true;
}

function equalObjects(left: CelObject, right: CelObject, budget: CelBudget): boolean {
  if (left.kind === 'optional' && right.kind === 'optional') {
    if (left.value === undefined || right.value === undefined) return left.value === right.value;
    return equal(left.value, right.value, budget);
  }
  if (left.kind === 'url' && right.kind === 'url') return left.text === right.text;
  if (left.kind === 'cidr' && right.kind === 'cidr') {
    return left.prefixLength === right.prefixLength && equal(left.ip, right.ip, budget);
  }
  const order = left.kind === right.kind ? compare(left, right) : undefined;
  if (order !== undefined) return order === 0;
  if (left.kind === 'type' && right.kind === 'type') return left.name === right.name;
  return left.kind === 'ip' && right.kind === 'ip' && left.family === right.family && left.bits === right.bits;
}

/** Below, at or above 0 as `left` stands to `right`; NaN where a number is none; nothing where they have no order. */
export function compare(left: CelValue, right: CelValue): number | undefined {
  const number = numberOf(left);
  if (number !== undefined) {
    const other = numberOf(right);
    return other === undefined ? undefined : order(number, other);
  }
  if (typeof left === 'string' && typeof right === 'string') return Buffer.compare(Buffer.from(left), Buffer.from(right));
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right);
  if (!isObject(left) || !isObject(right)) return undefined;
  if (left.kind === 'semver' && right.kind === 'semver') return compareVersions(left, right);
  if (left.kind === right.kind && 'nanos' in left && 'nanos' in right) return order(left.nanos, right.nanos);
  return undefined;
}

function order(left: bigint | number, right: bigint | number): number {
  if (left < right) return -1;
  if (left > right) return 1;
  return Number.isNaN(left) || Number.isNaN(right) ? Number.NaN : 0;
}

/** https://semver.org/#spec-item-11 */
function compareVersions(left: CelSemver, right: CelSemver): number {
  for (const index of [0, 1, 2] as const) {
    const difference = order(left.numbers[index], right.numbers[index]);
    if (difference !== 0) return difference;
  }
  if (left.prerelease.length === 0 || right.prerelease.length === 0) return right.prerelease.length - left.prerelease.length;
  for (const [index, part] of left.prerelease.entries()) {
    const other = right.prerelease[index];
    if (other === undefined) return 1;
    const difference = comparePrereleases(part, other);
    if (difference !== 0) return difference;
  }
  return left.prerelease.length - right.prerelease.length;
}

function comparePrereleases(left: string, right: string): number {
  const isNumber = /^\d+$/.test(left);
  if (isNumber !== /^\d+$/.test(right)) return isNumber ? -1 : 1;
  if (isNumber) return order(BigInt(left), BigInt(right));
  return left < right ? -1 : left > right ? 1 : 0;
}
