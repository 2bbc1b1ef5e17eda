import { expect, test } from 'vitest';
import { hashText } from '../../src/engine/hash-text.ts';

test('a hash is 32 hexadecimal digits, the same for the same text', () => {
  expect(hashText('')).toMatch(/^[0-9a-f]{32}$/);
  expect(hashText('a\nb')).toBe(hashText('a\nb'));
});

test('a hundred thousand texts that differ in little have no hash in common, nor any quarter of it in more than chance', () => {
  const hashes = Array.from({ length: 100_000 }, (_, index) => hashText(`rule\npath/${index % 100}.yaml\n${index}`));
  expect(new Set(hashes).size).toBe(hashes.length);
  for (const start of [0, 8, 16, 24]) expect(new Set(hashes.map(hash => hash.slice(start, start + 8))).size).toBeGreaterThan(99_980);
});
