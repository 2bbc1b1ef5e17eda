import { type FieldPlace, isFieldPlace, type RepoPath } from '../../core/place.ts';
import type { Writer } from '../../core/rendering.ts';
import { nameOf } from '../../core/repo-path.ts';
import { labelTransform } from './add-labels.ts';
import { type ValueTarget, valueAddTransform } from './add-values.ts';
import { jsonPatchTransform, openDocuments, patchTransform, strategicMergeTransform } from './apply-patches.ts';
import { generatorTransform } from './generate.ts';
import { hashTransform } from './hash-names.ts';
import type { FieldSpec, GeneratorEntry, ImageEntry, PatchEntry, ReplacementEntry, ReplicaEntry, Selector, StringMap } from './kustomization.ts';
import { loadReplacements } from './load-replacements.ts';
import { parsedFile, readValue } from './read-yaml.ts';
import { Refusal } from './refusal.ts';
import { prefixTransform, suffixTransform } from './rename.ts';
import { describeIdentity, type Resource } from './resource.ts';
import { imageTransform } from './set-images.ts';
import { namespaceTransform } from './set-namespace.ts';
import { replicasTransform } from './set-replicas.ts';
import { decode, pluginShapes } from './shapes.ts';
import type { Transform, TransformContext } from './transform.ts';
import type { NamedTransform } from './transforms-of.ts';

/** The configuration of a plugin that Kustomize brings along, decoded. */
interface PluginFields {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly annotations?: StringMap;
  readonly labels?: StringMap;
  readonly fieldSpecs?: readonly FieldSpec[];
  readonly imageTag?: ImageEntry;
  readonly unsetOnly?: boolean;
  readonly setRoleBindingSubjects?: string;
  readonly target?: Selector;
  readonly path?: string;
  readonly patch?: string;
  readonly jsonOp?: string;
  readonly options?: PatchEntry['options'];
  readonly paths?: readonly string[];
  readonly patches?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly replacements?: readonly ReplacementEntry[];
  readonly replica?: ReplicaEntry;
  readonly value?: string;
  readonly targets?: readonly ValueTarget[];
  readonly targetFilePath?: string;
}

/** What an object under `transformers` or `generators` does; undefined where it is a program that is not run here. */
export function pluginTransform(
  plugin: Resource,
  folder: RepoPath,
  listedAt: FieldPlace,
  role: 'transformer' | 'generator',
): NamedTransform | undefined {
  const { group, version, kind } = plugin.id;
  if (group !== '' || version !== 'builtin') return undefined;
  const shape = pluginShapes.get(kind);
  if (shape === undefined) {
    if (kind === 'HelmChartInflationGenerator' || kind === 'IAMPolicyGenerator') return undefined;
    throw new Refusal(listedAt, `"${kind}" is no plugin that Kustomize brings along`);
  }
  if (kind.endsWith('Generator') !== (role === 'generator')) throw new Refusal(listedAt, `"${describeIdentity(plugin.id)}" is no ${role}`);
  const { writer } = plugin.provenance.writers;
  const at = isFieldPlace(writer.at) ? writer.at : listedAt;
  const { apiVersion: _apiVersion, kind: _kind, ...value } = plugin.value;
  const fitted = decode(value, shape, false, at.field);
  if ('message' in fitted) throw new Refusal({ ...at, field: fitted.field }, fitted.message);
  // `decode` has checked it by the shape of these fields.
  const run =
    role === 'generator'
      ? generator(kind, (fitted.value ?? {}) as GeneratorEntry & PluginFields, at, folder)
      : transformer(kind, (fitted.value ?? {}) as PluginFields, at, folder);
  return { kind, run };
}

function generator(kind: string, fields: GeneratorEntry & PluginFields, at: FieldPlace, folder: RepoPath): Transform {
  const { metadata = {}, ...entry } = fields;
  const name = entry.name || metadata.name;
  const namespace = entry.namespace || metadata.namespace;
  return generatorTransform({
    kind: kind === 'SecretGenerator' ? 'Secret' : 'ConfigMap',
    entry: { ...entry, ...(name !== undefined && { name }), ...(namespace !== undefined && { namespace }) },
    at,
    folder,
  });
}

function transformer(kind: string, fields: PluginFields, at: FieldPlace, folder: RepoPath): Transform {
  const { fieldSpecs = [] } = fields;
  const below = (...field: readonly string[]): FieldPlace => ({ ...at, field: [...at.field, ...field] });
  const writer = (by: Writer['by'], ...field: readonly string[]): Writer => ({ by, at: below(...field), isWhole: true });
  switch (kind) {
    case 'AnnotationsTransformer':
      return labelTransform(fields.annotations ?? {}, fieldSpecs, 'annotation', below('annotations'));
    case 'LabelTransformer':
      return labelTransform(fields.labels ?? {}, fieldSpecs, 'label', below('labels'));
    case 'HashTransformer':
      return hashTransform;
    case 'ImageTagTransformer':
      return imageTransform(fields.imageTag ?? {}, fieldSpecs, below('imageTag'));
    case 'NamespaceTransformer':
      return moveTo(fields, writer('namespace', 'metadata', 'namespace'));
    case 'PrefixTransformer':
    case 'SuffixTransformer':
    case 'PrefixSuffixTransformer':
      return affix(kind, fields, at, writer);
    case 'ReplicaCountTransformer':
      return replicasTransform(fields.replica?.name ?? '', fields.replica?.count ?? 0, fieldSpecs, writer('replicas', 'replica', 'count'));
    case 'ReplacementTransformer':
      return loadReplacements(fields.replacements ?? [], below('replacements'), folder);
    case 'ValueAddTransformer':
      return addValues(fields, at, folder);
    default:
      return patch(kind, fields, at, folder);
  }
}

function moveTo({ metadata, unsetOnly = false, setRoleBindingSubjects, fieldSpecs = [] }: PluginFields, writer: Writer): Transform {
  const subjects = setRoleBindingSubjects || 'defaultOnly';
  if (subjects !== 'defaultOnly' && subjects !== 'allServiceAccounts' && subjects !== 'none') {
    throw new Refusal(writer.at, `"setRoleBindingSubjects" is "${subjects}": expected "defaultOnly", "allServiceAccounts" or "none"`);
  }
  const namespace = metadata?.namespace ?? '';
  return namespace === '' ? resources => resources : namespaceTransform({ namespace, specs: fieldSpecs, unsetOnly, subjects }, writer);
}

function affix(
  kind: string,
  { prefix = '', suffix = '', fieldSpecs }: PluginFields,
  at: FieldPlace,
  writer: (by: Writer['by'], field: string) => Writer,
): Transform {
  if (fieldSpecs === undefined) throw new Refusal(at, `the ${kind} has no "fieldSpecs"`);
  const addPrefix = prefixTransform(prefix, fieldSpecs, writer('name-prefix', 'prefix'));
  const addSuffix = suffixTransform(suffix, fieldSpecs, writer('name-suffix', 'suffix'));
  if (kind === 'PrefixTransformer') return addPrefix;
  return kind === 'SuffixTransformer' ? addSuffix : (resources, context) => addSuffix(addPrefix(resources, context), context);
}

function addValues({ value = '', targets = [], targetFilePath }: PluginFields, at: FieldPlace, folder: RepoPath): Transform {
  const added = value.trim() || nameOf(folder);
  return (resources, context) => {
    const more = targetFilePath ? readTargets(targetFilePath, at, folder, context) : [];
    return valueAddTransform(added, [...targets, ...more], { ...at, field: [...at.field, 'value'] })(resources, context);
  };
}

function readTargets(path: string, at: FieldPlace, folder: RepoPath, context: TransformContext): readonly ValueTarget[] {
  const place = { ...at, field: [...at.field, 'targetFilePath'] };
  const file = openDocuments(path, place, folder, context);
  const document = file && parsedFile(file).documents[0];
  const shape = pluginShapes.get('ValueAddTransformer');
  if (file === undefined || document === undefined || shape === undefined) return [];
  const fitted = decode(readValue(document, file, 'go'), shape, false);
  if ('message' in fitted) throw new Refusal({ path: file.path, document: 0, field: fitted.field, part: 'value' }, fitted.message);
  return ((fitted.value ?? {}) as PluginFields).targets ?? [];
}

function patch(kind: string, fields: PluginFields, at: FieldPlace, folder: RepoPath): Transform {
  return (resources, context) => {
    const file = context.repository.files.get(at.path);
    if (file === undefined) return resources;
    const source = { at, folder, file };
    const { target, path, options } = fields;
    const shared = { ...(target && { target }), ...(path && { path }), ...(options && { options }) };
    switch (kind) {
      case 'PatchTransformer':
        return patchTransform({ ...source, entry: { ...shared, ...(fields.patch && { patch: fields.patch }) } })(resources, context);
      case 'PatchJson6902Transformer':
        return jsonPatchTransform({ ...source, entry: { ...shared, ...(fields.jsonOp && { patch: fields.jsonOp }) } })(resources, context);
      default: {
        const entries = [...(fields.paths ?? []), ...(fields.patches ? [fields.patches] : [])];
        if (entries.length === 0) throw new Refusal(at, 'the transformer has no patches');
        return strategicMergeTransform(entries, { ...source, at: { ...at, field: [...at.field, 'paths'] } })(resources, context);
      }
    }
  };
}
