import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { json } from '../../src/report/json.ts';
import { aFinding, aResult, locationOf, plainStyle } from './a-result.ts';

const schema = JSON.parse(readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8')) as object;
const validate = new Ajv({ strict: true, allErrors: true }).compile(schema);

const text = 'resources:\n  - ../prod\n';

test('a report holds what DESIGN says and fits its schema', () => {
  const report = JSON.parse(
    json(
      aResult({
        findings: [
          aFinding('apps/test/kustomization.yaml', text, '../prod', {
            environments: ['test'],
            object: 'apps/v1/Deployment/web/web',
            field: '/resources/0',
            related: [{ at: locationOf('apps/prod/kustomization.yaml', text, 'resources'), message: 'of production' }],
            fix: { title: 'use "../test"', safety: 'suggestion', edits: [] },
          }),
          aFinding('a.yaml', text, 'resources', { severity: 'note', suppressed: { by: 'comment', reason: 'known' } }),
        ],
        coverage: {
          files: 3,
          skippedFiles: [{ path: 'logo.bin', reason: 'binary' }],
          notValidated: { template: 2 },
          unclassified: ['odd.yaml'],
          skippedRules: new Map([
            [
              'environment/cross-reference',
              new Map([
                ['templated path', 2],
                ['remote', 1],
              ]),
            ],
          ]),
        },
        environments: [{ id: 'production', tier: 'production', rank: 40, evidence: [] }],
      }),
      plainStyle,
    ),
  );
  validate(report);
  expect(validate.errors).toBeNull();
  expect(report.summary).toEqual({
    files: 3,
    documents: 0,
    roots: 0,
    error: 1,
    warning: 0,
    note: 0,
    suppressed: 1,
    skippedRules: { 'environment/cross-reference': 3 },
  });
  expect(report.environments).toEqual([{ id: 'production', tier: 'production', rank: 40 }]);
  expect(report.findings[0]).toEqual({
    ruleId: 'environment/cross-reference',
    severity: 'error',
    message: '"../prod" is wrong: mend it',
    path: 'apps/test/kustomization.yaml',
    start: { line: 2, column: 5 },
    end: { line: 2, column: 12 },
    environments: ['test'],
    object: 'apps/v1/Deployment/web/web',
    field: '/resources/0',
    related: [{ path: 'apps/prod/kustomization.yaml', start: { line: 1, column: 1 }, message: 'of production' }],
    fix: { title: 'use "../test"', safety: 'suggestion' },
    fingerprint: 'f1',
  });
  expect(report.findings[1].suppressed).toEqual({ by: 'comment', reason: 'known' });
});

test('an empty result is a report too', () => {
  validate(JSON.parse(json(aResult({}), plainStyle)));
  expect(validate.errors).toBeNull();
});
