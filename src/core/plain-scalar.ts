/** What a plain scalar means by the YAML 1.2 core schema (YAML 1.2.2, 10.3.2), as the `yaml` package reads it. */
export function resolvePlainScalar(text: string): string | number | boolean | null {
  const code = text.charCodeAt(0);
  // Digits, `+`, `-` and `.` begin numbers.
  if ((code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46) return resolveNumber(text);
  switch (text.length) {
    case 0:
      return null;
    case 1:
      return text === '~' ? null : text;
    case 4:
      if (text === 'true' || text === 'True' || text === 'TRUE') return true;
      return text === 'null' || text === 'Null' || text === 'NULL' ? null : text;
    case 5:
      return text === 'false' || text === 'False' || text === 'FALSE' ? false : text;
    default:
      return text;
  }
}

/** The number that up to nine digits are, -1 for all else: ports, replicas and ages need no expression. */
function wholeNumber(text: string): number {
  if (text.length > 9) return -1;
  let number = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

const decimal = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const otherRadix = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const special: ReadonlyMap<string, number> = new Map(
  ['inf', 'Inf', 'INF'].flatMap(word => [
    [`.${word}`, Number.POSITIVE_INFINITY],
    [`+.${word}`, Number.POSITIVE_INFINITY],
    [`-.${word}`, Number.NEGATIVE_INFINITY],
  ]),
);

function resolveNumber(text: string): string | number {
  const whole = wholeNumber(text);
  if (whole >= 0) return whole;
  if (decimal.test(text) || otherRadix.test(text)) return Number(text);
  if (text === '.nan' || text === '.NaN' || text === '.NAN') return Number.NaN;
  return special.get(text) ?? text;
}
