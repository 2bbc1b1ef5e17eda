import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diceFrom, pick } from '../secrets/token-shapes.ts';
import { commitAll, git, put, setEnvironment, temporaryFolder, temporaryRepository } from '../workspace/temporary-repository.ts';
import { runMain } from './run-main.ts';

const token = (seed: number) => `glpat-${pick(diceFrom(seed), 'abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789', 20)}`;
const secret = (value: string) => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: ${value}\n`;
const key = `-----BEGIN EC PRIVATE KEY-----\n${Buffer.from(`0w\x02\x01\x01${pick(diceFrom(9), 'abcdefghkmnpqrstuvwxyz0123456789ABCDEF', 110)}`).toString('base64')}\n-----END EC PRIVATE KEY-----\n`;
const plain = 'a: 1\n';

/** A branch off main; each step is a commit, in which an absent content removes the file. */
function branch(...steps: readonly Readonly<Record<string, string | undefined>>[]): string {
  const folder = temporaryRepository({ 'a.yaml': plain });
  git(folder, 'checkout', '--quiet', '-b', 'feature');
  for (const step of steps) commitStep(folder, step);
  return folder;
}

function commitStep(folder: string, step: Readonly<Record<string, string | undefined>>): void {
  for (const [path, content] of Object.entries(step)) {
    if (content === undefined) rmSync(join(folder, path));
    else put(folder, { [path]: content });
  }
  commitAll(folder);
}

interface Report {
  readonly findings: readonly {
    readonly ruleId: string;
    readonly path: string;
    readonly message: string;
    readonly start: { readonly line: number };
    readonly digest?: string;
    readonly commit?: { readonly id: string; readonly date: string };
    readonly suppressed?: { readonly by: string };
  }[];
  readonly coverage: {
    readonly history: { readonly commits: number; readonly files: number; readonly skipped: object; readonly incomplete?: string };
  };
}

async function look(folder: string, ...args: string[]) {
  const given = args.some(argument => argument.startsWith('--history')) ? args : ['--history', ...args];
  const { code, stdout, stderr } = await runMain(folder, [...given, '--rule', 'secrets/*', '-f', 'json']);
  const report = JSON.parse(stdout || '{}') as Report;
  const lines = report.findings?.map(({ path, start, ruleId, commit, suppressed }) => {
    const when = commit ? git(folder, 'log', '-1', '--format=%s', commit.id).trim() && ' gone' : '';
    return `${path}:${start.line} ${ruleId}${when}${suppressed ? ` ${suppressed.by}` : ''}`;
  });
  return { code, stderr, lines, report, history: report.coverage?.history };
}

test('a token, a private key and a Secret that were added and removed again are found, each by its commit', async () => {
  const folder = branch(
    { 'b.env': `A=1\nTOKEN=${token(1)}\n`, 'c.pem': key, 'd.yaml': secret('correct-horse') },
    { 'b.env': 'A=1\n', 'c.pem': undefined, 'd.yaml': undefined },
  );
  const { code, lines, report, history } = await look(folder);
  expect(lines).toEqual(['b.env:2 secrets/known-token gone', 'c.pem:1 secrets/private-key gone', 'd.yaml:6 secrets/plaintext-manifest gone']);
  expect({ code, history }).toEqual({ code: 1, history: { commits: 2, files: 4, skipped: {} } });
  const id = git(folder, 'rev-parse', 'HEAD~1').trim();
  const date = git(folder, 'log', '-1', '--format=%cs', id).trim();
  for (const { message, commit } of report.findings) {
    expect(commit).toEqual({ id, date });
    expect(message).toContain(`of the file in commit ${id.slice(0, 10)} of ${date}, and in no file any more`);
  }
});

test('what is still in a file is told once, whatever file that is now and however it is written there', async () => {
  const folder = branch(
    { 'b.env': `TOKEN=${token(1)}\n`, 'd.yaml': secret('correct-horse') },
    {
      'b.env': undefined,
      'c.env': `# moved\nTOKEN=${token(1)}\n`,
      'd.yaml': secret('correct-horse').replace('stringData', 'data').replace('correct-horse', Buffer.from('correct-horse').toString('base64')),
    },
  );
  expect((await look(folder)).lines).toEqual(['c.env:2 secrets/known-token', 'd.yaml:6 secrets/plaintext-manifest']);
});

test('a secret that many commits have is told by the first, and two secrets in one place are two', async () => {
  const folder = branch(
    { 'b.env': `TOKEN=${token(1)}\n` },
    { 'b.env': `X=1\nTOKEN=${token(1)}\n` },
    { 'b.env': `X=1\nTOKEN=${token(2)}\n` },
    { 'b.env': 'X=1\n' },
  );
  const { lines, report } = await look(folder);
  expect(lines).toEqual(['b.env:1 secrets/known-token gone', 'b.env:2 secrets/known-token gone']);
  expect(report.findings.map(({ commit }) => commit?.id)).toEqual(['HEAD~3', 'HEAD~1'].map(revision => git(folder, 'rev-parse', revision).trim()));
});

test('the work tree decides what is gone', async () => {
  const folder = branch({ 'b.env': `TOKEN=${token(1)}\n` });
  expect((await look(folder)).lines).toEqual(['b.env:1 secrets/known-token']);
  put(folder, { 'b.env': 'A=1\n' });
  expect((await look(folder)).lines).toEqual(['b.env:1 secrets/known-token gone']);
});

test('what a merge brings in by itself is looked at, and what it takes from the default branch is not', async () => {
  const folder = branch({ 'b.env': 'A=1\n' });
  git(folder, 'checkout', '--quiet', 'main');
  commitStep(folder, { 'b.env': 'A=2\n', 'main.env': `TOKEN=${token(1)}\n` });
  commitStep(folder, { 'main.env': undefined });
  git(folder, 'checkout', '--quiet', 'feature');
  expect(() => git(folder, 'merge', '--quiet', 'main')).toThrow();
  commitStep(folder, { 'b.env': `TOKEN=${token(2)}\n` });
  commitStep(folder, { 'b.env': 'A=2\n' });
  expect((await look(folder)).lines).toEqual(['b.env:1 secrets/known-token gone']);
});

test('a range, the range of --since, and all there is', async () => {
  const folder = branch({ 'b.env': `TOKEN=${token(1)}\n` }, { 'b.env': `TOKEN=${token(2)}\n` }, { 'b.env': 'A=1\n' });
  const commits = async (...args: string[]) => {
    const { lines, history } = await look(folder, ...args);
    return [history.commits, lines.length];
  };
  expect(await commits('--history=HEAD~2..HEAD')).toEqual([2, 1]);
  expect(await commits('--history=main..HEAD~2')).toEqual([1, 1]);
  expect(await commits('--history=HEAD')).toEqual([4, 2]);
  expect(await commits('--history', '--since', 'HEAD~2')).toEqual([2, 1]);
  git(folder, 'checkout', '--quiet', 'main');
  const { history, stderr, code } = await look(folder);
  expect({ code, history }).toEqual({
    code: 0,
    history: { commits: 0, files: 0, skipped: {} },
  });
  expect(stderr).toContain('--history=HEAD');
});

test('paths, exclusions and fixtures limit what is reported', async () => {
  const folder = branch(
    {
      'apps/b.env': `TOKEN=${token(1)}\n`,
      'other/c.env': `TOKEN=${token(2)}\n`,
      'tests/d.env': `TOKEN=${token(3)}\n`,
      'docs/e.env': `TOKEN=${token(4)}\n`,
      'gitops-lint.yaml': 'exclude: [docs]\n',
    },
    { 'apps/b.env': undefined, 'other/c.env': undefined, 'tests/d.env': undefined, 'docs/e.env': undefined },
  );
  put(folder, { 'apps/keep.env': 'A=1\n' });
  expect((await look(folder, 'apps')).lines).toEqual(['apps/b.env:1 secrets/known-token gone']);
  expect((await look(folder)).lines).toEqual(['apps/b.env:1 secrets/known-token gone', 'other/c.env:1 secrets/known-token gone']);
});

test('a root below the work tree has its own history', async () => {
  const folder = branch(
    { 'apps/b.env': `TOKEN=${token(1)}\n`, 'c.env': `TOKEN=${token(2)}\n`, 'apps/keep.yaml': plain },
    { 'apps/b.env': undefined, 'c.env': undefined },
  );
  expect((await look(folder, '--root', 'apps')).lines).toEqual(['b.env:1 secrets/known-token gone']);
});

test('the index decides what is gone where it is linted', async () => {
  const folder = branch({ 'b.env': `TOKEN=${token(1)}\n` });
  put(folder, { 'b.env': 'A=1\n' });
  expect((await look(folder, '--staged')).lines).toEqual([]);
  git(folder, 'add', '--all');
  expect((await look(folder, '--staged')).lines).toEqual(['b.env:1 secrets/known-token gone']);
});

test('an ignore of its time and a waiver of today hold', async () => {
  const folder = branch({ 'b.env': `TOKEN=${token(1)}\n` });
  const digest = (await look(folder)).report.findings[0]?.digest;
  commitStep(folder, { 'b.env': `TOKEN=${token(1)} # gitops-lint: ignore[secrets/known-token#${digest}] of a tutorial\n` });
  commitStep(folder, { 'b.env': 'A=1\n' });
  expect((await look(folder, '--history=HEAD~2..HEAD')).lines).toEqual(['b.env:1 secrets/known-token gone comment']);
  expect((await look(folder)).lines).toEqual(['b.env:1 secrets/known-token gone']);
  put(folder, { 'gitops-lint.yaml': `waivers: [{ rule: secrets/known-token, path: b.env, reason: revoked, digest: "${digest}" }]\n` });
  expect((await look(folder)).lines).toEqual(['b.env:1 secrets/known-token gone waiver']);
});

test('no report names the author or the secret, and SARIF and annotations point at the beginning of the file', async () => {
  const folder = branch({ 'b.env': `A=1\nTOKEN=${token(1)}\n` }, { 'b.env': 'A=1\n' });
  for (const format of ['text', 'compact', 'json', 'sarif', 'github']) {
    const { stdout, code } = await runMain(folder, ['--history', '-f', format]);
    expect(code).toBe(1);
    expect(stdout).toContain(git(folder, 'rev-parse', 'HEAD~1').slice(0, 10));
    expect(stdout).not.toMatch(/test@example\.org/);
    expect(stdout).not.toContain(token(1).slice(6, 14));
    if (format === 'sarif') {
      const [result] = (JSON.parse(stdout) as { runs: [{ results: { locations: { physicalLocation: { region: object } }[] }[] }] }).runs[0].results;
      expect(result?.locations[0]?.physicalLocation.region).toEqual({ startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 });
    }
    if (format === 'github') expect(stdout).toContain('file=b.env,line=1,');
  }
});

test('a shallow clone says what it lacks', async () => {
  const folder = branch({ 'b.env': `TOKEN=${token(1)}\n` }, { 'b.env': 'A=1\n' }, { 'c.yaml': plain });
  git(folder, 'checkout', '--quiet', 'main');
  const clone = (depth: number) => {
    const target = temporaryFolder();
    git(target, 'clone', '--quiet', `--depth=${depth}`, '--branch=feature', `file://${folder}`, 'clone');
    return join(target, 'clone');
  };
  const one = await look(clone(1));
  expect(one).toMatchObject({ code: 0, lines: [], stderr: expect.stringContaining('fetch-depth: 0') });
  expect((await look(clone(1), '--history=main..HEAD')).history).toMatchObject({ commits: 0, incomplete: expect.stringContaining('fetch-depth: 0') });
  const some = await look(clone(2), '--history=HEAD');
  expect(some).toMatchObject({ lines: [], history: { commits: 1, incomplete: expect.stringContaining('fetch-depth: 0') } });
});

test('outside of Git, with a range that is none and together with --fix it is an error of the user', async () => {
  expect((await look(temporaryFolder({ 'a.yaml': plain }))).code).toBe(2);
  const folder = branch({ 'b.yaml': plain });
  expect((await look(folder, '--history=nowhere..HEAD')).code).toBe(2);
  expect((await look(folder, '--history=a...b')).code).toBe(2);
  expect((await look(folder, '--history=--all')).code).toBe(2);
  expect((await look(folder, '--fix')).code).toBe(2);
});

test('what is too large, binary, missing and damaged is counted, and the rest is looked at', async () => {
  const blobs = {
    'big.env': `TOKEN=${token(1)}\n# ${'x'.repeat(2000)}\n`,
    'b.env': `TOKEN=${token(2)}\n`,
    'gone.env': `TOKEN=${token(3)}\n`,
    'bad.env': `TOKEN=${token(4)}\n`,
    'picture.png': 'x',
    'zero.env': 'a\0b',
  };
  const folder = branch(blobs, Object.fromEntries(Object.keys(blobs).map(path => [path, undefined])), { 'gitops-lint.yaml': 'maxFileSize: 1kB\n' });
  const object = (path: string) => {
    const id = git(folder, 'rev-parse', `HEAD~2:${path}`).trim();
    return `.git/objects/${id.slice(0, 2)}/${id.slice(2)}`;
  };
  rmSync(join(folder, object('gone.env')));
  rmSync(join(folder, object('bad.env')));
  put(folder, { [object('bad.env')]: 'no object of Git' });
  const { lines, history } = await look(folder);
  expect(lines).toEqual(['b.env:1 secrets/known-token gone']);
  expect(history).toEqual({ commits: 3, files: 2, skipped: { 'missing or damaged': 2, binary: 2, 'too large': 1 } });
});

test('a commit whose tree is missing is counted, and those before and after it are looked at', async () => {
  const folder = branch(
    { 'b.env': `TOKEN=${token(1)}\n` },
    { 'b.env': 'A=1\n', 'c.env': `TOKEN=${token(2)}\n` },
    { 'c.env': 'A=1\n' },
    { 'd.env': `TOKEN=${token(3)}\n` },
    { 'd.env': 'A=1\n' },
  );
  const id = git(folder, 'rev-parse', 'HEAD~3^{tree}').trim();
  rmSync(join(folder, '.git/objects', id.slice(0, 2), id.slice(2)));
  const { lines, history } = await look(folder);
  expect(lines).toEqual(['b.env:1 secrets/known-token gone', 'd.env:1 secrets/known-token gone']);
  expect(history.skipped).toEqual({ 'a commit that Git cannot read': 2 });
});

test('objects that replace others are not looked at in their place', async () => {
  const folder = branch({ 'b.env': `TOKEN=${token(1)}\n` }, { 'b.env': 'A=1\n' });
  git(folder, 'replace', git(folder, 'rev-parse', 'HEAD~1:b.env').trim(), git(folder, 'rev-parse', 'HEAD:b.env').trim());
  setEnvironment({ GIT_NO_REPLACE_OBJECTS: '0' });
  expect((await look(folder)).lines).toEqual(['b.env:1 secrets/known-token gone']);
});
