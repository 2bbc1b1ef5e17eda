import { parseGoDuration } from '../go-duration.ts';
import { type CelValue, isObject } from './cel-value.ts';
import type { Library } from './library.ts';

/** Timestamps and durations: https://github.com/google/cel-spec/blob/master/doc/langdef.md#timestamp-and-duration */
export const timeLibrary: Library = {
  functions: {
    timestamp([value]) {
      if (typeof value === 'bigint') return { kind: 'timestamp', nanos: value * second };
      if (isObject(value) && value.kind === 'timestamp') return value;
      const nanos = typeof value === 'string' ? parseTimestamp(value) : undefined;
      return nanos === undefined ? undefined : { kind: 'timestamp', nanos };
    },
    duration([value]) {
      if (isObject(value) && value.kind === 'duration') return value;
      const nanos = typeof value === 'string' ? parseGoDuration(value) : undefined;
      return nanos === undefined ? undefined : { kind: 'duration', nanos };
    },
  },
  methods: {
    getFullYear: args => ofDate(args, date => date.getUTCFullYear()),
    getMonth: args => ofDate(args, date => date.getUTCMonth()),
    getDate: args => ofDate(args, date => date.getUTCDate()),
    getDayOfMonth: args => ofDate(args, date => date.getUTCDate() - 1),
    getDayOfWeek: args => ofDate(args, date => date.getUTCDay()),
    getDayOfYear: args => ofDate(args, date => Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0)) / 86_400_000)),
    getHours: args => ofDuration(args, 3600n * second) ?? ofDate(args, date => date.getUTCHours()),
    getMinutes: args => ofDuration(args, 60n * second) ?? ofDate(args, date => date.getUTCMinutes()),
    getSeconds: args => ofDuration(args, second) ?? ofDate(args, date => date.getUTCSeconds()),
    getMilliseconds: args => {
      const [value] = args;
      if (isObject(value) && value.kind === 'duration') return value.nanos / 1_000_000n;
      return ofDate(args, date => date.getUTCMilliseconds());
    },
  },
};

export const second = 1_000_000_000n;

/** Time zones are not there: these take no argument but the receiver. */
function ofDate([value, ...others]: readonly CelValue[], read: (date: Date) => number): CelValue | undefined {
  if (!isObject(value) || value.kind !== 'timestamp' || others.length > 0) return undefined;
  return BigInt(read(new Date(Number(value.nanos / 1_000_000n))));
}

function ofDuration([value]: readonly CelValue[], unit: bigint): CelValue | undefined {
  return isObject(value) && value.kind === 'duration' ? value.nanos / unit : undefined;
}

/** The nanoseconds since 1970 of a moment as RFC 3339 writes it. */
export function parseTimestamp(text: string): bigint | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?([Zz]|[+-]\d\d:\d\d)$/.exec(text);
  if (match === null) return undefined;
  const milliseconds = Date.parse(`${match[1]}T${match[2]}${match[4]?.toUpperCase()}`);
  if (Number.isNaN(milliseconds) || !isDay(match[1] ?? '')) return undefined;
  return BigInt(milliseconds) * 1_000_000n + BigInt((match[3] ?? '').padEnd(9, '0'));
}

/** JavaScript takes February 30 for March 1. */
function isDay(text: string): boolean {
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
}

export function formatTimestamp(nanos: bigint): string {
  const seconds = new Date(Number(nanos / 1_000_000n)).toISOString().slice(0, 19);
  return `${seconds}${fractionOf(nanos % second)}Z`;
}

export function formatDuration(nanos: bigint): string {
  const size = nanos < 0n ? -nanos : nanos;
  return `${nanos < 0n ? '-' : ''}${size / second}${fractionOf(size % second)}s`;
}

function fractionOf(nanos: bigint): string {
  return nanos === 0n ? '' : `.${nanos.toString().padStart(9, '0').replace(/0+$/, '')}`;
}
