import { defaultConfig } from '../../../src/config/default-config.ts';
import type { SourceFile } from '../../../src/core/document.ts';
import { type FieldPath, isFieldPlace, isTextPlace, type Place, type RepoPath, toPointer } from '../../../src/core/place.ts';
import { originsOf, type RenderedObject, type Rendering, type WriterKind } from '../../../src/core/rendering.ts';
import { loadFiles } from '../../../src/load-files.ts';
import { locatorFor, rangeOf } from '../../../src/parse/locate.ts';
import type { FileListing } from '../../../src/workspace/workspace.ts';
import type { Random } from '../../tools/random.ts';
import { rendererFor } from './render-case.ts';

export interface OriginCheck {
  readonly checked: number;
  /** By what wrote the leaf last. */
  readonly byWriter: ReadonlyMap<WriterKind, number>;
  /** Leaves that stay as they are when the text at their origin is another one. */
  readonly untrue: readonly string[];
}

export interface OriginRequest {
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly listing: FileListing;
  readonly roots: readonly string[];
  readonly count: number;
  readonly random: Random;
}

interface Leaf {
  readonly root: string;
  readonly object: RenderedObject;
  readonly field: FieldPath;
}

/**
 * Takes `count` leaves of what the roots deliver, changes the text at the origin of each, and renders its root anew:
 * the leaf has to be another one, or the build has to fail.
 */
export function findUntrueOrigins({ files, listing, roots, count, random }: OriginRequest): OriginCheck {
  const render = rendererFor(files, listing);
  const leaves = roots.flatMap(root => render(root).objects.flatMap(object => [...leavesOf(root, object, object.value, [])]));
  const byWriter = new Map<WriterKind, number>();
  const untrue: string[] = [];
  const sampled = sample(leaves, count, random);
  for (const leaf of sampled) {
    const [origin] = originsOf(leaf.object, leaf.field);
    const file = origin && files.get(origin.at.path);
    if (origin === undefined || file === undefined) {
      untrue.push(`${describe(leaf)}: no origin`);
      continue;
    }
    byWriter.set(origin.by, (byWriter.get(origin.by) ?? 0) + 1);
    const changed = changeAt(file, origin.at);
    const [reloaded] = loadFiles({ ...listing, files: [file.path], skipped: [] }, { read: () => ({ text: changed }) }, defaultConfig()).files;
    if (reloaded === undefined) continue;
    const after = rendererFor(new Map([...files, [file.path, reloaded]]), listing)(leaf.root);
    if (isUnchanged(leaf, after)) untrue.push(`${describe(leaf)}: ${origin.by} at ${describePlace(file, origin.at)}`);
  }
  return { checked: sampled.length, byWriter, untrue };
}

function* leavesOf(root: string, object: RenderedObject, value: unknown, field: FieldPath): Generator<Leaf> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) {
    yield { root, object, field };
    return;
  }
  for (const key of Object.keys(value)) {
    const part = Array.isArray(value) ? Number(key) : key;
    yield* leavesOf(root, object, (value as Readonly<Record<string | number, unknown>>)[part], [...field, part]);
  }
}

function sample(leaves: readonly Leaf[], count: number, random: Random): readonly Leaf[] {
  if (leaves.length <= count) return leaves;
  const rest = [...leaves];
  return Array.from({ length: count }, () => {
    const index = random(rest.length);
    const [leaf] = rest.splice(index, 1);
    return leaf;
  }).filter(leaf => leaf !== undefined);
}

/** Another text in the place of the one there, of the same kind where that is easy. */
function changeAt(file: SourceFile, at: Place): string {
  const { text } = file;
  const isWhole = !isFieldPlace(at) && !isTextPlace(at);
  const [start, end] = isWhole ? [0, text.length] : rangeOf(file, at);
  const written = text.slice(start, end);
  const edit = (by: string) => text.slice(0, start) + by + text.slice(end);
  if (isWhole) return `${text}changed`;
  if (/^[{[]/.test(written)) return edit(written.startsWith('{') ? '{changed: "1"}' : '[changed]');
  if (text.slice(0, start).endsWith('!!binary ')) return edit('Ynll');
  if (/^["'].*["']$/s.test(written)) return edit(`${written.slice(0, -1)}9${written.slice(-1)}`);
  if (/^[|>]/.test(written)) return edit(`${written.trimEnd()}9\n`);
  if (/^(true|false)$/.test(written)) return edit(written === 'true' ? 'false' : 'true');
  if (/^-?\d+(\.\d+)?$/.test(written)) return edit(`${written}9`);
  if (isFieldPlace(at) && written.endsWith(':')) return edit(`${written} changed`);
  return edit(`${written}9`);
}

function isUnchanged({ object, field }: Leaf, after: Rendering): boolean {
  if (after.errors.length > 0) return false;
  const same = after.objects.find(other => identity(other) === identity(object));
  // An item that gets another name leaves its place to others: lists are compared as a whole.
  const list = field.findIndex(part => typeof part === 'number');
  const compared = list < 0 ? field : field.slice(0, list);
  return same !== undefined && JSON.stringify(valueAt(same, compared)) === JSON.stringify(valueAt(object, compared));
}

function identity(object: RenderedObject): string {
  const fields = [['apiVersion'], ['kind'], ['metadata', 'namespace'], ['metadata', 'name']];
  return fields.map(field => String(valueAt(object, field) ?? '')).join(' ');
}

function valueAt({ value }: Pick<RenderedObject, 'value'>, field: FieldPath): unknown {
  return field.reduce<unknown>((held, key) => (held as Readonly<Record<string | number, unknown>> | undefined)?.[key], value);
}

function describe({ root, object, field }: Leaf): string {
  return `${root || '.'} ${identity(object)} ${toPointer(field)} = ${JSON.stringify(valueAt(object, field))?.slice(0, 60)}`;
}

function describePlace(file: SourceFile, at: Place): string {
  const { start } = locatorFor(file)(at);
  return `${at.path}:${start.line}:${start.column}`;
}
