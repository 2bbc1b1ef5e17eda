import { didYouMean } from '../../src/core/did-you-mean.ts';
import { fieldsAt } from '../../src/core/fields.ts';
import { at, isFieldPlace, within } from '../../src/core/place.ts';
import type { Repo, Unit } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const dependsOn = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A Flux unit waits for one that does not exist or is suspended.',
  rationale:
    'Flux starts a unit when all that it depends on are ready. One that is missing, of another kind, in another namespace or suspended never is, and the unit waits for good. Units that wait for each other are reported by `reference/cycle`.',
  since: '0.1.0',

  *check(repo) {
    const units = new Map(repo.units.map(unit => [unit.id, unit]));
    for (const reference of repo.references) {
      if (reference.kind !== 'flux-depends-on') continue;
      const { from, state, target, reason, object } = reference;
      const kind = units.get(reference.unit ?? '')?.kind === 'flux-helm-release' ? 'HelmRelease' : 'Kustomization';
      if (state === 'unknown') yield { at: from, skipped: reason ?? 'the dependency is not known' };
      if (
        state === 'resolved' &&
        object !== undefined &&
        isSuspended(object.value) &&
        !isSuspended(units.get(reference.unit ?? '')?.resource?.value)
      ) {
        yield {
          at: from,
          message: `${kind} "${target}" is suspended: resume it, or do not wait for it`,
          related: [{ at: at(object.document, ...object.field, 'spec', 'suspend'), message: 'here' }],
        };
      }
      if (state !== 'missing') continue;
      const near = reason === undefined ? didYouMean(target, namesOf(kind, units.get(reference.unit ?? ''), repo)) : undefined;
      const problem = reason === undefined ? `${kind} "${target}" does not exist` : `${kind} "${target}" does not answer: ${reason}`;
      yield {
        at: from,
        message: near === undefined ? problem : `${problem}: did you mean "${near}"?`,
        ...(near !== undefined &&
          isFieldPlace(from) && {
            fix: { title: `write "${near}"`, safety: 'suggestion', edits: [{ replace: within(from, target), by: near }] } as const,
          }),
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'a misspelt dependency',
        files: {
          'clusters/oslo/units.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: shop, namespace: flux-system }
            spec:
              path: ./apps/shop
              sourceRef: { kind: GitRepository, name: flux-system }
              dependsOn:
                - name: infrastrcture
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: infrastructure, namespace: flux-system }
            spec:
              path: ./infrastructure
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'apps/shop/kustomization.yaml': 'resources: []\n',
          'infrastructure/kustomization.yaml': 'resources: []\n',
        },
        findings: ['clusters/oslo/units.yaml:8:13 Kustomization "infrastrcture" does not exist: did you mean "infrastructure"?'],
        fixed: {
          'clusters/oslo/units.yaml':
            'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: flux-system }\nspec:\n  path: ./apps/shop\n  sourceRef: { kind: GitRepository, name: flux-system }\n  dependsOn:\n    - name: infrastructure\n---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: infrastructure, namespace: flux-system }\nspec:\n  path: ./infrastructure\n  sourceRef: { kind: GitRepository, name: flux-system }\n',
        },
      },
      {
        title: 'suspended, another kind, another namespace',
        files: {
          'apps/units.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: shop, namespace: shop }
            spec:
              chart: { spec: { chart: shop, sourceRef: { kind: HelmRepository, name: charts } } }
              dependsOn:
                - name: cache
                - name: network
                - name: pay
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: cache, namespace: shop }
            spec:
              suspend: true
              chart: { spec: { chart: cache, sourceRef: { kind: HelmRepository, name: charts } } }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: pay, namespace: pay }
            spec:
              chart: { spec: { chart: pay, sourceRef: { kind: HelmRepository, name: charts, namespace: shop } } }
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: network, namespace: shop }
          `,
        },
        findings: [
          'apps/units.yaml:7:13 HelmRelease "cache" is suspended: resume it, or do not wait for it',
          'apps/units.yaml:8:13 HelmRelease "network" does not answer: "network" is a Kustomization',
          'apps/units.yaml:9:13 HelmRelease "pay" does not answer: it is in the namespace "pay", not in "shop"',
        ],
      },
    ],
    good: [
      {
        title: 'a dependency in the namespace that is named',
        files: {
          'clusters/oslo/units.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: shop, namespace: shop }
            spec:
              dependsOn: [{ name: infrastructure, namespace: flux-system }]
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: infrastructure, namespace: flux-system }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a variable, and a dependency that another repository may deliver',
        files: {
          'clusters/oslo/units.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: shop, namespace: flux-system }
            spec:
              path: ./
              sourceRef: { kind: GitRepository, name: elsewhere }
              dependsOn: [{ name: "\${REGION}-network" }, { name: certificates }]
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: { name: elsewhere, namespace: flux-system }
            spec: { url: https://git.example.org/acme/elsewhere }
          `,
        },
      },
    ],
  },
});

function isSuspended(value: unknown): boolean {
  return fieldsAt(fieldsAt({ value }, 'value'), 'spec').suspend === true;
}

function* namesOf(kind: string, unit: Unit | undefined, { resources }: Repo): Generator<string> {
  for (const resource of resources) {
    if (resource.kind === kind && resource.name !== undefined && resource.group.endsWith('.toolkit.fluxcd.io') && resource !== unit?.resource)
      yield resource.name;
  }
}
