import { isFields } from '../../core/fields.ts';
import { type FieldPlace, isFieldPlace, type RepoPath } from '../../core/place.ts';
import type { Writer, Writers } from '../../core/rendering.ts';
import { folderOf } from '../../core/repo-path.ts';
import { labelTransform } from './add-labels.ts';
import { type Kustomization, placeIn } from './read-kustomization.ts';
import { type Resource, withContent } from './resource.ts';
import type { KustomizeTables } from './tables.ts';
import { lookUp, writeAt } from './traced.ts';
import type { TransformContext } from './transform.ts';

/** `buildMetadata`: who manages the objects, and annotations with where they come from and what was done to them. */
export function addBuildMetadata(
  resources: readonly Resource[],
  { fields, file, folder }: Kustomization,
  tables: KustomizeTables,
  context: TransformContext,
): readonly Resource[] {
  let marked = resources;
  for (const [index, option] of (fields.buildMetadata ?? []).entries()) {
    const at = placeIn(file, ['buildMetadata', index]);
    if (option === 'managedByLabel') {
      const label = { 'app.kubernetes.io/managed-by': `kustomize-${tables.version}` };
      marked = labelTransform(label, [{ path: 'metadata/labels', create: true }], 'build-metadata', at)(marked, context);
    } else if (option === 'originAnnotations') {
      marked = marked.map(resource => annotate(resource, 'config.kubernetes.io/origin', originText(resource, folder, context), at));
    } else if (option === 'transformerAnnotations') {
      marked = marked.map(resource => annotate(resource, 'alpha.config.kubernetes.io/transformations', stepsText(resource, folder), at));
    }
  }
  return marked;
}

function annotate(resource: Resource, key: string, text: string, at: FieldPlace): Resource {
  const writer: Writer = { by: 'build-metadata', at, isWhole: true };
  return text === '' ? resource : withContent(resource, writeAt(resource, ['metadata', 'annotations', key], text, writer));
}

/** Who made the object at first: a file, or a generator and where it is configured. */
function originText(resource: Resource, folder: RepoPath, { repository }: TransformContext): string {
  if (resource.madeBy) {
    const { path, kind, name } = resource.madeBy;
    return `configuredIn: ${yamlText(relativePath(folder, path))}\n${configuredBy(kind, name, '')}`;
  }
  const { by, at } = firstWriter(resource.provenance.writers);
  const path = relativePath(folder, at.path);
  if (by !== 'generator') return `path: ${yamlText(path)}\n`;
  const kind = `${resource.id.kind}Generator`;
  const isListed = isFieldPlace(at) && (at.field[0] === 'configMapGenerator' || at.field[0] === 'secretGenerator');
  const plugin = isFieldPlace(at) ? repository.files.get(at.path)?.documents[at.document]?.value : undefined;
  const name = isListed || !isFields(plugin) ? undefined : lookUp(plugin, ['metadata', 'name']);
  return `configuredIn: ${yamlText(path)}\n${configuredBy(kind, typeof name === 'string' ? name : undefined, '')}`;
}

function firstWriter(writers: Writers): Writer {
  return writers.earlier === undefined ? writers.writer : firstWriter(writers.earlier);
}

function stepsText({ steps = [] }: Resource, folder: RepoPath): string {
  return steps.map(({ path, kind, name }) => `- configuredIn: ${yamlText(relativePath(folder, path))}\n${configuredBy(kind, name, '  ')}`).join('');
}

function configuredBy(kind: string, name: string | undefined, indentation: string): string {
  const lines = ['configuredBy:', '  apiVersion: builtin', `  kind: ${kind}`, ...(name === undefined ? [] : [`  name: ${yamlText(name)}`])];
  return lines.map(line => `${indentation}${line}\n`).join('');
}

/** From a folder to a file of the repository. */
function relativePath(folder: RepoPath, path: RepoPath): string {
  let up = '';
  let above = folder;
  while (above !== '' && !path.startsWith(`${above}/`)) {
    above = folderOf(above);
    up += '../';
  }
  return up + (above === '' ? path : path.slice(above.length + 1));
}

function yamlText(text: string): string {
  return /^[\w./-]*[A-Za-z][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}
