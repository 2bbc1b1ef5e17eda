import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sopsOf } from './read-files.ts';

const folder = new URL('encrypted/', import.meta.url);
const names = readdirSync(folder).filter(name => name !== 'README.md');

function readEncrypted(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

function readable(name: string, text: string): string[] {
  const sops = sopsOf({ [name]: text });
  const file = sops.files.get(name);
  expect(file?.problems).toEqual([]);
  return [...(file ? sops.readableIn(file) : [])].map(found => ('skipped' in found ? found.skipped : `${found.why} ${found.key}`));
}

test.each(names)('nothing that SOPS wrote into %s is taken for a value that was left', name => {
  const left = readable(name, readEncrypted(name)).filter(found => !found.startsWith('excluded'));
  expect(left).toEqual([]);
});

test.each(names)('every value of %s that is decrypted by hand is found', name => {
  const text = readEncrypted(name);
  const metadata = text.search(/^ *(?:"sops"|sops:|\[sops\]|sops_)|"sops"/m);
  const body = /two-documents/.test(name) ? text.lastIndexOf('---\n') : 0;
  let found = 0;
  for (const match of text.matchAll(/(?<!#|; )ENC\[AES256_GCM[^\]]*\]/g)) {
    if (metadata >= 0 && match.index > metadata && (body === 0 || match.index < body)) continue;
    if (/mac"? *[:=] *"?$|mac=$/.test(text.slice(0, match.index))) continue;
    const changed = `${text.slice(0, match.index)}hunter2${text.slice(match.index + match[0].length)}`;
    expect(readable(name, changed).filter(said => said.startsWith('left'))).toHaveLength(1);
    found++;
  }
  expect(found).toBeGreaterThan(0);
});

test('who can decrypt is read from every store, group by group', () => {
  const counts = Object.fromEntries(
    names.map(name => {
      const recipients = sopsOf({ [name]: readEncrypted(name) }).files.get(name)?.recipients;
      return [name, `${recipients?.groups.map(group => group.length).join('+')} of ${recipients?.threshold}`];
    }),
  );
  expect(counts['key-groups.yaml']).toBe('1+1 of 2');
  expect(new Set(names.filter(name => name !== 'key-groups.yaml').map(name => counts[name]))).toEqual(new Set(['1 of 1']));
});

test('each store is told by its content', () => {
  const stores = names.map(name => sopsOf({ [name]: readEncrypted(name) }).files.get(name)?.store);
  expect(new Set(stores)).toEqual(new Set(['yaml', 'json', 'dotenv', 'ini', 'binary']));
});
