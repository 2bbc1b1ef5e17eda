import { formatIpAddress, type IpAddress, isMappedFour, parseCidr, parseIpAddress, widthOf } from '../ip-address.ts';
import { parseQuantity } from '../quantity.ts';
import { parseUri } from '../uri.ts';
import { type CelCidr, CelError, type CelIp, type CelObject, type CelSemver, type CelValue, compare, isObject } from './cel-value.ts';
import type { CelFunction, Library } from './library.ts';
import { namedFormats } from './named-formats.ts';

/** Quantities, addresses, URLs, versions and named formats: https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library */
export const kubernetesLibrary: Library = {
  functions: {
    quantity: ofText(text => quantityOf(text) ?? fails('it is no quantity')),
    isQuantity: ofText(text => parseQuantity(text) !== undefined),
    url: ofText(text => urlOf(text) ?? fails('it is no URL')),
    isURL: ofText(text => parseUri(text) !== undefined),
    ip: ofText(text => ipOf(text) ?? fails('it is no IP address')),
    isIP: ofText(text => ipOf(text) !== undefined),
    'ip.isCanonical': ofText(text => formatIpAddress(ipOf(text) ?? fails('it is no IP address')) === text),
    cidr: ofText(text => cidrOf(text) ?? fails('it is no CIDR')),
    isCIDR: ofText(text => cidrOf(text) !== undefined),
    semver: ([text, normalize = false]) => (typeof text === 'string' ? (semverOf(text, normalize === true) ?? fails('it is no version')) : undefined),
    isSemver: ([text, normalize = false]) => (typeof text === 'string' ? semverOf(text, normalize === true) !== undefined : undefined),
    'format.named': ofText(name =>
      Object.hasOwn(namedFormats, name) ? { kind: 'optional', value: { kind: 'format', name } } : { kind: 'optional' },
    ),
    // The API server declares it without a receiver.
    sign: on('quantity', ({ nanos }) => (nanos > 0n ? 1n : nanos < 0n ? -1n : 0n)),
    ...constantFormats(),
  },
  methods: {
    isInteger: on('quantity', ({ nanos }) => nanos % unit === 0n),
    asInteger: on('quantity', ({ nanos }) => (nanos % unit === 0n ? nanos / unit : fails('the quantity is no integer'))),
    asApproximateFloat: on('quantity', ({ nanos }) => Number(nanos) / Number(unit)),
    add: on('quantity', ({ nanos }, other) => plus(nanos, other, 1n)),
    sub: on('quantity', ({ nanos }, other) => plus(nanos, other, -1n)),
    isLessThan: args => compared(args, order => order < 0),
    isGreaterThan: args => compared(args, order => order > 0),
    compareTo: args => compared(args, order => BigInt(Math.sign(order))),
    getScheme: on('url', ({ uri }) => uri.scheme),
    getHost: on('url', ({ uri }) => uri.host),
    getHostname: on('url', ({ uri }) => hostnameOf(uri.host)),
    getPort: on('url', ({ uri }) => /:(\d*)$/.exec(uri.host)?.[1] ?? ''),
    getEscapedPath: on('url', ({ uri }) => escapePath(uri.path)),
    getQuery: on('url', ({ uri }) => queryOf(uri.query)),
    family: on('ip', ({ family }) => BigInt(family)),
    isUnspecified: on('ip', ({ bits }) => bits === 0n),
    isLoopback: on('ip', isLoopback),
    isLinkLocalMulticast: on('ip', isLinkLocalMulticast),
    isLinkLocalUnicast: on('ip', isLinkLocalUnicast),
    isGlobalUnicast: on('ip', isGlobalUnicast),
    containsIP: on('cidr', (cidr, other) => {
      const ip = typeof other === 'string' ? (ipOf(other) ?? fails('it is no IP address')) : other;
      return isObject(ip) && ip.kind === 'ip' ? contains(cidr, ip, widthOf(ip)) : undefined;
    }),
    containsCIDR: on('cidr', (cidr, other) => {
      const inner = typeof other === 'string' ? (cidrOf(other) ?? fails('it is no CIDR')) : other;
      return isObject(inner) && inner.kind === 'cidr' ? contains(cidr, inner.ip, inner.prefixLength) : undefined;
    }),
    ip: on('cidr', ({ ip }) => ip),
    prefixLength: on('cidr', ({ prefixLength }) => BigInt(prefixLength)),
    masked: on('cidr', ({ ip, prefixLength }) => {
      const free = BigInt(widthOf(ip) - prefixLength);
      return { kind: 'cidr', ip: { ...ip, bits: (ip.bits >> free) << free }, prefixLength };
    }),
    major: on('semver', ({ numbers }) => numbers[0]),
    minor: on('semver', ({ numbers }) => numbers[1]),
    patch: on('semver', ({ numbers }) => numbers[2]),
    validate: on('format', ({ name }, text) => {
      if (typeof text !== 'string') return undefined;
      return namedFormats[name]?.(text) === true ? { kind: 'optional' } : { kind: 'optional', value: [`it is no ${name}`] };
    }),
  },
};

/** Thousand millionths. */
const unit = 1_000_000_000n;

function ofText(apply: (text: string) => CelValue): CelFunction {
  return ([text, ...others]) => (typeof text === 'string' && others.length === 0 ? apply(text) : undefined);
}

function on<Kind extends CelObject['kind']>(
  kind: Kind,
  apply: (receiver: Extract<CelObject, { kind: Kind }>, other: CelValue | undefined) => CelValue | undefined,
): CelFunction {
  // The kind was compared, which TypeScript does not follow through a type parameter.
  return ([receiver, other]) =>
    isObject(receiver) && receiver.kind === kind ? apply(receiver as Extract<CelObject, { kind: Kind }>, other) : undefined;
}

function fails(reason: string): never {
  throw new CelError(reason);
}

function quantityOf(text: string): CelValue | undefined {
  const nanos = parseQuantity(text);
  return nanos === undefined ? undefined : { kind: 'quantity', nanos };
}

function plus(nanos: bigint, other: CelValue | undefined, sign: bigint): CelValue | undefined {
  if (typeof other === 'bigint') return { kind: 'quantity', nanos: nanos + sign * other * unit };
  return isObject(other) && other.kind === 'quantity' ? { kind: 'quantity', nanos: nanos + sign * other.nanos } : undefined;
}

function compared([left, right]: readonly CelValue[], judge: (order: number) => CelValue): CelValue | undefined {
  if (!isObject(left) || !isObject(right) || (left.kind !== 'quantity' && left.kind !== 'semver')) return undefined;
  const order = compare(left, right);
  return order === undefined ? undefined : judge(order);
}

/** The whole text is judged, as a request would be; behind `#` there is nothing that expressions can ask for. */
function urlOf(text: string): CelValue | undefined {
  const uri = parseUri(text) && parseUri(text.replace(/#.*$/s, ''));
  return uri === undefined ? undefined : { kind: 'url', uri, text };
}

function hostnameOf(host: string): string {
  return host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, '');
}

/** What url.EscapedPath writes otherwise than it was read. */
function escapePath(path: string): string {
  return path.replace(/[^A-Za-z0-9\-_.~$&+,/:;=@%!'()*[\]]/gu, character => encodeURIComponent(character));
}

function queryOf(query: string): CelValue {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) values.set(name, [...(values.get(name) ?? []), value]);
  return values;
}

function ipOf(text: string): CelIp | undefined {
  const address = parseIpAddress(text);
  return address === undefined || isMappedFour(address) ? undefined : { kind: 'ip', ...address };
}

function cidrOf(text: string): CelCidr | undefined {
  const cidr = parseCidr(text);
  if (cidr === undefined || isMappedFour(cidr.address)) return undefined;
  return { kind: 'cidr', ip: { kind: 'ip', ...cidr.address }, prefixLength: cidr.prefixLength };
}

function contains({ ip, prefixLength }: CelCidr, inner: IpAddress, innerLength: number): boolean {
  const free = BigInt(widthOf(ip) - prefixLength);
  return ip.family === inner.family && prefixLength <= innerLength && ip.bits >> free === inner.bits >> free;
}

function isLoopback({ family, bits }: IpAddress): boolean {
  return family === 4 ? bits >> 24n === 127n : bits === 1n;
}

function isLinkLocalMulticast({ family, bits }: IpAddress): boolean {
  return family === 4 ? bits >> 8n === 0xe00000n : ((bits >> 112n) & 0xff0fn) === 0xff02n;
}

function isLinkLocalUnicast({ family, bits }: IpAddress): boolean {
  return family === 4 ? bits >> 16n === 0xa9fen : bits >> 118n === 0x3fan;
}

function isGlobalUnicast(address: IpAddress): boolean {
  const { family, bits } = address;
  const isMulticast = family === 4 ? bits >> 28n === 0xen : bits >> 120n === 0xffn;
  const isBroadcast = family === 4 && bits === 0xffffffffn;
  return !isMulticast && !isBroadcast && bits !== 0n && !isLoopback(address) && !isLinkLocalUnicast(address);
}

function semverOf(text: string, normalize: boolean): CelSemver | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/.exec(
    normalize ? normalizeVersion(text) : text,
  );
  if (match === null) return undefined;
  const numbers = match.slice(1, 4);
  const prerelease = match[4]?.split('.') ?? [];
  if ([...numbers, ...prerelease].some(part => /^0\d+$/.test(part ?? ''))) return undefined;
  const [major = 0n, minor = 0n, patch = 0n] = numbers.map(number => BigInt(number ?? 0));
  return { kind: 'semver', numbers: [major, minor, patch], prerelease };
}

/** Without `v` and leading zeros, and with the numbers that are missing. */
function normalizeVersion(text: string): string {
  const [major = '', minor, ...rest] = text.replace(/^v/, '').split('.');
  const parts = [major, minor, rest.length === 0 ? undefined : rest.join('.')];
  if (parts.some(part => part === undefined) && /[+-]/.test(minor ?? major)) return text;
  return parts.map(part => (part ?? '0').replace(/^0+(?=\d)/, '')).join('.');
}

function constantFormats(): Readonly<Record<string, CelFunction>> {
  return Object.fromEntries(Object.keys(namedFormats).map(name => [`format.${name}`, () => ({ kind: 'format', name })]));
}
