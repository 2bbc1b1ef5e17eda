import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import type { Waiver } from '../../src/core/config.ts';
import { at } from '../../src/core/place.ts';
import { digestOfSecret } from '../../src/engine/secret-value.ts';
import { text as textReporter } from '../../src/report/text.ts';
import { diceFrom, pick } from '../secrets/token-shapes.ts';
import { aRule, describe, type Files, lintFiles } from './lint-files.ts';

const leak = aRule('secrets/note', 'document', function* (document) {
  const value = document.value as { note?: unknown } | null;
  if (value && typeof value === 'object' && 'note' in value) yield { at: at(document, 'note'), message: 'a secret: move it' };
});
const shield = aRule('secrets/shield', 'document', leak.check, { leaks: false });

const find = async (text: string, more: Parameters<typeof lintFiles>[2] = {}, rule = leak) => lintFiles({ 'a.yaml': text }, [rule], more);
const shown = async (...given: Parameters<typeof find>) => describe((await find(...given)).findings);
const digestOf = async (text: string) => (await find(text)).findings.find(({ ruleId }) => ruleId === 'secrets/note')?.digest;

const open = 'a.yaml:1:7 secrets/note error';
const silent = `${open} suppressed by comment`;

test('an ignore of a secret holds for the value that it names, however that is written, and for no other', async () => {
  const digest = await digestOf('note: correct-horse\n');
  expect(digest).toMatch(/^[0-9a-f]{4}$/);
  const comment = `# gitops-lint: ignore[secrets/note#${digest}] a test`;
  expect(await shown(`note: correct-horse ${comment}\n`)).toEqual([silent]);
  expect(await shown(`note: "correct-horse" ${comment}\n`)).toEqual([silent]);
  expect(await shown(`note: correct-horse-2 ${comment}\n`)).toEqual([open, 'a.yaml:1:23 config/unbound-ignore warning']);
  expect(await shown(`other: 1\nnote: correct-horse ${comment}\n`)).toEqual([silent.replace(':1:', ':2:')]);
});

test('an ignore without a digest silences no secret, and says how to write it', async () => {
  const text = 'note: correct-horse # gitops-lint: ignore[secrets/*] a test\n';
  expect(await shown(text)).toEqual([open, 'a.yaml:1:21 config/unbound-ignore warning']);
  const { findings } = await find(text, { reportUnusedIgnores: true });
  expect(findings.map(({ message }) => message)).toEqual([
    'a secret: move it',
    `the ignore of "secrets/*" does not say for which secret: write "secrets/note#${await digestOf(text)}"`,
  ]);
  expect(await shown('note: correct-horse # gitleaks:allow\n')).toEqual([open]);
});

test('what a rule says of a shield needs no digest', async () => {
  expect(await shown('note: age1 # gitops-lint: ignore[secrets/shield] a test\n', {}, shield)).toEqual([
    'a.yaml:1:7 secrets/shield error suppressed by comment',
  ]);
});

test('an ignore of the whole file and a waiver name values too', async () => {
  const digest = await digestOf('note: correct-horse\n');
  expect(await shown(`# gitops-lint: ignore-file[secrets/note#${digest}] a test\nnote: correct-horse\n`)).toEqual([silent.replace(':1:', ':2:')]);
  const waiver: Waiver = { rule: 'secrets/*', matches: () => true, reason: 'a test', index: 0, path: 'gitops-lint.yaml' };
  const waived = (more: Partial<Waiver>) => shown('note: correct-horse\n', { config: { waivers: [{ ...waiver, ...more }] } });
  expect(await waived({ digests: ['0000', digest ?? ''] })).toEqual([`${open} suppressed by waiver`]);
  expect(await waived({})).toEqual([open, 'gitops-lint.yaml:1:1 config/unbound-ignore warning']);
  expect(await waived({ digests: ['0000'] })).toEqual([open, 'gitops-lint.yaml:1:1 config/unbound-ignore warning']);
});

test('a comment at the key of a block scalar is for its lines', async () => {
  const line = aRule('test/line', 'file', function* ({ path, text }) {
    for (const { index } of text.matchAll(/bad/g)) yield { at: { path, start: index, end: index + 3 }, message: 'bad' };
  });
  const ignore = '# gitops-lint: ignore[test/line] known';
  const found = async (text: string) =>
    describe((await lintFiles({ 'a.yaml': text }, [line])).findings).map(said => said.replace('test/line error ', ''));
  expect(await found(`a: | ${ignore}\n  x\n\n  bad\nbad: 1\n`)).toEqual(['a.yaml:4:3 suppressed by comment', 'a.yaml:5:1 test/line error']);
  expect(await found(`${ignore.replace('line', 'x')}\n${ignore}\na: |\n  bad\n`)).toEqual(['a.yaml:4:3 suppressed by comment']);
  expect(await found(`${ignore}\n${ignore.replace('line', 'x')}\na: |\n  bad\n`)).toEqual(['a.yaml:4:3 suppressed by comment']);
  expect(await found(`${ignore}\n- >-\n  bad\n- bad\n`)).toEqual(['a.yaml:3:3 suppressed by comment', 'a.yaml:4:3 test/line error']);
});

const token = (seed: number) => `glpat-${pick(diceFrom(seed), 'abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789', 20)}`;

test('the text report tells the exact comment, which then holds; of JSON the waiver', async () => {
  const files: Files = { 'ci.env': `TOKEN=${token(1)}\nOTHER=${token(2)}\n`, 'ci.json': JSON.stringify({ token: token(3) }) };
  const outcome = await lintFiles(files, rules, { only: ['secrets/*'] });
  const report = textReporter(outcome, { toolVersion: '0', show: 'note' });
  const comments = [...report.matchAll(/no secret\? (# .*)\n/g)].map(([, comment = '']) => comment);
  expect(comments).toHaveLength(2);
  expect(report).toMatch(/no secret\? waivers: \[\{ rule: secrets\/known-token, path: "ci.json", digest: "[0-9a-f]{4}", reason: reason \}\]/);
  const ignored = `${comments[0]}\nTOKEN=${token(1)}\n${comments[1]}\nOTHER=${token(2)}\n`;
  const again = await lintFiles({ 'ci.env': ignored }, rules, { only: ['secrets/*'] });
  expect(again.findings.map(({ suppressed }) => suppressed)).toEqual([
    { by: 'comment', reason: 'reason' },
    { by: 'comment', reason: 'reason' },
  ]);
});

test('the digest of a private key is that of the key, not of its first line', async () => {
  const key = (seed: number) =>
    `-----BEGIN EC PRIVATE KEY-----\n${Buffer.from(`0w\x02\x01\x01${pick(diceFrom(seed), 'abcdefghkmnpqrstuvwxyz0123456789ABCDEF', 110)}`).toString('base64')}\n-----END EC PRIVATE KEY-----\n`;
  const digest = async (text: string) =>
    (await lintFiles({ 'a.pem': text }, rules, { only: ['secrets/private-key'] })).findings.map(found => found.digest);
  const [first, second] = [await digest(key(1)), await digest(key(2))];
  expect(first).toHaveLength(1);
  expect(first).not.toEqual(second);
});

test('digests are spread evenly, and one value in two places has two', () => {
  const digests = Array.from({ length: 65_536 }, (_, index) => digestOfSecret(['secrets/note', 'a.yaml'], `value-${index}`));
  // Of balls thrown into as many boxes 1 - 1/e of the boxes get one.
  expect(new Set(digests).size / 65_536).toBeCloseTo(1 - 1 / Math.E, 2);
  expect(digestOfSecret(['secrets/note', 'a.yaml'], 'x')).not.toBe(digestOfSecret(['secrets/note', 'b.yaml'], 'x'));
});
