import type { FieldPath, FieldPlace } from '../../core/place.ts';
import type { Writer, WriterKind } from '../../core/rendering.ts';
import { labelTransform } from './add-labels.ts';
import { jsonPatchTransform, patchTransform, strategicMergeTransform } from './apply-patches.ts';
import { type Configuration, mergeSpecs } from './configuration.ts';
import type { FieldSpec, LabelEntry } from './kustomization.ts';
import { loadReplacements } from './load-replacements.ts';
import { type Kustomization, placeIn } from './read-kustomization.ts';
import { Refusal } from './refusal.ts';
import { prefixTransform, suffixTransform } from './rename.ts';
import { imageTransform } from './set-images.ts';
import { namespaceTransform } from './set-namespace.ts';
import { replicasTransform } from './set-replicas.ts';
import type { Transform } from './transform.ts';

/** A step, and the transformer of Kustomize that it is. */
export interface NamedTransform {
  readonly kind: string;
  readonly run: Transform;
}

/** The transformers that the fields of a kustomization stand for, in the order of Kustomize. */
export function transformsOf({ fields, file, folder }: Kustomization, configuration: Configuration): readonly NamedTransform[] {
  const transforms: NamedTransform[] = [];
  const add = (kind: string, run: Transform) => transforms.push({ kind, run });
  const at = (...field: FieldPath): FieldPlace => placeIn(file, field);
  const writer = (by: WriterKind, ...field: FieldPath): Writer => ({ by, at: at(...field), isWhole: true });
  const source = { folder, file };

  if (fields.patchesStrategicMerge?.length) {
    add('PatchStrategicMergeTransformer', strategicMergeTransform(fields.patchesStrategicMerge, { ...source, at: at('patchesStrategicMerge') }));
  }
  for (const [index, entry] of (fields.patches ?? []).entries())
    add('PatchTransformer', patchTransform({ ...source, entry, at: at('patches', index) }));
  if (fields.namespace) {
    add(
      'NamespaceTransformer',
      namespaceTransform({ namespace: fields.namespace, specs: configuration.namespace }, writer('namespace', 'namespace')),
    );
  }
  if (fields.namePrefix) add('PrefixTransformer', prefixTransform(fields.namePrefix, configuration.namePrefix, writer('name-prefix', 'namePrefix')));
  if (fields.nameSuffix) add('SuffixTransformer', suffixTransform(fields.nameSuffix, configuration.nameSuffix, writer('name-suffix', 'nameSuffix')));
  for (const [index, entry] of (fields.labels ?? []).entries()) {
    const specs = labelSpecs(entry, configuration);
    if (specs === undefined) throw new Refusal(at('labels', index), 'the fields of the labels contradict each other in "create"');
    add('LabelTransformer', labelTransform(entry.pairs ?? {}, specs, 'label', at('labels', index, 'pairs')));
  }
  if (fields.labels || fields.commonLabels) {
    add('LabelTransformer', labelTransform(fields.commonLabels ?? {}, configuration.commonLabels, 'label', at('commonLabels')));
  }
  if (fields.commonAnnotations) {
    add('AnnotationsTransformer', labelTransform(fields.commonAnnotations, configuration.commonAnnotations, 'annotation', at('commonAnnotations')));
  }
  for (const [index, entry] of (fields.patchesJson6902 ?? []).entries()) {
    add('PatchJson6902Transformer', jsonPatchTransform({ ...source, entry, at: at('patchesJson6902', index) }));
  }
  for (const [index, { name = '', count = 0 }] of (fields.replicas ?? []).entries()) {
    add('ReplicaCountTransformer', replicasTransform(name, count, configuration.replicas, writer('replicas', 'replicas', index, 'count')));
  }
  for (const list of ['images', 'imageTags'] as const) {
    for (const [index, image] of (fields[list] ?? []).entries())
      add('ImageTagTransformer', imageTransform(image, configuration.images, at(list, index)));
  }
  if (fields.replacements?.length) add('ReplacementTransformer', loadReplacements(fields.replacements, at('replacements'), folder));
  return transforms;
}

/** Which fields an entry of `labels` is about. */
function labelSpecs(entry: LabelEntry, configuration: Configuration): readonly FieldSpec[] | undefined {
  const lists = [configuration.labels];
  if (entry.includeSelectors) lists.push(configuration.commonLabels);
  else {
    if (entry.includeTemplates) lists.push(configuration.templateLabels);
    if (entry.includeVolumeClaimTemplates) lists.push(configuration.volumeClaimTemplateLabels);
    lists.push(metadataLabels);
  }
  return remembered(entry.fields ?? noSpecs, lists);
}

const metadataLabels: readonly FieldSpec[] = [{ path: 'metadata/labels', create: true }];
const noSpecs: readonly FieldSpec[] = [];

/** The same tables are merged for every entry; with the same result the specs of a kind are looked up once. */
function remembered(first: readonly FieldSpec[], lists: readonly (readonly FieldSpec[])[]): readonly FieldSpec[] | undefined {
  let specs: readonly FieldSpec[] | undefined = first;
  for (const list of lists) {
    if (specs === undefined) return undefined;
    let ofFirst = merged.get(specs);
    if (ofFirst === undefined) {
      ofFirst = new WeakMap();
      merged.set(specs, ofFirst);
    }
    let both = ofFirst.get(list);
    if (both === undefined) {
      both = mergeSpecs(specs, list);
      if (both !== undefined) ofFirst.set(list, both);
    }
    specs = both;
  }
  return specs;
}

const merged = new WeakMap<readonly FieldSpec[], WeakMap<readonly FieldSpec[], readonly FieldSpec[]>>();
