import ts from 'typescript';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';

/** What a compiled validator of Ajv says beyond a declaration: the tree of one schema, without those it refers to. */
export interface Constraints {
  readonly keywords: JsonSchema;
  readonly properties: ReadonlyMap<string, Constraints>;
  readonly items?: Constraints;
  readonly values?: Constraints;
}

/**
 * Reads the constraints out of a validator without running it. Ajv writes a function for each subschema; it calls the
 * functions of its fields with the name of the field, and each check makes a literal of an error with keyword and limit.
 * Alternatives (anyOf, oneOf, not) are called with the same value as their parent: they are left out.
 */
export function readConstraints(text: string): Constraints {
  const source = ts.createSourceFile('validator.js', text, ts.ScriptTarget.Latest);
  const [, exported] = /export const validate ?= ?(validate\d+)/.exec(text) ?? [];
  const functions = new Map<string, ts.FunctionDeclaration>();
  for (const statement of source.statements) {
    if (ts.isFunctionDeclaration(statement) && statement.name !== undefined) functions.set(statement.name.text, statement);
  }
  const start = functions.get(exported ?? '');
  return start === undefined ? { keywords: {}, properties: new Map() } : readFunction(start, functions);
}

function readFunction(declaration: ts.FunctionDeclaration, functions: ReadonlyMap<string, ts.FunctionDeclaration>): Constraints {
  const keywords: Record<string, unknown> = {};
  const properties = new Map<string, Constraints>();
  let items: Constraints | undefined;
  let values: Constraints | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) readError(node, keywords);
    if (ts.isCallExpression(node)) {
      const called = ts.isIdentifier(node.expression) ? functions.get(node.expression.text) : undefined;
      const field = fieldOf(node);
      if (called !== undefined && field !== undefined) {
        const constraints = readFunction(called, functions);
        if (typeof field === 'string') properties.set(field, constraints);
        else if (field.item) items = constraints;
        else values = constraints;
      }
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(declaration, visit);
  return { keywords: keywords as JsonSchema, properties, ...(items && { items }), ...(values && { values }) };
}

/** `parentDataProperty` of a call: a name of a field, or the variable of a loop over items or keys. */
function fieldOf(call: ts.CallExpression): string | { readonly item: boolean } | undefined {
  const [, details] = call.arguments;
  if (details === undefined || !ts.isObjectLiteralExpression(details)) return undefined;
  const value = initializerOf(details, 'parentDataProperty');
  if (value === undefined) return undefined;
  if (ts.isStringLiteralLike(value)) return value.text;
  return ts.isIdentifier(value) ? { item: value.text.startsWith('i') } : undefined;
}

const parameterOf: Readonly<Record<string, string>> = {
  type: 'type',
  format: 'format',
  pattern: 'pattern',
  minLength: 'limit',
  maxLength: 'limit',
  minItems: 'limit',
  maxItems: 'limit',
  minProperties: 'limit',
  maxProperties: 'limit',
  minimum: 'limit',
  maximum: 'limit',
};

/** `{ schemaPath: '#/maxLength', keyword: 'maxLength', params: { limit: 53 } }` */
function readError(literal: ts.ObjectLiteralExpression, keywords: Record<string, unknown>): void {
  const keyword = initializerOf(literal, 'keyword');
  const parameters = initializerOf(literal, 'params');
  if (keyword === undefined || !ts.isStringLiteralLike(keyword) || parameters === undefined || !ts.isObjectLiteralExpression(parameters)) return;
  const parameter = parameterOf[keyword.text];
  if (parameter === undefined) return;
  const value = constantOf(initializerOf(parameters, parameter));
  if (value !== undefined) keywords[keyword.text] = value;
}

function initializerOf(literal: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of literal.properties) {
    if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.name) && property.name.text === name) return property.initializer;
  }
  return undefined;
}

function constantOf(expression: ts.Expression | undefined): string | number | undefined {
  if (expression === undefined) return undefined;
  if (ts.isStringLiteralLike(expression)) return expression.text;
  if (ts.isNumericLiteral(expression)) return Number(expression.text);
  if (ts.isPrefixUnaryExpression(expression) && expression.operator === ts.SyntaxKind.MinusToken) {
    const value = constantOf(expression.operand);
    return typeof value === 'number' ? -value : undefined;
  }
  return undefined;
}
