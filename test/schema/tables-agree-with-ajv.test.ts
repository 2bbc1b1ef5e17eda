import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { lastMinor, minorsBetween } from '../../src/core/kubernetes-minors.ts';
import { type DefinitionTable, readTable } from '../../src/schema/definition-table.ts';
import { shippedExpression } from '../../src/schema/expressions.ts';
import { noFormat } from '../../src/schema/format-checks.ts';
import type { JsonSchema } from '../../src/schema/json-schema.ts';
import { compiler } from '../../src/schema/schema-node.ts';
import { judge } from '../../src/schema/validate.ts';
import { asJsonSchema } from './as-json-schema.ts';
import { exampleOf } from './example-of.ts';
import { mutate, seededRandom } from './mutate.ts';

const read = (path: string) => readFileSync(new URL(`../../schemas/${path}.jsonl`, import.meta.url), 'utf8');

describe('the kinds of Kubernetes', () => agree(read('kubernetes'), 4000));

describe.each(
  'argoproj.io cert-manager.io cilium.io external-secrets.io gateway.networking.k8s.io helm.toolkit.fluxcd.io keda.sh kyverno.io monitoring.coreos.com networking.istio.io postgresql.cnpg.io source.toolkit.fluxcd.io traefik.io'.split(
    ' ',
  ),
)('the kinds of %s', group => agree(read(`custom-resources/${group}`), 200));

const newest = minorsBetween(lastMinor, lastMinor);

/** Judges objects of every kind of a table, with more and more mistakes, by the validator and by Ajv. */
function agree(text: string, count: number): void {
  const table = readTable(text);
  const definitions = newestDefinitions(table, text);
  const compile = compiler({ isStructural: true, expression: shippedExpression, format: noFormat, resolve: name => definitions.get(name) });
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false, ownProperties: true });
  ajv.addSchema({ $id: 'table', $defs: Object.fromEntries([...definitions].map(([name, schema]) => [name, asJsonSchema(schema)])) });
  const kinds = kindsOf(table).map(name => ({
    name,
    problemsOf: (value: unknown) => judge(compile(definitions.get(name) ?? {}), value, { isStructural: true, minors: newest }),
    ajv: ajv.compile({ $ref: `table#/$defs/${name}` }),
  }));

  test('an object with every field is valid to both', () => {
    for (const kind of kinds) {
      const example = exampleOf(definitions.get(kind.name) ?? {}, { definitions });
      expect([kind.name, kind.problemsOf(example), kind.ajv(example)]).toEqual([kind.name, [], true]);
    }
  });

  test(`${count} objects with mistakes are judged alike`, () => {
    const random = seededRandom(20_262);
    const judged = { valid: 0, invalid: 0 };
    for (let turn = 0; turn < count; turn++) {
      const kind = kinds[turn % kinds.length];
      if (kind === undefined) continue;
      let value = exampleOf(definitions.get(kind.name) ?? {}, { definitions, random });
      // Not both: an unknown field is a mistake without a value, too.
      if (random(4) === 0) value = withNull(value, random);
      else for (let mistakes = random(4); mistakes > 0; mistakes--) value = mutate(value, random);
      const isValid = kind.problemsOf(value).length === 0;
      if (isValid !== kind.ajv(withoutNulls(value)))
        throw new Error(`${kind.name} is ${isValid ? 'valid' : 'invalid'}: ${JSON.stringify([kind.problemsOf(value), kind.ajv.errors, value])}`);
      judged[isValid ? 'valid' : 'invalid']++;
    }
    expect(Math.min(judged.valid, judged.invalid)).toBeGreaterThan(count / 10);
  });
}

/** A copy in which a field or an item has no value. */
function withNull(value: unknown, random: (below: number) => number): unknown {
  if (typeof value !== 'object' || value === null) return null;
  const keys = Object.keys(value);
  const key = keys[random(keys.length + 1)];
  if (key === undefined) return value;
  const entries = Object.entries(value).map(([name, own]) => [name, name !== key ? own : random(3) === 0 ? null : withNull(own, random)] as const);
  return Array.isArray(value) ? entries.map(([, own]) => own) : Object.fromEntries(entries);
}

/** A field without a value is one that is absent. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, own]) => (own === null ? [] : [[key, withoutNulls(own)]])));
}

/** The definitions as the newest minor has them. */
function newestDefinitions({ definition }: DefinitionTable, text: string): ReadonlyMap<string, JsonSchema> {
  const definitions = new Map<string, JsonSchema>();
  for (const line of text.trim().split('\n').slice(1)) {
    const [name] = JSON.parse(line) as [string];
    const schema = definition(name) ?? {};
    const own = Object.entries(schema.properties ?? {}).filter(([, property]) => (property['x-minors']?.[1] ?? lastMinor) === lastMinor);
    definitions.set(name, schema.properties === undefined ? schema : { ...schema, properties: Object.fromEntries(own) });
  }
  return definitions;
}

/** The definitions of the kinds that the newest minor serves. */
function kindsOf({ kinds }: DefinitionTable): string[] {
  const entries = Object.values(kinds).flatMap(ofVersion => Object.values(ofVersion));
  const names = entries.flatMap(entry => {
    if (typeof entry === 'string') return [entry];
    const [name, first, last] = entry;
    return first === undefined || (minorsBetween(first, last) & newest) !== 0 ? [name] : [];
  });
  return [...new Set(names)];
}
