import { isFields } from '../../core/fields.ts';
import { isFieldPlace, type RepoPath } from '../../core/place.ts';
import type { Matches, Rendering, Writer } from '../../core/rendering.ts';
import type { TreeListing } from '../../model/tree.ts';
import { type Accumulator, appendResources } from './accumulator.ts';
import { addBuildMetadata } from './build-metadata.ts';
import { type Evaluate, type Evaluation, evaluator } from './evaluate.ts';
import { hashTransform } from './hash-names.ts';
import { nameReferenceTransform } from './name-references.ts';
import { emptyTexts, parsedFile, setIn } from './read-yaml.ts';
import { Refusal } from './refusal.ts';
import { repositoryOf } from './repository.ts';
import { resolveVariables } from './resolve-variables.ts';
import { annotationsOf, type Resource, withContent } from './resource.ts';
import { sortObjects } from './sort-objects.ts';
import { type Files, textOf } from './source-text.ts';
import { readTables } from './tables.ts';
import { child, lookUp, replaceAt, type Traced, without } from './traced.ts';
import type { TransformContext } from './transform.ts';

export interface RendererOptions {
  /** The text of schemas/kustomize.json. */
  readonly tables: string;
  /** What stands in the repository, for files that were not read and links; without it what `files` has. */
  readonly listing?: TreeListing;
  /** Files stay below the folder of their kustomization, as for `kustomize build` without `--load-restrictor LoadRestrictionsNone`. */
  readonly isRestricted?: boolean;
}

export interface Renderer {
  (folder: RepoPath): Rendering;
  /** Goes as far as entries find what they change, and spares what is done with the objects in the end. */
  match(folder: RepoPath): Matches;
}

/** Renders the folders of a repository. Each kustomization is evaluated once and shared by all that include it. */
export function kustomizeRenderer(files: Files, { tables: text, listing, isRestricted = false }: RendererOptions): Renderer {
  const repository = repositoryOf(files, listing);
  const tables = readTables(text);
  const evaluate = evaluator({ repository, tables, isRestricted, tracksSteps: false });
  let evaluateTracked: Evaluate | undefined;
  const renderings = new Map<RepoPath, Rendering>();
  return Object.assign(renderOnce, { match });

  function renderOnce(folder: RepoPath): Rendering {
    let rendering = renderings.get(folder);
    if (rendering === undefined) {
      rendering = render(folder);
      renderings.set(folder, rendering);
    }
    return rendering;
  }

  function match(folder: RepoPath): Matches {
    return attempt<Matches>(() => {
      const { matches, partial } = evaluate(folder);
      return { matches, partial, errors: [] };
    }, nothing);
  }

  function render(folder: RepoPath): Rendering {
    return attempt(() => {
      const evaluation = evaluate(folder);
      if (!evaluation.kustomization?.fields.buildMetadata?.length) return finish(evaluation);
      evaluateTracked ??= evaluator({ repository, tables, isRestricted, tracksSteps: true });
      return finish(evaluateTracked(folder));
    }, nothing);
  }

  /** What is done once, for the folder that is built. */
  function finish(evaluation: Evaluation): Rendering {
    const { kustomization, schema } = evaluation;
    const build: Accumulator = { ...evaluation };
    const context: TransformContext = {
      repository,
      isClusterScoped: tables.isClusterScoped,
      schema: schema ?? tables.mergeSchema,
      isRestricted,
      partial: evaluation.partial,
      note: reason => {
        build.partial = [...build.partial, reason];
      },
      tell: () => {},
    };
    build.resources = hashTransform(build.resources, context);
    build.resources = nameReferenceTransform(build.configuration.nameReference)(build.resources, context);
    resolveVariables(build, context);
    build.resources = build.resources.filter(resource => !isLocal(resource));
    // Only where objects are put in order Kustomize sees that two of them have become the same.
    if (kustomization?.fields.sortOptions?.order !== 'fifo') appendResources([], build.resources, tables.isClusterScoped);
    build.resources = sortObjects(build.resources, kustomization, tables);
    build.resources = build.resources.map(resource => finishObject(resource, files));
    if (kustomization?.fields.buildMetadata?.length) build.resources = addBuildMetadata(build.resources, kustomization, tables, context);
    return { objects: build.resources, errors: [], partial: build.partial, matches: evaluation.matches };
  }
}

const nothing: Rendering = { objects: [], errors: [], partial: [], matches: [] };

function attempt<T extends Matches>(build: () => T, empty: T): T {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { at, message, why } = error;
    if (why === 'bound') return { ...empty, partial: [{ at, reason: message }] };
    return { ...empty, errors: [{ at, message, ...(why && { unmatched: why }) }] };
  }
}

/** Objects for tools alone are not delivered. */
function isLocal(resource: Resource): boolean {
  const local = annotationsOf(resource)['config.kubernetes.io/local-config'];
  return local !== undefined && local !== 'false' && local !== false;
}

/** Notes of Kustomize and of tools around it, which it takes away in the end, whoever wrote them. */
const ownAnnotations = new Set([
  ...['previousKinds', 'previousNames', 'prefixes', 'suffixes', 'previousNamespaces', 'allowNameChange', 'allowKindChange', 'refBy'].map(
    name => `internal.config.kubernetes.io/${name}`,
  ),
  ...['generatorBehavior', 'needsHashSuffix', 'path', 'index', 'seqindent', 'id', 'annotations-migration-resource-id', 'helm-generated'].map(
    name => `internal.config.kubernetes.io/${name}`,
  ),
  'config.kubernetes.io/path',
  'config.kubernetes.io/index',
  'config.k8s.io/id',
  'config.kubernetes.io/origin',
  'alpha.config.kubernetes.io/transformations',
]);

/** Annotations are texts in the end, and an empty map of them goes. */
function finishObject(resource: Resource, files: Files): Resource {
  return withEmptyTexts(withFinishedAnnotations(resource, files), files);
}

function withEmptyTexts(resource: Resource, files: Files): Resource {
  const { at } = resource.provenance.writers.writer;
  const file = files.get(at.path);
  const document = isFieldPlace(at) && file ? parsedFile(file).documents[at.document] : undefined;
  let { value } = resource;
  for (const field of document ? emptyTexts(document) : []) if (lookUp(value, field) === null) value = setIn(value, field, '') as Resource['value'];
  return value === resource.value ? resource : { ...resource, value };
}

function withFinishedAnnotations(resource: Resource, files: Files): Resource {
  const metadata = child(resource, 'metadata');
  const annotations = metadata && child(metadata, 'annotations');
  if (annotations === undefined || metadata === undefined) return resource;
  const { writer } = annotations.provenance.writers;
  let finished: Traced = annotations;
  const fields = isFields(annotations.value) ? annotations.value : {};
  for (const key of Object.keys(fields)) {
    if (ownAnnotations.has(key)) finished = without(finished, key, writer);
    else if (typeof fields[key] !== 'string' || isPointInTime(fields[key])) finished = withText(finished, key, writer, files);
  }
  if (finished === annotations && Object.keys(fields).length > 0) return resource;
  const isEmpty = !isFields(finished.value) || Object.keys(finished.value).length === 0;
  const content = replaceAt(resource, ['metadata', 'annotations'], writer, () => (isEmpty ? undefined : finished));
  return withContent(resource, content);
}

function withText(annotations: Traced, key: string, writer: Writer, files: Files): Traced {
  return replaceAt(annotations, [key], writer, before => before && { value: textOf(before, files, true), provenance: before.provenance });
}

/** A date without quotes, which was read as a point in time. */
function isPointInTime(value: unknown): boolean {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
}
