import { environmentsOf, type Tier } from '../../src/core/environment.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import type { RepoPath } from '../../src/core/place.ts';
import type { Sops, SopsFile, SopsRecipient, SopsRecipients, SopsRule } from '../../src/core/protection.ts';
import type { Repo } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const sopsRecipients = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'secrets',
  summary: 'A file of SOPS is encrypted for others than .sops.yaml says, or for production and a lower environment alike.',
  rationale:
    'A file keeps the recipients that it was encrypted for: copied or moved, or after a change of `.sops.yaml`, the wrong people can decrypt it (a warning). Who has the key of a lower environment and can decrypt what is for production has both: that is an error. Keys that are for every environment by design, such as one for emergencies, belong into `secrets.sharedRecipients` of the config. Of the rules of `.sops.yaml` the first that matches counts: one behind a broader one never does.',
  compliance: ['RTS 7', 'RTS 8(2)(b)(v)', 'NIS2 21(2)(h)', 'NIS2 21(2)(i)'],
  since: '0.1.0',
  leaks: false,

  *check(repo, { settings: { sharedRecipients, preset }, protection: { sops } }) {
    for (const file of sops.files.values()) yield* compareWithRule(file, sops);
    const isOneForAll = new Set([...sops.files.values()].flatMap(file => [...idsOf(file.recipients)])).size === 1;
    for (const report of sharedBetweenTiers(repo, sops, sharedRecipients)) {
      // Who has one key for everything has not mixed two up.
      yield isOneForAll && preset !== 'regulated' ? { ...report, severity: 'warning' } : report;
    }
    yield* rulesThatNeverApply(repo, sops);
  },

  examples: {
    bad: [
      {
        title: 'a copy that is still encrypted for others',
        files: {
          '.sops.yaml': `
            creation_rules:
              - { path_regex: ^one/, age: age1one }
              - { path_regex: ^two/, key_groups: [{ age: [age1two], kms: [{ arn: "arn:aws:kms:eu-west-1:111122223333:key/4f5d" }] }] }
          `,
          'one/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1one, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'two/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1one, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
        },
        findings: [
          'two/db.yaml:2:7 the recipients are not those of rule 2 of ".sops.yaml", "age1one" is too many and "age1two", "arn:aws:kms:eu-west-1:111122223333:key/4f5d" are missing: run "sops updatekeys" on the file',
        ],
      },
      {
        title: 'one key for production and staging',
        files: {
          'environments/production/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1prod, enc: key }, { recipient: age1all, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'environments/staging/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1all, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
        },
        findings: [
          'environments/production/db.yaml:2:50 "age1all" decrypts this file of production and one of staging: encrypt them for keys of their own, or name it in "secrets.sharedRecipients"',
        ],
      },
      {
        title: 'rules that come too late',
        files: {
          '.sops.yaml': `
            creation_rules:
              - { path_regex: \\.yaml$, age: age1dev }
              - { path_regex: production/.*\\.yaml$, age: age1prod }
              - { age: age1dev }
              - { path_regex: ^backup/, age: age1backup }
          `,
          'environments/production/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1dev, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'environments/staging/web.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1dev, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
        },
        findings: [
          '.sops.yaml:3:5 rule 2 never applies to "environments/production/db.yaml", for which rule 1 comes first: move it before that',
          '.sops.yaml:5:5 rule 4 never applies, for rule 3 matches every path: move it before that',
          'environments/production/db.yaml:2:15 "age1dev" decrypts this file of production and one of staging: encrypt them for keys of their own, or name it in "secrets.sharedRecipients"',
        ],
      },
    ],
    good: [
      {
        title: 'the same keys, written in other ways: in groups, with blanks, as a replica in another region, without a version',
        files: {
          '.sops.yaml': `
            creation_rules:
              - path_regex: ^one/
                pgp: >-
                  85D7 7543 B3D6 24B6 3CEA 9E6D BC17 301B 491B 3F21,
                  E60892BB9BD89A69F759A1A0A3D652173B763E8F
                kms: arn:aws:kms:eu-west-1:111122223333:key/mrk-4f5d+arn:aws:iam::111122223333:role/sops
                azure_keyvault: https://shop.vault.azure.net/keys/sops/8fa3
                hc_vault_transit_uri: http://vault.shop:8200/v1/sops/keys/first
                gcp_kms: [projects/shop/locations/global/keyRings/sops/cryptoKeys/sops]
              - path_regex: ^two/
                shamir_threshold: 2
                key_groups: [{ age: [age1one] }, { age: [age1two], merge: [{ pgp: [E60892BB9BD89A69F759A1A0A3D652173B763E8F] }] }]
          `,
          'one/db.yaml': `
            password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
            sops:
              pgp:
                - { fp: 85D77543B3D624B63CEA9E6DBC17301B491B3F21, created_at: "2025-12-01T00:00:00Z", enc: key }
                - { fp: E60892BB9BD89A69F759A1A0A3D652173B763E8F, created_at: "2025-12-01T00:00:00Z", enc: key }
              kms: [{ arn: "arn:aws:kms:us-east-1:111122223333:key/mrk-4f5d", created_at: "2025-12-01T00:00:00Z", enc: key }]
              azure_kv: [{ vault_url: https://shop.vault.azure.net, name: sops, version: 9b01, created_at: "2025-12-01T00:00:00Z", enc: key }]
              hc_vault: [{ vault_address: http://vault.shop:8200, engine_path: sops, key_name: first, created_at: "2025-12-01T00:00:00Z", enc: key }]
              gcp_kms: [{ resource_id: projects/shop/locations/global/keyRings/sops/cryptoKeys/sops, created_at: "2025-12-01T00:00:00Z", enc: key }]
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
          'two/db.yaml': `
            password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
            sops:
              shamir_threshold: 2
              key_groups:
                - { hc_vault: [], age: [{ recipient: age1one, enc: key }] }
                - { pgp: [{ fp: E60892BB9BD89A69F759A1A0A3D652173B763E8F, created_at: "2025-12-01T00:00:00Z", enc: key }], age: [{ recipient: age1two, enc: key }] }
              lastmodified: "2025-12-01T00:00:00Z"
              mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"
              version: 3.10.2
          `,
        },
      },
      {
        title: 'one of two keys that production needs is shared, and a file of a base',
        files: {
          'environments/production/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { shamir_threshold: 2, key_groups: [{ age: [{ recipient: age1prod, enc: key }] }, { age: [{ recipient: age1all, enc: key }] }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'environments/staging/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1all, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'base/mail.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1prod, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
        },
      },
      {
        title: 'no .sops.yaml, and a rule for everything at the end',
        files: {
          'one/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1one, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
          'two/.sops.yaml': 'creation_rules: [{ path_regex: ^production/, age: age1prod }, { age: age1dev }]\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a key that a script fills in',
        files: {
          '.sops.yaml': 'creation_rules: [{ age: <recipient> }]\n',
          'one/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1one, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
        },
      },
      {
        title: 'a .sops.yaml with an expression that Go does not compile',
        files: {
          '.sops.yaml': 'creation_rules: [{ path_regex: "(", age: age1one }]\n',
          'one/db.yaml':
            'password: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]"\nsops: { age: [{ recipient: age1one, enc: key }], lastmodified: "2025-12-01T00:00:00Z", mac: "ENC[AES256_GCM,data:kQ==,iv:aa==,tag:bb==,type:str]", version: 3.10.2 }\n',
        },
      },
    ],
  },
});

/** A file without a recipient is another rule's matter. */
function* compareWithRule(file: SopsFile, sops: Sops): Iterable<Report | Skip> {
  const answer = sops.ruleFor(file.path);
  if ('unknown' in answer) yield { at: file.at, skipped: answer.unknown };
  if (!('rule' in answer)) return;
  const { rule } = answer;
  const unknown = file.recipients.unknown ?? rule.recipients.unknown;
  if (unknown !== undefined) {
    yield { at: file.at, skipped: unknown };
    return;
  }
  const tooMany = without(file.recipients, rule.recipients);
  const missing = without(rule.recipients, file.recipients);
  if (idsOf(file.recipients).size === 0 || idsOf(rule.recipients).size === 0 || tooMany.length + missing.length === 0) return;
  const said = [...(tooMany.length > 0 ? [`${list(tooMany)} too many`] : []), ...(missing.length > 0 ? [`${list(missing)} missing`] : [])];
  yield {
    at: file.at,
    severity: 'warning',
    message: `the recipients are not those of rule ${rule.number} of "${rule.config}", ${said.join(' and ')}: run "sops updatekeys" on the file`,
    related: [{ at: rule.at, message: 'the rule' }],
  };
}

function list(recipients: readonly SopsRecipient[]): string {
  const names = recipients.slice(0, mostNames).map(({ name }) => `"${name}"`);
  const more = recipients.length > mostNames ? ` and ${recipients.length - mostNames} more` : '';
  return `${names.join(', ')}${more} ${recipients.length === 1 ? 'is' : 'are'}`;
}

const mostNames = 3;

function without(recipients: SopsRecipients, others: SopsRecipients): SopsRecipient[] {
  const ids = idsOf(others);
  return [...new Map(recipients.groups.flat().map(recipient => [recipient.id, recipient])).values()].filter(({ id }) => !ids.has(id));
}

function idsOf({ groups }: SopsRecipients): ReadonlySet<string> {
  return new Set(groups.flat().map(({ id }) => id));
}

/** Once for each recipient: it is the key that is shared, in however many files. */
function* sharedBetweenTiers(repo: Repo, sops: Sops, sharedRecipients: readonly string[]): Iterable<Report> {
  const shared = new Set(sharedRecipients);
  const lower = new Map<string, SopsFile>();
  const production: SopsFile[] = [];
  for (const file of sops.files.values()) {
    const tier = tierOf(file.path, repo);
    if (tier === 'production') production.push(file);
    if (tier === 'lower') for (const id of idsOf(file.recipients)) if (!lower.has(id)) lower.set(id, file);
  }
  const reported = new Set<string>();
  for (const file of production) {
    const { groups, threshold } = file.recipients;
    const reachable = groups.map(group =>
      group.find(({ id, name }) => lower.has(id) && !shared.has(name) && !shared.has(id.slice(id.indexOf(' ') + 1))),
    );
    const known = reachable.filter(recipient => recipient !== undefined);
    if (known.length < Math.max(threshold, 1)) continue;
    for (const { id, name, at } of known) {
      const other = lower.get(id);
      if (other === undefined || reported.has(id)) continue;
      reported.add(id);
      const [own = '', others = ''] = [file, other].map(({ path }) => environmentsAt(path, repo).join(' and '));
      yield {
        at,
        message: `"${name}" decrypts this file of ${own} and one of ${others}: encrypt them for keys of their own, or name it in "secrets.sharedRecipients"`,
        related: [{ at: other.at, message: `is encrypted for it too, and of ${others}` }],
        environments: [...environmentsAt(file.path, repo), ...environmentsAt(other.path, repo)],
      };
    }
  }
}

/** Of a file that is of no environment, or of several tiers, nothing can be said. */
function tierOf(path: RepoPath, repo: Repo): 'production' | 'lower' | undefined {
  const tiers = new Set<Tier | undefined>(environmentsAt(path, repo).map(id => repo.environments.find(environment => environment.id === id)?.tier));
  if (tiers.size === 0 || tiers.has(undefined) || tiers.has('shared')) return undefined;
  return !tiers.has('production') ? 'lower' : tiers.size === 1 ? 'production' : undefined;
}

function environmentsAt(path: RepoPath, { owners, reach }: Repo): readonly string[] {
  const own = environmentsOf(owners.get(path));
  const reached = reach.get(path);
  return own.length > 0 || reached?.certainty !== 'yes' ? own : [...reached.environments];
}

/** A rule behind one for every path, and one for production behind a broader one. */
function* rulesThatNeverApply(repo: Repo, sops: Sops): Iterable<Report> {
  const reported = new Set<SopsRule>();
  for (const { rules } of sops.configs) {
    const all = rules.find(({ pathRegex }) => pathRegex === undefined || everyPath.test(pathRegex));
    for (const rule of all ? rules.slice(all.number) : []) {
      reported.add(rule);
      yield {
        at: rule.at,
        severity: 'warning',
        message: `rule ${rule.number} never applies, for rule ${all?.number} matches every path: move it before that`,
        ...(all && { related: [{ at: all.at, message: 'matches every path' }] }),
      };
    }
  }
  const isForLower = new Set<SopsRule>();
  for (const { path } of sops.files.values())
    if (tierOf(path, repo) !== 'production') for (const rule of sops.rulesMatching(path)) isForLower.add(rule);
  for (const { path } of sops.files.values()) {
    if (tierOf(path, repo) !== 'production') continue;
    const [first, ...later] = sops.rulesMatching(path);
    const meant = later.find(rule => !isForLower.has(rule) && !reported.has(rule));
    if (!first || !meant || !isForLower.has(first) || without(first.recipients, meant.recipients).length === 0) continue;
    reported.add(meant);
    yield {
      at: meant.at,
      severity: 'warning',
      message: `rule ${meant.number} never applies to "${path}", for which rule ${first.number} comes first: move it before that`,
      related: [{ at: first.at, message: 'matches it first' }],
    };
  }
}

const everyPath = /^\^?(?:\.\*|\.\+|\(\.\*\))\$?$/;
