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
export function write(stream: OutputStream, text: string): Promise<void> {
  if (text === '') return Promise.resolve();
  return new Promise((resolve, reject) => {
    stream.write(text, error => (error && !isBrokenPipe(error) ? reject(error) : resolve()));
  });
}

/** A broken pipe is also an event, which would end the process where nobody listens. */
export function ignoreBrokenPipes(...streams: readonly OutputStream[]): void {
  for (const stream of streams) {
    stream.on('error', error => {
      if (!isBrokenPipe(error)) throw error;
    });
  }
}

/** Colour on a terminal only, but for the two variables that users set: https://no-color.org, https://force-color.org. */
export function wantsColor({ stdout, env }: CommandProcess): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0';
  return stdout.isTTY === true && env.TERM !== 'dumb';
}

function isBrokenPipe(error: Error): boolean {
  return 'code' in error && error.code === 'EPIPE';
}
