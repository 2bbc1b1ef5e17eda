import { decodeBase64, textOf } from './decode-base64.ts';
import { findPrivateKeys } from './find-private-keys.ts';
import { findTokens } from './find-tokens.ts';
import { isPasswordName, kindOfKey } from './key-names.ts';
import { isPlaceholder, isTemplated } from './placeholders.ts';
import { entropyOf, looksMadeUp } from './randomness.ts';

/** What a value is. `harmless` is also what cannot be told from a setting. */
export type Judgement =
  /** `piece` is the part of a file of settings that is the secret. */
  | { readonly verdict: 'secret'; readonly piece?: string }
  /** Filled in later, so that nothing can be said. */
  | { readonly verdict: 'templated' }
  | { readonly verdict: 'harmless' };

const secret: Judgement = { verdict: 'secret' };
const harmless: Judgement = { verdict: 'harmless' };

/** What the config and the day of the run say of values. */
export interface ValueSettings {
  readonly placeholders: readonly RegExp[];
  /** `YYYY-MM-DD` */
  readonly today: string;
}

/** Judges a value that is kept as a secret, by its key and by itself. */
export function judgeValue(key: string, value: string, settings: ValueSettings): Judgement {
  const text = value.trim();
  if (isPlaceholder(text, settings.placeholders) || isEncodedPlaceholder(text, settings)) return harmless;
  if (holdsKnownSecret(text, settings)) return secret;
  if (isTemplated(text)) return { verdict: 'templated' };
  if (isPublicKey(text)) return harmless;
  if (/\n/.test(text) || /^[[{]/.test(text)) return judgeSettings(key, text, settings);
  return isSecretWord(key, text, settings) ? secret : harmless;
}

/** Judges bytes that are no text: what a random key and a keystore look like. */
export function judgeBytes(key: string, bytes: Buffer): Judgement {
  const isKeystore = /\.(?:p12|pfx|jks|keystore|key)$|^(?:keystore|p12|pfx)$/i.test(key) && !/trust/i.test(key);
  return isKeystore || (kindOfKey(key) === 'credential' && bytes.length >= 8) ? secret : harmless;
}

/** Argo CD Vault Plugin and some operators decode once more. */
function isEncodedPlaceholder(text: string, { placeholders }: ValueSettings): boolean {
  if (text.length < 8 || text.length > 400) return false;
  const decoded = decodeBase64(text);
  const inner = decoded && textOf(decoded);
  return inner !== undefined && /^[\x20-\x7e\s]+$/.test(inner) && inner.trim() !== '' && (isPlaceholder(inner, placeholders) || isTemplated(inner));
}

function holdsKnownSecret(text: string, { today }: ValueSettings): boolean {
  return (
    findPrivateKeys(text).some(key => 'name' in key) ||
    findTokens(text, today).some(token => 'value' in token && (token.isCertain || token.pattern.id !== 'aws-access-key'))
  );
}

/** Certificates and public keys in PEM and of SSH, and age recipients. */
function isPublicKey(text: string): boolean {
  return /^(?:#[^\n]*\n|\s)*(?:-----BEGIN (?:[A-Z0-9]+ )*(?:CERTIFICATE|PUBLIC KEY|CERTIFICATE REQUEST|CRL|PARAMETERS)|ssh-(?:rsa|ed25519|dss) |ecdsa-sha2-|sk-(?:ssh|ecdsa)-|age1)/.test(
    text,
  );
}

/** A file of settings is a secret where one of its settings is: JSON by its fields, others line by line. */
function judgeSettings(key: string, text: string, settings: ValueSettings): Judgement {
  const found = (readJson(text) ?? readLines(text)).find(({ name, value }) => isSecretField(name || key, value, settings));
  return found ? { verdict: 'secret', piece: found.written } : harmless;
}

interface Setting {
  readonly name: string;
  readonly value: string;
  /** How it stands in the text. */
  readonly written: string;
}

function isSecretField(name: string, value: string, settings: ValueSettings): boolean {
  if (isPlaceholder(value, settings.placeholders) || isTemplated(value) || isEncodedPlaceholder(value, settings)) return false;
  if (name === 'auth') return isDockerAuth(value, settings);
  if (holdsPassword(value, settings) || isPasswordHash(value)) return true;
  return kindOfKey(name) === 'credential' && isSecretWord(name, value, settings);
}

/** The scalars of a JSON text with the names of their fields; undefined where it is none. */
function readJson(text: string): readonly Setting[] | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  const found: Setting[] = [];
  try {
    JSON.parse(text, (name, value: unknown) => {
      if (typeof value === 'string') found.push({ name, value, written: value });
      return value;
    });
    return found;
  } catch {
    return undefined;
  }
}

/** `name: value`, `name = value` and `name=value`; other lines have no name, and may have a password in a URL. */
function readLines(text: string): readonly Setting[] {
  return text.split('\n').flatMap(line => {
    const written = line.trim();
    if (written === '' || /^(?:#|;|\/\/|\*|\/\*)/.test(written)) return [];
    const [, name = '', value = written] = /^(?:-\s+|export\s+)?["']?([\w.$/-]+)["']?\s*[:=]\s*(\S.*)$/.exec(written) ?? [];
    const bare = value
      .replace(/\s#.*$/, '')
      .trim()
      .replace(/,$/, '')
      .replace(/^(["'])(.*)\1$/, '$2');
    return [{ name, value: bare, written }];
  });
}

/** The `auth` of a Docker config: base64 of user and password. */
function isDockerAuth(value: string, { placeholders }: ValueSettings): boolean {
  const decoded = decodeBase64(value);
  const password = decoded && /^[^:]+:(.+)$/s.exec(textOf(decoded) ?? '')?.[1];
  return password !== undefined && !isPlaceholder(password, placeholders) && !isTemplated(password);
}

/** Judges a value of one line that is no placeholder. */
function isSecretWord(key: string, text: string, settings: ValueSettings): boolean {
  if (holdsPassword(text, settings) || isPasswordHash(text)) return true;
  const kind = kindOfKey(key);
  if (isUrl(text)) return kind === 'credential' && /\/[A-Za-z0-9_-]{24,}(?:[/?]|$)/.test(text);
  if (kind === 'public' || isSetting(text)) return false;
  if (kind === 'credential') {
    if (isUuid(text)) return true;
    return text.length >= (isPasswordName(key) ? 3 : 6) && !/\s/.test(text.slice(0, 20).trim()) && (isPasswordName(key) || !isHostOrPath(text));
  }
  return isRandom(text);
}

/** A password in a URL or in a connection string. */
function holdsPassword(text: string, { placeholders }: ValueSettings): boolean {
  const inUrl = /:\/\/[^\s/:@"'<>]{0,100}:([^\s/@"'<>]{1,200})@/.exec(text)?.[1];
  const inString = /(?:^|[;?&\s,])(?:password|pwd|passwd|accountkey|sharedaccesskey|secret|access_token)=([^\s;&"',]{3,200})/i.exec(text)?.[1];
  return [inUrl, inString].some(password => password !== undefined && !isPlaceholder(password, placeholders) && !isTemplated(password));
}

/** As htpasswd, crypt, bcrypt, Argon2 and LDAP write it; a hash of a password lets it be guessed. */
function isPasswordHash(text: string): boolean {
  return /(?:^|:)(?:\$(?:apr1|1|2[aby]?|5|6|7|y|argon2(?:id?|d)|pbkdf2-sha\d+|scrypt)\$[\w./$=,+-]{20,}|\{S?SHA(?:256|512)?\}[A-Za-z0-9+/=]{20,})$/.test(
    text,
  );
}

function isUrl(text: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]*:)?\/\/\S+$/i.test(text) || /^(?:git|ssh)@[\w.-]+:\S+$/.test(text) || /^jdbc:\S+$/.test(text);
}

/** Switches, numbers, durations, versions and sizes. */
function isSetting(text: string): boolean {
  return /^(?:true|false|yes|no|on|off|enabled?|disabled?|-?\d{1,5}(?:\.\d+)*|\d+(?:ms|s|m|h|d|[KMGT]i?B?)|v\d+(?:\.\d+)*|\d{4}-\d{2}-\d{2}(?:T[\d:.Z+-]+)?)$/i.test(
    text,
  );
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

function isHostOrPath(text: string): boolean {
  return /^\.{0,2}\/|^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/|$)|^[\w.+-]+@[\w-]+\.[\w.-]+$/i.test(text);
}

/** A value that no person made: long, of one piece, with letters and digits, and no name, id or hash of something public. */
function isRandom(text: string): boolean {
  if (text.length < 20 || text.length > 500 || !/^[A-Za-z0-9+/_=.~!@#$%^&*-]+$/.test(text)) return false;
  if (isUuid(text) || isHostOrPath(text) || /^(?:arn:|sha\d+[:-]|[a-z]+(?:-[a-z0-9]+)*$)/.test(text) || /^[0-9a-f]{40}$/.test(text)) return false;
  return /[a-zA-Z]/.test(text) && /\d/.test(text) && entropyOf(text) >= 3.5 && !looksMadeUp(text);
}
