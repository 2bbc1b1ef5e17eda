import type { RepoPath } from '../core/place.ts';
import { findDuplicateKeys } from './duplicate-keys.ts';
import { readJson } from './json/read-json.ts';
import type { ParsedText } from './parsed-text.ts';
import { createScanner, keepCells, Refusal } from './yaml/scanner.ts';

/** Reads a JSON text as one document with the positions of its nodes. Never throws: what is not JSON is a problem. */
export function parseJson(path: RepoPath, text: string): ParsedText {
  const scanner = createScanner(text);
  const root = scanner.used;
  try {
    const value = readJson(scanner, isLenient(path));
    const document = { path, index: 0, value, tape: { cells: keepCells(scanner), root }, isReadAlike: true };
    return { documents: [document], problems: [], duplicateKeys: scanner.mayHaveDuplicates ? findDuplicateKeys(document, text) : [] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const start = Math.min(error.position, text.length);
    const problems = path.endsWith('.json5') ? [] : [{ message: error.message, start, end: Math.min(start + 1, text.length) }];
    return { documents: [], problems, duplicateKeys: [] };
  }
}

/** Files whose readers allow comments and commas before a closing bracket. */
const lenientNames =
  /(?:^|\/)(?:[tj]sconfig[^/]*\.json|devcontainer\.json|\.(?:vscode|devcontainer)\/[^/]*\.json|\.(?:eslintrc|swcrc)(?:\.json)?|[^/]*\.(?:jsonc|json5|code-workspace))$/;

function isLenient(path: RepoPath): boolean {
  return lenientNames.test(path);
}
