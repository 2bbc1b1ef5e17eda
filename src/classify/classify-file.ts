import type { Classification } from '../core/classification.ts';
import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import type { ParsedText } from '../parse/parsed-text.ts';
import { classifyDocument } from './classify-document.ts';
import type { TextClassification } from './classify-text.ts';

/** A parsed file with the classes of its documents; its own class is that of its first document that holds something. */
export function classifyFile(path: RepoPath, text: string, file: TextClassification, parsed?: ParsedText): SourceFile {
  const { documents = [], problems = [], duplicateKeys = [] } = parsed ?? {};
  const classified = documents.map(document => {
    const classification = classifyDocument(document, file, path);
    return { ...document, classification: classification.class === 'other' ? bySchema(classification, text) : classification };
  });
  const telling = classified.find(({ value }) => value !== null && value !== undefined) ?? classified[0];
  return {
    path,
    text,
    classification: ofWhole(file, telling?.classification, parsed),
    documents: classified,
    problems,
    duplicateKeys,
  };
}

/** A chart's template without actions is still the chart's, whatever object it holds. */
function ofWhole(file: TextClassification, first: Classification | undefined, parsed: ParsedText | undefined): Classification {
  if (first && file.class !== 'helm-template') return first;
  const { language: _language, certainty: _certainty, madeBy: _madeBy, ...own } = file;
  if (!parsed || own.class !== 'other') return own;
  return parsed.problems.length > 0 ? { ...own, reason: 'does not parse' } : { ...own, class: 'text', reason: 'holds no data' };
}

/** Editors are told the schema of a file in a comment at its top. */
function bySchema(classification: Classification, text: string): Classification {
  const [, schema] = /yaml-language-server: *\$schema=(\S+)/.exec(text.slice(0, 400)) ?? [];
  if (schema === undefined) return classification;
  return { ...classification, class: schema.includes('helmfile') ? 'helmfile' : 'tool-config', reason: `names its schema: ${schema}` };
}
