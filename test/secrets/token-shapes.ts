import { tokenPatterns } from '../../src/secrets/tokens/all-patterns.ts';
import { base62Checksum, littleEndianChecksum, upperHexChecksum } from '../../src/secrets/tokens/checksums.ts';
import type { TokenPattern } from '../../src/secrets/tokens/token-pattern.ts';

/** Gives the same numbers below `limit` every time. */
export type Dice = (limit: number) => number;

export function diceFrom(seed: number): Dice {
  let state = seed;
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % limit;
  };
}

export function pick(dice: Dice, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[dice(alphabet.length)]).join('');
}

/** A token with the key that it is assigned to, where its form alone says nothing. */
export interface TokenShape {
  readonly key: string;
  readonly value: string;
}

/** A token of a pattern, made when the test runs: no scanner finds one in this repository. */
export function shapeOf({ id, example, isAssigned }: TokenPattern, dice: Dice): TokenShape {
  const separator = isAssigned ? example.indexOf('=') : -1;
  const key = separator < 0 ? 'token' : example.slice(0, separator);
  const value =
    whole[id]?.(dice) ??
    example.slice(separator + 1).replace(/<(\w+)(?::(\d+))?>/g, (_, name: string, length) => fill(dice, id, name, Number(length)));
  return { key, value };
}

/** Every shape by the id of its pattern; what is assigned has its key before it. */
export const tokenShapes: Readonly<Record<string, (dice: Dice) => string>> = Object.fromEntries(
  tokenPatterns.map(pattern => [
    pattern.id,
    dice => {
      const { key, value } = shapeOf(pattern, dice);
      return pattern.isAssigned ? `${key} = ${value}` : value;
    },
  ]),
);

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digit = '0123456789';
const base62 = `${digit}${upper}${lower}`;
const alphabets: Readonly<Record<string, string>> = {
  digit,
  hex: `${digit}abcdef`,
  HEX: `${digit}ABCDEF`,
  base32: `${upper}234567`,
  lower32: `${lower}234567`,
  lower36: `${digit}${lower}`,
  upper36: `${digit}${upper}`,
  letter: `${upper}${lower}`,
  base62,
  base64: `${base62}+/`,
};

function fill(dice: Dice, id: string, name: string, length: number): string {
  if (name === 'uuid') return [8, 4, 4, 4, 12].map(part => pick(dice, alphabets.hex ?? '', part)).join('-');
  const alphabet = alphabets[name];
  if (alphabet === undefined) throw new Error(`the example of "${id}" has an unknown part "${name}"`);
  return pick(dice, alphabet, length);
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

function jsonWebToken(dice: Dice, header: object, payload: object, signature: number): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(payload)}.${pick(dice, base62, signature)}`;
}

function withBase62Checksum(prefix: string): (dice: Dice) => string {
  return dice => {
    const body = pick(dice, base62, 30);
    return `${prefix}${body}${base62Checksum(body)}`;
  };
}

function withUpperHexChecksum(prefix: string, length: number, end: string): (dice: Dice) => string {
  return dice => {
    const body = `${prefix}${pick(dice, base62, length)}${end}`;
    return body + upperHexChecksum(body);
  };
}

/** Those that have a checksum or a structure within. */
const whole: Readonly<Record<string, (dice: Dice) => string>> = {
  'aws-bedrock': dice =>
    `ABSK${Buffer.from(`BedrockAPIKey-${pick(dice, lower, 4)}-at-${pick(dice, digit, 12)}:${pick(dice, base62, 40)}`).toString('base64')}`,
  'aws-registry-password': dice => encode({ payload: pick(dice, base62, 300), datakey: pick(dice, base62, 100), version: '2' }),
  'gcp-service-account': dice =>
    JSON.stringify({
      type: 'service_account',
      private_key_id: pick(dice, alphabets.hex ?? '', 40),
      private_key: `-----BEGIN PRIVATE KEY-----\n${pick(dice, base62, 64)}\n-----END PRIVATE KEY-----\n`,
    }),
  github: withBase62Checksum('ghp_'),
  npm: withBase62Checksum('npm_'),
  'bitbucket-app-password': withUpperHexChecksum('ATBB', 24, ''),
  'bitbucket-access-token': withUpperHexChecksum('ATCTT3xFfG', 170, '='),
  atlassian: withUpperHexChecksum('ATATT3xFfGF0', 170, '='),
  grafana: dice => {
    const body = `glsa_${pick(dice, base62, 32)}`;
    return `${body}_${littleEndianChecksum(body)}`;
  },
  'grafana-cloud': dice => `glc_${encode({ o: pick(dice, digit, 6), n: 'agent', k: pick(dice, base62, 24), m: { r: 'eu' } })}`,
  'grafana-old': dice => encode({ k: pick(dice, base62, 32), n: 'agent', id: 1 }),
  'argo-cd': dice => jsonWebToken(dice, { alg: 'HS256', typ: 'JWT' }, { iss: 'argocd', sub: pick(dice, lower, 8), iat: 1_700_000_000 }, 43),
  '1password-service-account': dice => `ops_${encode({ signInAddress: 'shop.1password.com', secretKey: pick(dice, base62, 300) })}`,
  'cloudflare-tunnel': dice =>
    encode({ a: pick(dice, alphabets.hex ?? '', 32), t: fill(dice, '', 'uuid', 0), s: Buffer.from(pick(dice, base62, 40)).toString('base64') }),
  pypi: dice => `pypi-${Buffer.from(`\x02\x01\x08pypi.org\x02${pick(dice, base62, 110)}`, 'latin1').toString('base64url')}`,
  'jfrog-reference': dice => Buffer.from(`reftkn:01:${pick(dice, digit, 10)}:${pick(dice, base62, 27)}`).toString('base64'),
  intercom: dice => Buffer.from(`tok:${pick(dice, alphabets.hex ?? '', 8)}_${pick(dice, base62, 31)}:1:0`).toString('base64'),
  'discord-bot': dice => `${Buffer.from(`1${pick(dice, digit, 18)}`).toString('base64url')}.${pick(dice, base62, 6)}.${pick(dice, base62, 38)}`,
  'kubernetes-service-account': dice =>
    jsonWebToken(dice, { alg: 'RS256', kid: pick(dice, base62, 20) }, { iss: 'kubernetes/serviceaccount', sub: pick(dice, base62, 20) }, 342),
  'json-web-token': dice => jsonWebToken(dice, { alg: 'HS256', typ: 'JWT' }, { sub: pick(dice, base62, 20), iat: 1_700_000_000 }, 43),
};

/** An identity of age: 52 digits, and the six that BIP 173 wants after them. */
export function ageKey(dice: Dice): string {
  const digits = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
  const prefix = 'age-secret-key-';
  const data = pick(dice, digits, 52);
  const codes = Array.from(prefix, character => character.charCodeAt(0));
  const values = Array.from(data, character => digits.indexOf(character));
  let rest = 1;
  for (const value of [...codes.map(code => code >> 5), 0, ...codes.map(code => code & 31), ...values, 0, 0, 0, 0, 0, 0]) {
    const top = rest >>> 25;
    rest = ((rest & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3].entries()) if ((top >> bit) & 1) rest ^= generator;
  }
  const checksum = Array.from({ length: 6 }, (_, index) => digits[((rest ^ 1) >> (5 * (5 - index))) & 31]);
  return `${prefix}1${data}${checksum.join('')}`.toUpperCase();
}
