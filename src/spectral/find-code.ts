/**
 * What in a JSONPath expression of a ruleset could run as code, or undefined where nothing can.
 * Spectral compiles filters to JavaScript, where `@.constructor.constructor('…')()` would be any program at all;
 * so a filter may hold what selecting needs and nothing else: comparisons, fields, patterns, and methods that look into text.
 */
export function findCode(expression: string): string | undefined {
  let index = 0;
  while (index < expression.length) {
    if (quotes.has(expression.charAt(index))) {
      const end = endOfQuotedName(expression, index);
      if (end === undefined) return expression.slice(index);
      index = end;
      continue;
    }
    if (expression.charAt(index) === '(') {
      const end = /[?[]/.test(expression.charAt(index - 1)) ? endOfFilter(expression, index) : endOfShorthand(expression, index);
      if (typeof end === 'string') return end;
      index = end;
      continue;
    }
    index++;
  }
  return undefined;
}

const quotes: ReadonlySet<string> = new Set(["'", '"']);

/** A quoted name stands in brackets, `['a','b']`, and has no escapes: those are read in more than one way. */
function endOfQuotedName(expression: string, start: number): number | undefined {
  const before = expression.slice(0, start).trimEnd().at(-1);
  const end = expression.indexOf(expression.charAt(start), start + 1);
  const isName = (before === '[' || before === ',') && end > start && !expression.slice(start, end).includes('\\');
  return isName ? end + 1 : undefined;
}

/** `@string()` and the like, outside a filter. */
function endOfShorthand(expression: string, start: number): number | string {
  const isShorthand = /@[a-z]+$/i.test(expression.slice(0, start)) && expression.charAt(start + 1) === ')';
  return isShorthand ? start + 2 : expression.slice(start);
}

const token =
  /(?<space>\s+)|(?<string>'[^'\\\n]*'|"[^"\\\n]*")|(?<number>\d+(?:\.\d+)?)|(?<word>@?@?[A-Za-z_$][\w$]*|@)|(?<operator>&&|\|\||[=!]==?|[<>]=?|[!+*%,?:-])|(?<mark>[()[\].])/uy;
const pattern = /\/(?:[^/\\\n[]|\\[^\n]|\[(?:[^\]\\\n]|\\[^\n])*\])+\/[a-z]*/uy;

const words: ReadonlySet<string> = new Set(['true', 'false', 'null', 'undefined', 'index', 'in']);
const methods: ReadonlySet<string> = new Set([
  'match',
  'test',
  'includes',
  'startsWith',
  'endsWith',
  'indexOf',
  'toLowerCase',
  'toUpperCase',
  'trim',
]);
const forbiddenFields: ReadonlySet<string> = new Set(['constructor', 'prototype', '__proto__', 'call', 'apply', 'bind']);

/** The end of the filter that begins with a parenthesis at `start`, or the piece of it that could be code. */
function endOfFilter(expression: string, start: number): number | string {
  const closing: string[] = [];
  let index = start;
  /** What the last token was: a name after `.`, something else that has a value, or neither. */
  let previous = '';
  let previousText = '';
  while (index < expression.length) {
    const isAfterValue = previous === 'value' || previous === 'field';
    const matcher = expression.charAt(index) === '/' && !isAfterValue ? pattern : token;
    matcher.lastIndex = index;
    const match = matcher.exec(expression);
    if (!match) return expression.slice(index);
    const [text] = match;
    const { space, word, mark, operator } = match.groups ?? {};
    const rest = expression.slice(index);
    index += text.length;
    if (space !== undefined) continue;
    if (mark === '(') {
      const isCall = previous === 'field' ? methods.has(previousText) : previousText.startsWith('@');
      if (isAfterValue && !isCall) return previousText + rest;
      closing.push(')');
    } else if (mark === '[') {
      if (isAfterValue && !isLiteralMember(rest)) return previousText + rest;
      closing.push(']');
    } else if (mark === ')' || mark === ']') {
      if (closing.pop() !== mark) return rest;
      if (closing.length === 0) return index;
    } else if (word !== undefined) {
      const isField = previousText === '.';
      if (isField ? forbiddenFields.has(word) : !word.startsWith('@') && !words.has(word)) return rest;
    }
    if (mark === '.' || mark === '(' || mark === '[' || operator !== undefined) previous = '';
    else previous = word !== undefined && previousText === '.' ? 'field' : 'value';
    previousText = text;
  }
  return expression.slice(start);
}

/** `[0]` or `['a name']`: what a field is called must be there to read. */
function isLiteralMember(rest: string): boolean {
  const name = /^\[\s*(?:\d+|'(?<single>[^'\\\n]*)'|"(?<double>[^"\\\n]*)")\s*\]/.exec(rest);
  return name !== null && !forbiddenFields.has(name.groups?.single ?? name.groups?.double ?? '');
}
