import type { SourceFile, Tape } from '../../core/document.ts';
import type { TextEdit } from '../../core/finding.ts';
import type { FieldPlace } from '../../core/place.ts';
import { childrenOf, type Entry, entryAt, fieldOf, isMapNode } from '../../core/tape.ts';

/** An edit of text whose file is known. */
export type Change = Omit<TextEdit, 'path'>;

/** A field that stands in the text where its path says, with the collection that holds it and that collection's key. */
export interface Target {
  readonly tape: Tape;
  readonly text: string;
  readonly parent: number;
  readonly parentKey: number | undefined;
  readonly entry: Entry;
}

/** Undefined where the field is absent, or where an alias or a merge key brings it in. */
export function findTarget({ documents, text }: SourceFile, place: FieldPlace): Target | undefined {
  const document = documents[place.document];
  if (!document) return undefined;
  const { tape } = document;
  const parent = entryAt(tape, text, place.field.slice(0, -1));
  const entry = entryAt(tape, text, place.field);
  if (!entry || !parent) return undefined;
  const written = fieldOf(tape, text, entry.value);
  const isHere = written.length === place.field.length && written.every((part, index) => String(part) === String(place.field[index]));
  return isHere ? { tape, text, parent: parent.value, parentKey: parent.key, entry } : undefined;
}

/** The first thing from an offset on that is no comment, where that is a `-`. */
export function dashFrom(text: string, offset: number): number | undefined {
  const skipped = /^(?:\s|#.*)*/.exec(text.slice(offset))?.[0].length ?? 0;
  return text.charAt(offset + skipped) === '-' ? offset + skipped : undefined;
}

/** The entries of a mapping, or the items of a sequence, in the order of the text. */
export function entriesOf(tape: Tape, collection: number): Entry[] {
  const children = childrenOf(tape, collection);
  if (!isMapNode(tape, collection)) return children.map(value => ({ value }));
  return children.flatMap((key, index) => (index % 2 === 0 ? [{ key, value: children[index + 1] ?? key }] : []));
}
