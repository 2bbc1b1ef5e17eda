import { matchesWithWildcards } from '../../classify/wildcards.ts';
import { type Expression, type Piece, parseExpressions, type SubstitutionError } from './parse-expressions.ts';

/** What a Flux Kustomization fills in. */
export interface Variables {
  readonly values: ReadonlyMap<string, string>;
  /** Every source of values is known: a variable that is absent has no value. */
  readonly areComplete: boolean;
}

interface Substitution extends Variables {
  /** A variable without a value is an error, not the empty text: the default since Flux 2.9. */
  readonly isStrict: boolean;
}

export type Substituted =
  | { readonly text: string }
  /** Variables that have no value and need one. */
  | { readonly unset: readonly Expression[] }
  | SubstitutionError
  | { readonly unknown: string };

/**
 * A text with its variables filled in, as kustomize-controller does it for each object
 * (https://github.com/fluxcd/pkg/blob/main/envsubst/template.go).
 */
export function substitute(text: string, substitution: Substitution): Substituted {
  if (!text.includes('$')) return { text };
  const pieces = parseExpressions(text);
  if ('problem' in pieces) return pieces;
  const unset: Expression[] = [];
  const evaluation: Evaluation = { ...substitution, unset };
  const filled = evaluate(pieces, evaluation);
  if (evaluation.unknown !== undefined) return { unknown: evaluation.unknown };
  return unset.length > 0 ? { unset } : { text: filled };
}

/** The same with what is not known, or not understood, left as it is written. */
export function substituteKnown(text: string, variables: Variables): string {
  if (!text.includes('$')) return text;
  const pieces = parseExpressions(text);
  if ('problem' in pieces) return text;
  let filled = '';
  for (const piece of pieces) filled += typeof piece === 'string' ? piece : (knownValue(piece, variables) ?? text.slice(piece.start, piece.end));
  return filled;
}

function knownValue(expression: Expression, variables: Variables): string | undefined {
  const evaluation: Evaluation = { ...variables, isStrict: true, unset: [] };
  const value = evaluateOne(expression, evaluation);
  return evaluation.unknown === undefined && evaluation.unset.length === 0 ? value : undefined;
}

interface Evaluation extends Substitution {
  readonly unset: Expression[];
  /** Why the result is not known. */
  unknown?: string;
}

function evaluate(pieces: readonly Piece[], evaluation: Evaluation): string {
  let filled = '';
  for (const piece of pieces) filled += typeof piece === 'string' ? piece : evaluateOne(piece, evaluation);
  return filled;
}

function evaluateOne(expression: Expression, evaluation: Evaluation): string {
  const { name, operator = '', operands } = expression;
  // What stands in a default must have a value, even where the default is not needed.
  const texts = operands.map(operand => evaluate(operand, evaluation));
  const value = evaluation.values.get(name);
  if (value === undefined) {
    if (!evaluation.areComplete) evaluation.unknown ??= `the value of "${name}"`;
    else if (evaluation.isStrict && !isDefault(operator)) evaluation.unset.push(expression);
  }
  const [first = '', second = ''] = texts;
  if (isDefault(operator)) return value || texts.join('');
  // The controller goes by bytes here, and knows more patterns.
  if (isTrim(operator) && /[^\p{ASCII}]|[[\\]/u.test(`${first}${value ?? ''}`)) evaluation.unknown ??= `what the pattern "${first}" leaves`;
  return apply(operator, value ?? '', first, second, texts.length);
}

/** With `:+` and `:?` too the value stands where there is one, unlike in a shell. */
function isDefault(operator: string): boolean {
  return /^(?:=|:[=\-?+])$/.test(operator);
}

function isTrim(operator: string): boolean {
  return /^(?:##?|%%?)$/.test(operator);
}

function apply(operator: string, value: string, first: string, second: string, count: number): string {
  switch (operator) {
    case 'length':
      return String(Buffer.byteLength(value));
    case '^^':
      return [...value].map(upperCase).join('');
    case ',,':
      return value.toLowerCase();
    case '^':
      return mapFirst(value, upperCase);
    case ',':
      return mapFirst(value, letter => letter.toLowerCase());
    case ':':
      return ofBytes(value, bytes => substring(bytes, first, count > 1 ? second : undefined));
    case '/':
      return value.replace(first, () => second);
    case '//':
      return value.replaceAll(first, () => second);
    case '/#':
      return count > 1 && value.startsWith(first) ? second + value.slice(first.length) : value;
    case '/%':
      return count > 1 && value.endsWith(first) ? value.slice(0, value.length - first.length) + second : value;
    case '#':
    case '##':
      return value.slice(lengthOfMatch(value, first, operator === '##'));
    case '%':
    case '%%': {
      const length = lengthOfMatch(reverse(value), reverse(first), operator === '%%');
      return value.slice(0, value.length - length);
    }
    default:
      return value;
  }
}

function mapFirst(text: string, map: (letter: string) => string): string {
  const [letter = ''] = text;
  return map(letter) + text.slice(letter.length);
}

/** Of letters that become two, such as "ß", Go keeps the one. */
function upperCase(letter: string): string {
  const upper = letter.toUpperCase();
  return upper.length === letter.length ? upper : letter;
}

/** Go counts and cuts bytes. */
function ofBytes(text: string, map: (bytes: string) => string): string {
  return Buffer.from(map(Buffer.from(text).toString('latin1')), 'latin1').toString();
}

/** Where the numbers are none the text stays whole, as in a shell. */
function substring(text: string, offset: string, length: string | undefined): string {
  const start = integerOf(offset);
  const count = length === undefined ? text.length : integerOf(length);
  if (start === undefined || (length !== undefined && count === undefined)) return text;
  const from = start < 0 ? Math.max(0, text.length + start) : start;
  const to = (count ?? 0) < 0 ? text.length + (count ?? 0) : from + (count ?? 0);
  return to < from ? '' : text.slice(from, to);
}

function integerOf(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The length of the shortest or longest beginning that a pattern matches; 0 where none does. */
function lengthOfMatch(text: string, pattern: string, isLongest: boolean): number {
  const tokens = pattern.split('');
  for (let step = 1; step <= text.length; step++) {
    const length = isLongest ? text.length + 1 - step : step;
    if (matchesWithWildcards<string>(tokens, text.slice(0, length), '*', (token, letter) => token === '?' || token === letter)) return length;
  }
  return 0;
}

function reverse(text: string): string {
  return [...text].reverse().join('');
}
