/**
 * A quantity of Kubernetes in thousand millionths, as exact as the API server keeps it: rounded up
 * behind the ninth decimal, and 2^63 - 1 at most. Nothing where the text is no quantity.
 * https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#ParseQuantity
 */
export function parseQuantity(text: string): bigint | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$/.exec(text);
  // The parser of Kubernetes takes a text without digits for 0, but not the empty one.
  if (match === null || text === '') return undefined;
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2] ?? ''}${fraction}`);
  const suffix = match[4] ?? '';
  const binary = binaryPowers[suffix];
  const decimal = decimalPowers[suffix] ?? (binary === undefined ? decimalExponent(suffix) : 0);
  if (decimal === undefined) return undefined;
  const nanos = scale(digits * 2n ** BigInt(binary ?? 0), decimal - fraction.length + 9);
  return match[1] === '-' ? -nanos : nanos;
}

const binaryPowers: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const decimalPowers: Readonly<Record<string, number>> = { '': 0, n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

function decimalExponent(suffix: string): number | undefined {
  const exponent = BigInt(suffix.slice(1).replace('+', ''));
  if (exponent >= 2n ** 63n || exponent < -(2n ** 63n)) return undefined;
  return Number(BigInt.asIntN(32, exponent));
}

function scale(digits: bigint, power: number): bigint {
  if (digits === 0n) return 0n;
  if (power < 0) {
    if (-power > digits.toString().length) return 1n;
    const divisor = 10n ** BigInt(-power);
    return (digits + divisor - 1n) / divisor;
  }
  const nanos = power > 40 ? largest : digits * 10n ** BigInt(power);
  return nanos < largest ? nanos : largest;
}

const largest = (2n ** 63n - 1n) * 1_000_000_000n;
