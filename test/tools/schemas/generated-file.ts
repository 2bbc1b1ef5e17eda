import type { JsonSchema } from '../../../src/schema/json-schema.ts';

/** A file of schemas/ that a generator writes. */
export interface GeneratedFile {
  /** Below schemas/. */
  readonly path: string;
  readonly text: string;
  readonly source: {
    /** One sentence: from what, and by what. */
    readonly source: string;
    /** The packages that it was made from, as in `@kubernetes/client-node@1.4.0`. */
    readonly packages: readonly string[];
    /** An SPDX identifier. */
    readonly license: string;
  };
}

/** The definition that judges a kind and, of Kubernetes' own, the first and the last minor that serve it. */
export type KindEntry = string | readonly [definition: string, first: number, last: number];

/** The text of a table of definitions; schemas/README.md describes it. */
export function definitionTable(
  kinds: Readonly<Record<string, Readonly<Record<string, KindEntry>>>>,
  definitions: Readonly<Record<string, JsonSchema>>,
): string {
  const lines = [JSON.stringify({ kinds }), ...Object.entries(definitions).map(entry => JSON.stringify(entry))];
  return `${lines.join('\n')}\n`;
}
