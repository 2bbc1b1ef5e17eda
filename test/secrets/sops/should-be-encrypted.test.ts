import { expect, test } from 'vitest';
import { type SopsSelection, selectionFields } from '../../../src/core/protection.ts';
import { selectorOf } from '../../../src/secrets/sops/should-be-encrypted.ts';
import { createRandom, pick } from '../../tools/random.ts';

const keys: readonly [string, ...string[]] = ['data', 'stringData', 'password', 'name_unencrypted', 'db_secret', 'Data', 'a.b', ''];
const comments: readonly [string, ...string[]] = ['secret', 'public', ' to encrypt'];
const patterns: readonly [string, ...string[]] = ['^data$', 'pass', '(?i)data', '_secret$', 'e', '^x'];
const suffixes: readonly [string, ...string[]] = ['_unencrypted', 'word', 'a', '_secret'];

const compile = (pattern: string) => {
  const expression = new RegExp(pattern.replace('(?i)', ''), pattern.startsWith('(?i)') ? 'i' : '');
  return (text: string) => expression.test(text);
};

/** What SOPS says of itself: the last word that is there and has something to say decides, and without one everything is encrypted. */
function statement(selection: SopsSelection, path: readonly string[], above: readonly string[]): boolean {
  const isNothing = selectionFields.every(field => selection[field] === undefined);
  const words: SopsSelection = isNothing ? { unencrypted_suffix: '_unencrypted' } : selection;
  const hits = (field: keyof SopsSelection) => {
    const word = words[field] ?? '';
    const texts = field.includes('comment') ? above : path;
    return texts.filter(text => (field.endsWith('suffix') ? text.endsWith(word) : compile(word)(text))).length > 0;
  };
  for (const field of selectionFields.toReversed()) {
    if (words[field] === undefined) continue;
    if (!field.startsWith('un')) return hits(field);
    if (hits(field)) return false;
  }
  return true;
}

test('which values are encrypted is what the documentation of SOPS says, for any words, keys and comments', () => {
  const random = createRandom(20_260_101);
  const some = <T>(list: readonly [T, ...T[]], most: number): T[] => Array.from({ length: random(most + 1) }, () => pick(random, list));
  const outcomes = new Set<boolean>();
  for (let round = 0; round < 20_000; round++) {
    const selection = Object.fromEntries(
      some(selectionFields, 2).map(field => [field, pick(random, field.endsWith('suffix') ? suffixes : patterns)]),
    ) as SopsSelection;
    const [path, above] = [some(keys, 3), some(comments, 2)];
    const isEncrypted = selectorOf(selection, compile)(path, above);
    expect({ selection, path, above, isEncrypted }).toEqual({ selection, path, above, isEncrypted: statement(selection, path, above) });
    outcomes.add(isEncrypted);
  }
  expect(outcomes.size).toBe(2);
});

test('an expression that Go does not compile matches nothing', () => {
  const broken = () => 'missing closing )';
  expect(selectorOf({ encrypted_regex: '(' }, broken)(['data'])).toBe(false);
  expect(selectorOf({ unencrypted_regex: '(' }, broken)(['data'])).toBe(true);
});
