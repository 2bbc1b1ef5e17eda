import { spawnSync } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A whole process to measure; a shell line where there are no arguments. */
export interface Command {
  readonly name: string;
  readonly run: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
}

/** The median wall time of each command in milliseconds; they take turns, so that a busy moment of the machine meets all alike. */
export function measure(commands: readonly Command[], rounds: number): ReadonlyMap<string, number> {
  const times = new Map(commands.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const command of commands) times.get(command.name)?.push(timeOf(command));
  }
  return new Map([...times].map(([name, values]) => [name, median(values)]));
}

/** The middle one of some numbers; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function timeOf({ name, run, args, cwd }: Command): number {
  const start = performance.now();
  const { error, signal, status } = spawnSync(run, args ?? [], { cwd, stdio: 'ignore', shell: args === undefined });
  const elapsed = performance.now() - start;
  if (error !== undefined || signal !== null || status === null || status > 2)
    throw new Error(`"${name}" did not run: ${error?.message ?? signal ?? status}`);
  return elapsed;
}
