import type { Document, SourceFile } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import { at, type FieldPath } from '../../core/place.ts';
import { findCollections } from '../../parse/hcl/read-expression.ts';
import { rangeOf } from '../../parse/locate.ts';
import { parseHcl } from '../../parse/parse-hcl.ts';
import { collectFields, mentionsCredential } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** Functions that hand on a text that they are given: `sensitive("x")` is as plain as `"x"`. */
const call = /^\$\{(?:(?:json|yaml)encode|merge|concat|sensitive|tomap|tolist|base64encode|coalesce)\((.*)\)\}$/s;

/** Nobody nests more of them. */
const deepest = 5;

/** The literals in expressions: what is in `jsonencode({ password = "x" })` and in `var.web ? { password = "x" } : {}` is plain text. */
export function* literalsInExpressions(file: SourceFile, document: Document, holder: string, depth = 0): Iterable<SecretCandidate> {
  if (depth > deepest) return;
  for (const { expression, field } of expressionsBelow(document.value, [])) {
    const names = field.filter(part => typeof part === 'string');
    const [start] = rangeOf(file, at(document, ...field));
    // As Terraform 0.11 wrote expressions.
    const quotes = file.text.startsWith('"${', start) ? 3 : 0;
    for (const { offset, written } of literalsOf(expression)) {
      const opening = `${JSON.stringify(names.at(-1) ?? '')} = `;
      const text = `${opening}${written}`;
      const [parsed] = parseHcl(file.path, text).documents;
      if (!parsed) continue;
      const literal = { ...parsed, classification: document.classification };
      const inner: SourceFile = { ...file, text, documents: [literal] };
      const shift = start + quotes + offset - opening.length;
      for (const found of [
        ...collectFields({ document: literal, holder }, literal.value),
        ...literalsInExpressions(inner, literal, holder, depth + 1),
      ]) {
        const [from, end] = rangeOf(inner, found.at);
        const place = { path: file.path, start: from + shift, end: end + shift };
        if (!isExpression(found.value)) yield { ...found, path: [...names, ...found.path.slice(1)], at: place };
      }
    }
  }
}

interface Literal {
  /** Of what is written, in the expression. */
  readonly offset: number;
  readonly written: string;
}

/** The arguments of a function that hands them on, as a tuple; of other expressions the objects and tuples. */
function literalsOf(expression: string): readonly Literal[] {
  const [, given] = call.exec(expression) ?? [];
  const inner = expression.slice(2, -1);
  if (given !== undefined) return [{ offset: inner.indexOf('('), written: `[${given}]` }];
  return findCollections(inner).map(({ start, end }) => ({ offset: start, written: inner.slice(start, end) }));
}

/** In the shape of Terraform's JSON, which the parser gives. */
export function isExpression(value: string): boolean {
  return value.startsWith('${') && value.endsWith('}');
}

interface FoundExpression {
  readonly expression: string;
  readonly field: FieldPath;
}

function* expressionsBelow(value: unknown, field: FieldPath): Iterable<FoundExpression> {
  if (typeof value === 'string') {
    if (isExpression(value) && mentionsCredential(value)) yield { expression: value, field };
  } else if (isFields(value)) {
    for (const key in value) if (key !== 'mock_outputs') yield* expressionsBelow(value[key], [...field, key]);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* expressionsBelow(item, [...field, index]);
  }
}
