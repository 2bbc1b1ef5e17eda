import type { Severity } from '../../src/core/finding.ts';
import { judgedObjects, judgeObject, skippedChecks } from '../../src/core/judge-object.ts';
import { defineRule } from '../../src/core/rule.ts';
import type { SchemaProblem, SchemaSource } from '../../src/core/schema.ts';

const queues = `
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: { name: queues.example.org }
            spec:
              group: example.org
              names: { kind: Queue, plural: queues }
              scope: Namespaced
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      required: [spec]
                      properties:
                        spec:
                          type: object
                          required: [size]
                          properties:
                            size: { type: integer, minimum: 1 }
                            mode: { type: string, enum: [fifo, lifo] }
                            port: { x-kubernetes-int-or-string: true }
                            settings: { type: object, x-kubernetes-preserve-unknown-fields: true }
                            readers:
                              type: array
                              x-kubernetes-list-type: map
                              x-kubernetes-list-map-keys: [name]
                              items: { type: object, properties: { name: { type: string }, weight: { type: integer, nullable: true } } }
          `;

export const customResource = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'A custom resource does not fit the schema of its kind.',
  rationale:
    'The schema is that of the CustomResourceDefinition in the repository, wherever it stands, else one that ships with gitops-lint. What ships may be of another version than the cluster has, so that a field or word that it does not know is a warning there, and a kind or version only where it is a slip of the pen. Kinds without a schema are counted as not validated.',
  since: '0.1.0',

  *check(repo, { schemas }) {
    for (const object of judgedObjects(repo, schemas)) {
      const { source } = object.schema;
      if (source === 'kubernetes') continue;
      yield* judgeObject(repo, object, problem => weigh(problem, source));
      yield* skippedChecks(object);
    }
  },

  examples: {
    bad: [
      {
        title: 'objects of a kind that the repository defines',
        files: {
          'crds/queues.yaml': queues,
          'apps/web/queues.yaml': `
            apiVersion: example.org/v1
            kind: Queue
            metadata: { name: orders }
            spec:
              size: 0
              mode: fifi
              colour: red
              readers:
                - name: a
                - name: b
                - name: a
            ---
            apiVersion: example.org/v1
            kind: Queue
            metadata: { name: mails }
            spec: { sise: 3 }
          `,
        },
        findings: [
          'apps/web/queues.yaml:5:9 "size" must be at least 1',
          'apps/web/queues.yaml:6:9 "mode" must be "fifo" or "lifo": did you mean "fifo"?',
          'apps/web/queues.yaml:7:3 unknown field "colour": known here are "size", "mode", "port", "settings", "readers"',
          'apps/web/queues.yaml:11:7 name "a" stands twice in "readers": keep one of the two',
          'apps/web/queues.yaml:16:9 unknown field "sise": did you mean "size"?',
        ],
      },
      {
        title: 'a kind whose schema ships with gitops-lint',
        files: {
          'clusters/main/web.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: web, namespace: flux-system }
            spec:
              intervall: 5m
              prune: "true"
              path: ./apps
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'apps/web.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\n',
        },
        findings: [
          'clusters/main/web.yaml:5:3 unknown field "intervall": did you mean "interval"?',
          'clusters/main/web.yaml:6:10 "prune" must be true or false, not a string: remove the quotes',
        ],
      },
      {
        title: 'a kind, a version and a word that are slips of the pen',
        files: {
          'clusters/main/web.yaml': `
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: Helmrelease
            metadata: { name: web, namespace: flux-system }
            spec: { interval: 5m }
            ---
            apiVersion: argoproj.io/v1
            kind: Application
            metadata: { name: web, namespace: argocd }
            ---
            apiVersion: kyverno.io/v1
            kind: ClusterPolicy
            metadata: { name: web }
            spec:
              validationFailureAction: Enforced
              rules: []
          `,
        },
        findings: [
          'clusters/main/web.yaml:2:7 "helm.toolkit.fluxcd.io/v2" has no kind "Helmrelease": did you mean "HelmRelease"?',
          'clusters/main/web.yaml:6:13 no release has "Application" in "argoproj.io/v1": write "argoproj.io/v1alpha1"',
          'clusters/main/web.yaml:14:28 "validationFailureAction" must be "Audit", "Enforce", "audit" or "enforce": did you mean "Enforce"?',
        ],
      },
    ],
    good: [
      {
        title: 'free fields, numbers or texts, empty values, and a kind that nobody knows',
        files: {
          'crds/queues.yaml': queues,
          'apps/web/queues.yaml': `
            apiVersion: example.org/v1
            kind: Queue
            metadata: { name: orders }
            spec:
              size: 3
              mode:
              port: http
              settings: { anything: [goes] }
              readers: [{ name: a, weight: }, { name: b, weight: 2 }]
            ---
            apiVersion: example.org/v2
            kind: Queue
            metadata: { name: later }
            spec: { whatever: 1 }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a value that is filled in later',
        files: {
          'crds/queues.yaml': queues,
          'apps/web/queues.yaml': `
            apiVersion: example.org/v1
            kind: Queue
            metadata: { name: orders }
            spec: { size: "\${SIZE}" }
          `,
        },
      },
    ],
  },
});

/**
 * Values that only lack quotes are the matter of schema/implicit-type. What ships may be of another version than the
 * cluster has: a field that it does not know is a warning, and a word that is like none that it knows may be right.
 */
function weigh({ kind, suggestion }: SchemaProblem, source: SchemaSource | undefined): Severity | 'open' | undefined {
  if (kind === 'implicit-type') return undefined;
  if (source !== 'shipped') return 'error';
  if (kind === 'word' && suggestion === undefined) return 'open';
  return kind === 'unknown-field' || kind === 'word' || kind === 'value' ? 'warning' : 'error';
}
