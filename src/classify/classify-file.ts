import type { Classification } from '../core/classification.ts';
import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import type { ParsedText } from '../parse/parsed-text.ts';
import { classifyDocument } from './classify-document.ts';
import type { TextClassification } from './classify-text.ts';

/** A file with the classes of its documents; its own class is that of its first document that holds something. */
export function classifyFile(path: RepoPath, text: string, file: TextClassification, parsed?: ParsedText): SourceFile {
  const { documents = [], problems = [], duplicateKeys = [] } = parsed ?? {};
  const classified = documents.map(document => ({ ...document, classification: classifyDocument(document, file, path) }));
  const telling = classified.find(({ value }) => value !== null && value !== undefined) ?? classified[0];
  return { path, text, classification: ofWhole(file, telling?.classification), documents: classified, problems, duplicateKeys };
}

/** A chart's template without actions is still the chart's, whatever object it holds. */
function ofWhole(file: TextClassification, first: Classification | undefined): Classification {
  const { language: _language, certainty: _certainty, madeBy: _madeBy, ...own } = file;
  return first === undefined || file.class === 'helm-template' ? own : first;
}
