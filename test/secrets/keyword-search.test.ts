import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Keyword, keywordSearch } from '../../src/secrets/keyword-search.ts';

function findSlowly(keywords: readonly Keyword[], text: string): string[] {
  const found: string[] = [];
  for (let start = 0; start < text.length; start++) {
    for (const [number, { text: word, ignoresCase }] of keywords.entries()) {
      const piece = text.slice(start, start + word.length);
      if (piece === word || (ignoresCase && piece.toLowerCase() === word.toLowerCase())) found.push(`${number} at ${start}`);
    }
  }
  return found;
}

test('every keyword is found wherever it stands, and nothing else', () => {
  const letters = fc.constantFrom('a', 'b', 'B', 'c', '_', 'é', '\n', '漢');
  const keyword = fc.record({
    text: fc.string({ unit: fc.constantFrom('a', 'b', 'B', '_'), minLength: 3, maxLength: 7 }),
    ignoresCase: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(keyword, { minLength: 1, maxLength: 20 }), fc.string({ unit: letters, maxLength: 60 }), (keywords, text) => {
      const found = keywordSearch(keywords)(text).map(({ keyword, start }) => `${keyword} at ${start}`);
      expect(found).toEqual(findSlowly(keywords, text));
    }),
    { numRuns: 2000 },
  );
});
