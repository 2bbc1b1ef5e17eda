import { expect, test } from 'vitest';
import { rules } from '../../rules/index.ts';
import { lintFiles } from './lint-files.ts';

const ciphertext = 'ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]';

function encryptedFor(...recipients: readonly string[]): string {
  const age = recipients.map(recipient => ({ recipient, enc: 'key' }));
  return JSON.stringify({ password: ciphertext, sops: { age, lastmodified: '2026-11-01T00:00:00Z', mac: ciphertext, version: '3.10.2' } });
}

const files = {
  'environments/production/db.yaml': encryptedFor('age1production', 'age1emergency'),
  'environments/staging/db.yaml': encryptedFor('age1staging', 'age1emergency'),
};

async function findings(id: string, secrets: { readonly sharedRecipients: readonly string[]; readonly maxAge?: number }): Promise<string[]> {
  const found = await lintFiles(files, rules, { only: [id], config: { preset: 'regulated', secrets: { placeholders: [], allow: [], ...secrets } } });
  return found.findings.map(({ message }) => message);
}

test('a recipient that is shared by design is no finding', async () => {
  expect(await findings('secrets/sops-recipients', { sharedRecipients: [] })).toHaveLength(1);
  expect(await findings('secrets/sops-recipients', { sharedRecipients: ['age1emergency'] })).toEqual([]);
});

test('the config says when a secret is old', async () => {
  expect(await findings('secrets/rotation-age', { sharedRecipients: [] })).toEqual([]);
  expect(await findings('secrets/rotation-age', { sharedRecipients: [], maxAge: 90 })).toHaveLength(2);
});

test('ciphertext and what stands beside it is never shown', async () => {
  const text = encryptedFor('age1production').replace('"password":', '"left": "correct-horse", "password":');
  const { findings, frameText } = await lintFiles({ 'db.yaml': text }, rules, { only: ['secrets/sops-partial'] });
  expect(findings).toHaveLength(1);
  expect(JSON.stringify(findings)).not.toContain('correct-horse');
  expect(frameText('db.yaml')).not.toContain('correct-horse');
});
