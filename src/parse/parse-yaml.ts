import type { RepoPath } from '../core/place.ts';
import { findDuplicateKeys } from './duplicate-keys.ts';
import type { ParsedText } from './parsed-text.ts';
import { readDocuments } from './yaml/documents.ts';
import { Refusal } from './yaml/scanner.ts';
import { parseWithYaml } from './yaml-fallback.ts';

/**
 * Reads a YAML text (1.2, core schema, merge keys) as plain values with the positions of their nodes.
 * Never throws: what is not YAML is a problem, with the documents before it.
 */
export function parseYaml(path: RepoPath, text: string): ParsedText {
  try {
    return readDocuments(path, text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const problem = { message: error.message, start: error.position, end: Math.min(error.position + 1, text.length) };
    const { documents, problems } = error.isFinal ? { documents: [], problems: [problem] } : parseWithYaml(path, text, problem);
    const read = problems.length > 0 ? readAsGoDoes(path, text) : undefined;
    if (read) return read;
    // The package reports an open quote where the text ends: we know where it begins.
    const placed = problems.map(found => (found.message === problem.message && problem.start < found.start ? problem : found));
    return { documents, problems: placed, duplicateKeys: documents.flatMap(document => findDuplicateKeys(document, text)) };
  }
}

/** A quoted scalar that goes on at the column of its key is an error in YAML 1.2, and none for libyaml and the readers of Go: it is delivered. */
function readAsGoDoes(path: RepoPath, text: string): ParsedText | undefined {
  try {
    return readDocuments(path, text, true);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return undefined;
  }
}
