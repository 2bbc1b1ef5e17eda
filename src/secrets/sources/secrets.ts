import type { Document, SourceFile } from '../../core/document.ts';
import { type Fields, isFields } from '../../core/fields.ts';
import { at, type FieldPath, isFieldPlace, within } from '../../core/place.ts';
import { endOf, entryAt, startOf } from '../../core/tape.ts';
import { parseYaml } from '../../parse/parse-yaml.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** Stands in every text that holds a Secret, be it behind a line break that is escaped; `ExternalSecret` is another word. */
const secretWord = /(?:^|[^A-Za-z]|\\[a-z])Secret(?![A-Za-z])/;

/**
 * The data of every Secret: of the root of a document, the items of a List, of objects within objects such as the extra
 * objects in Helm values, of patches, and of YAML in texts such as the data of a ConfigMap. Encrypted ones hold none.
 */
export function* secretEntries(file: SourceFile): Iterable<SecretCandidate> {
  if (!mentionsSecret(file.text)) return;
  for (const document of file.documents) yield* entriesBelow(document, document.value, [], 0);
}

/** The text alone tells quickly that there is no Secret. */
export function mentionsSecret(text: string): boolean {
  return text.includes('Secret') && secretWord.test(text);
}

/** `texts`: how many texts the value stands in. */
function* entriesBelow(document: Document, value: unknown, field: FieldPath, texts: number): Iterable<SecretCandidate> {
  if (field.length > deepest) return;
  if (typeof value === 'string') {
    if (texts < deepestText && value.includes('kind') && mentionsSecret(value)) yield* entriesInText(document, value, field, texts + 1);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* entriesBelow(document, item, [...field, index], texts);
  } else if (isFields(value)) {
    if (isEncryptedBySops(value)) return;
    if (value.kind === 'Secret' && value.apiVersion === 'v1') yield* entriesOf(document, value, field);
    else for (const [key, child] of Object.entries(value)) yield* entriesBelow(document, child, [...field, key], texts);
  }
}

const deepest = 100;
/** Manifests in the data of a ConfigMap in a text of values. */
const deepestText = 3;

/** Of an entry in a text its line is shown, where it has one alone. */
function* entriesInText(outer: Document, text: string, field: FieldPath, texts: number): Iterable<SecretCandidate> {
  for (const { path, index, tape, value } of parseYaml(outer.path, text).documents) {
    for (const entry of entriesBelow({ path, index, tape, value, classification: outer.classification }, value, [], texts)) {
      const found = isFieldPlace(entry.at) ? entryAt(tape, text, entry.at.field) : undefined;
      const written = found && text.slice(startOf(tape, found.key ?? found.value), endOf(tape, found.value));
      const place = at(outer, ...field);
      yield { ...entry, at: written === undefined || written.includes('\n') ? place : within(place, written) };
    }
  }
}

function* entriesOf(document: Document, secret: Fields, field: FieldPath): Iterable<SecretCandidate> {
  const { metadata, type } = secret;
  // A release of Helm is what the cluster keeps of it, not what people write.
  if (type === 'helm.sh/release.v1') return;
  const name = isFields(metadata) && typeof metadata.name === 'string' ? metadata.name : undefined;
  const holder = name === undefined ? 'the Secret' : `Secret "${name}"`;
  for (const part of ['data', 'stringData']) {
    const data = secret[part];
    if (!isFields(data)) continue;
    for (const [key, value] of Object.entries(data)) {
      if (typeof value !== 'string') continue;
      const path = [...field.filter(name => typeof name === 'string'), part, key];
      yield { at: at(document, ...field, part, key), key, path, value, isEncoded: part === 'data', holder, keptAs: 'secret' };
    }
  }
}

/** SOPS leaves its own field with a checksum of the document. */
function isEncryptedBySops({ sops }: Fields): boolean {
  return isFields(sops) && 'mac' in sops;
}
