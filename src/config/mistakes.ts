import type { SourceFile } from '../core/document.ts';
import { UsageError } from '../core/errors.ts';
import type { Place } from '../core/place.ts';
import { locatorFor } from '../parse/locate.ts';

/** What is wrong with a file of the user's own, and where. */
export interface Mistake {
  readonly at: Place;
  readonly message: string;
}

/** One line a mistake, in the order of the file. */
export function asUsageError(mistakes: readonly Mistake[], file: SourceFile): UsageError {
  const locate = locatorFor(file);
  const located = mistakes.map(({ at, message }) => ({ ...locate(at), message }));
  located.sort((a, b) => a.start.offset - b.start.offset);
  return new UsageError(located.map(({ path, start, message }) => `${path}:${start.line}:${start.column}: ${message}`).join('\n'));
}
