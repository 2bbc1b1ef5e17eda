import { findDeprecated } from '../../src/core/deprecations/find-deprecated.ts';
import { kubernetesApis } from '../../src/core/deprecations/kubernetes-apis.ts';
import { defineRule } from '../../src/core/rule.ts';

export const kubernetesApi = defineRule({
  severity: 'error',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'linting',
  summary: 'An object has a version of a Kubernetes API that its clusters do not serve, or soon will not.',
  rationale:
    'The API server refuses the object on the day of the upgrade, and nothing of what it is part of is delivered. It is an error where the version that runs does not serve it, or none that is known; a warning where only some versions do, or where the replacement is there already. Versions come from the config (`environments`, `versions`) or from what the repository says of its clusters; `gitops-lint env` shows them.',
  compliance: ['RTS 10', 'NIS2 21(2)(e)'],
  since: '0.1.0',

  *check(repo) {
    yield* findDeprecated(repo, kubernetesApis);
  },

  examples: {
    bad: [
      {
        title: 'what no version serves that is known; a fix where only the version changes',
        files: {
          'apps/shop/budget.yaml': `
            # evictions wait
            apiVersion: policy/v1beta1 # the old one
            kind: PodDisruptionBudget
            metadata: { name: shop }
            spec:
              minAvailable: 1
              selector: { matchLabels: { app: shop } }
          `,
          'apps/shop/nightly.yaml': 'kind: CronJob\napiVersion: "batch/v1beta1"\nmetadata: { name: nightly }\n',
        },
        findings: [
          'apps/shop/budget.yaml:2:13 "policy/v1beta1" of PodDisruptionBudget is not served since Kubernetes 1.25: use "policy/v1"',
          'apps/shop/nightly.yaml:2:13 "batch/v1beta1" of CronJob is not served since Kubernetes 1.25: use "batch/v1"',
        ],
        fixed: {
          'apps/shop/budget.yaml': `
            # evictions wait
            apiVersion: policy/v1 # the old one
            kind: PodDisruptionBudget
            metadata: { name: shop }
            spec:
              minAvailable: 1
              selector: { matchLabels: { app: shop } }
          `,
          'apps/shop/nightly.yaml': 'kind: CronJob\napiVersion: batch/v1\nmetadata: { name: nightly }\n',
        },
      },
      {
        title: '1.16 and 1.22: more than the version changes',
        files: {
          'apps/shop/deployment.yaml': 'apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: { name: shop }\nspec: { template: {} }\n',
          'apps/shop/ingress.yaml': `
            apiVersion: v1
            kind: List
            items:
              - apiVersion: networking.k8s.io/v1beta1
                kind: Ingress
                metadata: { name: shop }
                spec: { backend: { serviceName: shop, servicePort: 80 } }
          `,
          'apps/shop/budget.yaml': 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: shop }\nspec: { selector: {} }\n',
          'apps/shop/security.yaml': 'apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: { name: shop }\n',
        },
        findings: [
          'apps/shop/budget.yaml:1:13 "policy/v1beta1" of PodDisruptionBudget is not served since Kubernetes 1.25: use "policy/v1" and mind "spec.selector": an empty one selects every pod of the namespace, no longer none',
          'apps/shop/deployment.yaml:1:13 "extensions/v1beta1" of Deployment is not served since Kubernetes 1.16: use "apps/v1" and give it "spec.selector" with the labels of its pods',
          'apps/shop/ingress.yaml:4:17 "networking.k8s.io/v1beta1" of Ingress is not served since Kubernetes 1.22: use "networking.k8s.io/v1" and write the backends as "service.name" and "service.port", with a "pathType" for each path',
          'apps/shop/security.yaml:1:13 "policy/v1beta1" of PodSecurityPolicy is not served since Kubernetes 1.25: replaced by Pod Security admission: label the namespaces and remove it',
        ],
      },
      {
        title: 'the version that runs is not known, and some do not serve it',
        files: { 'shop/scaler.yaml': 'apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shop }\n' },
        findings: [
          'shop/scaler.yaml:1:13 "autoscaling/v2beta2" of HorizontalPodAutoscaler is not served from Kubernetes 1.26 on: use "autoscaling/v2"',
        ],
        fixed: { 'shop/scaler.yaml': 'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shop }\n' },
      },
      {
        title: 'nor is it known whether the replacement is there',
        files: { 'flow.yaml': 'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: shop }\n' },
        findings: [
          'flow.yaml:1:13 "flowcontrol.apiserver.k8s.io/v1beta3" of FlowSchema is not served from Kubernetes 1.32 on: use "flowcontrol.apiserver.k8s.io/v1" (served from 1.29 on)',
        ],
      },
      {
        title: 'the environments whose clusters do not serve it',
        files: {
          'clusters/production/cluster.yaml':
            'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: { name: a }\nspec: { kubernetesVersion: 1.33.1 }\n',
          'clusters/staging/cluster.yaml':
            'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: { name: b }\nspec: { kubernetesVersion: 1.34.0 }\n',
          'clusters/production/kustomization.yaml': 'resources: [../../policies]\n',
          'clusters/staging/kustomization.yaml': 'resources: [../../policies]\n',
          'policies/kustomization.yaml': 'resources: [policy.yaml, flow.yaml]\n',
          'policies/policy.yaml': 'apiVersion: admissionregistration.k8s.io/v1beta1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: labels }\n',
          'policies/flow.yaml': 'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: shop }\n',
        },
        findings: [
          'policies/flow.yaml:1:13 "flowcontrol.apiserver.k8s.io/v1beta3" of FlowSchema is not served since Kubernetes 1.32, and staging runs 1.34, production runs 1.33: use "flowcontrol.apiserver.k8s.io/v1"',
          'policies/policy.yaml:1:13 "admissionregistration.k8s.io/v1beta1" of ValidatingAdmissionPolicy is not served since Kubernetes 1.34, and staging runs 1.34: use "admissionregistration.k8s.io/v1"',
        ],
        fixed: {
          'policies/policy.yaml': 'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: labels }\n',
          'policies/flow.yaml': 'apiVersion: flowcontrol.apiserver.k8s.io/v1\nkind: FlowSchema\nmetadata: { name: shop }\n',
        },
      },
      {
        title: '1.27 and 1.35 are past',
        files: {
          'eks.tf': 'module "eks" {\n  cluster_version = "1.35"\n}\n',
          'a.yaml': 'apiVersion: storage.k8s.io/v1beta1\nkind: CSIStorageCapacity\nmetadata: { name: a }\n',
          'c.yaml': 'apiVersion: storage.k8s.io/v1alpha1\nkind: VolumeAttributesClass\nmetadata: { name: c }\n',
        },
        findings: [
          'a.yaml:1:13 "storage.k8s.io/v1beta1" of CSIStorageCapacity is not served since Kubernetes 1.27, and the clusters run 1.35: use "storage.k8s.io/v1"',
          'c.yaml:1:13 "storage.k8s.io/v1alpha1" of VolumeAttributesClass is not served since Kubernetes 1.35, and the clusters run 1.35: use "storage.k8s.io/v1"',
        ],
        fixed: {
          'a.yaml': 'apiVersion: storage.k8s.io/v1\nkind: CSIStorageCapacity\nmetadata: { name: a }\n',
          'c.yaml': 'apiVersion: storage.k8s.io/v1\nkind: VolumeAttributesClass\nmetadata: { name: c }\n',
        },
      },
      {
        title: '1.29 is past, and what goes later has a replacement: fields change too',
        files: {
          'eks.tf': 'module "eks" {\n  cluster_version = "1.35"\n}\n',
          'b.yaml': `
            apiVersion: flowcontrol.apiserver.k8s.io/v1beta2
            kind: PriorityLevelConfiguration
            metadata: { name: b }
            spec: { limited: { assuredConcurrencyShares: 30 } }
          `,
          'd.yaml': 'apiVersion: resource.k8s.io/v1beta1\nkind: ResourceClaim\nmetadata: { name: d }\n',
        },
        findings: [
          'b.yaml:1:13 "flowcontrol.apiserver.k8s.io/v1beta2" of PriorityLevelConfiguration is not served since Kubernetes 1.29, and the clusters run 1.35: use "flowcontrol.apiserver.k8s.io/v1" and rename "assuredConcurrencyShares" to "nominalConcurrencyShares"',
          'd.yaml:1:13 "resource.k8s.io/v1beta1" of ResourceClaim is deprecated and goes with Kubernetes 1.38: use "resource.k8s.io/v1" and put what it requests under "exactly"',
        ],
      },
      {
        title: 'a patch that finds its object by the old version',
        files: {
          'base/kustomization.yaml': 'resources: [scaler.yaml]\n',
          'base/scaler.yaml': 'apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shop }\nspec: { maxReplicas: 3 }\n',
          'overlay/kustomization.yaml': 'resources: [../base]\npatches: [{ path: replicas.yaml }]\n',
          'overlay/replicas.yaml':
            'apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shop }\nspec: { maxReplicas: 9 }\n',
        },
        findings: [
          'base/scaler.yaml:1:13 "autoscaling/v2beta2" of HorizontalPodAutoscaler is not served from Kubernetes 1.26 on: use "autoscaling/v2"',
          'overlay/replicas.yaml:1:13 the patch finds HorizontalPodAutoscaler "shop" by its old version "autoscaling/v2beta2": change it together with the object',
        ],
      },
    ],
    good: [
      {
        title: 'what the clusters still serve, and what they do not yet know a replacement of',
        files: {
          'cluster.yaml': 'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: { name: a }\nspec: { kubernetesVersion: 1.28.1 }\n',
          'a.yaml': 'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nmetadata: { name: a }\n',
          'b.yaml': 'apiVersion: admissionregistration.k8s.io/v1beta1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: b }\n',
        },
      },
      {
        title: 'clusters that are older than what is known',
        files: {
          'main.tf': 'module "eks" {\n  cluster_version = "1.20"\n}\n',
          'nightly.yaml': 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: { name: nightly }\n',
        },
      },
      {
        title: 'newer versions, kinds of the same group that have no other version, examples and texts in data',
        files: {
          'a.yaml': 'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: a }\n',
          'b.yaml': 'apiVersion: storage.k8s.io/v1beta1\nkind: VolumeAttributesClass\nmetadata: { name: b }\n',
          'c.yaml': `
            apiVersion: v1
            kind: ConfigMap
            metadata: { name: examples }
            data:
              scaler.yaml: |
                apiVersion: autoscaling/v2beta2
                kind: HorizontalPodAutoscaler
          `,
          'docs/old.yaml': 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: a }\n',
          'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
          'chart/templates/nightly.yaml': 'apiVersion: {{ include "shop.cronjob" . }}\nkind: CronJob\nmetadata: { name: nightly }\n',
          'chart/templates/old.yaml': 'apiVersion: batch/v1beta1\nkind: CronJob\nmetadata: { name: {{ .Release.Name }} }\n',
        },
      },
    ],
    unknown: [
      {
        title: 'an object that a patch deletes',
        files: {
          'kustomization.yaml': 'resources: [upstream.yaml]\npatches: [{ path: unused.yaml }]\n',
          'upstream.yaml': 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: shop }\nspec: { selector: {} }\n',
          'unused.yaml': '$patch: delete\napiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: { name: shop }\n',
        },
      },
      {
        title: 'a patch of something that stands elsewhere',
        files: {
          'kustomization.yaml': 'resources: ["https://git.example.org/acme/base"]\npatches: [{ path: replicas.yaml }]\n',
          'replicas.yaml': 'apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\nmetadata: { name: shop }\nspec: { maxReplicas: 9 }\n',
        },
      },
    ],
  },
});
