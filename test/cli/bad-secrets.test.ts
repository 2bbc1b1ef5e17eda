import { expect, test } from 'vitest';
import { diceFrom, pick } from '../secrets/token-shapes.ts';
import { temporaryFolder } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const meta = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n';
/** Base64 of so many bytes of the same noise. */
const base64 = (bytes: number) => Buffer.alloc(bytes, pick(diceFrom(1), 'abcdefghijklmnopqrstuvwxyz0123456789', 997)).toString('base64');
const token = `glpat-${pick(diceFrom(2), 'abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789', 20)}`;

/** In seconds; a run that takes the square of the size takes minutes. */
const patience = 20;

async function look(files: Readonly<Record<string, string>>, ...args: string[]) {
  const begin = process.hrtime.bigint();
  const { code, stdout, stderr } = await runMain(temporaryFolder(files), ['-f', 'json', '--rule', 'secrets/*', ...args]);
  expect(Number(process.hrtime.bigint() - begin) / 1e9).toBeLessThan(patience);
  expect(stderr).toBe('');
  const { findings, coverage } = JSON.parse(stdout) as {
    findings: { path: string; start: { line: number }; ruleId: string }[];
    coverage: { skippedFiles: object[] };
  };
  return { code, lines: findings.map(({ path, start, ruleId }) => `${path}:${start.line} ${ruleId}`), skipped: coverage.skippedFiles };
}

test('50 MB of base64 is skipped with a reason, and 12 MB is read where the config lets it', async () => {
  const blob = { 'blob.yaml': `${meta}data:\n  blob: ${base64(37_500_000)}\n` };
  expect(await look(blob)).toEqual({ code: 0, lines: [], skipped: [{ path: 'blob.yaml', reason: 'too large' }] });
  const wrapped = base64(9_000_000).replace(/.{76}/g, '$&\n    ');
  const read = await look({
    'blob.yaml': `${meta}data:\n  blob: |\n    ${wrapped}\n  token: ${Buffer.from(token).toString('base64')}\n`,
    'gitops-lint.yaml': 'maxFileSize: 100MB\n',
  });
  expect(read).toMatchObject({ code: 1, skipped: [] });
  expect(read.lines).toContainEqual(expect.stringMatching(/^blob\.yaml:\d+ secrets\/known-token$/));
}, 60_000);

test('a line of 1 MB is read to its end, in whatever file', async () => {
  const noise = base64(750_000);
  const files = {
    'a.env': `${noise} TOKEN=${token}\n`,
    'b.json': JSON.stringify({ noise, token }),
    'c.yaml': `noise: ${noise} ${token}\n`,
    'd.tf': `x = "${noise} ${token}"\n`,
  };
  const { lines, skipped } = await look(files);
  expect(lines).toEqual(Object.keys(files).map(path => `${path}:1 secrets/known-token`));
  expect(skipped).toEqual([]);
}, 60_000);

test('a line of 20,000 passwords is masked, and not searched for each of them', async () => {
  const dice = diceFrom(3);
  const words = Array.from({ length: 20_000 }, () => `password=${pick(dice, 'abcdefghkmnpqrstuvwxyz23456789', 16)}`);
  const folder = temporaryFolder({ 'a.yaml': `${meta}stringData:\n  all: "${words.join(' ')} "   \n` });
  const { stdout } = await runMain(folder, ['--fail-on', 'note']);
  expect(stdout).toContain('a.yaml');
  for (const word of words.slice(0, 100)) expect(stdout).not.toContain(word.slice(9, 17));
}, 60_000);

test('bytes that are no text, and base64 that is none, are judged by their keys', async () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => (index * 7 + 128) % 256)).toString('base64');
  const text = `${meta}data:\n  store.p12: ${bytes}\n  picture: ${bytes}\n  broken: ${bytes.slice(0, -3)}\n  empty: ""\n  zero: ${Buffer.alloc(100).toString('base64')}\n`;
  const { lines } = await look({ 'a.yaml': text });
  expect(lines).toContain('a.yaml:6 secrets/plaintext-manifest');
  expect(lines.filter(line => /:(7|9|10) /.test(line))).toEqual([]);
});

test('ignores at block scalars within each other take no time to speak of', async () => {
  const lines = Array.from({ length: 2500 }, (_, depth) => `${' '.repeat(depth)}a: | # gitops-lint: ignore[secrets/*#0000] x`);
  expect(await look({ 'a.yaml': `${lines.join('\n')}\n`, 'b.env': `T=${token}\n` }, '--report-unused-ignores')).toMatchObject({ skipped: [] });
});
