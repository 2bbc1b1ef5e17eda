import { decodeBase64, textOf } from './decode-base64.ts';
import { findTokens } from './find-tokens.ts';
import type { ValueSettings } from './judge-value.ts';
import { kindOfKey } from './key-names.ts';
import { isPlaceholder, isTemplated } from './placeholders.ts';
import { entropyOf, looksMadeUp } from './randomness.ts';
import { type credentialKeywords, searchText } from './search-text.ts';

/** A password or token that the syntax round it tells, by its offsets in a text. */
export interface FoundCredential {
  /** With its article and without a secret, as in `the password for "db.shop"`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Why it may be none, as a clause. */
  readonly doubt?: string;
}

/** A credential a part of which is filled in later. */
export interface TemplatedCredential {
  readonly templated: string;
  readonly start: number;
  readonly end: number;
}

type Settings = Omit<ValueSettings, 'isSecretName'>;
type Credential = FoundCredential | TemplatedCredential;
type Finder = (text: string, keywordStart: number, settings: Settings) => readonly Credential[];

const finders: Readonly<Record<(typeof credentialKeywords)[number], Finder>> = {
  '://': findInUrl,
  'assword=': findInQuery,
  'pwd=': findInQuery,
  '@tcp(': findInDataSourceName,
  uthorization: findInHeader,
  UTHORIZATION: findInHeader,
  ':_auth': findInNpmSettings,
  ':_password': findInNpmSettings,
  npmAuthToken: findInYarnSettings,
  'machine ': findInNetrc,
  auths: findInDockerConfig,
};

/**
 * The credentials in URLs, connection strings, `Authorization` headers, and the settings of npm, netrc and Docker, in the
 * order of a text. What `findTokens` finds is left to it.
 */
export function findCredentials(text: string, settings: Settings, hits = searchText(text).credentials): readonly Credential[] {
  const found: Credential[] = [];
  for (const { keyword, start } of hits) {
    for (const credential of finders[keyword](text, start, settings)) {
      if (credential.start >= (found.at(-1)?.end ?? 0) && !isKnownToken(text, credential, settings)) found.push(credential);
    }
  }
  return found;
}

const longestKey = 100;

function isKnownToken(text: string, { start, end }: Credential, { today }: Settings): boolean {
  const from = Math.max(0, start - longestKey);
  return findTokens(text.slice(from, end + longestKey), today).some(token => from + token.start < end && from + token.end > start);
}

/** `scheme://user:password@host`; a user alone is a token where it is random. */
function findInUrl(text: string, keywordStart: number, settings: Settings): readonly Credential[] {
  const start = keywordStart + 3;
  if (!hasUser(text, start)) return [];
  const scheme = /[a-z][a-z0-9+.-]{0,30}$/i.exec(text.slice(Math.max(0, keywordStart - 31), keywordStart))?.[0];
  if (scheme === undefined || /^(?:docker|oci)$/i.test(scheme)) return [];
  const authority = /^([^\s/?#@"'<>`\\:,()[\]|^*]{0,100})(?::((?:\{\{[^{}\n]{0,80}\}\}|(?!\{\{)[^\s/?#@"'<>`\\]){1,200}))?@([\w.${}()-]{1,200})/.exec(
    text.slice(start, start + longestUrl),
  );
  if (!authority) return [];
  const [, user = '', password, host = ''] = authority;
  if (isNobodysHost(host)) return [];
  if (password === undefined) {
    const place = { start, end: start + user.length };
    return /^https?$/i.test(scheme) && isRandom(user, settings) && !isPublicId(host) ? [{ name: `the token ${named(host)}`, ...place }] : [];
  }
  const passwordStart = start + user.length + 1;
  const place = { start: passwordStart, end: passwordStart + password.length };
  if (/^\d{1,5}$/.test(password) || /^(?:user(?:name)?|usr|foo|me|name|login|my-?user)$/i.test(user)) return [];
  if (isFilledIn(password)) return isWhollyFilledIn(password) ? [] : [{ templated: `the password ${named(host)}`, ...place }];
  if (isPlaceholder(decodedUrl(password), settings.placeholders) || looksLikePattern(password) || saysItsOwnName(password)) return [];
  const doubt = user.toLowerCase() === password.toLowerCase() ? { doubt: 'it is the name of the user' } : {};
  return [{ name: `the password ${named(host)}`, ...place, ...doubt }];
}

/** As in `access_key:secret_access_key@` and `user1:pass1@`, which stand for what is to be put there. */
function saysItsOwnName(password: string): boolean {
  return /^pass(?:word)?\d{0,3}$/i.test(password) || (/^[a-z]+(?:[_-][a-z]+)+$/i.test(password) && kindOfKey(password) === 'credential');
}

const longestUrl = 600;

/** Whether an at sign comes before the path, which it does in few URLs. */
function hasUser(text: string, start: number): boolean {
  const limit = Math.min(text.length, start + longestUrl);
  for (let index = start; index < limit; index++) {
    const character = text.charCodeAt(index);
    if (character === 64) return true;
    if (character === 47 || character === 10 || character === 34) return false;
  }
  return false;
}

function named(host: string): string {
  return isFilledIn(host) ? 'in a URL' : `for "${host}"`;
}

/** `jdbc:mysql://host/…?user=web&password=…`, and the same with semicolons. */
function findInQuery(text: string, keywordStart: number, settings: Settings): readonly Credential[] {
  const words = text.slice(Math.max(0, keywordStart - longestUrl), keywordStart).split(/[\s"'<>`]/);
  const [, scheme = '', host] = /(\w{0,30}):\/\/([\w.-]{1,200})(?![\w.@-])[^?;&]{0,300}[?;&](?:.{0,300}[?;&])?[Pp]?$/i.exec(words.at(-1) ?? '') ?? [];
  const [whole = '', password = ''] = /^(?:assword|pwd)=([^\s&;#"'<>`\\,]{3,200})/.exec(text.slice(keywordStart, keywordStart + 220)) ?? [];
  // The password of a meeting is meant for everybody.
  if (host === undefined || /^https?$/i.test(scheme) || isNobodysHost(host) || isFilledIn(password)) return [];
  if (isPlaceholder(decodedUrl(password), settings.placeholders) || saysItsOwnName(password)) return [];
  const end = keywordStart + whole.length;
  return [{ name: `the password for "${host}"`, start: end - password.length, end }];
}

/** As the drivers of Go for MySQL take it: `user:password@tcp(host:port)/database`. */
function findInDataSourceName(text: string, keywordStart: number, settings: Settings): readonly Credential[] {
  const before = text.slice(Math.max(0, keywordStart - 200), keywordStart);
  const [, user = '', password = ''] = /([\w.-]{1,60}):([^\s:"'`@]{1,120})$/.exec(before) ?? [];
  const [, host = ''] = /^@tcp\(([\w.${}-]{1,120})/.exec(text.slice(keywordStart, keywordStart + 140)) ?? [];
  if (password === '' || isNobodysHost(host) || isFilledIn(password)) return [];
  if (isPlaceholder(password, settings.placeholders) || saysItsOwnName(password)) return [];
  const doubt = user === password ? { doubt: 'it is the name of the user' } : {};
  return [{ name: `the password ${named(host)}`, start: keywordStart - password.length, end: keywordStart, ...doubt }];
}

/** `Authorization: Bearer …` and `Basic …` in headers of YAML, JSON, curl and code. */
function findInHeader(text: string, keywordStart: number, settings: Settings): readonly Credential[] {
  const header =
    /^uthorization\\?["']?(?:\]?[ \t]{0,5}[:=,][ \t]{0,5}\[?|,?\s{1,40}\\?["']?value\\?["']?:[ \t]{0,5})\\?["']?(basic|bearer|token)[ \t]{1,4}([A-Za-z0-9+/=._~-]{8,4000})(?![${<])/i;
  const match = header.exec(text.slice(keywordStart, keywordStart + 4200));
  if (!match) return [];
  const [whole, scheme = '', value = ''] = match;
  const end = keywordStart + whole.length;
  const place = { start: end - value.length, end };
  if (/^basic$/i.test(scheme)) return isLogin(value, settings) ? [{ name: 'the password of an "Authorization" header', ...place }] : [];
  // What a JSON Web Token is good for stands in it, and findTokens reads that.
  if (/^eyJ[\w-]+\./.test(value) || !isRandom(value, settings)) return [];
  return [{ name: 'the token of an "Authorization" header', ...place }];
}

/** `//registry.npmjs.org/:_authToken=…`; `_auth` and `_password` are base64. */
function findInNpmSettings(text: string, keywordStart: number, settings: Settings): readonly Credential[] {
  const host = /\/\/([\w.-]{1,100})(?::\d{1,5})?\/[\w./-]{0,200}$/.exec(text.slice(Math.max(0, keywordStart - 320), keywordStart))?.[1];
  const match = /^:_(authToken|auth|password)\s{0,3}=\s{0,3}["']?([A-Za-z0-9+/=._~-]{8,2000})(?![${<])/.exec(
    text.slice(keywordStart, keywordStart + 2050),
  );
  if (!match || host === undefined || isNobodysHost(host)) return [];
  const [whole, key = '', value = ''] = match;
  const isSecret = key === 'authToken' ? isRandom : key === 'auth' ? isLogin : isEncodedPassword;
  const end = keywordStart + whole.length;
  return isSecret(value, settings)
    ? [{ name: `the ${key === 'authToken' ? 'token' : 'password'} for "${host}"`, start: end - value.length, end }]
    : [];
}

/** The settings of Yarn do not say the host on the same line. */
function findInYarnSettings(text: string, keywordStart: number, settings: Settings): readonly Credential[] {
  const [whole = '', value = ''] =
    /^npmAuthToken:\s{1,5}["']?([A-Za-z0-9+/=._~-]{8,2000})(?![${<])/.exec(text.slice(keywordStart, keywordStart + 2050)) ?? [];
  const end = keywordStart + whole.length;
  return isRandom(value, settings) ? [{ name: 'the token of a package registry', start: end - value.length, end }] : [];
}

/** `machine HOST login USER password PASSWORD` (GNU inetutils, "The .netrc file"). */
function findInNetrc(text: string, keywordStart: number, settings: Settings): readonly Credential[] {
  const entry = /^machine\s{1,5}([\w.-]{1,100})\s{1,20}login\s{1,5}(\S{1,100})\s{1,20}password\s{1,5}([^\s"'`\\]{1,300})/;
  const [whole = '', host = '', , password = ''] = entry.exec(text.slice(keywordStart, keywordStart + 600)) ?? [];
  if (password === '' || isNobodysHost(host) || isFilledIn(password) || isPlaceholder(password, settings.placeholders)) return [];
  const end = keywordStart + whole.length;
  return [{ name: `the password for "${host}"`, start: end - password.length, end }];
}

/** The `auth` of each registry, in JSON or YAML: base64 of user and password. */
function findInDockerConfig(text: string, keywordStart: number, settings: Settings): readonly Credential[] {
  const config = text.slice(keywordStart, keywordStart + longestDockerConfig);
  const found: FoundCredential[] = [];
  for (const match of config.matchAll(/(?<![\w-])auth\\?["']?[ \t]{0,5}:[ \t]{0,5}\\?["']?([A-Za-z0-9+/]{8,1500}={0,2})/g)) {
    const [whole, value = ''] = match;
    if (!isLogin(value, settings)) continue;
    const before = config.slice(Math.max(0, match.index - 800), match.index);
    const host = Array.from(
      before.matchAll(/([\w-]{1,60}(?:\.[\w-]{1,60}){1,6}(?::\d{1,5})?)(?:\/[\w./-]{0,60})?\\?["']?[ \t]{0,5}:[ \t]{0,5}(?:\{|\r?\n)/g),
    ).at(-1)?.[1];
    const end = keywordStart + match.index + whole.length;
    found.push({ name: `the password ${host === undefined ? 'of a container registry' : `for "${host}"`}`, start: end - value.length, end });
  }
  return found;
}

const longestDockerConfig = 10_000;

/** Base64 of `user:password`. */
function isLogin(encoded: string, { placeholders }: Settings): boolean {
  const [, user = '', password = ''] = /^([\x20-\x39\x3b-\x7e]{0,200}):([\x20-\x7e]{1,3000})$/.exec(decoded(encoded)) ?? [];
  if (password === '' || isFilledIn(password) || isPlaceholder(password, placeholders)) return false;
  return !/^(?:user(?:name)?|foo)$/i.test(user) && !/pass(?:word|wd)?$|token$/i.test(password);
}

function isEncodedPassword(encoded: string, { placeholders }: Settings): boolean {
  const password = decoded(encoded);
  return /^[\x20-\x7e]{4,}$/.test(password) && !isFilledIn(password) && !isPlaceholder(password, placeholders);
}

function decoded(encoded: string): string {
  const bytes = decodeBase64(encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '='));
  return (bytes && textOf(bytes)) ?? '';
}

/** A token and no name, path, version or word. */
function isRandom(value: string, { placeholders }: Settings): boolean {
  if (value.length < 16 || !/\d/.test(value) || !/[A-Za-z]/.test(value)) return false;
  if (isPlaceholder(value, placeholders) || looksMadeUp(value)) return false;
  return entropyOf(value) >= 3.2 && !/[A-Za-z]{3,}[._-][A-Za-z]{3,}/.test(value);
}

/** Hosts of nobody, of documentation (RFC 2606) and of the machine itself. */
function isNobodysHost(host: string): boolean {
  return /^(?:localhost|127\.[\d.]+|0\.0\.0\.0|host\.docker\.internal|host(?:name)?|my-?(?:host|server|domain)|server|domain|sha\d+|x+|\.+|foo|bar)(?:[.:]|$)|(?:^|\.)(?:example|test|invalid|localhost)(?:\.(?:com|org|net))?$|^(?:your|some|my)[-_.]/i.test(
    host,
  );
}

/** The user of these is no secret, or findTokens knows it. */
function isPublicId(host: string): boolean {
  return /sentry|bugsnag|errortracking/.test(host);
}

function isFilledIn(text: string): boolean {
  return isTemplated(text) || /^[$%<]|\$[A-Za-z0-9_]/.test(text);
}

function isWhollyFilledIn(text: string): boolean {
  return /^(?:\$*\{\{.*\}\}|\$+\{[^}]*\}|\$+\([^)]*\)|\$+\w+|%\w+%|<.*)$/.test(text);
}

/** Expressions and formats that match URLs with passwords. */
function looksLikePattern(text: string): boolean {
  return /\[\^|\(\?|\.\*|^[*.•x_-]+$|^%[sv]$|^\{\w*\}$/i.test(text);
}

function decodedUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
