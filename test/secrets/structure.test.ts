import { expect, test } from 'vitest';
import { plaintextManifest } from '../../rules/secrets/plaintext-manifest.ts';
import { valuesCredential } from '../../rules/secrets/values-credential.ts';
import { workloadLiteral } from '../../rules/secrets/workload-literal.ts';
import type { Rule } from '../../src/core/rule.ts';
import { lintFiles } from '../lint/lint-files.ts';
import { credentials, type Example, harmless, names, type Source, sources } from './structure-corpus.ts';

// Rules of one scope are rules of some scope.
const rules = [
  { ...plaintextManifest, id: 'secrets/plaintext-manifest' },
  { ...workloadLiteral, id: 'secrets/workload-literal' },
  { ...valuesCredential, id: 'secrets/values-credential' },
] as readonly Rule[];

/** `path:line rule` of each finding. */
async function findingsOf({ files }: Source, [key, value]: Example): Promise<string[]> {
  const { findings } = await lintFiles(files(key, value), rules);
  return findings.map(({ at, ruleId }) => `${at.path}:${at.start.line} ${ruleId}`);
}

function lineOf({ files, path, line }: Source, [key, value]: Example): number {
  const lines = files(key, value)[path]?.split('\n') ?? [];
  return line ?? lines.findIndex(text => text.includes(value)) + 1;
}

test.each(sources.map(source => [source.title, source] as const))('%s: each credential at its line, nothing else', async (_, source) => {
  for (const example of credentials) {
    expect(await findingsOf(source, example), example[0]).toEqual([`${source.path}:${lineOf(source, example)} secrets/${source.rule}`]);
  }
});

test.each(sources.map(source => [source.title, source] as const))('%s: what is no credential stays silent', async (_, source) => {
  for (const example of source.rule === 'plaintext-manifest' ? harmless : [...harmless, ...names]) {
    expect(await findingsOf(source, example), example.join(' = ')).toEqual([]);
  }
});
