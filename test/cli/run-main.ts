import { main } from '../../src/cli/main.ts';

export interface MainResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command in this process, in a folder. */
export async function runMain(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<MainResult> {
  const output = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof output) => ({
    write(text: string, done: () => void) {
      output[name] += text;
      done();
    },
    on: () => undefined,
  });
  const code = await main(args, { stdout: stream('stdout'), stderr: stream('stderr'), env, cwd: () => folder });
  return { code, ...output };
}
