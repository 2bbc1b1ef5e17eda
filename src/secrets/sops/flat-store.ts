import type { Fields } from '../../core/fields.ts';
import type { FieldPath, Place, RepoPath } from '../../core/place.ts';

/** A value of a file of lines. */
export interface Setting {
  /** The section and the key in it, or the key alone. */
  readonly keys: readonly string[];
  readonly value: string;
  readonly at: Place;
}

/** A dotenv or INI file: what it holds, and the metadata of SOPS that stands among it. */
export interface FlatFile {
  readonly settings: readonly Setting[];
  readonly sops?: { readonly fields: Fields; readonly at: Place; readonly placeOf: (...field: FieldPath) => Place };
}

/** Reads `key=value` lines as the dotenv store of SOPS does: no quotes, comments only at the start of a line. */
export function readDotenv(path: RepoPath, text: string): FlatFile {
  const settings: Setting[] = [];
  const metadata: Setting[] = [];
  for (const { line, start } of linesOf(text)) {
    const separator = line.indexOf('=');
    if (line.startsWith('#') || separator < 0) continue;
    const key = line.slice(0, separator);
    const setting = { keys: [key], value: line.slice(separator + 1), at: { path, start: start + separator + 1, end: start + line.length } };
    if (key.startsWith(metadataPrefix)) metadata.push({ ...setting, keys: [key.slice(metadataPrefix.length)] });
    else settings.push(setting);
  }
  return withMetadata(settings, metadata);
}

const metadataPrefix = 'sops_';

/** Reads sections of `key = value` lines; the metadata stands in the section `sops`. */
export function readIni(path: RepoPath, text: string): FlatFile {
  const settings: Setting[] = [];
  const metadata: Setting[] = [];
  let section = 'DEFAULT';
  for (const { line, start } of linesOf(text)) {
    const trimmed = line.trim();
    if (trimmed.startsWith('[') && trimmed.endsWith(']')) section = trimmed.slice(1, -1);
    const separator = line.search(/[=:]/);
    if (trimmed.startsWith('[') || trimmed.startsWith('#') || trimmed.startsWith(';') || separator < 0) continue;
    const written = line.slice(separator + 1);
    const valueStart = start + separator + 1 + written.length - written.trimStart().length;
    const key = line.slice(0, separator).trim();
    const setting = { value: written.trim(), at: { path, start: valueStart, end: start + line.trimEnd().length } };
    if (section === 'sops') metadata.push({ ...setting, keys: [key] });
    else settings.push({ ...setting, keys: [section, key] });
  }
  return withMetadata(settings, metadata);
}

function* linesOf(text: string): Iterable<{ readonly line: string; readonly start: number }> {
  let start = 0;
  for (const line of text.split('\n')) {
    yield { line: line.endsWith('\r') ? line.slice(0, -1) : line, start };
    start += line.length + 1;
  }
}

/** Lists and mappings are written as `age__list_0__map_recipient`; a text keeps its line breaks as `\n`. */
function withMetadata(settings: readonly Setting[], metadata: readonly Setting[]): FlatFile {
  const [first] = metadata;
  if (first === undefined) return { settings };
  const fields: MutableFields = {};
  const places = new Map<string, Place>();
  for (const { keys, value, at } of metadata) {
    const [flat = ''] = keys;
    const path = flat.split(/__(?:map|list)_/, deepestField + 1);
    if (path.length > deepestField) continue;
    for (let length = 1; length <= path.length; length++) {
      const start = path.slice(0, length).join(' ');
      if (!places.has(start)) places.set(start, at);
    }
    setField(fields, path, value.replaceAll('\\n', '\n'));
  }
  return { settings, sops: { fields: asLists(fields), at: first.at, placeOf: (...field) => places.get(field.join(' ')) ?? first.at } };
}

/** The deepest field is in a recipient of a group: `key_groups`, its number, `age`, its number, `enc`. */
const deepestField = 8;

type MutableFields = { [key: string]: string | MutableFields };

function setField(fields: MutableFields, path: readonly string[], value: string): void {
  let into = fields;
  for (const part of path.slice(0, -1)) {
    const next = Object.hasOwn(into, part) ? into[part] : undefined;
    into = typeof next === 'object' ? next : defineField(into, part, {});
  }
  defineField(into, path.at(-1) ?? '', value);
}

/** `__proto__` is a key like any other. */
function defineField<T extends string | MutableFields>(fields: MutableFields, key: string, value: T): T {
  Object.defineProperty(fields, key, { value, enumerable: true, configurable: true, writable: true });
  return value;
}

function asLists(fields: MutableFields): Fields {
  const read = Object.entries(fields).map(([key, value]): [string, unknown] => [key, typeof value === 'object' ? listOrFields(value) : value]);
  return Object.fromEntries(read);
}

function listOrFields(value: MutableFields): unknown {
  const inner = asLists(value);
  const keys = Object.keys(inner);
  return keys.every(key => /^\d+$/.test(key)) ? Object.values(inner) : inner;
}
