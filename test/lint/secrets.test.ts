import { expect, test } from 'vitest';
import type { Waiver } from '../../src/core/config.ts';
import type { Report } from '../../src/core/finding.ts';
import { at } from '../../src/core/place.ts';
import type { Rule } from '../../src/core/rule.ts';
import type { LintOutcome } from '../../src/lint.ts';
import { type ReportFormat, reporters } from '../../src/report/reporters.ts';
import { aRule, type Files, lintFiles } from './lint-files.ts';

/** Made up, and put together here so that nobody takes it for a real one. */
const secret = ['Maple', 'Kettle', '83', 'Orbit'].join('-');
const encoded = Buffer.from(secret).toString('base64');

/** Says of every line of every file whatever it should not say. */
const talkative = aRule('test/talkative', 'file', function* ({ path, text }) {
  let start = 0;
  for (const line of text.split('\n')) {
    const place = { path, start, end: start + line.length };
    start += line.length + 1;
    const report: Report = { at: place, message: `the line is "${line.trim()}": change it`, related: [{ at: place, message: `"${line.trim()}"` }] };
    yield { ...report, fix: { title: `write ${line}`, safety: 'suggestion', edits: [{ replace: place, by: `${line} ` }] } };
  }
});

async function printed(files: Files, rules: readonly Rule[] = [talkative]): Promise<string> {
  const outcome = await lintFiles(files, rules);
  expect(outcome.findings.length).toBeGreaterThan(0);
  return printAll(outcome);
}

async function printAll(outcome: LintOutcome): Promise<string> {
  const names = Object.keys(reporters) as ReportFormat[];
  const texts = await Promise.all(
    names.map(async name => (await reporters[name]())(outcome, { toolVersion: '0', show: 'note', explainSkips: true })),
  );
  return texts.join('\n');
}

const planted: Files = {
  'a Secret': `apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\nstringData:\n  user: ${secret}\n`,
  'the data of a Secret, and what it stands for': `kind: Secret\napiVersion: v1\ndata:\n  user: ${encoded}\n# ${secret}\n`,
  'a Secret in a List': `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    stringData: {user: '${secret}'}\n`,
  'a block scalar': `apiVersion: v1\nkind: Secret\nstringData:\n  file: |\n    user ${secret}\n    more\n`,
  'the key of a credential': `config:\n  dbPassword: "${secret}"\n`,
  'a list': `config:\n  apiToken:\n    - ${secret}\n`,
  'an environment variable': `env:\n  - name: DB_PASSWORD\n    value: ${secret}\n`,
  'an argument': `args: ["--password=${secret}"]\n`,
  'a URL': `url: https://robot:${secret}@git.example.org/a\n`,
  'a comment': `a: 1 # password: ${secret}\n`,
  'the literals of a generator': `kind: Kustomization\nsecretGenerator:\n  - name: web\n    literals:\n      - user=${secret}\n`,
  'a private key': `key: |\n  -----BEGIN RSA PRIVATE KEY-----\n  ${secret}\n  -----END RSA PRIVATE KEY-----\n`,
};

test.each(Object.entries(planted))('%s is told in no format', async (_, text) => {
  const shown = await printed({ 'a.yaml': text });
  expect(shown).not.toContain(secret);
  expect(shown).not.toContain(encoded);
});

test.each([
  ['a.tf', `variable "x" {\n  password = "${secret}"\n}\n`],
  ['.env', `DB_PASSWORD=${secret}\n`],
  ['a.json', `{"spec": {"password": "${secret}", "port": 80}}\n`],
  ['charts/web/templates/secret.yaml', `data:\n  password: ${secret}\n{{ end }}\n`],
])('%s tells no secret either', async (path, text) => {
  expect(await printed({ [path]: text, 'charts/web/Chart.yaml': 'name: web\nversion: 1.0.0\n' })).not.toContain(secret);
});

const pointer = aRule('secrets/pointer', 'document', function* (document) {
  yield { at: at(document, 'note'), message: 'a secret: move it to a store' };
});
const waiver: Waiver = { rule: 'secrets/*', matches: () => true, reason: 'a test', index: 0 };
const text = `note: ${secret} # a test\nother: 1\n`;

test('what a rule for secrets points at is masked, also where it is suppressed, and where the rule is left out', async () => {
  expect(await printed({ 'a.yaml': text }, [pointer, talkative])).not.toContain(secret);
  const digests = (await lintFiles({ 'a.yaml': text }, [pointer])).findings.flatMap(({ digest }) => digest ?? []);
  const suppressed = await lintFiles({ 'a.yaml': text }, [pointer, talkative], { config: { waivers: [{ ...waiver, digests }] } });
  expect(suppressed.findings.filter(finding => finding.suppressed)).toHaveLength(1);
  expect(await printAll(suppressed)).not.toContain(secret);
  const outcome = await lintFiles({ 'a.yaml': text }, [pointer, talkative], { skip: ['secrets/*'] });
  expect(await printAll(outcome)).not.toContain(secret);
});

test('nothing moves in a masked text, and what is no secret stays', async () => {
  const { frameText } = await lintFiles({ 'a.yaml': planted['a block scalar'] ?? '' }, [talkative]);
  expect(frameText('a.yaml')).toBe(
    `apiVersion: v1\nkind: Secret\nstringData:\n  file: ${'•'.repeat(1)}\n    ${'•'.repeat(5 + secret.length)}\n    ••••\n`,
  );
});

test('names of secrets, references and templates are no secrets', async () => {
  const text = [
    'existingSecret: web-credentials',
    'secretName: web-tls',
    'password: $(DB_PASSWORD)',
    'tokenPath: /var/run/token',
    'automountServiceAccountToken: true',
    '',
  ].join('\n');
  const { frameText } = await lintFiles({ 'a.yaml': text }, [talkative]);
  expect(frameText('a.yaml')).toBe(text);
});

test('a fix that would write out a secret is applied, and not shown', async () => {
  const quote = aRule('test/quote', 'document', function* (document) {
    const place = at(document, 'password');
    yield { at: place, message: 'no quotes: add them', fix: { title: 'add quotes', safety: 'safe', edits: [{ replace: place, by: `"${secret}"` }] } };
  });
  const files = { 'a.yaml': `password: ${secret}\n` };
  expect((await lintFiles(files, [quote])).findings.map(({ fix }) => fix)).toEqual([undefined]);
  const { changes } = await lintFiles(files, [quote], { fix: 'safe' });
  expect(changes.get('a.yaml')?.after).toBe(`password: "${secret}"\n`);
  expect(changes.get('a.yaml')?.shownAfter).not.toContain(secret);
});

test('the fingerprint of a finding holds nothing of a secret', async () => {
  const fingerprints = async (value: string) => (await lintFiles({ 'a.yaml': `password: ${value}\n` }, [talkative])).findings.map(f => f.fingerprint);
  expect(await fingerprints(secret)).toEqual(await fingerprints(secret.replaceAll(/[a-z]/g, 'x')));
});
