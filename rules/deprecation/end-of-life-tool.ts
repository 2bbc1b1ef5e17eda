import { type EndOfLifeTool, endOfLifeTools, groupTool, type ToolUse } from '../../src/core/deprecations/end-of-life-tools.ts';
import type { RepoPath } from '../../src/core/place.ts';
import { defineRule } from '../../src/core/rule.ts';

interface EndOfLifeOptions {
  /** Names of tools that are used on purpose. */
  readonly accepted: readonly string[];
  /** API groups of other tools, with what to do about them. */
  readonly groups: Readonly<Record<string, string>>;
}

const options: EndOfLifeOptions = { accepted: [], groups: {} };

export const endOfLifeTool = defineRule({
  severity: 'note',
  presets: { strict: {}, regulated: { severity: 'warning' } },
  scope: 'repo',
  mistake: 'linting',
  summary: 'The repository depends on a tool that nobody maintains any more.',
  rationale:
    'A controller that gets no fixes goes on handling secrets, traffic or identities, and the next version of Kubernetes may not run it. Each tool is reported once, at the first place that uses it. The options accept a tool, or add the API groups of others.',
  compliance: ['RTS 10', 'NIS2 21(2)(e)'],
  since: '0.1.0',
  options: {
    schema: {
      accepted: { type: 'array', items: { enum: endOfLifeTools.map(({ name }) => name) }, description: 'Tools that are used on purpose.' },
      groups: {
        type: 'object',
        additionalProperties: { type: 'string', minLength: 1 },
        description: 'API groups of other tools that are at their end, with what to do about them.',
      },
    },
    defaults: options,
  },

  *check(repo, { options: { accepted, groups } }) {
    const own = Object.entries(groups).map(([group, remedy]) => groupTool(group, remedy));
    for (const tool of [...endOfLifeTools, ...own]) {
      if (accepted.includes(tool.name)) continue;
      const uses = [...tool.usesIn(repo)];
      const certain = new Map<RepoPath, ToolUse>();
      for (const use of uses) if (use.skipped === undefined && !certain.has(use.at.path)) certain.set(use.at.path, use);
      const [first, ...others] = [...certain.values()].sort((a, b) => (a.at.path < b.at.path ? -1 : 1));
      for (const { at, skipped } of uses) if (skipped !== undefined) yield { at, skipped };
      if (first !== undefined)
        yield { at: first.at, message: describe(tool, others.length), related: others.slice(0, 5).map(({ at }) => ({ at, message: 'here too' })) };
    }
  },

  examples: {
    bad: [
      {
        title: 'controllers that are archived',
        files: {
          'secrets/a.yaml': 'apiVersion: kubernetes-client.io/v1\nkind: ExternalSecret\nmetadata: { name: a }\n',
          'secrets/b.yaml': 'apiVersion: kubernetes-client.io/v1\nkind: ExternalSecret\nmetadata: { name: b }\n',
          'identity/a.yaml': 'apiVersion: aadpodidentity.k8s.io/v1\nkind: AzureIdentity\nmetadata: { name: a }\n',
          'apps/release.yaml': 'apiVersion: helm.fluxcd.io/v1\nkind: HelmRelease\nmetadata: { name: a }\n',
          'apps/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: shop
              annotations:
                fluxcd.io/automated: "true"
          `,
        },
        findings: [
          'apps/deployment.yaml:6:5 nobody has maintained Flux 1 since 2022-11-01 (used by 1 other file too): move to Flux 2',
          'identity/a.yaml:1:13 nobody has maintained AAD Pod Identity since 2023-09-30: use Azure Workload Identity',
          'secrets/a.yaml:1:13 nobody has maintained Kubernetes External Secrets since 2022-07-26 (used by 1 other file too): use External Secrets Operator, "external-secrets.io/v1"',
        ],
      },
      {
        title: 'Helm 2, rights to a PodSecurityPolicy, an image that moved, and encryption that no controller undoes',
        files: {
          'charts/shop/Chart.yaml': 'apiVersion: v1\nname: shop\nversion: 1.0.0\n',
          'charts/shop/requirements.yaml': 'dependencies: []\n',
          'rbac/role.yaml': `
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: { name: psp }
            rules:
              - apiGroups: [policy]
                resources: [podsecuritypolicies]
                verbs: [use]
          `,
          'apps/cache.yaml': `
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: { name: cache }
            spec: { template: { spec: { containers: [{ name: cache, image: "docker.io/bitnami/redis:7.2.4" }] } } }
          `,
          'apps/ingress.yaml':
            'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: { name: nginx }\nspec: { controller: k8s.io/ingress-nginx }\n',
          '.gitattributes': 'secrets/** filter=git-crypt diff=git-crypt\n',
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              source: { repoURL: "https://git.example.org/acme/fleet", path: apps }
              destination: { name: in-cluster }
          `,
        },
        findings: [
          '.gitattributes:1:1 neither Argo CD nor Flux decrypts what git-crypt encrypts: use SOPS, sealed secrets or an external store',
          'apps/cache.yaml:4:64 nobody has maintained the versioned images of "bitnami" since 2025-08-28: take an image that is maintained',
          'apps/ingress.yaml:4:21 nobody has maintained Ingress NGINX since 2026-03-31: move to Gateway API or another controller',
          'charts/shop/requirements.yaml:1:1 nobody has maintained Helm 2 since 2020-11-13: move the dependencies to Chart.yaml with "apiVersion: v2"',
          'rbac/role.yaml:6:17 rights to a PodSecurityPolicy do nothing since Kubernetes 1.25: remove them',
        ],
      },
      {
        title: 'groups that the config adds',
        options: { groups: { 'legacy.example.org': 'ask the platform team' } },
        files: { 'a.yaml': 'apiVersion: legacy.example.org/v1\nkind: Queue\nmetadata: { name: a }\n' },
        findings: ['a.yaml:1:13 "legacy.example.org" is at its end: ask the platform team'],
      },
    ],
    good: [
      {
        title: 'their successors, and what is not used by a controller',
        files: {
          'secrets/a.yaml': 'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: { name: a }\n',
          'apps/release.yaml': 'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: a }\n',
          'apps/cache.yaml': `
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: { name: cache }
            spec: { template: { spec: { containers: [{ name: cache, image: "registry.example.org/bitnami/redis:7.2.4" }] } } }
          `,
          'ansible/requirements.yaml': 'collections: [{ name: community.general }]\n',
          '.gitattributes': 'secrets/** filter=git-crypt diff=git-crypt\n',
        },
      },
      {
        title: 'what is accepted',
        options: { accepted: ['kubernetes-external-secrets'] },
        files: { 'a.yaml': 'apiVersion: kubernetes-client.io/v1\nkind: ExternalSecret\nmetadata: { name: a }\n' },
      },
    ],
    unknown: [
      {
        title: 'an image that is filled in later',
        files: {
          'apps/cache.yaml': `
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: { name: cache }
            spec: { template: { spec: { containers: [{ name: cache, image: "bitnami/redis:\${TAG}" }] } } }
          `,
        },
      },
    ],
  },
});

function describe({ says, remedy }: EndOfLifeTool, others: number): string {
  const more = others === 0 ? '' : ` (used by ${others} other ${others === 1 ? 'file' : 'files'} too)`;
  return `${says}${more}: ${remedy}`;
}
