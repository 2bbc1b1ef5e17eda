import type { Document } from '../../core/document.ts';
import { at, type FieldPath, isFieldPlace, type Place, within } from '../../core/place.ts';
import { endOf, entryAt, startOf } from '../../core/tape.ts';
import { parseYaml } from '../../parse/parse-yaml.ts';

/** One entry of the data of a Secret. */
export interface SecretEntry {
  readonly at: Place;
  readonly key: string;
  /** The value as it is written. */
  readonly value: string;
  /** It stands under `data` and is base64. */
  readonly isEncoded: boolean;
  /** As in `Secret "db"`. */
  readonly holder: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The data of every Secret in a document: of its root, the items of a List, of objects within objects such as
 * the extra objects in Helm values, and of YAML in texts such as the data of a ConfigMap. Encrypted ones hold none.
 */
export function* secretEntries(document: Document): Iterable<SecretEntry> {
  yield* entriesBelow(document, document.value, []);
}

function* entriesBelow(document: Document, value: unknown, field: FieldPath): Iterable<SecretEntry> {
  if (typeof value === 'string') {
    if (value.includes('kind: Secret')) yield* entriesInText(document, value, field);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* entriesBelow(document, item, [...field, index]);
  } else if (isFields(value)) {
    if (isEncryptedBySops(value)) return;
    if (value.kind === 'Secret' && value.apiVersion === 'v1') yield* entriesOf(document, value, field);
    else for (const [key, child] of Object.entries(value)) yield* entriesBelow(document, child, [...field, key]);
  }
}

/** Of an entry in a text its line is shown, where it has one alone. */
function* entriesInText(outer: Document, text: string, field: FieldPath): Iterable<SecretEntry> {
  for (const { path, index, tape, value } of parseYaml(outer.path, text).documents) {
    for (const entry of secretEntries({ path, index, tape, value, classification: outer.classification })) {
      const found = isFieldPlace(entry.at) ? entryAt(tape, text, entry.at.field) : undefined;
      const written = found && text.slice(startOf(tape, found.key ?? found.value), endOf(tape, found.value));
      const place = at(outer, ...field);
      yield { ...entry, at: written === undefined || written.includes('\n') ? place : within(place, written) };
    }
  }
}

function* entriesOf(document: Document, secret: Fields, field: FieldPath): Iterable<SecretEntry> {
  const { metadata, type } = secret;
  // A release of Helm is what the cluster keeps of it, not what people write.
  if (type === 'helm.sh/release.v1') return;
  const name = isFields(metadata) && typeof metadata.name === 'string' ? metadata.name : undefined;
  const holder = name === undefined ? 'the Secret' : `Secret "${name}"`;
  for (const part of ['data', 'stringData']) {
    const data = secret[part];
    if (!isFields(data)) continue;
    for (const [key, value] of Object.entries(data)) {
      if (typeof value === 'string') yield { at: at(document, ...field, part, key), key, value, isEncoded: part === 'data', holder };
    }
  }
}

/** SOPS leaves its own field with a checksum of the document. */
function isEncryptedBySops({ sops }: Fields): boolean {
  return isFields(sops) && 'mac' in sops;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
