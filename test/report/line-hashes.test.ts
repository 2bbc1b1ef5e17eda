import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lineHashes } from '../../src/report/line-hashes.ts';

/** The definition word for word, with big numbers: each line hashes the hundred characters from its start on. */
function slowLineHashes(text: string): string[] {
  const characters: number[] = [];
  const lineStarts = [0];
  for (let index = 0; index <= text.length; index++) {
    if (text[index] === ' ' || text[index] === '\t') continue;
    if (text[index] === '\n' && text[index - 1] === '\r') continue;
    if (text[index] === '\r' || text[index] === '\n') lineStarts.push(characters.push(10));
    else characters.push(index < text.length ? text.charCodeAt(index) : 65535);
  }
  const seen = new Map<bigint, number>();
  return lineStarts.map(start => {
    let hash = 0n;
    for (let index = start; index < start + 100; index++) hash = BigInt.asUintN(64, hash * 37n + BigInt(characters[index] ?? 0));
    const occurrence = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, occurrence);
    return `${hash.toString(16)}:${occurrence}`;
  });
}

function allLineHashes(text: string): string[] {
  const lines = slowLineHashes(text).map((_, index) => index + 1);
  const hashes = lineHashes(text, new Set(lines));
  return lines.map(line => hashes.get(line) ?? 'none');
}

test('the hash of an empty file is the one that GitHub computes', () => {
  expect(allLineHashes('')).toEqual(['c129715d7a2bc9a3:1']);
});

test('hashes are the ones of the definition', () => {
  const pieces = fc.array(fc.constantFrom('a', 'key: value', ' ', '\t', '\n', '\r', '\r\n', 'é', '漢字', '😀', '-'.repeat(60), '\ufeff'), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(pieces, parts => {
      expect(allLineHashes(parts.join(''))).toEqual(slowLineHashes(parts.join('')));
    }),
    { numRuns: 500 },
  );
});

test('equal lines are told apart by their occurrence', () => {
  const hashes = allLineHashes('the same line\n'.repeat(20));
  expect(new Set(hashes).size).toBe(21);
  expect(hashes.slice(0, 3).map(hash => hash.split(':')[1])).toEqual(['1', '2', '3']);
});

test('a line alone has the hash that it has among all', () => {
  const text = Array.from({ length: 300 }, (_, index) => `line ${index % 7}`).join('\n');
  for (const line of [1, 50, 150, 299, 300]) {
    expect(lineHashes(text, new Set([line])).get(line)).toBe(slowLineHashes(text)[line - 1]);
  }
});

test('spaces, tabs and the kind of line end make no difference', () => {
  expect(allLineHashes('a: 1\n  b: 2\n')).toEqual(allLineHashes('a:\t1\r\nb:2\r'));
});

test('a line that is not there has no hash', () => {
  expect(lineHashes('a\n', new Set([7])).size).toBe(0);
});
