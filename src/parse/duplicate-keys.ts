import type { DuplicateKey } from '../core/document.ts';
import { endOf, isMapNode, keyText, nextOf, startOf, walkTape } from '../core/tape.ts';
import type { ParsedDocument } from './parsed-text.ts';

/**
 * The keys that stand twice in a mapping as it is written, before merges are expanded.
 * Keys are the same when they name the same field of the value: `a` and `"a"`, `1` and `"1"`.
 */
export function findDuplicateKeys({ index, tape }: ParsedDocument, text: string): DuplicateKey[] {
  const duplicates: DuplicateKey[] = [];
  walkTape(tape, text, (map, field) => {
    if (!isMapNode(tape, map)) return;
    const first = new Map<string, number>();
    for (let key = map + 4; key < nextOf(tape, map); key = nextOf(tape, nextOf(tape, key))) {
      const name = keyText(tape, text, key);
      const earlier = first.get(name);
      if (earlier === undefined) {
        first.set(name, key);
        continue;
      }
      const place = { start: startOf(tape, key), end: endOf(tape, key), firstStart: startOf(tape, earlier), firstEnd: endOf(tape, earlier) };
      duplicates.push({ document: index, field: [...field], key: name, ...place });
    }
  });
  return duplicates;
}
