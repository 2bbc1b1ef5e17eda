import { splitPath } from './field-specs.ts';

/**
 * The parts of a path such as `spec.containers.[name=web].image`; what stands in brackets keeps its dots.
 * https://github.com/kubernetes-sigs/kustomize/blob/master/kyaml/utils/pathsplitter.go
 */
export function splitFieldPath(path: string): readonly string[] {
  const pieces = splitPath(path, '.');
  const parts: string[] = [];
  for (let index = 0; index < pieces.length; index++) {
    const piece = pieces[index] ?? '';
    if (!piece.startsWith('[') || piece.endsWith(']')) {
      parts.push(piece);
      continue;
    }
    let bracketed = piece;
    while (!bracketed.endsWith(']') && index < pieces.length - 1) bracketed += `.${pieces[++index]}`;
    parts.push(bracketed.includes('=') ? bracketed : bracketed.replace(/^[[\]]+|[[\]]+$/g, ''));
  }
  return parts;
}
