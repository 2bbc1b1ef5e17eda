import type { DocumentClass } from '../../core/classification.ts';
import type { Document, SourceFile } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import { at, type FieldPath } from '../../core/place.ts';
import { collectFields, mentionsCredential } from './collect-fields.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** The values that charts are given: values files, and the values in releases of Flux, Argo CD, Helmfile, Kustomize and k3s. */
export function* helmValues(file: SourceFile): Iterable<SecretCandidate> {
  const mayHold = file.text.includes('values');
  for (const document of file.documents) {
    const cls = classOfValues(document);
    if (cls === 'helm-values') yield* valuesAt(document, document.value, []);
    else if (mayHold && classesWithValues.has(cls)) yield* valuesBelow(document, cls, document.value, []);
  }
}

const classesWithValues: ReadonlySet<DocumentClass> = new Set([
  'flux-helm-release',
  'argocd-application',
  'argocd-application-set',
  'helmfile',
  'kustomization',
  'custom-resource',
] as const);

/** The class of a document, of a patch that of the object which it changes. */
export function classOfValues({ classification, value }: Document): DocumentClass {
  const isPatch = classification.class === 'strategic-merge-patch' && isFields(value);
  return (isPatch && typeof value.kind === 'string' && classOfKind.get(value.kind)) || classification.class;
}

const classOfKind: ReadonlyMap<string, DocumentClass> = new Map([
  ['HelmRelease', 'flux-helm-release'],
  ['Application', 'argocd-application'],
  ['ApplicationSet', 'argocd-application-set'],
] as const);

/** Whether a field of a document of this class holds the values of a chart. */
export function isValuesField(cls: DocumentClass, key: string, parent: FieldPath): boolean {
  const name = parent.at(-1);
  switch (cls) {
    case 'flux-helm-release':
      return key === 'values' && name === 'spec';
    case 'argocd-application':
    case 'argocd-application-set':
      return name === 'helm' && (key === 'values' || key === 'valuesObject');
    case 'helmfile':
      return key === 'values' && parent.length === 2 && parent[0] === 'releases';
    case 'kustomization':
      return key === 'valuesInline';
    default:
      return cls === 'custom-resource' && key === 'valuesContent' && name === 'spec';
  }
}

/** Values stand near the root, but in the template of an ApplicationSet. */
const deepest = 10;

function* valuesBelow(document: Document, cls: DocumentClass, value: unknown, field: FieldPath): Iterable<SecretCandidate> {
  if (field.length > deepest) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) yield* valuesBelow(document, cls, value[index], [...field, index]);
  } else if (isFields(value)) {
    for (const key in value) {
      const child = value[key];
      if (child === null || (typeof child !== 'object' && typeof child !== 'string')) continue;
      if (isValuesField(cls, key, field)) yield* valuesAt(document, child, [...field, key]);
      else if (typeof child === 'object') yield* valuesBelow(document, cls, child, [...field, key]);
    }
  }
}

function* valuesAt(document: Document, values: unknown, field: FieldPath): Iterable<SecretCandidate> {
  const holder = 'the values';
  if (typeof values !== 'string') yield* collectFields({ document, holder }, values, field);
  else if (mentionsCredential(values)) yield { at: at(document, ...field), key: 'values.yaml', path: [], value: values, holder, keptAs: 'setting' };
}
