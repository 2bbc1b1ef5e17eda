import { describe, expect, test } from 'vitest';
import type { RepoPath } from '../src/core/place.ts';
import type { LintOutcome } from '../src/lint.ts';
import { ownerOf, reachOf } from './model/describe-repo.ts';
import { goldenRepository, lintFiles } from './seeds/repositories.ts';

interface Expectation {
  readonly environments: readonly string[];
  readonly units: number;
  /** Who may change a file, and whom it reaches. */
  readonly files: Readonly<Record<RepoPath, readonly [owner: string, reach: string]>>;
}

/** Healthy repositories of different layouts and house styles: they are to be understood, and nothing in them is to be found. */
const repositories: Readonly<Record<string, Expectation>> = {
  'ferry-flux': {
    environments: ['staging', 'production'],
    units: 8,
    files: {
      'apps/production/timetable.yaml': ['production', 'production'],
      'apps/staging/secrets/timetable-database.yaml': ['staging', 'staging'],
      'apps/base/berths/release.yaml': ['shared', 'production staging'],
      'infrastructure/controllers/monitoring/crossings.json': ['shared', 'production staging'],
      'clusters/production/infrastructure.yaml': ['production', 'production'],
    },
  },
  'argo-orchard': {
    environments: ['development', 'staging', 'production'],
    units: 14,
    files: {
      'workloads/blossom/overlays/development/deployment.yaml': ['development', 'development'],
      'workloads/graft-api/base/database.yaml': ['shared', 'development production staging'],
      'charts/cider-press/values-production.yaml': ['production', 'production'],
      'charts/cider-press/templates/deployment.yaml': ['shared', 'development production staging'],
      'platform/gateway/values.yaml': ['shared', 'production staging'],
      'platform/policies/strict/limits.yaml': ['shared', 'production staging'],
    },
  },
  'loom-teams': {
    environments: ['development', 'staging', 'production'],
    units: 8,
    files: {
      'weaving/bobbin/dev1/credentials.yml': ['development', 'development'],
      'weaving/bobbin/prd/replicas.yml': ['production', 'production'],
      'weaving/shuttle/base/shuttle.toml': ['shared', 'production staging'],
      'shared/components/guard/deny-all.yml': ['shared', 'production staging'],
      'shared/components/metrics/kustomization.yml': ['shared', 'development production staging'],
    },
  },
  'quarry-clusters': {
    environments: ['development', 'staging', 'production'],
    units: 3,
    files: {
      'clusters/slate-dev-01/gneiss/api.yaml': ['development', 'development'],
      'clusters/slate-stage-01/_cluster/drains.yaml': ['staging', 'staging'],
      'clusters/slate-prod-01/basalt/broker-settings.yaml': ['production', 'production'],
    },
  },
};

describe.each(Object.entries(repositories))('%s', (name, expected) => {
  const outcome: Promise<LintOutcome> = lintFiles(goldenRepository(name));

  test('has no finding', async () => {
    const { findings } = await outcome;
    expect(findings.map(({ ruleId, at, message }) => `${at.path}:${at.start.line} ${ruleId} ${message}`)).toEqual([]);
  });

  test('is understood', async () => {
    const { repo } = await outcome;
    expect(repo.environments.map(({ id }) => id)).toEqual(expected.environments);
    const files = Object.keys(expected.files).map(path => [path, [ownerOf(repo, path), reachOf(repo, path)]]);
    expect(Object.fromEntries(files)).toEqual(expected.files);
    const delivering = repo.units.filter(({ kind, environment }) => environment.kind === 'environment' && kind !== 'flux-helm-release');
    expect(delivering).toHaveLength(expected.units);
  });

  test('has no file of an unknown class', async () => {
    const { repo } = await outcome;
    expect([...repo.files.values()].filter(file => file.classification.class === 'other').map(({ path }) => path)).toEqual([]);
  });
});
