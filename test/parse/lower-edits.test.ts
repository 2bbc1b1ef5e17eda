import { describe, expect, test } from 'vitest';
import type { Edit } from '../../src/core/finding.ts';
import { lowerEdit } from '../../src/parse/lower-edits.ts';
import { checkEdits, type EditKind } from '../tools/check-edit.ts';
import { generateYaml } from '../tools/generate-yaml.ts';
import { createRandom } from '../tools/random.ts';
import { applyEdit, at, sourceFile } from './source-file.ts';

function edit(text: string, change: Edit): string | undefined {
  const lowered = lowerEdit(sourceFile(text), change);
  return lowered && applyEdit(text, lowered);
}

describe('an edit of a field changes its text only', () => {
  test.each<[string, string, Edit, string]>([
    ['replaces a value', 'a: b # c\n', { replace: at('a'), by: 'd' }, 'a: d # c\n'],
    ['replaces a key', 'a: b\n', { replace: { ...at('a'), part: 'key' }, by: 'd' }, 'd: b\n'],
    ['replaces a piece of a value', 'a: x/b:1\n', { replace: { ...at('a'), within: '1' }, by: '2' }, 'a: x/b:2\n'],
    ['replaces a stretch of text', 'a: b\n', { replace: { path: 'a.yaml', start: 1, end: 4 }, by: ':' }, 'a:\n'],
    ['replaces a value behind an anchor', 'a: &x b\n', { replace: at('a'), by: 'c' }, 'a: &x c\n'],
    ['replaces a block scalar', 'a: |\n  b\nc: d\n', { replace: at('a'), by: '"e"' }, 'a: "e"\nc: d\n'],
    ['replaces a list at the column of its key', 'a: # c\n- b\n', { replace: at('a'), by: '[]' }, 'a: [] # c\n'],
    ['fills in a value', 'a: # c\nb:\n', { replace: at('a'), by: '1' }, 'a: 1 # c\nb:\n'],
    ['fills in a value at the end of a line', 'a:\n', { replace: at('a'), by: '1' }, 'a: 1\n'],
    ['fills in a value in braces', '{a, b: }\n', { replace: at('a'), by: '1' }, '{a: 1, b: }\n'],
    ['removes an entry with its lines', 'a: 1\n# c\nb: # d\n  - 2\ne: 3\n', { remove: at('b') }, 'a: 1\n# c\ne: 3\n'],
    ['removes the first entry of an item', '- a: 1 # c\n  b: 2\n', { remove: at(0, 'a') }, '- b: 2\n'],
    ['keeps the comment between two entries', '- a: 1\n  # c\n  b: 2\n', { remove: at(0, 'a') }, '-\n  # c\n  b: 2\n'],
    ['removes an item', 'a:\n  - b\n  - c: 1\n    d: 2\n  # e\n  - f\n', { remove: at('a', 1) }, 'a:\n  - b\n  # e\n  - f\n'],
    ['removes an item with an anchor', '- a\n- &x !tag\n  b: 1\n- c\n', { remove: at(1) }, '- a\n- c\n'],
    ['leaves an empty list', 'a:\n  - b # c\nd: 1\n', { remove: at('a', 0) }, 'a: [] # c\nd: 1\n'],
    ['leaves an empty mapping', '- a: 1\n- b\n', { remove: at(0, 'a') }, '- {}\n- b\n'],
    ['removes the first item in brackets', 'a: [b, c]\n', { remove: at('a', 0) }, 'a: [c]\n'],
    ['removes a later item in brackets', 'a: [b, {c: d}, e]\n', { remove: at('a', 1) }, 'a: [b, e]\n'],
    ['removes the only item in brackets', 'a: [b]\n', { remove: at('a', 0) }, 'a: []\n'],
    ['appends an item', 'a:\n  - b # c\n  # d\ne: 1\n', { insert: 'f: 1\ng: 2', into: at('a') }, 'a:\n  - b # c\n  - f: 1\n    g: 2\n  # d\ne: 1\n'],
    ['appends an item where the last line is not ended', 'a:\n- b', { insert: 'c', into: at('a') }, 'a:\n- b\n- c'],
    ['appends an item after a block scalar', '- |\n  a\n', { insert: 'b', into: at() }, '- |\n  a\n- b\n'],
    ['appends an item with the line ends of the file', 'a:\r\n- b\r\n', { insert: 'c\nd', into: at('a') }, 'a:\r\n- b\r\n- c\r\n  d\r\n'],
    ['appends an item behind a byte order mark', '\ufeff- a\n', { insert: 'b', into: at() }, '\ufeff- a\n- b\n'],
    ['inserts an entry below a comment', '# c\na: 1\n# d\nb: 2\n', { insert: 'n: 3', into: at(), before: 1 }, '# c\na: 1\nn: 3\n# d\nb: 2\n'],
    ['inserts the first entry of an item', '- a: 1\n', { insert: 'n: 3', into: at(0), before: 0 }, '- n: 3\n  a: 1\n'],
    ['inserts an entry at the end of a mapping', 'a:\n  b: 1 # c\nd: 2\n', { insert: 'n: 3', into: at('a') }, 'a:\n  b: 1 # c\n  n: 3\nd: 2\n'],
    ['inserts an item in brackets', 'a: [b, c]\n', { insert: 'n', into: at('a'), before: 1 }, 'a: [b, n, c]\n'],
    ['inserts into empty braces', 'a: {}\n', { insert: 'n: 1', into: at('a') }, 'a: {n: 1}\n'],
    [
      'reorders entries with their comments',
      '# head\na: 1 # x\n# of b\nb:\n  - 2\nc: 3\n',
      { reorder: at(), order: [1, 2, 0] },
      '# head\n# of b\nb:\n  - 2\nc: 3\na: 1 # x\n',
    ],
    ['reorders the entries of an item', '- a: 1\r\n  b: 2\r\n', { reorder: at(0), order: [1, 0] }, '- b: 2\r\n  a: 1\r\n'],
    ['reorders items at the end of the text', '- a\n- b', { reorder: at(), order: [1, 0] }, '- b\n- a'],
    ['reorders items in brackets', '[a, &x b,  c]\n', { reorder: at(), order: [2, 0, 1] }, '[c, a,  &x b]\n'],
    ['edits the second document', 'a: 1\n---\na: 2\n', { replace: { ...at('a'), document: 1 }, by: '3' }, 'a: 1\n---\na: 3\n'],
  ])('%s', (_, text, change, expected) => {
    expect(edit(text, change)).toBe(expected);
  });

  test.each<[string, string, Edit]>([
    ['an absent field', 'a: b\n', { remove: at('c') }],
    ['a field that an alias brings in', 'a: &a {b: c}\nd: *a\n', { replace: at('d', 'b'), by: 'e' }],
    ['a field that is merged', 'a: &a {b: c}\nd: {<<: *a}\n', { remove: at('d', 'b') }],
    ['an anchor that is needed elsewhere', 'a: &a b\nc: *a\n', { remove: at('a') }],
    ['a key behind "? "', '? a\n: b\n? c\n: d\n', { remove: at('a') }],
    ['the root', 'a: b\n', { remove: at() }],
    ['an item for what is no list', 'a: b\n', { insert: 'c', into: at('a') }],
    ['a value of several lines', 'a: b\n', { replace: at('a'), by: 'c\nd' }],
    ['empty lines that would become part of a scalar', 'a: |+\n  b\nc: d\n\ne: f\n', { remove: at('c') }],
    ['an entry between comments in brackets', '[a, # b\n c]\n', { remove: at(1) }],
    ['an order that takes an alias before its anchor', 'a: &x 1\nb: *x\n', { reorder: at(), order: [1, 0] }],
    ['an order of too few', 'a: 1\nb: 2\n', { reorder: at(), order: [1] }],
    ['a value that an alias repeats', 'a: &x 1\nb: *x\n', { replace: at('a'), by: '2' }],
    ['a whole file', 'a: b\n', { replace: { path: 'a.yaml' }, by: '' }],
  ])('is not made for %s', (_, text, change) => {
    expect(edit(text, change)).toBeUndefined();
  });
});

/** How many edits of each kind a run of the tests makes; `npm run fuzz` goes on. */
const budget = 1000;

test.each<EditKind>(['replace', 'rename', 'remove', 'insert', 'reorder'])('%s: the edited text holds the edited value, and every comment', kind => {
  const random = createRandom(3);
  let edits = 0;
  for (let count = 0; count < budget; count += 5) {
    for (const { edited, problem } of checkEdits(random, generateYaml(random), 5, kind)) {
      expect(problem).toBeUndefined();
      if (edited !== undefined) edits++;
    }
  }
  expect(edits).toBeGreaterThan(budget / 20);
});
