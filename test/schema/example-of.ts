import type { JsonSchema } from '../../src/schema/json-schema.ts';

export interface ExampleOptions {
  readonly definitions: ReadonlyMap<string, JsonSchema>;
  /** Leaves out optional fields at random; all are there where it is absent. */
  readonly random?: (below: number) => number;
}

/** A value that fits a structural schema, with optional fields down to a few levels. */
export function exampleOf(schema: JsonSchema, options: ExampleOptions, depth = 0): unknown {
  const { definitions } = options;
  if (schema.$ref !== undefined) return exampleOf(definitions.get(schema.$ref) ?? {}, options, depth);
  if (schema.enum !== undefined) return schema.enum[0];
  const below = (child: JsonSchema) => exampleOf(child, options, depth + 1);
  switch (schema.type) {
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return schema.minimum ?? schema.maximum ?? 3;
    case 'boolean':
      return true;
    case 'array':
      // A list with more items would have one of them twice.
      return depth > deepest && (schema.minItems ?? 0) === 0 ? [] : [below(schema.items ?? {})];
    case 'object':
      return Object.fromEntries(fieldsOf(schema, options, depth).map(([name, child]) => [name, below(child)]));
    default:
      return 'text';
  }
}

const deepest = 5;

function fieldsOf({ properties = {}, additionalProperties, required = [], maxProperties }: JsonSchema, { random }: ExampleOptions, depth: number) {
  const isThere = (name: string) => required.includes(name) || (depth <= deepest && (random === undefined || random(3 + depth) === 0));
  const fields = Object.entries(properties).filter(([name]) => isThere(name));
  if (typeof additionalProperties === 'object') fields.push(['name', additionalProperties]);
  return fields.slice(0, maxProperties);
}

const texts = [
  'text',
  'a',
  'A',
  '1',
  '1s',
  '1h',
  '10m',
  '0 0 * * *',
  'a.example.org',
  '*.example.org',
  '/a',
  'https://example.org',
  'oci://example.org/a',
  '10.0.0.1',
  '10.0.0.0/8',
  '50%',
  'KEY',
  'sha256:abc',
  '1Gi',
  '1GiB',
  '200',
  '00:00',
  'a.yaml',
  'a/b',
  'example.org/a',
  '2027-03-31T12:00:00Z',
];

function textOf({ pattern = '', minLength = 0, maxLength = Number.POSITIVE_INFINITY }: JsonSchema): string {
  const expression = new RegExp(pattern, 'u');
  const found = texts.map(text => text.padEnd(Math.min(minLength, 100), 'a').slice(0, maxLength)).find(text => expression.test(text));
  return found ?? texts[0] ?? '';
}
