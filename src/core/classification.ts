/** What a file or document is. Exactly one class each. */
export type DocumentClass = (typeof documentClasses)[number];

export const documentClasses = [
  // Kubernetes objects
  'kubernetes-manifest',
  'kubernetes-list',
  'custom-resource',
  'custom-resource-definition',
  'secret',
  'sealed-secret',
  'external-secret',
  // Kustomize
  'kustomization',
  'kustomize-component',
  'kustomize-transformer',
  'kustomize-configuration',
  'strategic-merge-patch',
  'json-patch',
  // controllers
  'argocd-application',
  'argocd-application-set',
  'argocd-project',
  'flux-kustomization',
  'flux-helm-release',
  'flux-source',
  'flux-automation',
  'flux-notification',
  'flux-operator',
  // Helm
  'helm-chart',
  'helm-lock',
  'helm-template',
  'helm-values',
  'helm-values-schema',
  'helmfile',
  // Jenkins X
  'jenkins-x-requirements',
  'jenkins-x-settings',
  'jenkins-x-trigger',
  'jenkins-x-config',
  // secrets stores
  'sops-config',
  'sops-encrypted',
  'ansible-vault',
  // infrastructure as code
  'terraform',
  'terraform-variables',
  'terraform-lock',
  'terraform-state',
  'terragrunt',
  'ansible-playbook',
  'ansible-tasks',
  'ansible-variables',
  'ansible-inventory',
  'ansible-config',
  'cloudformation',
  /** How a cluster or a machine is made: Talos, kubeadm, kind, k3d, eksctl, kubelet, cloud-init, kubeconfig. */
  'cluster-config',
  // platforms and CI
  'github-workflow',
  'github-action',
  'github-settings',
  'gitlab-ci',
  'bitbucket-pipelines',
  'azure-pipelines',
  'ci-config',
  'codeowners',
  'owners',
  // others that have a name
  'compose',
  'openapi',
  'backstage',
  'tool-config',
  'dashboard',
  /** Checks and their fixtures: Kyverno, Chainsaw, kuttl, Gatekeeper, helm-unittest, promtool. */
  'policy-test',
  'json-schema',
  /** What a generator of an ApplicationSet, or a pipeline, takes its parameters from. */
  'parameters',
  /** What a program in the cluster reads; its bytes are delivered as they are. */
  'data',
  'lock-file',
  'generated',
  'template',
  'documentation',
  'script',
  'source-code',
  'text',
  'other',
] as const;

/** Classes of objects that an API server gets as they are, or a controller on its way there. */
export const objectClasses: ReadonlySet<DocumentClass> = new Set([
  'kubernetes-manifest',
  'kubernetes-list',
  'custom-resource',
  'custom-resource-definition',
  'secret',
  'sealed-secret',
  'external-secret',
  'sops-encrypted',
  'argocd-application',
  'argocd-application-set',
  'argocd-project',
  'flux-kustomization',
  'flux-helm-release',
  'flux-source',
  'flux-automation',
  'flux-notification',
  'flux-operator',
]);

export interface Classification {
  readonly class: DocumentClass;
  /** Why, as `gitops-lint explain` shows it. */
  readonly reason: string;
  /** The text has template actions (Helm, Go, Jinja) and is no YAML until they are carried out. */
  readonly template?: 'helm' | 'go' | 'jinja' | 'other';
  /** A tool wrote it, or another project did (header, name, `linguist-generated`, vendored): no formatting, no layout findings. */
  readonly generated?: boolean;
  /** Its bytes are delivered as they are (a generator's file, a chart's `.Files`): another layout changes what runs. */
  readonly verbatim?: boolean;
  /** A filter encrypts what Git keeps of the file: what the work tree shows in clear nobody else reads. */
  readonly encryptedByGit?: boolean;
  /** `.gitattributes` has Git write or normalise the line ends of the file: CRLF in the work tree says nothing of the repository. */
  readonly gitLineEnds?: boolean;
}
