import type { JsonSchema } from '../schema/json-schema.ts';

/** The one definition of a baseline: it judges the file at run time and, written to schemas/, helps editors. */
export const baselineSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'gitops-lint baseline, version 1',
  description: 'Findings that do not count, as `gitops-lint baseline` writes them: sorted, one a line.',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'findings'],
  properties: {
    version: { type: 'integer', enum: [1] },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['rule', 'path', 'fingerprint'],
        properties: {
          rule: { type: 'string', description: 'The id of the rule.' },
          path: { type: 'string', description: 'Relative to the root, with forward slashes.' },
          fingerprint: { type: 'string', description: 'What tells the finding from others; it stays when lines move.' },
          digest: { type: 'string', pattern: '^[0-9a-f]{4}$', description: 'Of a secret: what its value is told from another one by.' },
          history: { type: 'boolean', enum: [true], description: 'The secret is in a commit, and in no file any more.' },
        },
      },
    },
  },
};
