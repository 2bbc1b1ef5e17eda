import { textOf } from './decode-base64.ts';
import { entropyOf, looksMadeUp } from './randomness.ts';
import { type privateKeyKeywords, searchText } from './search-text.ts';
import { hasBech32Checksum } from './tokens/checksums.ts';

/** A private key by its offsets in a text: of the line that begins it, or of all its characters where it is one word. */
export interface FoundPrivateKey {
  /** As in `RSA private key`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** A passphrase protects it. */
  readonly isEncrypted: boolean;
  /** It is written in base64. */
  readonly isEncoded: boolean;
}

/** A key whose body is filled in later. */
export interface TemplatedKey {
  readonly templated: string;
  readonly start: number;
  readonly end: number;
}

/** The longest key of RSA, 16,384 bits, has less, and what is looked at of one text stays linear. */
const longestKey = 20_000;
const longestHeader = 2000;

/** The private keys in a text, in its order: PEM (RFC 7468), OpenSSH, OpenPGP, PuTTY and age, and base64 of them. */
export function findPrivateKeys(text: string, hits = searchText(text).privateKeys): readonly (FoundPrivateKey | TemplatedKey)[] {
  const found: (FoundPrivateKey | TemplatedKey)[] = [];
  for (const { keyword, start } of hits) {
    const key = finders[keyword](text, start);
    if (key) found.push(key);
  }
  return found;
}

type Finder = (text: string, keywordStart: number) => FoundPrivateKey | TemplatedKey | undefined;

const finders: Readonly<Record<(typeof privateKeyKeywords)[number], Finder>> = {
  'PRIVATE KEY': findPem,
  'AGE-SECRET-KEY-1': findAge,
  'PuTTY-User-Key-File-': findPutty,
  LS0tLS1CRUdJTi: findEncodedPem,
};

/** The body is read as it stands in YAML, JSON, shell and HCL: indented, with `\n` in place of line breaks, in quotes. */
function findPem(text: string, keywordStart: number): FoundPrivateKey | TemplatedKey | undefined {
  const before = Math.max(0, keywordStart - 40);
  const dashes = text.slice(before, keywordStart).lastIndexOf('-----BEGIN ');
  if (dashes < 0) return undefined;
  const start = before + dashes;
  const begin = /^-----BEGIN ((?:[A-Z0-9]+ ){0,3})PRIVATE KEY( BLOCK)?-----/.exec(text.slice(start, start + 80));
  if (!begin) return undefined;
  const end = start + begin[0].length;
  const [content = ''] = text.slice(end, end + longestKey).split(/-----(?:BEGIN|END)/, 1);
  const type = (begin[1] ?? '').trim();
  if (/^[\s"'\\n|>+-]*(?:\{\{|\$[{(]|<[a-zA-Z])/.test(content)) return { templated: 'a private key', start, end };
  const isArmored = begin[2] !== undefined;
  const lines = content.split(/\\+[nr]|[\r\n]/).map(line => line.replace(/[\s"'\\,|#]/g, ''));
  const body = lines.filter(line => !/:/.test(line) && !(isArmored && line.startsWith('='))).join('');
  const base64 = /^[A-Za-z0-9+/]{64,}={0,2}/.exec(body)?.[0];
  if (base64 === undefined || entropyOf(base64) < 4 || looksMadeUp(base64.slice(40, 64))) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  // RFC 1421: the whole body is encrypted.
  const isEncryptedPem = /Proc-Type:\s*4,\s*ENCRYPTED/.test(content);
  if (!isEncryptedPem && !isKey(bytes, isArmored)) return undefined;
  const isEncrypted = isEncryptedPem || type === 'ENCRYPTED' || isEncryptedOpenSsh(bytes);
  return { name: nameOf(type, isArmored), start, end, isEncrypted, isEncoded: false };
}

const openSshMagic = 'openssh-key-v1\0';

/** A sequence of ASN.1, OpenSSH's own format, or OpenPGP's packet of a secret key (RFC 9580, 5.5.1.3). */
function isKey(bytes: Buffer, isArmored: boolean): boolean {
  const first = bytes[0] ?? 0;
  if (isArmored) return (first & 0xc0) === 0xc0 ? (first & 0x3f) === 5 : (first & 0x3c) >> 2 === 5;
  return first === 0x30 || bytes.toString('latin1', 0, openSshMagic.length) === openSshMagic;
}

/** After the magic stands the name of the cipher, with its length in four bytes. */
function isEncryptedOpenSsh(bytes: Buffer): boolean {
  const header = bytes.toString('latin1', 0, openSshMagic.length + 8);
  return header.startsWith(openSshMagic) && !header.endsWith('none');
}

function nameOf(type: string, isArmored: boolean): string {
  if (isArmored) return 'an OpenPGP private key';
  if (type === 'OPENSSH') return 'an OpenSSH private key';
  return /^(?:RSA|EC|DSA)$/.test(type) ? `${type === 'DSA' ? 'a' : 'an'} ${type} private key` : 'a private key';
}

function findAge(text: string, start: number): FoundPrivateKey | TemplatedKey | undefined {
  const matcher = /AGE-SECRET-KEY-1(?:([QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})(?![A-Z0-9])|(?=\$\{|\{\{|<))/y;
  matcher.lastIndex = start;
  const match = matcher.exec(text);
  if (!match) return undefined;
  const end = start + match[0].length;
  if (match[1] === undefined) return { templated: 'an age key', start, end };
  return looksMadeUp(match[1]) || !hasBech32Checksum(match[0]) ? undefined : { name: 'an age key', start, end, isEncrypted: false, isEncoded: false };
}

function findPutty(text: string, start: number): FoundPrivateKey | undefined {
  const header = text.slice(start, start + longestHeader);
  const end = start + (/^[^\r\n]*/.exec(header)?.[0].length ?? 0);
  if (!/Private-Lines: \d+\s+[A-Za-z0-9+/]{20}/.test(header)) return undefined;
  return { name: 'a PuTTY private key', start, end, isEncrypted: !/Encryption: none/.test(header), isEncoded: false };
}

/** Base64 of `-----BEGIN`: what is in it decides. */
function findEncodedPem(text: string, start: number): FoundPrivateKey | TemplatedKey | undefined {
  if (/[A-Za-z0-9+/]/.test(text.charAt(start - 1))) return undefined;
  const matcher = /[A-Za-z0-9+/]{64,30000}={0,2}/y;
  matcher.lastIndex = start;
  const [encoded] = matcher.exec(text) ?? [];
  if (encoded === undefined) return undefined;
  const decoded = textOf(Buffer.from(encoded, 'base64'));
  const key = decoded === undefined ? undefined : findPrivateKeys(decoded)[0];
  return key && { ...key, start, end: start + encoded.length, ...('name' in key && { isEncoded: true }) };
}
