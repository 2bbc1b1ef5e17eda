import type { Paint } from '../core/result.ts';

/** The colours of a terminal. Loaded where somebody wants them. */
export async function loadPaint(): Promise<Paint> {
  const { Chalk } = await import('chalk');
  return new Chalk({ level: 1 });
}
