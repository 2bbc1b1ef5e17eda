import { didYouMean } from '../core/did-you-mean.ts';
import type { SourceFile } from '../core/document.ts';
import { isFields, textAt } from '../core/fields.ts';
import type { Reference } from '../core/repo.ts';
import type { DraftUnit } from './draft-unit.ts';
import type { ObjectIndex } from './objects.ts';

/** The kinds that a `sourceRef` can name. */
const sourceKinds = ['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket', 'HelmChart', 'ExternalArtifact'];

/** What tells whether an object that is not here may be made elsewhere. */
export interface AbsenceInput {
  readonly objects: ObjectIndex;
  readonly files: Iterable<SourceFile>;
}

/**
 * Decides over the sources and dependencies of Flux units that nothing answers: they stay `missing` where this
 * repository would have to define them, or where the name is a near miss of one that it knows.
 */
export function settleAbsentObjects(units: readonly DraftUnit[], { objects, files }: AbsenceInput): DraftUnit[] {
  const absent = units.flatMap(unit => unit.references.filter(isAbsentObject).map(reference => kindOf(reference, unit) + reference.target));
  if (absent.length === 0) return [...units];
  const mentions = new Map<string, number>();
  for (const key of absent) mentions.set(key, (mentions.get(key) ?? 0) + 1);
  const isForeign = units.some(
    ({ kind, sources }) =>
      (kind === 'flux-kustomization' || kind.startsWith('argocd')) &&
      sources.some(({ repository, chart }) => repository !== 'this' && chart === undefined),
  );
  const templates = [...files].filter(file => file.classification.template !== undefined);
  const decide = (reference: Reference, unit: DraftUnit): Reference => {
    const kind = kindOf(reference, unit);
    const name = reference.target;
    const excused = (reason: string): Reference => ({ ...reference, state: 'unknown', reason });
    if (name === 'flux-system') return excused('the bootstrap of Flux makes it');
    const kinds = reference.kind === 'flux-source' ? sourceKinds : ['Kustomization', 'HelmRelease'];
    const other = kinds.find(candidate => candidate !== kind && objects.get(candidate, name).length > 0);
    if (other !== undefined) return { ...reference, reason: `"${name}" is a ${other}` };
    const known = [...objects.named(kind), ...(kind === 'GitRepository' ? ['flux-system'] : [])];
    for (const [key, count] of mentions) if (count > 1 && key.startsWith(kind) && key !== kind + name) known.push(key.slice(kind.length));
    const near = mentions.get(kind + name) === 1 ? didYouMean(name, known) : undefined;
    if (near !== undefined && near.replace(/\d/g, '') !== name.replace(/\d/g, '')) return reference;
    if ([...objects.named(kind)].length === 0) return excused(`no ${kind} is defined in this repository`);
    if (isForeign) return excused('another repository may define it');
    if (templates.some(({ text }) => text.includes(`kind: ${kind}`))) return excused('a template may make it');
    return reference;
  };
  return units.map(unit =>
    unit.references.some(isAbsentObject)
      ? { ...unit, references: unit.references.map(reference => (isAbsentObject(reference) ? decide(reference, unit) : reference)) }
      : unit,
  );
}

function isAbsentObject({ kind, state }: Reference): boolean {
  return state === 'missing' && (kind === 'flux-source' || kind === 'flux-depends-on');
}

/** The kind of object that is looked for: written beside the name of a source, the unit's own for a dependency. */
function kindOf({ kind, from }: Reference, { kind: unitKind, resource }: DraftUnit): string {
  if (kind === 'flux-depends-on') return unitKind === 'flux-helm-release' ? 'HelmRelease' : 'Kustomization';
  let value: unknown = resource?.document.value;
  if ('field' in from)
    for (const key of from.field.slice(0, -1)) value = isFields(value) ? value[String(key)] : Array.isArray(value) ? value[Number(key)] : undefined;
  return isFields(value) ? (textAt(value, 'kind') ?? '') : '';
}
