import { nodeKind, type SourceFile } from '../../core/document.ts';
import { isFieldPlace, type RepoPath } from '../../core/place.ts';
import type { Provenance } from '../../core/rendering.ts';
import { entryAt, kindOf, sourceText, targetOf } from '../../core/tape.ts';
import { parsedFile } from './read-yaml.ts';
import type { Traced } from './traced.ts';

/** The files of the repository by path. */
export type Files = ReadonlyMap<RepoPath, SourceFile>;

/**
 * The text of a scalar as Kustomize keeps it beside its type: `1.10` for the number 1.1, nothing for `key:`;
 * of what is no scalar `''`. What was read as a point in time is given as it is written where `isAsWritten`.
 */
export function textOf(traced: Traced | undefined, files: Files, isAsWritten = false): string {
  const value = traced?.value;
  if (typeof value === 'string' && !(isAsWritten && traced && !isQuoted(traced, files))) return value;
  if (traced === undefined || (typeof value === 'object' && value !== null)) return '';
  return writtenScalar(traced.provenance, files)?.text ?? String(value);
}

/** Whether a text stands in quotes or as a block where it was written. Kustomize keeps that for what replaces it. */
export function isQuoted({ provenance }: Traced, files: Files): boolean {
  const kind = writtenScalar(provenance, files)?.kind;
  return kind !== undefined && kind >= nodeKind.singleQuoted && kind <= nodeKind.folded;
}

function writtenScalar({ writers: { writer } }: Provenance, files: Files): { readonly kind: number; readonly text: string } | undefined {
  const { at, inline, isWhole } = writer;
  if (isWhole || !isFieldPlace(at)) return undefined;
  const field = inline?.field ?? at.field;
  const file = files.get(at.path);
  const tape = inline ? inline.yaml.tape : file && parsedFile(file).documents[at.document]?.tape;
  const text = inline ? inline.yaml.text : file?.text;
  if (tape === undefined || text === undefined) return undefined;
  const entry = entryAt(tape, text, field);
  if (entry === undefined) return undefined;
  const node = targetOf(tape, entry.value);
  return { kind: kindOf(tape, node), text: sourceText(tape, text, node) };
}
