/** A file's or folder's path inside the repository: relative to its root, forward slashes, no `./`; the root itself is `''`. */
export type RepoPath = string;

/** The way from a document's root to one of its fields, as in `['spec', 'containers', 0]`. */
export type FieldPath = readonly (string | number)[];

/**
 * A place as rules name it: by field, not by offset. Line and column are worked
 * out at the end, for the few places that reach a report.
 */
export type Place = FieldPlace | TextPlace | FilePlace;

/** A field of a parsed document; where the field is absent its nearest present parent is shown. */
export interface FieldPlace {
  readonly path: RepoPath;
  /** The document's number in its file, from 0. */
  readonly document: number;
  readonly field: FieldPath;
  readonly part: 'key' | 'value';
  /** Narrows a scalar to a piece of its source text, such as the tag of an image. */
  readonly within?: string;
}

/** A stretch of a file's text, from `start` to before `end`, in UTF-16 units from 0. */
export interface TextPlace {
  readonly path: RepoPath;
  readonly start: number;
  readonly end: number;
}

/** A file or folder as a whole: shown at its first character. */
export interface FilePlace {
  readonly path: RepoPath;
}

/** What names a document: its file and its number there. */
export interface DocumentId {
  readonly path: RepoPath;
  readonly index: number;
}

/** The value at a field of a document. */
export function at(document: DocumentId, ...field: FieldPath): FieldPlace {
  return { path: document.path, document: document.index, field, part: 'value' };
}

/** The key that names a field of a document. */
export function keyAt(document: DocumentId, ...field: FieldPath): FieldPlace {
  return { ...at(document, ...field), part: 'key' };
}

/** The piece `text` of a scalar's source. */
export function within(place: FieldPlace, text: string): FieldPlace {
  return { ...place, within: text };
}

export function isFieldPlace(place: Place): place is FieldPlace {
  return 'field' in place;
}

export function isTextPlace(place: Place): place is TextPlace {
  return 'start' in place;
}

/** The JSON pointer (RFC 6901) of a field. */
export function toPointer(field: FieldPath): string {
  return field.map(part => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
