import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import type { Definition, KubernetesApi } from './kubernetes-api.ts';
import { newestName } from './kubernetes-names.ts';

/**
 * Reads the classes that a generator made from the API of Kubernetes: each has its fields in a table of its own. The
 * package carries classes of older minors too, which nobody removed: the first lines of each file say of which it is.
 */
export function readClientNode(folder: string, minor: number): KubernetesApi {
  const generated = join(folder, 'dist/gen');
  const definitions = readDefinitions(firstFolder(generated, 'models', 'model'), minor);
  const kinds = readKinds(firstFolder(generated, 'apis', 'api')).filter(([, name]) => definitions.has(name));
  return { kinds: new Map(kinds), definitions };
}

/** A field as the generated code describes it; before 1.0 there is no format. */
interface Attribute {
  readonly name: string;
  readonly baseName: string;
  readonly type: string;
  readonly format?: string;
}

/** Version 1.0 of the package has other names for its folders. */
function firstFolder(parent: string, ...names: readonly string[]): string {
  const name = names.find(name => existsSync(join(parent, name)));
  if (name === undefined) throw new Error(`${parent} has none of ${names.join(', ')}`);
  return join(parent, name);
}

function isOf(minor: number, code: string): boolean {
  return new RegExp(`OpenAPI.*: (?:release-|v)1\\.${minor}(?:\\.\\d+)?\\n`).test(code);
}

function readDefinitions(folder: string, minor: number): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  for (const file of readdirSync(folder).filter(file => file.endsWith('.d.ts'))) {
    const declaration = readFileSync(join(folder, file), 'utf8');
    const name = /^export declare class (\w+)/m.exec(declaration)?.[1];
    const table = /attributeTypeMap = (\[[\s\S]*?\n?\]);/.exec(readFileSync(join(folder, file.replace('.d.ts', '.js')), 'utf8'))?.[1];
    if (name === undefined || table === undefined || !isOf(minor, declaration)) continue;
    // The generated table is JSON, and its form is what Attribute says.
    const attributes = JSON.parse(table) as readonly Attribute[];
    definitions.set(newestName(name), {
      properties: new Map(attributes.map(({ baseName, type, format }) => [baseName, schemaOf(type, format)])),
      required: attributes.filter(({ name }) => declaration.includes(`\n    '${name}': `)).map(({ baseName }) => baseName),
    });
  }
  return definitions;
}

function schemaOf(type: string, format = ''): JsonSchema {
  const list = /^Array<(.+)>$/.exec(type)?.[1];
  if (list !== undefined) return { type: 'array', items: schemaOf(list, format) };
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (map !== undefined) return { type: 'object', additionalProperties: schemaOf(map, format) };
  if (type === 'boolean') return { type };
  if (type === 'string') return format === '' ? { type } : { type, format };
  if (type === 'number') return numberOf(format);
  if (type === 'Date' || type === 'V1MicroTime') return { type: 'string', format: 'date-time' };
  if (type === 'IntOrString') return { format: 'int-or-string' };
  if (type === 'any' || type === 'object') return {};
  return { $ref: newestName(type) };
}

function numberOf(format: string): JsonSchema {
  if (format === '') return { type: 'number' };
  return { type: format === 'double' ? 'number' : 'integer', format };
}

/** A kind is what can be created at a path of its own, not below another object. */
function readKinds(folder: string): [kind: string, definition: string][] {
  const kinds: [string, string][] = [];
  for (const file of readdirSync(folder).filter(file => file.endsWith('Api.js'))) {
    for (const method of readFileSync(join(folder, file), 'utf8').split(/\n {4}(?:async )?(?=\w+\()/)) {
      const kind = /^create(?:Namespaced)?(\w+)\(/.exec(method)?.[1];
      const path = /localVarPath = [^\n]*'\/(?:api|apis)\/([^']+)'/.exec(method)?.[1];
      const body = /serialize\(body, "(\w+)"/.exec(method)?.[1];
      if (kind === undefined || path === undefined || body === undefined || path.includes('{name}')) continue;
      kinds.push([`${path.replace(/(?:\/namespaces\/\{namespace\})?\/[^/{]+$/, '')} ${kind}`, newestName(body)]);
    }
  }
  return kinds;
}
