import { expect, test } from 'vitest';
import { sopsOf } from './read-files.ts';

const ciphertext = 'ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]';

function readAll(files: Readonly<Record<string, string>>): string[] {
  const sops = sopsOf(files);
  const said: string[] = [];
  for (const file of sops.files.values()) {
    for (const problem of file.problems) said.push(problem.message);
    for (const found of sops.readableIn(file)) said.push('skipped' in found ? found.skipped : `${found.why} ${found.key}`);
  }
  for (const path of Object.keys(files)) {
    const answer = sops.ruleFor(path);
    if ('unknown' in answer) said.push(answer.unknown);
  }
  return said;
}

test.each([
  ['a list', '[]'],
  ['rules that are none', 'creation_rules: [null, 5, text, [], { path_regex: 5, age: { a: b }, key_groups: [1, { age: 5, pgp: [null] }] }]'],
  ['nothing', ''],
  ['no mapping of rules', 'creation_rules: { path_regex: x }'],
  ['merges in merges', 'creation_rules: [{ key_groups: [&a { merge: [{ merge: [{ age: [age1a] }] }] }, *a] }]'],
])('a .sops.yaml that is %s is no defect', (_, text) => {
  expect(() => readAll({ '.sops.yaml': text, 'a.yaml': 'a: 1\n' })).not.toThrow();
});

test('a .sops.yaml that is no YAML leaves its rules unknown', () => {
  expect(readAll({ '.sops.yaml': 'creation_rules: [\n  a: }', 'a.yaml': 'a: 1\n' })).toContain('.sops.yaml cannot be read');
});

test.each([
  [
    'values of other types',
    `sops: { mac: "${ciphertext}", lastmodified: 5, version: [], age: { recipient: x }, pgp: 5, kms: [5, null], key_groups: [7, { age: 1 }] }`,
  ],
  ['a recipient without a key', `sops: { mac: "${ciphertext}", lastmodified: "2026-01-01T00:00:00Z", version: 3.9.0, age: [{ recipient: age1a }] }`],
  [
    'a day that does not exist',
    `sops: { mac: "${ciphertext}", lastmodified: "2026-13-41T00:00:00Z", version: 3.9.0, age: [{ recipient: age1a, enc: x }] }`,
  ],
])('metadata with %s is said to be wrong', (_, text) => {
  expect(readAll({ 'a.yaml': text }).length).toBeGreaterThan(0);
});

test('keys that are names of JavaScript are keys', () => {
  const env = `__proto__=x\nsops___proto____map_a=b\nsops_age__list_0__map_constructor=x\nsops_mac=${ciphertext}\n`;
  expect(readAll({ 'a.env': env })).toContain('left __proto__');
});

test('texts that are made to take long take no longer than others', () => {
  const start = performance.now();
  readAll({
    'a.yaml': `a: "ENC[AES256_GCM,data:${'x,iv:'.repeat(400_000)}"\nsops: { mac: "${ciphertext}", age: [{ recipient: age1a, enc: x }] }\n`,
    'b.env': `${Array.from({ length: 20_000 }, (_, index) => `sops_age__list_${index}__map_enc=`).join('\n')}\nsops_mac=${ciphertext}\n`,
    'c.env': `sops_${'a__map_'.repeat(100_000)}=x\nsops_mac=${ciphertext}\n`,
    'd.yaml': `${Array.from({ length: 20_000 }, (_, index) => `k${index}: v`).join('\n')}\nsops: { mac: "${ciphertext}", age: [{ recipient: age1a, enc: x }], encrypted_regex: (x+x+)+y }\n`,
  });
  expect(performance.now() - start).toBeLessThan(8000);
});
