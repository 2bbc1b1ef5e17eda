/** A pattern that a text can be held against. */
export interface Expression {
  test(text: string): boolean;
}

/** Compiles the pattern of a schema; undefined where it is none, and then judges nothing. */
export type CompileExpression = (pattern: string) => Expression | undefined;

const shipped = new Map<string, RegExp>();

/** For the patterns that ship with gitops-lint. */
export const shippedExpression = (pattern: string): RegExp => {
  let expression = shipped.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(pattern, 'u');
    shipped.set(pattern, expression);
  }
  return expression;
};
