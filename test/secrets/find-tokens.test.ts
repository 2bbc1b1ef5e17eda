import { expect, test } from 'vitest';
import { type FoundToken, findTokens } from '../../src/secrets/find-tokens.ts';
import { tokenPatterns } from '../../src/secrets/tokens/all-patterns.ts';
import { base62Checksum } from '../../src/secrets/tokens/checksums.ts';
import { diceFrom, pick, tokenShapes } from './token-shapes.ts';

const today = '2026-01-01';

function tokensIn(text: string): FoundToken[] {
  return findTokens(text, today).filter(token => 'value' in token);
}

test('the offsets of a token are those of its secret part', () => {
  const value = pick(diceFrom(3), 'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789', 40);
  const text = `x:\n  aws_secret_access_key: "${value}"\n`;
  const [token] = tokensIn(text);
  expect(text.slice(token?.start, token?.end)).toBe(value);
});

test.each([
  ['an example of documentation', ['AKIA', 'IOSFODNN7', 'EXAMPLE'].join('')],
  ['a token of one letter', `ghp_${'x'.repeat(36)}`],
  ['a token that counts', ['glpat-', 'abcdefghij', '1234567890'].join('')],
  ['a webhook of zeros', ['https://hooks.slack.com/services/T00000000', 'B00000000', 'X'.repeat(24)].join('/')],
  [
    'the key of the storage emulator',
    ['AccountKey=', 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6', 'IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='].join(''),
  ],
  ['a hash that is as long as an AWS secret', 'secret_access_key_sha: 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'],
  ['a test key of Stripe', `sk_test_${'a1B2c3D4'.repeat(3)}`],
  ['a signature without a version', `sig=${pick(diceFrom(1), 'abcdefgh0123456789', 43)}=`],
  ['words', 'ASIAPACIFICNORTHEAST npm_config_registry SG.example dapi eyJ sig= AccountKey= hvs. glpat-'],
])('%s is no token', (_, text) => {
  expect(tokensIn(text)).toEqual([]);
});

test('doubt is told: a wrong checksum, an id without its secret, a signature that has expired', () => {
  const body = pick(diceFrom(9), 'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789', 30);
  const secret = tokenShapes['aws-secret-key']?.(diceFrom(5)) ?? '';
  const id = tokenShapes['aws-access-key']?.(diceFrom(5)) ?? '';
  const signature = tokenShapes['azure-shared-access-signature']?.(diceFrom(5)) ?? '';
  const isCertain = (text: string) => tokensIn(text)[0]?.isCertain;
  expect(isCertain(`ghp_${body}${base62Checksum(body)}`)).toBe(true);
  expect(isCertain(`ghp_${body}aB3dE6`)).toBe(false);
  expect(isCertain(`id: ${id}\n`)).toBe(false);
  expect(isCertain(`id: ${id}\n${secret}\n`)).toBe(true);
  expect(isCertain(signature)).toBe(true);
  expect(isCertain(signature.replace('2099', '2025'))).toBe(false);
});

test('a token that is filled in later is said to be one', () => {
  for (const text of [`token: ghp_\${TOKEN}`, 'token: xoxb-{{ .Values.token }}', `AccountKey=\${KEY}`]) {
    expect(findTokens(text, today)).toMatchObject([{ templated: expect.stringMatching(/^an? /) }]);
  }
});

// What other scanners say of these is wrong: data that only has a telling name, references, and what is sealed.
test.each([
  [
    'the kind of another object',
    'kind: ExternalSecret\nspec:\n  data:\n    - secretKey: client-secret\n      remoteRef:\n        key: govuk/dex/grafana-prometheus-2024\n',
  ],
  ['names of keys', 'secretKey: JENKINS_API_TOKEN_2024\nsecretName: datadog-api-key-0123456789abcdef\nkey: ED25519_PRIVATE_KEY_HEX\n'],
  ['paths', 'SECRETS_DIR: /etc/datadog/token\nVAULT_TOKEN_PATH: /var/run/secrets/vault/token\n'],
  ['ciphertext of Sealed Secrets', `DATADOG_API_KEY: Ag${pick(diceFrom(4), 'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789+/', 600)}\n`],
  ['ciphertext of SOPS', 'DATADOG_API_KEY: ENC[AES256_GCM,data:kQ8vZr1WxLb7NdYt3TcJf6HsMg9Ue2Ra,iv:a,tag:b,type:str]\n'],
  ['the name of a file', 'ghp_token.yaml xoxb-token.json glpat-token-of-the-runner dapi-server\n'],
])('%s are no tokens', (_, text) => {
  expect(tokensIn(text)).toEqual([]);
});

test('a token with the word "false" in it is one', () => {
  const body = `false${pick(diceFrom(9), 'abcdefghijkmnpqrstuvwxyzABCDEFGH23456789', 25)}`;
  expect(tokensIn(`ghp_${body}${base62Checksum(body)}`)).toHaveLength(1);
});

test('random text is no token', () => {
  const dice = diceFrom(42);
  const alphabets = [
    '0123456789abcdef',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
    'abcdefghijklmnopqrstuvwxyz-_. =:\n',
  ];
  const text = Array.from({ length: 20_000 }, (_, index) => pick(dice, alphabets[index % alphabets.length] ?? '', 40 + dice(60))).join('\n');
  expect(tokensIn(text)).toEqual([]);
});

test('every pattern says where its form is described, and when that was looked at', () => {
  for (const { id, source, date, keywords } of tokenPatterns) {
    expect(source, id).toMatch(/^[a-z0-9.-]+\.[a-z]+(?:\/|$)/);
    expect(date, id).toMatch(/^\d{4}-\d{2}$/);
    expect(
      keywords.every(keyword => /^[\x21-\x7e]{2,}$/.test(keyword)),
      id,
    ).toBe(true);
  }
});
