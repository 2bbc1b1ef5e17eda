import type { SourceFile } from '../../core/document.ts';
import type { Evidence } from '../../core/environment.ts';
import { type Fields, fieldsAt, isFields, listAt } from '../../core/fields.ts';
import { standsOutside } from '../../core/outside.ts';
import { at, type DocumentId, type FieldPath, type RepoPath } from '../../core/place.ts';
import type { Resource } from '../../core/repo.ts';
import { folderOf, nameOf } from '../../core/repo-path.ts';
import { markerStrength } from './folders.ts';
import type { DeclaredEnvironment } from './infer-environments.ts';
import { namedDestinations } from './named-destinations.ts';
import { readText } from './names.ts';

/** `environment`, `env`, `ENVIRONMENT`, `cluster_env`, `example.org/environment-name` */
const environmentKey = /(^|[./_-])(environment|env)([_-]name)?$/i;

/**
 * What documents say of environments: labels of namespaces and kustomizations, Flux substitutions,
 * generators of ApplicationSets, clusters, destinations and branches of Argo CD, the environments of Jenkins X.
 */
export function* declaredEnvironments(files: readonly SourceFile[], resources: readonly Resource[]): Generator<DeclaredEnvironment> {
  for (const resource of resources) {
    if (speakingKinds.has(resource.kind) && !standsOutside(resource.document.path)) yield* declaredBy(resource);
  }
  yield* namedDestinations(resources.filter(resource => resource.kind === 'Application' && !standsOutside(resource.document.path)));
  for (const { path, classification, documents } of files) {
    const readFields = classification.class === 'kustomization' ? declaredByKustomization : declaredByRequirements;
    if (readFields === declaredByRequirements && classification.class !== 'jenkins-x-requirements') continue;
    const value = documents[0]?.value;
    if (isFields(value) && !standsOutside(path)) yield* readFields({ path, index: 0 }, value);
  }
}

const speakingKinds: ReadonlySet<string> = new Set(['Namespace', 'Secret', 'ApplicationSet', 'Kustomization']);

function* declaredBy(resource: Resource): Generator<DeclaredEnvironment> {
  const { document, field, value, kind, group } = resource;
  const metadata = fieldsAt(value, 'metadata');
  if (kind === 'Namespace' && group === '') {
    for (const key of ['labels', 'annotations']) {
      yield* declaredIn(document, [...field, 'metadata', key], fieldsAt(metadata, key), { kind: 'label', path: document.path });
    }
  } else if (kind === 'Secret' && fieldsAt(metadata, 'labels')['argocd.argoproj.io/secret-type'] === 'cluster') {
    yield* declaredIn(document, [...field, 'metadata', 'labels'], fieldsAt(metadata, 'labels'), { kind: 'cluster' });
  } else if (kind === 'ApplicationSet') {
    yield* declaredByGenerators(document, [...field, 'spec', 'generators'], fieldsAt(value, 'spec').generators);
  } else if (kind === 'Kustomization' && group === 'kustomize.toolkit.fluxcd.io') {
    const spec = fieldsAt(value, 'spec');
    // What is delivered to another cluster says nothing of the cluster that stands here.
    const path = isFields(spec.kubeConfig) ? undefined : clusterFolderOf(document.path);
    const from = { kind: 'substitution', ...(path !== undefined && { path }) } as const;
    yield* declaredIn(document, [...field, 'spec', 'postBuild', 'substitute'], fieldsAt(fieldsAt(spec, 'postBuild'), 'substitute'), from);
  }
}

/** The entries of a mapping whose key names an environment. */
function* declaredIn(
  document: DocumentId,
  field: FieldPath,
  fields: Fields,
  from: { readonly kind: Evidence['kind']; readonly path?: RepoPath },
): Generator<DeclaredEnvironment> {
  for (const [key, value] of Object.entries(fields)) {
    if (typeof value === 'string' && environmentKey.test(key)) yield* declare(document, [...field, key], value, `"${key}" is "${value}"`, from);
  }
}

function* declare(
  document: DocumentId,
  field: FieldPath,
  text: string,
  says: string,
  { kind, path }: { readonly kind: Evidence['kind']; readonly path?: RepoPath },
): Generator<DeclaredEnvironment> {
  const name = readText(text);
  if (name === undefined || name.match === 'part') return;
  yield { id: name.word.id, evidence: { kind, at: at(document, ...field), says }, ...(path !== undefined && { path }) };
}

/** List elements, values and selectors of generators, however deep they are nested. */
function* declaredByGenerators(document: DocumentId, field: FieldPath, value: unknown): Generator<DeclaredEnvironment> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* declaredByGenerators(document, [...field, index], item);
  } else if (isFields(value)) {
    yield* declaredIn(document, field, value, { kind: 'generator' });
    for (const [key, child] of Object.entries(value)) {
      if (key !== 'template' && typeof child === 'object') yield* declaredByGenerators(document, [...field, key], child);
    }
  }
}

/** Labels that a kustomization gives to all it builds tell whose folder it is. */
function* declaredByKustomization(document: DocumentId, value: Fields): Generator<DeclaredEnvironment> {
  const from = { kind: 'label', path: folderOf(document.path) } as const;
  for (const key of ['commonLabels', 'commonAnnotations']) yield* declaredIn(document, [key], fieldsAt(value, key), from);
  for (const [index, item] of listAt(value, 'labels').entries()) {
    if (isFields(item)) yield* declaredIn(document, ['labels', index, 'pairs'], fieldsAt(item, 'pairs'), from);
  }
}

function* declaredByRequirements(document: DocumentId, value: Fields): Generator<DeclaredEnvironment> {
  const holder: FieldPath = Array.isArray(value.environments) ? [] : ['spec'];
  for (const [index, item] of listAt(holder.length > 0 ? fieldsAt(value, 'spec') : value, 'environments').entries()) {
    const key = isFields(item) ? item.key : undefined;
    if (typeof key !== 'string') continue;
    yield* declare(document, [...holder, 'environments', index, 'key'], key, `Jenkins X promotes to "${key}"`, { kind: 'config' });
  }
}

/** The folder of the cluster that a document belongs to (`clusters/osaka`), else the document's file. */
function clusterFolderOf(path: RepoPath): RepoPath {
  for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) {
    if (markerStrength(nameOf(folderOf(folder))) === 'strong') return folder;
  }
  return path;
}
