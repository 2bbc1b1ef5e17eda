import { isBase64 } from '../formats.ts';
import { parseGoDuration } from '../go-duration.ts';
import type { JsonSchema } from '../json-schema.ts';
import { type CelBudget, type CelKey, type CelValue, markUnordered, spend } from './cel-value.ts';
import { parseTimestamp } from './time.ts';

/**
 * A value as its structural schema types it for rules: UnstructuredToVal of
 * https://github.com/kubernetes/apiserver/blob/master/pkg/cel/common/values.go
 */
export function fromJson(value: unknown, schema: JsonSchema, isResource: boolean, budget: CelBudget): CelValue {
  spend(budget, 1);
  if (value === null || value === undefined) return schema.nullable === true ? null : unusable('null where the schema allows none');
  if (schema['x-kubernetes-int-or-string'] === true) return intOrString(value);
  switch (schema.type) {
    case 'object':
      return fromFields(value, schema, isResource, budget);
    case 'array':
      return fromItems(value, schema, budget);
    case 'string':
      return typeof value === 'string' ? fromText(value, schema.format) : unusable('a value that is no string');
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : unusable('a value that is no integer');
    case 'number':
      return typeof value === 'number' ? value : unusable('a value that is no number');
    case 'boolean':
      return typeof value === 'boolean' ? value : unusable('a value that is no boolean');
    default:
      return unusable('a field without a type');
  }
}

function unusable(reason: string): CelValue {
  return { kind: 'unusable', reason: `the rule meets ${reason}` };
}

function intOrString(value: unknown): CelValue {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : unusable('neither an integer nor a string');
}

/** Every object may be asked for these where it is a resource. */
const resourceFields: Readonly<Record<string, JsonSchema>> = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { type: 'object', properties: { name: { type: 'string' }, generateName: { type: 'string' } } },
};

function fromFields(value: unknown, schema: JsonSchema, isResource: boolean, budget: CelBudget): CelValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return unusable('a value that is no object');
  const { additionalProperties } = schema;
  const isWithMetadata = isResource || schema['x-kubernetes-embedded-resource'] === true;
  const properties = isWithMetadata ? { ...schema.properties, ...resourceFields } : (schema.properties ?? {});
  const isMap = !isWithMetadata && schema.properties === undefined && typeof additionalProperties === 'object';
  const fields = new Map<CelKey, CelValue>();
  for (const [key, child] of Object.entries(value)) {
    const childSchema = isMap ? additionalProperties : Object.hasOwn(properties, key) ? properties[key] : undefined;
    const name = isMap ? key : escapeName(key);
    // What the API server does not know it prunes.
    if (childSchema === undefined || name === undefined || child === undefined) continue;
    // A field that is null counts as absent; in maps and lists null is a value.
    if (child === null && (!isMap || childSchema.nullable !== true)) continue;
    fields.set(name, fromJson(child, childSchema, false, budget));
  }
  return fields;
}

function fromItems(value: unknown, schema: JsonSchema, budget: CelBudget): CelValue {
  if (!Array.isArray(value)) return unusable('a value that is no list');
  const { items = {}, 'x-kubernetes-list-type': listType = 'atomic' } = schema;
  const list = value.map(item => fromJson(item, items, false, budget));
  return listType === 'atomic' ? list : markUnordered(list);
}

function fromText(text: string, format: string | undefined): CelValue {
  switch (format) {
    case 'date-time':
    case 'date': {
      const nanos = parseTimestamp(format === 'date' ? `${text}T00:00:00Z` : text);
      return nanos === undefined ? unusable('a value that is no date') : { kind: 'timestamp', nanos };
    }
    case 'duration': {
      const nanos = parseGoDuration(text);
      return nanos === undefined ? unusable('a value that is no duration') : { kind: 'duration', nanos };
    }
    case 'byte':
      return isBase64(text) ? Buffer.from(text, 'base64') : unusable('a value that is no base64');
    default:
      return text;
  }
}

/** A property's name as expressions spell it; nothing where they cannot: https://github.com/kubernetes/apiserver/blob/master/pkg/cel/escaping.go */
export function escapeName(name: string): string | undefined {
  if (reserved.has(name)) return `__${name}__`;
  const escaped = name.replaceAll('__', '__underscores__').replaceAll('.', '__dot__').replaceAll('-', '__dash__').replaceAll('/', '__slash__');
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(escaped) ? escaped : undefined;
}

const reserved = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);
