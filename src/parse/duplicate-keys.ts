import type { DuplicateKey } from '../core/document.ts';
import { endOf, fieldOf, isMapNode, keyText, nextOf, startOf } from '../core/tape.ts';
import type { ParsedDocument } from './parsed-text.ts';

/**
 * The keys that stand twice in a mapping as it is written, before merges are expanded.
 * Keys are the same when they name the same field of the value: `a` and `"a"`, `1` and `"1"`.
 */
export function findDuplicateKeys(document: ParsedDocument, text: string): DuplicateKey[] {
  const { tape } = document;
  const duplicates: DuplicateKey[] = [];
  for (let node = tape.root; node < nextOf(tape, tape.root); node += 4) {
    if (!isMapNode(tape, node)) continue;
    const first = new Map<string, number>();
    for (let key = node + 4; key < nextOf(tape, node); key = nextOf(tape, nextOf(tape, key))) {
      const name = keyText(tape, text, key);
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, key);
      else duplicates.push(describe(document, text, node, name, earlier, key));
    }
  }
  return duplicates;
}

function describe({ index, tape }: ParsedDocument, text: string, map: number, key: string, earlier: number, later: number): DuplicateKey {
  return {
    document: index,
    field: fieldOf(tape, text, map),
    key,
    start: startOf(tape, later),
    end: endOf(tape, later),
    firstStart: startOf(tape, earlier),
    firstEnd: endOf(tape, earlier),
  };
}
