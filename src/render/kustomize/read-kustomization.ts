import type { SourceFile } from '../../core/document.ts';
import type { FieldPath, FieldPlace, RepoPath } from '../../core/place.ts';
import type { KustomizationFields } from './kustomization.ts';
import { parsedFile, readValue } from './read-yaml.ts';
import { Refusal } from './refusal.ts';
import type { Repository } from './repository.ts';
import { decode, kustomizationShape } from './shapes.ts';

/** The kustomization of a folder as Kustomize decodes it. */
export interface Kustomization {
  readonly folder: RepoPath;
  readonly file: SourceFile;
  readonly fields: KustomizationFields;
  readonly isComponent: boolean;
}

/** A template, or something else that becomes a kustomization only later. */
export interface UnknownKustomization {
  readonly path: RepoPath;
  readonly unknown: string;
}

const names = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'] as const;

/** Reads the kustomization of a folder. Refuses what Kustomize refuses to load. */
export function readKustomization(folder: RepoPath, repository: Repository): Kustomization | UnknownKustomization {
  const paths = names.map(name => (folder === '' ? name : `${folder}/${name}`)).filter(path => repository.find(path) === 'file');
  const [path, second] = paths;
  if (path === undefined) throw new Refusal({ path: folder }, `the folder "${folder || '.'}" has no kustomization.yaml`);
  if (second !== undefined)
    throw new Refusal({ path: second }, `the folder "${folder || '.'}" has two kustomizations: keep one of "${path}" and "${second}"`);
  const file = repository.read(path);
  if (typeof file === 'string') return { path, unknown: `the kustomization cannot be read: ${file}` };
  if (file.classification.template !== undefined) return { path, unknown: 'the kustomization is a template' };
  const { documents, problems } = parsedFile(file);
  const [document] = documents;
  if (document === undefined || problems.length > 0) {
    const { message = 'the kustomization is empty', start = 0, end = 0 } = problems[0] ?? {};
    throw new Refusal({ path: file.path, start, end }, message);
  }
  const fitted = decode(readValue(document, file, 'go'), kustomizationShape, true);
  if ('message' in fitted) throw new Refusal(placeIn(file, fitted.field), fitted.message);
  // `decode` has checked it by the shape of these fields.
  const fields = (fitted.value ?? {}) as KustomizationFields;
  checkFields(file, fields);
  return { folder, file, fields, isComponent: fields.kind === 'Component' };
}

function checkFields(file: SourceFile, fields: KustomizationFields): void {
  const { apiVersion, kind, ...rest } = fields;
  if (kind !== undefined && kind !== 'Kustomization' && kind !== 'Component') {
    throw new Refusal(placeIn(file, ['kind']), `"kind" is "${kind}": expected "Kustomization" or "Component"`);
  }
  const expected = `kustomize.config.k8s.io/${kind === 'Component' ? 'v1alpha1' : 'v1beta1'}`;
  if (apiVersion !== undefined && apiVersion !== '' && apiVersion !== expected) {
    throw new Refusal(placeIn(file, ['apiVersion']), `"apiVersion" is "${apiVersion}": expected "${expected}"`);
  }
  const isEmpty = Object.values(rest).every(value => value === '');
  if (isEmpty) throw new Refusal({ path: file.path }, 'the kustomization is empty: list what belongs to it');
}

/** A field of the kustomization. */
export function placeIn(file: Pick<SourceFile, 'path'>, field: FieldPath): FieldPlace {
  return { path: file.path, document: 0, field, part: 'value' };
}
