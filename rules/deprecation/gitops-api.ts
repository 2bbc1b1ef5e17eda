import { findDeprecated } from '../../src/core/deprecations/find-deprecated.ts';
import { gitopsApis } from '../../src/core/deprecations/gitops-apis.ts';
import { judgeApi } from '../../src/core/deprecations/judge-api.ts';
import { fieldsAt, isFields, listAt } from '../../src/core/fields.ts';
import type { Report } from '../../src/core/finding.ts';
import { at, type FieldPath, keyAt } from '../../src/core/place.ts';
import type { Repo, Resource } from '../../src/core/repo.ts';
import { defineRule } from '../../src/core/rule.ts';
import { versionTargets } from '../../src/core/versions.ts';

export const gitopsApi = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary:
    'An object of a GitOps controller, or of what comes with one, has a version of its API that the controller does not serve, or soon will not.',
  rationale:
    'After the upgrade the controller no longer sees the object: it stops being reconciled, and what it keeps in place stays as it is. It is an error where the version that is installed does not serve it, a warning where that version is not known or goes later. Versions come from the config (`versions`) or from what the repository installs; `gitops-lint env` shows them.',
  compliance: ['RTS 10'],
  since: '0.1.0',

  *check(repo) {
    yield* findDeprecated(repo, gitopsApis);
    for (const resource of repo.resources) yield* judgeArgoCd(resource, repo);
  },

  examples: {
    bad: [
      {
        title: 'the version of Flux is not known',
        files: {
          'apps/shop.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1beta2 # bootstrap
            kind: Kustomization
            metadata: { name: shop, namespace: flux-system }
            spec: { interval: 5m, path: ./shop, prune: true, sourceRef: { kind: GitRepository, name: fleet } }
          `,
        },
        findings: [
          'apps/shop.yaml:1:13 "kustomize.toolkit.fluxcd.io/v1beta2" of Kustomization is not served from Flux 2.8 on: use "kustomize.toolkit.fluxcd.io/v1" (served from 2.0 on)',
        ],
        fixed: {
          'apps/shop.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1 # bootstrap
            kind: Kustomization
            metadata: { name: shop, namespace: flux-system }
            spec: { interval: 5m, path: ./shop, prune: true, sourceRef: { kind: GitRepository, name: fleet } }
          `,
        },
      },
      {
        title: 'Flux is installed in a version without it, and in one that warns',
        files: {
          'clusters/production/flux-system/gotk-components.yaml': '# Flux Version: v2.9.0\n',
          'clusters/production/alert.yaml': 'apiVersion: notification.toolkit.fluxcd.io/v1beta2\nkind: Alert\nmetadata: { name: chat }\n',
          'clusters/staging/flux-system/gotk-components.yaml': '# Flux Version: v2.8.1\n',
          'clusters/staging/alert.yaml': 'apiVersion: notification.toolkit.fluxcd.io/v1beta2\nkind: Alert\nmetadata: { name: chat }\n',
        },
        findings: [
          'clusters/production/alert.yaml:1:13 "notification.toolkit.fluxcd.io/v1beta2" of Alert is not served since Flux 2.9, and production runs 2.9: use "notification.toolkit.fluxcd.io/v1beta3"',
          'clusters/staging/alert.yaml:1:13 "notification.toolkit.fluxcd.io/v1beta2" of Alert is deprecated and goes with Flux 2.9: use "notification.toolkit.fluxcd.io/v1beta3"',
        ],
        fixed: {
          'clusters/production/alert.yaml': 'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\nmetadata: { name: chat }\n',
          'clusters/staging/alert.yaml': 'apiVersion: notification.toolkit.fluxcd.io/v1beta3\nkind: Alert\nmetadata: { name: chat }\n',
        },
      },
      {
        title: 'fields that the new version does not have',
        files: {
          'flux-system/gotk-components.yaml': '# Flux Version: v2.8.1\n',
          'fleet.yaml': `
            apiVersion: source.toolkit.fluxcd.io/v1beta1
            kind: GitRepository
            metadata: { name: fleet, namespace: flux-system }
            spec: { interval: 5m, url: "https://git.example.org/acme/fleet", gitImplementation: libgit2 }
          `,
          'release.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2beta1
            kind: HelmRelease
            metadata: { name: shop }
            spec: { chart: { spec: { chart: shop, valuesFile: values-staging.yaml, sourceRef: { kind: HelmRepository, name: shop } } } }
          `,
          'network/certificate.yaml': 'apiVersion: cert-manager.io/v1alpha2\nkind: Certificate\nmetadata: { name: shop }\nspec: { keySize: 4096 }\n',
          'nodes/pool.yaml': 'apiVersion: karpenter.sh/v1alpha5\nkind: Provisioner\nmetadata: { name: default }\n',
        },
        findings: [
          'fleet.yaml:1:13 "source.toolkit.fluxcd.io/v1beta1" of GitRepository is not served since Flux 2.7, and the clusters run 2.8: use "source.toolkit.fluxcd.io/v1" and remove "gitImplementation" and "accessFrom"',
          'network/certificate.yaml:1:13 "cert-manager.io/v1alpha2" of Certificate is not served from cert-manager 1.6 on: use "cert-manager.io/v1" (served from 1.0 on) and move the key fields under "privateKey" and "organization" under "subject", and rename the SANs',
          'nodes/pool.yaml:1:13 "karpenter.sh/v1alpha5" of Provisioner is not served from Karpenter 0.33 on: use "karpenter.sh/v1" (served from 1.0 on) and write it as NodePool',
          'release.yaml:1:13 "helm.toolkit.fluxcd.io/v2beta1" of HelmRelease is not served since Flux 2.7, and the clusters run 2.8: use "helm.toolkit.fluxcd.io/v2" and list the file of "valuesFile" under "valuesFiles", and the patches of "postRenderers" under "patches"',
        ],
      },
      {
        title: 'External Secrets, Gateway API and Traefik',
        files: {
          'secrets/operator.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: external-secrets }
            spec:
              source: { repoURL: "https://charts.external-secrets.io", chart: external-secrets, targetRevision: 0.17.0 }
              destination: { name: in-cluster }
          `,
          'secrets/shop.yaml': 'apiVersion: external-secrets.io/v1beta1\nkind: ExternalSecret\nmetadata: { name: shop }\n',
          'network/grant.yaml': 'apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: ReferenceGrant\nmetadata: { name: shop }\n',
          'network/route.yaml': 'apiVersion: traefik.containo.us/v1alpha1\nkind: IngressRoute\nmetadata: { name: shop }\n',
        },
        findings: [
          'network/grant.yaml:1:13 "gateway.networking.k8s.io/v1alpha2" of ReferenceGrant is not served from Gateway API 1.2 on: use "gateway.networking.k8s.io/v1beta1" (served from 0.6 on)',
          'network/route.yaml:1:13 "traefik.containo.us/v1alpha1" of IngressRoute is not served from Traefik 3.0 on: use "traefik.io/v1alpha1" (served from 2.10 on)',
          'secrets/shop.yaml:1:13 "external-secrets.io/v1beta1" of ExternalSecret is not served since External Secrets 0.17, and the clusters run 0.17: use "external-secrets.io/v1"',
        ],
        fixed: {
          'secrets/shop.yaml': 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: shop }\n',
          'network/grant.yaml': 'apiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\nmetadata: { name: shop }\n',
          'network/route.yaml': 'apiVersion: traefik.io/v1alpha1\nkind: IngressRoute\nmetadata: { name: shop }\n',
        },
      },
      {
        title: 'settings that Argo CD no longer reads',
        files: {
          'argocd/settings.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: argocd-cm }
            data:
              configManagementPlugins: |
                - name: render
          `,
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              source: { repoURL: "https://git.example.org/acme/fleet", path: shop, helm: { version: v2 } }
              destination: { name: in-cluster }
          `,
        },
        findings: [
          'argocd/settings.yaml:5:3 "configManagementPlugins" is not served from Argo CD 2.8 on: run the plugin as a sidecar of the repo server',
          'argocd/shop.yaml:5:89 "helm.version" is not served from Argo CD 3.0 on: Helm 2 is gone, remove it',
        ],
      },
    ],
    good: [
      {
        title: 'current versions, alpha versions that have no other, and what the installed version serves',
        files: {
          'flux-system/gotk-components.yaml': '# Flux Version: v2.6.4\n',
          'a.yaml': 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: a }\n',
          'b.yaml': 'apiVersion: image.toolkit.fluxcd.io/v1beta2\nkind: ImagePolicy\nmetadata: { name: b }\n',
          'c.yaml': 'apiVersion: external-secrets.io/v1alpha1\nkind: PushSecret\nmetadata: { name: c }\n',
          'd.yaml': 'apiVersion: gateway.networking.k8s.io/v1beta1\nkind: HTTPRoute\nmetadata: { name: d }\n',
          'e.yaml': 'apiVersion: gateway.networking.k8s.io/v1alpha2\nkind: TCPRoute\nmetadata: { name: e }\n',
          'f.yaml': 'apiVersion: networking.istio.io/v1beta1\nkind: VirtualService\nmetadata: { name: f }\n',
          'g.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: g }
            spec:
              source: { repoURL: "https://git.example.org/acme/fleet", path: shop, helm: { version: v3 } }
              destination: { name: in-cluster }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a patch of something that stands elsewhere',
        files: {
          'kustomization.yaml': 'resources: ["https://git.example.org/acme/base"]\npatches: [{ path: interval.yaml }]\n',
          'interval.yaml': 'apiVersion: helm.toolkit.fluxcd.io/v2beta1\nkind: HelmRelease\nmetadata: { name: shop }\nspec: { interval: 1h }\n',
        },
      },
    ],
  },
});

/** What goes from Argo CD is fields, not versions of its API. */
const argoCdFields = {
  /** https://argo-cd.readthedocs.io/en/release-2.7/operator-manual/config-management-plugins/, looked up on 2026-11-28 */
  plugins: { deprecated: '2.4', removed: '2.8', remedy: 'run the plugin as a sidecar of the repo server' },
  /** The Application of Argo CD 3 knows Helm 3 alone, looked up on 2026-11-28. */
  helmVersion: { deprecated: '2.0', removed: '3.0', remedy: 'Helm 2 is gone, remove it' },
} as const;

function* judgeArgoCd(resource: Resource, repo: Repo): Generator<Report> {
  const { group, kind, name, value, field } = resource;
  if (kind === 'ConfigMap' && name === 'argocd-cm' && 'configManagementPlugins' in fieldsAt(value, 'data')) {
    yield* judgeField(resource, [...field, 'data', 'configManagementPlugins'], 'key', argoCdFields.plugins, repo);
  }
  if (group !== 'argoproj.io' || (kind !== 'Application' && kind !== 'ApplicationSet')) return;
  const holder = kind === 'Application' ? ['spec'] : ['spec', 'template', 'spec'];
  let spec = value;
  for (const key of holder) spec = fieldsAt(spec, key);
  const sources: [FieldPath, unknown][] = [
    [['source'], spec.source],
    ...listAt(spec, 'sources').map((source, index): [FieldPath, unknown] => [['sources', index], source]),
  ];
  for (const [place, source] of sources) {
    if (!isFields(source) || !['v2', '2'].includes(String(fieldsAt(source, 'helm').version))) continue;
    yield* judgeField(resource, [...field, ...holder, ...place, 'helm', 'version'], 'value', argoCdFields.helmVersion, repo);
  }
}

function* judgeField(
  { document, apiVersion, kind }: Resource,
  field: FieldPath,
  part: 'key' | 'value',
  { remedy, ...versions }: (typeof argoCdFields)[keyof typeof argoCdFields],
  repo: Repo,
): Generator<Report> {
  const api = { tool: 'argocd', apiVersion, kinds: [kind], replacements: [], source: '', date: '', ...versions } as const;
  const verdict = judgeApi(api, versionTargets(repo, 'argocd', document.path));
  if (verdict === undefined) return;
  const { says, severity, environments } = verdict;
  const written = part === 'key' ? field.at(-1) : field.slice(-2).join('.');
  yield {
    at: part === 'key' ? keyAt(document, ...field) : at(document, ...field),
    message: `"${written}" ${says}: ${remedy}`,
    severity,
    ...(environments.length > 0 && { environments }),
  };
}
