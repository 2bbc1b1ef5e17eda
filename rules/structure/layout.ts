import type { DocumentClass } from '../../src/core/classification.ts';
import { environmentsOf } from '../../src/core/environment.ts';
import type { Report } from '../../src/core/finding.ts';
import { deliveringUnits } from '../../src/core/including-kustomizations.ts';
import type { RepoPath } from '../../src/core/place.ts';
import type { Repo } from '../../src/core/repo.ts';
import { nameOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

/** A way to lay out a repository, by the folders at its root. */
const layouts = {
  article: ['apps', 'infrastructure', 'environments'],
  'flux-monorepo': ['apps', 'infrastructure', 'clusters'],
  'flux-team': ['clusters', 'infrastructure', 'tenants'],
  'argo-overlays': ['base', 'overlays', 'components'],
  jx3: ['helmfiles', 'charts', 'versionStream', 'config-root'],
} as const;

type LayoutName = keyof typeof layouts;

interface LayoutOptions {
  readonly layout: LayoutName | 'auto';
}

const options: LayoutOptions = { layout: 'auto' };

export const layout = defineRule({
  severity: 'note',
  presets: { recommended: {}, strict: { severity: 'warning' }, regulated: { severity: 'warning' } },
  scope: 'repo',
  mistake: 'all-in-one',
  summary: 'A manifest stands outside the folders that the rest of the repository keeps to.',
  rationale:
    'Environments, owners and path filters all hang on the layout; what stands outside it is nobody’s. The layout is recognised where four in five manifests keep to it, or named by the option; what a controller or a kustomization delivers is left where it is.',
  since: '0.1.0',
  options: {
    schema: { layout: { enum: ['auto', ...Object.keys(layouts)], description: 'The layout that the repository keeps to.' } },
    defaults: options,
  },

  *check(repo, { options: { layout: wanted } }) {
    const manifests = [...manifestsIn(repo)].filter(path => !isAside(path));
    const name = wanted === 'auto' ? recognise(manifests) : wanted;
    if (name === undefined) {
      const [first] = manifests;
      if (first !== undefined) yield { at: { path: first }, skipped: 'the repository keeps to none of the known layouts' };
      return;
    }
    const folders = layouts[name].filter(folder => manifests.some(path => folderIn(path, name) === folder));
    const outliers = new Map<string, RepoPath[]>();
    for (const path of manifests) {
      if (folderIn(path, name) !== undefined || isDeclared(path, repo)) continue;
      if (name === 'argo-overlays' && environmentsOf(repo.owners.get(path)).length > 0) continue;
      const top = topOf(path);
      outliers.set(top, [...(outliers.get(top) ?? []), path]);
    }
    for (const [top, [first, ...others]] of outliers) {
      if (first === undefined) continue;
      const subject = others.length === 0 ? `"${first}" stands` : `${others.length + 1} manifests of "${top}" stand`;
      yield {
        at: { path: first },
        message: `${subject} outside of ${list(folders.length > 0 ? folders : layouts[name])}: move ${others.length === 0 ? 'it' : 'them'} to where the others are`,
        related: others.slice(0, 5).map(path => ({ at: { path }, message: 'this one too' })),
      };
    }
    yield* judgeDomains(repo, manifests);
  },

  examples: {
    bad: [
      {
        title: 'manifests beside the folders of the layout, and one that mixes domains',
        files: {
          'apps/web/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n',
          'apps/web/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n',
          'apps/mail/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: mail }\n',
          'apps/mail/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: mail }\n',
          'apps/shop/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: shop }\n',
          'apps/shop/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: shop }\n',
          'infrastructure/all.yaml': `
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: { name: fast }
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: { name: deny }
          `,
          'environments/production/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
          'prod-stuff.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: stuff }\n',
        },
        findings: [
          'prod-stuff.yaml:1:1 "prod-stuff.yaml" stands outside of "apps", "infrastructure" and "environments": move it to where the others are',
          'infrastructure/all.yaml:1:1 "all.yaml" mixes networking and storage: give each a file in its own folder',
        ],
      },
      {
        title: 'a folder beside the layout that is configured',
        options: { layout: 'article' },
        files: {
          'k8s/new/app1-final.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: app1 }\n',
          'k8s/new/app1-service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: app1 }\n',
        },
        findings: [
          'k8s/new/app1-final.yaml:1:1 2 manifests of "k8s" stand outside of "apps", "infrastructure" and "environments": move them to where the others are',
        ],
      },
    ],
    good: [
      {
        title: 'folders of a layout, and a folder beside them that Argo CD delivers',
        files: {
          'apps/web/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n',
          'apps/web/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n',
          'apps/mail/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: mail }\n',
          'infrastructure/storage/class.yaml': 'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: fast }\n',
          'environments/production/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
          'environments/production/extras.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: extras }
            spec:
              project: extras
              source: { repoURL: https://git.example.org/shop/fleet, path: extras, targetRevision: HEAD }
              destination: { server: https://kubernetes.default.svc, namespace: extras }
          `,
          'extras/settings.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a layout of its own',
        files: {
          'web/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n',
          'mail/deployment.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: mail }\n',
        },
      },
    ],
  },
});

const manifestClasses: ReadonlySet<DocumentClass> = new Set([
  'kubernetes-manifest',
  'kubernetes-list',
  'custom-resource',
  'secret',
  'sealed-secret',
  'external-secret',
] as const);

function* manifestsIn({ files }: Repo): Generator<RepoPath> {
  for (const [path, { documents, classification }] of files) {
    if (!classification.generated && documents.some(document => manifestClasses.has(document.classification.class))) yield path;
  }
}

/** The layout that at least four in five manifests keep to, with two of its folders in use. */
function recognise(manifests: readonly RepoPath[]): LayoutName | undefined {
  let best: LayoutName | undefined;
  let most = Math.max(4, manifests.length * 0.8 - 1);
  for (const name of Object.keys(layouts) as LayoutName[]) {
    const used = new Set<string>();
    let fitting = 0;
    for (const path of manifests) {
      const folder = folderIn(path, name);
      if (folder === undefined) continue;
      used.add(folder);
      fitting++;
    }
    const isUsed = used.size >= 2 && (name !== 'argo-overlays' || used.has('overlays'));
    if (isUsed && fitting > most) [best, most] = [name, fitting];
  }
  return best;
}

/** The folder of the layout in which a file stands: anywhere on its path for overlays, at the root for the other layouts. */
function folderIn(path: RepoPath, name: LayoutName): string | undefined {
  if (name === 'argo-overlays') return /(?:^|\/)(base|overlays|components)\//.exec(path)?.[1];
  const top = topOf(path);
  return layouts[name].some(folder => folder === top) ? top : undefined;
}

function topOf(path: RepoPath): string {
  const slash = path.indexOf('/');
  return slash < 0 ? path : path.slice(0, slash);
}

/** What is no part of the delivery, or comes before it. */
function isAside(path: RepoPath): boolean {
  return (
    /(^|\/)\.[^/]/.test(path) ||
    /(^|\/)(docs?|tests?|e2e|testdata|fixtures|examples?|samples?|hack|scripts?|templates?|bootstrap|crds?|archived?)\//i.test(path)
  );
}

/** A controller or a kustomization delivers it from where it stands. */
function isDeclared(path: RepoPath, repo: Repo): boolean {
  return deliveringUnits(repo, path).some(({ kind }) => kind !== 'plain-folder');
}

const domains: Readonly<Record<string, string>> = {
  Gateway: 'networking',
  GatewayClass: 'networking',
  Ingress: 'networking',
  IngressClass: 'networking',
  NetworkPolicy: 'networking',
  PersistentVolume: 'storage',
  PersistentVolumeClaim: 'storage',
  StorageClass: 'storage',
  VolumeSnapshotClass: 'storage',
};

/** Files of the infrastructure hold one domain; what comes with a workload is of that workload. */
function* judgeDomains({ files, resources }: Repo, manifests: readonly RepoPath[]): Generator<Report> {
  const judged = new Set(manifests.filter(path => path.startsWith('infrastructure/')));
  const kinds = new Map<RepoPath, Set<string>>();
  for (const { document, kind } of judged.size === 0 ? [] : resources) {
    if (!judged.has(document.path)) continue;
    const found = kinds.get(document.path);
    if (found) found.add(kind);
    else kinds.set(document.path, new Set([kind]));
  }
  for (const [path, found] of kinds) {
    const mixed = new Set([...found].flatMap(kind => domains[kind] ?? []));
    if (mixed.size < 2 || [...found].some(kind => domains[kind] === undefined) || !files.has(path)) continue;
    yield { at: { path }, message: `"${nameOf(path)}" mixes ${[...mixed].sort().join(' and ')}: give each a file in its own folder` };
  }
}

function list(folders: readonly string[]): string {
  const quoted = folders.map(folder => `"${folder}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`;
}
