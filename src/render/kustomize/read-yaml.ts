import { type Document, nodeKind, type SourceFile } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import type { FieldPath, FieldPlace } from '../../core/place.ts';
import type { InlineYaml, WriterKind } from '../../core/rendering.ts';
import { endOf, entryAt, kindOf, startOf, targetOf } from '../../core/tape.ts';
import { parseYaml } from '../../parse/parse-yaml.ts';
import type { ParsedDocument, ParsedText } from '../../parse/parsed-text.ts';
import { type Reader, readAs } from '../../parse/readings.ts';
import { checkText, detailsOf, lastLineDetails } from './go-details.ts';
import { Refusal } from './refusal.ts';
import type { Traced } from './traced.ts';

/** The documents of a file as Kustomize reads objects and patches. Refuses what is no YAML. */
export function readDocuments(file: SourceFile, by: WriterKind, reader: 'kustomize' | 'go'): Traced[] {
  const { documents, problems } = parsedFile(file);
  const [problem] = problems;
  if (problem) throw new Refusal({ path: file.path, start: problem.start, end: problem.end }, problem.message);
  if (reader === 'kustomize') checkText(file);
  return documents.map((document, index) => {
    const place = { path: file.path, document: index, field: [], part: 'value' } as const;
    return {
      value: reader === 'go' ? readValue(document, file, 'go') : objectValue(document, file, place),
      provenance: { writers: { writer: { by, at: place } } },
    };
  });
}

/** The value with what is special to Go; read once, whoever includes the file. */
function objectValue(document: ParsedDocument, file: Pick<SourceFile, 'text'>, place: FieldPlace): unknown {
  let known = objectValues.get(document);
  if (known === undefined) {
    known = readObject(document, file, place);
    objectValues.set(document, known);
  }
  if (known instanceof Refusal) throw known;
  return known.value;
}

const objectValues = new WeakMap<ParsedDocument, { readonly value: unknown } | Refusal>();

function readObject(document: ParsedDocument, { text }: Pick<SourceFile, 'text'>, place: FieldPlace): { readonly value: unknown } | Refusal {
  let value = readAs(document, { text }, 'kustomize');
  if (text.includes('!!binary')) value = decodeBinary(value);
  for (const detail of [...detailsOf(document, text), ...lastLineDetails(document, text)]) {
    const { field, problem, value: read, isLate } = detail;
    if (isLate) {
      lateDetails.set(document, [...(lateDetails.get(document) ?? []), field]);
      continue;
    }
    if (problem !== undefined) return new Refusal({ ...place, field: [...place.field, ...field] }, problem);
    value = setIn(value, field, read);
  }
  return { value };
}

/** The fields of an object's document that hold nothing and are printed as an empty text. */
export function emptyTexts(document: ParsedDocument): readonly FieldPath[] {
  return lateDetails.get(document) ?? [];
}

const lateDetails = new WeakMap<ParsedDocument, readonly FieldPath[]>();

export function setIn(value: unknown, [key, ...rest]: FieldPath, held: unknown): unknown {
  if (key === undefined) return held;
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === key ? setIn(item, rest, held) : item));
  if (!isFields(value)) return value;
  return { ...value, [key]: setIn(value[String(key)], rest, held) };
}

/** Bytes are a text to Kustomize. */
function decodeBinary(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (Array.isArray(value)) return value.map(decodeBinary);
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([key, held]) => [key, decodeBinary(held)])) : value;
}

/** The documents of a YAML text that stands in a field; undefined where it is no YAML. */
export function readInline(text: string, container: FieldPlace, file: SourceFile, by: WriterKind, reader: 'kustomize' | 'go'): Traced[] | undefined {
  const { documents, problems } = parseYaml(container.path, text);
  if (problems.length > 0) return undefined;
  const lines = linesOf(text, container, file);
  return documents.map(document => {
    const yaml: InlineYaml = { text, tape: document.tape, lines };
    const writer = { by, at: container, inline: { yaml, field: [] } };
    return {
      value: reader === 'go' ? readValue(document, { text }, 'go') : objectValue(document, { text }, container),
      provenance: { writers: { writer } },
    };
  });
}

/** The value of a document as one of Go's readers sees it; many overlays read the same one. */
export function readValue(document: ParsedDocument, file: Pick<SourceFile, 'text'>, reader: Reader): unknown {
  let known = values.get(document);
  if (known === undefined) {
    known = new Map();
    values.set(document, known);
  }
  if (!known.has(reader)) {
    let value = readAs(document, file, reader);
    for (const { field, value: held } of lastLineDetails(document, file.text)) value = setIn(value, field, held);
    known.set(reader, value);
  }
  return known.get(reader);
}

const values = new WeakMap<ParsedDocument, Map<Reader, unknown>>();

/** A file whose name says nothing of YAML was not parsed when it was loaded. */
export function parsedFile(file: SourceFile): Pick<ParsedText, 'documents' | 'problems' | 'duplicateKeys'> {
  if (file.documents.length > 0 || file.problems.length > 0 || file.classification.template !== undefined) return file;
  let parsed = parsedFiles.get(file);
  if (parsed === undefined) {
    parsed = parseYaml(file.path, file.text);
    parsedFiles.set(file, parsed);
  }
  return parsed;
}

const parsedFiles = new WeakMap<SourceFile, ParsedText>();

/** Where the lines of a text stand in the file that holds it; none where escapes and folding make that hard to tell. */
function linesOf(text: string, container: FieldPlace, file: SourceFile): InlineYaml['lines'] {
  const document: Document | undefined = file.documents[container.document];
  const entry = document && entryAt(document.tape, file.text, container.field);
  if (document === undefined || entry === undefined) return [];
  const node = targetOf(document.tape, entry.value);
  const start = startOf(document.tape, node);
  const kind = kindOf(document.tape, node);
  const source = file.text.slice(start, endOf(document.tape, node));
  if (kind === nodeKind.literal) return linesOfBlock(text, source, start);
  if (source.includes('\n')) return [];
  if (kind === nodeKind.plain) return source === text ? [[0, start]] : [];
  return source.slice(1, -1) === text ? [[0, start + 1]] : [];
}

/** Every line of a literal block stands in the file behind the same indentation. */
function linesOfBlock(text: string, source: string, start: number): InlineYaml['lines'] {
  const lines: [number, number][] = [];
  const indentation = /\n( *)[^\s]/.exec(source)?.[1]?.length ?? 0;
  const shift = indentation - (/^( *)\S/m.exec(text)?.[1]?.length ?? 0);
  let inline = 0;
  let line = source.indexOf('\n') + 1;
  while (inline < text.length && line > 0) {
    const lineEnd = source.indexOf('\n', line);
    lines.push([inline, start + Math.min(line + shift, lineEnd < 0 ? source.length : lineEnd)]);
    const inlineEnd = text.indexOf('\n', inline);
    if (inlineEnd < 0) break;
    inline = inlineEnd + 1;
    line = lineEnd < 0 ? 0 : lineEnd + 1;
  }
  return lines;
}
