import type { FieldPath } from '../../core/place.ts';
import type { SchemaProblem } from '../../core/schema.ts';
import type { JsonSchema } from '../json-schema.ts';
import { subject } from '../problem-messages.ts';
import type { CelBudget } from './cel-value.ts';
import { type CelEvaluator, newBudget, prepareCel, reasonOf } from './prepare-cel.ts';
import { withDefaults } from './with-defaults.ts';

/** What the rules of a definition, in CEL, say of an object that fits the rest of its schema. */
export interface RulesVerdict {
  readonly problems: readonly SchemaProblem[];
  /** Why rules could not be evaluated. */
  readonly skipped: readonly string[];
}

/**
 * Evaluates the rules of every part of a schema against the values that stand there; `root` is where the object stands
 * in its document.
 */
export type JudgeByRules = (schema: JsonSchema, value: unknown, root: FieldPath) => RulesVerdict;

export async function prepareRules(): Promise<JudgeByRules> {
  const evaluator = await prepareCel();
  return (schema, value, root) => {
    const verdict = { problems: [] as SchemaProblem[], skipped: [] as string[] };
    const budget = newBudget();
    let complete: unknown;
    try {
      complete = withDefaults(value, schema, budget);
    } catch (error) {
      return { problems: [], skipped: [`the rules cannot be evaluated here: ${reasonOf(error)}`] };
    }
    walk(schema, complete, [], { evaluator, root, budget, verdict });
    return verdict;
  };
}

interface Evaluation {
  readonly evaluator: CelEvaluator;
  readonly root: FieldPath;
  readonly budget: CelBudget;
  readonly verdict: { readonly problems: SchemaProblem[]; readonly skipped: string[] };
}

function walk(schema: JsonSchema, value: unknown, field: FieldPath, evaluation: Evaluation): void {
  if (value === null || value === undefined) return;
  const { evaluator, root, budget, verdict } = evaluation;
  const rules = schema['x-kubernetes-validations'];
  if (rules !== undefined) {
    const { problems, skipped } = evaluator.evaluate(rules, value, schema, field, budget);
    for (const problem of problems)
      verdict.problems.push({
        ...problem,
        field: [...root, ...problem.field],
        message: `${nameOf(field)} breaks a rule of its definition: ${problem.message}`,
      });
    verdict.skipped.push(...skipped);
  }
  if (Array.isArray(value)) {
    if (schema.items !== undefined) for (const [index, item] of value.entries()) walk(schema.items, item, [...field, index], evaluation);
  } else if (typeof value === 'object') {
    for (const [key, child] of Object.entries(value)) {
      const below = childOf(schema, key);
      if (below !== undefined) walk(below, child, [...field, key], evaluation);
    }
  }
}

function nameOf(field: FieldPath): string {
  return field.length === 0 ? 'the object' : subject(field);
}

function childOf({ properties, additionalProperties }: JsonSchema, key: string): JsonSchema | undefined {
  if (properties !== undefined && Object.hasOwn(properties, key)) return properties[key];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}
