import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../src/cli/unified-diff.ts';
import { put, temporaryFolder } from '../workspace/temporary-repository.ts';

const diff = (before: string, after: string) => unifiedDiff('a.yaml', { before, after, shownBefore: before, shownAfter: after });

test('changes far from each other stand in hunks of their own, with three lines around each', () => {
  const before = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('');
  const after = before.replace('line 2\n', 'two\n').replace('line 15\n', '').replace('line 19\n', 'line 19');
  expect(diff(before, after)).toBe(
    [
      '--- a/a.yaml\n+++ b/a.yaml',
      '@@ -1,6 +1,6 @@\n line 0\n line 1\n-line 2\n+two\n line 3\n line 4\n line 5',
      '@@ -13,8 +13,7 @@\n line 12\n line 13\n line 14\n-line 15\n line 16\n line 17\n line 18\n-line 19\n+line 19\n\\ No newline at end of file\n',
    ].join('\n'),
  );
});

test('no difference is no text', () => {
  expect(diff('a\n', 'a\n')).toBe('');
});

test('a file with more differences than are searched is one change', () => {
  const before = 'a\n'.repeat(2000);
  expect(diff(before, 'b\n'.repeat(2000))).toMatch(/^--- a\/a\.yaml\n\+\+\+ b\/a\.yaml\n@@ -1,2000 \+1,2000 @@\n-a\n/);
});

test('what is shown may differ from what is compared', () => {
  expect(unifiedDiff('a.yaml', { before: "a: 'xx'\n", after: 'a: "xx"\n', shownBefore: 'a: ••••\n', shownAfter: 'a: ••••\n' })).toContain(
    '-a: ••••\n+a: ••••\n',
  );
});

test('git apply makes the new text of the old one', () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'd\r\n'), { maxLength: 30 }).map(lines => lines.join(''));
  const ending = fc.constantFrom('', 'end');
  fc.assert(
    fc.property(text, text, ending, ending, (before, after, endBefore, endAfter) => {
      fc.pre(before + endBefore !== '' && after + endAfter !== '' && before + endBefore !== after + endAfter);
      const folder = temporaryFolder();
      put(folder, { 'a.yaml': before + endBefore });
      const { status, stderr } = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
        cwd: folder,
        input: diff(before + endBefore, after + endAfter),
        encoding: 'utf8',
      });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(readFileSync(join(folder, 'a.yaml'), 'utf8')).toBe(after + endAfter);
    }),
    { numRuns: 40 },
  );
});
