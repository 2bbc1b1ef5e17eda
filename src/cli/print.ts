import { UsageError } from '../core/errors.ts';
import { maskKnownForms } from '../engine/mask-secrets.ts';
import type { CommonOptions } from './parse-arguments.ts';
import { type CommandProcess, write } from './streams.ts';

/** Prints what a command that is no report has to say: as text, or with `-f json` as data. */
export async function print(data: unknown, text: string, { format }: CommonOptions, process: CommandProcess): Promise<void> {
  const [{ name, file } = { name: 'text' }, ...others] = format;
  if (others.length > 0 || file !== undefined || (name !== 'text' && name !== 'json')) {
    throw new UsageError('this command prints one format', { hint: 'choose -f text or -f json' });
  }
  await write(process, 'stdout', maskKnownForms(name === 'json' ? `${JSON.stringify(data, undefined, 2)}\n` : text));
}

/** Rows with their cells below each other; the last cell is as long as it is. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)), []);
  return rows
    .map(
      row =>
        `${row
          .map((cell, column) => cell.padEnd(column < row.length - 1 ? (widths[column] ?? 0) : 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
