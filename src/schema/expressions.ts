/** A pattern that a text can be held against. */
export interface Expression {
  test(text: string): boolean;
}

/** Compiles the pattern of a schema; undefined where it is none, and then judges nothing. */
export type CompileExpression = (pattern: string) => Expression | undefined;

/** For the patterns that ship with gitops-lint. */
export const shippedExpression: CompileExpression = memoized(pattern => new RegExp(pattern, 'u'));

/**
 * For the patterns of the repository: RE2, as Go's programs read them, whose time is linear in the text
 * whatever the pattern is.
 */
export async function foreignExpressions(): Promise<CompileExpression> {
  const { RE2JS } = await import('re2js');
  return memoized(pattern => {
    if (pattern.length > longestPattern) return undefined;
    try {
      const expression = RE2JS.compile(pattern);
      return { test: text => expression.matcher(text).find() };
    } catch {
      return undefined;
    }
  });
}

/** Longer ones take long to compile. */
const longestPattern = 5000;

function memoized(compile: CompileExpression): CompileExpression {
  const expressions = new Map<string, Expression | undefined>();
  return pattern => {
    if (!expressions.has(pattern)) expressions.set(pattern, compile(pattern));
    return expressions.get(pattern);
  };
}
