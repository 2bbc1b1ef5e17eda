import { deliveringUnits } from '../../src/core/including-kustomizations.ts';
import type { RepoPath } from '../../src/core/place.ts';
import type { Kustomization, Reference, Repo, Unit } from '../../src/core/repo.ts';
import { isWithin } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

export const loadRestriction = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A kustomization that Argo CD builds takes a file from outside of its folder.',
  rationale:
    'Argo CD and the kustomize command load files from the folder of the kustomization and below it alone; Flux loads from anywhere, and so hides the mistake. Folders with a kustomization of their own may stand anywhere. Silent where a build option of the repository lifts the restriction, and where it is not known who builds.',
  since: '0.1.0',

  *check(repo) {
    const judged = [...repo.kustomizations.values()].flatMap(kustomization => filesOutside(kustomization, repo));
    if (judged.length === 0) return;
    const excuse = excuseFor(judged, repo);
    for (const { reference, folder, builder } of judged) {
      if (excuse !== undefined || builder === undefined) {
        yield { at: reference.from, skipped: excuse ?? 'it is not known who builds the kustomization' };
      } else {
        yield {
          at: reference.from,
          message: `"${reference.target}" stands outside of "${folder}", and Argo CD refuses that for "${builder.name}": take in a folder with a kustomization of its own, or move the file`,
          ...(reference.to !== undefined && { causes: [reference.to] }),
        };
      }
    }
  },

  examples: {
    bad: [
      {
        title: 'a file of a neighbour',
        files: {
          'argocd/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web, namespace: argocd }
            spec:
              project: web
              source: { repoURL: https://git.example.org/acme/platform, path: apps/web, targetRevision: HEAD }
              destination: { server: https://kubernetes.default.svc, namespace: web }
          `,
          'apps/web/kustomization.yaml': `
            resources:
              - ../common
              - ../common/namespace.yaml
            patches:
              - path: ../common/limits.yaml
          `,
          'apps/common/kustomization.yaml': 'resources: [namespace.yaml]\n',
          'apps/common/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n',
          'apps/common/limits.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: web, labels: { tier: web } }\n',
        },
        findings: [
          'apps/web/kustomization.yaml:3:5 "../common/namespace.yaml" stands outside of "apps/web", and Argo CD refuses that for "web": take in a folder with a kustomization of its own, or move the file',
          'apps/web/kustomization.yaml:5:11 "../common/limits.yaml" stands outside of "apps/web", and Argo CD refuses that for "web": take in a folder with a kustomization of its own, or move the file',
        ],
      },
    ],
    good: [
      {
        title: 'the same with Flux',
        files: {
          'clusters/main/web.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: web, namespace: flux-system }
            spec:
              interval: 10m
              path: ./apps/web
              prune: true
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'clusters/main/flux-system/gotk-sync.yaml': `
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: { name: flux-system, namespace: flux-system }
            spec: { interval: 1m, url: https://git.example.org/acme/platform, ref: { branch: main } }
          `,
          'apps/web/kustomization.yaml': 'resources:\n  - ../common/namespace.yaml\n',
          'apps/common/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n',
        },
      },
      {
        title: 'folders, and files below',
        files: {
          'argocd/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web, namespace: argocd }
            spec:
              project: web
              source: { repoURL: https://git.example.org/acme/platform, path: apps/web, targetRevision: HEAD }
              destination: { server: https://kubernetes.default.svc, namespace: web }
          `,
          'apps/web/kustomization.yaml': 'resources:\n  - ../common\n  - network/policy.yaml\n',
          'apps/web/network/policy.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n',
          'apps/common/kustomization.yaml': 'namespace: web\n',
        },
      },
    ],
    unknown: [
      {
        title: 'Argo CD is told to load from anywhere',
        files: {
          'argocd/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: argocd-cm, namespace: argocd, labels: { app.kubernetes.io/part-of: argocd } }
            data:
              kustomize.buildOptions: --load-restrictor LoadRestrictionsNone
          `,
          'argocd/web.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: web, namespace: argocd }
            spec:
              project: web
              source: { repoURL: https://git.example.org/acme/platform, path: apps/web, targetRevision: HEAD }
              destination: { server: https://kubernetes.default.svc, namespace: web }
          `,
          'apps/web/kustomization.yaml': 'resources:\n  - ../common/namespace.yaml\n',
          'apps/common/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: web }\n',
        },
      },
    ],
  },
});

interface FileOutside {
  readonly reference: Reference;
  readonly folder: RepoPath;
  /** The Application that builds it for certain; absent where that is not known. */
  readonly builder: Unit | undefined;
}

/** What Flux alone builds may load from anywhere. */
function filesOutside({ path, folder }: Kustomization, repo: Repo): FileOutside[] {
  const outside = (repo.referencesFrom.get(path) ?? []).filter(
    ({ kind, state, to }) =>
      kind.startsWith('kustomize-') && state === 'resolved' && to !== undefined && repo.entries.get(to) === 'file' && !isWithin(to, folder),
  );
  if (outside.length === 0) return [];
  const units = deliveringUnits(repo, path);
  if (units.length > 0 && units.every(({ kind }) => kind === 'flux-kustomization')) return [];
  const builder = repo.reach.get(path)?.certainty === 'yes' ? units.find(({ kind }) => kind === 'argocd-application') : undefined;
  return outside.map(reference => ({ reference, folder, builder }));
}

/** The settings of Argo CD may stand elsewhere: then many such files say that the restriction is lifted. */
function excuseFor(judged: readonly FileOutside[], { files, resources }: Repo): string | undefined {
  for (const { text } of files.values()) if (text.includes('LoadRestrictionsNone')) return 'build options lift the restriction';
  if (resources.some(({ kind, name }) => kind === 'ConfigMap' && name === 'argocd-cm')) return undefined;
  const folders = new Set(judged.map(({ folder }) => folder));
  return folders.size > fewFolders ? 'so many folders do it that the restriction must be lifted' : undefined;
}

const fewFolders = 3;
