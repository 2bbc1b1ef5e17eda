import { didYouMean } from '../core/did-you-mean.ts';
import type { SourceFile } from '../core/document.ts';
import { type Fields, isFields, textAt } from '../core/fields.ts';
import type { Reference, Resource } from '../core/repo.ts';
import type { DraftUnit } from './draft-unit.ts';
import type { NamespacesOf } from './namespaces.ts';
import type { ObjectIndex } from './objects.ts';
import { templateIn } from './template-marks.ts';

/** The kinds that a `sourceRef` can name. */
const sourceKinds = ['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket', 'HelmChart', 'ExternalArtifact'];

/** Similar names are looked for this often: where more is absent, misspelling is not the reason. */
const maximumSearches = 200;

/** What tells whether an object that is not here may be made elsewhere. */
export interface AbsenceInput {
  readonly objects: ObjectIndex;
  readonly namespacesOf: NamespacesOf;
  readonly files: Iterable<SourceFile>;
}

/**
 * Decides over the sources and dependencies of Flux units that nothing answers: they stay `missing` where this
 * repository would have to define them, or where the name is a near miss of one that it knows.
 */
export function settleAbsentObjects(drafts: readonly DraftUnit[], { objects, namespacesOf, files }: AbsenceInput): DraftUnit[] {
  const units = drafts.map(unit => (unit.kind.startsWith('flux') ? missWrongNamespaces(unit, objects, namespacesOf) : unit));
  const absent: string[] = [];
  for (const unit of units)
    for (const reference of unit.references) if (isAbsentObject(reference)) absent.push(kindOf(reference, unit) + reference.target);
  if (absent.length === 0) return units;
  const mentions = new Map<string, number>();
  for (const key of absent) mentions.set(key, (mentions.get(key) ?? 0) + 1);
  const isForeign = units.some(
    ({ kind, sources }) =>
      (kind === 'flux-kustomization' || kind.startsWith('argocd')) &&
      sources.some(({ repository, chart }) => repository !== 'this' && chart === undefined),
  );
  const templates = [...files].filter(file => file.classification.template !== undefined);
  const answers = new Map<string, Pick<Reference, 'state' | 'reason'>>();
  const decide = (reference: Reference, unit: DraftUnit): Reference => {
    if (reference.reason !== undefined) return reference;
    const kind = kindOf(reference, unit);
    const key = `${reference.kind} ${kind} ${reference.target}`;
    const answer = answers.get(key) ?? judge(kind, reference);
    answers.set(key, answer);
    return { ...reference, ...answer };
  };
  const judge = (kind: string, { kind: referenceKind, target: name }: Reference): Pick<Reference, 'state' | 'reason'> => {
    const excused = (reason: string) => ({ state: 'unknown', reason }) as const;
    const missing = { state: 'missing' } as const;
    const kinds = referenceKind === 'flux-source' ? sourceKinds : ['Kustomization', 'HelmRelease'];
    const other = kinds.find(candidate => candidate !== kind && objects.get(candidate, name).length > 0);
    if (other !== undefined) return { ...missing, reason: `"${name}" is ${/^[AEIOU]/.test(other) ? 'an' : 'a'} ${other}` };
    if (name === 'flux-system') return excused('the bootstrap of Flux makes it');
    const known = [...objects.named(kind), ...(kind === 'GitRepository' ? ['flux-system'] : [])];
    for (const [key, count] of mentions) if (count > 1 && key.startsWith(kind) && key !== kind + name) known.push(key.slice(kind.length));
    const near = mentions.get(kind + name) === 1 && answers.size < maximumSearches ? didYouMean(name, known) : undefined;
    if (near !== undefined && near.replace(/\d/g, '') !== name.replace(/\d/g, '')) return missing;
    if ([...objects.named(kind)].length === 0) return excused(`no ${kind} is defined in this repository`);
    if (isForeign) return excused('another repository may define it');
    if (isTemplated(objects, kind) || templates.some(({ text }) => text.includes(`kind: ${kind}`))) return excused('a template may make it');
    return missing;
  };
  return units.map(unit =>
    unit.references.some(isAbsentObject)
      ? { ...unit, references: unit.references.map(reference => (isAbsentObject(reference) ? decide(reference, unit) : reference)) }
      : unit,
  );
}

/** An object of the right name in other namespaces than the one that is looked in does not answer. */
function missWrongNamespaces(unit: DraftUnit, objects: ObjectIndex, namespacesOf: NamespacesOf): DraftUnit {
  const { resource } = unit;
  if (resource === undefined || !unit.references.some(isFoundObject)) return unit;
  const references = unit.references.map(reference => {
    if (!isFoundObject(reference)) return reference;
    const written = valueAround(reference, resource).namespace;
    const own = reference.object?.namespace;
    // What is written alike, or stands in one file, goes the same way.
    if (own !== undefined && own === (written ?? resource.namespace)) return reference;
    if (written === undefined && reference.to === resource.document.path && own === resource.namespace) return reference;
    const wanted = typeof written === 'string' ? new Set([written]) : namespacesOf(resource);
    if (wanted === undefined || [...wanted].some(namespace => templateIn(namespace) !== undefined)) return reference;
    const found = new Set<string>();
    for (const candidate of objects.get(kindOf(reference, unit), reference.target)) {
      const namespaces = namespacesOf(candidate);
      if (namespaces === undefined) return reference;
      for (const namespace of namespaces) found.add(namespace);
    }
    if ([...found].some(namespace => wanted.has(namespace) || templateIn(namespace) !== undefined)) return reference;
    const { to: _, object: __, ...rest } = reference;
    const names = (set: ReadonlySet<string>) => [...set].map(namespace => `"${namespace}"`).join(', ');
    return { ...rest, state: 'missing', reason: `it is in the namespace ${names(found)}, not in ${names(wanted)}` } as const;
  });
  return { ...unit, references };
}

function isFoundObject({ kind, state }: Reference): boolean {
  return state === 'resolved' && (kind === 'flux-source' || kind === 'flux-depends-on');
}

/** Objects whose names are filled in later, or that the Flux Operator makes from a template, may have any name. */
function isTemplated(objects: ObjectIndex, kind: string): boolean {
  for (const name of objects.named(kind)) if (templateIn(name) !== undefined) return true;
  for (const _ of objects.named('ResourceSet')) return true;
  return false;
}

function isAbsentObject({ kind, state }: Reference): boolean {
  return state === 'missing' && (kind === 'flux-source' || kind === 'flux-depends-on');
}

/** The kind of object that is looked for: written beside the name of a source, the unit's own for a dependency. */
function kindOf(reference: Reference, { kind, resource }: DraftUnit): string {
  if (reference.kind === 'flux-depends-on') return kind === 'flux-helm-release' ? 'HelmRelease' : 'Kustomization';
  return (resource && textAt(valueAround(reference, resource), 'kind')) ?? '';
}

/** The mapping that holds the name. */
function valueAround({ from }: Reference, { document, value: own, field }: Resource): Fields {
  if (!('field' in from) || from.path !== document.path) return {};
  let value: unknown = own;
  for (const key of from.field.slice(field.length, -1))
    value = isFields(value) ? value[String(key)] : Array.isArray(value) ? value[Number(key)] : undefined;
  return isFields(value) ? value : {};
}
