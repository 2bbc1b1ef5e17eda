/** Measures the steps of a run, for `--stats`. */
export interface Stopwatch {
  /** Gives the time since the last lap to a step; a step that comes again adds up. */
  readonly lap: (step: string) => void;
  describe(): string;
}

export function stopwatch(): Stopwatch {
  const laps = new Map<string, number>();
  // In seconds, from when the process began. `performance` would cost the start of each run.
  let last = process.uptime();
  return {
    lap(step) {
      const now = process.uptime();
      laps.set(step, (laps.get(step) ?? 0) + now - last);
      last = now;
    },
    describe() {
      const rows: (readonly [string, number])[] = [...laps, ['since the process began', process.uptime()]];
      return rows.map(([step, seconds]) => `${step.padEnd(24)} ${(seconds * 1000).toFixed(1).padStart(9)} ms\n`).join('');
    },
  };
}
