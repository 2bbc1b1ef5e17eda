import { createHash } from 'node:crypto';
import { isFields } from '../../core/fields.ts';
import { type Resource, rememberIdentity, withContent } from './resource.ts';
import { textOf } from './source-text.ts';
import { child, entryOf, writeAt } from './traced.ts';
import type { Transform } from './transform.ts';

/** The hash of its content behind the name of each generated object. */
export const hashTransform: Transform = (resources, context) => {
  if (!resources.some(({ needsHash }) => needsHash)) return resources;
  return resources.map(resource => {
    if (!resource.needsHash) return resource;
    const remembered = rememberIdentity(resource, context.isClusterScoped);
    const name = child(child(resource, 'metadata') ?? resource, 'name') ?? resource;
    const { at } = name.provenance.writers.writer;
    const hashed = `${resource.id.name}-${contentHash(resource, context.repository.files)}`;
    return withContent(remembered, writeAt(remembered, ['metadata', 'name'], hashed, { by: 'name-hash', at, isWhole: true }));
  });
};

/** https://github.com/kubernetes-sigs/kustomize/blob/master/api/hasher/hasher.go */
function contentHash(resource: Resource, files: Parameters<typeof textOf>[1]): string {
  const { kind } = resource.id;
  const part = (key: string): unknown => {
    const held = child(resource, key);
    return held === undefined ? '' : typeof held.value === 'object' && held.value !== null ? held.value : textOf(held, files);
  };
  const optional = kind === 'Secret' ? 'stringData' : 'binaryData';
  const content = {
    ...(optional === 'binaryData' && isFields(entryOf(resource.value, optional)) && { binaryData: part(optional) }),
    data: part('data'),
    kind,
    // Kustomize looks for the name where it never is.
    name: '',
    ...(optional === 'stringData' && isFields(entryOf(resource.value, optional)) && { stringData: part(optional) }),
    ...(kind === 'Secret' && { type: part('type') }),
  };
  const digest = createHash('sha256').update(goJson(content)).digest('hex').slice(0, 10);
  return digest.replace(/[013ae]/g, digit => substitutes[digit] ?? digit);
}

/** So that hashes spell no words. */
const substitutes: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

/** JSON as Go writes it: keys in order, and what HTML minds escaped. */
function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (isFields(value)) {
    const keys = Object.keys(value).sort();
    if (keys.some(hasSurrogate)) keys.sort(byCodePoint);
    return `{${keys.map(key => `${goJson(key)}:${goJson(value[key])}`).join(',')}}`;
  }
  const json = JSON.stringify(value ?? null);
  return /[<>&\u2028\u2029]/.test(json) ? json.replace(/[<>&\u2028\u2029]/g, escapeCharacter) : json;
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The order of UTF-16 is not that of UTF-8 beyond these. */
function hasSurrogate(key: string): boolean {
  return /[\ud800-\udfff]/.test(key);
}

function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
