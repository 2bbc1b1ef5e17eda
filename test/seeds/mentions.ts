import path from 'node:path/posix';
import type { RepoPath } from '../../src/core/place.ts';
import { entriesOf } from './environments-in-names.ts';
import type { Field, Repository, YamlDocument } from './read-repository.ts';

/** A path that a document mentions and that is there. */
export interface Mention {
  readonly field: Field;
  readonly kind: 'resource' | 'component' | 'patch' | 'generator' | 'flux' | 'argocd' | 'values';
  /** The path as it is written, without the key of a generator's file. */
  readonly written: string;
  readonly target: RepoPath;
  readonly isFolder: boolean;
  /** From where the path is written. */
  readonly from: RepoPath;
}

/** Where the seeded repositories say they live. */
const here = /^(https:\/\/|ssh:\/\/git@)git\.example\.org\/acme\//;

/** Every mention of a file or folder of the repository, by kustomizations, Argo CD Applications and Flux Kustomizations. */
export function mentionsIn({ files, documents }: Repository): Mention[] {
  const entries = entriesOf(files);
  return documents.flatMap(document =>
    document.fields.flatMap(field => {
      const found = typeof field.value === 'string' ? describe(document, field, field.value) : undefined;
      if (found === undefined) return [];
      const target = path.join(found.from, found.written).replace(/\/$/, '');
      // What the bootstrap of Flux writes may come later.
      return entries.has(target) && !target.includes('/gotk-') ? [{ ...found, field, target, isFolder: !(target in files) }] : [];
    }),
  );
}

type Description = Pick<Mention, 'kind' | 'written' | 'from'>;

function describe(document: YamlDocument, { keys }: Field, value: string): Description | undefined {
  const from = path.dirname(document.path);
  const field = keys.map(key => (typeof key === 'number' ? '*' : key)).join('.');
  if (isKustomization(document)) {
    if (field === 'resources.*') return { kind: 'resource', written: value, from };
    if (field === 'components.*') return { kind: 'component', written: value, from };
    if (field === 'patches.*.path') return { kind: 'patch', written: value, from };
    if (/^(configMap|secret)Generator\.\*\.files\.\*$/.test(field)) return { kind: 'generator', written: value.slice(value.indexOf('=') + 1), from };
  }
  if (isFluxKustomization(document) && field === 'spec.path') return { kind: 'flux', written: value, from: '' };
  if (document.kind === 'Application' && /^spec\.source(s\.\*)?\./.test(field)) {
    const ofSource = (key: string) => String(fieldAt(document, ...keys.slice(0, keys[1] === 'sources' ? 3 : 2), key)?.value ?? '');
    if (field.endsWith('.helm.valueFiles.*') && value.startsWith('$values/')) return { kind: 'values', written: value.slice(8), from: '' };
    if (!here.test(ofSource('repoURL'))) return undefined;
    if (field.endsWith('.helm.valueFiles.*')) return { kind: 'values', written: value, from: ofSource('path') };
    if (/^spec\.source(s\.\*)?\.path$/.test(field)) return { kind: 'argocd', written: value, from: '' };
  }
  return undefined;
}

/** A field by its keys from the root of the document. */
export function fieldAt({ fields }: YamlDocument, ...keys: Field['keys']): Field | undefined {
  return fields.find(field => field.keys.length === keys.length && field.keys.every((key, index) => key === keys[index]));
}

/** What stands beside a field in the same mapping. */
export function fieldBeside({ document, keys }: Field, key: string): Field | undefined {
  return fieldAt(document, ...keys.slice(0, -1), key);
}

/** A kustomization or a component, by the name of its file. */
export function isKustomization({ path: file }: YamlDocument): boolean {
  return /(^|\/)kustomization\.ya?ml$/.test(file);
}

export function isFluxKustomization({ apiVersion, kind }: YamlDocument): boolean {
  return kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/');
}

/** The kustomization of a folder. */
export function kustomizationIn({ documents }: Repository, folder: RepoPath): YamlDocument | undefined {
  return documents.find(document => isKustomization(document) && path.dirname(document.path) === folder);
}

/** An object that stands for itself: no kustomization, no patch. */
export function isManifest(document: YamlDocument): boolean {
  return document.apiVersion !== '' && document.kind !== '' && !isKustomization(document);
}
