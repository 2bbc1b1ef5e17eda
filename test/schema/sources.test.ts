import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import sources from '../../schemas/sources.json' with { type: 'json' };

const folder = new URL('../../schemas/', import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /\.jsonl?$/.test(name) && name !== 'sources.json');
const known: Readonly<Record<string, { readonly source: string; readonly license: string; readonly sha256?: string }>> = sources;

test.each(files)('%s has a source and a licence that the product may carry', name => {
  expect(known[name]?.source).toBeTruthy();
  expect(['Apache-2.0', 'MIT', 'ISC', 'BSD-3-Clause']).toContain(known[name]?.license);
});

test.each(Object.entries(known).filter(([, source]) => source.sha256 !== undefined))('%s is what its source says', (name, { sha256 }) => {
  expect(
    createHash('sha256')
      .update(readFileSync(new URL(name, folder)))
      .digest('hex'),
  ).toBe(sha256);
});
