import { expect, test } from 'vitest';
import type { Waiver } from '../../src/core/config.ts';
import { aRule, badField, describe, lintFiles } from './lint-files.ts';

const shown = async (text: string, path = 'a.yaml') => describe((await lintFiles({ [path]: text }, [badField])).findings);
const open = 'test/bad-field error';
const silent = 'test/bad-field error suppressed by comment';

test('an ignore works on its line, on the line above, and above other comments', async () => {
  expect(await shown('bad: 1 # gitops-lint: ignore[test/bad-field] known\n')).toEqual([`a.yaml:1:6 ${silent}`]);
  expect(await shown('# gitops-lint: ignore[test/bad-field] known\nbad: 1\n')).toEqual([`a.yaml:2:6 ${silent}`]);
  expect(await shown('# gitops-lint: ignore[test/bad-field] known\n# why\nbad: 1\n')).toEqual([`a.yaml:3:6 ${silent}`]);
});

test('an ignore is for one line, the rules that it names, and comments alone', async () => {
  expect(await shown('a: 1 # gitops-lint: ignore[test/bad-field] known\nbad: 1\n')).toEqual([`a.yaml:2:6 ${open}`]);
  expect(await shown('# gitops-lint: ignore[test/bad-field] known\n\nbad: 1\n')).toEqual([`a.yaml:3:6 ${open}`]);
  expect(await shown('bad: 1 # gitops-lint: ignore[test/other] known\n')).toEqual([`a.yaml:1:6 ${open}`]);
  expect(await shown('bad: 1 # gitops-lint: ignore[test/other, test/*] known\n')).toEqual([`a.yaml:1:6 ${silent}`]);
  expect(await shown('bad: "gitops-lint: ignore[test/bad-field] known"\n')).toEqual([`a.yaml:1:6 ${open}`]);
  expect(await shown('bad: "x#gitops-lint: ignore[test/bad-field] known"\n')).toEqual([`a.yaml:1:6 ${open}`]);
  expect(await shown('{"bad": "# gitops-lint: ignore[test/bad-field] known"}\n', 'a.json')).toEqual([`a.json:1:9 ${open}`]);
});

test('an ignore of the whole file stands before its content', async () => {
  expect(await shown('# yaml-language-server: x\n---\n# gitops-lint: ignore-file[test/*] generated\na: 1\nbad: 1\n')).toEqual([
    `a.yaml:5:6 ${silent}`,
  ]);
  expect(await shown('a: 1\n# gitops-lint: ignore-file[test/*] generated\nbad: 1\n')).toEqual([`a.yaml:3:6 ${open}`]);
});

test('an ignore without a reason holds, and is reported', async () => {
  expect(await shown('bad: 1 # gitops-lint: ignore[test/bad-field]\n')).toEqual([
    `a.yaml:1:6 ${silent}`,
    'a.yaml:1:8 config/ignore-without-reason warning',
  ]);
});

test('two slashes begin a comment in HCL alone', async () => {
  const rule = aRule('test/line', 'file', function* ({ path, text }) {
    const start = text.indexOf('bad');
    yield { at: { path, start, end: start + 3 }, message: 'bad' };
  });
  const text = '// gitops-lint: ignore[test/line] known\nbad = 1\n';
  const { findings } = await lintFiles({ 'a.tf': text, 'b.txt': text }, [rule]);
  expect(describe(findings)).toEqual(['a.tf:2:1 test/line error suppressed by comment', 'b.txt:2:1 test/line error']);
});

test('the comments of other tools count for the same concept', async () => {
  const rule = (id: string) =>
    aRule(id, 'file', function* ({ path }) {
      yield { at: { path, start: 0, end: 1 }, message: 'bad' };
    });
  const rules = [aRule('secrets/known', 'file', rule('test/x').check, { leaks: false }), rule('format/quotes')];
  const found = async (comment: string) => describe((await lintFiles({ 'a.yaml': `a: 1 # ${comment}\n` }, rules)).findings);
  expect(await found('gitleaks:allow')).toEqual(['a.yaml:1:1 format/quotes error', 'a.yaml:1:1 secrets/known error suppressed by comment']);
  expect(await found('yamllint disable-line')).toEqual(['a.yaml:1:1 format/quotes error suppressed by comment', 'a.yaml:1:1 secrets/known error']);
  expect(await found('yamllint disable-line rule:quoted-strings')).toContain('a.yaml:1:1 format/quotes error suppressed by comment');
  expect(await found('yamllint disable-line rule:truthy')).toContain('a.yaml:1:1 format/quotes error');
});

const waiver = (more: Partial<Waiver>): Waiver => ({ rule: 'test/*', matches: path => path === 'a.yaml', reason: 'known', index: 0, ...more });
const configText = 'waivers:\n  - rule: test/*\n    path: a.yaml\n    reason: known\n    expires: 2027-01-30\n';

test('a waiver holds through its last day, and is a finding afterwards', async () => {
  const files = { 'a.yaml': 'bad: 1\n', 'gitops-lint.yaml': configText };
  const on = async (expires: string, preset: 'recommended' | 'regulated' = 'recommended') => {
    const config = { path: 'gitops-lint.yaml', preset, waivers: [waiver({ expires })] };
    return describe((await lintFiles(files, [badField], { config })).findings);
  };
  expect(await on('2027-01-31')).toEqual(['a.yaml:1:6 test/bad-field error suppressed by waiver']);
  expect(await on('2027-01-30')).toEqual(['a.yaml:1:6 test/bad-field error', 'gitops-lint.yaml:5:14 config/expired-waiver warning']);
  expect(await on('2027-01-30', 'regulated')).toContain('gitops-lint.yaml:5:14 config/expired-waiver error');
});

test('what suppresses nothing is reported on request, unless the rule did not run', async () => {
  const files = {
    'a.yaml': '# gitops-lint: ignore[test/bad-field] old\na: 1\n',
    'b.yaml': 'a: 1 # gitleaks:allow\n',
    'gitops-lint.yaml': configText,
  };
  const config = { path: 'gitops-lint.yaml', waivers: [waiver({})] };
  const other = aRule('test/other', 'document', function* () {});
  const found = async (more: object) => describe((await lintFiles(files, [badField, other], { config, ...more })).findings);
  expect(await found({})).toEqual([]);
  expect(await found({ reportUnusedIgnores: true })).toEqual([
    'a.yaml:1:1 config/unused-ignore warning',
    'gitops-lint.yaml:2:5 config/unused-ignore warning',
  ]);
  expect(await found({ reportUnusedIgnores: true, skip: ['test/other'] })).toEqual(['a.yaml:1:1 config/unused-ignore warning']);
  expect(await found({ reportUnusedIgnores: true, only: ['test/other'] })).toEqual([]);
});

test('many directives on one line and many comment lines take no time to speak of', async () => {
  const line = `a: 1 # ${'gitops-lint: ignore[x] y '.repeat(20_000)}\n`;
  const stack = '# gitops-lint: ignore-file[x] y\n# gitops-lint: ignore[x] y\n'.repeat(20_000);
  expect(await shown(`${stack}${line}bad: 1\n`)).toEqual([`a.yaml:40002:6 ${open}`]);
});
