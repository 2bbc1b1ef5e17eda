/** Numbers that follow from a seed alone: the same seed gives the same repository on every machine. */
export interface Random {
  /** A whole number from 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(choices: readonly T[]): T;
  /** `count` hexadecimal digits. */
  hex(count: number): string;
}

/** Mulberry32: small, fast, good enough to vary texts. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const below = (limit: number) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return {
    below,
    pick: choices => choices[below(choices.length)] as (typeof choices)[number],
    hex: count => Array.from({ length: count }, () => below(16).toString(16)).join(''),
  };
}
