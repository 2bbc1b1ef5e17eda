import { expect, test } from 'vitest';
import type { Edit, Fix } from '../../src/core/finding.ts';
import { at, keyAt } from '../../src/core/place.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { aRule, type Files, lintFiles } from './lint-files.ts';

/** Reports each occurrence of a word, with an edit that replaces it. */
const replaceWord = (id: string, word: string, by: string, more: Partial<Fix<Edit>> = {}) =>
  aRule(id, 'file', function* ({ path, text }) {
    for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + word.length)) {
      const place = { path, start, end: start + word.length };
      yield { at: place, message: `"${word}": replace it`, fix: { title: 'replace it', safety: 'safe', edits: [{ replace: place, by }], ...more } };
    }
  });

async function fix(files: Files, rules: Parameters<typeof lintFiles>[1], more: Parameters<typeof lintFiles>[2] = {}) {
  const workspace = memoryWorkspace(files);
  const outcome = await lintFiles(files, rules, { workspace, fix: 'safe', ...more });
  return { outcome, texts: Object.fromEntries(Object.keys(files).map(path => [path, workspace.read(path, 1e9).text])) };
}

test('safe fixes are applied until nothing is left, and counted', async () => {
  const { outcome, texts } = await fix({ 'a.yaml': "a:   '1'\nb:  2\n" }, [
    replaceWord('test/space', '  ', ' '),
    replaceWord('test/quote', "'1'", '"1"'),
  ]);
  expect(texts['a.yaml']).toBe('a: "1"\nb: 2\n');
  expect(outcome.findings).toEqual([]);
  expect(outcome.fixesApplied).toBe(4);
});

test('without --fix and in a preview nothing is written', async () => {
  const workspace = memoryWorkspace({ 'a.yaml': 'a:  1\n' });
  const rules = [replaceWord('test/space', '  ', ' ')];
  await lintFiles({}, rules, { workspace });
  const { changes } = await lintFiles({}, rules, { workspace, fix: 'safe', preview: true });
  expect(workspace.read('a.yaml', 100).text).toBe('a:  1\n');
  expect(changes.get('a.yaml')).toMatchObject({ before: 'a:  1\n', after: 'a: 1\n' });
});

test('a safe fix that changes the data is not applied, nor is anything else of that pass to the file', async () => {
  const rules = [replaceWord('test/wrong', '1', '2'), replaceWord('test/space', '  ', ' ')];
  const { texts, outcome } = await fix({ 'a.yaml': 'a:  1\n', 'b.yaml': 'b:  0\n' }, rules);
  expect(texts).toEqual({ 'a.yaml': 'a:  1\n', 'b.yaml': 'b: 0\n' });
  expect(outcome.findings).toHaveLength(2);
});

test('what readers of YAML 1.1 take for another value is a change of the data', async () => {
  const files = { 'a.yaml': "a: 'yes'\n", 'b.yaml': "b: 'no one'\n" };
  const { texts } = await fix(files, [replaceWord('test/quote', "'", '')].map(unquoteAll));
  expect(texts).toEqual({ 'a.yaml': "a: 'yes'\n", 'b.yaml': 'b: no one\n' });
});

/** One fix for all that a rule says of a file. */
function unquoteAll(rule: ReturnType<typeof aRule>): typeof rule {
  return {
    ...rule,
    *check(...call) {
      const reports = [...rule.check(...call)].flatMap(report => ('fix' in report && report.fix ? [{ ...report, fix: report.fix }] : []));
      const [first] = reports;
      if (first) yield { ...first, fix: { ...first.fix, edits: reports.flatMap(({ fix }) => fix.edits) } };
    },
  };
}

test('a safe fix that writes a field in another way may change the data', async () => {
  const { texts } = await fix({ 'a.yaml': 'bases: [b]\n' }, [replaceWord('test/field', 'bases', 'resources', { keeps: 'renders' })]);
  expect(texts['a.yaml']).toBe('resources: [b]\n');
});

test('suggestions are applied on request, and never where the file does not parse afterwards', async () => {
  const suggestion = { safety: 'suggestion' } as const;
  const files = { 'a.yaml': 'a: 1\n' };
  const good = replaceWord('test/good', '1', '2', suggestion);
  expect((await fix(files, [good])).texts).toEqual(files);
  expect((await fix(files, [good], { fix: 'all' })).texts['a.yaml']).toBe('a: 2\n');
  expect((await fix(files, [replaceWord('test/bad', '1', '[', suggestion)], { fix: 'all' })).texts).toEqual(files);
});

test('fixes of suppressed findings and of findings out of scope are not applied', async () => {
  const files = { 'a.yaml': 'a:  1 # gitops-lint: ignore[test/space] aligned\nb:  2\n', 'b.yaml': 'b:  1\n' };
  const { texts } = await fix(files, [replaceWord('test/space', ':  ', ': ')], { scope: { includes: path => path === 'a.yaml' } });
  expect(texts).toEqual({ 'a.yaml': 'a:  1 # gitops-lint: ignore[test/space] aligned\nb: 2\n', 'b.yaml': 'b:  1\n' });
});

test('of fixes that overlap or touch each is applied in its turn', async () => {
  const rule = aRule('test/insert', 'file', function* ({ path, text }) {
    const end = text.indexOf('\n');
    for (const word of ['# one', '# two']) {
      if (text.includes(word)) continue;
      const place = { path, start: end, end };
      yield { at: place, message: `no "${word}": add it`, fix: { title: 'add it', safety: 'safe', edits: [{ replace: place, by: ` ${word}` }] } };
    }
  });
  expect((await fix({ 'a.yaml': 'a: 1\n' }, [rule])).texts['a.yaml']).toBe('a: 1 # one # two\n');
});

test('a fix of several files is applied as a whole or not at all', async () => {
  const rename = aRule('test/rename', 'repo', function* (repo) {
    const edits = [...repo.files.values()].flatMap(({ documents }) =>
      documents.filter(({ value }) => Object.hasOwn(value as object, 'old')).map(document => ({ replace: keyAt(document, 'old'), by: 'new' })),
    );
    if (edits.length > 0) yield { at: { path: 'a.yaml' }, message: 'old', fix: { title: 'rename', safety: 'safe', edits } };
  });
  const files = { 'a.yaml': 'old: 1\n', 'b.yaml': 'old: 2\n' };
  expect((await fix(files, [rename])).texts).toEqual(files);
  const asSuggestion = { ...rename, check: (...call: Parameters<typeof rename.check>) => asSuggestions(rename.check(...call)) };
  expect((await fix(files, [asSuggestion], { fix: 'all' })).texts).toEqual({ 'a.yaml': 'new: 1\n', 'b.yaml': 'new: 2\n' });
});

function* asSuggestions(reports: ReturnType<ReturnType<typeof aRule>['check']>) {
  for (const report of reports) yield 'fix' in report && report.fix ? { ...report, fix: { ...report.fix, safety: 'suggestion' as const } } : report;
}

test('rules that undo each other come to an end', async () => {
  const there = replaceWord('test/there', 'x ', 'x  ');
  const back = replaceWord('test/back', 'x  ', 'x ');
  const { texts } = await fix({ 'a.yaml': 'a: 1 # x y\n' }, [there, back]);
  expect(texts['a.yaml']).toMatch(/^a: 1 # x +y\n$/);
});

test('a field place is edited where it stands', async () => {
  const rule = aRule('test/value', 'document', function* (document) {
    const place = at(document, 'spec', 'a');
    const { spec } = document.value as { spec: { a: string } };
    if (spec.a !== 'x') return;
    yield { at: place, message: '"x"', fix: { title: 'quote', safety: 'safe', edits: [{ replace: place, by: '"x"' }] } };
  });
  const { texts } = await fix({ 'a.yaml': '# c\r\nspec:\r\n  a: x   # d\r\n' }, [rule]);
  expect(texts['a.yaml']).toBe('# c\r\nspec:\r\n  a: "x"   # d\r\n');
});

test('a run that ends between two files leaves each either old or new', async () => {
  const files = { 'a.yaml': 'a:  1\n', 'b.yaml': 'b:  1\n', 'c.yaml': 'c:  1\n' };
  const memory = memoryWorkspace(files);
  const written: string[] = [];
  const workspace: Workspace = {
    ...memory,
    write(path, text) {
      if (written.length === 1) throw new Error('the power is gone');
      memory.write(path, text);
      written.push(path);
    },
  };
  await expect(lintFiles(files, [replaceWord('test/space', '  ', ' ')], { workspace, fix: 'safe' })).rejects.toThrow('power');
  expect(['a.yaml', 'b.yaml', 'c.yaml'].map(path => memory.read(path, 100).text)).toEqual(['a: 1\n', 'b:  1\n', 'c:  1\n']);
});

test('of files that are not parsed only white space changes', async () => {
  const files = { 'a.toml': 'a  = 1\n', 'b.toml': 'b = x\n' };
  const { texts } = await fix(files, [replaceWord('test/space', '  ', ' '), replaceWord('test/name', 'x', 'y')]);
  expect(texts).toEqual({ 'a.toml': 'a = 1\n', 'b.toml': 'b = x\n' });
});

test('a file that somebody else changes in the meantime stays as they left it', async () => {
  const memory = memoryWorkspace({ 'a.yaml': 'a:  1\n', 'b.yaml': 'b:  1\n' });
  let reads = 0;
  const workspace: Workspace = {
    ...memory,
    read(path, maxBytes) {
      if (path === 'a.yaml' && ++reads === 2) memory.write(path, 'theirs: 1\n');
      return memory.read(path, maxBytes);
    },
  };
  await lintFiles({}, [replaceWord('test/space', '  ', ' ')], { workspace, fix: 'safe' });
  expect(memory.read('a.yaml', 100).text).toBe('theirs: 1\n');
  expect(memory.read('b.yaml', 100).text).toBe('b: 1\n');
});
