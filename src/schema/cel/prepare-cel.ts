import type { ASTNode } from '@marcbachmann/cel-js';
import { allMinors } from '../../core/kubernetes-minors.ts';
import type { FieldPath } from '../../core/place.ts';
import type { SchemaProblem } from '../../core/schema.ts';
import type { CelRule, JsonSchema } from '../json-schema.ts';
import { type CelBudget, CelError, type CelValue } from './cel-value.ts';
import { evaluate, type Scope } from './evaluate.ts';
import { fromJson } from './from-json.ts';
import { withDefaults } from './with-defaults.ts';

export interface CelEvaluator {
  /**
   * What the rules of one schema node say against the value there; `field` is the path of `self`. All nodes of an
   * object share a budget.
   */
  readonly evaluate: (rules: readonly CelRule[], self: unknown, schema: JsonSchema, field: FieldPath, budget?: CelBudget) => CelVerdict;
}

export interface CelVerdict {
  readonly problems: readonly SchemaProblem[];
  /** Why a rule could not be evaluated. */
  readonly skipped: readonly string[];
}

/** The parser is loaded where a rule is met, which is seldom. */
export async function prepareCel(): Promise<CelEvaluator> {
  const { Environment } = await import('@marcbachmann/cel-js');
  const environment = new Environment({ enableOptionalTypes: true, limits: { maxAstNodes: 10_000 } });
  const parsed = new Map<string, ASTNode | CelError>();
  const parse = (expression: string): ASTNode => {
    let node = parsed.get(expression);
    if (node === undefined) {
      node = parseExpression(expression, text => environment.parse(text).ast);
      parsed.set(expression, node);
    }
    if (node instanceof CelError) throw node;
    return node;
  };
  return {
    evaluate: (rules, self, schema, field, budget = newBudget()) => evaluateRules(rules, self, schema, field, budget, parse),
  };
}

/** What the rules of an object may cost: a tenth of a second or two. */
export function newBudget(): CelBudget {
  return { steps: 300_000 };
}

const longestExpression = 50_000;

function parseExpression(expression: string, parse: (text: string) => ASTNode): ASTNode | CelError {
  if (expression.length > longestExpression) return new CelError('it is too long');
  try {
    return parse(expression);
  } catch (error) {
    return new CelError(`it cannot be parsed: ${firstLine(error instanceof Error ? error.message : String(error))}`);
  }
}

type Parse = (expression: string) => ASTNode;

function evaluateRules(rules: readonly CelRule[], self: unknown, schema: JsonSchema, field: FieldPath, budget: CelBudget, parse: Parse): CelVerdict {
  const problems: SchemaProblem[] = [];
  const skipped: string[] = [];
  // The API server does not ask about null, and where there was no old object it leaves out what compares with one.
  const applicable =
    self === null || self === undefined ? [] : rules.filter(rule => rule.optionalOldSelf === true || !/(?<![.\w])oldSelf\b/.test(rule.rule));
  let value: CelValue | undefined;
  for (const rule of applicable) {
    try {
      value ??= fromJson(withDefaults(self, schema, budget), schema, field.length === 0, budget);
      const scope: Scope = { name: 'self', value, outer: { name: 'oldSelf', value: { kind: 'optional' } } };
      const verdict = evaluate(parse(rule.rule), scope, budget);
      if (verdict === false) problems.push(problemOf(rule, field, scope, budget, parse));
      else if (verdict !== true) throw new CelError('it is neither true nor false');
    } catch (error) {
      skipped.push(`the rule cannot be evaluated here: ${reasonOf(error)}`);
    }
  }
  return { problems, skipped };
}

/** A stack that overflows is the one other error that an expression can cause. */
export function reasonOf(error: unknown): string {
  if (error instanceof CelError) return error.message;
  if (error instanceof RangeError) return 'it nests too deep';
  throw error;
}

function problemOf(rule: CelRule, field: FieldPath, scope: Scope, budget: CelBudget, parse: Parse): SchemaProblem {
  return {
    field: [...field, ...parseFieldPath(rule.fieldPath ?? '')],
    part: 'value',
    kind: 'combination',
    message: messageExpressionOf(rule, scope, budget, parse) ?? messageOf(rule),
    minors: allMinors,
  };
}

/** As the API server has it: one line that is not empty, else the other message stands. A part of it might be one of a secret, so it is not cut. */
function messageExpressionOf({ messageExpression }: CelRule, scope: Scope, budget: CelBudget, parse: Parse): string | undefined {
  if (messageExpression === undefined || messageExpression === '') return undefined;
  try {
    const text = evaluate(parse(messageExpression), scope, budget);
    const trimmed = typeof text === 'string' ? text.trim() : '';
    return trimmed === '' || trimmed.includes('\n') || trimmed.length > longestMessage ? undefined : trimmed;
  } catch (error) {
    reasonOf(error);
    return undefined;
  }
}

function messageOf({ message = '', rule }: CelRule): string {
  const trimmed = message.trim().replace(/\s+/g, ' ');
  return trimmed === '' ? `failed rule: ${shorten(rule.trim().replace(/\s+/g, ' '))}` : shorten(trimmed);
}

const longestMessage = 300;

function shorten(text: string): string {
  return text.length <= longestMessage ? text : `${text.slice(0, longestMessage)}…`;
}

function firstLine(text: string): string {
  return shorten(text.split('\n')[0] ?? '');
}

/** `.spec.ports['http.main']` as the parts of a path; list items cannot be named. */
function parseFieldPath(fieldPath: string): FieldPath {
  const parts: string[] = [];
  for (const [, name, quoted] of fieldPath.matchAll(/\.([A-Za-z0-9_-]+)|\['((?:[^'\\]|\\.)*)'\]/g)) {
    parts.push(name ?? (quoted ?? '').replace(/\\(.)/g, '$1'));
  }
  return parts;
}
