import type { DocumentClass } from '../core/classification.ts';
import type { AllowedSecret } from '../core/config.ts';
import type { SourceFile } from '../core/document.ts';
import type { Skip } from '../core/finding.ts';
import type { Place, RepoPath } from '../core/place.ts';
import type { Repo } from '../core/repo.ts';
import type { CredentialPlaces, KnownToken, PlainCredential, PrivateKey, SecretScanner } from '../core/secrets.ts';
import { rangeOf } from '../parse/locate.ts';
import { allowedValues } from './allowed-values.ts';
import { decodeBase64, textOf } from './decode-base64.ts';
import { findCredentials } from './find-credentials.ts';
import { findPrivateKeys } from './find-private-keys.ts';
import { type FoundToken, findTokens } from './find-tokens.ts';
import { judgeCandidate } from './judge-candidate.ts';
import { holdsKnownSecret } from './judge-value.ts';
import { isPasswordName } from './key-names.ts';
import { isPlaceholder } from './placeholders.ts';
import { randomValues } from './random-values.ts';
import { searchText, type TextHits } from './search-text.ts';
import { secretNames } from './secret-names.ts';
import { findSensitiveFiles, sensitiveKind } from './sensitive-files.ts';
import { generatorEntries } from './sources/generator-entries.ts';
import { helmValues } from './sources/helm-values.ts';
import { objectLiterals } from './sources/objects.ts';
import type { SecretCandidate, SecretSource } from './sources/secret-candidate.ts';
import { secretTemplateEntries } from './sources/secret-templates.ts';
import { secretEntries } from './sources/secrets.ts';
import { settingsFiles } from './sources/settings-files.ts';
import { templateLiterals, templateValues } from './sources/templates.ts';
import { terraformLiterals } from './sources/terraform.ts';
import { stateValues } from './sources/terraform-state.ts';
import { toolSettings } from './sources/tool-settings.ts';

/** What the config and the day of the run say of secrets. */
export interface SecretSettings {
  readonly placeholders: readonly RegExp[];
  readonly allow: readonly AllowedSecret[];
  /** `YYYY-MM-DD` */
  readonly today: string;
}

const secretSources: readonly SecretSource[] = [secretEntries, secretTemplateEntries];

const sources: Readonly<Record<CredentialPlaces, readonly SecretSource[]>> = {
  secrets: secretSources,
  objects: [objectLiterals, templateLiterals],
  values: [helmValues, templateValues],
  settings: [terraformLiterals, stateValues, toolSettings, settingsFiles],
};

/** A scanner for one run. */
export function secretScanner(settings: SecretSettings): SecretScanner {
  const isAllowed = allowedValues(settings.allow);
  const searched = new WeakMap<SourceFile, TextHits | 'passed by'>();
  /** Nothing where a file holds no secrets that anybody uses. */
  const hitsIn = (file: SourceFile): TextHits | undefined => {
    const hits = searched.get(file) ?? (isNeverSecret(file) ? 'passed by' : searchText(file.text));
    searched.set(file, hits);
    return hits === 'passed by' ? undefined : hits;
  };
  function* judge(repo: Repo, places: CredentialPlaces, isWanted: (path: RepoPath) => boolean): Iterable<PlainCredential | Skip> {
    const valueSettings = { ...settings, isSecretName: secretNames(repo) };
    const seen = new Set<string>();
    for (const candidate of candidatesIn(repo, places, isWanted)) {
      for (const { found, judgement } of judgeCandidate(candidate, valueSettings)) {
        const { verdict } = judgement;
        if (verdict === 'templated') yield skip(found.at, places === 'secrets' ? 'the value of a Secret' : 'a credential');
        if ((verdict !== 'secret' && verdict !== 'unset') || isAllowed(found)) continue;
        // Other rules tell these wherever they stand; the data of a Secret is encoded, and one finding each.
        if (places !== 'secrets' && verdict === 'secret' && judgement.form !== undefined) continue;
        const file = repo.files.get(found.at.path);
        const [start, end] = file ? rangeOf(file, found.at) : [0, 0];
        // Aliases and merge keys lead to one place by several ways.
        const id = `${found.at.path}\n${start}\n${end}`;
        if (seen.has(id) || (file && isTagged(file.text, start))) continue;
        seen.add(id);
        yield describeCredential(found, verdict === 'secret' ? judgement.strength : 'unset');
      }
    }
  }

  return {
    credentialsIn: (repo, places) => judge(repo, places, path => places !== 'settings' || !isToldAsWhole(path)),

    *sensitiveFilesIn(repo) {
      const credentials = new Map<RepoPath, PlainCredential[]>();
      for (const found of judge(repo, 'settings', isToldAsWhole)) {
        if ('skipped' in found) yield found;
        if ('skipped' in found || found.strength !== 'strong') continue;
        const ofFile = credentials.get(found.at.path);
        if (ofFile) ofFile.push(found);
        else credentials.set(found.at.path, [found]);
      }
      for (const file of findSensitiveFiles(repo)) {
        const { path } = file.at;
        const found = credentials.get(path);
        if (!isFixture(path) && (file.kind !== 'environment' || found)) yield { ...file, ...(found && { credentials: found }) };
      }
    },

    *randomValuesIn(file) {
      if (isNeverSecret(file)) return;
      for (const found of randomValues(file)) {
        const { at, path, value } = found;
        if (isAllowed(found) || isPlaceholder(value, settings.placeholders) || holdsKnownSecret(value, settings)) continue;
        yield { at, path };
      }
    },

    *tokensIn(file) {
      const hits = hitsIn(file);
      if (hits === undefined) return;
      for (const token of findTokens(file.text, settings.today, hits.tokens)) {
        const at = { path: file.path, start: token.start, end: token.end };
        if ('templated' in token) yield skip(at, token.templated);
        // A value that only its key tells is often made up there.
        else if (isProse(file.path) && token.pattern.isAssigned && token.doubt === undefined)
          yield describeToken(at, { ...token, doubt: { doubt: 'it may be an example' } });
        else if (!isAllowed({ at, key: '', path: [], value: token.value })) yield describeToken(at, token);
      }
      for (const { at, key, path, text } of decodedEntries(file)) {
        if (text === undefined) continue;
        // The key tells of some what they are.
        for (const token of findTokens(`${key}: ${text}`, settings.today)) {
          if ('value' in token && !isAllowed({ at, key, path, value: token.value })) yield describeToken(at, token);
        }
      }
    },

    *urlCredentialsIn(file) {
      const hits = hitsIn(file);
      if (hits === undefined) return;
      for (const { start, end, ...credential } of findCredentials(file.text, settings, hits.credentials)) {
        if (end - start < fewCharacters && isProse(file.path)) continue;
        const at = { path: file.path, start, end };
        yield 'templated' in credential ? skip(at, credential.templated) : { at, ...credential };
      }
    },

    *privateKeysIn(file) {
      const hits = hitsIn(file);
      if (hits === undefined) return;
      for (const key of findPrivateKeys(file.text, hits.privateKeys)) {
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
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  let answer = fixtureFolders.get(folder);
  if (answer === undefined) {
    answer = /(?:^|\/)(?:[\w-]*tests|test[-_]?(?:data|resources)|[\w-]*fixtures?|__\w+__|mocks?|e2e)\//.test(folder);
    if (fixtureFolders.size >= mostFolders) fixtureFolders.clear();
    fixtureFolders.set(folder, answer);
  }
  return answer;
}

/** Every source asks of every file. */
const fixtureFolders = new Map<string, boolean>();
const mostFolders = 50_000;

function isProse(path: RepoPath): boolean {
  return /\.(?:mdx?|rst|adoc|txt)$/i.test(path);
}

/** Nobody shows a real password that is so short, but many an example is. */
const fewCharacters = 8;

const neverSecret: ReadonlySet<DocumentClass> = new Set(['lock-file', 'helm-lock', 'terraform-lock']);

function isNeverSecret({ path, classification }: SourceFile): boolean {
  return classification.encryptedByGit === true || neverSecret.has(classification.class) || path.endsWith('.svg') || isFixture(path);
}

/** Of a file that has to stay out as a whole there is one finding. */
function isToldAsWhole(path: RepoPath): boolean {
  const kind = sensitiveKind(path);
  return kind === 'environment' || kind === 'state';
}

function* candidatesIn(repo: Repo, places: CredentialPlaces, isWanted: (path: RepoPath) => boolean): Iterable<SecretCandidate> {
  const taken = places === 'settings' ? takenByGenerators(repo) : undefined;
  for (const file of repo.files.values()) {
    if (isFixture(file.path) || taken?.has(file.path) || !isWanted(file.path) || file.classification.encryptedByGit) continue;
    for (const source of sources[places]) yield* source(file);
  }
  if (places === 'values' || places === 'settings') return;
  for (const entry of generatorEntries(repo, places === 'secrets' ? 'secretGenerator' : 'configMapGenerator')) {
    if (!isFixture(entry.at.path)) yield entry;
  }
}

/** What is in these is told where a Secret or a ConfigMap is made of it. */
function takenByGenerators({ kustomizations, referencesFrom }: Repo): ReadonlySet<RepoPath> {
  const taken = new Set<RepoPath>();
  for (const { path } of kustomizations.values()) {
    for (const { kind, to } of referencesFrom.get(path) ?? []) if (kind === 'kustomize-generator-file' && to !== undefined) taken.add(to);
  }
  return taken;
}

/** A tag such as `!vault` and `!secret` says that a program puts the value there. */
function isTagged(text: string, start: number): boolean {
  return /(?:^|\s)![A-Za-z][\w:/.-]*[ \t]+(?:&\S+[ \t]+)?$/.test(text.slice(Math.max(0, start - 80), start));
}

interface DecodedEntry extends SecretCandidate {
  readonly bytes: Buffer;
  /** Where the bytes are text. */
  readonly text?: string;
}

/** What stands in base64 in the Secrets of a file. */
function* decodedEntries(file: SourceFile): Iterable<DecodedEntry> {
  for (const entry of secretSources.flatMap(source => [...source(file)])) {
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

function describeCredential({ at, key, path, holder, usedAt }: SecretCandidate, strength: PlainCredential['strength']): PlainCredential {
  return { at, key, path, holder, strength, isPassword: isPasswordName(key), ...(usedAt && { usedAt }) };
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
