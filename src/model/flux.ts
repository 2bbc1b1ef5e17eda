import { type Fields, fieldsAt, isFields, listAt, textAt } from '../core/fields.ts';
import { at, type FieldPath } from '../core/place.ts';
import type { Reference, ReferenceKind, Resource, UnitSource } from '../core/repo.ts';
import { type Artifact, artifactOf, gitSourceOf, resolveInArtifact } from './artifact.ts';
import type { Deletion } from './deletions.ts';
import { type Delivery, type DraftUnit, deliveriesOf } from './draft-unit.ts';
import type { Include, IncludedFiles } from './includes.ts';
import { addTo } from './multimap.ts';
import { type ObjectIndex, resolveObject } from './objects.ts';
import { asResolved } from './open-path.ts';
import { type ReaderContext, resolveText, trustIn } from './reader-context.ts';
import type { PathMention } from './repository-url.ts';
import { forgiveAbsence, type Resolution } from './resolve-path.ts';
import { substituteKnown, type Variables } from './substitution/substitute.ts';
import { variablesOf } from './substitution/variables.ts';
import { hole, openUp } from './template-marks.ts';

export interface FluxContext extends ReaderContext {
  readonly objects: ObjectIndex;
  readonly include: Include;
  readonly deletions: readonly Deletion[];
}

/** Every Flux Kustomization, HelmRelease and FluxInstance, with what it delivers and mentions. */
export function readFlux(resources: readonly Resource[], context: FluxContext): DraftUnit[] {
  const units: DraftUnit[] = [];
  const open: Resource[] = [];
  for (const resource of resources) {
    if (isFluxKustomization(resource)) {
      if (openUp(textAt(specOf(resource), 'path') ?? '').includes(hole)) open.push(resource);
      else units.push(readKustomization(resource, context));
    } else if (resource.group === 'helm.toolkit.fluxcd.io' && resource.kind === 'HelmRelease') {
      units.push(...readHelmRelease(resource, context));
    } else if (resource.group === 'fluxcd.controlplane.io' && resource.kind === 'FluxInstance') {
      units.push(...readInstance(resource, context));
    }
  }
  return open.length === 0 ? units : [...units, ...expandPerParent(open, units, context)];
}

/** The paths that Flux objects take from each Git repository, before it is known which one this is. */
export function* fluxMentions(resources: readonly Resource[], objects: ObjectIndex): Generator<PathMention> {
  for (const resource of resources) {
    if (isFluxKustomization(resource)) {
      const spec = specOf(resource);
      const source = gitSourceOf(fieldsAt(spec, 'sourceRef'), resource, objects);
      const path = textAt(spec, 'path')?.replace(/^(\.?\/)+|\/+$/g, '');
      if (source && path && path !== '.' && !openUp(path).includes(hole)) yield { ...source, path };
    } else if (resource.kind === 'FluxInstance') {
      const sync = fieldsAt(specOf(resource), 'sync');
      const url = textAt(sync, 'url');
      const path = textAt(sync, 'path')?.replace(/^(\.?\/)+|\/+$/g, '');
      if (url !== undefined && path && sync.kind === 'GitRepository') yield { url, path };
    }
  }
}

function isFluxKustomization({ group, kind }: Resource): boolean {
  return group === 'kustomize.toolkit.fluxcd.io' && kind === 'Kustomization';
}

function specOf(resource: Resource): Fields {
  return fieldsAt(resource.value, 'spec');
}

/** The parent that delivers a Kustomization and substitutes its variables first. */
interface Parent {
  readonly id: string;
  readonly variables: Variables;
}

/** A Kustomization as it stands, or as one of its parents delivers it. */
function readKustomization(resource: Resource, context: FluxContext, parent?: Parent): DraftUnit {
  const spec = specOf(resource);
  const id = `${context.idOf('flux-kustomization', resource)}${parent ? `@${parent.id}` : ''}`;
  const { references, add } = collector(resource, id);
  const sourceRef = fieldsAt(spec, 'sourceRef');
  addSource(add, sourceRef, ['spec', 'sourceRef'], resource, context);
  addDependencies(add, spec, 'Kustomization', resource, context);
  const substitutions = listAt(fieldsAt(spec, 'postBuild'), 'substituteFrom');
  addValuesFrom(add, 'flux-substitute-from', substitutions, ['spec', 'postBuild', 'substituteFrom'], resource, context);

  const written = textAt(spec, 'path') ?? './';
  const path = parent ? substituteKnown(written, parent.variables) : written;
  const artifact = artifactOf(sourceRef, resource, context);
  const folders = resolveInArtifact(path, 'folder', artifact, resource, context);
  if (spec.path !== undefined) add('flux-path', ['spec', 'path'], path, folders);
  const folder = folders.length === 1 ? (folders[0]?.to ?? folders[0]?.path) : undefined;
  const deliveries: Delivery[] = deliveriesOf(folders, 'flux');
  for (const [index, item] of listAt(spec, 'components').entries()) {
    if (typeof item !== 'string' || folder === undefined) continue;
    const found = resolveText(context, resource.document.path, folder, item, 'folder', artifact.trust);
    add('flux-component', ['spec', 'components', index], item, forgiveAbsence(found, spec.ignoreMissingComponents, 'ignoreMissingComponents'));
    deliveries.push(...deliveriesOf(found, 'kustomization'));
  }
  return {
    ...identity('flux-kustomization', id, resource),
    sources: [unitSource(['spec', 'path'], path, folders, sourceRef, artifact, references, resource)],
    ...destinationOf(spec),
    ...(parent && { madeBy: parent.id }),
    deliveries: context.isStandIn(resource) ? [] : deliveries,
    references,
  };
}

/** A HelmRelease without a chart is a fragment that patches another one: no unit. */
function readHelmRelease(resource: Resource, context: FluxContext): DraftUnit[] {
  const spec = specOf(resource);
  const inline = fieldsAt(fieldsAt(spec, 'chart'), 'spec');
  const chart = textAt(inline, 'chart');
  const chartRef = fieldsAt(spec, 'chartRef');
  if (chart === undefined && chartRef.name === undefined) return [];
  const id = context.idOf('flux-helm-release', resource);
  const { references, add } = collector(resource, id);
  const sourceRef = chart === undefined ? chartRef : fieldsAt(inline, 'sourceRef');
  addSource(add, sourceRef, chart === undefined ? ['spec', 'chartRef'] : ['spec', 'chart', 'spec', 'sourceRef'], resource, context);
  addDependencies(add, spec, 'HelmRelease', resource, context);
  addValuesFrom(add, 'flux-values-from', listAt(spec, 'valuesFrom'), ['spec', 'valuesFrom'], resource, context);
  const deliveries: Delivery[] = [];
  const artifact = artifactOf(sourceRef, resource, context);
  let folders: readonly Resolution[] = [];
  if (chart !== undefined && sourceRef.kind === 'GitRepository') {
    const field = ['spec', 'chart', 'spec'];
    folders = resolveInArtifact(chart, 'folder', artifact, resource, context);
    add('flux-chart', [...field, 'chart'], chart, folders);
    deliveries.push(...deliveriesOf(folders, 'chart'));
    for (const [index, item] of listAt(inline, 'valuesFiles').entries()) {
      if (typeof item !== 'string') continue;
      const found = resolveInArtifact(item, 'file', artifact, resource, context);
      add('flux-values', [...field, 'valuesFiles', index], item, forgiveAbsence(found, inline.ignoreMissingValuesFiles, 'ignoreMissingValuesFiles'));
      deliveries.push(...deliveriesOf(found, 'file'));
    }
  }
  const version = textAt(inline, 'version');
  const source = unitSource(['spec', chart === undefined ? 'chartRef' : 'chart'], chart ?? '', folders, sourceRef, artifact, references, resource);
  return [
    {
      ...identity('flux-helm-release', id, resource),
      sources: [{ ...source, ...(chart !== undefined && folders.length === 0 && { chart }), ...(version !== undefined && { revision: version }) }],
      ...destinationOf(spec),
      deliveries,
      references,
    },
  ];
}

/** The Flux Operator's FluxInstance makes the Kustomization that all others come from. */
function readInstance(resource: Resource, context: FluxContext): DraftUnit[] {
  const sync = fieldsAt(specOf(resource), 'sync');
  const path = textAt(sync, 'path');
  if (path === undefined) return [];
  const url = textAt(sync, 'url');
  const revision = textAt(sync, 'ref')?.replace(/^refs\/heads\//, '');
  const artifact: Artifact = { trust: sync.kind === 'GitRepository' ? trustIn(context, url, revision) : 'maybe', ...(url !== undefined && { url }) };
  const folders = resolveInArtifact(path, 'folder', artifact, resource, context);
  const id = context.idOf('flux-kustomization', { ...resource, name: textAt(sync, 'name') ?? 'flux-system' });
  const { references, add } = collector(resource, id);
  add('flux-path', ['spec', 'sync', 'path'], path, folders);
  return [
    {
      ...identity('flux-kustomization', id, resource),
      sources: [unitSource(['spec', 'sync', 'path'], path, folders, sync, artifact, references, resource)],
      deliveries: deliveriesOf(folders, 'flux'),
      references,
    },
  ];
}

/**
 * A Kustomization whose path has variables is one unit for each parent that delivers it, for parents substitute
 * before their children are used. Without a known parent it is one unit whose path is open.
 */
function expandPerParent(open: readonly Resource[], parents: readonly DraftUnit[], context: FluxContext): DraftUnit[] {
  const openByFile = new Map<string, Resource[]>();
  for (const resource of open) addTo(openByFile, resource.document.path, resource);
  const isMade = new Set<Resource>();
  const all: DraftUnit[] = [];
  const inherited = new Map<string, Variables>();
  let generation = parents.filter(({ kind }) => kind === 'flux-kustomization');
  for (let depth = 0; depth < 5 && generation.length > 0; depth++) {
    const children: DraftUnit[] = [];
    for (const parent of generation) {
      if (!parent.resource) continue;
      const variables = variablesOf(parent.resource, context.objects, inherited.get(parent.id));
      const seen = new Set<Resource>();
      for (const delivery of parent.deliveries) {
        const files = context.include(delivery);
        for (const [file, resources] of openByFile) {
          if (!files.has(file)) continue;
          for (const resource of resources) {
            if (seen.has(resource) || resource === parent.resource || isDeleted(resource, files, context)) continue;
            seen.add(resource);
            isMade.add(resource);
            const child = readKustomization(resource, context, { id: parent.id, variables });
            inherited.set(child.id, variables);
            children.push(child);
          }
        }
      }
    }
    all.push(...children);
    generation = children;
  }
  return [...all, ...open.filter(resource => !isMade.has(resource)).map(resource => readKustomization(resource, context))];
}

/** Whether a patch among what the parent delivers takes the object away again. */
function isDeleted({ kind, name }: Resource, files: IncludedFiles, { deletions }: FluxContext): boolean {
  return deletions.some(deletion => deletion.kind === kind && deletion.name === name && files.has(deletion.path));
}

type Add = (kind: ReferenceKind, field: FieldPath, target: string, resolutions: readonly Resolution[]) => void;

function collector(resource: Resource, unit: string): { readonly references: Reference[]; readonly add: Add } {
  const references: Reference[] = [];
  const add: Add = (kind, field, target, resolutions) => {
    const from = at(resource.document, ...resource.field, ...field);
    for (const resolution of resolutions) references.push({ kind, from, target, ...resolution, unit });
  };
  return { references, add };
}

function addSource(add: Add, ref: Fields, field: FieldPath, resource: Resource, { objects }: FluxContext): void {
  const name = textAt(ref, 'name');
  const kind = textAt(ref, 'kind');
  if (name !== undefined && kind !== undefined)
    add('flux-source', [...field, 'name'], name, [resolveObject(objects, resource.document.path, kind, name)]);
}

function addDependencies(add: Add, spec: Fields, kind: string, resource: Resource, { objects }: FluxContext): void {
  for (const [index, item] of listAt(spec, 'dependsOn').entries()) {
    const name = isFields(item) ? textAt(item, 'name') : undefined;
    if (name === undefined) continue;
    add('flux-depends-on', ['spec', 'dependsOn', index, 'name'], name, [resolveObject(objects, resource.document.path, kind, name)]);
  }
}

/** ConfigMaps and Secrets may well be made in the cluster: what is not here is not known. */
function addValuesFrom(
  add: Add,
  kind: ReferenceKind,
  items: readonly unknown[],
  field: FieldPath,
  resource: Resource,
  { objects }: FluxContext,
): void {
  for (const [index, item] of items.entries()) {
    const name = isFields(item) ? textAt(item, 'name') : undefined;
    if (!isFields(item) || name === undefined) continue;
    const resolution = resolveObject(objects, resource.document.path, textAt(item, 'kind') ?? 'ConfigMap', name);
    add(kind, [...field, index, 'name'], name, [
      resolution.state === 'missing' ? { state: 'unknown', reason: 'it may be made in the cluster' } : resolution,
    ]);
  }
}

function identity(
  kind: DraftUnit['kind'],
  id: string,
  resource: Resource,
): Pick<DraftUnit, 'id' | 'kind' | 'name' | 'namespace' | 'at' | 'resource'> {
  const { name = '', namespace, document, field } = resource;
  return { id, kind, name, ...(namespace !== undefined && { namespace }), at: at(document, ...field), resource };
}

function destinationOf(spec: Fields): Pick<DraftUnit, 'destination'> {
  const cluster = textAt(fieldsAt(fieldsAt(spec, 'kubeConfig'), 'secretRef'), 'name');
  const namespace = textAt(spec, 'targetNamespace');
  if (cluster === undefined && namespace === undefined) return {};
  const isKnown = (text: string | undefined) => text !== undefined && openUp(text) === text;
  return {
    destination: {
      ...(cluster !== undefined && isKnown(cluster) && { cluster }),
      ...(namespace !== undefined && isKnown(namespace) && { namespace }),
    },
  };
}

function unitSource(
  field: FieldPath,
  text: string,
  folders: readonly Resolution[],
  ref: Fields,
  { url, revision, trust }: Artifact,
  references: readonly Reference[],
  resource: Resource,
): UnitSource {
  return {
    at: at(resource.document, ...resource.field, ...field),
    repository: trust === 'yes' ? 'this' : trust === 'no' || ref.kind === 'HelmRepository' ? 'other' : 'unknown',
    ...(url !== undefined && { url }),
    ...(revision !== undefined && { revision }),
    ...(folders.length > 0 && { path: asResolved(text, folders, trust === 'yes') }),
    valueFiles: references.filter(({ kind }) => kind === 'flux-values'),
  };
}
