import { objectReferences, type Reference } from '../../src/core/repo.ts';
import { folderOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

export const pathEscape = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A path or a link leaves the repository.',
  rationale:
    'It works on the machine of its author at most. Argo CD refuses every path and every link that leads out of the checkout, and so do Flux and CI jobs that clone this repository alone.',
  since: '0.1.0',

  *check(repo) {
    for (const reference of repo.references) {
      const { kind, state, from, path } = reference;
      if (objectReferences.has(kind)) continue;
      if (state === 'unknown') yield { at: from, skipped: reference.reason ?? 'the path is not known' };
      if (state !== 'outside') continue;
      yield { at: from, message: describe(reference), ...(path !== undefined && { causes: [path] }) };
    }
    for (const { path, reason } of repo.skippedFiles) {
      if (reason === 'link out of the repository') yield { at: { path }, message: 'the link leads out of the repository: put the file itself here' };
    }
  },

  examples: {
    bad: [
      {
        title: 'too many steps up, and a path of one machine',
        files: {
          'apps/shop/kustomization.yaml': `
            resources:
              - ../../../fleet-base/shop
              - /home/kim/fleet/service.yaml
          `,
        },
        findings: [
          'apps/shop/kustomization.yaml:2:5 "../../../fleet-base/shop" leaves the repository: keep it inside, or name the other repository by its URL and a fixed revision',
          'apps/shop/kustomization.yaml:3:5 "/home/kim/fleet/service.yaml" is a path of one machine: write it relative to "apps/shop"',
        ],
      },
      {
        title: 'a chart outside',
        files: {
          'charts/shop/Chart.yaml': `
            apiVersion: v2
            name: shop
            version: 1.0.0
            dependencies:
              - name: common
                version: 1.0.0
                repository: file://../../../common
          `,
        },
        findings: [
          'charts/shop/Chart.yaml:7:17 "file://../../../common" leaves the repository: keep it inside, or name the other repository by its URL and a fixed revision',
        ],
      },
    ],
    good: [
      {
        title: 'values of an Application that count from the root of the repository',
        files: {
          'argocd/shop.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: shop }
            spec:
              source:
                repoURL: https://git.example.org/acme/fleet.git
                path: charts/shop
                helm:
                  valueFiles: [/values/shop.yaml, ../../values/shop.yaml]
          `,
          'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
          'values/shop.yaml': 'replicas: 2\n',
        },
      },
      {
        title: 'a URL',
        files: { 'apps/shop/kustomization.yaml': 'resources: ["https://git.example.org/acme/base//shop?ref=v1"]\n' },
      },
    ],
    unknown: [
      {
        title: 'a variable in the path',
        files: { 'apps/shop/kustomization.yaml': `resources: ["../../../\${FLEET}/shop"]` },
      },
    ],
  },
});

function describe({ target, reason, from }: Reference): string {
  if (reason === 'an absolute path') return `"${target}" is a path of one machine: write it relative to "${folderOf(from.path)}"`;
  if (reason?.startsWith('a link')) return `"${target}" is a link that leaves the repository: put the file itself here`;
  return `"${target}" leaves the repository: keep it inside, or name the other repository by its URL and a fixed revision`;
}
