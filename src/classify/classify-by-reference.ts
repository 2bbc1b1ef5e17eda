import type { Classification, DocumentClass } from '../core/classification.ts';
import type { SourceFile } from '../core/document.ts';
import { isFields } from '../core/fields.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf, nameOf } from '../core/repo-path.ts';
import { collectUses, type Use, type Uses } from './collect-uses.ts';
import { fragmentReason } from './fragment.ts';
import { matchesWithWildcards } from './wildcards.ts';

/** Patches, values, configurations and data look like anything: what refers to them tells. A file of which nothing new is known stays the same object. */
export function classifyByReference(files: readonly SourceFile[]): readonly SourceFile[] {
  const uses = collectUses(files);
  return files.map(file => {
    const isDelivered = uses.byPath.data.has(file.path);
    const classify = (before: Classification, value: unknown): Classification => {
      const [cls, reason] = classOfUse(file.path, before.class, value, uses) ?? [before.class, before.reason];
      if (cls === before.class && !isDelivered) return before;
      return { ...before, class: cls, reason, ...(isDelivered && { verbatim: true }) };
    };
    let documents = file.documents;
    for (const [index, document] of documents.entries()) {
      const classification = classify(document.classification, document.value);
      if (classification !== document.classification) documents = documents.with(index, { ...document, classification });
    }
    const own = file.classification;
    const telling = documents.find(({ value }) => value !== null && value !== undefined);
    const classification = own.class === 'helm-template' ? own : (telling?.classification ?? classify(own, undefined));
    return documents === file.documents && classification === own ? file : { ...file, classification, documents };
  });
}

/** Objects that a controller would take; as patches and data they are none. */
const objects: ReadonlySet<DocumentClass> = new Set([
  'kubernetes-manifest',
  'custom-resource',
  'custom-resource-definition',
  'secret',
  'external-secret',
  'argocd-application',
  'argocd-application-set',
  'argocd-project',
  'flux-kustomization',
  'flux-helm-release',
  'flux-source',
  'flux-automation',
  'flux-notification',
  'flux-operator',
]);

/** Classes that say so little of a document that its use says more. */
const vague: ReadonlySet<DocumentClass> = new Set([
  'other',
  'data',
  'text',
  'policy-test',
  'tool-config',
  'json-schema',
  'jenkins-x-config',
  'parameters',
]);

function classOfUse(path: RepoPath, cls: DocumentClass, value: unknown, uses: Uses): readonly [DocumentClass, string] | undefined {
  const isObject = objects.has(cls);
  const by = (use: Use) => uses.byPath[use].get(path);
  if (isObject && by('resource') === undefined) {
    const patch = by('patch');
    if (patch !== undefined) return ['strategic-merge-patch', `patches of ${patch} name it`];
    const transformer = by('transformer');
    if (transformer !== undefined) return ['kustomize-transformer', `${transformer} runs it`];
    const data = by('data');
    if (data !== undefined && !data.endsWith('.tf')) return ['data', `${data} delivers it as it is`];
    const fragment = mayBePatch(path, uses) ? fragmentReason(value) : undefined;
    return fragment === undefined ? undefined : ['strategic-merge-patch', `a part of an object: ${fragment}`];
  }
  if (!vague.has(cls)) return undefined;
  const values = by('values') ?? byPattern(path, 'values', uses);
  if (values !== undefined) return ['helm-values', `${values} takes values from it`];
  const patch = by('patch');
  if (patch !== undefined && isFields(value)) return ['strategic-merge-patch', `patches of ${patch} name it`];
  const configuration = by('configuration');
  if (configuration !== undefined) return ['kustomize-configuration', `${configuration} is configured by it`];
  const data = by('data');
  if (data !== undefined) return ['data', `${data} delivers it as it is`];
  const parameters = by('parameters') ?? byPattern(path, 'parameters', uses);
  return parameters === undefined ? undefined : ['parameters', `a generator of ${parameters} reads it`];
}

function byPattern(path: RepoPath, use: Use, { patterns }: Uses): RepoPath | undefined {
  if (patterns.size === 0) return undefined;
  for (const last of [nameOf(path), '*']) {
    for (const known of patterns.get(last)?.values() ?? []) {
      if (known.use === use && matchesWithWildcards(known.pattern, path, '*', (part, character) => part === character)) return known.by;
    }
  }
  return undefined;
}

/** Its name, a folder above it or the kustomization beside it that does not list it makes a patch likely. */
function mayBePatch(path: RepoPath, { kustomized }: Uses): boolean {
  const folder = folderOf(path);
  return kustomized.has(folder) || /patch|overlay/.test(nameOf(path)) || /(^|\/)(overlays?|patch(es)?|components?)(\/|$)/.test(folder);
}
