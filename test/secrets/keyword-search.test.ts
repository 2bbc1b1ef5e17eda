import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keywordSearch } from '../../src/secrets/keyword-search.ts';

function findSlowly(keywords: readonly string[], text: string): string[] {
  const found: string[] = [];
  for (let start = 0; start < text.length; start++) {
    for (const [number, keyword] of keywords.entries()) if (text.startsWith(keyword, start)) found.push(`${number} at ${start}`);
  }
  return found;
}

test('every keyword is found wherever it stands, and nothing else', () => {
  const letters = fc.constantFrom('a', 'b', 'c', '_', 'é', '\n', '漢');
  const keyword = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_'), minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(fc.uniqueArray(keyword, { minLength: 1, maxLength: 8 }), fc.string({ unit: letters, maxLength: 60 }), (keywords, text) => {
      const found = keywordSearch(keywords)(text).map(({ keyword, start }) => `${keyword} at ${start}`);
      expect(found).toEqual(findSlowly(keywords, text));
    }),
    { numRuns: 2000 },
  );
});
