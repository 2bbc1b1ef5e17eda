import type { CelBudget, CelValue } from './cel-value.ts';

/** Functions of one subject; a method's receiver is its first argument. */
export interface Library {
  readonly functions: Readonly<Record<string, CelFunction>>;
  readonly methods: Readonly<Record<string, CelFunction>>;
}

/** Nothing where it does not take these arguments. */
export type CelFunction = (args: readonly CelValue[], budget: CelBudget) => CelValue | undefined;
