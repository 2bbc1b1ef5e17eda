import { type Fields, fieldsAt, isFields, listAt } from '../../core/fields.ts';
import type { MergeDefinition, MergeField, MergeSchema } from './tables.ts';
import { entryOf } from './traced.ts';

/** The merge keys in an OpenAPI file under `openapi.path`, which takes the place of the schema that Kustomize brings along. */
export function readMergeSchema(value: unknown): MergeSchema {
  const schemas = isFields(value) ? fieldsAt(value, 'definitions') : {};
  const kinds: Record<string, Record<string, string>> = {};
  const definitions: Record<string, MergeDefinition> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    if (!isFields(schema)) continue;
    definitions[name] = addInlined(schema, name, definitions);
    for (const gvk of listAt(schema, 'x-kubernetes-group-version-kind')) {
      if (!isFields(gvk)) continue;
      const { group, version, kind } = gvk;
      if (typeof version !== 'string' || typeof kind !== 'string') continue;
      const apiVersion = typeof group === 'string' && group !== '' ? `${group}/${version}` : version;
      kinds[apiVersion] = { ...kinds[apiVersion], [kind]: name };
    }
  }
  return { kinds, definitions };
}

/** The fields of a definition; those that are described in place get definitions of their own, under made-up names. */
function addInlined(schema: Fields, name: string, into: Record<string, MergeDefinition>): MergeDefinition {
  const fields: Record<string, MergeField> = {};
  for (const [key, property] of Object.entries(fieldsAt(schema, 'properties'))) {
    if (isFields(property)) fields[key] = fieldOf(property, `${name}#${key}`, into);
  }
  const additional = entryOf(schema, 'additionalProperties');
  if (isFields(additional)) fields['*'] = fieldOf(additional, `${name}#*`, into);
  return fields;
}

function fieldOf(property: Fields, name: string, into: Record<string, MergeDefinition>): MergeField {
  if (property.type !== 'array') {
    const value = definitionOf(property, name, into);
    return value === undefined ? {} : { value };
  }
  const strategy = property['x-kubernetes-patch-strategy'];
  if (typeof strategy !== 'string' || !strategy.split(',').includes('merge')) return {};
  const listed = listAt(property, 'x-kubernetes-list-map-keys').filter(key => typeof key === 'string');
  const key = property['x-kubernetes-patch-merge-key'];
  const keys = listed.length > 0 ? listed : typeof key === 'string' ? [key] : [];
  const items = entryOf(property, 'items');
  const definition = isFields(items) ? definitionOf(items, `${name}#[]`, into) : undefined;
  return definition === undefined ? { keys } : { keys, items: definition };
}

function definitionOf(schema: Fields, name: string, into: Record<string, MergeDefinition>): string | undefined {
  const reference = schema.$ref;
  if (typeof reference === 'string') return reference.replace(/^#\/definitions\//, '');
  if (!isFields(schema.properties) && !isFields(schema.additionalProperties)) return undefined;
  into[name] = addInlined(schema, name, into);
  return name;
}
