import type { RepoPath } from '../core/place.ts';
import { findDuplicateKeys } from './duplicate-keys.ts';
import type { ParsedText } from './parsed-text.ts';
import { readDocuments } from './yaml/documents.ts';
import { Refusal, TooDeep } from './yaml/scanner.ts';
import { parseWithYaml } from './yaml-fallback.ts';

/**
 * Reads a YAML text (1.2, core schema, merge keys) as plain values with the positions of their nodes.
 * Never throws: what is not YAML is a problem, with the documents before it.
 */
export function parseYaml(path: RepoPath, text: string): ParsedText {
  const { documents, problems } = parseFast(path, text) ?? parseWithYaml(path, text);
  return { documents, problems, duplicateKeys: documents.flatMap(document => findDuplicateKeys(document, text)) };
}

export function parseFast(path: RepoPath, text: string): Omit<ParsedText, 'duplicateKeys'> | undefined {
  try {
    const { documents } = readDocuments(path, text);
    return { documents, problems: [] };
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    if (error instanceof TooDeep) return { documents: [], problems: [{ message: error.message, start: error.position, end: error.position + 1 }] };
    throw error;
  }
}
