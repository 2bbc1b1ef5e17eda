import { fieldsAt, isFields, listAt } from '../../src/core/fields.ts';
import type { Report, Skip } from '../../src/core/finding.ts';
import { kustomizationNames } from '../../src/core/kustomization-names.ts';
import { at, type RepoPath } from '../../src/core/place.ts';
import type { Kustomization, Repo, Unit } from '../../src/core/repo.ts';
import { joinPath } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

export const ambiguousRoot = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A folder is no kustomization of the kind that it is used as.',
  rationale:
    'Kustomize refuses a folder with two kustomization files, a component among the resources, a kustomization among the components, and a kustomization that says nothing. Argo CD takes a folder with a Chart.yaml for a chart, and nobody reads the kustomization in it.',
  since: '0.1.0',

  *check(repo) {
    for (const kustomization of repo.kustomizations.values()) {
      yield* findSecondFile(kustomization, repo);
      yield* judgeEmpty(kustomization, repo);
    }
    yield* judgeIncludes(repo);
    for (const unit of repo.units) if (unit.kind === 'argocd-application') yield* judgeArgoSource(unit, repo);
  },

  examples: {
    bad: [
      {
        title: 'two files, a component among the resources, a kustomization among the components',
        files: {
          'apps/web/kustomization.yaml': `
            resources:
              - ../../components/tls
              - service.yaml
            components:
              - ../base
          `,
          'apps/web/kustomization.yml': 'resources: [service.yaml]\n',
          'apps/web/service.yaml': 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n',
          'apps/base/kustomization.yaml': 'namespace: web\nresources: []\n',
          'components/tls/kustomization.yaml': `
            apiVersion: kustomize.config.k8s.io/v1alpha1
            kind: Component
            namespace: web
          `,
        },
        findings: [
          'apps/web/kustomization.yaml:2:5 "../../components/tls" is a component: list it under "components"',
          'apps/web/kustomization.yaml:5:5 "../base" is no component: list it under "resources"',
          'apps/web/kustomization.yml:1:1 "kustomization.yaml" stands in the same folder, and Kustomize refuses both: keep one of the two',
        ],
      },
      {
        title: 'a kustomization that says nothing',
        files: {
          'apps/kustomization.yaml': 'resources:\n  - web\n',
          'apps/web/kustomization.yaml': `
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: []
          `,
        },
        findings: ['apps/web/kustomization.yaml:1:1 the kustomization is empty, and Kustomize refuses it: list its resources, or take it away'],
      },
      {
        title: 'a chart beside a kustomization that Argo CD is to apply',
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
          'apps/web/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
          'apps/web/kustomization.yaml': 'namespace: web\n',
        },
        findings: [
          'apps/web/kustomization.yaml:1:1 "apps/web" is a chart to Argo CD because of its Chart.yaml, and nobody reads this file: move one of the two, or give Application "web" a "source.kustomize"',
        ],
      },
    ],
    good: [
      {
        title: 'components and resources in their places, and a tool that is named',
        files: {
          'apps/web/kustomization.yaml': `
            resources: [../base]
            components: [../../components/tls]
          `,
          'apps/base/kustomization.yaml': 'namespace: web\n',
          'components/tls/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: web\n',
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop, namespace: argocd }
            spec:
              project: web
              source: { repoURL: https://git.example.org/acme/platform, path: apps/shop, targetRevision: HEAD, kustomize: {} }
              destination: { server: https://kubernetes.default.svc, namespace: shop }
          `,
          'apps/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
          'apps/shop/kustomization.yaml': 'namespace: shop\n',
        },
      },
      {
        title: 'an empty one that Flux fills in',
        files: {
          'clusters/main/tenants.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: tenants, namespace: flux-system }
            spec:
              interval: 10m
              path: ./tenants
              prune: true
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'clusters/main/flux-system/gotk-sync.yaml': `
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: { name: flux-system, namespace: flux-system }
            spec: { interval: 1m, url: https://git.example.org/acme/platform, ref: { branch: main } }
          `,
          'tenants/kustomization.yaml': 'resources: []\n',
        },
      },
    ],
    unknown: [
      {
        title: 'a base that is put in later',
        files: {
          'apps/kustomization.yaml': 'resources: ["$(BASE)"]\n',
        },
      },
    ],
  },
});

function* findSecondFile({ folder, path }: Kustomization, { entries }: Repo): Iterable<Report> {
  const first = kustomizationNames.find(name => entries.get(joinPath(folder, name) ?? '') === 'file');
  if (first === undefined || joinPath(folder, first) === path) return;
  yield { at: { path }, message: `"${first}" stands in the same folder, and Kustomize refuses both: keep one of the two` };
}

/** An empty one that nobody builds waits for its content, and Flux gives the one that it builds something to say. */
function* judgeEmpty({ path, kind, value, includedBy, folder }: Kustomization, { units, reach }: Repo): Iterable<Report> {
  if (kind === 'Component' || Object.keys(value).some(key => !isEmpty(key, value[key]))) return;
  const isOfArgo = reach.get(path)?.certainty === 'yes' && units.some(unit => unit.kind === 'argocd-application' && takes(unit, folder));
  if (includedBy.length === 0 && !isOfArgo) return;
  yield { at: { path }, message: 'the kustomization is empty, and Kustomize refuses it: list its resources, or take it away' };
}

function takes({ sources }: Unit, folder: RepoPath): boolean {
  return sources.some(({ path }) => path !== undefined && 'known' in path && path.known === folder);
}

function isEmpty(key: string, value: unknown): boolean {
  if (/^(apiVersion|kind|metadata)$/i.test(key) || value === null || value === '' || value === false) return true;
  return Array.isArray(value) ? value.length === 0 : isFields(value) && Object.keys(value).length === 0;
}

function* judgeIncludes({ references, kustomizations }: Repo): Iterable<Report | Skip> {
  const kindOf = new Map<string, Kustomization['kind']>();
  for (const { folder, kind } of kustomizations.values()) kindOf.set(folder, kind);
  for (const { kind, from, state, to, target, reason } of references) {
    if (state === 'unknown' && kind.startsWith('kustomize-')) yield { at: from, skipped: reason ?? 'the path is not known' };
    if (state !== 'resolved' || to === undefined) continue;
    const included = kindOf.get(to);
    if (included === 'Component' && (kind === 'kustomize-resource' || kind === 'kustomize-base'))
      yield { at: from, message: `"${target}" is a component: list it under "components"` };
    if (included === 'Kustomization' && kind === 'kustomize-component')
      yield { at: from, message: `"${target}" is no component: list it under "resources"` };
  }
}

function* judgeArgoSource({ name, resource, sources }: Unit, { kustomizations, entries }: Repo): Iterable<Report> {
  const spec = fieldsAt(resource?.value ?? {}, 'spec');
  const written = [spec.source, ...listAt(spec, 'sources')].filter(isFields);
  if (
    resource === undefined ||
    written.some(source => ['kustomize', 'directory', 'plugin', 'helm', 'chart'].some(tool => source[tool] !== undefined))
  )
    return;
  for (const { path } of sources) {
    const folder = path && 'known' in path ? path.known : undefined;
    if (folder === undefined || entries.get(joinPath(folder, 'Chart.yaml') ?? '') !== 'file') continue;
    const kustomization = [...kustomizations.values()].find(candidate => candidate.folder === folder);
    if (kustomization === undefined) continue;
    yield {
      at: { path: kustomization.path },
      message: `"${folder}" is a chart to Argo CD because of its Chart.yaml, and nobody reads this file: move one of the two, or give Application "${name}" a "source.kustomize"`,
      related: [{ at: at(resource.document, ...resource.field), message: 'the Application' }],
    };
  }
}
