import { describe, expect, test } from 'vitest';
import { inferFrom, ownerIn } from './infer.ts';

/** Repositories in which nothing is an environment, however it looks. */
const withoutEnvironments: Readonly<Record<string, readonly string[]>> = {
  'environments/default and environments/clusters': ['environments/default/addons/dns/values.yaml', 'environments/clusters/heron/values.yaml'],
  'a folder of applications that is called environments': [
    'terraform/environments/testing/main.tf',
    'terraform/environments/performance-hub/main.tf',
    ...Array.from({ length: 60 }, (_, index) => `terraform/environments/ledger-${index}/main.tf`),
  ],
  'a product called integration': ['components/integration/base/app.yaml', 'components/sandbox/base/app.yaml', 'components/mail/base/app.yaml'],
  'words that begin like one': [
    'product-catalogue/app.yaml',
    'livechat/app.yaml',
    'devops/app.yaml',
    'reproduce/app.yaml',
    'apps/product-search/a.yaml',
  ],
  'steps called stage': ['stages/stage-1/main.tf', 'stages/stage-2/main.tf', 'ci/stage-build/run.yaml', 'ci/stage-deploy/run.yaml'],
  'tests at the root': ['test/values.yaml', 'tests/kuttl/prod/values.yaml', 'charts/web/values.yaml'],
  "Let's Encrypt's endpoints": [
    'issuers/letsencrypt-staging.yaml',
    'issuers/letsencrypt-production.yaml',
    'letsencrypt/staging/issuer.yaml',
    'letsencrypt/production/issuer.yaml',
    'infra/le-issuer-prod.yaml',
    'infra/le-issuer-staging.yaml',
  ],
  'channels of a product': [
    'virt/operator/overlays/stable-4.9/kustomization.yaml',
    'virt/operator/overlays/dev-preview/kustomization.yaml',
    'virt/operator/overlays/preview/kustomization.yaml',
    'mesh/operator/overlays/development/kustomization.yaml',
    'mesh/operator/overlays/stable/kustomization.yaml',
  ],
  'teams and tools': ['tenants/dev-team/rbac.yaml', 'tenants/qa-team/rbac.yaml', 'apps/dev-spaces/app.yaml', 'apps/development-operator/app.yaml'],
  'a domain that ends in .dev': ['sites/harbour.dev/app.yaml', 'sites/harbour.live/app.yaml', 'sites/harbour.org/app.yaml'],
  'a file without a sibling': ['charts/web/values-dev.yaml', 'charts/web/values.yaml', 'alerts/notify-test.yaml'],
  'an app beside many others': ['groups/bu-tools-dev/rbac.yaml', ...Array.from({ length: 12 }, (_, index) => `groups/bu-${index}/rbac.yaml`)],
  'documentation, archives, tests and vendored trees': [
    'docs/production/runbook.yaml',
    'archive/production/app.yaml',
    'vendor/k8s/staging/a.yaml',
    'e2e/overlays/prod/kustomization.yaml',
    '.github/environments/production.yml',
  ],
};

describe('nothing is an environment', () => {
  for (const [title, files] of Object.entries(withoutEnvironments)) {
    test(title, () => {
      const model = inferFrom(files);
      expect(model.environments.map(({ id, evidence }) => [id, evidence[0]?.says])).toEqual([]);
      expect(new Set(files.map(file => ownerIn(model, file)))).toEqual(new Set(['unknown']));
    });
  }
});

describe('the nearest environment owns a place', () => {
  const owners = (files: readonly string[]) => {
    const model = inferFrom(files);
    return Object.fromEntries(files.map(file => [file, ownerIn(model, file)]));
  };
  const expectOwners = (expected: Readonly<Record<string, string>>) => expect(owners(Object.keys(expected))).toEqual(expected);

  test('preproduction is not production, nonproduction is its contrary', () => {
    expectOwners({
      'envs/preprod/a.yaml': 'preproduction',
      'envs/pre-prod/a.yaml': 'preproduction',
      'envs/non-prod/a.yaml': 'nonproduction',
      'envs/nonprod-eu/a.yaml': 'nonproduction',
      'envs/prod/a.yaml': 'production',
    });
  });
  test('a part of a name does not win over a whole name above it', () => {
    expectOwners({
      'envs/prod/charts/web-dev/a.yaml': 'production',
      'envs/prod/charts/web-staging/a.yaml': 'production',
      'envs/dev/a.yaml': 'development',
      'envs/dev/values-prod.yaml': 'development',
      'envs/dev/values-stage.yaml': 'development',
    });
  });
  test('a base below an environment is of that environment', () => {
    expectOwners({ 'policies/staging/base/a.yaml': 'staging', 'policies/production/base/a.yaml': 'production', 'policies/base/a.yaml': 'shared' });
  });
  test('a base beside those of environments may be that of another environment', () => {
    expectOwners({
      'apps/web/prod/base/a.yaml': 'production',
      'apps/web/dev/base/a.yaml': 'development',
      'apps/web/heron/base/a.yaml': 'unknown',
      'apps/web/base/a.yaml': 'shared',
    });
  });
  test('a group does not win over an environment above it, a member of it does below', () => {
    expectOwners({
      'live/nonprod/eu/dev/a.hcl': 'development',
      'live/nonprod/eu/a.hcl': 'nonproduction',
      'live/prod/eu/a.hcl': 'production',
      'live/prod/nonprod/a.hcl': 'production',
    });
  });
  test('test at the root counts where it holds what the environments beside it hold', () => {
    expectOwners({ 'dev/app/values.yaml': 'development', 'prod/app/values.yaml': 'production', 'test/app/values.yaml': 'test' });
    expectOwners({ 'dev/app/values.yaml': 'development', 'prod/app/values.yaml': 'production', 'test/run.yaml': 'unknown' });
  });
  test('a folder of components that holds the apps is not shared, one of Kustomize components is', () => {
    expectOwners({
      'components/mail/prod/a.yaml': 'production',
      'components/mail/dev/a.yaml': 'development',
      'components/mail/a.yaml': 'unknown',
      'overlays/components/tls/kustomization.yaml': 'shared',
    });
  });
  test('a repository of Let’s Encrypt issuers still has its environments', () => {
    expectOwners({
      'clusters/production/issuers/letsencrypt-staging.yaml': 'production',
      'clusters/production/issuers/letsencrypt-production.yaml': 'production',
      'clusters/staging/issuers/letsencrypt-staging.yaml': 'staging',
    });
  });
});

test('regions, clusters and rings below an environment are told apart', () => {
  const model = inferFrom([
    'prod/us-east-1/prod/a.hcl',
    'dev/a.hcl',
    'clusters/prod-eu2/ring-0/a.yaml',
    'web/production/green-p01/app/a.yaml',
    'web/staging/a.yaml',
  ]);
  const qualifiers = (path: string) => {
    const owner = model.ownerOf(path);
    return owner.kind === 'environment' ? `${owner.id} ${(owner.qualifiers ?? []).join(', ')}` : owner.kind;
  };
  expect(qualifiers('prod/us-east-1/prod/a.hcl')).toBe('production us-east-1');
  expect(qualifiers('clusters/prod-eu2/ring-0/a.yaml')).toBe('production eu2, ring-0');
  expect(qualifiers('web/production/green-p01/app/a.yaml')).toBe('production green-p01');
  expect(qualifiers('web/staging/a.yaml')).toBe('staging ');
});

describe('nonproduction', () => {
  test('stands for the environments below production', () => {
    const model = inferFrom(['nonprod/dev/a.tf', 'nonprod/qa/a.tf', 'prod/a.tf', 'nonprod/a.tf']);
    expect(model.ownerOf('nonprod/a.tf')).toMatchObject({ kind: 'group', id: 'nonproduction', ids: ['development', 'qa'] });
  });
  test('is an environment itself where there is none below production', () => {
    const model = inferFrom(['nonprod/a.tf', 'prod/a.tf']);
    expect(model.ownerOf('nonprod/a.tf')).toMatchObject({ kind: 'environment', id: 'nonproduction' });
  });
});

describe('the config', () => {
  const files = ['clusters/amber-p01/a.yaml', 'clusters/amber-d01/a.yaml', 'apps/dev/a.yaml', 'apps/prod/a.yaml', 'namespaces/pay-7/a.yaml'];

  test('names clusters and namespaces that have no word in them', () => {
    const config = [
      { id: 'prod', matchesCluster: (name: string) => /-p\d+$/.test(name) },
      { id: 'labs', tier: 'development', matchesNamespace: (name: string) => name === 'pay-7' } as const,
    ];
    const model = inferFrom(files, { config });
    expect(files.map(file => ownerIn(model, file))).toEqual(['production', 'unknown', 'development', 'production', 'labs']);
    expect(model.environments.map(({ id, tier, rank }) => `${id} ${tier} ${rank}`)).toEqual([
      'development development 10',
      'labs development 10',
      'production production 40',
    ]);
  });
  test('wins over names, tiers and ranks', () => {
    const config = [{ id: 'staging', rank: 5, tier: 'test', matchesPath: (path: string) => path.startsWith('apps/') } as const];
    const model = inferFrom(files, { config });
    expect(ownerIn(model, 'apps/prod/a.yaml')).toBe('staging');
    expect(model.find('stg')).toMatchObject({ id: 'staging', rank: 5, tier: 'test' });
  });
  test('says which environment may build on which', () => {
    const model = inferFrom(files, { inherits: { prod: ['dev'] } });
    expect(model.find('production')).toMatchObject({ inherits: ['development'] });
  });
  test('that gives a path to two environments leaves it unknown', () => {
    const config = [
      { id: 'one', matchesPath: () => true },
      { id: 'two', matchesPath: () => true },
    ];
    expect(inferFrom(files, { config }).ownerOf('apps/dev/a.yaml')).toEqual({
      kind: 'unknown',
      why: 'the config gives "apps/dev/a.yaml" to one and to two',
    });
  });
});

test('every decision has its evidence', () => {
  const model = inferFrom([
    'apps/prod/a.yaml',
    'apps/dev/a.yaml',
    'clusters/qa-eu/a.yaml',
    'web/values-dev.yaml',
    'web/values-prod.yaml',
    'x/uat/a.yaml',
  ]);
  const says = (path: string) => {
    const owner = model.ownerOf(path);
    return owner.kind === 'environment' ? owner.evidence.map(evidence => evidence.says) : owner;
  };
  expect(says('apps/prod/a.yaml')).toEqual(['"apps/prod" stands beside "dev"']);
  expect(says('clusters/qa-eu/a.yaml')).toEqual(['"clusters/qa-eu" stands in a folder named "clusters"']);
  expect(says('web/values-dev.yaml')).toEqual(['"web/values-dev.yaml" stands beside "values-prod.yaml"']);
  expect(says('x/uat/a.yaml')).toEqual(['"x/uat" is called what only environments are called']);
});
