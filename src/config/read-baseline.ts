import type { Baseline } from '../core/baseline.ts';
import { parseJson } from '../parse/parse-json.ts';
import { validate } from '../schema/validate.ts';
import { baselineSchema } from './baseline-schema.ts';
import { asUsageError, type Mistake } from './mistakes.ts';

/** Reads and judges a baseline. Throws a `UsageError` with the line and column of every mistake. */
export function readBaseline(path: string, text: string): Baseline {
  const { documents, problems, duplicateKeys } = parseJson(path, text);
  const classification = { class: 'tool-config', reason: 'a baseline of gitops-lint' } as const;
  const file = { path, text, classification, documents: documents.map(document => ({ ...document, classification })), problems, duplicateKeys };
  const value = documents[0]?.value;
  const mistakes: Mistake[] = problems.map(({ start, end, message }) => ({ at: { path, start, end }, message }));
  if (mistakes.length === 0) {
    for (const { message, field, part } of validate(baselineSchema, value)) mistakes.push({ at: { path, document: 0, field, part }, message });
  }
  if (mistakes.length > 0) throw asUsageError(mistakes, file);
  // The schema has nothing against it.
  return (value as { readonly findings: Baseline }).findings;
}
