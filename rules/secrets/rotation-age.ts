import { environmentsOf, includesProduction } from '../../src/core/environment.ts';
import type { RepoPath } from '../../src/core/place.ts';
import type { Repo } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const rotationAge = defineRule({
  severity: 'warning',
  presets: { regulated: {} },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'An encrypted secret has not been changed for longer than the config allows.',
  rationale:
    'Whoever audits asks when a secret was last changed. SOPS writes that time into the file: after 365 days, and 180 in production, or after what `secrets.maxAge` of the config says, it is reported. What SealedSecrets and Ansible Vault hold has no time of its own, and what an external store rotates is not in Git at all.',
  compliance: ['RTS 7', 'DORA 9(4)(d)'],
  since: '0.1.0',
  leaks: false,

  *check(repo, { settings: { today, maxSecretAge }, protection: { sops } }) {
    for (const { path, lastModified, at } of sops.files.values()) {
      if (lastModified === undefined) {
        yield { at, skipped: 'the file does not say when it was changed' };
        continue;
      }
      const age = Math.floor((Date.parse(today) - Date.parse(lastModified.text)) / day);
      const most = maxSecretAge ?? (reachesProduction(path, repo) ? 180 : 365);
      if (age <= most) continue;
      yield {
        at: lastModified.at,
        message: `not changed for ${age} days, and ${most} are the most: change the secret where it is used, and here with "sops edit"`,
      };
    }
    for (const { path, classification } of repo.files.values()) {
      if (classification.class === 'sealed-secret' || classification.class === 'ansible-vault')
        yield { at: { path }, skipped: 'when the ciphertext was last changed is known from the history of Git alone' };
    }
  },

  examples: {
    bad: [
      {
        title: 'two years old, and half a year in production',
        files: {
          'environments/production/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1prod, enc: key }], lastmodified: "2025-05-01T12:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'environments/staging/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1staging, enc: key }], lastmodified: "2024-01-01T12:00:00+02:00", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
        },
        findings: [
          'environments/production/db.yaml:2:65 not changed for 244 days, and 180 are the most: change the secret where it is used, and here with "sops edit"',
          'environments/staging/db.yaml:2:68 not changed for 730 days, and 365 are the most: change the secret where it is used, and here with "sops edit"',
        ],
      },
    ],
    good: [
      {
        title: 'young enough, the time of the clock of somebody else, and what a store rotates',
        files: {
          'environments/production/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1prod, enc: key }], lastmodified: "2025-12-01T12:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'environments/staging/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1staging, enc: key }], lastmodified: "2026-02-01T12:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'environments/staging/external.yaml':
            'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: db }\nspec: { data: [{ secretKey: password, remoteRef: { key: db } }] }\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a SealedSecret, whose age Git alone knows',
        files: { 'apps/db.yaml': 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { name: db }\nspec: { encryptedData: {} }\n' },
      },
      {
        title: 'a time that cannot be read',
        files: {
          'apps/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1prod, enc: key }], lastmodified: then, mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
        },
      },
    ],
  },
});

const day = 24 * 60 * 60 * 1000;

function reachesProduction(path: RepoPath, { owners, reach, environments }: Repo): boolean {
  return includesProduction([...environmentsOf(owners.get(path)), ...(reach.get(path)?.environments ?? [])], environments);
}
