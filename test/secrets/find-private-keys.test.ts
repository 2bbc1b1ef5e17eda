import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findPrivateKeys } from '../../src/secrets/find-private-keys.ts';
import { ageKey, diceFrom, pick } from './token-shapes.ts';

const dice = diceFrom(7);
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
const keys = {
  pkcs8: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8).toString(),
  ed25519: generateKeyPairSync('ed25519').privateKey.export(pkcs8).toString(),
  sec1: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
};
const encrypted = { cipher: 'aes-256-cbc', passphrase: 'x' };
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;

function describeAll(text: string): string[] {
  return findPrivateKeys(text).map(key =>
    'name' in key ? `${key.name}${key.isEncrypted ? ', encrypted' : ''}${key.isEncoded ? ', encoded' : ''}` : 'templated',
  );
}

function armor(type: string, body: string): string {
  return `-----BEGIN ${type}-----\n${body.replace(/.{64}/g, '$&\n')}\n-----END ${type}-----\n`;
}

describe.each([
  ['as it is', (pem: string) => pem],
  ['indented', (pem: string) => `key: |\n${pem.replace(/^/gm, '    ')}\n`],
  ['with CR LF', (pem: string) => pem.replaceAll('\n', '\r\n')],
  ['in JSON', (pem: string) => JSON.stringify({ key: pem })],
  ['in JSON in JSON', (pem: string) => JSON.stringify({ config: JSON.stringify({ key: pem }) })],
  ['on one line', (pem: string) => `key: "${pem.trim().replaceAll('\n', ' ')}"`],
  [
    'in pieces of shell',
    (pem: string) =>
      pem
        .trim()
        .split('\n')
        .map(line => `"${line}\\n" \\`)
        .join('\n'),
  ],
  ['as a comment', (pem: string) => pem.replace(/^/gm, '# ')],
  ['without its end', (pem: string) => pem.slice(0, pem.indexOf('-----END'))],
])('a key %s', (_, write) => {
  test.each(Object.entries(keys))('of %s is found', (kind, pem) => {
    if (kind === 'ed25519') return;
    const name = { pkcs8: 'a private key', sec1: 'an EC private key', rsa: 'an RSA private key' }[kind];
    expect(describeAll(write(pem))).toEqual([name]);
  });
});

test('a key of 48 bytes has its 64 characters', () => {
  expect(describeAll(keys.ed25519)).toEqual(['a private key']);
});

test('keys of OpenSSH, OpenPGP, PuTTY and age are found', () => {
  const openSsh = (cipher: string) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(cipher.length);
    return Buffer.concat([Buffer.from('openssh-key-v1\0'), length, Buffer.from(cipher), Buffer.from(pick(dice, base64, 160))]).toString('base64');
  };
  expect(describeAll(armor('OPENSSH PRIVATE KEY', openSsh('none')))).toEqual(['an OpenSSH private key']);
  expect(describeAll(armor('OPENSSH PRIVATE KEY', openSsh('aes256-ctr')))).toEqual(['an OpenSSH private key, encrypted']);
  expect(describeAll(armor('PGP PRIVATE KEY BLOCK', `lQOY${pick(dice, base64, 600)}`))).toEqual(['an OpenPGP private key']);
  expect(describeAll(`PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n${pick(dice, base64, 48)}\n`)).toEqual([
    'a PuTTY private key',
  ]);
  expect(describeAll(ageKey(dice))).toEqual(['an age key']);
});

test('a key with a passphrase is said to have one', () => {
  expect(describeAll(rsa.export({ ...pkcs8, ...encrypted }).toString())).toEqual(['a private key, encrypted']);
  expect(describeAll(rsa.export({ type: 'pkcs1', format: 'pem', ...encrypted }).toString())).toEqual(['an RSA private key, encrypted']);
});

test('a key in base64 is found, a certificate in base64 is none', () => {
  expect(describeAll(`tls.key: ${Buffer.from(keys.rsa).toString('base64')}\n`)).toEqual(['an RSA private key, encoded']);
  expect(describeAll(`tls.crt: ${Buffer.from(armor('CERTIFICATE', `MIIB${pick(dice, base64, 600)}`)).toString('base64')}\n`)).toEqual([]);
});

test.each([
  ['dots for its body', armor('RSA PRIVATE KEY', '...')],
  ['words for its body', armor('PRIVATE KEY', 'your private key goes here')],
  ['one letter for its body', armor('PRIVATE KEY', 'M'.repeat(200))],
  ['text that is no ASN.1', armor('PRIVATE KEY', pick(dice, base64, 200).replace(/^./, 'a'))],
  ['a public key', armor('PUBLIC KEY', `MIIB${pick(dice, base64, 200)}`)],
  ['a key of age with a wrong character', ageKey(diceFrom(11)).replace(/.$/, last => (last === 'Q' ? 'P' : 'Q'))],
  ['a mention of the header', 'grep -r "BEGIN RSA PRIVATE KEY" . # -----BEGIN PRIVATE KEY-----'],
  ['a recipient of age', 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq'],
])('%s is no private key', (_, text) => {
  expect(describeAll(text)).toEqual([]);
});

test.each(['{{ .Values.key }}', `\${SIGNING_KEY}`, '<your key>'])('a key that %s brings is templated', body => {
  expect(describeAll(`-----BEGIN PRIVATE KEY-----\n  ${body}\n-----END PRIVATE KEY-----`)).toEqual(['templated']);
});
