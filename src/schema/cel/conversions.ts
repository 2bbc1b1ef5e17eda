import { formatIpAddress } from '../ip-address.ts';
import { CelError, type CelValue, isList, isMap, isObject, numberOf, typeName } from './cel-value.ts';
import type { Library } from './library.ts';
import { formatDuration, formatTimestamp, second } from './time.ts';

/** From one type to another; https://github.com/google/cel-spec/blob/master/doc/langdef.md#list-of-standard-definitions */
export const conversions: Library = {
  functions: {
    bool: ([value]) => (typeof value === 'boolean' ? value : typeof value === 'string' ? booleans[value] : undefined),
    bytes: ([value]) => (typeof value === 'string' ? Buffer.from(value) : value instanceof Uint8Array ? value : undefined),
    double: ([value]) => (value === undefined ? undefined : toDouble(value)),
    dyn: ([value]) => value,
    int: ([value]) => inRange(value === undefined ? undefined : toInt(value)),
    uint: ([value]) => {
      const number = value === undefined ? undefined : toInt(value);
      return number === undefined ? undefined : unsigned(number);
    },
    string: ([value]) => (value === undefined ? undefined : toText(value)),
    type: ([value]) => (value === undefined ? undefined : { kind: 'type', name: typeName(value) }),
    size: ([value]) => sizeOf(value),
  },
  methods: { size: ([value]) => sizeOf(value) },
};

const booleans: Readonly<Record<string, boolean>> = {
  '1': true,
  t: true,
  true: true,
  TRUE: true,
  True: true,
  '0': false,
  f: false,
  false: false,
  FALSE: false,
  False: false,
};

function toDouble(value: CelValue): number | undefined {
  const number = numberOf(value);
  if (number !== undefined) return Number(number);
  if (typeof value !== 'string' || !/^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(value)) return undefined;
  return Number(value);
}

function toInt(value: CelValue): bigint | undefined {
  const number = numberOf(value);
  if (typeof number === 'bigint') return number;
  if (number !== undefined) return Number.isFinite(number) ? BigInt(Math.trunc(number)) : undefined;
  if (typeof value === 'string') return /^[+-]?\d{1,20}$/.test(value) ? BigInt(value.replace('+', '')) : undefined;
  if (!isObject(value)) return undefined;
  return value.kind === 'timestamp' ? value.nanos / second : value.kind === 'duration' ? value.nanos : undefined;
}

/** An `int` has 64 bits; what is beyond them is an error, as it is to the API server. */
export function inRange(value: bigint | undefined): bigint | undefined {
  if (value !== undefined && BigInt.asIntN(64, value) !== value) throw new CelError('integer overflow');
  return value;
}

export function unsigned(value: bigint): CelValue {
  if (BigInt.asUintN(64, value) !== value) throw new CelError('unsigned integer overflow');
  return { kind: 'uint', value };
}

export function toText(value: CelValue): string | undefined {
  const number = numberOf(value);
  if (typeof number === 'bigint') return number.toString();
  if (number !== undefined) return doubleText(number);
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (!isObject(value)) return undefined;
  switch (value.kind) {
    case 'timestamp':
      return formatTimestamp(value.nanos);
    case 'duration':
      return formatDuration(value.nanos);
    case 'ip':
      return formatIpAddress(value);
    case 'cidr':
      return `${formatIpAddress(value.ip)}/${value.prefixLength}`;
    default:
      return undefined;
  }
}

/** The shortest decimal, as strconv.FormatFloat writes it with `g`. */
function doubleText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+Inf';
  if (value === Number.NEGATIVE_INFINITY) return '-Inf';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e21)) return String(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

function sizeOf(value: CelValue | undefined): bigint | undefined {
  if (typeof value === 'string') return BigInt(codePoints(value));
  if (isList(value) || value instanceof Uint8Array) return BigInt(value.length);
  return isMap(value) ? BigInt(value.size) : undefined;
}

function codePoints(text: string): number {
  let pairs = 0;
  for (let index = 0; index < text.length; index++) if ((text.charCodeAt(index) & 0xfc00) === 0xd800) pairs++;
  return text.length - pairs;
}
