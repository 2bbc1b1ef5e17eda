import type { SourceFile } from '../../src/core/document.ts';
import type { TextEdit } from '../../src/core/finding.ts';
import type { FieldPath, FieldPlace } from '../../src/core/place.ts';
import { parseYaml } from '../../src/parse/parse-yaml.ts';

/** A text as the file of a repository, not classified. */
export function sourceFile(text: string): SourceFile {
  const classification = { class: 'other', reason: 'a test' } as const;
  const { documents, problems, duplicateKeys } = parseYaml('a.yaml', text);
  return { path: 'a.yaml', text, classification, documents: documents.map(document => ({ ...document, classification })), problems, duplicateKeys };
}

/** The value at a field of the first document. */
export function at(...field: FieldPath): FieldPlace {
  return { path: 'a.yaml', document: 0, field, part: 'value' };
}

export function applyEdit(text: string, edit: TextEdit): string {
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}
