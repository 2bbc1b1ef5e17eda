import { expect, test } from 'vitest';
import type { ResolvedConfig } from '../../src/core/config.ts';
import { keyAt } from '../../src/core/place.ts';
import { aRule, badField, describe, lintFiles } from './lint-files.ts';

test('findings come sorted by path and place, each once, with field, object and severity', async () => {
  const files = {
    'b.yaml': 'bad: 1\n',
    'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  namespace: shop\nbad: 1\n---\nbad: 2\n',
  };
  const { findings } = await lintFiles(files, [badField, { ...badField }]);
  expect(describe(findings)).toEqual(['a.yaml:6:6 test/bad-field error', 'a.yaml:8:6 test/bad-field error', 'b.yaml:1:6 test/bad-field error']);
  expect(findings[0]).toMatchObject({ object: 'v1/ConfigMap/shop/web', field: '/bad', message: '"bad" is "1": remove it' });
});

test('a finding keeps its fingerprint when lines move and when an item comes before it', async () => {
  const rule = aRule('test/image', 'document', function* (document) {
    const { containers = [] } = document.value as { containers?: { name: string; image: string }[] };
    for (const [index, { image }] of containers.entries()) {
      if (image === 'x') yield { at: keyAt(document, 'containers', index, 'image'), message: `image "${image}" has no tag: add one` };
    }
  });
  const before = await lintFiles({ 'a.yaml': 'containers:\n  - name: web\n    image: x\n  - name: log\n    image: x\n' }, [rule]);
  const after = await lintFiles(
    { 'a.yaml': '# moved\ncontainers:\n  - name: first\n    image: y\n  - name: log\n    image: x\n  - name: web\n    image: x\n' },
    [rule],
  );
  const prints = (outcome: typeof before) => outcome.findings.map(({ fingerprint }) => fingerprint);
  expect(new Set(prints(before)).size).toBe(2);
  expect(prints(after).sort()).toEqual(prints(before).sort());
});

test('findings that nothing else tells apart are numbered', async () => {
  const rule = aRule('test/twice', 'file', function* ({ path, text }) {
    for (const { index } of text.matchAll(/x/g)) yield { at: { path, start: index, end: index + 1 }, message: 'an x: remove it' };
  });
  const { findings } = await lintFiles({ 'a.txt': 'x\nx\n' }, [rule]);
  expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});

test('a rule that throws is a defect with its name and file, and the others are reported all the same', async () => {
  const broken = aRule('test/broken', 'document', function* (document) {
    if (document.path === 'b.yaml') throw new Error('no');
    yield { at: keyAt(document, 'bad'), message: 'seen' };
  });
  const { findings, defects } = await lintFiles({ 'a.yaml': 'bad: 1\n', 'b.yaml': 'bad: 2\n' }, [broken, badField]);
  expect(defects).toMatchObject([{ ruleId: 'test/broken', path: 'b.yaml' }]);
  expect(describe(findings)).toEqual(['a.yaml:1:1 test/broken error', 'a.yaml:1:6 test/bad-field error', 'b.yaml:1:6 test/bad-field error']);
});

test('paths limit what is reported, not what is understood', async () => {
  const files = { 'apps/a.yaml': 'bad: 1\n', 'b.yaml': 'bad: 1\n' };
  const outcome = await lintFiles(files, [badField], { scope: { includes: path => path.startsWith('apps/') } });
  expect(describe(outcome.findings)).toEqual(['apps/a.yaml:1:6 test/bad-field error']);
  expect(outcome.coverage.files).toBe(2);
});

test('of a change are the findings at, beside and because of a changed file', async () => {
  const rule = aRule('test/refers', 'repo', function* (repo) {
    if (!repo.entries.has('base/lost/a.yaml')) yield { at: { path: 'cause.yaml' }, message: 'a', causes: ['base/lost'] };
    yield { at: { path: 'related.yaml' }, message: 'b', related: [{ at: { path: 'changed.yaml' }, message: 'there' }] };
    yield { at: { path: 'changed.yaml' }, message: 'c' };
    yield { at: { path: 'other.yaml' }, message: 'd', causes: ['elsewhere'] };
    yield { at: { path: 'base' }, message: 'e' };
  });
  const { findings } = await lintFiles({ 'a.yaml': '' }, [rule], { scope: { changed: new Set(['changed.yaml', 'base/lost/a.yaml']) } });
  expect(findings.map(({ message }) => message)).toEqual(['a', 'c', 'b']);
});

test('an environment that nobody knows is the mistake of the user', async () => {
  const config = { environments: [{ id: 'staging', matchesPath: () => true, matchesCluster: () => false, matchesNamespace: () => false }] };
  await expect(lintFiles({ 'a.yaml': 'bad: 1\n' }, [badField], { config, scope: { environment: 'stagin' } })).rejects.toMatchObject({
    name: 'UsageError',
    hint: 'did you mean "staging"?',
  });
});

test('environments may be written as users do', async () => {
  const rule = aRule('test/everywhere', 'repo', function* ({ files }) {
    for (const path of files.keys()) yield { at: { path }, message: 'here', environments: path.includes('prod') ? ['production'] : ['development'] };
  });
  const files = { 'envs/prod/a.yaml': 'a: 1\n', 'envs/dev/a.yaml': 'a: 1\n' };
  const config: Partial<ResolvedConfig> = {
    overrides: [{ matches: () => true, environments: ['dev'], rules: new Map([['test/everywhere', { severity: 'off' }]]) }],
  };
  const paths = async (more: Parameters<typeof lintFiles>[2]) => (await lintFiles(files, [rule], more)).findings.map(({ at }) => at.path);
  expect(await paths({ config })).toEqual(['envs/prod/a.yaml']);
  expect(await paths({ scope: { environment: 'prod' } })).toEqual(['envs/prod/a.yaml']);
});

test('skips are counted by rule and reason', async () => {
  const rule = aRule('test/unknown', 'document', function* (document) {
    yield { at: keyAt(document, 'a'), skipped: 'templated' };
  });
  const { coverage, findings } = await lintFiles({ 'a.yaml': 'a: 1\n---\na: 2\n' }, [rule]);
  expect(findings).toEqual([]);
  expect([...coverage.skippedRules]).toEqual([['test/unknown', new Map([['templated', 2]])]]);
});

test('a mistake is ok where a rule of it had something to judge, and not evidenced otherwise', async () => {
  const quiet = aRule('test/quiet', 'document', function* () {}, { mistake: 'all-in-one' });
  const { coverage } = await lintFiles({ 'a.yaml': 'bad: 1\n' }, [badField, quiet]);
  expect(coverage.mistakes).toEqual({
    linting: 'findings',
    'all-in-one': 'ok',
    secrets: 'not-evidenced',
    'push-security': 'not-evidenced',
    segregation: 'not-evidenced',
    'manual-intervention': 'not-evidenced',
  });
  expect((await lintFiles({}, [badField, quiet])).coverage.mistakes).toMatchObject({ linting: 'not-evidenced', 'all-in-one': 'not-evidenced' });
});

test('steps are told in their order', async () => {
  const steps: string[] = [];
  await lintFiles({ 'a.yaml': 'bad: 1\n' }, [badField], { onStep: step => steps.push(step) });
  expect(steps).toEqual(['list', 'loadFiles', 'classify', 'buildRepo', 'runRules', 'locateFindings', 'settleFindings', 'coverage']);
});
