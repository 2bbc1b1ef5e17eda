import { basename } from 'node:path';
import { findUntrueOrigins } from '../../render/kustomize/find-untrue-origins.ts';
import { createRandom } from '../random.ts';
import { openRepository } from './open-repository.ts';

const samples = 2000;

/**
 * Takes leaves of the rendered objects by chance, changes the text where each is said to come from, and renders again:
 * the leaf changes, or the build fails. Prints what does not hold, and a table by what wrote the leaves; gives the number of those.
 */
export async function proveProvenance(folders: readonly string[]): Promise<number> {
  const table: Record<string, Record<string, number>> = {};
  let unproven = 0;
  for (const folder of folders) {
    const { files, listing, roots } = await openRepository(folder);
    const { checked, byWriter, untrue } = findUntrueOrigins({ files, listing, roots, count: samples, random: createRandom(7) });
    if (checked > 0) table[basename(folder)] = { checked, untrue: untrue.length, ...Object.fromEntries(byWriter) };
    for (const leaf of untrue) console.log(`${basename(folder)}/${leaf}`);
    unproven += untrue.length;
  }
  console.log('\n== Where fields come from');
  console.table(table);
  return unproven;
}
