import type { DocumentClass } from '../core/classification.ts';
import type { SourceFile } from '../core/document.ts';
import { isFields } from '../core/fields.ts';
import { at, type FieldPath } from '../core/place.ts';
import { isPublicKey } from './judge-value.ts';
import { kindOfKey } from './key-names.ts';
import { isPlaceholder, isTemplated } from './placeholders.ts';
import { entropyOf, looksMadeUp } from './randomness.ts';
import type { SecretCandidate } from './sources/secret-candidate.ts';
import { isHostOrPath, isMention } from './value-shapes.ts';

/** What others judge, what is encrypted, and what is full of ids and digests that everybody may read. */
const leftOut: ReadonlySet<DocumentClass> = new Set([
  'secret',
  'sealed-secret',
  'sops-encrypted',
  'ansible-vault',
  'custom-resource-definition',
  'lock-file',
  'helm-lock',
  'terraform-lock',
  'terraform-state',
  'json-schema',
  'helm-values-schema',
  'openapi',
  'dashboard',
  'policy-test',
  'tool-config',
  'sops-config',
  'source-code',
  'documentation',
  'generated',
] as const);

/** Long values of a file that look random, under keys that name no credential: what has such a name is judged by it. */
export function* randomValues(file: SourceFile): Iterable<Omit<SecretCandidate, 'holder' | 'keptAs'>> {
  for (const document of file.documents) {
    const { classification, value } = document;
    if (leftOut.has(classification.class) || classification.generated) continue;
    for (const { field, key, text } of stringsBelow(value, [], '')) {
      if (!isRandom(text, key)) continue;
      const path = field.filter(part => typeof part === 'string');
      if (path.some(name => dnsRecords.test(name))) continue;
      yield { at: at(document, ...field), key, path: [...path.slice(0, -1), key], value: text };
    }
  }
}

/** Whoever asks for them is told. */
const dnsRecords = /(?:^|[-_.])(?:dns|records?|recordsets?|txt|cname|challenge|verification|validation|dkim)(?:[-_.]|$)|(?:Dns|Record)s?(?:[A-Z]|$)/;

interface FoundString {
  readonly field: FieldPath;
  /** The last name on the way; of a variable its own. */
  readonly key: string;
  readonly text: string;
}

const deepest = 100;

function* stringsBelow(value: unknown, field: FieldPath, key: string): Iterable<FoundString> {
  if (typeof value === 'string') {
    if (value.length >= shortest && value.length <= longest + 2) yield { field, key, text: value.trim() };
  } else if (field.length > deepest) {
    return;
  } else if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) yield* stringsBelow(value[index], [...field, index], key);
  } else if (isFields(value)) {
    if (isFields(value.sops) || typeof value.kty === 'string') return;
    const { name } = value;
    for (const child in value) {
      if (publicFields.has(child)) continue;
      yield* stringsBelow(value[child], [...field, child], child === 'value' && typeof name === 'string' ? name : child);
    }
  }
}

const shortest = 20;
const longest = 256;

/** Fields whose values are for people and controllers to read, and ciphertext. */
const publicFields: ReadonlySet<string> = new Set(
  'annotations labels matchLabels nodeSelector encryptedData caBundle status managedFields image images uses description'.split(' '),
);

/** Names of digests, ids and revisions. */
function isOfPublicName(key: string): boolean {
  return /(?:tag|ref|rev|revision|commit|digest|checksum|check_?sum|sha\d*|hash|hashes|uid|uuid|guid|id|ids|etag|version|fingerprint|thumbprint|nonce|integrity|certificate|cert|crt|ca|kid|x5t|recipients?|pgp|age|arn|url|uri|host|name)$/i.test(
    key,
  );
}

/** By the alphabet it is written in, as many bits a character as no name and no sentence has. */
function isRandom(text: string, key: string): boolean {
  if (text.length < shortest || text.length > longest || /\s/.test(text) || !/[a-zA-Z]/.test(text) || !/\d.*\d/.test(text)) return false;
  if (kindOfKey(key) !== 'unknown' || isOfPublicName(key)) return false;
  const least = leastEntropy(text);
  if (least === undefined || entropyOf(text) < least) return false;
  return !isKnownToBePublic(text) && !isOfWords(text) && !looksMadeUp(text) && !hasKeyboardRun(text);
}

/** Undefined for hexadecimal digits of the length of a digest. */
function leastEntropy(text: string): number | undefined {
  if (/^[0-9a-fA-F]+$/.test(text)) return digestLengths.has(text.length) ? undefined : 3;
  if (/^[A-Za-z0-9]+$/.test(text)) return 4;
  if (/^[A-Za-z0-9_+/-]+={0,2}$/.test(text)) return 4.3;
  return 4.5;
}

const digestLengths: ReadonlySet<number> = new Set([32, 40, 64, 96, 128]);

function isKnownToBePublic(text: string): boolean {
  return (
    isPlaceholder(text, []) ||
    isTemplated(text) ||
    isMention(text) ||
    isHostOrPath(text) ||
    isPublicKey(text) ||
    /^(?:sha(?:1|256|384|512)[:-]|h1:|zh:|age1|Ag[A-Za-z0-9+/]{60}|urn:|arn:|data:|did:|MII[A-Za-z]|[a-z][a-z0-9+.-]*:\/\/|[\w.-]+@)/.test(text) ||
    /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i.test(text) ||
    // Expressions, patterns, lists, queries and commands.
    /[\\^*|<>()[\]{}"'`;,]|[^=]=[^=]|:\/\/|@sha\d+:/.test(text)
  );
}

/** Whether more than two fifths are words: letters of one case, with vowels as a language has them. */
function isOfWords(text: string): boolean {
  let ofWords = 0;
  for (const [word] of text.matchAll(/[A-Z]?[a-z]{3,}|[A-Z]{4,}/g)) {
    const vowels = word.replace(/[^aeiou]/gi, '').length / word.length;
    if (vowels >= 0.25 && vowels <= 0.7 && !/[bcdfghjklmnpqrstvwxz]{4}/i.test(word)) ofWords += word.length;
  }
  return ofWords > text.length * 0.4;
}

function hasKeyboardRun(text: string): boolean {
  return /qwert|asdfg|zxcvb|yuiop|hjkl|1q2w|qazwsx/i.test(text);
}
