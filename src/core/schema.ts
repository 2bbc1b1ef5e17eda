import type { FieldPath } from './place.ts';
import type { Resource } from './repo.ts';

/** What a schema says against a value: one problem for each mistake. */
export interface SchemaProblem {
  readonly field: FieldPath;
  readonly part: 'key' | 'value';
  readonly kind: ProblemKind;
  /** As a finding says it; no value of the document but those that a schema lists as alternatives. */
  readonly message: string;
  /** The Kubernetes minors in which it is a mistake, of those that were asked for. */
  readonly minors: MinorSet;
}

export type ProblemKind =
  | 'unknown-field'
  | 'missing-field'
  | 'type'
  /** A number or a boolean that is not quoted, where the schema wants a string. */
  | 'implicit-type'
  | 'value'
  | 'duplicate-item'
  /** Fields that do not go together: rules of CRDs, and those of the API server that no schema says. */
  | 'combination';

/** A set of minors of Kubernetes 1: bit n - `firstMinor` stands for 1.n. */
export type MinorSet = number;

/** The schemas that are there for the objects and files of a run. */
export interface Schemas {
  /** What judges an object; absent where no schema of its kind is known. */
  readonly ofResource: (resource: Resource) => ObjectSchema | undefined;
  /** What is wrong with the document of a tool, by the name of its format. */
  readonly problemsOf: (name: string, value: unknown) => readonly SchemaProblem[];
}

export interface ObjectSchema {
  /** Who says so: Kubernetes itself, a schema that ships with gitops-lint, a CRD of the repository, a folder that the config names. */
  readonly source: 'kubernetes' | 'shipped' | 'repository' | 'folder';
  /** The minors of Kubernetes that serve the kind; all of them where that is not Kubernetes' matter. */
  readonly minors: MinorSet;
  /** Every mistake in one or more of the minors. */
  readonly problemsOf: (minors: MinorSet) => readonly SchemaProblem[];
  /** Why some of the schema was not applied, such as a rule in CEL that cannot be evaluated. */
  readonly skipped: readonly string[];
}
