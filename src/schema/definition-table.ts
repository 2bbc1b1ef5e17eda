import type { JsonSchema } from './json-schema.ts';

/** A table of definitions, as schemas/README.md describes it; a definition is parsed when it is first asked for. */
export interface DefinitionTable {
  /** By apiVersion, then by kind. */
  readonly kinds: Readonly<Record<string, Readonly<Record<string, KindEntry>>>>;
  readonly definition: (name: string) => JsonSchema | undefined;
}

/** The definition that judges a kind and, of Kubernetes' own, the first and the last minor that serve it. */
export type KindEntry = string | readonly [definition: string, first: number, last: number];

/** Reads a table that ships with gitops-lint. */
export function readTable(text: string): DefinitionTable {
  const endOfKinds = text.indexOf('\n');
  // What ships has this form: a test reads all of it.
  const { kinds } = JSON.parse(text.slice(0, endOfKinds)) as Pick<DefinitionTable, 'kinds'>;
  const lines = findLines(text, endOfKinds + 1);
  const definitions = new Map<string, JsonSchema>();
  return {
    kinds,
    definition(name) {
      const known = definitions.get(name);
      const start = lines.get(name);
      if (known !== undefined || start === undefined) return known;
      const [, schema] = JSON.parse(text.slice(start, text.indexOf('\n', start))) as [string, JsonSchema];
      definitions.set(name, schema);
      return schema;
    },
  };
}

/** Where the line of each definition begins: `["NAME",{…}]`. */
function findLines(text: string, from: number): Map<string, number> {
  const lines = new Map<string, number>();
  for (let start = from; start < text.length; start = text.indexOf('\n', start) + 1) {
    lines.set(text.slice(start + 2, text.indexOf('"', start + 2)), start);
  }
  return lines;
}
