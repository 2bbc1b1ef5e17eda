import { decodeBase64, textOf } from './decode-base64.ts';
import { findPrivateKeys } from './find-private-keys.ts';
import { findTokens } from './find-tokens.ts';
import { isPasswordName, kindOfKey } from './key-names.ts';
import { isPlaceholder, isTemplated, isUnset } from './placeholders.ts';
import { entropyOf, looksMadeUp } from './randomness.ts';
import type { SecretCandidate } from './sources/secret-candidate.ts';
import { isHostOrPath, isIdentifier, isMention, isName } from './value-shapes.ts';

/** What a value is. `harmless` is also what cannot be told from a setting. */
export type Judgement =
  | {
      readonly verdict: 'secret';
      /** `weak`: a few letters or words that anybody may guess. */
      readonly strength: 'strong' | 'weak';
      /** What tells it beside the key, where something does. */
      readonly form?: 'token' | 'url';
    }
  /** The name of a credential with what somebody meant to replace. */
  | { readonly verdict: 'unset' }
  /** Filled in later, so that nothing can be said. */
  | { readonly verdict: 'templated' }
  | { readonly verdict: 'harmless' };

const strong: Judgement = { verdict: 'secret', strength: 'strong' };
const weak: Judgement = { verdict: 'secret', strength: 'weak' };
const token: Judgement = { ...strong, form: 'token' };
const inUrl: Judgement = { ...strong, form: 'url' };
const harmless: Judgement = { verdict: 'harmless' };

/** What the config, the repository and the day of the run say of values. */
export interface ValueSettings {
  readonly placeholders: readonly RegExp[];
  /** `YYYY-MM-DD` */
  readonly today: string;
  /** Whether a Secret has this name. */
  readonly isSecretName: (name: string) => boolean;
}

/** Judges a value that is decoded and no file of settings, by its key, by itself and by what is kept where it stands. */
export function judgeValue(candidate: Pick<SecretCandidate, 'key' | 'path' | 'value' | 'keptAs'>, settings: ValueSettings): Judgement {
  const { key, path, keptAs } = candidate;
  const text = candidate.value.trim();
  const kind = kindOfKey(key);
  if (isPlaceholder(text, settings.placeholders)) return kind === 'credential' && isUnset(text) ? { verdict: 'unset' } : harmless;
  if (isEncodedPlaceholder(text, settings)) return harmless;
  if (holdsKnownSecret(text, settings)) return token;
  if (isTemplated(text)) return keptAs === 'secret' || kind === 'credential' ? { verdict: 'templated' } : harmless;
  if (isPublicKey(text)) return harmless;
  if (key === 'auth' && path.includes('auths')) return isDockerAuth(text, settings) ? strong : harmless;
  return judgeWord(key, text, keptAs, settings);
}

/** Judges bytes that are no text: what a random key and a keystore look like. */
export function judgeBytes(key: string, bytes: Buffer): Judgement {
  const isKeystore = /\.(?:p12|pfx|jks|keystore|key)$|^(?:keystore|p12|pfx)$/i.test(key) && !/trust/i.test(key);
  return isKeystore || (kindOfKey(key) === 'credential' && bytes.length >= 8) ? strong : harmless;
}

/** Argo CD Vault Plugin and some operators decode once more. */
function isEncodedPlaceholder(text: string, { placeholders }: ValueSettings): boolean {
  if (text.length < 8 || text.length > 400) return false;
  const decoded = decodeBase64(text);
  const inner = decoded && textOf(decoded);
  return inner !== undefined && /^[\x20-\x7e\s]+$/.test(inner) && inner.trim() !== '' && (isPlaceholder(inner, placeholders) || isTemplated(inner));
}

/** A private key, or a token that is one for certain; an id of an access key alone opens nothing. */
export function holdsKnownSecret(text: string, { today }: Pick<ValueSettings, 'today'>): boolean {
  return (
    findPrivateKeys(text).some(key => 'name' in key) ||
    findTokens(text, today).some(found => 'value' in found && (found.isCertain || found.pattern.id !== 'aws-access-key'))
  );
}

/** Certificates and public keys in PEM and of SSH, and age recipients. */
export function isPublicKey(text: string): boolean {
  return /^(?:#[^\n]*\n|\s)*(?:-----BEGIN (?:[A-Z0-9]+ )*(?:CERTIFICATE|PUBLIC KEY|CERTIFICATE REQUEST|CRL|PARAMETERS)|ssh-(?:rsa|ed25519|dss) |ecdsa-sha2-|sk-(?:ssh|ecdsa)-|age1)/.test(
    text,
  );
}

/** The `auth` of a Docker config: base64 of user and password. */
function isDockerAuth(value: string, { placeholders }: ValueSettings): boolean {
  const decoded = decodeBase64(value);
  const password = decoded && /^[^:]+:(.+)$/s.exec(textOf(decoded) ?? '')?.[1];
  return password !== undefined && !isPlaceholder(password, placeholders) && !isTemplated(password);
}

/** Judges a value that is no placeholder. */
function judgeWord(key: string, text: string, keptAs: SecretCandidate['keptAs'], settings: ValueSettings): Judgement {
  if (holdsPassword(passwordInUrl, text, settings)) return inUrl;
  if (holdsPassword(passwordInString, text, settings) || isPasswordHash(text)) return strong;
  const kind = kindOfKey(key);
  if (isUrl(text)) return kind === 'credential' && isWebhook(key, text) ? strong : harmless;
  if (kind === 'public' || isSetting(text) || isIdentifier(text) || isConnection(text)) return harmless;
  if (kind === 'unknown') return keptAs === 'secret' && isRandom(text) && !isName(text) ? strong : harmless;
  if (isUuid(text)) return keptAs === 'secret' || /(?:secret|token|passw(?:or)?d|pwd)\W*\d*$/i.test(key) ? strong : harmless;
  const isPassword = isPasswordName(key);
  if (/(?:^|[^a-z])pin$/i.test(key)) return /^\d{4,12}$/.test(text) ? weak : harmless;
  if (text.length < (isPassword ? 3 : 6) || /\s/.test(text.slice(0, keptAs === 'secret' ? 20 : text.length))) return harmless;
  if (!isPassword && (isHostOrPath(text) || /^\d+$/.test(text))) return harmless;
  const [, passwordOfUser] = takesUsers.test(key) ? (/^[\w.@-]+:(\S+)$/.exec(text) ?? []) : [];
  if (passwordOfUser !== undefined) return judgeWord('password', passwordOfUser, keptAs, settings);
  if (keptAs === 'setting' && saysWhere(key, text, isPassword, settings)) return harmless;
  return isGuessable(text) ? weak : strong;
}

/** Such a value is a user and a password. */
const takesUsers = /(?:basic[-_]?auth|user[-_]?pass|credentials)$/i;

/** Among settings the key of a credential may also hold the name of a Secret, of a key in it, of a file or of a variable. */
function saysWhere(key: string, text: string, isPassword: boolean, { isSecretName }: ValueSettings): boolean {
  // One word alone is a bad password rather than the name of the Secret that holds it.
  if (text === key || isMention(text) || (text.includes('-') && isSecretName(text))) return true;
  return isPassword ? /^\.{0,2}\//.test(text) : isName(text);
}

const passwordInUrl = /:\/\/[^\s/:@"'<>]{0,100}:([^\s/@"'<>]{1,200})@/;
const passwordInString =
  /(?:^|[;?&\s,])(?:password|pwd|passwd|accountkey|sharedaccesskey|secret|access_token)=["']?([^\s;&"',<>]{3,200})|^[^\s:@]+:([^\s@]{3,200})@(?:tcp|unix)\(/i;

/** A password in a URL or in a connection string. */
function holdsPassword(pattern: RegExp, text: string, { placeholders }: ValueSettings): boolean {
  const [, first, second] = pattern.exec(text) ?? [];
  const password = first ?? second;
  return (
    password !== undefined &&
    !isPlaceholder(password, placeholders) &&
    !isTemplated(password) &&
    !isMention(password) &&
    !(/secret=/.test(text) && isName(password))
  );
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

/** Who knows the URL may post there; what a vault has at a URL it gives to whom it trusts. */
function isWebhook(key: string, url: string): boolean {
  return /hook/i.test(key + url) && /\/[A-Za-z0-9_-]{24,}(?:[/?]|$)/.test(url);
}

/** Switches, numbers, durations, versions and sizes. */
function isSetting(text: string): boolean {
  return /^(?:true|false|yes|no|on|off|enabled?|disabled?|-?\d{1,5}(?:\.\d+)*|\d+(?:ms|s|m|h|d|[KMGT]i?B?)|v\d+(?:\.\d+)*|\d{4}-\d{2}-\d{2}(?:T[\d:.Z+-]+)?)$/i.test(
    text,
  );
}

/** A connection string; those with a password are told before. */
function isConnection(text: string): boolean {
  return /^[A-Za-z][\w ]*=[^;]*;|^[^\s@]*@(?:tcp|unix)\(/.test(text);
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

const commonWords = new Set(
  (
    'admin administrator root user guest password passwd pass passw secret token test demo welcome letmein qwerty abc default postgres postgresql mysql ' +
    'mariadb mongo mongodb redis rabbit rabbitmq minio minioadmin grafana prometheus prom operator argocd argo flux keycloak jenkins sonar sonarqube nexus ' +
    'harbor vault elastic kibana gitlab gitea drone airflow superset wordpress drupal bitnami master replication repl monitor monitoring local dev prod ' +
    'production staging app web db database service server client api my the'
  ).split(' '),
);

/** Short, of one kind of characters, or of words that everybody tries first, `P@ssw0rd1` too. */
function isGuessable(text: string): boolean {
  if (text.length < 8) return true;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9_.-]/].filter(kind => kind.test(text)).length;
  if (kinds < 2) return !/[bcdfghjklmnpqrstvwxz]{5}/i.test(text) || text.length < 10;
  const words = text
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/@/g, 'a')
    .replace(/(?<=[a-z])0(?=[a-z])/g, 'o')
    .replace(/(?<=[a-z])[1!](?=[a-z])/g, 'i')
    .replace(/(?<=[a-z])[$5](?=[$5a-z])/g, 's')
    .split(/[^a-z]+/)
    .filter(word => word !== '');
  return words.every(word => commonWords.has(word));
}

/** A value that no person made: long, of one piece, with letters and digits, and no name, id or hash of something public. */
function isRandom(text: string): boolean {
  if (text.length < 20 || text.length > 500 || !/^[A-Za-z0-9+/_=.~!@#$%^&*-]+$/.test(text)) return false;
  if (isUuid(text) || isHostOrPath(text) || /^(?:arn:|sha\d+[:-]|[a-z]+(?:-[a-z0-9]+)*$)/.test(text) || /^[0-9a-f]{40}$/.test(text)) return false;
  return /[a-zA-Z]/.test(text) && /\d/.test(text) && entropyOf(text) >= 3.5 && !looksMadeUp(text);
}
