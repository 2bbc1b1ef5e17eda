import type { Document } from './document.ts';
import type { FieldPath } from './place.ts';
import type { Resource } from './repo.ts';

/** What a schema says against a value: one problem for each mistake. */
export interface SchemaProblem {
  readonly field: FieldPath;
  readonly part: 'key' | 'value';
  readonly kind: ProblemKind;
  /** As a finding says it; no value of the document but those that a schema lists as alternatives. */
  readonly message: string;
  /** What was probably meant, in the place of an unknown field or word. */
  readonly suggestion?: string;
  /** The field that is not there, of a missing field. */
  readonly missing?: string;
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
  /** Not one of the words that the schema lists. */
  | 'word'
  | 'duplicate-item'
  /** Fields that do not go together: rules of CRDs, and those of the API server that no schema says. */
  | 'combination';

/** A set of minors of Kubernetes 1: bit n - `firstMinor` stands for 1.n. */
export type MinorSet = number;

/** The schemas that are there for the objects and files of a run. */
export interface Schemas {
  /** What judges an object, as far as it is known. */
  readonly ofResource: (resource: Resource) => ObjectSchema;
  /** What is wrong with the document of a tool, by the name of its format. */
  readonly problemsOf: (name: string, value: unknown) => readonly SchemaProblem[];
  /** The schema that a JSON document of the repository is, such as a chart's values.schema.json. */
  readonly ofUserSchema: (document: Document) => UserSchema;
}

/** Who says what an object may hold: Kubernetes itself, a schema that ships with gitops-lint, a CRD of the repository, a folder that the config names. */
export type SchemaSource = 'kubernetes' | 'shipped' | 'repository' | 'folder';
/** A JSON Schema that the repository brings. */
export type UserSchema =
  | {
      /** What is wrong with a value; where that takes too long, why nothing is said. */
      readonly problemsOf: (value: unknown) => readonly SchemaProblem[] | { readonly skipped: string };
      /** Why some of the schema is not applied. */
      readonly skipped: readonly string[];
    }
  | { readonly invalid: string; readonly field: FieldPath }
  | { readonly unknown: string };

export interface ObjectSchema {
  /** Absent where no schema of the kind is known: then only what all objects have in common is judged. */
  readonly source: SchemaSource | undefined;
  /** The minors of Kubernetes that serve the kind; all of them where that is not Kubernetes' matter. */
  readonly minors: MinorSet;
  /** Every mistake in one or more of the minors, the `apiVersion` and `kind` included. */
  readonly problemsOf: (minors: MinorSet) => readonly SchemaProblem[];
  /** Why some of the schema was not applied, such as a rule in CEL that cannot be evaluated. */
  readonly skipped: (minors: MinorSet) => readonly string[];
}
