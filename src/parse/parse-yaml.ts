import type { RepoPath } from '../core/place.ts';
import { findDuplicateKeys } from './duplicate-keys.ts';
import type { ParsedText } from './parsed-text.ts';
import { parseWithYaml } from './yaml-fallback.ts';

/**
 * Reads a YAML text (1.2, core schema, merge keys) as plain values with the positions of their nodes.
 * Never throws: what is not YAML is a problem, with the documents before it.
 */
export function parseYaml(path: RepoPath, text: string): ParsedText {
  const { documents, problems } = parseWithYaml(path, text);
  return { documents, problems, duplicateKeys: documents.flatMap(document => findDuplicateKeys(document, text)) };
}
