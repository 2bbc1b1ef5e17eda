/** What the command takes of `process`. */
export interface CommandProcess {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  cwd(): string;
}

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string, done: (error?: Error | null) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Ends when the text has left; a reader that has gone away, as `head` does, is no error. */
export async function write(process: CommandProcess, name: 'stdout' | 'stderr', text: string): Promise<void> {
  if (text === '') return;
  const stream = process[name];
  if (!heard.has(stream)) stream.on('error', () => {});
  heard.add(stream);
  await new Promise<void>((resolve, reject) => {
    stream.write(text, error => (error && !isBrokenPipe(error) ? reject(error) : resolve()));
  });
}

/** Streams whose error events somebody listens to: otherwise they would end the process before the callback is heard. */
const heard = new WeakSet<OutputStream>();

/** Colour on a terminal only, but for the two variables that users set: https://no-color.org, https://force-color.org. */
export function wantsColor({ stdout, env }: CommandProcess): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0';
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

function isBrokenPipe(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE';
}
