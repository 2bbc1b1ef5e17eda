import { type Fields, fieldsAt, isFields, listAt } from '../../core/fields.ts';
import type { FieldPath } from '../../core/place.ts';

/** Fields that do not go together: where, and why the API server refuses them. */
export type Combination = readonly [field: FieldPath, message: string];

/** Whether an operand is written out, to any depth: templates and what is encrypted are filled in later. */
export function isKnown(value: unknown): boolean {
  if (typeof value === 'string') return !/\$\{|\$\(|\{\{|ENC\[|<[A-Za-z]|\$[A-Z_]/.test(value);
  if (Array.isArray(value)) return value.every(isKnown);
  return !isFields(value) || Object.entries(value).every(([key, child]) => isKnown(key) && isKnown(child));
}

/** The mappings of a list, with their index. */
export function* itemsAt(fields: Fields, key: string): Generator<readonly [index: number, item: Fields]> {
  for (const [index, item] of listAt(fields, key).entries()) if (isFields(item)) yield [index, item];
}

export function fieldsAlong(fields: Fields, ...path: readonly string[]): Fields {
  return path.reduce(fieldsAt, fields);
}

/** A field that is null is absent. */
export function isPresent(fields: Fields, key: string): boolean {
  return fields[key] !== undefined && fields[key] !== null;
}

/** Which of the keys are there. */
export function presentOf(fields: Fields, keys: readonly string[]): readonly string[] {
  return keys.filter(key => isPresent(fields, key));
}

/** Reports each value that an earlier item of the list has too. */
export function* duplicates(
  items: Iterable<readonly [field: FieldPath, value: unknown]>,
  describe: (value: string) => string,
  seen = new Set<string>(),
): Generator<Combination> {
  for (const [field, value] of items) {
    if (typeof value !== 'string' || value === '' || !isKnown(value)) continue;
    if (seen.has(value)) yield [field, describe(value)];
    seen.add(value);
  }
}

/** A number of 1 to 65535, where a number stands. */
export function isPort(value: unknown): boolean {
  return typeof value !== 'number' || (value >= 1 && value <= 65535);
}
