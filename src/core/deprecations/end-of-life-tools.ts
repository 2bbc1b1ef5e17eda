import { fieldsAt, isFields, listAt, textAt } from '../fields.ts';
import { standsOutside } from '../outside.ts';
import { at, type FieldPath, keyAt, type Place } from '../place.ts';
import { podSpecOf } from '../pod-spec.ts';
import type { Repo, Resource } from '../repo.ts';
import { folderOf, nameOf } from '../repo-path.ts';

/** A tool that nobody maintains, and how a repository shows that it uses it. */
export interface EndOfLifeTool {
  /** As the options call it. */
  readonly name: string;
  /** As in `nobody has maintained Flux 1 since 2022-11-01`. */
  readonly says: string;
  readonly remedy: string;
  /** Where this is written, and the day it was looked up. */
  readonly source: string;
  readonly date: string;
  readonly usesIn: (repo: Repo) => Iterable<ToolUse>;
}

export interface ToolUse {
  readonly at: Place;
  /** Why it cannot be told whether this is a use. */
  readonly skipped?: string;
}

const lookedUp = '2026-11-28';

export const endOfLifeTools: readonly EndOfLifeTool[] = [
  {
    name: 'kubernetes-external-secrets',
    says: since('Kubernetes External Secrets', '2022-07-26'),
    remedy: 'use External Secrets Operator, "external-secrets.io/v1"',
    source: 'https://github.com/external-secrets/kubernetes-external-secrets (archived)',
    date: lookedUp,
    usesIn: ofGroups('kubernetes-client.io'),
  },
  {
    name: 'flux-1',
    says: since('Flux 1', '2022-11-01'),
    remedy: 'move to Flux 2',
    source: 'https://github.com/fluxcd/flux and https://github.com/fluxcd/helm-operator (archived)',
    date: lookedUp,
    usesIn: function* (repo) {
      yield* ofGroups('helm.fluxcd.io', 'flux.weave.works')(repo);
      yield* annotated(repo, /^(fluxcd\.io|flux\.weave\.works)\/(automated|tag\.|ignore|locked)/);
    },
  },
  {
    name: 'helm-2',
    says: since('Helm 2', '2020-11-13'),
    remedy: 'move the dependencies to Chart.yaml with "apiVersion: v2"',
    source: 'https://helm.sh/blog/helm-v2-deprecation-timeline/',
    date: lookedUp,
    usesIn: requirementsOfCharts,
  },
  {
    name: 'tiller',
    says: since('Tiller of Helm 2', '2020-11-13'),
    remedy: 'remove it, Helm 3 has no part in the cluster',
    source: 'https://helm.sh/blog/helm-v2-deprecation-timeline/',
    date: lookedUp,
    usesIn: ofImages(/(?:^|\/)kubernetes-helm\/tiller$/),
  },
  {
    name: 'aad-pod-identity',
    says: since('AAD Pod Identity', '2023-09-30'),
    remedy: 'use Azure Workload Identity',
    source: 'https://github.com/Azure/aad-pod-identity (archived; support ended in September 2023)',
    date: lookedUp,
    usesIn: ofGroups('aadpodidentity.k8s.io'),
  },
  {
    name: 'pod-security-policy',
    says: 'rights to a PodSecurityPolicy do nothing since Kubernetes 1.25',
    remedy: 'remove them',
    source: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/#psp-v125',
    date: lookedUp,
    usesIn: rightsToPolicies,
  },
  {
    name: 'git-crypt',
    says: 'neither Argo CD nor Flux decrypts what git-crypt encrypts',
    remedy: 'use SOPS, sealed secrets or an external store',
    source: 'https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/ and https://fluxcd.io/flux/security/secrets-management/',
    date: lookedUp,
    usesIn: gitCrypt,
  },
  {
    name: 'bitnami-images',
    says: since('the versioned images of "bitnami"', '2025-08-28'),
    remedy: 'take an image that is maintained',
    source: 'https://github.com/bitnami/containers/issues/83267',
    date: lookedUp,
    usesIn: ofImages(/^(?:docker\.io\/|index\.docker\.io\/|registry-1\.docker\.io\/)?bitnami(?:legacy)?\/[^/]+$/),
  },
  {
    name: 'ingress-nginx',
    says: since('Ingress NGINX', '2026-03-31'),
    remedy: 'move to Gateway API or another controller',
    source: 'https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/',
    date: lookedUp,
    usesIn: ingressNginx,
  },
];

/** A tool that the user's config names by its API group. */
export function groupTool(group: string, remedy: string): EndOfLifeTool {
  return { name: group, says: `"${group}" is at its end`, remedy, source: 'the config', date: '', usesIn: ofGroups(group) };
}

function since(tool: string, day: string): string {
  return `nobody has maintained ${tool} since ${day}`;
}

function ofGroups(...groups: readonly string[]): EndOfLifeTool['usesIn'] {
  return function* (repo) {
    for (const resource of objectsOf(repo)) if (groups.includes(resource.group)) yield { at: placeIn(resource, 'apiVersion') };
  };
}

/** What stands in tests, documentation and vendored folders is used by nobody, unless it is delivered. */
function* objectsOf({ resources, reach }: Repo): Generator<Resource> {
  for (const resource of resources) {
    const { path, classification } = resource.document;
    if (classification.class !== 'policy-test' && classification.class !== 'data' && (reach.has(path) || !standsOutside(path))) yield resource;
  }
}

function placeIn({ document, field }: Resource, ...inner: FieldPath) {
  return at(document, ...field, ...inner);
}

function* annotated(repo: Repo, key: RegExp): Generator<ToolUse> {
  for (const resource of objectsOf(repo)) {
    const annotations = fieldsAt(fieldsAt(resource.value, 'metadata'), 'annotations');
    const found = Object.keys(annotations).find(name => key.test(name));
    if (found !== undefined) yield { at: keyAt(resource.document, ...resource.field, 'metadata', 'annotations', found) };
  }
}

function* requirementsOfCharts({ files }: Repo): Generator<ToolUse> {
  for (const path of files.keys()) {
    if (nameOf(path) !== 'requirements.yaml' || standsOutside(path)) continue;
    const folder = folderOf(path);
    if (files.has(folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`)) yield { at: { path } };
  }
}

/** Images of containers by the name before the tag; without a fixed tag nobody can tell. */
function ofImages(name: RegExp): EndOfLifeTool['usesIn'] {
  return function* (repo) {
    for (const resource of objectsOf(repo)) {
      for (const [field, image] of imagesOf(resource)) {
        const [before = '', tag] = image.split(/[:@](?=[^/]*$)/);
        if (!name.test(before)) continue;
        const isOpen = tag === undefined || /\$|\{\{|latest/.test(tag);
        yield { at: placeIn(resource, ...field), ...(isOpen && { skipped: 'the version of the image is not known' }) };
      }
    }
  };
}

function* imagesOf(resource: Resource): Generator<[field: FieldPath, image: string]> {
  const pods = podSpecOf(resource);
  if (pods === undefined) return;
  for (const list of ['initContainers', 'containers']) {
    for (const [index, container] of listAt(pods.spec, list).entries()) {
      const image = isFields(container) ? textAt(container, 'image') : undefined;
      if (image !== undefined) yield [[...pods.field, list, index, 'image'], image];
    }
  }
}

/** The policies themselves are a matter of the version of Kubernetes. */
function* rightsToPolicies(repo: Repo): Generator<ToolUse> {
  for (const resource of objectsOf(repo)) {
    if (resource.kind !== 'ClusterRole' && resource.kind !== 'Role') continue;
    for (const [index, rule] of listAt(resource.value, 'rules').entries()) {
      const position = isFields(rule) ? listAt(rule, 'resources').indexOf('podsecuritypolicies') : -1;
      if (position >= 0) yield { at: placeIn(resource, 'rules', index, 'resources', position) };
    }
  }
}

/** Only where a controller reads the repository. */
function* gitCrypt({ files, units }: Repo): Generator<ToolUse> {
  if (!units.some(({ kind }) => kind.startsWith('argocd-') || kind.startsWith('flux-'))) return;
  for (const { path, text } of files.values()) {
    if (nameOf(path) === '.gitattributes' && /^[^#\n]*\sfilter=git-crypt/m.test(text)) yield { at: { path } };
  }
}

function* ingressNginx(repo: Repo): Generator<ToolUse> {
  for (const resource of objectsOf(repo)) {
    if (resource.kind === 'IngressClass' && fieldsAt(resource.value, 'spec').controller === 'k8s.io/ingress-nginx')
      yield { at: placeIn(resource, 'spec', 'controller') };
  }
  for (const { at, sources } of repo.units) {
    const source = sources.find(({ chart }) => chart !== undefined && nameOf(chart) === 'ingress-nginx');
    if (source !== undefined) yield { at: source.at ?? at };
  }
}
