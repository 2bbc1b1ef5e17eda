import type { Fields } from '../../core/fields.ts';
import type { RepoPath } from '../../core/place.ts';
import { entryOf, lookUp, type Traced } from './traced.ts';

/** A group, version and kind; of a selector the empty ones select everything. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

export interface Identity extends Gvk {
  /** The one object that stands for the group, version and kind. */
  readonly gvk: KnownGvk;
  readonly name: string;
  /** As it is written; `''` where nothing is. */
  readonly namespace: string;
}

export interface KnownGvk extends Gvk {
  readonly apiVersion: string;
}

/** A name, namespace and kind that an object had before a transformer changed them, by which patches and references still find it. */
export interface PreviousIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
}

/** What Kustomize keeps in annotations of its own while it builds. */
export interface Bookkeeping {
  readonly previous: readonly PreviousIdentity[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly behavior?: string;
  readonly needsHash?: boolean;
  /** What has been done to the object, where `buildMetadata` asks for it. */
  readonly steps?: readonly Step[];
  /** The step that is said to have made the object, where that is not who did. */
  readonly madeBy?: Step;
  /** The names of the variables that take their value from here. */
  readonly variables: readonly string[];
}

/** A transformer, and where it is configured. */
export interface Step {
  readonly path: RepoPath;
  readonly kind: string;
  /** Of a plugin that has a file of its own. */
  readonly name?: string;
}

/** An object on its way through the kustomizations. Never changed: a transformer makes a new one. */
export interface Resource extends Traced, Bookkeeping {
  readonly value: Fields;
  readonly id: Identity;
}

export const noBookkeeping: Bookkeeping = { previous: [], prefixes: [], suffixes: [], variables: [] };

export function makeResource({ value, provenance }: Traced, bookkeeping: Bookkeeping = noBookkeeping): Resource {
  const fields = value as Fields;
  const { previous, prefixes, suffixes, behavior, needsHash, steps, madeBy, variables } = bookkeeping;
  return {
    value: fields,
    provenance,
    id: identityOf(fields),
    previous,
    prefixes,
    suffixes,
    variables,
    ...(behavior !== undefined && { behavior }),
    ...(needsHash !== undefined && { needsHash }),
    ...(steps !== undefined && { steps }),
    ...(madeBy !== undefined && { madeBy }),
  };
}

/** The same object with other content. */
export function withContent(resource: Resource, content: Traced): Resource {
  if (content.value === resource.value && content.provenance === resource.provenance) return resource;
  const { value, provenance } = content;
  return { ...resource, value: value as Fields, provenance, id: identityOf(value as Fields) };
}

/** Remembers what the object is called now, before that changes. */
export function rememberIdentity(resource: Resource, isClusterScoped: IsClusterScoped): Resource {
  const { name, kind } = resource.id;
  const namespace = effectiveNamespace(resource.id, isClusterScoped);
  return { ...resource, previous: [...resource.previous, { name, kind, namespace }] };
}

/** Whether Kustomize has annotations of its own on the object, which make the field `annotations` exist for patches. */
export function hasOwnAnnotations({ previous, prefixes, suffixes, behavior, needsHash, steps }: Resource): boolean {
  return steps !== undefined || previous.length > 0 || prefixes.length > 0 || suffixes.length > 0 || behavior !== undefined || needsHash === true;
}

export function identityOf(value: Fields): Identity {
  const gvk = knownGvk(scalar(entryOf(value, 'apiVersion')), scalar(entryOf(value, 'kind')));
  const metadata = entryOf(value, 'metadata');
  return {
    gvk,
    group: gvk.group,
    version: gvk.version,
    kind: gvk.kind,
    name: scalar(entryOf(metadata, 'name')),
    namespace: scalar(entryOf(metadata, 'namespace')),
  };
}

/** Tables are asked for the same few kinds again and again. */
export function knownGvk(apiVersion: string, kind: string): KnownGvk {
  let ofVersion = knownGvks.get(apiVersion);
  if (ofVersion === undefined) {
    ofVersion = new Map();
    knownGvks.set(apiVersion, ofVersion);
  }
  let gvk = ofVersion.get(kind);
  if (gvk === undefined) {
    gvk = { ...splitApiVersion(apiVersion), kind, apiVersion };
    ofVersion.set(kind, gvk);
  }
  return gvk;
}

const knownGvks = new Map<string, Map<string, KnownGvk>>();

export function splitApiVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? { group: '', version: apiVersion } : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

function scalar(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** All the identities of the object, the present one last. Those before have its group and version of today. */
export function identities({ id, previous }: Resource): Identity[] {
  return previous.length === 0 ? [id] : [...previous.map(before => asPrevious(id, before)), id];
}

function asPrevious(id: Identity, before: PreviousIdentity): Identity {
  return { ...id, ...before, gvk: before.kind === id.kind ? id.gvk : knownGvk(id.gvk.apiVersion, before.kind) };
}

/** Whether the object was once of a kind that a selector selects. */
export function wasSelected({ id, previous }: Resource, selector: Partial<Gvk>): boolean {
  if (previous.length === 0 || (selector.group && selector.group !== id.group) || (selector.version && selector.version !== id.version)) return false;
  return !selector.kind || previous.some(({ kind }) => kind === selector.kind);
}

/** The identity that patches and selectors of an original name look at. */
export function originalIdentity({ id, previous }: Resource): Identity {
  const [first] = previous;
  return first === undefined ? id : asPrevious(id, first);
}

/** The group, version and kind at first. */
export function originalGvk({ id, previous }: Resource): Pick<Identity, 'gvk'> {
  const kind = previous[0]?.kind ?? id.kind;
  return kind === id.kind ? id : { gvk: knownGvk(id.gvk.apiVersion, kind) };
}

/** Whether a kind is known to live outside of namespaces. */
export type IsClusterScoped = (id: Pick<Identity, 'gvk'>) => boolean;

/** What objects without a namespace are in, and what stands for it where a kind has none. */
const defaultNamespace = 'default';
export const noNamespace = '_non_namespaceable_';

export function effectiveNamespace(id: Identity, isClusterScoped: IsClusterScoped): string {
  if (isClusterScoped(id)) return noNamespace;
  return id.namespace === '' ? defaultNamespace : id.namespace;
}

export function sameGvk(a: Gvk, b: Gvk): boolean {
  return a.kind === b.kind && a.group === b.group && a.version === b.version;
}

/** Whether a group, version and kind are those of a selector, of which empty parts select everything. */
export function isSelectedGvk(gvk: Gvk, selector: Partial<Gvk>): boolean {
  return (
    (!selector.group || selector.group === gvk.group) &&
    (!selector.version || selector.version === gvk.version) &&
    (!selector.kind || selector.kind === gvk.kind)
  );
}

/** The identity as Kustomize writes it in messages: `Deployment.v1.apps/web.shop`. */
export function describeIdentity({ group, version, kind, name, namespace }: Identity): string {
  return `${kind || '[noKind]'}.${version || '[noVer]'}.${group || '[noGrp]'}/${name || '[noName]'}.${namespace || '[noNs]'}`;
}

export function annotationsOf(resource: Traced): Fields {
  return stringMapAt(resource, 'annotations');
}

export function labelsOf(resource: Traced): Fields {
  return stringMapAt(resource, 'labels');
}

function stringMapAt({ value }: Traced, key: string): Fields {
  const map = lookUp(value, ['metadata', key]);
  return typeof map === 'object' && map !== null && !Array.isArray(map) ? (map as Fields) : {};
}
