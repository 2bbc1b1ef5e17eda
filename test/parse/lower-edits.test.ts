import { describe, expect, test } from 'vitest';
import type { Edit } from '../../src/core/finding.ts';
import type { FieldPath } from '../../src/core/place.ts';
import { walkTape } from '../../src/core/tape.ts';
import { lowerEdit } from '../../src/parse/lower-edits.ts';
import { generateYaml } from '../tools/generate-yaml.ts';
import { createRandom, pick } from '../tools/random.ts';
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
    ['appends an item', 'a:\n  - b # c\n  # d\ne: 1\n', { append: 'f: 1\ng: 2', to: at('a') }, 'a:\n  - b # c\n  - f: 1\n    g: 2\n  # d\ne: 1\n'],
    ['appends an item where the last line is not ended', 'a:\n- b', { append: 'c', to: at('a') }, 'a:\n- b\n- c'],
    ['appends an item after a block scalar', '- |\n  a\n', { append: 'b', to: at() }, '- |\n  a\n- b\n'],
    ['appends an item with the line ends of the file', 'a:\r\n- b\r\n', { append: 'c\nd', to: at('a') }, 'a:\r\n- b\r\n- c\r\n  d\r\n'],
    ['appends an item behind a byte order mark', '\ufeff- a\n', { append: 'b', to: at() }, '\ufeff- a\n- b\n'],
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
    ['an item for what is no list', 'a: b\n', { append: 'c', to: at('a') }],
    ['a value of several lines', 'a: b\n', { replace: at('a'), by: 'c\nd' }],
    ['empty lines that would become part of a scalar', 'a: |+\n  b\nc: d\n\ne: f\n', { remove: at('c') }],
    ['an entry between comments in brackets', '[a, # b\n c]\n', { remove: at(1) }],
    ['a whole file', 'a: b\n', { replace: { path: 'a.yaml' }, by: '' }],
  ])('is not made for %s', (_, text, change) => {
    expect(edit(text, change)).toBeUndefined();
  });
});

describe('the edited text parses to the edited value', () => {
  const random = createRandom(3);
  const changes: Record<string, (field: FieldPath) => Edit> = {
    remove: field => ({ remove: at(...field) }),
    replace: field => ({ replace: at(...field), by: '"new"' }),
    rename: field => ({ replace: { ...at(...field), part: 'key' }, by: '"new key"' }),
    append: field => ({ append: 'k: v\nl: "w"', to: at(...field) }),
  };

  test.each(Object.keys(changes))('%s', name => {
    let edits = 0;
    for (let count = 0; count < 1500; count++) {
      const text = generateYaml(random);
      const file = sourceFile(text);
      const [document] = file.documents;
      // An alias would show the change in a second place.
      if (!document || file.problems.length > 0 || file.duplicateKeys.length > 0 || document.tape.aliases) continue;
      const fields: FieldPath[] = [];
      walkTape(document.tape, text, (_, field) => fields.push([...field]));
      const field = pick(random, fields as [FieldPath, ...FieldPath[]]);
      const edited = edit(text, changes[name]?.(field) ?? { remove: at(...field) });
      if (edited === undefined) continue;
      edits++;
      const value = sourceFile(edited).documents[0]?.value;
      expect(value, `${JSON.stringify(field)} of ${JSON.stringify(text)} gives ${JSON.stringify(edited)}`).toEqual(
        changed(document.value, field, name),
      );
    }
    expect(edits).toBeGreaterThan(50);
  });
});

/** What the edit makes of a value. */
function changed(value: unknown, [part, ...rest]: FieldPath, name: string): unknown {
  if (part === undefined) return name === 'replace' ? 'new' : [...(value as unknown[]), { k: 'v', l: 'w' }];
  const isTarget = rest.length === 0 && (name === 'remove' || name === 'rename');
  if (Array.isArray(value)) return isTarget ? value.toSpliced(Number(part), 1) : value.with(Number(part), changed(value[Number(part)], rest, name));
  const entries = Object.entries(value as object).flatMap(([key, child]) => {
    if (key !== String(part)) return [[key, child]];
    return isTarget ? (name === 'remove' ? [] : [['new key', child]]) : [[key, changed(child, rest, name)]];
  });
  return Object.fromEntries(entries);
}
