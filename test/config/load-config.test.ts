import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import type { ConfigRequest } from '../../src/config/resolve-config.ts';
import type { ResolvedConfig } from '../../src/core/config.ts';
import { UsageError } from '../../src/core/errors.ts';

const rules = [
  { id: 'format/quotes', summary: 'Quotes.' },
  { id: 'format/indentation', summary: 'Indentation.' },
  { id: 'structure/layout', summary: 'Layout.', options: { schema: { maxLines: { type: 'integer', minimum: 1 } } } },
];

function load(files: Readonly<Record<string, string>>, request: Partial<ConfigRequest> = {}): Promise<ResolvedConfig> {
  return loadConfig({ read: path => files[path], rules, ...request });
}

async function refusal(config: string): Promise<string> {
  const error = await load({ 'gitops-lint.yaml': config }).then(
    () => 'accepted',
    (error: unknown) => error,
  );
  return error instanceof UsageError ? error.message : String(error);
}

describe('what a config says', () => {
  test('nothing: the defaults', async () => {
    const config = await load({});
    expect(config).toMatchObject({ preset: 'recommended', maxFileSize: 5_000_000, environments: [], waivers: [] });
    expect(config.isExcluded('a.yaml')).toBe(false);
    expect(await load({ 'gitops-lint.yaml': '# yaml-language-server: $schema=config.schema.json\n' })).toMatchObject({
      path: 'gitops-lint.yaml',
      preset: 'recommended',
    });
  });

  test('everything', async () => {
    const config = await load({
      'gitops-lint.yaml': `
extends: strict
exclude: [testdata, "**/*.gen.yaml", "!testdata/kept.yaml"]
repository: { urls: ["https://git.example.org/acme/platform"], platform: gitlab, protectedBranch: main }
roots: ["clusters/*"]
environments:
  production: { tier: production, rank: 40, paths: ["clusters/*-p[0-9]/**"], clusters: ["*-prd-*"], namespaces: [shop], kubernetes: "1.33.4" }
  nonproduction: { group: [development, staging] }
versions: { kubernetes: "1.32", flux: "2.7" }
secrets: { placeholders: ["^demo-"], sharedRecipients: [age1emergency], maxAge: 90, allow: [{ key: grafana.adminPassword, path: charts/**, value-sha256: '${'0F'.repeat(32)}' }] }
maxFileSize: 1MiB
rules:
  format/*: note
  structure/layout: { severity: error, options: { maxLines: 400 } }
  spectral/team/labels: off
overrides:
  - files: ["legacy/**"]
    environments: [development]
    rules: { format/quotes: off }
waivers:
  - { rule: "format/*", path: "apps/web/**", reason: one CDN, owner: "@sre", expires: 2027-03-31 }
rulesets: [policies/team.spectral.yaml]
schemas: [schemas/, .]
`,
    });
    expect(config).toMatchObject({
      path: 'gitops-lint.yaml',
      preset: 'strict',
      repository: { urls: ['https://git.example.org/acme/platform'], platform: 'gitlab', protectedBranch: 'main' },
      roots: ['clusters/*'],
      environments: [
        { id: 'production', tier: 'production', rank: 40, kubernetes: '1.33.4' },
        { id: 'nonproduction', group: ['development', 'staging'] },
      ],
      secrets: { placeholders: [/^demo-/], allow: [{ valueSha256: '0f'.repeat(32) }], sharedRecipients: ['age1emergency'], maxAge: 90 },
      maxFileSize: 1_048_576,
      overrides: [{ environments: ['development'], rules: new Map([['format/quotes', { severity: 'off' }]]) }],
      waivers: [{ rule: 'format/*', reason: 'one CDN', owner: '@sre', expires: '2027-03-31', path: 'gitops-lint.yaml', index: 0 }],
      rulesets: ['policies/team.spectral.yaml'],
      schemaFolders: ['schemas', ''],
      versions: new Map([
        ['kubernetes', '1.32'],
        ['flux', '2.7'],
      ]),
    });
    expect(config.rules).toEqual(
      new Map([
        ['format/*', { severity: 'note' }],
        ['structure/layout', { severity: 'error', options: { maxLines: 400 } }],
        ['spectral/team/labels', { severity: 'off' }],
      ]),
    );
    expect(['testdata', 'testdata/a/b.yaml', '.x/y.gen.yaml', 'testdata/kept.yaml', 'apps/a.yaml'].map(config.isExcluded)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(['clusters/a', 'clusters/a/b', 'clusters'].map(config.isRoot)).toEqual([true, false, false]);
    expect(['legacy/a.yaml', 'a.yaml'].map(path => config.overrides[0]?.matches(path))).toEqual([true, false]);
    expect(['apps/web/a.yaml', 'apps/web2/a.yaml'].map(path => config.waivers[0]?.matches(path))).toEqual([true, false]);
    const [production] = config.environments;
    expect(['clusters/eu-p1/a.yaml', 'clusters/eu-t1/a.yaml'].map(path => production?.matchesPath(path))).toEqual([true, false]);
    expect(['eu-prd-1', 'arn:eu:cluster/eu-prd-1', 'eu-tst-1'].map(name => production?.matchesCluster(name))).toEqual([true, true, false]);
    expect(production?.matchesNamespace('shop')).toBe(true);
  });

  test.each([
    ['5MB', 5_000_000],
    ['500 kB', 500_000],
    ['0.5GB', 500_000_000],
    ['64KiB', 65_536],
    ['7 B', 7],
    ['12', 12],
  ])('maxFileSize %s', async (size, bytes) => {
    expect((await load({ 'gitops-lint.yaml': `maxFileSize: ${size}\n` })).maxFileSize).toBe(bytes);
  });

  test('what extends wins over what is extended, and the command line over both', async () => {
    const files = {
      'gitops-lint.yml':
        'extends: [./shared/base.yaml]\nexclude: [own]\nrules: { format/quotes: error, structure/layout: { severity: note } }\nmaxFileSize: 1MB\nversions: { flux: "2.7" }\n',
      'shared/base.yaml':
        'extends: [regulated, ../more.yaml]\nexclude: [base]\nrulesets: [team.yaml]\nschemas: [crds]\nversions: { flux: "2.6", argocd: "3.0" }\nrules: { format/quotes: { severity: off }, structure/layout: { options: { maxLines: 3 } } }\n',
      'more.yaml': 'maxFileSize: 2MB\nwaivers: [{ rule: structure/layout, path: x, reason: y, digest: ["3f2a", "0123"] }]\n',
    };
    const config = await load(files);
    expect(config).toMatchObject({ path: 'gitops-lint.yml', preset: 'regulated', maxFileSize: 1_000_000, rulesets: ['shared/team.yaml'] });
    expect([...config.rules]).toEqual([
      ['format/quotes', { severity: 'error' }],
      ['structure/layout', { severity: 'note', options: { maxLines: 3 } }],
    ]);
    expect([...config.versions, ...config.schemaFolders].map(String)).toEqual(['flux,2.7', 'argocd,3.0', 'shared/crds']);
    expect(config.waivers).toMatchObject([{ path: 'more.yaml', index: 0, digests: ['3f2a', '0123'] }]);
    expect(['own/a', 'base/a', 'a'].map(config.isExcluded)).toEqual([true, true, false]);
    expect((await load(files, { preset: 'strict' })).preset).toBe('strict');
    expect((await load(files, { path: 'more.yaml' })).path).toBe('more.yaml');
  });
});

describe('what is wrong with a config, with line and column', () => {
  test.each([
    [
      'a version that YAML reads as a number',
      'versions: { kubernetes: 1.30 }\n',
      'gitops-lint.yaml:1:25: "kubernetes" must be a version such as "1.33", not a number: quote it',
    ],
    ['no version', 'versions: { flux: latest }\n', 'gitops-lint.yaml:1:19: "flux" must be a version such as "1.33"'],
    ['an unknown field', 'exlude: []\n', 'gitops-lint.yaml:1:1: unknown field "exlude": did you mean "exclude"?'],
    ['a field of a later version', 'promotion: {}\n', 'gitops-lint.yaml:1:1: unknown field "promotion"'],
    ['a list', '- a\n', 'gitops-lint.yaml:1:1: the document must be a mapping, not a list'],
    ['a text', 'strict\n', 'gitops-lint.yaml:1:1: the document must be a mapping, not a string'],
    ['nothing at all', ' \n', 'gitops-lint.yaml:1:1: the config is empty: remove it, or write {} for the defaults'],
    ['two documents', '{}\n---\n{}\n', 'gitops-lint.yaml:3:1: a config is one document'],
    ['a key that stands twice', 'roots: []\nroots: []\n', 'gitops-lint.yaml:2:1: key "roots" stands twice in this mapping'],
    ['a wrong type', 'rules:\n  - format/quotes\n', 'gitops-lint.yaml:2:3: "rules" must be a mapping, not a list'],
    ['an unknown rule', 'rules:\n  format/qoutes: off\n', 'gitops-lint.yaml:2:3: unknown rule "format/qoutes": did you mean "format/quotes"?'],
    ['a pattern that names no rule', 'rules:\n  formt/*: off\n', 'gitops-lint.yaml:2:3: there is no rule "formt/*": did you mean "format/*"?'],
    [
      'a pattern that names no rule, in an override',
      'overrides: [{ rules: { x/*: off } }]\n',
      'gitops-lint.yaml:1:24: there is no rule "x/*": `gitops-lint rules` lists them',
    ],
    [
      'an unknown severity',
      'rules: { format/quotes: warn }\n',
      'gitops-lint.yaml:1:25: "format/quotes" must be off, note, warning, error or a mapping',
    ],
    [
      'an unknown option',
      'rules: { structure/layout: { options: { maxLine: 3 } } }\n',
      'gitops-lint.yaml:1:41: unknown field "maxLine": did you mean "maxLines"?',
    ],
    [
      'an option of the wrong type',
      'rules: { structure/layout: { options: { maxLines: "3" } } }\n',
      'gitops-lint.yaml:1:51: "maxLines" must be a whole number, not a string: remove the quotes',
    ],
    [
      'options of a rule that has none',
      'rules: { format/quotes: { options: {} } }\n',
      'gitops-lint.yaml:1:27: unknown field "options": known here is "severity"',
    ],
    [
      'an unknown tier',
      'environments: { prod: { tier: prod } }\n',
      'gitops-lint.yaml:1:31: "tier" must be "ephemeral", "development", "test", "staging", "production" or "shared": did you mean "production"?',
    ],
    ['a size that is none', 'maxFileSize: 5 apples\n', 'gitops-lint.yaml:1:14: "maxFileSize" must be a size such as 5MB, 500 kB or 1MiB'],
    ['an allowed secret by nothing', 'secrets: { allow: [{}] }\n', 'gitops-lint.yaml:1:20: an item of "allow" must not be empty'],
    ['an expression that is none', 'secrets: { placeholders: ["("] }\n', 'gitops-lint.yaml:1:27: not a regular expression: Unterminated group'],
    ['a waiver without a reason', 'waivers: [{ rule: format/*, path: a }]\n', 'gitops-lint.yaml:1:11: an item of "waivers" has no "reason"'],
    [
      'a waiver of an unknown rule',
      'waivers: [{ rule: format/quote, path: a, reason: b }]\n',
      'gitops-lint.yaml:1:19: there is no rule "format/quote": did you mean "format/quotes"?',
    ],
    [
      'a day that is none',
      'waivers: [{ rule: format/*, path: a, reason: b, expires: 2027-02-30 }]\n',
      'gitops-lint.yaml:1:58: there is no day "2027-02-30"',
    ],
    [
      'a digest that YAML takes for a number',
      'waivers: [{ rule: format/*, path: a, reason: b, digest: 1e10 }]\n',
      'gitops-lint.yaml:1:57: "digest" must be a string or a list, not a whole number: quote it',
    ],
    [
      'one of several digests that is none',
      'waivers: [{ rule: format/*, path: a, reason: b, digest: ["3f2a", "correct"] }]\n',
      'gitops-lint.yaml:1:66: an item of "digest" must be a digest in quotes such as "3f2a"',
    ],
    ['an unknown preset', 'extends: [recomended]\n', 'gitops-lint.yaml:1:11: "recomended" is no preset: did you mean "recommended"?'],
    [
      'a package',
      'extends: "@acme/lint"\n',
      'gitops-lint.yaml:1:10: "@acme/lint" is no preset: name a local file as "./name.yaml", packages cannot be extended yet',
    ],
  ])('%s', async (_, config, message) => {
    expect(await refusal(config)).toBe(message);
  });

  test('broken YAML', async () => {
    expect(await refusal('rules:\n  a: [\n')).toMatch(/^gitops-lint\.yaml:\d+:\d+: \S/);
  });

  test('all mistakes at once, in the order of the file', async () => {
    expect((await refusal('exclude: a\nrules: { x: off }\nfoo: 1\n')).split('\n').map(line => line.split(': ')[0])).toEqual([
      'gitops-lint.yaml:1:10',
      'gitops-lint.yaml:2:10',
      'gitops-lint.yaml:3:1',
    ]);
  });

  test('two configs, one that is not there, and a circle', async () => {
    await expect(load({ 'gitops-lint.yaml': '{}', '.gitops-lint.yml': '{}' })).rejects.toThrow(
      '.gitops-lint.yml:1:1: there is a config "gitops-lint.yaml" as well',
    );
    await expect(load({}, { path: 'x.yaml' })).rejects.toThrow(UsageError);
    await expect(load({ 'gitops-lint.yaml': 'extends: ./x.yaml' })).rejects.toThrow(UsageError);
    await expect(load({ 'gitops-lint.yaml': 'extends: ./x.yaml', 'x.yaml': 'extends: ./gitops-lint.yaml' })).rejects.toThrow('circle');
  });
});
