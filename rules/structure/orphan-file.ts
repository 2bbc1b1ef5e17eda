import { objectClasses } from '../../src/core/classification.ts';
import type { SourceFile } from '../../src/core/document.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import { at, type RepoPath } from '../../src/core/place.ts';
import { objectReferences, type Repo, type Resource } from '../../src/core/repo.ts';
import { folderOf, nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

export const orphanFile = defineRule({
  severity: 'warning',
  presets: { recommended: {}, strict: { options: { where: 'everywhere' } }, regulated: { options: { where: 'everywhere' } } },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A manifest is delivered by nothing.',
  rationale:
    'It looks as if it were in the cluster and is not: somebody forgot to list it, or to take it away. A file beside others that are delivered is nearly always forgotten; `where: everywhere` reports all.',
  since: '0.1.0',
  options: {
    schema: {
      where: {
        enum: ['beside-delivered-files', 'everywhere'],
        description: 'Report files in folders of which other files are delivered, or in all folders.',
      },
    },
    defaults: { where: 'beside-delivered-files' },
  },

  *check(repo, { options }) {
    const orphans = [...undeliveredManifests(repo)];
    if (options.where === 'everywhere') yield* unusedKustomizations(repo);
    if (orphans.length === 0) return;
    const isForgotten = forgottenFinder(orphans, repo);
    const open = openRoots(repo);
    for (const [path, resource] of orphans) {
      const place = at(resource.document, ...resource.field, 'kind');
      if (repo.reach.has(path)) {
        yield { at: place, skipped: 'it may be delivered: a path is not known, or a script or text names it' };
        continue;
      }
      if ((options.where !== 'everywhere' && !isForgotten(path)) || isListed(path, repo)) continue;
      const kustomization = kustomizationIn(folderOf(path), repo);
      if (kustomization === undefined && open.some(prefix => path.startsWith(prefix))) {
        yield { at: place, skipped: 'the path of a unit is not known' };
        continue;
      }
      const remedy = kustomization === undefined ? 'add it to what is delivered, or take it away' : `list it in "${kustomization}", or take it away`;
      yield { at: place, message: `nothing delivers "${nameOf(path)}": ${remedy}`, ...(kustomization !== undefined && { causes: [kustomization] }) };
    }
  },

  examples: {
    bad: [
      {
        title: 'a policy that nobody lists',
        files: {
          'apps/shop/kustomization.yaml': 'resources:\n  - service.yaml\n',
          'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'apps/shop/policy.yaml': 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: shop }\n',
        },
        findings: ['apps/shop/policy.yaml:2:7 nothing delivers "policy.yaml": list it in "apps/shop/kustomization.yaml", or take it away'],
      },
      {
        title: 'a source that is used and not listed, in a folder that the readme names',
        files: {
          'README.md': 'What other things need stands in `infrastructure/dns`.\n',
          'infrastructure/dns/kustomization.yaml': 'resources: [release.yaml]\n',
          'infrastructure/dns/release.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: { name: dns, namespace: dns }
            spec: { chart: { spec: { chart: dns, sourceRef: { kind: HelmRepository, name: dns } } } }
          `,
          'infrastructure/dns/source.yaml':
            'apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: { name: dns, namespace: dns }\nspec: { url: https://charts.example.org }\n',
        },
        findings: [
          'infrastructure/dns/source.yaml:2:7 nothing delivers "source.yaml": list it in "infrastructure/dns/kustomization.yaml", or take it away',
        ],
      },
      {
        title: 'a folder below one that Argo CD reads without its subfolders',
        preset: 'strict',
        files: {
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              source: { repoURL: https://git.example.org/acme/fleet.git, path: apps/shop }
          `,
          'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'apps/shop/jobs/report.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: report }\n',
        },
        findings: ['apps/shop/jobs/report.yaml:2:7 nothing delivers "report.yaml": add it to what is delivered, or take it away'],
      },
      {
        title: 'a base that no overlay uses',
        preset: 'strict',
        files: {
          'apps/shop/base/kustomization.yaml': 'resources: [service.yaml]\n',
          'apps/shop/base/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'argocd/pay.yaml':
            'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: pay }\nspec: { source: { repoURL: https://git.example.org/acme/fleet.git, path: apps/pay } }\n',
          'apps/pay/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: pay }\n',
        },
        findings: ['apps/shop/base/kustomization.yaml:1:1 nothing includes this kustomization: include it, or take it away'],
      },
      {
        title: 'an environment called test',
        files: {
          'envs/test/kustomization.yaml': 'resources: [service.yaml]\n',
          'envs/test/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'envs/test/policy.yaml': 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: shop }\n',
          'envs/production/kustomization.yaml': 'resources: [service.yaml]\n',
          'envs/production/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
        },
        findings: ['envs/test/policy.yaml:2:7 nothing delivers "policy.yaml": list it in "envs/test/kustomization.yaml", or take it away'],
      },
    ],
    good: [
      {
        title: 'everything is listed; values, examples and documentation are no manifests',
        files: {
          'apps/shop/kustomization.yaml': 'resources: [service.yaml]\nconfigMapGenerator: [{ name: a, files: [settings.yaml] }]\n',
          'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'apps/shop/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: inner }\n',
          'apps/shop/values.yaml': 'replicas: 1\n',
          'examples/kustomization.yaml': 'resources: []\n',
          'examples/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
        },
      },
      {
        title: 'a plain layout',
        preset: 'strict',
        files: {
          'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'infrastructure/dns/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: dns }\n',
        },
      },
      {
        title: 'Flux delivers every manifest of a folder without a kustomization',
        preset: 'strict',
        files: {
          'clusters/oslo/shop.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: shop, namespace: flux-system }
            spec:
              path: ./apps/shop
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'apps/shop/jobs/report.yaml': 'apiVersion: batch/v1\nkind: CronJob\nmetadata: { name: report }\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a file that a script applies',
        files: {
          'apps/shop/kustomization.yaml': 'resources: [service.yaml]\n',
          'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'apps/shop/migrate.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate }\n',
          'run.sh': 'kubectl apply -f apps/shop/migrate.yaml\n',
        },
      },
    ],
  },
});

/** Classes of files that a cluster can take. */
const deliverable: ReadonlySet<SourceFile['classification']['class']> = new Set([...objectClasses, 'strategic-merge-patch']);

/** Configuration of tools in the shape of objects. */
const toolGroups =
  /(^|\.)(eksctl\.io|kind\.x-k8s\.io|kubeadm\.k8s\.io|config\.k8s\.io|k3d\.io|ctlptl\.dev|skaffold|backstage\.io|cli\.kyverno\.io|kuttl\.dev|chainsaw\.kyverno\.io|kubeone\.k8c\.io|audit\.k8s\.io|kpt\.dev|fn\.kpt\.dev|krew\.googlecontainertools\.github\.com)$/;

/** Folders whose manifests are there to be read, tried or copied. */
const undelivered =
  /(^|\/)(\.[^/]+|docs?|documentation|examples?|samples?|demos?|tests?|e2e|testdata|fixtures|hack|scripts?|tools|templates?|skeletons?|archived?|deprecated|disabled|unused|old|bootstrap|exclude|upstream|vendor(ed)?|third[_-]party)\//i;

/** An environment may be called test: its own name says nothing of what stands in it. */
function isAside(path: RepoPath, { owners }: Repo): boolean {
  const owner = owners.get(path);
  if (owner?.kind !== 'environment' || !path.startsWith(`${owner.anchor}/`)) return undelivered.test(path);
  return undelivered.test(folderOf(owner.anchor) + path.slice(owner.anchor.length));
}

/** The manifests that are not delivered for certain, with the first object of each. */
function* undeliveredManifests(repo: Repo): Generator<readonly [RepoPath, Resource]> {
  let last: RepoPath | undefined;
  for (const resource of repo.resources) {
    const { path } = resource.document;
    if (path === last || repo.reach.get(path)?.certainty === 'yes') continue;
    last = path;
    const file = repo.files.get(path);
    if (file === undefined || !deliverable.has(file.classification.class) || file.classification.template !== undefined) continue;
    if (isAside(path, repo) || toolGroups.test(resource.group) || repo.kustomizations.has(path)) continue;
    if (file.classification.generated === true || file.text.includes('# +argocd:skip-file-rendering')) continue;
    yield [path, resource];
  }
}

/**
 * A file is forgotten rather than left out where its folder delivers at least as many. Plain Secrets, and what is named
 * as an example, are kept to be filled in and applied by hand.
 */
function forgottenFinder(
  orphans: readonly (readonly [RepoPath, Resource])[],
  { resources, kustomizations, reach, files }: Repo,
): (path: RepoPath) => boolean {
  const left = new Map<RepoPath, number>();
  for (const [path] of orphans) left.set(folderOf(path), (left.get(folderOf(path)) ?? 0) + 1);
  const delivered = new Map<RepoPath, Set<RepoPath>>();
  for (const path of [...kustomizations.keys(), ...resources.map(({ document }) => document.path)]) {
    const folder = folderOf(path);
    if (left.has(folder) && reach.get(path)?.certainty === 'yes') delivered.set(folder, (delivered.get(folder) ?? new Set()).add(path));
  }
  return path =>
    (delivered.get(folderOf(path))?.size ?? 0) >= (left.get(folderOf(path)) ?? 0) &&
    files.get(path)?.classification.class !== 'secret' &&
    !/example|sample|template|placeholder|^_/i.test(nameOf(path));
}

/** What is known of the paths that are not known: a unit of this repository may deliver everything that begins so. */
function openRoots({ units }: Repo): string[] {
  const prefixes = new Set<string>();
  for (const { sources } of units) {
    for (const { repository, path, chart } of sources) {
      if (repository === 'other' || chart !== undefined || path === undefined || 'known' in path) continue;
      prefixes.add('partial' in path ? path.partial.replace(/^(\.?\/)+/, '') : '');
    }
  }
  return [...prefixes];
}

function kustomizationIn(folder: RepoPath, { kustomizations }: Repo): RepoPath | undefined {
  for (const name of ['kustomization.yaml', 'kustomization.yml', 'Kustomization']) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (kustomizations.has(path)) return path;
  }
  return undefined;
}

/** One cause, one finding: what a file that is an orphan itself lists is not reported again. */
function isListed(path: RepoPath, repo: Repo): boolean {
  return (repo.referencesTo.get(path) ?? []).some(({ from, kind }) => from.path !== path && !objectReferences.has(kind));
}

/** Bases that nothing uses, where this repository is not a library for others. */
function* unusedKustomizations(repo: Repo): Generator<Report | Skip> {
  if (!repo.units.some(({ kind, sources }) => /^(argocd|flux)/.test(kind) && sources.some(({ path }) => path !== undefined && 'known' in path)))
    return;
  const open = openRoots(repo);
  for (const { path, folder, kind, includedBy, document } of repo.kustomizations.values()) {
    if (kind === 'Component' || includedBy.length > 0 || repo.reach.has(path) || isAside(path, repo)) continue;
    if ((repo.referencesTo.get(folder)?.length ?? 0) > 0) continue;
    const place = { path: document.path };
    if (open.some(prefix => path.startsWith(prefix))) yield { at: place, skipped: 'the path of a unit is not known' };
    else yield { at: place, message: 'nothing includes this kustomization: include it, or take it away' };
  }
}
