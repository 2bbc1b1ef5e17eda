import type { Classification, DocumentClass } from '../core/classification.ts';
import { type Fields, isFields } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import { nameOf } from '../core/repo-path.ts';
import type { ParsedDocument } from '../parse/parsed-text.ts';
import type { TextClassification } from './classify-text.ts';
import { shapeOf } from './document-shape.ts';
import { kubernetesClass } from './kubernetes-class.ts';

/** What a document is by its content, and where that says nothing, what its file is. */
export function classifyDocument(document: Pick<ParsedDocument, 'value'>, file: TextClassification, path: RepoPath): Classification {
  if (file.certainty === 'settled') return withFlags(file.class, file.reason, file);
  const { value } = document;
  const [cls, reason] = decide(value, file, path);
  const isGenerated = cls === 'custom-resource-definition' && isFields(value) && isWrittenByGenerator(value);
  return withFlags(cls, isGenerated ? `${reason}; generated: its annotations say so` : reason, file, isGenerated || file.generated);
}

type Decision = readonly [DocumentClass, string];

function decide(value: unknown, file: TextClassification, path: RepoPath): Decision {
  const byFile: Decision = [file.class, file.reason];
  if (value === null || value === undefined) return file.class === 'other' ? ['text', 'holds no data'] : byFile;
  const byKind = isFields(value) ? ofObject(value, path) : undefined;
  if (byKind) return byKind;
  if (file.certainty === 'named' && (isFields(value) || !holdsFields(file.class))) return byFile;
  const shape = shapeOf(value);
  if (shape) return shape;
  if (file.class === 'other') return settings(value, path) ?? byFile;
  if (isFields(value) || !holdsFields(file.class)) return byFile;
  return Array.isArray(value) ? ['other', 'a list of no known kind'] : ['text', 'holds a text and no fields'];
}

/** Kubernetes objects, and what is encrypted, whatever it is. */
function ofObject(value: Fields, path: RepoPath): Decision | undefined {
  const { apiVersion, kind, sops } = value;
  if (isFields(sops) && 'lastmodified' in sops && 'mac' in sops) return ['sops-encrypted', 'has the metadata of SOPS'];
  if (typeof kind !== 'string' || kind === '') return undefined;
  if (typeof apiVersion !== 'string') {
    // Kustomize fills in the apiVersion of a kustomization, and of nothing else.
    if (/^kustomization(\.ya?ml)?$/i.test(nameOf(path))) return [kind === 'Component' ? 'kustomize-component' : 'kustomization', `kind ${kind}`];
    return apiVersion === undefined && isFields(value.metadata) ? ['kubernetes-manifest', `kind ${kind} without an apiVersion`] : undefined;
  }
  const reason = `kind ${kind} of ${apiVersion}`;
  if (kind.endsWith('List') && Array.isArray(value.items)) return ['kubernetes-list', reason];
  if ('config.kubernetes.io/function' in annotationsOf(value)) return ['kustomize-transformer', `${reason}, run as a function`];
  return [kubernetesClass(apiVersion, kind), reason];
}

/** Settings that nothing in the document or its place tells the reader of. */
function settings(value: unknown, path: RepoPath): Decision | undefined {
  const fields = isFields(value) ? Object.values(value) : Array.isArray(value) ? value : undefined;
  if (!fields) return typeof value === 'string' ? ['text', 'holds a text and no fields'] : ['parameters', 'holds a single setting'];
  const name = nameOf(path);
  if (/(^|[-_.])secrets?([-_.]|$)/.test(name) && isFields(value)) return ['helm-values', `"${name}" is named like a file of helm-secrets`];
  if (fields.every(field => typeof field !== 'object' || field === null)) return ['parameters', 'a flat list of settings'];
  if (/(^|[-_.])(vars|variables|params|parameters|inputs|metadata)([-_.]|$)/.test(name)) return ['parameters', `"${name}" is named like parameters`];
  return /(^|[-_.])(config|configs|configuration|settings|options|rules|datasources)([-_.]|$)/.test(name)
    ? ['data', `"${name}" is named like the settings of a program`]
    : undefined;
}

/** Classes whose documents are mappings: a list in a file that is named so is something else. */
function holdsFields(cls: DocumentClass): boolean {
  return cls === 'helm-values' || cls === 'kustomization' || cls === 'compose' || cls === 'other';
}

/** controller-gen names its version in the CRDs that it writes. */
function isWrittenByGenerator(value: Fields): boolean {
  return 'controller-gen.kubebuilder.io/version' in annotationsOf(value);
}

function annotationsOf(value: Fields): Fields {
  return isFields(value.metadata) && isFields(value.metadata.annotations) ? value.metadata.annotations : {};
}

function withFlags(cls: DocumentClass, reason: string, file: TextClassification, generated = file.generated): Classification {
  return {
    class: cls === 'other' && generated ? 'generated' : cls,
    reason: file.madeBy === undefined || reason.endsWith(file.madeBy) ? reason : `${reason}; ${file.madeBy}`,
    ...(generated && { generated }),
    ...(file.template !== undefined && { template: file.template }),
    ...(file.verbatim && { verbatim: true }),
    ...(file.gitLineEnds && { gitLineEnds: true }),
    ...(file.encryptedByGit && { encryptedByGit: true }),
  };
}
