import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { KindEntry } from './generated-file.ts';
import type { Definition, KubernetesApi } from './kubernetes-api.ts';

export type Minors = ReadonlyMap<number, KubernetesApi>;

/** One table of all minors: what differs between them says in which it is. `describe` has the last word on a property. */
export function mergeMinors(
  minors: Minors,
  describe: (definition: string, property: string, schema: JsonSchema) => JsonSchema,
): { readonly kinds: Readonly<Record<string, Readonly<Record<string, KindEntry>>>>; readonly definitions: Readonly<Record<string, JsonSchema>> } {
  const kinds = mergeKinds(minors);
  const roots = new Set(Object.values(kinds).flatMap(group => Object.values(group).map(([definition]) => definition)));
  const complete = replacePredecessors(minors);
  const definitions: Record<string, JsonSchema> = {};
  // A set may grow while it is walked: that is how the definitions that a kind reaches are found.
  const reached = new Set([...roots, 'V1ObjectMeta']);
  for (const name of reached) {
    const versions = new Map([...complete].flatMap(([minor, definitions]) => definitionAt(minor, definitions.get(name))));
    definitions[name] = mergeDefinition(name, versions, (property, schema) =>
      // Nobody writes the status by hand, and the server does not take it from there.
      property === 'status' && roots.has(name) ? {} : describe(name, property, schema),
    );
    for (const property of Object.values(definitions[name].properties ?? {})) {
      const reference = referenceOf(property);
      if (reference !== undefined) reached.add(reference);
    }
  }
  return { kinds, definitions: Object.fromEntries(Object.entries(definitions).sort(byName)) };
}

function mergeKinds(minors: Minors): Record<string, Record<string, [definition: string, first: number, last: number]>> {
  const served = new Map<string, { readonly name: string; readonly minors: number[] }>();
  for (const [minor, { kinds }] of minors) {
    for (const [kind, name] of kinds) {
      const known = served.get(kind);
      if (known !== undefined && known.name !== name) throw new Error(`${kind} is ${known.name} and ${name}`);
      if (known === undefined) served.set(kind, { name, minors: [minor] });
      else known.minors.push(minor);
    }
  }
  const table: Record<string, Record<string, [string, number, number]>> = {};
  for (const [entry, { name, minors }] of [...served].sort(byName)) {
    const [apiVersion = '', kind = ''] = entry.split(' ');
    table[apiVersion] ??= {};
    table[apiVersion][kind] = [name, ...rangeOf(minors, entry)];
  }
  return table;
}

/**
 * Where a field takes another definition than in the minor before, the newer one stands for the older in the minors that
 * lack it: a table has one type for each field, and the fields of that say in which minors they are.
 */
function replacePredecessors(minors: Minors): Map<number, ReadonlyMap<string, Definition>> {
  const complete = new Map<number, ReadonlyMap<string, Definition>>();
  const newest = new Map<string, string>();
  for (const [minor, api] of [...minors].reverse()) {
    const definitions = new Map(api.definitions);
    for (const [name, { properties }] of api.definitions) {
      for (const [property, schema] of properties) {
        const reference = referenceOf(schema);
        if (reference === undefined) continue;
        const successor = newest.get(`${name}.${property}`) ?? reference;
        newest.set(`${name}.${property}`, successor);
        const definition = definitions.get(reference);
        if (definition !== undefined && !definitions.has(successor)) definitions.set(successor, definition);
      }
    }
    complete.set(minor, definitions);
  }
  return new Map([...complete].reverse());
}

/** Required by the schema, but the server takes the zero value for what is absent, and finds nothing wrong with that. */
const mayBeZero = new Set([
  'V1ControllerRevision.revision',
  'V1CustomResourceDefinitionVersion.served',
  'V1CustomResourceDefinitionVersion.storage',
  'V1HTTPHeader.value',
  'V1ISCSIPersistentVolumeSource.lun',
  'V1ISCSIVolumeSource.lun',
  'V1PreferredSchedulingTerm.preference',
  'V1Sysctl.value',
]);

/** The server refused what lacks it long before the schema required it: ValidateHostAliases. */
const alwaysRequired = new Set(['V1HostAlias.ip']);

function mergeDefinition(
  name: string,
  versions: ReadonlyMap<number, Definition>,
  describe: (property: string, schema: JsonSchema) => JsonSchema,
): JsonSchema {
  const all = rangeOf([...versions.keys()], name);
  const newestFirst = [...versions].reverse();
  const properties: Record<string, JsonSchema> = {};
  for (const property of new Set(newestFirst.flatMap(([, { properties }]) => [...properties.keys()]))) {
    const place = `${name}.${property}`;
    const types = new Map(newestFirst.flatMap(([minor, { properties }]) => typeAt(minor, properties.get(property))));
    const range = rangeOf([...types.keys()], place);
    const schema = describe(property, mergeTypes([...types.values()], place));
    properties[property] = range[0] === all[0] && range[1] === all[1] ? schema : { ...schema, 'x-minors': range };
  }
  const required = Object.keys(properties).filter(field => {
    const place = `${name}.${field}`;
    return alwaysRequired.has(place) || (!mayBeZero.has(place) && newestFirst.every(([, { required }]) => required.includes(field)));
  });
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

/** The newest type is the most exact one; the older ones may say less, but nothing else. */
function mergeTypes([newest = {}, ...older]: readonly JsonSchema[], place: string): JsonSchema {
  for (const type of older) {
    if (roughly(type) !== roughly(newest)) throw new Error(`${place} is ${JSON.stringify(newest)} and ${JSON.stringify(type)}`);
  }
  return withIntegers(newest);
}

/** A number of which no package says more is a whole one: the only fractions of the API say that they are. */
function withIntegers(schema: JsonSchema): JsonSchema {
  if (schema.items !== undefined) return { ...schema, items: withIntegers(schema.items) };
  return schema.type === 'number' && schema.format === undefined ? { type: 'integer' } : schema;
}

/** A type without what only some packages say: the name of another definition counts as none. */
function roughly({ type, format, items, additionalProperties, $ref }: JsonSchema): string {
  if (items !== undefined) return `list of ${roughly(items)}`;
  if (typeof additionalProperties === 'object') return `map of ${roughly(additionalProperties)}`;
  if ($ref !== undefined) return 'object';
  if (type === 'integer' || type === 'number') return 'number';
  return format === 'date-time' || format === 'int-or-string' ? format : String(type);
}

function referenceOf({ $ref, items, additionalProperties }: JsonSchema): string | undefined {
  if (items !== undefined) return referenceOf(items);
  return typeof additionalProperties === 'object' ? referenceOf(additionalProperties) : $ref;
}

function rangeOf(minors: readonly number[], what: string): [first: number, last: number] {
  const first = Math.min(...minors);
  const last = Math.max(...minors);
  if (last - first + 1 !== minors.length) throw new Error(`${what} is in ${minors.join(', ')} only`);
  return [first, last];
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function definitionAt(minor: number, definition: Definition | undefined): [number, Definition][] {
  return definition === undefined ? [] : [[minor, definition]];
}

function typeAt(minor: number, type: JsonSchema | undefined): [number, JsonSchema][] {
  return type === undefined ? [] : [[minor, type]];
}
