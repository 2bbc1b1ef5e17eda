import { expect, test } from 'vitest';
import { loadPaint } from '../../src/report/paint.ts';
import { text } from '../../src/report/text.ts';
import { aFinding, aResult, crossReference, locationOf, plainStyle } from './a-result.ts';

const source = 'resources:\n  - ../prod\n  - ./web\n';
const files = { 'apps/test/kustomization.yaml': source, 'b.yaml': source };

test('findings are grouped by file, with the line, carets, related places and the fix', () => {
  const findings = [
    aFinding('apps/test/kustomization.yaml', source, '../prod', {
      related: [{ at: locationOf('apps/prod/kustomization.yaml', source, 'resources'), message: 'it belongs to "production"' }],
      fix: { title: 'use "../test"', safety: 'suggestion', edits: [] },
    }),
    aFinding('apps/test/kustomization.yaml', source, './web', { severity: 'warning' }),
    aFinding('b.yaml', source, 'resources', { severity: 'note' }),
    aFinding('b.yaml', source, 'resources', { suppressed: { by: 'comment' } }),
  ];
  expect(text(aResult({ files, findings, coverage: { mistakes: { ...aResult({}).coverage.mistakes, segregation: 'findings' } } }), plainStyle)).toBe(
    `apps/test/kustomization.yaml
  2:5  error  "../prod" is wrong: mend it  environment/cross-reference
     2 |   - ../prod
       |     ^^^^^^^
    apps/prod/kustomization.yaml:1:1  it belongs to "production"
    suggestion: use "../test"
  3:5  warning  "./web" is wrong: mend it  environment/cross-reference
     3 |   - ./web
       |     ^^^^^

1 error, 1 warning, 1 note (not shown: --fail-on note); 1 suppressed; 1 suggestion with --fix=all
understood           0 files, 0 documents, 0 roots; 0 documents validated, 0 roots rendered
environments         none found
linting              ok
secrets              ok
all-in-one           ok
push-security        not evidenced
segregation          3 findings
manual-intervention  ok
`,
  );
});

test('coverage says what was not understood, and why', () => {
  const coverage = {
    files: 12,
    documents: 30,
    roots: 3,
    validated: 20,
    rendered: 2,
    skippedFiles: [
      { path: 'logo.bin', reason: 'binary' },
      { path: 'icon.bin', reason: 'binary' },
      { path: 'big.yaml', reason: 'too large' },
    ],
    notValidated: { 'no schema for its kind': 4, template: 1 },
    partial: { 'remote base': 1 },
    unclassified: ['1', '2', '3', '4', '5', '6', '7'].map(name => `${name}.yaml`),
    skippedRules: new Map([
      [
        crossReference.id,
        new Map([
          ['templated path', 2],
          ['remote', 1],
        ]),
      ],
    ]),
  } as const;
  const environments = [
    { id: 'qa', tier: 'test', rank: 20, evidence: [] },
    { id: 'production', tier: 'production', rank: 40, evidence: [] },
  ] as const;
  const lines = text(aResult({ coverage, environments }), plainStyle).split('\n');
  expect(lines.slice(0, 8)).toEqual([
    'no findings',
    'understood           12 files, 30 documents, 3 roots; 20 documents validated, 2 roots rendered',
    'not read             3 files: 2 binary, 1 too large',
    'not validated        5 documents: 4 no schema for its kind, 1 template',
    'in part              1 root: remote base',
    'not classified       7 files: 1.yaml, 2.yaml, 3.yaml, 4.yaml, 5.yaml and 2 more',
    'not judged           3 places, because something there cannot be known: environment/cross-reference 3 (--explain-skips)',
    'environments         qa (test), production',
  ]);
  const explained = text(aResult({ coverage }), { ...plainStyle, explainSkips: true });
  expect(explained).toContain('  big.yaml: not read, too large\n');
  expect(explained).toContain('  7.yaml: not classified\n');
  expect(explained).toContain('  environment/cross-reference: 2 not judged, templated path\n');
});

test('colour is there only when the style has it', async () => {
  const result = aResult({ files, findings: [aFinding('b.yaml', source, './web')] });
  expect(text(result, plainStyle)).not.toContain('\u001b');
  expect(text(result, { ...plainStyle, paint: await loadPaint() })).toContain('\u001b[31merror\u001b[39m');
});

test('a frame shows the masked text, and no frame is shown of a text that is not there', () => {
  const secret = 'password: hunter2\n';
  const finding = aFinding('s.yaml', secret, 'hunter2', { message: 'key "password" holds a value' });
  expect(text(aResult({ files: { 's.yaml': secret }, masked: { 's.yaml': 'password: *******\n' }, findings: [finding] }), plainStyle)).not.toContain(
    'hunter2',
  );
  expect(text(aResult({ files: {}, findings: [finding] }), plainStyle)).not.toContain('|');
});

test('a quiet report leaves out the coverage', () => {
  expect(text(aResult({}), { ...plainStyle, quiet: true })).toBe('no findings\n');
});
