import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { Definition, KubernetesApi } from './kubernetes-api.ts';

/**
 * The API of a minor that @kubernetes/client-node left out: which fields there are says the package that fills the gap,
 * of what type they are the minors before and after, because they say it more exactly. What both of these have is there.
 */
export function fillGap(older: KubernetesApi, gap: KubernetesApi, newer: KubernetesApi): KubernetesApi {
  const definitions = new Map<string, Definition>();
  for (const name of new Set([...newer.definitions.keys(), ...older.definitions.keys(), ...gap.definitions.keys()])) {
    const definition = fillDefinition(older.definitions.get(name), gap.definitions.get(name), newer.definitions.get(name));
    if (definition !== undefined) definitions.set(name, definition);
  }
  // A package may list as kinds what the server only takes below other objects, such as a Scale.
  const own = [...gap.kinds].filter(([, name]) => !older.definitions.has(name) && !newer.definitions.has(name));
  for (const [, name] of own) definitions.set(name, withFieldsOfKinds(definitions.get(name)));
  const others = [...newer.kinds, ...older.kinds].filter(([, name]) => definitions.has(name));
  return { kinds: new Map([...others, ...own]), definitions };
}

function fillDefinition(older: Definition | undefined, gap: Definition | undefined, newer: Definition | undefined): Definition | undefined {
  if (gap === undefined && (older === undefined || newer === undefined)) return undefined;
  const properties = new Map<string, JsonSchema>();
  for (const [name, schema] of [...(newer?.properties ?? []), ...(older?.properties ?? []), ...(gap?.properties ?? [])]) {
    const isInBoth = older?.properties.has(name) === true && newer?.properties.has(name) === true;
    const isThere = isInBoth || fieldsOfKinds.includes(name) || gap?.properties.has(name) === true;
    if (isThere && !properties.has(name)) properties.set(name, schema);
  }
  const required = (newer ?? older ?? gap)?.required ?? [];
  return { properties, required: required.filter(name => properties.has(name) && (older?.required.includes(name) ?? true)) };
}

/** What cdk8s leaves out of the kinds. */
const fieldsOfKinds = ['apiVersion', 'kind', 'status'];

function withFieldsOfKinds({ properties, required }: Definition = { properties: new Map(), required: [] }): Definition {
  if (properties.has('kind')) return { properties, required };
  return { properties: new Map([['apiVersion', { type: 'string' }], ['kind', { type: 'string' }], ...properties, ['status', {}]]), required };
}

/**
 * 1.35 as Pulumi has it. That package never forgets a field or a kind, so what neither neighbour has counts only where
 * @kubernetes/client-node has a class from 1.35 for it, which nobody removed.
 */
export function selectPulumi(
  pulumi: ReadonlyMap<string, Definition>,
  older: KubernetesApi,
  leftovers: KubernetesApi,
  newer: KubernetesApi,
): KubernetesApi {
  const definitions = new Map(leftovers.definitions);
  for (const [name, { properties, required }] of pulumi) {
    const neighbours = [newer.definitions.get(name), older.definitions.get(name)];
    if (neighbours[0] === undefined) continue;
    const selected = [...properties].filter(
      ([field, { $ref = '' }]) => leftovers.definitions.has($ref) || neighbours.some(neighbour => neighbour?.properties.has(field)),
    );
    definitions.set(name, { properties: new Map(selected), required });
  }
  return { kinds: leftovers.kinds, definitions };
}
