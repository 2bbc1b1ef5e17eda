import type { RepoPath } from '../core/place.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ParsedText } from './parsed-text.ts';

/** Reads a JSON text as one document with the positions of its nodes. Never throws: what is not JSON is a problem. */
export function parseJson(path: RepoPath, text: string): ParsedText {
  return parseYaml(path, text);
}
