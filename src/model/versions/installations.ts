import type { SourceFile } from '../../core/document.ts';
import { fieldsAt, isFields, listAt, textAt } from '../../core/fields.ts';
import { at, type FieldPath } from '../../core/place.ts';
import type { Kustomization, Reference, Resource, Unit } from '../../core/repo.ts';
import { nameOf } from '../../core/repo-path.ts';
import { productNames, type VersionedTool } from '../../core/running-versions.ts';
import type { FoundVersion } from './found-version.ts';

export interface Installations {
  readonly files: readonly SourceFile[];
  readonly resources: readonly Resource[];
  readonly kustomizations: Iterable<Kustomization>;
  readonly references: readonly Reference[];
  readonly units: readonly Pick<Unit, 'sources'>[];
}

/** The versions of the controllers that the repository installs, wherever it says one. */
export function* readInstallations({ files, resources, kustomizations, references, units }: Installations): Generator<FoundVersion> {
  for (const file of files) yield* readFluxHeader(file);
  for (const resource of resources) yield* readObject(resource);
  for (const { document, value } of kustomizations) yield* readKustomization(document, value);
  for (const reference of references) yield* readRemote(reference);
  for (const unit of units) yield* readSources(unit);
  for (const file of files) yield* readDependencies(file);
}

/** Charts whose version is that of the application in it. The charts of Argo CD, Flux and Traefik have versions of their own. */
const chartTools: ReadonlyMap<string, VersionedTool> = new Map([
  ['external-secrets', 'external-secrets'],
  ['cert-manager', 'cert-manager'],
  ['karpenter', 'karpenter'],
] as const);

/** Repositories on GitHub whose tags are versions, with the folders from which the whole tool is installed. */
const projects: ReadonlyMap<string, { readonly tool: VersionedTool; readonly folder: RegExp }> = new Map([
  ['argoproj/argo-cd', { tool: 'argocd', folder: /(?:^|\/)manifests(?:\/|$)/ }],
  ['fluxcd/flux2', { tool: 'flux', folder: /(?:^|\/)(?:manifests\/install|releases\/download)(?:\/|$)/ }],
  ['external-secrets/external-secrets', { tool: 'external-secrets', folder: /(?:^|\/)(?:deploy\/crds|config\/crds|releases\/download)(?:\/|$)/ }],
  ['cert-manager/cert-manager', { tool: 'cert-manager', folder: /(?:^|\/)releases\/download(?:\/|$)/ }],
  ['jetstack/cert-manager', { tool: 'cert-manager', folder: /(?:^|\/)releases\/download(?:\/|$)/ }],
] as const);

/** `flux install` and `flux bootstrap` write the version at the top of what they generate. */
function* readFluxHeader({ path, text }: SourceFile): Generator<FoundVersion> {
  if (!/^gotk-components\.ya?ml$/.test(nameOf(path))) return;
  const [line, version] = /^# Flux Version: (\S+)/m.exec(text.slice(0, 1000)) ?? [];
  if (line === undefined || version === undefined) return;
  const start = text.indexOf(line);
  yield {
    tool: 'flux',
    text: version,
    at: { path, start, end: start + line.length },
    says: `"${nameOf(path)}" is of Flux ${version}`,
    where: 'delivered',
  };
}

function* readObject(resource: Resource): Generator<FoundVersion> {
  const { group, kind, value } = resource;
  if (group === 'fluxcd.controlplane.io' && kind === 'FluxInstance') yield* readDistribution(resource, ['spec', 'distribution']);
  else if (kind === 'CustomResourceDefinition' || kind === 'Deployment') yield* readLabels(resource);
  else if (group === 'source.toolkit.fluxcd.io' && kind === 'OCIRepository') {
    const spec = fieldsAt(value, 'spec');
    const tool = chartTools.get(nameOf(textAt(spec, 'url') ?? ''));
    const tag = textAt(fieldsAt(spec, 'ref'), 'tag');
    if (tool !== undefined && tag !== undefined) yield found(resource, ['spec', 'ref', 'tag'], tool, tag, 'the chart');
  } else if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease' && isFluxInstance(fieldsAt(value, 'spec'))) {
    yield* readDistribution(resource, ['spec', 'values', 'instance', 'distribution']);
  }
  if ((kind === 'Deployment' || kind === 'StatefulSet') && group === 'apps') yield* readImages(resource);
}

/** The chart makes a FluxInstance of its values: https://github.com/controlplaneio-fluxcd/charts/tree/main/charts/flux-instance */
function isFluxInstance(spec: ReturnType<typeof fieldsAt>): boolean {
  return (
    textAt(fieldsAt(fieldsAt(spec, 'chart'), 'spec'), 'chart') === 'flux-instance' || textAt(fieldsAt(spec, 'chartRef'), 'name') === 'flux-instance'
  );
}

function* readDistribution(resource: Resource, field: readonly string[]): Generator<FoundVersion> {
  let distribution = resource.value;
  for (const key of field) distribution = fieldsAt(distribution, key);
  const version = textAt(distribution, 'version');
  if (version !== undefined) yield found(resource, [...field, 'version'], 'flux', version, `${resource.kind} "${resource.name ?? ''}"`);
}

function* readLabels(resource: Resource): Generator<FoundVersion> {
  const labels = fieldsAt(fieldsAt(resource.value, 'metadata'), 'labels');
  const version = textAt(labels, 'app.kubernetes.io/version');
  if (version === undefined || labels['app.kubernetes.io/part-of'] !== 'flux' || labels['app.kubernetes.io/instance'] !== 'flux-system') return;
  yield found(resource, ['metadata', 'labels', 'app.kubernetes.io/version'], 'flux', version, `a label of ${resource.kind} "${resource.name ?? ''}"`);
}

/** The server and the controllers; jobs and hooks use the same image for its command line. */
function* readImages(resource: Resource): Generator<FoundVersion> {
  if (!resource.name?.includes('argocd-')) return;
  const field = ['spec', 'template', 'spec', 'containers'];
  for (const [index, container] of listAt(fieldsAt(fieldsAt(fieldsAt(resource.value, 'spec'), 'template'), 'spec'), 'containers').entries()) {
    const [, tag] = /(?:^|\/)argoproj\/argocd:(v[\w.+-]+)(?:@|$)/.exec((isFields(container) && textAt(container, 'image')) || '') ?? [];
    if (tag !== undefined) yield found(resource, [...field, index, 'image'], 'argocd', tag, `the image of ${resource.kind} "${resource.name}"`);
  }
}

function* readKustomization(document: Kustomization['document'], value: Kustomization['value']): Generator<FoundVersion> {
  for (const [index, image] of listAt(value, 'images').entries()) {
    const tag = isFields(image) && /(?:^|\/)argoproj\/argocd$/.test(textAt(image, 'name') ?? '') ? textAt(image, 'newTag') : undefined;
    if (tag !== undefined) yield { ...base('argocd', tag, 'an image of the kustomization'), at: at(document, 'images', index, 'newTag') };
  }
  for (const [index, chart] of listAt(value, 'helmCharts').entries()) {
    const tool = isFields(chart) ? chartTools.get(textAt(chart, 'name') ?? '') : undefined;
    const version = isFields(chart) ? textAt(chart, 'version') : undefined;
    if (tool !== undefined && version !== undefined)
      yield { ...base(tool, version, `chart "${tool}"`), at: at(document, 'helmCharts', index, 'version') };
  }
}

/** `github.com/argoproj/argo-cd//manifests/ha?ref=v3.0.1`, `https://raw.githubusercontent.com/argoproj/argo-cd/v3.0.1/manifests/install.yaml`, release assets */
function* readRemote({ kind, state, target, from }: Reference): Generator<FoundVersion> {
  if (state !== 'external' || !kind.startsWith('kustomize-')) return;
  const [, project = '', rest = ''] =
    /(?:github\.com[/:]|raw\.githubusercontent\.com\/)([\w.-]+\/[\w.-]+?)(?:\.git)?(?:\/|\?|$)(.*)$/.exec(target) ?? [];
  const known = projects.get(project);
  if (known === undefined || !known.folder.test(rest.replace(/\?.*/, '').replace(/^\/+/, ''))) return;
  const [, version] =
    /[?&](?:ref|version)=([^&]+)/.exec(target) ?? /(?:^|\/)releases\/download\/([^/]+)\//.exec(rest) ?? /^\/*(v\d[\w.+-]*)\//.exec(rest) ?? [];
  if (version !== undefined) yield { ...base(known.tool, version, `"${target}"`), at: from };
}

function* readSources({ sources }: Pick<Unit, 'sources'>): Generator<FoundVersion> {
  for (const { at, chart, url, revision } of sources) {
    if (revision === undefined) continue;
    const tool =
      chart === undefined
        ? projects.get(/github\.com[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(url ?? '')?.[1] ?? '')?.tool
        : chartTools.get(nameOf(chart));
    if (tool !== undefined) yield { ...base(tool, revision, chart === undefined ? `"${url}"` : `chart "${chart}"`), at };
  }
}

/** Charts that a chart of the repository takes in. */
function* readDependencies({ classification, documents: [document] }: SourceFile): Generator<FoundVersion> {
  if (classification.class !== 'helm-chart' || document === undefined || !isFields(document.value)) return;
  for (const [index, dependency] of listAt(document.value, 'dependencies').entries()) {
    if (!isFields(dependency)) continue;
    const tool = chartTools.get(textAt(dependency, 'name') ?? '');
    const version = textAt(dependency, 'version');
    if (tool !== undefined && version !== undefined)
      yield { ...base(tool, version, `chart "${tool}"`), at: at(document, 'dependencies', index, 'version') };
  }
}

function found({ document, field: start }: Resource, field: FieldPath, tool: VersionedTool, text: string, subject: string): FoundVersion {
  return { ...base(tool, text, subject), at: at(document, ...start, ...field) };
}

function base(tool: VersionedTool, text: string, subject: string): Omit<FoundVersion, 'at'> {
  return { tool, text, says: `${subject} is of ${productNames[tool]} ${text}`, where: 'delivered' };
}
