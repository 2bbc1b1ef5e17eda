import type { FieldSpec, NameReferenceSpec } from './kustomization.ts';
import { isSelectedGvk } from './resource.ts';

/** Which fields the transformers change: the tables of Kustomize with what `configurations` and `crds` add. */
export interface Configuration {
  readonly namePrefix: readonly FieldSpec[];
  readonly nameSuffix: readonly FieldSpec[];
  readonly namespace: readonly FieldSpec[];
  readonly commonLabels: readonly FieldSpec[];
  readonly labels: readonly FieldSpec[];
  readonly templateLabels: readonly FieldSpec[];
  readonly volumeClaimTemplateLabels: readonly FieldSpec[];
  readonly commonAnnotations: readonly FieldSpec[];
  readonly nameReference: readonly NameReferenceSpec[];
  readonly varReference: readonly FieldSpec[];
  readonly images: readonly FieldSpec[];
  readonly replicas: readonly FieldSpec[];
}

const lists = [
  'namePrefix',
  'nameSuffix',
  'namespace',
  'commonLabels',
  'labels',
  'templateLabels',
  'volumeClaimTemplateLabels',
  'commonAnnotations',
  'varReference',
  'images',
  'replicas',
] as const;

/** Adds what the first does not have; undefined where two say different things of one field. */
export function mergeConfigurations(base: Configuration, added: Partial<Configuration>): Configuration | undefined {
  if (base === added) return base;
  const merged: Record<string, readonly FieldSpec[]> = {};
  for (const name of lists) {
    const specs = mergeSpecs(base[name], added[name] ?? []);
    if (specs === undefined) return undefined;
    merged[name] = specs;
  }
  const nameReference = mergeReferences(base.nameReference, added.nameReference ?? []);
  return nameReference && { ...base, ...merged, nameReference };
}

export function mergeSpecs(base: readonly FieldSpec[], added: readonly FieldSpec[]): readonly FieldSpec[] | undefined {
  if (base === added || added.length === 0) return base;
  const merged = [...base];
  for (const spec of added) {
    const known = merged.find(each => each.path === spec.path && isSelectedGvk({ group: '', version: '', kind: '', ...each }, spec));
    if (known === undefined) merged.push(spec);
    else if ((known.create ?? false) !== (spec.create ?? false)) return undefined;
  }
  return merged.length === base.length ? base : merged;
}

function mergeReferences(base: readonly NameReferenceSpec[], added: readonly NameReferenceSpec[]): readonly NameReferenceSpec[] | undefined {
  if (base === added || added.length === 0) return base;
  const merged = [...base];
  for (const spec of added) {
    const index = merged.findIndex(
      ({ group = '', version = '', kind = '' }) => group === (spec.group ?? '') && version === (spec.version ?? '') && kind === (spec.kind ?? ''),
    );
    const known = merged[index];
    if (known === undefined) {
      merged.push(spec);
      continue;
    }
    const fieldSpecs = mergeSpecs(known.fieldSpecs ?? [], spec.fieldSpecs ?? []);
    if (fieldSpecs === undefined) return undefined;
    if (fieldSpecs !== known.fieldSpecs) merged[index] = { ...known, fieldSpecs };
  }
  return merged;
}
