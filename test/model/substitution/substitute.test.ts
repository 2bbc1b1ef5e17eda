import { describe, expect, test } from 'vitest';
import { parseExpressions } from '../../../src/model/substitution/parse-expressions.ts';
import { type Substituted, substitute } from '../../../src/model/substitution/substitute.ts';
import recorded from './expressions.json' with { type: 'json' };

/** What Flux makes of a text: another text, `null` where a variable has no value, `false` where it refuses the text. */
type Recorded = string | boolean | null;

const values = new Map(Object.entries(recorded.values));
const cases = recorded.cases as [text: string, strict: Recorded, lenient: Recorded][];

describe(`as in ${recorded.from}`, () => {
  test.each(cases)('%j', (text, strict, lenient) => {
    expect(comparable(substitute(text, { values, areComplete: true, isStrict: true }))).toBe(strict);
    expect(comparable(substitute(text, { values, areComplete: true, isStrict: false }))).toBe(lenient);
  });
});

function comparable(result: Substituted): Recorded | undefined {
  if ('text' in result) return result.text;
  if ('unset' in result) return null;
  return 'problem' in result ? false : undefined;
}

test('a variable that may come from elsewhere is not known', () => {
  expect(substitute(`\${ELSEWHERE:-x}`, { values, areComplete: false, isStrict: true })).toEqual({ unknown: 'the value of "ELSEWHERE"' });
  expect(substitute(`\${TAG}`, { values, areComplete: false, isStrict: true })).toEqual({ text: 'v1.2.3' });
});

test('expressions know where they stand', () => {
  const text = `a \${b:-\${c}} $\${d}`;
  const nested = expect.objectContaining({ name: 'c', start: 7, end: 11 });
  expect(parseExpressions(text)).toEqual(['a ', { name: 'b', operator: ':-', operands: [[nested]], start: 2, end: 12 }, ` \${d}`]);
});

test('hostile nesting ends', () => {
  const text = `\${a:-`.repeat(100_000);
  expect(parseExpressions(text)).toMatchObject({ problem: 'expressions are nested too deeply' });
});
