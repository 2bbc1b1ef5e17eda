import { describeSelector, nearestObject } from '../../src/core/nearest-object.ts';
import { isFieldPlace } from '../../src/core/place.ts';
import { defineRule } from '../../src/core/rule.ts';
import { refusedEntries, unmatchedEntries } from '../../src/core/unmatched-entries.ts';

export const patchTargetUnmatched = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'The target of a patch selects no object.',
  rationale:
    'Kustomize says nothing of a target that selects nothing, and the patch is lost: the limit, the security context or the number of replicas that it sets never reaches the cluster. A patch that is meant for whoever has the object is marked with the comment `# gitops-lint: optional-target`.',
  since: '0.1.0',

  *check(repo) {
    for (const { at, message, environments } of refusedEntries(repo, 'patch')) yield { at, message, environments };
    for (const { at, wanted, among, environments, skipped } of unmatchedEntries(repo, 'patch')) {
      if (!isFieldPlace(at)) continue;
      const target = { ...at, field: [...at.field, 'target'] };
      if (skipped !== undefined) {
        yield { at: target, skipped };
        continue;
      }
      const nearest = nearestObject({ wanted, among });
      const remedy = nearest ? `did you mean the ${nearest.key} "${nearest.value}"` : 'correct the target, or remove the patch';
      yield {
        at: target,
        message: `no object has the ${describeSelector(wanted)}, so the patch changes nothing: ${remedy}`,
        environments,
        ...(nearest && {
          fix: {
            title: `Select the ${nearest.key} "${nearest.value}"`,
            safety: 'suggestion' as const,
            edits: [{ replace: { ...at, field: [...target.field, nearest.key] }, by: nearest.value }],
          },
        }),
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'a name that no Deployment has',
        files: {
          'web/kustomization.yaml': `
            resources: [deployment.yaml]
            patches:
              - target:
                  kind: Deployment
                  name: web-servr
                patch: '- { op: add, path: /spec/replicas, value: 3 }'
          `,
          'web/deployment.yaml': deployment('web-server'),
        },
        findings: [
          'web/kustomization.yaml:4:7 no object has the kind "Deployment" and name "web-servr", so the patch changes nothing: did you mean the name "web-server"',
        ],
        fixed: {
          'web/kustomization.yaml': `
            resources: [deployment.yaml]
            patches:
              - target:
                  kind: Deployment
                  name: web-server
                patch: '- { op: add, path: /spec/replicas, value: 3 }'
          `,
        },
      },
      {
        title: 'a component whose patch finds nothing in any overlay',
        files: {
          ...overlays(['staging', 'production'], 'web'),
          'limits/kustomization.yaml': component('shop'),
        },
        findings: [
          'limits/kustomization.yaml:4:13 no object has the kind "Deployment" and name "shop", so the patch changes nothing: correct the target, or remove the patch',
        ],
      },
      {
        title: 'a name with the suffix, which comes only after the patch',
        files: {
          'web/kustomization.yaml':
            "resources: [deployment.yaml]\nnameSuffix: -production\npatches:\n  - target: { name: web-production }\n    patch: '- { op: add, path: /spec/replicas, value: 3 }'\n",
          'web/deployment.yaml': deployment('web'),
        },
        findings: ['web/kustomization.yaml:4:13 no object has the name "web-production", so the patch changes nothing: did you mean the name "web"'],
        fixed: {
          'web/kustomization.yaml':
            "resources: [deployment.yaml]\nnameSuffix: -production\npatches:\n  - target: { name: web }\n    patch: '- { op: add, path: /spec/replicas, value: 3 }'\n",
        },
      },
      {
        title: 'a patch without a target, which Kustomize refuses',
        files: {
          'web/kustomization.yaml': 'resources: [deployment.yaml]\npatches:\n  - path: patch.yaml\n',
          'web/deployment.yaml': deployment('web'),
          'web/patch.yaml': deployment('shop'),
        },
        findings: ['web/patch.yaml:1:1 no object is "Deployment.v1.apps/shop.[noNs]": correct the apiVersion, kind, name or namespace of the patch'],
      },
    ],
    good: [
      {
        title: 'a component whose patch finds its object in one of the overlays',
        files: { ...overlays(['staging'], 'web'), ...overlays(['production'], 'shop'), 'limits/kustomization.yaml': component('shop') },
      },
      { title: 'a component that nobody takes in', files: { 'limits/kustomization.yaml': component('shop') } },
      {
        title: 'a name from before the prefix, an expression, and labels',
        files: {
          'overlay/kustomization.yaml': `
            resources: [../web]
            patches:
              - target: { kind: Deployment, name: web }
                patch: '- { op: add, path: /spec/replicas, value: 3 }'
              - target: { kind: Deploy.*, name: blue-.+ }
                patch: '- { op: add, path: /spec/replicas, value: 3 }'
              - target: { labelSelector: tier=web }
                patch: '- { op: add, path: /spec/replicas, value: 3 }'
          `,
          'web/kustomization.yaml': 'resources: [deployment.yaml]\nnamePrefix: blue-\nlabels:\n  - pairs: { tier: web }\n',
          'web/deployment.yaml': deployment('web'),
        },
      },
    ],
    unknown: [
      {
        title: 'a base that cannot be read here',
        files: {
          'web/kustomization.yaml': `
            resources: [deployment.yaml, 'https://github.com/acme/web//base?ref=v1.2.0']
            patches:
              - target: { kind: Deployment, name: shop }
                patch: '- { op: add, path: /spec/replicas, value: 3 }'
          `,
          'web/deployment.yaml': deployment('web'),
        },
      },
      {
        title: 'what the bootstrap of Flux fills in later',
        files: {
          'flux-system/kustomization.yaml': `
            resources: [gotk-components.yaml, namespace.yaml]
            patches:
              - target: { kind: Deployment, name: source-controller }
                patch: '- { op: add, path: /spec/replicas, value: 3 }'
          `,
          'flux-system/gotk-components.yaml': '# made by flux bootstrap\n',
          'flux-system/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: flux-system }\n',
        },
      },
      {
        title: 'a patch for whoever has the object',
        files: {
          'web/kustomization.yaml': `
            resources: [deployment.yaml]
            patches:
              # gitops-lint: optional-target
              - target: { kind: StatefulSet }
                patch: '- { op: add, path: /spec/replicas, value: 3 }'
          `,
          'web/deployment.yaml': deployment('web'),
        },
      },
    ],
  },
});

function deployment(name: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { replicas: 1 }\n`;
}

function overlays(names: readonly string[], application: string): Record<string, string> {
  return Object.fromEntries(
    names.flatMap(name => [
      [`${name}/kustomization.yaml`, 'resources: [deployment.yaml]\ncomponents: [../limits]\n'],
      [`${name}/deployment.yaml`, deployment(application)],
    ]),
  );
}

function component(name: string): string {
  return [
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches:',
    `  - target: { kind: Deployment, name: ${name} }`,
    "    patch: '- { op: add, path: /spec/replicas, value: 3 }'\n",
  ].join('\n');
}
