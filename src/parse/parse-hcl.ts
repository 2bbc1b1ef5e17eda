import type { RepoPath } from '../core/place.ts';
import { createReader } from './hcl/hcl-reader.ts';
import { readBody } from './hcl/read-body.ts';
import { writeTape } from './hcl/write-tape.ts';
import type { ParsedText } from './parsed-text.ts';

/**
 * Reads a text in the native syntax of HCL as one document, in the shape of Terraform's JSON syntax: a block is a field of its type, with
 * one level for each label, and a list where it is written more than once; strings are templates, and every other expression that is no
 * literal is the template that holds it, as in `"${var.name}"`. Never throws: what is no HCL is a problem, and reading goes on in the next line.
 *
 * Follows hashicorp/hcl, hclsyntax/spec.md and json/spec.md.
 */
export function parseHcl(path: RepoPath, text: string): ParsedText {
  const reader = createReader(text);
  const entries = readBody(reader);
  return { documents: [{ path, index: 0, ...writeTape(text, entries), isReadAlike: true }], problems: reader.problems, duplicateKeys: [] };
}
