const windowSize = 100;
const factor = 37;
const endOfFile = 65535;
/** 37^100 mod 2^64: what the character that leaves the window has been multiplied by; upper and lower 32 bits. */
const [leavingHigh, leavingLow] = powerOfFactor(windowSize);

/**
 * The `primaryLocationLineHash` of the lines asked for, as GitHub's `upload-sarif` action computes it
 * (github/codeql-action, `src/fingerprints.ts`): a rolling hash modulo 2^64 of the 100 characters from the start
 * of the line on, spaces and tabs left out and line ends as LF, with the number of its occurrence in the file.
 */
export function lineHashes(text: string, lines: ReadonlySet<number>): ReadonlyMap<number, string> {
  const hashes = new Map<number, string>();
  const occurrences = new Map<string, number>();
  const window = new Uint16Array(windowSize);
  const lineStartingAt = new Int32Array(windowSize);
  const lastLine = Math.max(...lines);
  let high = 0;
  let low = 0;
  let index = 0;
  let line = 0;
  let isLineStart = true;
  let isAfterReturn = false;

  const push = (code: number) => {
    const leaving = window[index] ?? 0;
    const sum = low * factor + code - leavingLow * leaving;
    high = (high * factor - leavingHigh * leaving + Math.floor(sum / 2 ** 32)) >>> 0;
    low = sum >>> 0;
    window[index] = code;
    index = (index + 1) % windowSize;
  };
  const emitLine = () => {
    const started = lineStartingAt[index] ?? 0;
    if (started === 0) return;
    lineStartingAt[index] = 0;
    const hash = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
    const occurrence = (occurrences.get(hash) ?? 0) + 1;
    occurrences.set(hash, occurrence);
    if (lines.has(started)) hashes.set(started, `${hash}:${occurrence}`);
  };

  for (let position = 0; position <= text.length && hashes.size < lines.size && line < lastLine + windowSize; position++) {
    let code = position < text.length ? text.charCodeAt(position) : endOfFile;
    if (code === 0x20 || code === 0x09 || (isAfterReturn && code === 0x0a)) {
      isAfterReturn = false;
      continue;
    }
    isAfterReturn = code === 0x0d;
    if (isAfterReturn) code = 0x0a;
    emitLine();
    if (isLineStart) lineStartingAt[index] = ++line;
    isLineStart = code === 0x0a;
    push(code);
  }
  for (let flushed = 0; flushed < windowSize; flushed++) {
    emitLine();
    push(0);
  }
  return hashes;
}

function powerOfFactor(exponent: number): readonly [high: number, low: number] {
  const power = BigInt.asUintN(64, BigInt(factor) ** BigInt(exponent));
  return [Number(power >> 32n), Number(power & 0xffffffffn)];
}
