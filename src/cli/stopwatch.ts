/** Measures the steps of a run, for `--stats`. */
export interface Stopwatch {
  /** Gives the time since the last lap to a step; a step that comes again adds up. */
  readonly lap: (step: string) => void;
  describe(): string;
}

export function stopwatch(): Stopwatch {
  const laps = new Map<string, number>();
  let last = performance.now();
  return {
    lap(step) {
      const now = performance.now();
      laps.set(step, (laps.get(step) ?? 0) + now - last);
      last = now;
    },
    describe() {
      const rows: (readonly [string, number])[] = [...laps, ['since the process began', performance.now()]];
      return rows.map(([step, milliseconds]) => `${step.padEnd(24)} ${milliseconds.toFixed(1).padStart(9)} ms\n`).join('');
    },
  };
}
