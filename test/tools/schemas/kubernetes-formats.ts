import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import enums from './kubernetes-enums.json' with { type: 'json' };
import lists from './kubernetes-list-keys.json' with { type: 'json' };

type Places<Value> = Readonly<Record<string, Readonly<Record<string, Value>>>>;

/** Newer than the packages that tell a quantity from another string. */
const newQuantities = [
  'V1NodeAllocatableResourceMapping.allocationMultiplier',
  'V1beta1NodeAllocatableResourceMapping.allocationMultiplier',
  'V1beta2NodeAllocatableResourceMapping.allocationMultiplier',
];

/** Mappings of labels, whose keys and values have a form of their own; ValidateLabels. */
const labels = new Set(['V1ObjectMeta.labels', 'V1LabelSelector.matchLabels', 'V1PodSpec.nodeSelector', 'V1ServiceSpec.selector']);
const annotations = 'V1ObjectMeta.annotations';

/** Adds to a property what the API says of it beside its type: quantities, values, and the keys of lists. */
export function describeProperties(apis: readonly KubernetesApi[]): (definition: string, property: string, schema: JsonSchema) => JsonSchema {
  const quantities = new Set([...newQuantities, ...apis.flatMap(placesOfQuantities)]);
  const keys: Places<readonly string[]> = lists.keys;
  const sets: Readonly<Record<string, readonly string[]>> = lists.sets;
  const defaults: Places<string> = lists.defaults;
  const values: Places<readonly string[]> = enums.values;
  const judgedByCode: Places<readonly string[]> = enums.judgedByCode.values;
  return (definition, property, schema) => {
    const mapKeys = keys[definition]?.[property];
    const allowed = values[definition]?.[property] ?? judgedByCode[definition]?.[property];
    const usual = defaults[definition]?.[property];
    const place = `${definition}.${property}`;
    return {
      ...(quantities.has(place) ? toQuantity(schema) : schema),
      ...(labels.has(place) && { propertyNames: { format: 'label-key' }, additionalProperties: { type: 'string', format: 'label-value' } }),
      ...(place === annotations && { propertyNames: { format: 'annotation-key' } }),
      ...(allowed === undefined ? {} : allow(allowed, schema)),
      ...(usual === undefined ? {} : { default: usual }),
      ...(mapKeys === undefined ? {} : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': mapKeys }),
      ...(sets[definition]?.includes(property) ? { 'x-kubernetes-list-type': 'set' } : {}),
    };
  };
}

function placesOfQuantities({ definitions }: KubernetesApi): string[] {
  return [...definitions].flatMap(([definition, { properties }]) =>
    [...properties].filter(([, schema]) => isQuantity(schema)).map(([property]) => `${definition}.${property}`),
  );
}

function isQuantity({ format, items, additionalProperties }: JsonSchema): boolean {
  if (items !== undefined) return isQuantity(items);
  return typeof additionalProperties === 'object' ? isQuantity(additionalProperties) : format === 'quantity';
}

function toQuantity(schema: JsonSchema): JsonSchema {
  const { items, additionalProperties } = schema;
  if (items !== undefined) return { ...schema, items: toQuantity(items) };
  if (typeof additionalProperties === 'object') return { ...schema, additionalProperties: toQuantity(additionalProperties) };
  return { type: 'string', format: 'quantity' };
}

function allow(values: readonly string[], { items }: JsonSchema): JsonSchema {
  return items === undefined ? { enum: values } : { items: { ...items, enum: values } };
}
