import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { groupBy } from '../../../src/report/group-by.ts';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { CustomKind } from './custom-resources.ts';
import type { FindDeclaration } from './custom-resources-declarations.ts';
import { definitionTable } from './generated-file.ts';

type Definitions = Map<string, JsonSchema>;

/** The table of the kinds of a group: equal definitions stand once, small ones where they are used. */
export function resourceTable(kinds: readonly CustomKind[], find: FindDeclaration): string {
  const definitions = reachable(kinds, find);
  const same = equalDefinitions(definitions);
  const merged: Definitions = new Map();
  for (const [file, schema] of definitions)
    if (same(file) === file)
      merged.set(
        file,
        mapReferences(schema, reference => ({ $ref: same(reference) })),
      );
  const roots = new Set(kinds.map(({ file }) => same(file)));
  const inlined = inlineSmall(merged, roots);
  const nameOf = chooseNames([...inlined.keys()].sort(), find);
  const named = [...inlined].map(([file, schema]) => [nameOf(file), mapReferences(schema, reference => ({ $ref: nameOf(reference) }))] as const);
  const table: Record<string, Record<string, string>> = {};
  for (const { apiVersion, kind, file } of kinds.toSorted(byVersionAndKind)) table[apiVersion] = { ...table[apiVersion], [kind]: nameOf(same(file)) };
  return definitionTable(table, Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1))));
}

function byVersionAndKind(a: CustomKind, b: CustomKind): number {
  return `${a.apiVersion}/${a.kind}` < `${b.apiVersion}/${b.kind}` ? -1 : 1;
}

/** The definitions that kinds need, by file. */
function reachable(kinds: readonly CustomKind[], find: FindDeclaration): Definitions {
  const found: Definitions = new Map(kinds.map(({ file }) => [file, rootSchema(find(file).schema)]));
  for (const schema of found.values()) {
    mapReferences(schema, file => {
      if (!found.has(file)) found.set(file, find(file).schema);
      return {};
    });
  }
  return found;
}

/** Without what is not judged here: metadata and status. Kind and version are what a schema is chosen by. */
function rootSchema(schema: JsonSchema): JsonSchema {
  const { metadata: _, status: __, ...fields } = schema.properties ?? {};
  const required = (schema.required ?? []).filter(name => !['apiVersion', 'kind', 'metadata', 'status'].includes(name));
  return {
    type: 'object',
    properties: { ...fields, apiVersion: { type: 'string' }, kind: { type: 'string' } },
    ...(required.length > 0 && { required }),
  };
}

function mapReferences(schema: JsonSchema, change: (reference: string) => JsonSchema): JsonSchema {
  if (schema.$ref !== undefined) return change(schema.$ref);
  const { properties, items, additionalProperties } = schema;
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, mapReferences(field, change)])) }),
    ...(items && { items: mapReferences(items, change) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: mapReferences(additionalProperties, change) }),
  };
}

/** Which definition stands for all that say the same, references included. */
function equalDefinitions(definitions: Definitions): (file: string) => string {
  let marks = new Map([...definitions.keys()].map(file => [file, '']));
  for (let count = 0; ; ) {
    const before = marks;
    marks = new Map(
      [...definitions].map(([file, schema]) => [file, hash(mapReferences(schema, reference => ({ $ref: before.get(reference) ?? '' })))]),
    );
    const distinct = new Set(marks.values()).size;
    if (distinct === count) break;
    count = distinct;
  }
  const first = new Map<string, string>();
  for (const file of [...definitions.keys()].sort()) {
    const mark = marks.get(file) ?? '';
    if (!first.has(mark)) first.set(mark, file);
  }
  return file => first.get(marks.get(file) ?? '') ?? file;
}

function hash(schema: JsonSchema): string {
  return createHash('sha256').update(JSON.stringify(schema)).digest('base64');
}

const smallText = 60;
const smallOnce = 600;

/** Puts definitions that are short, or short enough and used once, where they are used. */
function inlineSmall(definitions: Definitions, roots: ReadonlySet<string>): Definitions {
  const current = new Map(definitions);
  for (;;) {
    const uses = countUses(current);
    const small = [...current].find(([file, schema]) => !roots.has(file) && isSmall(schema, uses.get(file) ?? 0));
    if (small === undefined) return current;
    const [file, schema] = small;
    current.delete(file);
    for (const [other, otherSchema] of current) {
      current.set(
        other,
        mapReferences(otherSchema, reference => (reference === file ? schema : { $ref: reference })),
      );
    }
  }
}

function isSmall(schema: JsonSchema, uses: number): boolean {
  const { length } = JSON.stringify(mapReferences(schema, () => ({ $ref: 'AName' })));
  return length <= smallText || (uses === 1 && length <= smallOnce);
}

function countUses(definitions: Definitions): Map<string, number> {
  const uses = new Map<string, number>();
  for (const schema of definitions.values()) {
    mapReferences(schema, reference => {
      uses.set(reference, (uses.get(reference) ?? 0) + 1);
      return {};
    });
  }
  return uses;
}

/** Names of declarations, with their folder or package where two of a table have the same: v2beta1.HelmReleaseSpec, argo-cd.RetryStrategy. */
function chooseNames(files: readonly string[], find: FindDeclaration): (file: string) => string {
  const names = new Map<string, string>();
  const shortName = (file: string) => find(file).name;
  const withFolder = (file: string) => `${basename(dirname(file))}.${shortName(file)}`;
  const withPackage = (file: string) => `${/([^/+]+)@[^/@]+\/package\//.exec(file)?.[1]}.${shortName(file)}`;
  for (const candidate of [shortName, withFolder, withPackage, (file: string) => find(file).exportedName]) {
    const open = files.filter(file => !names.has(file));
    const taken = new Set(names.values());
    const byName = groupBy(open, candidate);
    for (const [name, [file, ...others]] of byName) if (file !== undefined && others.length === 0 && !taken.has(name)) names.set(file, name);
  }
  return file => names.get(file) ?? file;
}
