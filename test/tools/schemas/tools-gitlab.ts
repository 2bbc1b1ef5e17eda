import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { JsonSchema } from '../../../src/schema/json-schema.ts';
import { fetchPackage } from './fetch-package.ts';
import { dropUnused, mapSchemas, type RawSchema, tidy } from './relax.ts';

const start = '{$schema:"http://json-schema.org/draft-07/schema#",$id:"https://gitlab.com/.gitlab-ci.yml"';

/**
 * GitLab's schema, without what only the merged pipeline can tell: a job may get the rest of a
 * mapping from `extends` or from a file that includes it, and hidden jobs hold whatever others refer to.
 */
export function gitLab(): JsonSchema {
  const schema = tidy(extract(readFileSync(join(fetchPackage('gitlab-ci-local@4.75.1'), 'dist/index.js'), 'utf8')));
  const { $defs = {}, ...root } = mapSchemas(schema, relax);
  // Only here a field tells which of several forms is meant.
  const { include_item = {} } = schema.$defs ?? {};
  const { anyOf: _delayed, ...job } = $defs.job_template ?? {};
  const ofJob: Record<string, JsonSchema> = { ...job.properties, ...newer };
  // `needs: { pipeline: group/project }` mirrors the state of another pipeline.
  if (ofJob.needs !== undefined) ofJob.needs = { anyOf: [ofJob.needs, { type: 'object' }], 'x-expected': 'a list' };
  const { additionalProperties: _strict, ...spec } = root.properties?.spec ?? {};
  const stages: JsonSchema = { type: 'array', items: { type: ['string', 'array'] } };
  return dropUnused({
    ...root,
    patternProperties: { '^[.]': {} },
    additionalProperties: { $ref: '#/$defs/job_template' },
    properties: { ...root.properties, spec: { ...spec, 'x-unknown': 'near-miss' }, pages: { $ref: '#/$defs/job_template' }, stages, types: stages },
    $defs: { ...$defs, include_item: mapSchemas(include_item, withoutPattern), job_template: { ...job, properties: ofJob } },
  });
}

/** Keywords of jobs that the schema lacks; https://docs.gitlab.com/ci/yaml/ */
const newer: Readonly<Record<string, JsonSchema>> = { dast_configuration: { type: 'object' } };

function extract(text: string): RawSchema {
  const begin = text.indexOf(start);
  if (begin < 0) throw new Error('gitlab-ci-local has no schema of GitLab where it was');
  let depth = 0;
  for (let index = begin; index < text.length; index++) {
    const character = text[index];
    if (character === '"' || character === "'" || character === '`') index = endOfString(text, index, character);
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return runInNewContext(`(${text.slice(begin, index + 1)})`) as RawSchema;
  }
  throw new Error('the schema of GitLab does not end');
}

function endOfString(text: string, from: number, quote: string): number {
  let index = from + 1;
  while (text[index] !== quote) index += text[index] === '\\' ? 2 : 1;
  return index;
}

function relax(schema: JsonSchema): JsonSchema {
  const { required: _required, uniqueItems: _unique, allOf, ...rest } = withoutPattern(schema);
  // What a default may be depends on the type, which is not always there.
  const parts = allOf?.filter(part => part.if === undefined && Object.keys(part).length > 0);
  return withoutEmptyAlternatives({ ...rest, ...(parts && parts.length > 0 && { allOf: parts }) });
}

/** Variables of CI/CD and `$[[ inputs ]]` may stand in any text. */
function withoutPattern(schema: JsonSchema): JsonSchema {
  const { pattern: _pattern, ...rest } = schema;
  return withoutEmptyAlternatives(rest);
}

/** Alternatives of which nothing but `required` or a pattern was left say nothing. */
function withoutEmptyAlternatives(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  return anyOf?.some(alternative => Object.keys(alternative).length === 0) ? rest : schema;
}
