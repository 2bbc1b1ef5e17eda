import type { DocumentClass } from '../../core/classification.ts';
import type { ConfiguredEnvironment, ResolvedConfig } from '../../core/config.ts';
import type { Environment, EnvironmentId, EnvironmentOwner, Evidence } from '../../core/environment.ts';
import { isOutside } from '../../core/outside.ts';
import type { RepoPath } from '../../core/place.ts';
import { folderOf, nameOf } from '../../core/repo-path.ts';
import type { Tree } from '../tree.ts';
import { type AcceptedName, acceptNames } from './accept-names.ts';
import { canonicalId } from './canonical-id.ts';
import { markerStrength, namingFolders, neutral } from './folders.ts';
import { isQualifier } from './names.ts';
import { wordOfId } from './vocabulary.ts';

export interface EnvironmentInput {
  readonly tree: Tree;
  readonly config: Pick<ResolvedConfig, 'environments' | 'inherits' | 'path'>;
  /** What documents say of environments. */
  readonly declared: readonly DeclaredEnvironment[];
  /** The class of a file, where it is known: documentation and programs name no environments. */
  readonly classOf?: (path: RepoPath) => DocumentClass | undefined;
  /** Whether the folder is a Kustomize component. */
  readonly isComponent?: (folder: RepoPath) => boolean;
}

/** An environment that a document names. */
export interface DeclaredEnvironment {
  readonly id: EnvironmentId;
  readonly evidence: Evidence;
  /** The file or folder that is of this environment where no name on its path says otherwise; absent where it only tells that there is one. */
  readonly path?: RepoPath;
}

/** The environments of a repository, and whose each place is. */
export interface EnvironmentModel {
  /** By rank, then by id; empty in a repository of a single environment. */
  readonly environments: readonly Environment[];
  /** Who may change a file or folder, by its place and by what the folder declares; references may tell more. */
  ownerOf(path: RepoPath): EnvironmentOwner;
  /** The environment with that id or one of its spellings, if the repository has it. */
  find(name: string): Environment | undefined;
}

/**
 * Infers environments from the names of files and folders, from what documents declare and from the config,
 * which wins. Every decision carries its evidence.
 */
export function inferEnvironments(input: EnvironmentInput): EnvironmentModel {
  const { tree, config, declared } = input;
  const { accepted, doubtful } = acceptNames(namingFolders(tree, input.classOf), tree);
  const environments = listEnvironments(accepted.values(), declared, config);
  const byId = new Map(environments.map(environment => [environment.id, environment]));
  if (environments.length === 0) return { environments, ownerOf: () => singleEnvironment, find: () => undefined };

  const declaredAt = groupByPath(declared);
  const appContainers = foldersAbove(accepted.keys());
  const axes = new Set(Array.from(accepted.values(), ({ path, kind }) => (kind === 'folder' ? folderOf(path) : '')));
  axes.delete('');
  const places = new Map<RepoPath, OwnedPlace>([['', { owner: nothingNamed, by: 'nothing' }]]);

  const placeOf = (path: RepoPath): OwnedPlace => {
    const known = places.get(path);
    if (known) return known;
    const place = decide(path, placeOf(folderOf(path)));
    places.set(path, place);
    return place;
  };
  const decide = (path: RepoPath, above: OwnedPlace): OwnedPlace => {
    const configured = ownerByConfig(path, config, byId);
    if (configured) return { owner: configured, by: 'config' };
    if (above.by === 'config') return above;
    const name = accepted.get(path);
    const by = name?.name.match === 'part' ? 'part' : 'name';
    if (name && isNearer(name, above)) {
      const owner = owned(byId, name.name.word.id, [evidenceOf(name)], path);
      const isSame = owner.kind === 'environment' && above.owner.kind === 'environment' && owner.id === above.owner.id;
      return { owner: qualify(isSame ? { ...above.owner, ...owner } : owner, name.name.qualifier), by };
    }
    if (above.owner.kind === 'environment' && isQualified(path)) return { owner: qualify(above.owner, nameOf(path)), by: above.by };
    return above.owner.kind === 'unknown' ? decideUnnamed(path, above) : above;
  };
  const isQualified = (path: RepoPath): boolean => tree.entries.get(path) === 'folder' && isQualifier(nameOf(path));
  // `apps/ptl/base` beside `apps/prod/base`: the base of another environment, or of an app.
  const isBaseOfSibling = (path: RepoPath): boolean => /^bases?$/.test(nameOf(path)) && axes.has(folderOf(folderOf(path)));
  const decideUnnamed = (path: RepoPath, above: OwnedPlace): OwnedPlace => {
    if (above.by === 'outside') return above;
    if (isOutside(path)) return nobody(`nothing is delivered from "${path}"`, 'outside');
    const isOwn = (above.owner.kind === 'unknown' && above.owner.anchor !== undefined) || isBaseOfSibling(path);
    const shared = isOwn ? undefined : whyShared(path, tree, appContainers, input.isComponent);
    if (shared !== undefined) return { owner: { kind: 'shared', by: 'place', why: shared }, by: 'name' };
    const declaration = declaredAt.get(path);
    if (declaration) return { owner: ownerByDeclaration(declaration, byId, path), by: 'content' };
    if (isOwn) return above;
    if (doubtful.has(path)) return nobody(`"${nameOf(path)}" may name an environment, but nothing beside it says so`);
    return standsForEnvironment(path, tree) ? unnamedEnvironment(path) : above;
  };
  return {
    environments,
    ownerOf: path => placeOf(path).owner,
    find: name => byId.get(name) ?? byId.get(canonicalId(name)),
  };
}

/** The owner of a place inside of an environment that has a name of its own, such as a region's. */
function qualify(owner: EnvironmentOwner, qualifier: string): EnvironmentOwner {
  return owner.kind === 'environment' && qualifier !== '' ? { ...owner, qualifiers: [...(owner.qualifiers ?? []), qualifier] } : owner;
}

/** Who owns a place, and what decided that. */
interface OwnedPlace {
  readonly owner: EnvironmentOwner;
  readonly by: 'config' | 'name' | 'part' | 'content' | 'nothing' | 'outside';
}

const singleEnvironment: EnvironmentOwner = { kind: 'unknown', why: 'no environment is named anywhere in the repository' };
const nothingNamed: EnvironmentOwner = { kind: 'unknown', why: 'no name on its path is that of an environment' };

function nobody(why: string, by: OwnedPlace['by'] = 'nothing'): OwnedPlace {
  return { owner: { kind: 'unknown', why }, by };
}

/** `clusters/osaka` is of an environment, though its name does not say of which. */
function unnamedEnvironment(path: RepoPath): OwnedPlace {
  const why = `"${nameOf(path)}" names no environment that is known: the config can say which it is`;
  return { owner: { kind: 'unknown', why, anchor: path }, by: 'nothing' };
}

function standsForEnvironment(path: RepoPath, tree: Tree): boolean {
  const marker = markerStrength(nameOf(folderOf(path)));
  if (marker === undefined || marker === 'weak' || neutral.has(nameOf(path))) return false;
  return tree.entries.get(path) === 'folder' || (marker === 'strong' && /\.(ya?ml|tfvars)$/.test(path));
}

/** The deepest name wins, but neither a part of a name nor a group wins over a whole name above it. */
function isNearer({ name }: AcceptedName, above: OwnedPlace): boolean {
  if (above.by !== 'name') return true;
  if (above.owner.kind === 'environment') return name.match !== 'part' && !name.word.isGroup;
  if (above.owner.kind === 'group') return name.match !== 'part' || above.owner.ids.includes(name.word.id);
  return true;
}

function owned(byId: ReadonlyMap<EnvironmentId, Environment>, id: EnvironmentId, evidence: readonly Evidence[], anchor: RepoPath): EnvironmentOwner {
  const ids = byId.get(id)?.group;
  return ids ? { kind: 'group', id, ids, evidence, anchor } : { kind: 'environment', id, evidence, anchor };
}

function evidenceOf(name: AcceptedName): Evidence {
  return { kind: name.kind === 'file' ? 'file-name' : 'folder', at: { path: name.path }, says: name.says };
}

function ownerByConfig(
  path: RepoPath,
  config: EnvironmentInput['config'],
  byId: ReadonlyMap<EnvironmentId, Environment>,
): EnvironmentOwner | undefined {
  if (config.environments.length === 0) return undefined;
  let found = config.environments.filter(environment => claims(environment, path));
  if (found.length > 1) found = found.filter(({ group }) => group === undefined);
  const [first, second] = found;
  if (first === undefined) return undefined;
  if (second !== undefined) return { kind: 'unknown', why: `the config gives "${path}" to ${first.id} and to ${second.id}` };
  return owned(byId, idOf(first), [{ kind: 'config', at: { path: config.path ?? '' }, says: `the config gives "${path}" to ${first.id}` }], path);
}

/** By its path, or by the name of the cluster or namespace that the folder or file is named after. */
function claims(environment: ConfiguredEnvironment, path: RepoPath): boolean {
  if (environment.matchesPath(path)) return true;
  const parent = nameOf(folderOf(path));
  const name = nameOf(path).replace(/\.(ya?ml|json|tfvars)$/, '');
  return (
    (parent !== '' && markerStrength(parent) !== undefined && environment.matchesCluster(name)) ||
    (/^namespaces?$/.test(parent) && environment.matchesNamespace(name))
  );
}

function ownerByDeclaration(
  declared: readonly DeclaredEnvironment[],
  byId: ReadonlyMap<EnvironmentId, Environment>,
  path: RepoPath,
): EnvironmentOwner {
  const ids = new Set(declared.map(({ id }) => id));
  const [first, second] = ids;
  if (first === undefined || second !== undefined) return { kind: 'unknown', why: `its content names ${[...ids].join(' and ')}` };
  return owned(
    byId,
    first,
    declared.map(({ evidence }) => evidence),
    path,
  );
}

const sharedNames =
  /^(base|bases|envcommon|common|components|shared|modules|charts|lib|(shared|common|terraform|helm|kustomize)-(bases?|components|modules|charts))$/;

/** A folder of bases, components or modules; `components` and `common` may hold the apps themselves, with their environments below. */
function whyShared(
  path: RepoPath,
  tree: Tree,
  appContainers: ReadonlySet<RepoPath>,
  isComponent: EnvironmentInput['isComponent'],
): string | undefined {
  if (tree.entries.get(path) !== 'folder') return undefined;
  if (isComponent?.(path)) return 'it is a Kustomize component';
  const name = nameOf(path).replace(/^\d*[-_]+/, '');
  if (!sharedNames.test(name)) return undefined;
  return (name === 'components' || name === 'common') && appContainers.has(path) ? undefined : `"${nameOf(path)}" is what environments share`;
}

function foldersAbove(paths: Iterable<RepoPath>): ReadonlySet<RepoPath> {
  const folders = new Set<RepoPath>();
  for (const path of paths) {
    for (let folder = folderOf(path); folder !== '' && !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

/** As many pieces of evidence as a report shows for one environment. */
const shownEvidence = 5;

function listEnvironments(
  names: Iterable<AcceptedName>,
  declared: readonly DeclaredEnvironment[],
  config: EnvironmentInput['config'],
): readonly Environment[] {
  const evidence = new Map<EnvironmentId, Evidence[]>();
  const add = (id: EnvironmentId, makeEvidence: () => Evidence): void => {
    const list = evidence.get(id);
    if (list === undefined) evidence.set(id, [makeEvidence()]);
    else if (list.length < shownEvidence) list.push(makeEvidence());
  };
  for (const environment of config.environments) {
    add(idOf(environment), () => ({ kind: 'config', at: { path: config.path ?? '' }, says: 'the config names it' }));
  }
  for (const accepted of names) add(accepted.name.word.id, () => evidenceOf(accepted));
  for (const { id, evidence } of declared) add(id, () => evidence);

  const configured = new Map(config.environments.map(environment => [idOf(environment), environment]));
  const inherited = new Map(Array.from(config.inherits ?? [], ([id, bases]) => [canonicalId(id), bases.map(canonicalId)]));
  const environments = Array.from(evidence, ([id, reasons]): Environment => {
    const word = wordOfId(id);
    const setting = configured.get(id);
    const tier = setting?.tier ?? word?.tier ?? 'test';
    const rank = setting?.rank ?? word?.rank ?? rankOfTier[tier];
    const inherits = inherited.get(id);
    const group = setting?.group?.map(canonicalId);
    return { id, tier, rank, ...(group && { group }), ...(inherits && { inherits }), evidence: reasons };
  });
  environments.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
  return environments.map(environment => (wordOfId(environment.id)?.isGroup ? withMembers(environment, environments) : environment));
}

const rankOfTier = { ephemeral: 0, development: 10, test: 20, staging: 30, production: 40, shared: 0 };

/** Nonproduction stands for what there is below production; where there is nothing else it is an environment itself. */
function withMembers(group: Environment, environments: readonly Environment[]): Environment {
  const members = environments.filter(({ id, tier }) => id !== group.id && tier !== 'production' && tier !== 'shared').map(({ id }) => id);
  return group.group === undefined && members.length > 0 ? { ...group, group: members } : group;
}

function idOf({ id }: ConfiguredEnvironment): EnvironmentId {
  return canonicalId(id);
}

function groupByPath(declared: readonly DeclaredEnvironment[]): ReadonlyMap<RepoPath, readonly DeclaredEnvironment[]> {
  const groups = new Map<RepoPath, DeclaredEnvironment[]>();
  for (const declaration of declared) {
    if (declaration.path === undefined) continue;
    const group = groups.get(declaration.path);
    if (group) group.push(declaration);
    else groups.set(declaration.path, [declaration]);
  }
  return groups;
}
