import { describe, expect, test } from 'vitest';
import { type FoundToken, findTokens } from '../../src/secrets/find-tokens.ts';
import { tokenPatterns } from '../../src/secrets/tokens/all-patterns.ts';
import type { TokenPattern } from '../../src/secrets/tokens/token-pattern.ts';
import { diceFrom, shapeOf, type TokenShape } from './token-shapes.ts';

const today = '2026-01-01';

/** Each place where a token can stand. */
const places: readonly (readonly [string, (shape: TokenShape) => string])[] = [
  ['a manifest', ({ key, value }) => `env:\n  - name: ${key}\n    value: ${JSON.stringify(value)}\n`],
  ['a Secret', ({ key, value }) => `kind: Secret\nstringData:\n  ${key}: '${value}'\n`],
  ['JSON', ({ key, value }) => JSON.stringify({ env: [{ name: key, value }] }, null, 2)],
  ['JSON on one line', ({ key, value }) => JSON.stringify({ [key]: value })],
  ['Helm values', ({ key, value }) => `web:\n  config:\n    ${key}: ${value}\n    level: info\n`],
  ['tfvars', ({ key, value }) => `region = "eu-west-1"\n${key}    = "${value.replaceAll('"', '\\"')}"\n`],
  ['a workflow', ({ key, value }) => `jobs:\n  build:\n    env:\n      ${key}: ${value}\n    steps: []\n`],
  ['a script', ({ key, value }) => `export ${key}='${value}'\n./deploy.sh\n`],
  ['a dotenv file', ({ key, value }) => `A=1\n${key}=${value}\nB=2\n`],
  ['a block scalar', ({ key, value }) => `data:\n  ${key}: |\n    ${value}\n  other: x\n`],
  ['settings in a block scalar', ({ key, value }) => `data:\n  app.properties: |\n    user=web\n    ${key}=${value}\n`],
  ['JSON in a block scalar', ({ key, value }) => `data:\n  app.json: |\n    {"${key}": ${JSON.stringify(value)}}\n`],
  ['text in JSON', ({ key, value }) => JSON.stringify({ script: `set -e\n${key}=${value}\n./deploy.sh` })],
  // As it is searched when it was decoded.
  ['a Secret in base64', ({ key, value }) => `${key}: ${value}`],
];

function found(text: string): readonly FoundToken[] {
  return findTokens(text, today).filter(token => 'value' in token);
}

const samples = 12;

test('there are patterns for the credentials of more than 80 providers', () => {
  const providers = new Set(tokenPatterns.map(({ source }) => source.split('/')[0]));
  expect(providers.size).toBeGreaterThan(80);
  expect(new Set(tokenPatterns.map(({ id }) => id)).size).toBe(tokenPatterns.length);
});

test('of all tokens in all places at least 99 in 100 are found', () => {
  const all = tokenPatterns.flatMap(pattern =>
    Array.from({ length: samples }, (_, seed) => shapeOf(pattern, diceFrom(1000 + seed * 7919))).flatMap(shape =>
      places.map(([, write]) => found(write(shape)).some(token => isOf(token, pattern))),
    ),
  );
  expect(all.filter(isFound => isFound).length / all.length).toBeGreaterThan(0.99);
});

describe.each(tokenPatterns.map(pattern => [pattern.id, pattern] as const))('%s', (id, pattern) => {
  const shapes = Array.from({ length: samples }, (_, seed) => shapeOf(pattern, diceFrom(1000 + seed * 7919)));

  test.each(places)('is found in %s', (place, write) => {
    const missed = shapes.filter(shape => !found(write(shape)).some(token => isOf(token, pattern)));
    // A random value looks made up, or like a word, once in a while.
    expect(missed.length, `${id} in ${place}: ${write(missed[0] ?? { key: '', value: '' })}`).toBeLessThanOrEqual(1);
  });

  test.each(falseExamples(pattern))('is not found in %s', (_, texts) => {
    expect(texts.flatMap(found).map(({ pattern, value }) => `${pattern.id} ${value}`)).toEqual([]);
  });
});

/** One form has several names: the names of a pair are those of one provider. */
function isOf(token: FoundToken, pattern: TokenPattern): boolean {
  return token.pattern === pattern || token.pattern.name === pattern.name;
}

/** What is near to a token of the pattern and none. */
function falseExamples(pattern: TokenPattern): (readonly [string, readonly string[]])[] {
  const shapes = Array.from({ length: 3 }, (_, seed) => shapeOf(pattern, diceFrom(77 + seed * 104_729)));
  const write = ({ key, value }: TokenShape) => `${key}: ${value}\n`;
  const examples: [string, readonly string[]][] = [
    ['the same character again and again', shapes.map(({ key, value }) => write({ key, value: madeUp(pattern, value) }))],
    ['a template', shapes.map(({ key }) => write({ key, value: `${literalOf(pattern)}\${TOKEN}` }))],
    ['a placeholder', shapes.map(({ key }) => write({ key, value: `${literalOf(pattern)}<your-token>` }))],
  ];
  if (pattern.isAssigned) {
    examples.push(['a key of another', shapes.map(({ value }) => write({ key: 'checksum', value }))]);
    examples.push(['the name of what it is', shapes.map(({ key, value }) => write({ key: `${key}_HASH`, value }))]);
    examples.push(['a longer value', shapes.map(({ key, value }) => write({ key, value: `${value}/${'Zq4vW8sKx1'.repeat(60)}` }))]);
  } else if (!pattern.expression.source.includes('(?<value>') && pattern.id !== 'json-web-token') {
    examples.push(['a longer word', shapes.map(({ key, value }) => write({ key, value: `abc${value}` }))]);
  }
  return examples;
}

/** The fixed beginning of the tokens. */
function literalOf({ example, isAssigned }: TokenPattern): string {
  const value = isAssigned ? example.slice(example.indexOf('=') + 1) : example;
  return value.slice(0, value.indexOf('<'));
}

/** The fixed parts, and one letter for all that is random. */
function madeUp({ example, isAssigned }: TokenPattern, value: string): string {
  const shape = isAssigned ? example.slice(example.indexOf('=') + 1) : example;
  if (shape.includes('<checksum>')) return shape.replace('<checksum>', 'x'.repeat(value.length));
  return shape.replace(/<(\w+)(?::(\d+))?>/g, (_, name: string, length: string | undefined) => {
    const letter = name === 'digit' ? '0' : /^(?:hex|uuid)$/.test(name) ? 'a' : /^[A-Zu]/.test(name) ? 'A' : 'x';
    return name === 'uuid' ? 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' : letter.repeat(Number(length));
  });
}
