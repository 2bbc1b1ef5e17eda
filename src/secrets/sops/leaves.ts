import type { Document } from '../../core/document.ts';
import { nodeKind } from '../../core/document.ts';
import { isFields } from '../../core/fields.ts';
import { at, type FieldPath, type Place } from '../../core/place.ts';
import { childrenOf, endOf, isMapNode, keyText, kindOf, nextOf, startOf } from '../../core/tape.ts';

/** A value that is neither mapping nor list. */
export interface Leaf {
  /** The keys on the way to it; the numbers of items are none. */
  readonly keys: readonly string[];
  readonly value: unknown;
  readonly at: Place;
}

/** The leaves of a document without the metadata of SOPS. */
export function* leavesOf(document: Document): Iterable<Leaf> {
  yield* leavesBelow(document, document.value, [], []);
}

function* leavesBelow(document: Document, value: unknown, keys: readonly string[], field: FieldPath): Iterable<Leaf> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leavesBelow(document, item, keys, [...field, index]);
  } else if (isFields(value)) {
    for (const [key, child] of Object.entries(value)) {
      if (field.length > 0 || key !== 'sops') yield* leavesBelow(document, child, [...keys, key], [...field, key]);
    }
  } else {
    yield { keys, value, at: at(document, ...field) };
  }
}

/**
 * The comments before every leaf of a document and before the keys above it, by the field of the leaf: those right above a key
 * and those behind its value. Undefined where a comment stands elsewhere, so that it is not known what SOPS takes it to be for.
 */
export function commentsIn(document: Document, text: string): ((field: FieldPath) => readonly string[]) | undefined {
  const { tape } = document;
  if ((tape.aliases?.size ?? 0) > 0) return undefined;
  const byField = new Map<string, readonly string[]>();
  const lines = text.split('\n');
  const starts: number[] = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const used = new Set<number>();
  const isScalarLine = new Set<number>();
  if (!visit(tape.root, [], [])) return undefined;
  const [first, last] = [lineAt(startOf(tape, tape.root)), lineAt(endOf(tape, tape.root))];
  for (let line = first; line <= last; line++) {
    if (!used.has(line) && !isScalarLine.has(line) && /(?:^|\s)#/.test(lines[line] ?? '')) return undefined;
  }
  return field => byField.get(JSON.stringify(field)) ?? [];

  /** False where something stands that may have comments of its own. */
  function visit(node: number, field: FieldPath, above: readonly string[]): boolean {
    const kind = kindOf(tape, node);
    if (isMapNode(tape, node)) {
      if (kind === nodeKind.flowMap) return nextOf(tape, node) === node + 4;
      const children = childrenOf(tape, node);
      for (let index = 0; index < children.length; index += 2) {
        const [key = 0, value = 0] = [children[index], children[index + 1]];
        const own = [...above, ...commentsBefore(key), ...commentsBehind(value)];
        if (!visit(value, [...field, keyText(tape, text, key)], own)) return false;
      }
      return true;
    }
    if (kind === nodeKind.blockSequence) return childrenOf(tape, node).every((item, index) => visit(item, [...field, index], above));
    if (kind === nodeKind.flowSequence) return nextOf(tape, node) === node + 4;
    byField.set(JSON.stringify(field), above);
    const end = lineAt(endOf(tape, node));
    for (let line = lineAt(startOf(tape, node)) + (kind === nodeKind.literal || kind === nodeKind.folded ? 1 : 0); line < end; line++)
      isScalarLine.add(line);
    if (lines[end]?.slice(0, endOf(tape, node) - (starts[end] ?? 0)).includes('#')) isScalarLine.add(end);
    return true;
  }

  /** Right above the key, at its column, without an empty line between. */
  function commentsBefore(key: number): string[] {
    const found: string[] = [];
    const keyLine = lineAt(startOf(tape, key));
    const column = startOf(tape, key) - (starts[keyLine] ?? 0);
    for (let line = keyLine - 1; line >= 0; line--) {
      const written = lines[line] ?? '';
      if (written.slice(0, column).trim() !== '' || written.charAt(column) !== '#') break;
      used.add(line);
      found.unshift(written.slice(column + 1).trimEnd());
    }
    return found;
  }

  /** On the line on which a scalar of one line ends. */
  function commentsBehind(value: number): string[] {
    const kind = kindOf(tape, value);
    if (kind !== nodeKind.plain && kind !== nodeKind.singleQuoted && kind !== nodeKind.doubleQuoted) return [];
    const line = lineAt(endOf(tape, value));
    const behind = (lines[line] ?? '').slice(endOf(tape, value) - (starts[line] ?? 0));
    const comment = /^\s+#(.*?)\s*$/.exec(behind);
    if (!comment) return [];
    used.add(line);
    return [comment[1] ?? ''];
  }

  function lineAt(offset: number): number {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
