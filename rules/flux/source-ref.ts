import { didYouMean } from '../../src/core/did-you-mean.ts';
import { type Fields, isFields } from '../../src/core/fields.ts';
import { isFieldPlace, within } from '../../src/core/place.ts';
import type { Reference, Repo, Resource } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';

export const sourceRef = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A Flux unit takes its content from a source that does not exist.',
  rationale: 'The unit never becomes ready and nothing before the cluster says so: what is in it stays as it was.',
  since: '0.1.0',

  *check(repo) {
    const objects = new Map<string, Resource[]>();
    for (const resource of repo.resources) {
      if (!resource.group.startsWith('source.')) continue;
      const key = `${resource.kind} ${resource.name}`;
      const list = objects.get(key);
      if (list) list.push(resource);
      else objects.set(key, [resource]);
    }
    for (const reference of repo.references) {
      if (reference.kind !== 'flux-source') continue;
      const { from, state, target, reason } = reference;
      if (state === 'unknown') yield { at: from, skipped: reason ?? 'the source is not known' };
      const kind = kindBeside(reference, repo);
      if (state === 'resolved') {
        const elsewhere = onlyElsewhere(reference, objects.get(`${kind} ${target}`) ?? [], repo);
        if (elsewhere !== undefined) {
          yield {
            at: from,
            message: `${kind} "${target}" is delivered to ${elsewhere} only: define it here too`,
            environments: [...environmentsOf(reference, repo)],
          };
        }
      }
      if (state !== 'missing') continue;
      const near = reason === undefined ? didYouMean(target, namesOf(kind, repo)) : undefined;
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
        title: 'a misspelt source',
        files: {
          'clusters/oslo/shop.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: shop, namespace: flux-system }
            spec:
              path: ./apps/shop
              sourceRef:
                kind: GitRepository
                name: flux-sytem
          `,
          'apps/shop/kustomization.yaml': 'resources: []\n',
        },
        findings: ['clusters/oslo/shop.yaml:8:11 GitRepository "flux-sytem" does not exist: did you mean "flux-system"?'],
        fixed: {
          'clusters/oslo/shop.yaml':
            'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: shop, namespace: flux-system }\nspec:\n  path: ./apps/shop\n  sourceRef:\n    kind: GitRepository\n    name: flux-system\n',
        },
      },
      {
        title: 'another kind, another namespace, and a repository that is not defined',
        files: {
          'apps/shop/release.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: shop, namespace: shop }
            spec:
              chart:
                spec:
                  chart: shop
                  sourceRef: { kind: HelmRepository, name: charts }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: pay, namespace: shop }
            spec:
              chart:
                spec:
                  chart: pay
                  sourceRef: { kind: HelmRepository, name: podinfo }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: mail, namespace: shop }
            spec:
              chart:
                spec:
                  chart: mail
                  sourceRef: { kind: HelmRepository, name: mailers }
          `,
          'apps/shop/sources.yaml': `
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: { name: charts, namespace: shop }
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: HelmRepository
            metadata: { name: podinfo, namespace: flux-system }
          `,
        },
        findings: [
          'apps/shop/release.yaml:8:48 HelmRepository "charts" does not answer: "charts" is an OCIRepository',
          'apps/shop/release.yaml:17:48 HelmRepository "podinfo" does not answer: it is in the namespace "flux-system", not in "shop"',
          'apps/shop/release.yaml:26:48 HelmRepository "mailers" does not exist',
        ],
      },
    ],
    good: [
      {
        title: 'the source of the bootstrap, and one that stands beside',
        files: {
          'clusters/oslo/shop.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: shop, namespace: flux-system }
            spec:
              path: ./apps/shop
              sourceRef: { kind: GitRepository, name: fleet }
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: { name: fleet, namespace: flux-system }
          `,
          'apps/shop/kustomization.yaml': 'resources: []\n',
        },
      },
      {
        title: 'a fragment that patches a release',
        files: {
          'apps/shop/kustomization.yaml': 'resources: [release.yaml]\npatches: [{ path: patch.yaml }]\n',
          'apps/shop/release.yaml':
            'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop }\nspec: { chart: { spec: { chart: shop, sourceRef: { kind: HelmRepository, name: charts } } } }\n---\napiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: { name: charts }\n',
          'apps/shop/patch.yaml': 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: shop }\nspec: { values: { a: 1 } }\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a name that is filled in later, and sources that no file of the repository defines',
        files: {
          'clusters/oslo/shop.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: shop, namespace: flux-system }
            spec:
              path: ./apps/shop
              sourceRef: { kind: GitRepository, name: "\${SOURCE}" }
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: pay, namespace: flux-system }
            spec:
              path: ./apps/pay
              sourceRef: { kind: OCIRepository, name: manifests }
          `,
        },
      },
    ],
  },
});

/** The kind that stands beside the name. */
function kindBeside({ from }: Reference, { files }: Repo): string {
  if (!isFieldPlace(from)) return 'source';
  let value: unknown = files.get(from.path)?.documents[from.document]?.value;
  for (const key of from.field.slice(0, -1)) value = Array.isArray(value) ? value[Number(key)] : isFields(value) ? value[String(key)] : undefined;
  const { kind } = isFields(value) ? value : ({} as Fields);
  return typeof kind === 'string' ? kind : 'source';
}

function* namesOf(kind: string, { resources }: Repo): Generator<string> {
  if (kind === 'GitRepository') yield 'flux-system';
  for (const resource of resources) if (resource.kind === kind && resource.name !== undefined) yield resource.name;
}

/** The environments that have the source, where none of those that the unit reaches has it. */
function onlyElsewhere(reference: Reference, sources: readonly Resource[], repo: Repo): string | undefined {
  const own = environmentsOf(reference, repo);
  if (own.size === 0) return undefined;
  const others = new Set<string>();
  for (const { document } of sources) {
    const reach = repo.reach.get(document.path);
    if (reach === undefined || reach.environments.size === 0 || reach.certainty !== 'yes') return undefined;
    for (const environment of reach.environments) {
      if (own.has(environment)) return undefined;
      others.add(environment);
    }
  }
  return others.size === 0 ? undefined : [...others].sort().join(' and ');
}

function environmentsOf({ from }: Reference, { reach }: Repo): ReadonlySet<string> {
  return reach.get(from.path)?.environments ?? new Set();
}
