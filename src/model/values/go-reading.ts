import type { Document, SourceFile } from '../../core/document.ts';
import { readAs } from '../../parse/readings.ts';

/** A document with the values that Helm and the controllers read, such as true for `yes`. */
export function goReading(document: Document, file: Pick<SourceFile, 'text'>): Document {
  let read = readings.get(document);
  if (read === undefined) {
    const value = readAs(document, file, 'go');
    read = value === document.value ? document : { ...document, value };
    readings.set(document, read);
  }
  return read;
}

/** Many releases share a document. */
const readings = new WeakMap<Document, Document>();
