import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import type { Log } from 'sarif';
import { expect, test } from 'vitest';
import type { LintResult } from '../../src/core/result.ts';
import { lineHashes } from '../../src/report/line-hashes.ts';
import { sarif } from '../../src/report/sarif.ts';
import { aFinding, aResult, crossReference, locationOf, plainStyle, plaintextSecret } from './a-result.ts';

const schema = JSON.parse(readFileSync(new URL('./sarif-2.1.0.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false }).compile(schema);

const source = 'resources:\n  - ../prod\n  - ./web\n';

function runOf(result: LintResult): Log['runs'][number] {
  const log = JSON.parse(sarif(result, plainStyle)) as Log;
  validate(log);
  expect(validate.errors).toBeNull();
  expect(log.runs.length).toBe(1);
  const [run] = log.runs;
  if (!run) throw new Error('no run');
  return run;
}

const full = aResult({
  files: { 'apps/test env/a#1.yaml': source },
  findings: [
    aFinding('apps/test env/a#1.yaml', source, '../prod', {
      environments: ['test'],
      object: 'apps/v1/Deployment/web/web',
      field: '/resources/0',
      related: [{ at: locationOf('apps/prod/kustomization.yaml', source, 'resources'), message: 'of production' }],
      fix: { title: 'use "../test"', safety: 'safe', edits: [{ path: 'apps/test env/a#1.yaml', start: 15, end: 22, text: '../test' }] },
    }),
    aFinding('apps/test env/a#1.yaml', source, './web', { suppressed: { by: 'comment' } }),
  ],
  coverage: {
    skippedFiles: [{ path: 'logo.bin', reason: 'binary' }],
    notValidated: { template: 2 },
    partial: { 'remote base': 1 },
    skippedRules: new Map([[crossReference.id, new Map([['templated path', 2]])]]),
  },
  repository: { url: 'https://user:token@git.example.org/acme/platform', revision: 'abc', branch: 'main' },
});

test('a result has its place, level, fingerprints, related places and fix', () => {
  const [result, ...others] = runOf(full).results ?? [];
  expect(others).toEqual([]);
  const uri = 'apps/test%20env/a%231.yaml';
  const region = { startLine: 2, startColumn: 5, endLine: 2, endColumn: 12 };
  expect(result).toEqual({
    ruleId: 'environment/cross-reference',
    ruleIndex: 0,
    level: 'error',
    message: { text: '"../prod" is wrong: mend it' },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region },
        logicalLocations: [{ fullyQualifiedName: 'apps/v1/Deployment/web/web', kind: 'object' }],
      },
    ],
    relatedLocations: [
      {
        id: 0,
        physicalLocation: {
          artifactLocation: { uri: 'apps/prod/kustomization.yaml', uriBaseId: '%SRCROOT%' },
          region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 10 },
        },
        message: { text: 'of production' },
      },
    ],
    partialFingerprints: { primaryLocationLineHash: lineHashes(source, new Set([2])).get(2), 'gitopsLint/v1': 'f1' },
    fixes: [
      {
        description: { text: 'use "../test"' },
        artifactChanges: [
          { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, replacements: [{ deletedRegion: region, insertedContent: { text: '../test' } }] },
        ],
      },
    ],
    properties: { environments: ['test'], field: '/resources/0' },
  });
});

test('a run names no path of the machine, its category, its columns and its repository without credentials', () => {
  const run = runOf(full);
  expect(run.originalUriBaseIds).toEqual({ '%SRCROOT%': { description: { text: 'The root of the repository.' } } });
  expect(run.automationDetails).toEqual({ id: 'gitops-lint/' });
  expect(run.columnKind).toBe('utf16CodeUnits');
  expect(run.versionControlProvenance).toEqual([
    { repositoryUri: 'https://git.example.org/acme/platform', revisionId: 'abc', branch: 'main', mappedTo: { uriBaseId: '%SRCROOT%' } },
  ]);
  expect(runOf(aResult({})).versionControlProvenance).toBeUndefined();
  expect(runOf(aResult({ repository: { url: 'git@example.org:acme/platform' } })).versionControlProvenance).toBeUndefined();
});

test('rules have texts, help and a level; only security rules are tagged so', () => {
  const [segregation, secrets] = runOf(full).tool.driver.rules ?? [];
  expect(segregation?.shortDescription?.text).toBe('A file of one environment is used by another.');
  expect(segregation?.fullDescription?.text).toBe('A file of one environment is used by another. A change of prod must not reach test.');
  expect(segregation?.help?.text).toContain('gitops-lint: ignore[environment/cross-reference]');
  expect(segregation?.help?.markdown).toContain('A change of `prod` must not reach [test](https://example.org).');
  expect(segregation?.defaultConfiguration).toEqual({ level: 'error' });
  expect(segregation?.properties?.tags).toEqual(['gitops', 'segregation', 'environment']);
  expect(segregation?.properties?.['security-severity']).toBeUndefined();
  expect(secrets?.properties?.tags).toContain('security');
  expect(secrets?.properties?.['security-severity']).toBe('9.1');
  expect(secrets?.properties).toMatchObject({ precision: 'very-high', 'problem.severity': 'error' });
});

test('a finding of a rule that the run does not list has a rule all the same', () => {
  const run = runOf(aResult({ rules: [], findings: [aFinding('a.yaml', source, './web')] }));
  expect(run.tool.driver.rules?.map(({ id }) => id)).toEqual(['environment/cross-reference']);
  expect(run.results?.[0]?.ruleIndex).toBe(0);
});

test('what was not understood is among the notifications', () => {
  const texts = runOf(full).invocations?.[0]?.toolExecutionNotifications?.map(({ descriptor, message }) => `${descriptor?.id}: ${message.text}`);
  expect(texts).toEqual([
    'files-not-read: 1 file not read: binary',
    'places-not-judged: environment/cross-reference did not judge 2 places: templated path',
    'documents-not-validated: 2 documents not validated: template',
    'roots-in-part: 1 root known in part: remote base',
  ]);
});

test('of more than 5,000 results the least severe are left out, and the run says so', () => {
  const note = () => aFinding('a.yaml', source, './web', { severity: 'note' });
  const findings = [...Array.from({ length: 5000 }, note), aFinding('a.yaml', source, '../prod'), note()];
  const run = runOf(aResult({ findings }));
  expect(run.results?.length).toBe(5000);
  expect(run.results?.at(-1)?.level).toBe('error');
  expect(run.invocations?.[0]?.toolExecutionNotifications?.[0]).toMatchObject({
    level: 'warning',
    message: { text: '2 results of the lowest severity left out' },
  });
});

test('no hash and no fix is there that would tell something of a secret', () => {
  const secret = `a: 1\npassword: hunter2\n${'b: 2 # something else\n'.repeat(9)}c: 3\n`;
  const masked = secret.replace('hunter2', '*******');
  const edits = [{ path: 's.yaml', start: secret.indexOf('hunter2'), end: secret.indexOf('hunter2') + 7, text: '"hunter2"' }];
  const fix = { title: 'quote', safety: 'safe', edits } as const;
  const run = runOf(
    aResult({
      files: { 's.yaml': secret },
      masked: { 's.yaml': masked },
      findings: [
        aFinding('s.yaml', secret, 'password', { ruleId: plaintextSecret.id, message: 'a secret' }),
        aFinding('s.yaml', secret, 'password', { message: 'a line with a secret', fix }),
        aFinding('s.yaml', secret, 'a: 1', { message: 'the line before' }),
        aFinding('s.yaml', secret, 'c: 3', { message: 'far away' }),
      ],
    }),
  );
  expect(JSON.stringify(run)).not.toContain('hunter2');
  expect(run.results?.map(({ partialFingerprints, fixes }) => [Object.keys(partialFingerprints ?? {}).length, fixes])).toEqual([
    [1, undefined],
    [1, undefined],
    [1, undefined],
    [2, undefined],
  ]);
});

test('whatever paths and messages hold, the log is valid and its addresses are relative', () => {
  const path = fc.stringMatching(/^[^/]{1,12}(\/[^/]{1,12}){0,3}$/);
  fc.assert(
    fc.property(path, fc.string({ unit: 'binary' }), (file, message) => {
      const [result] = runOf(aResult({ files: { [file]: source }, findings: [aFinding(file, source, './web', { message })] })).results ?? [];
      const uri = result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? '';
      expect(uri).toMatch(/^[\w.~!*'()%/-]+$/);
      expect(decodeURIComponent(uri)).toBe(file.replace(/\p{Surrogate}/gu, '\ufffd'));
      expect(result?.message.text?.replaceAll('\\](', '](')).toBe(message.replaceAll('\\](', ']('));
    }),
    { numRuns: 200 },
  );
});
