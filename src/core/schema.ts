import type { FieldPath } from './place.ts';

/** What a schema says against a value: one problem for each mistake. */
export interface SchemaProblem {
  readonly field: FieldPath;
  readonly part: 'key' | 'value';
  readonly kind: 'unknown-field' | 'missing-field' | 'type' | 'value';
  /** As a finding says it; no value of the document but those that a schema lists as alternatives. */
  readonly message: string;
}

/** The schemas that are there for the files of a run. */
export interface Schemas {
  problemsOf(name: SchemaName, value: unknown): readonly SchemaProblem[];
}

export type SchemaName = 'kustomization';
