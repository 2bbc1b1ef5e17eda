import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { Definition } from './kubernetes-api.ts';
import { definitionName } from './kubernetes-names.ts';

/** Reads the types of Pulumi's provider. It also has the kinds of all older minors, and quantities are strings. */
export function readPulumi(folder: string, known: ReadonlySet<string>): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  let group = '';
  let version = '';
  const code = readFileSync(join(folder, 'types/input.d.ts'), 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, '');
  for (const [, newGroup, newVersion, name, body = ''] of code.matchAll(
    /^export declare namespace (\w+)|^ {4}namespace (\w+)|^ {8}interface (\w+) \{\n([\s\S]*?)^ {8}\}/gm,
  )) {
    group = newGroup ?? group;
    version = newVersion ?? version;
    if (name === undefined) continue;
    const fields = [...body.matchAll(/^ {12}(\w+)(\??): ([^;]+(?:;\s*\}[^;]*)?);/gm)];
    definitions.set(definitionName(`${group}.${version}.${name}`, known), {
      properties: new Map(fields.map(([, field = '', , type = '']) => [field, schemaOf(type.replaceAll(/\s+/g, ' '), known)])),
      required: fields.filter(([, , optional]) => optional === '').map(([, field = '']) => field),
    });
  }
  return definitions;
}

function schemaOf(type: string, known: ReadonlySet<string>): JsonSchema {
  const inner = /^pulumi\.Input<(.+)>$/.exec(type)?.[1];
  if (inner !== undefined) return schemaOf(inner, known);
  if (type.endsWith('[]')) return { type: 'array', items: schemaOf(type.slice(0, -2), known) };
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (map !== undefined) return { type: 'object', additionalProperties: schemaOf(map, known) };
  if (type === 'string' || type === 'number' || type === 'boolean') return { type };
  if (type === 'number | string') return { format: 'int-or-string' };
  if (type.startsWith('"')) return { type: 'string' };
  const definition = /^inputs\.([\w.]+)$/.exec(type)?.[1];
  return definition === undefined ? {} : { $ref: definitionName(definition, known) };
}
