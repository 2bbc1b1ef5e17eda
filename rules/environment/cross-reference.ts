import { type EnvironmentOwner, environmentsOf, includesProduction } from '../../src/core/environment.ts';
import type { Edit, Fix } from '../../src/core/finding.ts';
import { isFieldPlace, type RepoPath, within } from '../../src/core/place.ts';
import type { Reference, ReferenceKind, Repo, Unit } from '../../src/core/repo.ts';
import { folderOf, nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

export const crossReference = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'segregation',
  summary: 'One environment takes in a file of another.',
  rationale:
    'Who edits that file changes both environments at once, though it stands in the folder of one. Where production is one of the two this is an error, else a warning. An environment that is built on the whole folder of another is reported by `environment/used-as-base`.',
  compliance: ['RTS 8(2)(b)(v)', 'IR 6.8'],
  since: '0.1.0',

  *check(repo) {
    if (repo.environments.length === 0) return;
    for (const reference of repo.references) {
      if (namesObject.has(reference.kind)) continue;
      const own = repo.owners.get(reference.from.path);
      if (own?.kind !== 'environment' && own?.kind !== 'group') continue;
      if (reference.state === 'unknown' || reference.state === 'maybe') {
        yield { at: reference.from, skipped: reference.reason ?? 'it is not known which file is meant' };
        continue;
      }
      const target = reference.to === undefined ? undefined : repo.owners.get(reference.to);
      if (reference.to === undefined || (target?.kind !== 'environment' && target?.kind !== 'group')) continue;
      if (mayShare(own, target, repo) || isUsedAsBase(reference, own, target, repo)) continue;
      if (isMeant(reference, target, repo) || isLastValuesFile(reference, repo)) continue;
      const environments = [own.id, target.id];
      const other = counterpart(reference.to, own, target, repo);
      const fix = other && swapName(reference, target.anchor, other);
      yield {
        at: reference.from,
        severity: includesProduction([...environmentsOf(own), ...environmentsOf(target), ...environments], repo.environments) ? 'error' : 'warning',
        message: `${own.id} takes in "${reference.target}" of ${target.id}: use ${fix ? `"${fix.target}"` : `a file of ${own.id}, or one that both share`}`,
        related: [{ at: { path: reference.to }, message: `of ${target.id}: ${target.evidence[0]?.says ?? ''}` }],
        environments,
        ...(fix && { fix: fix.fix }),
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'a test environment patched with the file of production',
        files: {
          'apps/pay/test/kustomization.yaml': `
            resources:
              - ../../../base/pay
            patches:
              - path: ../../api/prod.yaml
          `,
          'apps/pay/prod/kustomization.yaml': 'resources: [../../../base/pay]\n',
          'apps/api/prod.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: pay }\n',
          'apps/api/test.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: pay }\n',
          'base/pay/kustomization.yaml': 'resources: []\n',
        },
        findings: ['apps/pay/test/kustomization.yaml:4:11 test takes in "../../api/prod.yaml" of production: use "../../api/test.yaml"'],
        fixed: {
          'apps/pay/test/kustomization.yaml': `
            resources:
              - ../../../base/pay
            patches:
              - path: ../../api/test.yaml
          `,
        },
      },
      {
        title: 'a cluster of staging that delivers what is for development',
        files: {
          'clusters/staging/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 10m
              path: ./apps/development
              prune: true
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'clusters/staging/source.yaml': `
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: { name: flux-system, namespace: flux-system }
            spec:
              interval: 1m
              url: https://git.example.org/shop/fleet
              ref: { branch: main }
          `,
          'apps/development/kustomization.yaml': 'resources: []\n',
          'apps/staging/kustomization.yaml': 'resources: []\n',
        },
        findings: ['clusters/staging/apps.yaml:6:9 staging takes in "./apps/development" of development: use "./apps/staging"'],
        fixed: {
          'clusters/staging/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 10m
              path: ./apps/staging
              prune: true
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
        },
      },
    ],
    good: [
      {
        title: 'a base, a file of the own environment, and one of the group that the environment is in',
        files: {
          'web/base/kustomization.yaml': 'resources: []\n',
          'web/overlays/production/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: replicas.yaml }]\n',
          'web/overlays/production/replicas.yaml': 'kind: Deployment\napiVersion: apps/v1\nmetadata: { name: web }\nspec: { replicas: 3 }\n',
          'web/overlays/staging/kustomization.yaml': 'resources: [../../base]\npatches: [{ path: ../nonprod/replicas.yaml }]\n',
          'web/overlays/nonprod/replicas.yaml': 'kind: Deployment\napiVersion: apps/v1\nmetadata: { name: web }\nspec: { replicas: 1 }\n',
        },
      },
      {
        title: 'a product that is called integration',
        files: {
          'components/integration/kustomization.yaml': 'resources: []\n',
          'clusters/production/kustomization.yaml': 'resources: [../../components/integration]\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a path that is filled in later',
        files: {
          'clusters/staging/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 10m
              path: ./apps/\${ENVIRONMENT}
              prune: true
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'apps/production/kustomization.yaml': 'resources: []\n',
        },
      },
    ],
  },
});

/** References to objects by name, and patterns over many folders: none of them is an edge to a file of one environment. */
const namesObject: ReadonlySet<ReferenceKind> = new Set([
  'flux-source',
  'flux-depends-on',
  'flux-values-from',
  'flux-substitute-from',
  'argocd-generator',
  'plain-share',
] as const);

type Owned = Extract<EnvironmentOwner, { readonly id: string }>;

/** One environment, a group and its member, or an environment that the other inherits by the config. */
function mayShare(own: Owned, target: Owned, { environments }: Repo): boolean {
  const theirs = new Set([target.id, ...environmentsOf(target)]);
  const ours = [own.id, ...environmentsOf(own)];
  return ours.some(id => theirs.has(id) || environments.find(environment => environment.id === id)?.inherits?.some(base => theirs.has(base)));
}

/** The folder of another environment of the same app is another rule's business. */
function isUsedAsBase({ kind, to }: Reference, own: Owned, target: Owned, { entries }: Repo): boolean {
  const isInclude = kind === 'kustomize-resource' || kind === 'kustomize-base' || kind === 'kustomize-component';
  return isInclude && to !== undefined && entries.get(to) === 'folder' && folderOf(own.anchor) === folderOf(target.anchor);
}

/** A controller that stands in one environment delivers to others too: its object says so by its destination or its name. */
function isMeant({ kind, from, unit }: Reference, target: Owned, repo: Repo): boolean {
  if (!/^(argocd|flux|helmfile)-/.test(kind)) return false;
  const ids = new Set([target.id, ...environmentsOf(target)]);
  const words = [target.id, nameOf(target.anchor).replace(/\..*$/, '').toLowerCase()];
  return repo.units.some(({ id, at, name, destination, environment, madeBy }) => {
    if (unit === undefined ? at.path !== from.path : id !== unit) return false;
    if (environmentsOf(environment).some(environmentId => ids.has(environmentId))) return true;
    if (madeBy !== undefined && listsEnvironments(from.path, repo)) return true;
    const texts = [name, nameOf(from.path), destination?.namespace ?? '', destination?.cluster ?? ''];
    return texts.some(text => words.some(word => `-${text.toLowerCase().replace(/[^a-z\d]+/g, '-')}-`.includes(`-${word}-`)));
  });
}

/** An ApplicationSet that takes from the folders of several environments stands in one of them and is for all. */
function listsEnvironments(path: RepoPath, { owners, referencesFrom }: Repo): boolean {
  const ids = new Set<string>();
  for (const { kind, to, unit } of referencesFrom.get(path) ?? []) {
    const owner = kind.startsWith('argocd-') && unit !== undefined && to !== undefined ? owners.get(to) : undefined;
    if (owner && 'id' in owner) ids.add(owner.id);
  }
  return ids.size > 1;
}

/** The values file that wins is `environment/values-file`'s business in production. */
function isLastValuesFile({ kind, from }: Reference, { units, environments }: Repo): boolean {
  if (!/^(argocd|flux|helmfile)-values$/.test(kind)) return false;
  const isProduction = ({ environment }: Unit) => includesProduction(environmentsOf(environment), environments);
  return units.some(unit => isProduction(unit) && unit.sources.some(({ valueFiles }) => valueFiles.at(-1)?.from === from));
}

/** What stands beside the other environment's file or folder for the own one: the path that takes the place of the target's anchor. */
function counterpart(to: RepoPath, own: Owned, target: Owned, { entries, owners }: Repo): RepoPath | undefined {
  const above = folderOf(target.anchor);
  for (const path of entries.keys()) {
    if (folderOf(path) !== above || !differInOneWord(nameOf(path), nameOf(target.anchor))) continue;
    const owner = owners.get(path);
    const isOwn = owner !== undefined && 'id' in owner && owner.id === own.id && owner.anchor === path;
    if (isOwn && entries.get(path + to.slice(target.anchor.length)) === entries.get(to)) return path;
  }
  return undefined;
}

function differInOneWord(a: string, b: string): boolean {
  const words = a.split(/[-_.]/);
  const others = b.split(/[-_.]/);
  return words.length === others.length && words.filter((word, index) => word !== others[index]).length === 1;
}

function swapName({ from, target }: Reference, anchor: RepoPath, other: RepoPath): { readonly target: string; readonly fix: Fix<Edit> } | undefined {
  const name = nameOf(anchor);
  if (!isFieldPlace(from) || target.split(name).length !== 2) return undefined;
  const edits = [{ replace: within(from, name), by: nameOf(other) }];
  return { target: target.replace(name, nameOf(other)), fix: { title: `use "${nameOf(other)}"`, safety: 'suggestion', edits } };
}
