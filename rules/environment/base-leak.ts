import type { RepoPath } from '../../src/core/place.ts';
import type { ReferenceKind, Repo } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const baseLeak = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'segregation',
  summary: 'A base, component or module takes in a file of one environment.',
  rationale:
    'Every environment that builds on the base then depends on the file of one of them. A base that takes in the files of several environments is a list of them and is left alone.',
  compliance: ['RTS 8(2)(b)(v)'],
  since: '0.1.0',

  *check(repo) {
    if (repo.environments.length === 0) return;
    for (const reference of repo.references) {
      if (!takesIn.has(reference.kind)) continue;
      const own = repo.owners.get(reference.from.path);
      if (own?.kind !== 'shared' || own.by !== 'place') continue;
      if (reference.state === 'unknown' || reference.state === 'maybe') {
        yield { at: reference.from, skipped: reference.reason ?? 'it is not known which file is meant' };
        continue;
      }
      const target = reference.to === undefined ? undefined : repo.owners.get(reference.to);
      if (reference.to === undefined || (target?.kind !== 'environment' && target?.kind !== 'group')) continue;
      if (listsEnvironments(reference.from.path, repo)) continue;
      yield {
        at: reference.from,
        message: `what all environments share takes in "${reference.target}" of ${target.id}: move what they share here, and the rest to the overlay of ${target.id}`,
        related: [{ at: { path: reference.to }, message: `of ${target.id}: ${target.evidence[0]?.says ?? ''}` }],
        environments: [target.id],
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'a base that takes in a file of the production overlay',
        files: {
          'apps/pay/base/kustomization.yaml': `
            resources:
              - deployment.yaml
              - ../overlays/prod/settings.yaml
          `,
          'apps/pay/base/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: pay }\n',
          'apps/pay/overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
          'apps/pay/overlays/prod/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: pay }\n',
          'apps/pay/overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
        },
        findings: [
          'apps/pay/base/kustomization.yaml:3:5 what all environments share takes in "../overlays/prod/settings.yaml" of production: move what they share here, and the rest to the overlay of production',
        ],
      },
    ],
    good: [
      {
        title: 'a base below an environment, which is of that environment',
        files: {
          'policies/base/kustomization.yaml': 'resources: []\n',
          'policies/staging/base/kustomization.yaml': 'resources: [../../base, ../limits.yaml]\n',
          'policies/staging/limits.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: limits }\n',
          'policies/production/base/kustomization.yaml': 'resources: [../../base]\n',
        },
      },
      {
        title: 'a list of all environments',
        files: {
          'bootstrap/base/kustomization.yaml': 'resources: [../prod.yaml, ../dev.yaml]\n',
          'bootstrap/prod.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: prod }\n',
          'bootstrap/dev.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: dev }\n',
        },
      },
      {
        title: 'components that are the apps themselves',
        files: {
          'components/mail/kustomization.yaml': 'resources: [./production]\n',
          'components/mail/production/kustomization.yaml': 'resources: []\n',
          'components/mail/development/kustomization.yaml': 'resources: []\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a path that is filled in later',
        files: {
          'apps/pay/base/kustomization.yaml': 'resources: ["../overlays/{{ environment }}/settings.yaml"]\n',
          'apps/pay/overlays/prod/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: pay }\n',
        },
      },
    ],
  },
});

/** References by which one file becomes a part of what another builds. */
const takesIn: ReadonlySet<ReferenceKind> = new Set([
  'kustomize-resource',
  'kustomize-base',
  'kustomize-component',
  'kustomize-patch',
  'kustomize-generator-file',
  'kustomize-configuration',
  'kustomize-replacement',
  'kustomize-helm-values',
  'helm-dependency',
  'terraform-module',
] as const);

/** A file that takes in what is of several environments is a list of them. */
function listsEnvironments(path: RepoPath, { owners, referencesFrom }: Repo): boolean {
  const ids = new Set<string>();
  for (const { kind, to } of referencesFrom.get(path) ?? []) {
    const owner = takesIn.has(kind) && to !== undefined ? owners.get(to) : undefined;
    if (owner && 'id' in owner) ids.add(owner.id);
  }
  return ids.size > 1;
}
