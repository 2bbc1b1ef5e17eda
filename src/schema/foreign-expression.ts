import { RE2JS } from 're2js';
import type { CompileExpression } from './expressions.ts';

/**
 * For the patterns of the repository: RE2, as Go's programs read them, whose time is linear in the text
 * whatever the pattern is. https://github.com/google/re2/wiki/Syntax
 */
export const foreignExpression: CompileExpression = pattern => {
  const test = expressionTest(pattern);
  return typeof test === 'string' ? undefined : { test };
};

/** Whether the expression is found in a text; a text says why it is no expression. */
export function expressionTest(pattern: string): ((text: string) => boolean) | string {
  const expression = compiledExpression(pattern);
  return expression instanceof RE2JS ? text => expression.matcher(text).find() : expression;
}

const compiled = new Map<string, RE2JS | string>();

/** The expression for whoever wants its matches, compiled once; a text says why it is none. */
export function compiledExpression(pattern: string): RE2JS | string {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = compile(pattern);
    // Who makes up thousands of patterns is not to fill the memory.
    if (compiled.size > mostExpressions) compiled.clear();
    compiled.set(pattern, expression);
  }
  return expression;
}

const mostExpressions = 1000;

function compile(pattern: string): RE2JS | string {
  if (pattern.length > longestPattern) return 'it is too long';
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return error instanceof Error ? error.message : 'it cannot be read';
  }
}

const longestPattern = 4000;
