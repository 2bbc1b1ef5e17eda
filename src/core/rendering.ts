import type { Tape } from './document.ts';
import { type FieldPath, isFieldPlace, type Place } from './place.ts';
import { endOf, entryAt, startOf } from './tape.ts';

/** What a folder with a kustomization delivers. */
export interface Rendering extends Matches {
  /** In the order in which `kustomize build` prints them; empty where it would refuse. */
  readonly objects: readonly RenderedObject[];
}

/** What Kustomize says of a folder on the way to its objects. */
export interface Matches {
  /** Why Kustomize refuses the folder. */
  readonly errors: readonly RenderError[];
  /** What cannot be known here: objects may be missing, or differ from those that are delivered. */
  readonly partial: readonly PartialReason[];
  /**
   * What each entry that changes what others list (a patch with a target, an image, a target of a replacement) found to change.
   * An entry of a component is there once for each kustomization that takes it in; empty where Kustomize refuses the folder.
   */
  readonly matches: readonly EntryMatch[];
}

export interface EntryMatch {
  readonly kind: 'patch' | 'image' | 'replacement';
  /** The entry. */
  readonly at: Place;
  /** `unknown`: what it is for may be among what cannot be read here. */
  readonly outcome: 'matched' | 'unmatched' | 'unknown';
  /** The selector as it is written; of an image its name. */
  readonly wanted: Readonly<Record<string, unknown>>;
  /** The objects that it was held against, as they were at that step; empty where it matched. */
  readonly among: readonly Pick<RenderedObject, 'value'>[];
}

export interface RenderError {
  readonly at: Place;
  readonly message: string;
  /** The entry finds nothing to change, or too much. */
  readonly unmatched?: 'patch' | 'replacement';
}

export interface PartialReason {
  readonly at: Place;
  readonly reason: string;
}

/** A Kubernetes object after rendering. Objects share what no overlay changes. */
export interface RenderedObject {
  /** As JSON has it: numbers are numbers where Kustomize delivers numbers. */
  readonly value: Readonly<Record<string, unknown>>;
  readonly provenance: Provenance;
}

/** What wrote a field. */
export type WriterKind =
  | 'resource'
  | 'generator'
  | 'patch'
  | 'namespace'
  | 'name-prefix'
  | 'name-suffix'
  | 'name-hash'
  | 'name-reference'
  | 'label'
  | 'annotation'
  | 'image'
  | 'replicas'
  | 'replacement'
  | 'variable'
  | 'value-add'
  | 'build-metadata';

/** One step in the making of a field, and where it is written in the repository. */
export interface Writer {
  readonly by: WriterKind;
  readonly at: Place;
  /** Where `at` is a text that holds YAML itself: the field in that YAML. */
  readonly inline?: InlineField;
  /** The place says the whole value: what stands below the field has no place of its own. */
  readonly isWhole?: true;
}

/** YAML that stands as a text in a field of another document, such as an inline patch. */
export interface InlineYaml {
  readonly text: string;
  readonly tape: Tape;
  /** For each line of `text`: the offset where it begins, and where that is in the text of the file. */
  readonly lines: readonly (readonly [inline: number, file: number])[];
}

export interface InlineField {
  readonly yaml: InlineYaml;
  readonly field: FieldPath;
}

/** The last writer first. */
export interface Writers {
  readonly writer: Writer;
  readonly earlier?: Writers;
}

/**
 * Who wrote a value and what it holds. A child that is not listed has the writers of its parent,
 * at the same field below their places: a whole object that nothing changes is one node.
 */
export interface Provenance {
  readonly writers: Writers;
  /** Those who added entries to the collection or took some away, the last first; then `writers`. */
  readonly changes?: Writers;
  readonly children?: ListedChildren;
  /** The same node stands in several places of the object: what changes one of them changes all. */
  readonly isShared?: true;
}

/** By key; of a list that was put together anew every item. */
export type ListedChildren = Readonly<Record<string | number, Provenance>> | readonly Provenance[];

/** Where a field was written: the last writer first, which is the one to edit, then those before it. */
export interface Origin {
  readonly by: WriterKind;
  readonly at: Place;
}

/** The origins of a field of a rendered object; those of its nearest parent where the field is absent. */
export function originsOf({ provenance }: Pick<RenderedObject, 'provenance'>, field: FieldPath): readonly Origin[] {
  const node = provenanceAt(provenance, field);
  const origins: Origin[] = [];
  for (let writers = node.changes ?? node.writers; ; writers = writers.earlier) {
    origins.push({ by: writers.writer.by, at: placeOf(writers.writer) });
    if (writers.earlier === undefined) return origins;
  }
}

/** The node of a field, worked out from its nearest listed parent. */
export function provenanceAt(provenance: Provenance, field: FieldPath): Provenance {
  let node = provenance;
  for (const key of field) node = childProvenance(node, key);
  return node;
}

export function childProvenance({ children, writers }: Provenance, key: string | number): Provenance {
  return (children && listedAt(children, key)) ?? { writers: writersBelow(writers, key) };
}

function listedAt(children: ListedChildren, key: string | number): Provenance | undefined {
  // An array is asked for its items only; everything else has fields of any name.
  return Object.hasOwn(children, key) ? (children as Readonly<Record<string | number, Provenance>>)[key] : undefined;
}

function writersBelow({ writer, earlier }: Writers, key: string | number): Writers {
  return earlier === undefined ? { writer: writerBelow(writer, key) } : { writer: writerBelow(writer, key), earlier: writersBelow(earlier, key) };
}

/** The same writer at an entry or item of what it wrote. */
export function writerBelow(writer: Writer, key: string | number): Writer {
  if (writer.isWhole || !isFieldPlace(writer.at)) return writer;
  if (writer.inline) return { ...writer, inline: { yaml: writer.inline.yaml, field: [...writer.inline.field, key] } };
  return { by: writer.by, at: { ...writer.at, field: [...writer.at.field, key] } };
}

/** The stretch of the file for inline YAML, where its lines could be told apart; else the text that holds it. */
function placeOf({ at, inline }: Writer): Place {
  if (!inline) return at;
  const { text, tape, lines } = inline.yaml;
  const entry = lines.length > 0 ? entryAt(tape, text, inline.field) : undefined;
  if (!entry) return at;
  return { path: at.path, start: fileOffset(lines, startOf(tape, entry.value)), end: fileOffset(lines, endOf(tape, entry.value)) };
}

function fileOffset(lines: InlineYaml['lines'], offset: number): number {
  let low = 0;
  let high = lines.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((lines[middle]?.[0] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  const [inline, file] = lines[low] ?? [0, 0];
  return file + offset - inline;
}
