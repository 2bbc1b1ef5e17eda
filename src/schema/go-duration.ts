/** The nanoseconds of a duration as Go's time.ParseDuration reads it; https://pkg.go.dev/time#ParseDuration */
export function parseGoDuration(text: string): bigint | undefined {
  const sign = /^[+-]/.exec(text)?.[0] ?? '';
  let rest = text.slice(sign.length);
  if (rest === '0') return 0n;
  if (rest === '' || text.length > longestDuration) return undefined;
  let nanoseconds = 0n;
  while (rest !== '') {
    const part = /^(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)(?![A-Za-zµμ])/.exec(rest);
    if (part === null || (part[1] === '' && (part[2] ?? '') === '')) return undefined;
    const unit = units[part[3] ?? ''] ?? 0n;
    const whole = BigInt(part[1] || '0') * unit;
    const fraction = part[2] ?? '';
    const piece = fraction === '' ? 0n : (BigInt(fraction) * unit) / 10n ** BigInt(fraction.length);
    nanoseconds += whole + piece;
    if (nanoseconds > 2n ** 63n) return undefined;
    rest = rest.slice(part[0].length);
  }
  if (sign === '-') return -nanoseconds;
  return nanoseconds < 2n ** 63n ? nanoseconds : undefined;
}

const longestDuration = 200;

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1000n,
  µs: 1000n,
  μs: 1000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
