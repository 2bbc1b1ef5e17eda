import { nodeKind, type SourceFile } from '../core/document.ts';
import type { Location, Position } from '../core/finding.ts';
import { type FieldPlace, isFieldPlace, isTextPlace, type Place } from '../core/place.ts';
import { type Entry, endOf, entryAt, kindOf, startOf } from '../core/tape.ts';

/** Works out lines and columns in one file. The lines are counted once, when the first place is asked for. */
export function locatorFor(file: SourceFile): (place: Place) => Location {
  let lineStarts: Int32Array | undefined;
  return place => {
    lineStarts ??= findLineStarts(file.text);
    const [start, end] = rangeOf(file, place);
    return { path: place.path, start: positionOf(lineStarts, start), end: positionOf(lineStarts, end) };
  };
}

/** The source text of a place; of a file as a whole nothing. */
export function sourceOf(file: SourceFile, place: Place): string {
  return file.text.slice(...rangeOf(file, place));
}

/** The offsets of a place in the text of its file. Of a file as a whole, or a document that is not there: its beginning. */
export function rangeOf(file: SourceFile, place: Place): readonly [start: number, end: number] {
  if (isTextPlace(place)) return [place.start, place.end];
  const range = isFieldPlace(place) ? fieldRange(file, place) : undefined;
  if (!range) return [0, 0];
  const [start, end] = range;
  const { within } = place as FieldPlace;
  const inside = within === undefined ? -1 : file.text.slice(start, end).indexOf(within);
  return inside < 0 || within === undefined ? range : [start + inside, start + inside + within.length];
}

/** A field that is absent is shown at the key of its nearest present parent, and a value of no text at its key. */
function fieldRange({ documents, text }: SourceFile, place: FieldPlace): readonly [number, number] | undefined {
  const document = documents[place.document];
  if (!document) return undefined;
  const { tape } = document;
  for (let length = place.field.length; length >= 0; length--) {
    const entry = entryAt(tape, text, place.field.slice(0, length));
    if (!entry) continue;
    const isPresent = length === place.field.length;
    const node = isPresent && place.part === 'value' && kindOf(tape, entry.value) !== nodeKind.empty ? entry.value : keyOf(entry);
    return [startOf(tape, node), endOf(tape, node)];
  }
  return undefined;
}

function keyOf({ key, value }: Entry): number {
  return key ?? value;
}

function findLineStarts(text: string): Int32Array {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return Int32Array.from(starts);
}

function positionOf(lineStarts: Int32Array, offset: number): Position {
  let low = 0;
  let high = lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { offset, line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
