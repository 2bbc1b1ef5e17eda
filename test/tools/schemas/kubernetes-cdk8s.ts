import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { Definition, KubernetesApi } from './kubernetes-api.ts';
import { definitionName } from './kubernetes-names.ts';

/**
 * Reads the types of cdk8s-plus, which has a package for each minor and tells quantities from other strings. Kinds have
 * no `apiVersion`, `kind` and `status` there, and numbers may be whole ones.
 */
export function readCdk8s(folder: string, known: ReadonlySet<string>): KubernetesApi {
  const interfaces = readInterfaces(readFileSync(join(folder, 'lib/imports/k8s.d.ts'), 'utf8'));
  const names = new Map(interfaces.map(({ type, schema }) => [type, definitionName(schema, known)]));
  const definitions = interfaces.map(({ schema, fields }): [string, Definition] => [
    definitionName(schema, known),
    {
      properties: new Map(fields.map(({ name, type }) => [name, schemaOf(type, names)])),
      required: fields.filter(({ optional }) => !optional).map(({ name }) => name),
    },
  ]);
  return { kinds: readKinds(readFileSync(join(folder, 'lib/imports/k8s.js'), 'utf8'), interfaces, known), definitions: new Map(definitions) };
}

interface Interface {
  readonly type: string;
  /** As in `io.k8s.api.apps.v1.Deployment`. */
  readonly schema: string;
  readonly fields: readonly { readonly name: string; readonly type: string; readonly optional: boolean }[];
}

function readInterfaces(code: string): Interface[] {
  const interfaces: Interface[] = [];
  for (const [, type = '', body = ''] of code.matchAll(/^export interface (\w+) \{\n([\s\S]*?)^\}/gm)) {
    const fields = [...body.matchAll(/@schema (\S+)#(\S+)\n\s*\*\/\n {4}readonly \w+(\??): ([^;]+(?:;\s*\})?)/g)];
    const schema = fields[0]?.[1];
    if (schema === undefined) continue;
    interfaces.push({
      type,
      schema,
      fields: fields.map(([, , name = '', optional, type = '']) => ({ name, optional: optional === '?', type: type.replaceAll(/\s+/g, ' ') })),
    });
  }
  return interfaces;
}

function schemaOf(type: string, names: ReadonlyMap<string, string>): JsonSchema {
  if (type.endsWith('[]')) return { type: 'array', items: schemaOf(type.slice(0, -2), names) };
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (map !== undefined) return { type: 'object', additionalProperties: schemaOf(map, names) };
  if (type === 'string' || type === 'number' || type === 'boolean') return { type };
  if (type === 'Date') return { type: 'string', format: 'date-time' };
  if (type === 'Quantity') return { type: 'string', format: 'quantity' };
  if (type === 'IntOrString') return { format: 'int-or-string' };
  const name = names.get(type);
  return name === undefined ? {} : { $ref: name };
}

/** Some have more than one version: the class of each says which it is. */
function readKinds(code: string, interfaces: readonly Interface[], known: ReadonlySet<string>): Map<string, string> {
  const schemas = new Map(interfaces.map(({ type, schema }) => [type, schema]));
  const kinds = new Map<string, string>();
  for (const [, type, apiVersion, kind = ''] of code.matchAll(/^(\w+)\.GVK = \{\s*apiVersion: '([^']+)',\s*kind: '(\w+)'/gm)) {
    const schema = schemas.get(`${type}Props`);
    if (schema !== undefined && !kind.endsWith('List') && schema.endsWith(`.${kind}`))
      kinds.set(`${apiVersion} ${kind}`, definitionName(schema, known));
  }
  return kinds;
}
