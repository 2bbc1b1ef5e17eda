import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { describeMinors } from '../../src/core/kubernetes-minors.ts';
import type { RepoPath } from '../../src/core/place.ts';
import type { Repo } from '../../src/core/repo.ts';
import { describeVersion, readVersion, type VersionedTool } from '../../src/core/running-versions.ts';
import { kubernetesTargets, versionTargets } from '../../src/core/versions.ts';
import { understand } from '../../src/lint.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';
import { deployment, kustomization } from './describe-repo.ts';

type Files = Readonly<Record<RepoPath, string>>;

async function repoOf(files: Files): Promise<Repo> {
  const workspace = memoryWorkspace(files);
  const config = await loadConfig({ read: path => files[path], rules: [] });
  return understand({ workspace, config, repository: { remotes: [], isWorkTree: false } }, await workspace.list());
}

/** What is known of a tool: `production 1.33`, `everywhere 1.32`. */
async function versionsIn(files: Files, tool: VersionedTool = 'kubernetes'): Promise<string[]> {
  const known = (await repoOf(files)).versions.get(tool);
  if (known === undefined) return [];
  const places = [...known.byEnvironment, ['everywhere', known.everywhere] as const];
  return places.flatMap(([place, versions]) => (versions.length === 0 ? [] : [`${place} ${versions.map(describeVersion).join(' or ')}`])).sort();
}

/** The targets of a file as `environments: minors`, with `?` where they are not known. */
function targetsOf(repo: Repo, path: RepoPath): string[] {
  return kubernetesTargets(repo, path).map(
    ({ environments, minors, isKnown }) => `${environments.join(' ')}: ${describeMinors(minors)}${isKnown ? '' : '?'}`,
  );
}

function object(apiVersion: string, kind: string, name: string, more: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${name} }\n${more}\n`;
}

const environments = { 'clusters/production/a.yaml': deployment('a'), 'clusters/staging/a.yaml': deployment('a') };

test('a version is written out; ranges, channels and words are none', () => {
  const read = (text: string) => {
    const version = readVersion(text);
    return version && describeVersion(version);
  };
  expect(['1.33', 'v1.33.4', '1.33.4+k3s1', '1.33.4-gke.100', '2.7.x', 'v1.30.0-rc.1'].map(read)).toEqual([
    '1.33',
    '1.33',
    '1.33',
    '1.33',
    '2.7',
    '1.30',
  ]);
  expect(['2.x', '~1.33.0', '>=1.30', 'latest', '1', '', '1.33.4.5 ', 'stable-1.33', '$VERSION'].filter(text => read(text) !== undefined)).toEqual(
    [],
  );
});

describe('the Kubernetes of a cluster', () => {
  test.each<[string, Files]>([
    ['Cluster API', { 'c.yaml': object('cluster.x-k8s.io/v1beta1', 'Cluster', 'web', 'spec: { topology: { class: aws, version: v1.33.1 } }') }],
    [
      'a kubeadm control plane',
      { 'c.yaml': object('controlplane.cluster.x-k8s.io/v1beta1', 'KubeadmControlPlane', 'web', 'spec: { version: v1.33.1 }') },
    ],
    [
      'machines alone',
      { 'c.yaml': object('cluster.x-k8s.io/v1beta1', 'MachineDeployment', 'web', 'spec: { template: { spec: { version: v1.33.1 } } }') },
    ],
    [
      'the API server of Talos',
      {
        'talos/controlplane.yaml':
          'version: v1alpha1\nmachine: { type: controlplane }\ncluster:\n  apiServer: { image: "registry.k8s.io/kube-apiserver:v1.33.1" }\n',
      },
    ],
    [
      'the kubelet of Talos',
      { 'talos/worker.yaml': 'version: v1alpha1\nmachine:\n  kubelet: { image: "ghcr.io/siderolabs/kubelet:v1.33.1@sha256:0123" }\n' },
    ],
    ['talhelper', { 'talos/talconfig.yaml': 'clusterName: web\ntalosVersion: v1.10.0\nkubernetesVersion: v1.33.1\nnodes: []\n' }],
    ['kOps', { 'c.yaml': object('kops.k8s.io/v1alpha2', 'Cluster', 'web.example.org', 'spec: { kubernetesVersion: 1.33.1 }') }],
    ['eksctl', { 'c.yaml': 'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: web, region: eu-west-1, version: "1.33" }\n' }],
    ['k0sctl', { 'k0sctl.yaml': object('k0sctl.k0sproject.io/v1beta1', 'Cluster', 'web', 'spec: { k0s: { version: v1.33.1+k0s.0 } }') }],
    ['system-upgrade-controller', { 'p.yaml': object('upgrade.cattle.io/v1', 'Plan', 'server', 'spec: { version: v1.33.1+k3s1 }') }],
    ['Crossplane', { 'c.yaml': object('eks.aws.upbound.io/v1beta1', 'Cluster', 'web', 'spec: { forProvider: { version: "1.33" } }') }],
    [
      'EKS by Terraform',
      {
        'main.tf':
          'module "eks" {\n  source          = "terraform-aws-modules/eks/aws"\n  version         = "20.31.6"\n  cluster_version = "1.33" # the newest\n}\n',
      },
    ],
    ['EKS without a module', { 'main.tf': 'resource "aws_eks_cluster" "web" {\n  name    = "web"\n  version = "1.33"\n}\n' }],
    ['AKS', { 'main.tf': 'resource "azurerm_kubernetes_cluster" "web" {\n  kubernetes_version = "1.33.2"\n}\n' }],
    ['GKE', { 'main.tf': 'resource "google_container_cluster" "web" {\n  min_master_version = "1.33.3-gke.100"\n}\n' }],
    ['variables of Terraform', { 'terraform.tfvars': 'cluster_version = "1.33"\n' }],
    ['Terragrunt', { 'eks/terragrunt.hcl': 'inputs = {\n  cluster_version = "1.33"\n}\n' }],
  ])('%s', async (_, files) => {
    expect(await versionsIn(files)).toEqual(['everywhere 1.33']);
  });

  test.each<[string, Files]>([
    ['what a chart requires', { 'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\nkubeVersion: ">=1.33.0"\n' }],
    [
      'the version of a module, of a provider, of a database',
      {
        'main.tf':
          'module "eks" {\n  version = "1.33"\n}\nresource "aws_rds_cluster" "a" {\n  version = "1.33"\n}\nlocals {\n  database_version = "1.33"\n}\n',
      },
    ],
    [
      'references, interpolations, conditions and comments',
      {
        'main.tf':
          'module "eks" {\n  cluster_version = var.version\n  kubernetes_version = "1.%{ if true }33%{ endif }"\n  min_master_version = var.old ? "1.30" : "1.33"\n  # cluster_version = "1.33"\n/*\n  cluster_version = "1.33"\n*/\n}\n',
      },
    ],
    [
      'the default of a module, an example',
      { 'modules/eks/main.tf': 'cluster_version = "1.33"\n', 'examples/eks/main.tf': 'cluster_version = "1.33"\n' },
    ],
    ['a database of that name', { 'main.tf': 'module "search" {\n  cluster_version = "7.10"\n}\n' }],
    [
      'a kind cluster for tests',
      { 'kind.yaml': 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes: [{ role: control-plane, image: "kindest/node:v1.33.1" }]\n' },
    ],
    ['OpenShift', { 'c.yaml': object('controlplane.cluster.x-k8s.io/v1beta2', 'ROSAControlPlane', 'web', 'spec: { version: 4.14.5 }') }],
    ['what is vendored', { 'vendor/c.yaml': object('kops.k8s.io/v1alpha2', 'Cluster', 'web', 'spec: { kubernetesVersion: 1.33.1 }') }],
  ])('not %s', async (_, files) => {
    expect(await versionsIn(files)).toEqual([]);
  });

  test('a control plane is believed before its nodes', async () => {
    const files = {
      'a.yaml': object('controlplane.cluster.x-k8s.io/v1beta1', 'KubeadmControlPlane', 'web', 'spec: { version: v1.33.1 }'),
      'b.yaml': object('cluster.x-k8s.io/v1beta1', 'MachineDeployment', 'web', 'spec: { template: { spec: { version: v1.32.1 } } }'),
    };
    expect(await versionsIn(files)).toEqual(['everywhere 1.33']);
  });

  test('kind and k3d tell of an environment that is theirs', async () => {
    const local = 'apiVersion: k3d.io/v1alpha5\nkind: Simple\nimage: rancher/k3s:v1.33.1-k3s1\n';
    expect(await versionsIn({ 'clusters/dev/k3d.yaml': local, 'clusters/prod/a.yaml': deployment('a') })).toEqual(['development 1.33']);
  });
});

describe('where it runs', () => {
  const kops = (name: string, version: string) => object('kops.k8s.io/v1alpha2', 'Cluster', name, `spec: { kubernetesVersion: ${version} }`);

  test('the owner of the place, or the name of the cluster', async () => {
    const files = { ...environments, 'clusters/production/cluster.yaml': kops('a', '1.32.1'), 'management/b.yaml': kops('eu-staging', '1.33.0') };
    expect(await versionsIn(files)).toEqual(['production 1.32', 'staging 1.33']);
  });

  test('one version without an environment is that of the whole repository', async () => {
    expect(await versionsIn({ ...environments, 'cluster.yaml': kops('a', '1.32.1') })).toEqual(['everywhere 1.32']);
  });

  test('several without an environment: not known', async () => {
    expect(await versionsIn({ ...environments, 'a.yaml': kops('a', '1.32.1'), 'b.yaml': kops('b', '1.33.0') })).toEqual([]);
    expect(await versionsIn({ ...environments, 'a.yaml': kops('a', '1.32.1'), 'clusters/production/b.yaml': kops('b', '1.33.0') })).toEqual([
      'production 1.33',
    ]);
  });

  test('several of one environment: one of them', async () => {
    const repo = await repoOf({
      ...environments,
      'clusters/production/a/c.yaml': kops('a', '1.31.1'),
      'clusters/production/b/c.yaml': kops('b', '1.33.0'),
    });
    expect(targetsOf(repo, 'clusters/production/a.yaml')).toEqual(['production: 1.31 and 1.33?']);
  });

  test('the config wins: an environment, its group, all', async () => {
    const config =
      'environments:\n  prod: { kubernetes: "1.30" }\n  nonproduction: { group: [development, staging], kubernetes: "1.31" }\nversions: { kubernetes: "1.29" }\n';
    const files = {
      ...environments,
      'clusters/dev/a.yaml': deployment('a'),
      'clusters/production/c.yaml': kops('a', '1.33.0'),
      'gitops-lint.yaml': config,
    };
    expect(await versionsIn(files)).toEqual(['development 1.31', 'everywhere 1.29', 'production 1.30', 'staging 1.31']);
  });
});

describe('the targets of a file', () => {
  const base = { 'base/kustomization.yaml': kustomization('a.yaml'), 'base/a.yaml': deployment('a') };
  const overlay = (name: string) => ({ [`overlays/${name}/kustomization.yaml`]: kustomization('../../base') });

  test('the environments that it reaches, those of one version together', async () => {
    const config =
      'environments:\n  development: { kubernetes: "1.34" }\n  staging: { kubernetes: "1.33" }\n  production: { kubernetes: "1.33.2" }\n';
    const repo = await repoOf({
      ...base,
      ...overlay('dev'),
      ...overlay('staging'),
      ...overlay('prod'),
      ...overlay('test'),
      'gitops-lint.yaml': config,
    });
    expect(targetsOf(repo, 'base/a.yaml').sort()).toEqual(['development: 1.34', 'staging production: 1.33', 'test: 1.25 to 1.36?'].sort());
    expect(targetsOf(repo, 'overlays/prod/kustomization.yaml')).toEqual(['production: 1.33']);
  });

  test('nothing tells: all versions, not known', async () => {
    const repo = await repoOf(base);
    expect(targetsOf(repo, 'base/a.yaml')).toEqual([': 1.25 to 1.36?']);
  });

  test('what no schema knows: newer is the newest, older is not known', async () => {
    const targets = async (version: string) =>
      targetsOf(await repoOf({ ...base, 'gitops-lint.yaml': `versions: { kubernetes: "${version}" }\n` }), 'base/a.yaml');
    expect(await targets('1.50')).toEqual([': 1.36']);
    expect(await targets('1.24')).toEqual([': 1.25 to 1.36?']);
  });
});

describe('the versions of controllers', () => {
  test.each<[string, VersionedTool, string, Files]>([
    [
      'the header of gotk-components.yaml',
      'flux',
      '2.6',
      {
        'flux-system/gotk-components.yaml':
          '---\n# This manifest was generated by flux. DO NOT EDIT.\n# Flux Version: v2.6.4\napiVersion: v1\nkind: Namespace\nmetadata: { name: flux-system }\n',
      },
    ],
    [
      'its labels',
      'flux',
      '2.6',
      {
        'flux.yaml':
          'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: source-controller\n  labels:\n    app.kubernetes.io/instance: flux-system\n    app.kubernetes.io/part-of: flux\n    app.kubernetes.io/version: v2.6.4\n',
      },
    ],
    [
      'a FluxInstance',
      'flux',
      '2.7',
      { 'flux.yaml': object('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', 'spec: { distribution: { version: 2.7.x } }') },
    ],
    ['the remote manifests of Flux', 'flux', '2.6', { 'kustomization.yaml': kustomization('github.com/fluxcd/flux2/manifests/install?ref=v2.6.0') }],
    [
      'the remote manifests of Argo CD',
      'argocd',
      '2.11',
      { 'kustomization.yaml': kustomization('github.com/argoproj/argo-cd//manifests/ha/cluster-install?ref=v2.11.0') },
    ],
    [
      'the raw manifests of Argo CD',
      'argocd',
      '3.0',
      { 'kustomization.yaml': kustomization('https://raw.githubusercontent.com/argoproj/argo-cd/v3.0.1/manifests/install.yaml') },
    ],
    [
      'the image of Argo CD',
      'argocd',
      '3.0',
      {
        'argocd.yaml': object(
          'apps/v1',
          'Deployment',
          'argocd-server',
          'spec: { template: { spec: { containers: [{ name: a, image: "quay.io/argoproj/argocd:v3.0.1" }] } } }',
        ),
      },
    ],
    [
      'an Application with a chart',
      'external-secrets',
      '0.16',
      {
        'app.yaml': object(
          'argoproj.io/v1alpha1',
          'Application',
          'eso',
          'spec: { source: { repoURL: "https://charts.external-secrets.io", chart: external-secrets, targetRevision: 0.16.1 }, destination: { name: a } }',
        ),
      },
    ],
    [
      'a HelmRelease',
      'external-secrets',
      '0.16',
      {
        'app.yaml': object(
          'helm.toolkit.fluxcd.io/v2',
          'HelmRelease',
          'eso',
          'spec: { chart: { spec: { chart: external-secrets, version: 0.16.1, sourceRef: { kind: HelmRepository, name: eso } } } }',
        ),
      },
    ],
    [
      'an artifact',
      'cert-manager',
      '1.17',
      {
        'app.yaml': object(
          'source.toolkit.fluxcd.io/v1',
          'OCIRepository',
          'cm',
          'spec: { url: "oci://quay.io/jetstack/charts/cert-manager", ref: { tag: v1.17.0 } }',
        ),
      },
    ],
    [
      'a dependency of a chart',
      'external-secrets',
      '0.16',
      {
        'eso/Chart.yaml':
          'apiVersion: v2\nname: eso\nversion: 1.0.0\ndependencies:\n  - { name: external-secrets, version: 0.16.1, repository: "https://charts.external-secrets.io" }\n',
      },
    ],
  ])('%s', async (_, tool, version, files) => {
    expect(await versionsIn(files, tool)).toEqual([`everywhere ${version}`]);
  });

  test.each<[string, VersionedTool, Files]>([
    [
      'the version of the chart of Argo CD',
      'argocd',
      {
        'app.yaml': object(
          'argoproj.io/v1alpha1',
          'Application',
          'cd',
          'spec: { source: { repoURL: "https://argoproj.github.io/argo-helm", chart: argo-cd, targetRevision: 7.1.0 }, destination: { name: a } }',
        ),
      },
    ],
    ['any minor', 'flux', { 'flux.yaml': object('fluxcd.controlplane.io/v1', 'FluxInstance', 'flux', 'spec: { distribution: { version: 2.x } }') }],
    ['a branch', 'argocd', { 'kustomization.yaml': kustomization('github.com/argoproj/argo-cd//manifests/ha?ref=stable') }],
    [
      'a hook that uses the image',
      'argocd',
      {
        'wait.yaml': object(
          'batch/v1',
          'Job',
          'wait',
          'spec: { template: { spec: { containers: [{ name: a, image: "argoproj/argocd:v2.4.2" }] } } }',
        ),
      },
    ],
  ])('not %s', async (_, tool, files) => {
    expect(await versionsIn(files, tool)).toEqual([]);
  });

  test('of an environment where the file that installs it reaches one', async () => {
    const files = {
      ...environments,
      'clusters/production/flux-system/gotk-components.yaml': '# Flux Version: v2.6.4\n',
      'clusters/staging/flux-system/gotk-components.yaml': '# Flux Version: v2.7.0\n',
    };
    expect(await versionsIn(files, 'flux')).toEqual(['production 2.6', 'staging 2.7']);
    expect(versionTargets(await repoOf(files), 'flux', 'clusters/staging/a.yaml')).toMatchObject([
      { environments: ['staging'], versions: [{ major: 2, minor: 7, evidence: [{ kind: 'version' }] }] },
    ]);
  });
});
