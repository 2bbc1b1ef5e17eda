import { environmentsOf } from '../core/environment.ts';
import { fieldsAt, isFields, listAt } from '../core/fields.ts';
import { at, type Place, type RepoPath } from '../core/place.ts';
import type { RenderedObject, Rendering } from '../core/rendering.ts';
import type { Delivery, RepoModel, Resource, Unit } from '../core/repo.ts';

/** What each unit delivers; in part, with the reason, where a controller or a tool does more than is known here. */
export function deliverUnits(repo: RepoModel, render: (folder: RepoPath) => Rendering): readonly Delivery[] {
  const folders = new Set([...repo.kustomizations.values()].map(({ folder }) => folder));
  const written = writtenByUnit(repo);
  const unsure = new Set<string>();
  for (const { kind, state, unit } of repo.references) {
    if (unit !== undefined && (kind === 'argocd-source' || kind === 'flux-path') && state !== 'resolved') unsure.add(unit);
  }
  return repo.units.map(unit => ({ unit, environments: environmentsOf(unit.environment), ...deliver(unit) }));

  function deliver(unit: Unit): Rendering {
    const inPart = whyInPart(unit);
    if (inPart !== undefined) return inPartOf(unit.at, inPart);
    if (unit.kind === 'plain-folder') return { ...nothing, objects: written.get(unit.id) ?? [] };
    const [source] = unit.sources;
    const path = source?.path;
    if (path === undefined || !('known' in path)) return inPartOf(unit.at, 'the folder is not known here');
    if (unsure.has(unit.id)) return inPartOf(unit.at, 'the folder may be another one, or stand at another revision');
    if (folders.has(path.known)) return render(path.known);
    if (unit.kind !== 'argocd-application' || isChart(path.known)) return inPartOf(unit.at, 'the folder has no kustomization');
    return { ...nothing, objects: written.get(unit.id) ?? [] };
  }

  function isChart(folder: RepoPath): boolean {
    return repo.entries.has(folder === '' ? 'Chart.yaml' : `${folder}/Chart.yaml`);
  }
}

const nothing: Rendering = { objects: [], errors: [], partial: [], matches: [] };

function inPartOf(place: Place, reason: string): Rendering {
  return { ...nothing, partial: [{ at: place, reason }] };
}

/** What a controller does beside building the kustomization of a folder of this repository. */
function whyInPart({ kind, sources, resource }: Unit): string | undefined {
  if (kind === 'kustomization' || kind === 'plain-folder') return undefined;
  if (kind !== 'argocd-application' && kind !== 'flux-kustomization') return 'only kustomizations and plain objects are rendered here';
  if (sources.length !== 1 || sources[0]?.repository !== 'this') return 'not everything comes from this repository';
  const spec = fieldsAt(resource?.value ?? {}, 'spec');
  const edits = kind === 'flux-kustomization' ? fluxEdits(spec) : argoCdEdits(spec);
  return edits === undefined ? undefined : `"${edits}" changes the objects, which is not worked out here`;
}

function fluxEdits(spec: Readonly<Record<string, unknown>>): string | undefined {
  const keys = ['targetNamespace', 'namePrefix', 'nameSuffix', 'patches', 'patchesStrategicMerge', 'patchesJson6902', 'images', 'components'];
  return [...keys, 'commonMetadata', 'postBuild'].find(key => spec[key] !== undefined);
}

function argoCdEdits(spec: Readonly<Record<string, unknown>>): string | undefined {
  const [listed] = listAt(spec, 'sources');
  const source = isFields(listed) ? listed : fieldsAt(spec, 'source');
  return ['kustomize', 'helm', 'plugin'].find(key => source[key] !== undefined);
}

/** The objects in the files that each unit takes in for certain, as they are written. */
function writtenByUnit({ resources, reach }: RepoModel): ReadonlyMap<string, readonly RenderedObject[]> {
  const written = new Map<string, RenderedObject[]>();
  for (const resource of resources) {
    for (const id of reach.get(resource.document.path)?.certain ?? []) {
      const object = asWritten(resource);
      const list = written.get(id);
      if (list) list.push(object);
      else written.set(id, [object]);
    }
  }
  return written;
}

function asWritten({ value, document, field }: Resource): RenderedObject {
  return { value, provenance: { writers: { writer: { by: 'resource', at: at(document, ...field) } } } };
}
