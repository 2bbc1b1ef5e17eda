import { isTemplatedData } from '../../src/core/document.ts';
import type { Severity } from '../../src/core/finding.ts';
import { judgedObjects, judgeObject } from '../../src/core/judge-object.ts';
import { notYetServed } from '../../src/core/not-yet-served.ts';
import { defineRule } from '../../src/core/rule.ts';
import type { SchemaProblem } from '../../src/core/schema.ts';

export const kubernetes = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'An object of Kubernetes has a field that the API server does not know, a value that it refuses, or lacks one that it needs.',
  rationale:
    'The API server refuses the object, or drops the misspelt field without a word: the limit that it was to set never exists. Objects are judged by the version of Kubernetes that their environment runs; where that is not known, an error is what every version from 1.25 to 1.36 refuses.',
  compliance: [],
  since: '0.1.0',

  *check(repo, { schemas }) {
    for (const file of repo.files.values())
      if (isTemplatedData(file)) yield { at: { path: file.path }, skipped: 'the objects of a template are known once it is rendered' };
    for (const object of judgedObjects(repo, schemas)) {
      if (object.schema.source !== 'kubernetes') continue;
      yield* notYetServed(object);
      yield* judgeObject(repo, object, weigh);
    }
  },

  examples: {
    bad: [
      {
        title: 'misspelt fields, a wrong type, an unknown word and a field that is missing',
        files: {
          'apps/web/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              replicas: "2"
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec:
                  containers:
                    - image: web:1.2.3
                      imagePullPolicy: Allways
                      resource:
                        limits: { memory: 1Gib }
                      resources:
                        limits: { memory: 1Gib }
          `,
        },
        findings: [
          'apps/web/deployment.yaml:6:13 "replicas" must be a whole number, not a string: remove the quotes',
          'apps/web/deployment.yaml:12:11 an item of "containers" has no "name"',
          'apps/web/deployment.yaml:13:28 "imagePullPolicy" must be "Always", "IfNotPresent" or "Never": did you mean "Always"?',
          'apps/web/deployment.yaml:14:11 unknown field "resource": did you mean "resources"?',
          'apps/web/deployment.yaml:17:31 "memory" must be a quantity such as 500m, 2 or 1Gi',
        ],
      },
      {
        title: 'a kind in the wrong API, and one that is none',
        files: {
          'apps/web/objects.yaml': `
            apiVersion: v1
            kind: Deployment
            metadata: { name: web }
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingres
            metadata: { name: web }
          `,
        },
        findings: [
          'apps/web/objects.yaml:1:13 "Deployment" is not in "v1": write "apps/v1"',
          'apps/web/objects.yaml:6:7 "networking.k8s.io/v1" has no kind "Ingres": did you mean "Ingress"?',
        ],
      },
      {
        title: 'names and labels that the API server refuses',
        files: {
          'apps/web/service.yaml': `
            apiVersion: v1
            kind: Service
            metadata:
              name: Web_Shop
              labels:
                app.kubernetes.io/name: "the web shop"
            spec:
              ports:
                - port: 80
          `,
        },
        findings: [
          'apps/web/service.yaml:4:9 "name" of a Service must be lower-case letters, digits and "-", at most 63 of them, with a letter at the start and a letter or digit at the end',
          'apps/web/service.yaml:6:29 "app.kubernetes.io/name" must be a label of at most 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends',
        ],
      },
      {
        title: 'one file for two versions of Kubernetes: the field is new in one of them',
        files: {
          'clusters/staging/eks.yaml': 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: staging, version: "1.28" }\n',
          'clusters/production/eks.yaml': 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: production, version: "1.27" }\n',
          'apps/web/base/kustomization.yaml': 'resources: [deployment.yaml]\n',
          'apps/web/base/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec:
                  initContainers:
                    - name: log
                      image: log:1.2.3
                      restartPolicy: Always
                  containers:
                    - name: web
                      image: web:1.2.3
          `,
          'apps/web/overlays/staging/kustomization.yaml': 'resources: [../../base]\n',
          'apps/web/overlays/production/kustomization.yaml': 'resources: [../../base]\n',
        },
        findings: ['apps/web/base/deployment.yaml:12:11 in Kubernetes 1.27 of production: unknown field "restartPolicy"'],
      },
      {
        title: 'a version of a kind that is newer than the cluster',
        files: {
          'clusters/main/cluster.yaml':
            'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: { name: a }\nspec: { kubernetesVersion: 1.29.4 }\n',
          'policies/labels.yaml': 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: labels }\n',
        },
        findings: [
          'policies/labels.yaml:1:13 "admissionregistration.k8s.io/v1" of ValidatingAdmissionPolicy is not served before Kubernetes 1.30: upgrade first, or write an older version of it',
        ],
      },
    ],
    good: [
      {
        title: 'quantities as numbers, empty optional fields, ports by number and by name',
        files: {
          'apps/web/objects.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              creationTimestamp: null
            spec:
              selector: { matchLabels: { app: web } }
              strategy: {}
              template:
                metadata: { labels: { app: web }, annotations: }
                spec:
                  containers:
                    - name: web
                      image: web:1.2.3
                      env:
                      ports: [{ name: http, containerPort: 8080 }]
                      readinessProbe: { httpGet: { port: http } }
                      livenessProbe: { httpGet: { port: 8080 } }
                      resources: { requests: { cpu: 0.5, memory: 64Mi }, limits: { cpu: 1 } }
            status: {}
            ---
            apiVersion: v1
            kind: Service
            metadata: { name: web }
            spec:
              selector: { app: web }
              ports: [{ port: 80, targetPort: http }]
          `,
        },
      },
      {
        title: 'a patch has only what it changes, and an object may lack what a patch adds',
        files: {
          'apps/web/kustomization.yaml': `
            resources: [deployment.yaml]
            patches:
              - path: image.yaml
          `,
          'apps/web/image.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              template: { spec: { containers: [{ name: web, image: web:1.2.3 }] } }
          `,
          'apps/web/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec: { serviceAccountName: web }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a number that Flux fills in',
        files: {
          'apps/web/deployment.yaml': `
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: web }
            spec:
              replicas: \${REPLICAS}
              selector: { matchLabels: { app: web } }
              template:
                metadata: { labels: { app: web } }
                spec: { containers: [{ name: web, image: web:1.2.3 }] }
          `,
        },
      },
    ],
  },
});

/**
 * Values that only lack quotes are the matter of schema/implicit-type. Of two entries with one key the API server keeps
 * the last, and server-side apply refuses them.
 */
function weigh({ kind }: SchemaProblem): Severity | undefined {
  if (kind === 'implicit-type') return undefined;
  return kind === 'duplicate-item' ? 'warning' : 'error';
}
