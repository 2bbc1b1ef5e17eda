import type { DocumentClass } from '../core/classification.ts';
import { isTemplatedData, type SourceFile } from '../core/document.ts';
import type { Skip } from '../core/finding.ts';
import { isFieldPlace, isTextPlace, type Place, type RepoPath, within } from '../core/place.ts';
import type { KnownToken, PlaintextSecret, PrivateKey, SecretScanner } from '../core/secrets.ts';
import { decodeBase64, textOf } from './decode-base64.ts';
import { findCredentials } from './find-credentials.ts';
import { findPrivateKeys } from './find-private-keys.ts';
import { type FoundToken, findTokens } from './find-tokens.ts';
import { type GeneratedEntry, generatedSecrets } from './generated-secrets.ts';
import { type Judgement, judgeBytes, judgeValue, type ValueSettings } from './judge-value.ts';
import { type SecretEntry, secretEntries } from './secret-objects.ts';
import { templatedEntries } from './templated-secrets.ts';

/** A scanner for one run. */
export function secretScanner(settings: ValueSettings): SecretScanner {
  return {
    *plaintextIn(repo) {
      for (const file of repo.files.values()) {
        if (isFixture(file.path)) continue;
        for (const entry of entriesOf(file)) yield* describeEntry(entry, judgeEntry(entry, settings));
      }
      for (const entry of generatedSecrets(repo)) {
        if (!isFixture(entry.at.path)) yield* describeEntry(entry, judgeValue(entry.key, entry.value, settings));
      }
    },

    *tokensIn(file) {
      if (isNeverSecret(file)) return;
      for (const token of findTokens(file.text, settings.today)) {
        const at = { path: file.path, start: token.start, end: token.end };
        yield 'templated' in token ? skip(at, token.templated) : describeToken(at, token);
      }
      for (const { at, key, text } of decodedEntries(file)) {
        if (text === undefined) continue;
        // The key tells of some what they are.
        for (const token of findTokens(`${key}: ${text}`, settings.today)) if ('value' in token) yield describeToken(at, token);
      }
    },

    *credentialsIn(file) {
      if (isNeverSecret(file)) return;
      for (const { start, end, ...credential } of findCredentials(file.text, settings)) {
        const at = { path: file.path, start, end };
        yield 'templated' in credential ? skip(at, credential.templated) : { at, ...credential };
      }
    },

    *privateKeysIn(file) {
      if (isNeverSecret(file)) return;
      for (const key of findPrivateKeys(file.text)) {
        const at = { path: file.path, start: key.start, end: key.end };
        yield 'templated' in key ? skip(at, key.templated) : describeKey(at, key);
      }
      for (const { at, key, value, bytes, text } of decodedEntries(file)) {
        if (isPkcs12(bytes) && !/trust/i.test(key)) yield { at, name: 'a PKCS#12 keystore', isEncrypted: true, isEncoded: true };
        if (text === undefined || findPrivateKeys(value).length > 0) continue;
        for (const found of findPrivateKeys(text)) if ('name' in found) yield describeKey(at, { ...found, isEncoded: true });
      }
    },
  };
}

/** Data for tests, by the folder: what looks like a secret there is one that nobody uses. */
function isFixture(path: RepoPath): boolean {
  return /(?:^|\/)(?:tests|test-?data|[\w-]*fixtures?|__\w+__|mocks?|e2e)\//.test(path);
}

const neverSecret: ReadonlySet<DocumentClass> = new Set(['lock-file', 'helm-lock', 'terraform-lock']);

function isNeverSecret({ path, classification }: SourceFile): boolean {
  return neverSecret.has(classification.class) || path.endsWith('.svg') || isFixture(path);
}

/** Stands in every text that holds a Secret, be it behind a line break that is escaped; `ExternalSecret` is another word. */
const secretWord = /(?:^|[^A-Za-z]|\\[a-z])Secret(?![A-Za-z])/;

/** The entries of the Secrets in a file; the text alone tells quickly that there are none. */
function* entriesOf(file: SourceFile): Iterable<SecretEntry> {
  if (!file.text.includes('Secret') || !secretWord.test(file.text)) return;
  for (const document of file.documents) yield* secretEntries(document);
  if (isTemplatedData(file)) yield* templatedEntries(file);
}

interface DecodedEntry extends SecretEntry {
  readonly bytes: Buffer;
  /** Where the bytes are text. */
  readonly text?: string;
}

/** What stands in base64 in the Secrets of a file. */
function* decodedEntries(file: SourceFile): Iterable<DecodedEntry> {
  for (const entry of entriesOf(file)) {
    const bytes = entry.isEncoded ? decodeBase64(entry.value) : undefined;
    const text = bytes && textOf(bytes);
    if (bytes) yield { ...entry, bytes, ...(text !== undefined && { text }) };
  }
}

/** A sequence that begins with the version 3 and goes on with another one (RFC 7292, 4). */
function isPkcs12(bytes: Buffer): boolean {
  const version = bytes.subarray(0, 12).indexOf(Buffer.from([0x02, 0x01, 0x03, 0x30]));
  return bytes[0] === 0x30 && version >= 2;
}

/** What is no base64 under `data` is a placeholder, or was meant for `stringData`. */
function judgeEntry({ key, value, isEncoded }: SecretEntry, settings: ValueSettings): Judgement {
  const bytes = isEncoded ? decodeBase64(value) : undefined;
  if (!bytes) return judgeValue(key, value, settings);
  const text = textOf(bytes);
  return text === undefined ? judgeBytes(key, bytes) : judgeValue(key, text, settings);
}

function* describeEntry(entry: SecretEntry | GeneratedEntry, judgement: Judgement): Iterable<PlaintextSecret | Skip> {
  const { at, key, holder } = entry;
  if (judgement.verdict === 'templated') yield skip(at, `the value of a ${'isEncoded' in entry ? 'Secret' : 'secret generator'}`);
  if (judgement.verdict !== 'secret') return;
  const isText = !('isEncoded' in entry && entry.isEncoded);
  yield {
    at: isText ? narrow(at, entry.value, judgement.piece) : at,
    key,
    holder,
    ...('usedAt' in entry && entry.usedAt && { usedAt: entry.usedAt }),
  };
}

/** The line of a file of settings that is the secret, where it is written as it is read. */
function narrow(at: Place, value: string, piece: string | undefined): Place {
  if (piece === undefined) return at;
  if (isFieldPlace(at)) return at.within === undefined ? within(at, piece) : at;
  const offset = value.indexOf(piece);
  return isTextPlace(at) && offset >= 0 ? { ...at, start: at.start + offset, end: at.start + offset + piece.length } : at;
}

function describeToken(at: Place, { pattern: { name }, value, doubt }: FoundToken): KnownToken {
  const hint = value.length > 16 ? `${value.slice(0, 2)}…${value.slice(-2)}` : '';
  return { at, name, hint, ...doubt };
}

function describeKey(at: Place, { name, isEncrypted, isEncoded }: Omit<PrivateKey, 'at'>): PrivateKey {
  return { at, name, isEncrypted, isEncoded };
}

function skip(at: Place, what: string): Skip {
  return { at, skipped: `${what} is filled in later` };
}
