import type { Document, SourceFile } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import { at, type FieldPath } from '../../core/place.ts';
import { rangeOf } from '../../parse/locate.ts';
import { parseHcl } from '../../parse/parse-hcl.ts';
import { collectFields } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** Functions that hand on what they are given: `jsonencode({ password = "x" })` is as plain as what is in it. */
const call = /^\$\{(?:(?:json|yaml)encode|merge|concat|sensitive|tomap|tolist|base64encode|coalesce)\((.*)\)\}$/s;

/** Nobody nests more of them. */
const deepest = 5;

/** The literals in the arguments of such functions. */
export function* literalsInCalls(file: SourceFile, document: Document, holder: string, depth = 0): Iterable<SecretCandidate> {
  if (depth > deepest) return;
  for (const { written, field } of callsBelow(document.value, [])) {
    const [start] = rangeOf(file, at(document, ...field));
    const names = field.filter(part => typeof part === 'string');
    const key = names.at(-1) ?? '';
    const opening = `${JSON.stringify(key)} = [`;
    const text = `${opening}${written}]`;
    const documents = parseHcl(file.path, text).documents.map(parsed => ({ ...parsed, classification: document.classification }));
    const inner: SourceFile = { ...file, text, documents };
    const shift = file.text.indexOf('(', start) + 1 - opening.length;
    for (const argument of documents) {
      for (const found of [
        ...collectFields({ document: argument, holder }, argument.value),
        ...literalsInCalls(inner, argument, holder, depth + 1),
      ]) {
        const [from, end] = rangeOf(inner, found.at);
        const place = { path: file.path, start: from + shift, end: end + shift };
        if (!isExpression(found.value)) yield { ...found, path: [...names, ...found.path.slice(1)], at: place };
      }
    }
  }
}

/** In the shape of Terraform's JSON, which the parser gives. */
export function isExpression(value: string): boolean {
  return value.startsWith('${') && value.endsWith('}');
}

interface Call {
  /** The arguments. */
  readonly written: string;
  readonly field: FieldPath;
}

function* callsBelow(value: unknown, field: FieldPath): Iterable<Call> {
  if (typeof value === 'string') {
    const [, written] = isExpression(value) ? (call.exec(value) ?? []) : [];
    if (written !== undefined) yield { written, field };
  } else if (isFields(value)) {
    for (const key in value) if (key !== 'mock_outputs') yield* callsBelow(value[key], [...field, key]);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* callsBelow(item, [...field, index]);
  }
}
