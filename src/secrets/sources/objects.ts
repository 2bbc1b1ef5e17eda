import { type DocumentClass, objectClasses } from '../../core/classification.ts';
import type { SourceFile } from '../../core/document.ts';
import type { FieldPath } from '../../core/place.ts';
import { collectFields } from './collect-fields.ts';
import { classOfValues, isValuesField } from './helm-values.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** What is said of documents that are no object with a kind and a name. */
const holders: Readonly<Partial<Record<DocumentClass, string>>> = {
  'strategic-merge-patch': 'the patch',
  'json-patch': 'the patch',
  kustomization: 'the kustomization',
  'kustomize-component': 'the kustomization',
  'kustomize-transformer': 'the transformer',
};

/** Their credentials are looked at elsewhere, or they describe what others hold. */
const others: ReadonlySet<DocumentClass> = new Set([
  'secret',
  'sealed-secret',
  'external-secret',
  'sops-encrypted',
  'custom-resource-definition',
] as const);

/**
 * The literals of objects as they are written: variables, arguments and commands of containers, the data of ConfigMaps, the parameters of
 * Argo CD and the elements of its generators, what Flux substitutes, fields of custom resources, and patches of all of them.
 */
export function* objectLiterals(file: SourceFile): Iterable<SecretCandidate> {
  for (const document of file.documents) {
    const { class: cls } = document.classification;
    const holder = holders[cls] ?? (objectClasses.has(cls) && !others.has(cls) ? 'the object' : undefined);
    if (holder === undefined) continue;
    const ofValues = classOfValues(document);
    const leavesOut = (key: string, field: FieldPath) => isValuesField(ofValues, key, field) || isGenerator.test(key);
    yield* collectFields({ document, holder, leavesOut }, document.value);
  }
}

/** What generators take has a source of its own. */
const isGenerator = /^(?:secret|configMap)Generator$/;
