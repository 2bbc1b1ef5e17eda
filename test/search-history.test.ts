import { expect, test } from 'vitest';
import { at } from '../src/core/place.ts';
import type { History, PastFile } from '../src/workspace/workspace.ts';
import { aRule, lintFiles } from './lint/lint-files.ts';

const commit = { id: '0123456789abcdef0123456789abcdef01234567', date: '2027-01-30' };
const past = (...files: readonly Omit<PastFile, 'commit'>[]): History => ({
  commits: 1,
  async *files() {
    for (const file of files) yield { ...file, commit } as PastFile;
  },
});
const note = aRule('secrets/note', 'document', function* (document) {
  yield { at: at(document, 'note'), message: 'a secret: move it' };
});
const whole = (leaks: boolean | undefined) =>
  aRule(
    'secrets/whole',
    'repo',
    function* ({ files, entries }) {
      for (const path of files.keys()) yield { at: { path, start: 0, end: 1 }, message: `one of ${entries.size}` };
    },
    leaks === undefined ? {} : { leaks },
  );

test('a rule for the whole repository is asked about a file alone where it says that it can be', async () => {
  const find = async (leaks: boolean | undefined) => {
    const { findings } = await lintFiles({ 'a.yaml': 'a: 1\n' }, [whole(leaks)], { history: past({ path: 'apps/b.yaml', text: 'b: 1\n' }) });
    return findings.filter(finding => finding.commit).map(({ message }) => message);
  };
  expect(await find(undefined)).toEqual([]);
  expect(await find(false)).toEqual([]);
  expect(await find(true)).toEqual([
    expect.stringMatching(/^one of 3 \(line 1 of the file in commit 0123456789 of 2027-01-30, and in no file any more\)$/),
  ]);
});

test('rules for what protects secrets, and all others, are not asked about the history', async () => {
  const { findings } = await lintFiles(
    { 'a.yaml': 'a: 1\n' },
    [
      { ...note, leaks: false },
      { ...note, id: 'test/note' },
    ],
    {
      history: past({ path: 'b.yaml', text: 'note: x\n' }),
    },
  );
  expect(findings.filter(finding => finding.commit)).toEqual([]);
});

test('a rule that throws over a file of the history is a defect, and loses that file alone', async () => {
  const fragile = aRule('secrets/fragile', 'file', function* ({ path, text }) {
    if (text.includes('bad')) throw new Error('no');
    yield { at: { path, start: 0, end: text.length }, message: 'a secret: move it' };
  });
  const { findings, defects } = await lintFiles({}, [fragile], { history: past({ path: 'b.env', text: 'bad' }, { path: 'c.env', text: 'good' }) });
  expect(findings.map(finding => finding.at.path)).toEqual(['c.env']);
  expect(defects).toMatchObject([{ ruleId: 'secrets/fragile', path: 'b.env' }]);
});

test('a fingerprint holds neither the commit nor the value, and is not that of the same place today', async () => {
  const fingerprints = async (text: string, id: string) => {
    const history: History = {
      commits: 1,
      async *files() {
        yield { path: 'b.yaml', text, commit: { id, date: '2027-01-30' } };
      },
    };
    return (await lintFiles({ 'b.yaml': 'note: today\n' }, [note], { history })).findings.map(({ fingerprint }) => fingerprint).sort();
  };
  const [first, second] = await fingerprints('note: one\n', commit.id);
  expect(first).not.toBe(second);
  expect(await fingerprints('x: 1\nnote: two\n', 'f'.repeat(40))).toEqual([first, second]);
});
