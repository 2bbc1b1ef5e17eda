import { basename } from 'node:path';
import { defaultConfig } from '../../../src/config/default-config.ts';
import type { SourceFile } from '../../../src/core/document.ts';
import type { FieldPath, Place, RepoPath } from '../../../src/core/place.ts';
import { type Origin, originsOf, type RenderedObject } from '../../../src/core/rendering.ts';
import { loadFiles } from '../../../src/load-files.ts';
import { rangeOf } from '../../../src/parse/locate.ts';
import { rendererFor } from '../../render/kustomize/render-case.ts';
import { createRandom } from '../random.ts';
import { type OpenedRepository, openRepository } from './open-repository.ts';

const samples = 2000;

interface Leaf {
  readonly root: RepoPath;
  readonly object: RenderedObject;
  readonly field: FieldPath;
}

/**
 * Takes leaves of the rendered objects by chance, changes the text where each is said to come from, and renders again:
 * the leaf changes, or the build fails. Prints what does not hold, and a table by what wrote the leaves; gives the number of those.
 */
export async function proveProvenance(folders: readonly string[]): Promise<number> {
  const table: Record<string, { proven: number; unproven: number }> = {};
  let unproven = 0;
  for (const folder of folders) {
    const repository = await openRepository(folder);
    const leaves = sampleLeaves(repository);
    for (const leaf of leaves) {
      const [origin] = originsOf(leaf.object, leaf.field);
      const by = origin?.by ?? 'nobody';
      const counts = table[by] ?? { proven: 0, unproven: 0 };
      table[by] = counts;
      if (origin !== undefined && isProven(repository, leaf, origin)) {
        counts.proven++;
        continue;
      }
      counts.unproven++;
      unproven++;
      console.log(`${basename(folder)}/${leaf.root}: ${identityOf(leaf.object)} ${leaf.field.join('.')} is not from ${JSON.stringify(origin)}`);
    }
  }
  console.log('\n== Where fields come from');
  console.table(table);
  return unproven;
}

function sampleLeaves({ files, listing, roots }: OpenedRepository): readonly Leaf[] {
  const render = rendererFor(files, listing);
  const leaves: Leaf[] = [];
  for (const root of roots) {
    const { objects, partial } = render(root);
    if (partial.length > 0) continue;
    for (const object of objects) for (const field of leavesOf(object.value, [])) leaves.push({ root, object, field });
  }
  if (leaves.length <= samples) return leaves;
  const random = createRandom(7);
  return Array.from({ length: samples }, () => leaves[random(leaves.length)]).filter(leaf => leaf !== undefined);
}

function* leavesOf(value: unknown, field: FieldPath): Generator<FieldPath> {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) yield field;
  for (const [key, child] of entries) yield* leavesOf(child, [...field, Array.isArray(value) ? Number(key) : key]);
}

function isProven({ files, listing }: OpenedRepository, { root, object, field }: Leaf, { by, at }: Origin): boolean {
  // The field that a generator stands in says which kind it makes: there is no text to change.
  if (by === 'generator' && (field[0] === 'apiVersion' || field[0] === 'kind')) return true;
  const file = files.get(at.path);
  const text = file && changeText(file, at);
  if (text === undefined) return false;
  const [changed] = loadFiles({ ...listing, files: [at.path], skipped: [] }, { read: () => ({ text }) }, defaultConfig()).files;
  if (changed === undefined) return false;
  const { objects, errors, partial } = rendererFor(new Map([...files, [at.path, changed]]), listing)(root);
  if (errors.length > 0 || partial.length > 0) return true;
  // What changes its name is another object, and the order of all may be another one.
  const same = objects.find(other => identityOf(other) === identityOf(object));
  return same === undefined || JSON.stringify(valueAt(same.value, field)) !== JSON.stringify(valueAt(object.value, field));
}

function identityOf({ value }: RenderedObject): string {
  const parts = [['apiVersion'], ['kind'], ['metadata', 'namespace'], ['metadata', 'name']];
  return parts.map(field => String(valueAt(value, field) ?? '')).join(' ');
}

function valueAt(value: unknown, field: FieldPath): unknown {
  let found = value;
  // A mapping or a list, by the path that was walked before.
  for (const part of field) found = typeof found === 'object' && found !== null ? (found as Record<string | number, unknown>)[part] : undefined;
  return found;
}

/** The file with another scalar at a place, or with more text where the place is the whole file. */
function changeText(file: SourceFile, at: Place): string | undefined {
  const { text } = file;
  if (!('field' in at) && !('start' in at)) return `${text}changed\n`;
  const [start, end] = rangeOf(file, at);
  const old = text.slice(start, end);
  const replace = (changed: string) => text.slice(0, start) + changed + text.slice(end);
  const insert = (offset: number) => replace(`${old.slice(0, offset)}0x${old.slice(offset)}`);
  if (/^["']/.test(old)) return insert(1);
  const block = /^[|>][^\n]*\n(?:[ \t]*\n)*[ \t]*/.exec(old);
  if (block) return insert(block[0].length);
  if (/^(true|false)$/.test(old)) return replace(String(old !== 'true'));
  if (/^(null|~|\{\s*\}|\[\s*\]|)$/.test(old)) return replace(' changed');
  if (/^-?[0-9.]+$/.test(old)) return replace(`${old}7`);
  // Of a collection the first scalar is changed.
  const scalar = /[\n:{[]/.test(old) ? /(?::[ \t]+|- +|[{[,][ \t]*)["']?[A-Za-z0-9]/.exec(old) : undefined;
  return insert(scalar ? scalar.index + scalar[0].length : old.length);
}
