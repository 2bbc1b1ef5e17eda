import type { ResolvedConfig } from '../core/config.ts';
import type { SourceFile } from '../core/document.ts';
import type { EnvironmentOwner, Reach } from '../core/environment.ts';
import type { RepoPath } from '../core/place.ts';
import type { Kustomization, Reference, Repo, RepoModel, Resource, Unit } from '../core/repo.ts';
import { settleAbsentObjects } from './absent-objects.ts';
import { argoCdMentions, readArgoCd } from './argo-cd.ts';
import { currentRevisions } from './current-revisions.ts';
import { findDeletions } from './deletions.ts';
import type { DraftUnit } from './draft-unit.ts';
import { declaredEnvironments } from './environments/declared-environments.ts';
import { inferEnvironments } from './environments/infer-environments.ts';
import { settleOwners } from './environments/settle-owners.ts';
import { absenceExplainer } from './explain-absence.ts';
import { fluxMentions, readFlux } from './flux.ts';
import { readCharts } from './helm.ts';
import { readHelmfiles } from './helmfile.ts';
import { includer } from './includes.ts';
import { readKustomizations } from './kustomize.ts';
import { recogniseLayouts } from './layouts.ts';
import { findMentioned } from './mentioned-files.ts';
import { addTo } from './multimap.ts';
import { namespaceFinder } from './namespaces.ts';
import { indexObjects } from './objects.ts';
import { excusePatchedPaths } from './patched-paths.ts';
import { applyPatches, hasField, type PatchedResource } from './patched-resources.ts';
import { readPlainLayout } from './plain-layout.ts';
import { addDeliverers, computeReach, type Deliverers, environmentsByUnit, type MutableDeliverers, makersOf } from './reach.ts';
import { repositoryRecogniser } from './repository-url.ts';
import { readResources } from './resources.ts';
import { rootCharts, rootKustomizations } from './root-units.ts';
import { buildTree, type Tree, type TreeListing } from './tree.ts';
import { unitIds } from './unit-ids.ts';
import { unitOwner } from './unit-owner.ts';
import { helmReader } from './values/read-helm.ts';
import { readVersions } from './versions/read-versions.ts';

/** What the repository is made of, as the steps before read it. */
export interface BuildInput {
  readonly files: readonly SourceFile[];
  readonly listing: TreeListing;
  readonly config: ResolvedConfig;
  readonly repository: { readonly remotes: readonly string[]; readonly branch?: string };
}

/** From documents to the repository as rules see it: who mentions what, who delivers what, and whom that changes. */
export function buildRepo({ files, listing, config, repository }: BuildInput): RepoModel {
  const tree = buildTree(listing);
  const byPath = new Map<RepoPath, SourceFile>();
  for (const file of files) byPath.set(file.path, file);
  const paths = { tree, explainAbsence: absenceExplainer(files, tree) };
  const resources = readResources(files);
  const kustomize = readKustomizations(files, paths);
  const charts = readCharts(files, paths);
  const helmfiles = readHelmfiles(files, paths);
  const isPatch = patchFinder(kustomize.references);
  const include = includer({
    tree,
    files: byPath,
    kustomizations: kustomize.kustomizations,
    references: [...kustomize.references, ...charts.flatMap(chart => chart.references)],
  });
  const objects = indexObjects(resources, kustomize.kustomizations.values(), isPatch);

  const { resources: delivering, isStandIn } = applyPatches({ ...kustomize, resources, isPatch, include });
  const mentions = [...argoCdMentions(delivering), ...fluxMentions(delivering, objects)];
  const recognise = repositoryRecogniser([...repository.remotes, ...config.repository.urls], mentions, tree);
  const isHere = currentRevisions(mentions, recognise, repository.branch);
  const whole = resources.filter(resource => !isPatch(resource));
  const context = {
    ...paths,
    files: byPath,
    recognise,
    isHere,
    isStandIn,
    idOf: unitIds(whole),
    objects,
    include,
    deletions: findDeletions(resources, kustomize.kustomizations),
  };

  const environments = inferEnvironments({
    tree,
    config,
    declared: [...declaredEnvironments(files, resources)],
    classOf: path => byPath.get(path)?.classification.class,
    isComponent: componentFinder(kustomize.kustomizations),
  });
  const deliverers: MutableDeliverers = new Map();
  const units: DraftUnit[] = [];
  const deliver = (more: readonly DraftUnit[]): void => {
    units.push(...more);
    addDeliverers(deliverers, more, include);
  };
  const read = [...readArgoCd(delivering, context), ...readFlux(delivering, context), ...helmfiles.units].map(withoutInherited);
  const controlled = excusePatchedPaths(read, { ...kustomize, files: byPath, resources });
  const namespacesOf = namespaceFinder({ ...kustomize, units: controlled, include });
  deliver(distinguish(settleAbsentObjects(controlled, { objects, namespacesOf, files })));
  deliver(rootKustomizations(kustomize.kustomizations, deliverers));
  deliver(rootCharts(charts, deliverers));
  deliver(readPlainLayout({ tree, resources, units, deliverers, ownerOf: environments.ownerOf, isPatch }));

  const references = [...kustomize.references, ...helmfiles.references];
  for (const unit of new Set([...charts, ...units])) for (const reference of unit.references) references.push(reference);
  const ownerOf = unitOwner(environments, config);
  const reach = computeReach(deliverers, environmentsByUnit(units, ownerOf, deliverers));
  const referencesTo = groupBy(references, reference => reference.to);
  addMentioned(reach, { resources: whole, referencesTo, files, tree });
  const settled = units.map(unit => settleUnit(unit, ownerOf(unit), deliverers));
  const owners = settleOwners({ tree, references, reach }, environments);
  const installed = { files, resources, kustomizations: kustomize.kustomizations.values(), references, units: settled };
  return {
    files: byPath,
    skippedFiles: listing.skipped,
    entries: tree.entries,
    resources,
    kustomizations: kustomize.kustomizations,
    units: settled,
    references,
    referencesFrom: groupBy(references, reference => reference.from.path),
    referencesTo,
    environments: environments.environments,
    owners,
    reach,
    layouts: recogniseLayouts({ tree, files: byPath, units: settled, environments }),
    versions: readVersions({ ...installed, owners, reach, config, model: environments }),
    helm: helmReader({ files: byPath, tree, charts, units: settled, kustomizations: kustomize.kustomizations, isStandIn }),
  };
}

/** What nobody delivers and a script or the documentation names may be applied by hand. */
function addMentioned(
  reach: Map<RepoPath, Reach>,
  { resources, referencesTo, files, tree }: Pick<Repo, 'resources' | 'referencesTo'> & { readonly files: readonly SourceFile[]; readonly tree: Tree },
): void {
  const left = new Set<RepoPath>();
  for (const { document } of resources) if (!reach.has(document.path) && !referencesTo.has(document.path)) left.add(document.path);
  const byHand: Reach = { environments: new Set(), roots: new Set(), certain: new Set(), certainty: 'maybe' };
  for (const path of findMentioned([...left], files, tree)) reach.set(path, byHand);
}

/** Objects in files that kustomizations name as patches are fragments of others. */
function patchFinder(references: readonly Reference[]): (resource: Resource) => boolean {
  const patches = new Set<RepoPath>();
  for (const { kind, to } of references) if (kind === 'kustomize-patch' && to !== undefined) patches.add(to);
  return resource => patches.has(resource.document.path);
}

function componentFinder(kustomizations: ReadonlyMap<RepoPath, Kustomization>): (folder: RepoPath) => boolean {
  const folders = new Set<RepoPath>();
  for (const { kind, folder } of kustomizations.values()) if (kind === 'Component') folders.add(folder);
  return folder => folders.has(folder);
}

/** A patched object mentions only what is written at its place; the rest is mentioned by the object or patch that writes it. */
function withoutInherited(unit: DraftUnit): DraftUnit {
  const { resource } = unit;
  if (resource === undefined || !('patched' in resource)) return unit;
  const { field, written, patched, document } = resource as PatchedResource;
  const references = unit.references.filter(({ from }) => 'field' in from && hasField(written, from.field.slice(field.length)));
  return { ...unit, references, ...(document === patched.document && { resource: patched }) };
}

/** Ids are unique: what two generators name alike is told apart by a number. */
function distinguish(units: readonly DraftUnit[]): DraftUnit[] {
  const counts = new Map<string, number>();
  return units.map(unit => {
    const count = (counts.get(unit.id) ?? 0) + 1;
    counts.set(unit.id, count);
    if (count === 1) return unit;
    const id = `${unit.id}#${count}`;
    return { ...unit, id, references: unit.references.map(reference => ({ ...reference, unit: id })) };
  });
}

/** The draft becomes the unit: there are thousands, and nobody else holds them. */
function settleUnit(draft: DraftUnit, environment: EnvironmentOwner, deliverers: Deliverers): Unit & DraftUnit {
  const [madeBy] = makersOf(draft, deliverers);
  return Object.assign(draft, madeBy === undefined ? { environment, isRoot: true } : { environment, isRoot: false, madeBy });
}

function groupBy(references: readonly Reference[], keyOf: (reference: Reference) => RepoPath | undefined): Map<RepoPath, Reference[]> {
  const groups = new Map<RepoPath, Reference[]>();
  for (const reference of references) {
    const key = keyOf(reference);
    if (key !== undefined) addTo(groups, key, reference);
  }
  return groups;
}
