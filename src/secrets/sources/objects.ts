import { type DocumentClass, objectClasses } from '../../core/classification.ts';
import type { SourceFile } from '../../core/document.ts';
import { collectFields } from './collect-fields.ts';
import { isValuesField } from './helm-values.ts';
import type { SecretCandidate } from './secret-candidate.ts';

const classes: ReadonlySet<DocumentClass> = new Set<DocumentClass>([
  ...objectClasses,
  'strategic-merge-patch',
  'kustomization',
  'kustomize-component',
  'kustomize-transformer',
] as const);

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
    if (!classes.has(cls) || others.has(cls)) continue;
    // Of a generator its own source tells.
    const isGenerator = (key: string) => key === 'secretGenerator' || key === 'configMapGenerator';
    const leavesOut = (key: string, field: readonly (string | number)[]) => isValuesField(cls, key, field) || isGenerator(key);
    yield* collectFields({ document, holder: 'the object', leavesOut }, document.value);
  }
}
