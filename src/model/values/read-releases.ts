import type { Document, SourceFile } from '../../core/document.ts';
import { type Fields, fieldsAt, isFields, listAt, textAt, valueAt } from '../../core/fields.ts';
import type { Chart, HelmRelease, ValuesLayer } from '../../core/helm.ts';
import { at, type FieldPath, type FieldPlace, isFieldPlace, type Place, type RepoPath, within } from '../../core/place.ts';
import type { Reference, Resource, Unit, UnitSource } from '../../core/repo.ts';
import { folderOf, joinPath, nameOf } from '../../core/repo-path.ts';
import { entryAt, startOf } from '../../core/tape.ts';
import { parseYaml } from '../../parse/parse-yaml.ts';
import type { DraftUnit } from '../draft-unit.ts';
import { hasField, type PatchedResource } from '../patched-resources.ts';
import { hole, openUp } from '../template-marks.ts';
import { goReading } from './go-reading.ts';
import type { HelmInput } from './helm-input.ts';
import { readParameter } from './read-parameters.ts';

type Charts = ReadonlyMap<RepoPath, Chart>;
type SettledUnit = Unit & DraftUnit;

interface Context extends Omit<HelmInput, 'charts'> {
  readonly charts: Charts;
  readonly patched: PatchedNames;
  /** Texts of values as they are read: generated Applications share theirs. */
  readonly texts: Map<string, Document | 'empty' | 'unreadable'>;
}

/** Every release of the repository with its values; those of charts that stand elsewhere, too. */
export function readReleases(input: HelmInput, charts: Charts): HelmRelease[] {
  const context: Context = { ...input, charts, patched: patchedNames(input), texts: new Map() };
  const releases: HelmRelease[] = [];
  for (const unit of input.units) {
    if (unit.resource !== undefined && input.isStandIn(unit.resource)) continue;
    if (unit.kind === 'argocd-application') releases.push(...readApplication(unit, context));
    else if (unit.kind === 'flux-helm-release') releases.push(readHelmRelease(unit, context));
    else if (unit.kind === 'helmfile-release') releases.push(readHelmfileRelease(unit, context));
  }
  return releases;
}

/** Argo CD: files, then `valuesObject` or else `values`, then parameters. https://argo-cd.readthedocs.io/en/stable/user-guide/helm/ */
function readApplication(unit: SettledUnit, context: Context): HelmRelease[] {
  const { resource } = unit;
  if (resource === undefined) return [];
  return unit.sources.flatMap(source => {
    const chart = chartOf(unit, source, 'argocd-source', context.charts);
    const field = isFieldPlace(source.at) ? source.at.field.slice(resource.field.length) : [];
    const written = fieldsOf(resource, field, context);
    if (['plugin', 'kustomize', 'directory'].some(tool => isFields(written[tool]))) return [];
    const helm = fieldsAt(written, 'helm');
    if (chart === undefined && source.chart === undefined && source.valueFiles.length === 0) return [];
    const layers = source.valueFiles.flatMap(reference => fileLayer(reference, context));
    const of = (...keys: FieldPath) => [...field, 'helm', ...keys];
    if (isFields(helm.valuesObject)) layers.push(objectLayer(resource, of('valuesObject'), helm.valuesObject));
    else if (typeof helm.values === 'string') layers.push(textLayer(placeIn(resource, of('values')), helm.values, context));
    for (const [index, parameter] of listAt(helm, 'parameters').entries()) {
      if (isFields(parameter)) layers.push(parameterLayer(resource, of('parameters', index), parameter));
    }
    if (listAt(helm, 'fileParameters').length > 0) layers.push(unknownLayer(source.at, 'a parameter takes its value from a file'));
    const spec = fieldsAt(resource.value, 'spec');
    if (resource.kind === 'ApplicationSet' && (spec.templatePatch !== undefined || hasOwnTemplate(spec)))
      layers.push(unknownLayer(source.at, 'the ApplicationSet changes its template'));
    if (context.patched.has(resource)) layers.push(unknownLayer(source.at, 'a kustomization patches the object'));
    return [
      { ...ofUnit(unit), at: installer(source), ...(chart !== undefined && { chart }), layers, skipsSchema: helm.skipSchemaValidation === true },
    ];
  });
}

/** Whether a generator brings a template of its own, which is laid over that of the set. */
function hasOwnTemplate(spec: Fields): boolean {
  return listAt(spec, 'generators').some(
    generator => isFields(generator) && Object.values(generator).some(body => isFields(body) && isFields(body.template)),
  );
}

/** Flux: `valuesFrom` in their order, then `values`, then what goes to a `targetPath`. https://fluxcd.io/flux/components/helm/helmreleases/#values */
function readHelmRelease(unit: SettledUnit, context: Context): HelmRelease {
  const [source] = unit.sources;
  const { resource } = unit;
  const chart = source && chartOf(unit, source, 'flux-chart', context.charts);
  if (resource === undefined || source === undefined) return { ...ofUnit(unit), at: unit.at, layers: [], skipsSchema: false };
  const spec = fieldsOf(resource, ['spec'], context);
  const layers: ValuesLayer[] = [];
  const last: ValuesLayer[] = [];
  for (const [index, item] of listAt(spec, 'valuesFrom').entries()) {
    const from = placeIn(resource, ['spec', 'valuesFrom', index]);
    if (!isFields(item)) continue;
    if (item.targetPath !== undefined) last.push(unknownLayer(from, 'an object gives the value of a field'));
    else layers.push(configMapLayer(unit, item, index, from, context));
  }
  if (isFields(spec.values)) layers.push(objectLayer(resource, ['spec', 'values'], spec.values));
  if (context.patched.has(resource)) layers.push(unknownLayer(unit.at, 'a kustomization patches the object'));
  const files = source.valueFiles.flatMap(reference => fileLayer(reference, context));
  return {
    ...ofUnit(unit),
    at: installer(source),
    ...(chart !== undefined && { chart }),
    ...(source.valueFiles.length > 0 && { defaults: files }),
    layers: [...layers, ...last],
    skipsSchema: ['install', 'upgrade'].some(key => fieldsAt(spec, key).disableSchemaValidation === true),
  };
}

/** A ConfigMap of the repository, or one that a single kustomization makes of files. */
function configMapLayer(unit: SettledUnit, item: Fields, index: number, from: Place, context: Context): ValuesLayer {
  const { files, kustomizations } = context;
  const key = textAt(item, 'valuesKey') ?? 'values.yaml';
  const name = textAt(item, 'name') ?? '';
  if (item.kind !== 'ConfigMap' && item.kind !== undefined) return unknownLayer(from, 'values come from a Secret');
  const reference = unit.references.find(
    ({ kind, from: place }) =>
      kind === 'flux-values-from' && isFieldPlace(place) && place.field.at(-2) === index && place.field.at(-3) === 'valuesFrom',
  );
  const { object } = reference ?? {};
  const makers = [...kustomizations.values()].flatMap(kustomization =>
    listAt(kustomization.value, 'configMapGenerator').flatMap(generator =>
      isFields(generator) && generator.name === name ? [{ kustomization, generator }] : [],
    ),
  );
  if (object !== undefined && makers.length === 0) {
    const text = fieldsAt(object.value, 'data')[key];
    if (typeof text === 'string') return textLayer(at(object.document, ...object.field, 'data', key), text, context);
  }
  const [maker, ...others] = makers;
  if (object !== undefined || maker === undefined || others.length > 0) return unknownLayer(from, 'values come from an object that is not known');
  for (const entry of listAt(maker.generator, 'files')) {
    const [, as, target = ''] = /^(?:([^=]*)=)?(.*)$/.exec(String(entry)) ?? [];
    const path = joinPath(folderOf(maker.kustomization.path), target);
    const file = path === undefined || (as ?? nameOf(target)) !== key ? undefined : files.get(path);
    if (file) return valuesFileLayer(file);
  }
  return unknownLayer(from, 'values come from an object that is not known');
}

/** Helmfile: the items of `values` in their order, then secrets, then `set`. https://helmfile.readthedocs.io/en/latest/#configuration */
function readHelmfileRelease(unit: SettledUnit, { files, charts }: Context): HelmRelease {
  const [source] = unit.sources;
  const place = isFieldPlace(unit.at) ? unit.at : { path: unit.at.path, document: 0, field: [], part: 'value' as const };
  const file = files.get(place.path);
  const written = file?.documents[place.document];
  const document = file && written && goReading(written, file);
  const release = document && valueAt(document.value, place.field);
  const layers: ValuesLayer[] = [];
  const chart = source && chartOf(unit, source, 'helmfile-chart', charts);
  const done = (skips: boolean): HelmRelease => ({
    ...ofUnit(unit),
    at: source ? installer(source) : unit.at,
    ...(chart !== undefined && { chart }),
    layers,
    skipsSchema: skips,
  });
  if (document === undefined || !isFields(release)) return done(true);
  const helmfile = isFields(document.value) ? document.value : {};
  for (const [index, item] of listAt(release, 'values').entries()) {
    const field = [...place.field, 'values', index];
    if (isFields(item)) layers.push(documentLayer(at(document, ...field), item));
    for (const reference of unit.references.filter(
      ({ kind, from }) => kind === 'helmfile-values' && isFieldPlace(from) && isSameField(from.field, field),
    ))
      layers.push(...fileLayer(reference, { files }));
  }
  for (const key of ['secrets', 'set', 'setTemplate', 'setString', 'valuesTemplate', 'inherit', 'strategicMergePatches', 'jsonPatches'])
    if (release[key] !== undefined) layers.push(unknownLayer(unit.at, `"${key}" gives values`));
  return done(release.skipSchemaValidation === true || fieldsAt(helmfile, 'helmDefaults').skipSchemaValidation === true);
}

function ofUnit({ id, name, environment }: SettledUnit): Pick<HelmRelease, 'unit' | 'name' | 'environment'> {
  return { unit: id, name, environment };
}

/** The field that says which chart is installed. */
function installer({ at: place }: UnitSource): Place {
  return isFieldPlace(place) ? { ...place, part: 'key' } : place;
}

/** The folder of the chart that a source installs, where it stands here for certain. */
function chartOf(unit: SettledUnit, source: UnitSource, kind: Reference['kind'], charts: Charts): RepoPath | undefined {
  const field = isFieldPlace(source.at) ? source.at.field : [];
  const found = unit.references.filter(
    ({ kind: own, from }) => own === kind && (kind !== 'argocd-source' || (isFieldPlace(from) && isSameField(from.field.slice(0, -1), field))),
  );
  const [reference] = found;
  return found.length === 1 && reference?.state === 'resolved' && reference.to !== undefined && charts.has(reference.to) ? reference.to : undefined;
}

function fileLayer(reference: Reference, { files }: Pick<HelmInput, 'files'>): ValuesLayer[] {
  const { state, to, from, reason } = reference;
  if (state === 'unknown' && reason?.endsWith('allows it to be absent')) return [];
  const file = state === 'resolved' && to !== undefined ? files.get(to) : undefined;
  return [file ? valuesFileLayer(file) : unknownLayer(from, reason ?? 'a values file is not known')];
}

function valuesFileLayer(file: SourceFile): ValuesLayer {
  const place = { path: file.path };
  const [document, ...more] = file.documents;
  if (file.classification.template !== undefined || file.path.endsWith('.gotmpl')) return unknownLayer(place, 'a values file is a template');
  if (file.classification.class === 'sops-encrypted') return unknownLayer(place, 'a values file is encrypted');
  if (file.problems.length > 0 || more.length > 0) return unknownLayer(place, 'a values file cannot be read');
  const read = document && goReading(document, file);
  const value = read?.value ?? {};
  if (!isFields(value)) return unknownLayer(place, 'a values file is no mapping');
  if ('sops' in value) return unknownLayer(place, 'a values file is encrypted');
  return { ...documentLayer({ path: file.path, document: 0, field: [], part: 'value' }, value), file: file.path };
}

function documentLayer(place: FieldPlace, known: Fields): ValuesLayer {
  return { at: place, content: { known }, placeOf: (field, part) => ({ ...place, field: [...place.field, ...field], part }) };
}

/** Values in a field of an object. */
function objectLayer(resource: Resource, inResource: FieldPath, known: Fields): ValuesLayer {
  return {
    at: placeIn(resource, inResource),
    content: { known },
    placeOf: (field, part) => ({ ...placeIn(resource, [...inResource, ...field]), part }),
  };
}

function parameterLayer(resource: Resource, inResource: FieldPath, parameter: Fields): ValuesLayer {
  const place = placeIn(resource, inResource);
  const name = textAt(parameter, 'name');
  const content =
    name === undefined || openUp(name).includes(hole)
      ? { unknown: 'a parameter has no known name' }
      : readParameter(name, parameter.value, parameter.forceString === true);
  return { at: place, content, placeOf: (_, part) => placeIn(resource, [...inResource, part === 'key' ? 'name' : 'value']) };
}

/** YAML inside of a text: places are pieces of the text. */
function textLayer(place: FieldPlace, text: string, { texts }: Context): ValuesLayer {
  const unknown = (reason: string): ValuesLayer => unknownLayer(place, reason);
  if (/\{\{-?\s*(if|range|with|end|else|define|template|block|include|toYaml)\b/.test(text)) return unknown('values have template actions');
  const read = texts.get(text) ?? readText(place.path, text);
  texts.set(text, read);
  if (read === 'unreadable') return unknown('values are a text that cannot be read');
  const value = read === 'empty' ? {} : (read.value ?? {});
  if (!isFields(value)) return unknown('values are no mapping');
  const tape = read === 'empty' ? undefined : read.tape;
  return {
    at: place,
    content: { known: value },
    placeOf: (field, part) => {
      const entry = tape && entryAt(tape, text, field);
      const node = entry && (part === 'key' ? entry.key : entry.value);
      const piece = entry && node !== undefined ? pieceAt(text, startOf(tape, entry.key ?? node)) : undefined;
      return piece === undefined ? place : within(place, piece);
    },
  };
}

function readText(path: RepoPath, text: string): Document | 'empty' | 'unreadable' {
  const { documents, problems } = parseYaml(path, text);
  const [document, ...more] = documents;
  if (problems.length > 0 || more.length > 0) return 'unreadable';
  return document === undefined
    ? 'empty'
    : goReading({ ...document, classification: { class: 'helm-values', reason: 'values in a text' } }, { text });
}

/** The rest of the line, which is more often unique than a word is. */
function pieceAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end).trimEnd();
}

function unknownLayer(place: Place, reason: string): ValuesLayer {
  return { at: place, content: { unknown: reason }, placeOf: () => place };
}

/** Where a field of an object is written: what a patch does not write stands in the object that it patches. */
function placeIn(resource: Resource, field: FieldPath): FieldPlace {
  if (!('patched' in resource)) return at(resource.document, ...resource.field, ...field);
  // Only patched objects have the field.
  const { written, patched } = resource as PatchedResource;
  return hasField(written, field) ? keyOrValue(resource, field) : keyOrValue(patched, field);
}

function keyOrValue({ document, field: own }: Resource, field: FieldPath): FieldPlace {
  return at(document, ...own, ...field);
}

/** The mapping at a field of an object, as the controllers read it. */
function fieldsOf(resource: Resource, field: FieldPath, { files }: Pick<HelmInput, 'files'>): Fields {
  const file = files.get(resource.document.path);
  const isMerged = 'patched' in resource || file === undefined;
  const value = isMerged ? valueAt(resource.value, field) : valueAt(goReading(resource.document, file).value, [...resource.field, ...field]);
  return isFields(value) ? value : {};
}

function isSameField(a: FieldPath, b: FieldPath): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

interface PatchedNames {
  readonly has: (resource: Resource) => boolean;
}

/** The objects that kustomizations patch in ways that the model does not carry out: JSON patches, and patches in the kustomization itself. */
function patchedNames({ kustomizations, files }: HelmInput): PatchedNames {
  const names = new Set<string>();
  const note = (target: Fields, text: string): void => {
    const kind = textAt(target, 'kind') ?? /^kind:\s*["']?(\w+)/m.exec(text)?.[1];
    const name = textAt(target, 'name') ?? /^ {2}name:\s*["']?([\w.-]+)/m.exec(text)?.[1];
    names.add(`${kind ?? '*'}/${name === undefined || /[*+|?^$]/.test(name) ? '*' : name}`);
  };
  const isJsonPatch = (folder: RepoPath, target: unknown): boolean => {
    const path = typeof target === 'string' ? joinPath(folder, target) : undefined;
    return Array.isArray(path === undefined ? undefined : files.get(path)?.documents[0]?.value);
  };
  for (const { value, folder } of kustomizations.values()) {
    for (const key of ['patches', 'patchesStrategicMerge', 'patchesJson6902']) {
      for (const item of listAt(value, key)) {
        if (typeof item === 'string' && item.includes('\n')) note({}, item);
        if (isFields(item) && (item.patch !== undefined || key === 'patchesJson6902' || isJsonPatch(folder, item.path)))
          note(fieldsAt(item, 'target'), textAt(item, 'patch') ?? '');
      }
    }
  }
  return {
    has: ({ kind, name }) => ['*/*', `${kind}/*`, `*/${name}`, `${kind}/${name}`].some(entry => names.has(entry)),
  };
}
