import { isFields } from '../../core/fields.ts';
import type { RepoPath } from '../../core/place.ts';
import type { RenderedObject, Rendering, Writer } from '../../core/rendering.ts';
import type { TreeListing } from '../../model/tree.ts';
import type { Accumulator } from './accumulator.ts';
import { labelTransform } from './add-labels.ts';
import { type Evaluation, evaluator } from './evaluate.ts';
import { hashTransform } from './hash-names.ts';
import { nameReferenceTransform } from './name-references.ts';
import { type Kustomization, placeIn } from './read-kustomization.ts';
import { Refusal } from './refusal.ts';
import { repositoryOf } from './repository.ts';
import { resolveVariables } from './resolve-variables.ts';
import { annotationsOf, type Resource, withContent } from './resource.ts';
import { sortObjects } from './sort-objects.ts';
import { type Files, textOf } from './source-text.ts';
import { type KustomizeTables, readTables } from './tables.ts';
import { child, replaceAt, type Traced, without } from './traced.ts';
import type { TransformContext } from './transform.ts';

export interface RendererOptions {
  /** The text of schemas/kustomize.json. */
  readonly tables: string;
  /** What stands in the repository, for files that were not read and links; without it what `files` has. */
  readonly listing?: TreeListing;
  /** Files stay below the folder of their kustomization, as for `kustomize build` without `--load-restrictor LoadRestrictionsNone`. */
  readonly isRestricted?: boolean;
}

/** Renders the folders of a repository. Each kustomization is evaluated once and shared by all that include it. */
export function kustomizeRenderer(files: Files, { tables: text, listing, isRestricted = false }: RendererOptions): (folder: RepoPath) => Rendering {
  const repository = repositoryOf(files, listing);
  const tables = readTables(text);
  const evaluate = evaluator({ repository, tables, isRestricted });
  const renderings = new Map<RepoPath, Rendering>();
  return folder => {
    let rendering = renderings.get(folder);
    if (rendering === undefined) {
      rendering = render(folder);
      renderings.set(folder, rendering);
    }
    return rendering;
  };

  function render(folder: RepoPath): Rendering {
    try {
      return finish(evaluate(folder));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { objects: [], errors: [{ at: error.at, message: error.message }], partial: [] };
    }
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
    };
    build.resources = hashTransform(build.resources, context);
    build.resources = nameReferenceTransform(build.configuration.nameReference)(build.resources, context);
    resolveVariables(build, context);
    build.resources = build.resources.filter(resource => !isLocal(resource));
    build.resources = sortObjects(build.resources, kustomization, tables);
    if (kustomization?.fields.buildMetadata?.length) build.resources = addMetadata(build.resources, kustomization, tables, context);
    return { objects: build.resources.map(resource => finishObject(resource, files)), errors: [], partial: build.partial };
  }
}

/** Objects for tools alone are not delivered. */
function isLocal(resource: Resource): boolean {
  const local = annotationsOf(resource)['config.kubernetes.io/local-config'];
  return local !== undefined && local !== 'false' && local !== false;
}

function addMetadata(resources: readonly Resource[], { fields, file }: Kustomization, tables: KustomizeTables, context: TransformContext): readonly Resource[] {
  const at = placeIn(file, ['buildMetadata']);
  let labelled = resources;
  for (const [index, option] of (fields.buildMetadata ?? []).entries()) {
    const place = placeIn(file, ['buildMetadata', index]);
    if (option === 'managedByLabel') {
      const label = { 'app.kubernetes.io/managed-by': `kustomize-${tables.version}` };
      labelled = labelTransform(label, [{ path: 'metadata/labels', create: true }], 'build-metadata', place)(labelled, context);
    } else if (option === 'originAnnotations' || option === 'transformerAnnotations') {
      context.note({ at, reason: `the ${option} of "buildMetadata" are not made here` });
    }
  }
  return labelled;
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
function finishObject(resource: Resource, files: Files): RenderedObject {
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
