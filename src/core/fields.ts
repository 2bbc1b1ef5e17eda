import type { FieldPath } from './place.ts';

/** A mapping of a parsed document. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Most fields are absent: one empty answer serves them all. */
const noFields: Fields = {};
const noItems: readonly unknown[] = [];

/** The mapping at a key; an empty one where something else, or nothing, stands there. */
export function fieldsAt(fields: Fields, key: string): Fields {
  const value = fields[key];
  return isFields(value) ? value : noFields;
}

/** The list at a key; an empty one where something else, or nothing, stands there. */
export function listAt(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  return Array.isArray(value) ? value : noItems;
}

/** The text at a key, if a text stands there. */
export function textAt(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === 'string' ? value : undefined;
}

/** The value at a field of a document; undefined where there is none. */
export function valueAt(value: unknown, field: FieldPath): unknown {
  let found = value;
  for (const part of field) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Readonly<Record<string | number, unknown>>)[part];
  }
  return found;
}
