import { describeSelector, nearestObject } from '../../src/core/nearest-object.ts';
import { isFieldPlace } from '../../src/core/place.ts';
import { defineRule } from '../../src/core/rule.ts';
import { refusedEntries, unmatchedEntries } from '../../src/core/unmatched-entries.ts';

export const replacementUnmatched = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A replacement, a number of replicas or a generator is for an object that is not there.',
  rationale:
    'Of a replacement whose target selects nothing Kustomize says nothing, and the value stays what it was. Where the source, the workload or the base of a generator is missing the build fails, and nothing of the folder is delivered any more.',
  since: '0.1.0',

  *check(repo) {
    for (const { at, message, environments } of refusedEntries(repo, 'replacement')) yield { at, message, environments };
    for (const { at, wanted, among, environments, skipped } of unmatchedEntries(repo, 'replacement')) {
      if (!isFieldPlace(at)) continue;
      const select = { ...at, field: [...at.field, 'select'] };
      if (skipped !== undefined) {
        yield { at: select, skipped };
        continue;
      }
      const nearest = nearestObject({ wanted, among });
      const remedy = nearest ? `did you mean the ${nearest.key} "${nearest.value}"` : 'correct the target, or remove it';
      yield {
        at: select,
        message: `no object has the ${describeSelector(wanted)}, so nothing is replaced: ${remedy}`,
        environments,
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'a kind with a slip of the pen',
        files: {
          'web/kustomization.yaml': `
            resources: [objects.yaml]
            replacements:
              - source: { kind: ConfigMap, name: settings, fieldPath: data.host }
                targets:
                  - select: { kind: Ingres }
                    fieldPaths: [spec.rules.0.host]
          `,
          'web/objects.yaml': objects(),
        },
        findings: ['web/kustomization.yaml:5:17 no object has the kind "Ingres", so nothing is replaced: did you mean the kind "Ingress"'],
      },
      {
        title: 'a source that is not there',
        files: {
          'web/kustomization.yaml': `
            resources: [objects.yaml]
            replacements:
              - source: { kind: ConfigMap, name: setting, fieldPath: data.host }
                targets: [{ select: { kind: Ingress }, fieldPaths: [spec.rules.0.host] }]
          `,
          'web/objects.yaml': objects(),
        },
        findings: ['web/kustomization.yaml:3:13 no object is the source: correct its kind or name'],
      },
      {
        title: 'replicas of nobody',
        files: {
          'web/kustomization.yaml': 'resources: [objects.yaml]\nreplicas:\n  - name: web\n    count: 3\n',
          'web/objects.yaml': objects(),
        },
        findings: ['web/kustomization.yaml:4:12 no workload is named "web": correct the name or remove the entry'],
      },
      {
        title: 'settings that are to be merged into nothing',
        files: {
          'web/kustomization.yaml':
            'resources: [objects.yaml]\nconfigMapGenerator:\n  - name: web\n    behavior: merge\n    literals: [level=debug]\n',
          'web/objects.yaml': objects(),
        },
        findings: ['web/kustomization.yaml:3:5 there is no "ConfigMap.v1.[noGrp]/web.[noNs]" to merge: use the behavior "create"'],
      },
    ],
    good: [
      {
        title: 'wildcards, conditions, escaped dots, and a field that is made',
        files: {
          'web/kustomization.yaml': `
            resources: [objects.yaml]
            replacements:
              - source: { kind: ConfigMap, name: settings, fieldPath: data.host }
                targets:
                  - select: { kind: Ingress }
                    fieldPaths: ['spec.rules.*.host', 'spec.rules.[host=old.example.org].host', 'metadata.annotations.example\\.org/host']
                    options: { create: true }
          `,
          'web/objects.yaml': objects(),
        },
      },
    ],
    unknown: [
      {
        title: 'a base that cannot be read here',
        files: {
          'web/kustomization.yaml': `
            resources: [objects.yaml, 'https://github.com/acme/web//base?ref=v1.2.0']
            replacements:
              - source: { kind: ConfigMap, name: settings, fieldPath: data.host }
                targets: [{ select: { kind: HTTPRoute }, fieldPaths: [spec.hostnames.0] }]
          `,
          'web/objects.yaml': objects(),
        },
      },
    ],
  },
});

function objects(): string {
  return `
    apiVersion: v1
    kind: ConfigMap
    metadata: { name: settings }
    data: { host: old.example.org }
    ---
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata: { name: web }
    spec: { rules: [{ host: old.example.org }] }
  `;
}
