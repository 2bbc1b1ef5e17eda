import { isDeepStrictEqual } from 'node:util';
import { nodeKind, type SourceFile, type Tape } from '../../src/core/document.ts';
import type { Edit } from '../../src/core/finding.ts';
import { marksOf } from '../../src/core/marks.ts';
import type { FieldPath, FieldPlace } from '../../src/core/place.ts';
import { scalarText } from '../../src/core/scalar-text.ts';
import { childrenOf, isMapNode, isSequenceNode, keyText, kindOf, sourceText, walkTape } from '../../src/core/tape.ts';
import { lowerEdit } from '../../src/parse/lower-edits.ts';
import { applyEdit, sourceFile } from '../parse/source-file.ts';
import { pick, type Random } from './random.ts';

export type EditKind = 'replace' | 'rename' | 'remove' | 'insert' | 'reorder';

export interface CheckedEdit {
  readonly kind: EditKind;
  /** Absent where the edit was not made, which is always allowed. */
  readonly edited?: string;
  readonly problem?: string;
}

/** Edits random fields of a text, each time as it was, and says whether the texts that come of it hold what they should. */
export function* checkEdits(random: Random, text: string, count: number, kind?: EditKind): Generator<CheckedEdit> {
  const file = sourceFile(text);
  if (file.documents.length === 0 || file.problems.length > 0 || file.duplicateKeys.length > 0) return;
  for (let number = 0; number < count; number++) {
    const checked = checkEdit(random, file, kind ?? pick(random, editKinds));
    if (checked) yield checked;
  }
}

function checkEdit(random: Random, file: SourceFile, kind: EditKind): CheckedEdit | undefined {
  const { text } = file;
  const document = file.documents[random(file.documents.length)];
  if (!document) return undefined;
  const fields: FieldPath[] = [];
  walkTape(document.tape, text, (_, field) => fields.push([...field]));
  const field = fields[random(fields.length)] ?? [];
  const place: FieldPlace = { path: file.path, document: document.index, field, part: 'value' };
  const trees = file.documents.map(({ tape }) => treeOf(tape, text));
  const tree = trees[document.index];
  const edit = tree && change(random, kind, place, tree);
  if (!edit) return undefined;
  const lowered = lowerEdit(file, edit);
  if (!lowered) return { kind };
  const edited = applyEdit(text, lowered);
  return { kind, edited, ...problemOf(edited) };

  function problemOf(after: string): { problem: string } | undefined {
    const result = sourceFile(after);
    const says = () => `${JSON.stringify(edit)} of ${JSON.stringify(text)} gives ${JSON.stringify(after)}`;
    if (result.problems.length > 0) return { problem: `${says()}: ${result.problems[0]?.message}` };
    const [expected, found] = [trees.map(expand), result.documents.map(({ tape }) => expand(treeOf(tape, after)))];
    if (!isDeepStrictEqual(found, expected)) return { problem: `${says()}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}` };
    if (kind === 'replace' || kind === 'remove') return undefined;
    const isKept = isDeepStrictEqual(sortedMarks(text, file), sortedMarks(after, result));
    return isKept ? undefined : { problem: `${says()}: a comment, an anchor or a tag is lost` };
  }
}

function sortedMarks(text: string, { documents }: SourceFile): string[][] {
  const { comments, properties } = marksOf(text, documents);
  return [comments, properties].map(spans => spans.map(({ start, end }) => text.slice(start, end)).sort());
}

const editKinds: readonly [EditKind, ...EditKind[]] = ['replace', 'rename', 'remove', 'insert', 'reorder'];

/** A node as it is written, before aliases and merges mean anything. */
interface Tree {
  kind: 'scalar' | 'map' | 'sequence' | 'alias';
  /** Of a scalar its text, with how it is written where that decides its type. */
  text: string;
  entries: { key: string; value: Tree }[];
  target?: Tree;
}

function treeOf(tape: Tape, text: string): Tree {
  const trees = new Map<number, Tree>();
  const build = (node: number): Tree => {
    const tree: Tree = { kind: 'scalar', text: '', entries: [] };
    trees.set(node, tree);
    const kind = kindOf(tape, node);
    if (isMapNode(tape, node)) {
      tree.kind = 'map';
      const children = childrenOf(tape, node);
      for (let index = 0; index < children.length; index += 2) {
        const key = children[index] ?? node;
        const value = build(children[index + 1] ?? node);
        tree.entries.push({ key: keyText(tape, text, key), value });
      }
    } else if (isSequenceNode(tape, node)) {
      tree.kind = 'sequence';
      tree.entries = childrenOf(tape, node).map(child => ({ key: '', value: build(child) }));
    } else if (kind === nodeKind.alias) {
      tree.kind = 'alias';
      const target = trees.get(tape.aliases?.get(node) ?? -1);
      if (target) tree.target = target;
    } else {
      const written = sourceText(tape, text, node);
      const isBlock = kind === nodeKind.literal || kind === nodeKind.folded;
      const value = isBlock ? blockText(written) : (scalarText(written, kind) ?? written);
      tree.text = `${kind === nodeKind.plain || kind === nodeKind.empty ? 'plain' : 'text'} ${value}`;
    }
    return tree;
  };
  return build(tape.root);
}

/** The lines of a block scalar as they are written, with those at its end that it keeps. */
function blockText(written: string): string {
  const kept = written.trimEnd();
  if (/^.\d?\+/.test(written)) return written;
  return /^.\d?-/.test(written) || !written.includes('\n', kept.length) ? kept : `${kept}\n`;
}

/** The tree as plain data, with what aliases stand for. */
function expand(tree: Tree): unknown {
  if (tree.kind === 'alias') return tree.target === undefined ? 'an alias of a key' : expand(tree.target);
  return tree.kind === 'scalar' ? tree.text : [tree.kind, ...tree.entries.map(({ key, value }) => [key, expand(value)])];
}

/** Changes the tree as an edit of this kind should change the text, and gives that edit. */
function change(random: Random, kind: EditKind, place: FieldPlace, root: Tree): Edit | undefined {
  let parent: Tree | undefined;
  let tree: Tree = root;
  let index = 0;
  for (const part of place.field) {
    parent = tree;
    index = parent.kind === 'sequence' ? Number(part) : parent.entries.findIndex(({ key }) => key === part);
    tree = parent.entries[index]?.value ?? tree;
  }
  const entry = parent?.entries[index];
  switch (kind) {
    case 'replace':
      Object.assign(tree, { kind: 'scalar', text: 'text new', entries: [] });
      return { replace: place, by: '"new"' };
    case 'rename':
      if (!entry || parent?.kind !== 'map') return undefined;
      entry.key = 'new key';
      return { replace: { ...place, part: 'key' }, by: '"new key"' };
    case 'remove':
      if (!parent) return undefined;
      parent.entries.splice(index, 1);
      return { remove: place };
    case 'insert': {
      if (tree.kind !== 'map' && tree.kind !== 'sequence') return undefined;
      const isLong = random(2) === 0;
      const before = random(tree.entries.length + 1);
      const inner: Tree = { kind: 'scalar', text: 'text w', entries: [] };
      const added =
        tree.kind === 'map' || !isLong
          ? inner
          : {
              kind: 'map' as const,
              text: '',
              entries: [
                { key: 'k', value: inner },
                { key: 'l', value: inner },
              ],
            };
      tree.entries.splice(before, 0, { key: tree.kind === 'map' ? 'new' : '', value: added });
      const text = tree.kind === 'map' ? 'new: "w"' : isLong ? 'k: "w"\nl: "w"' : '"w"';
      return { insert: text, into: place, ...(before < tree.entries.length - 1 && { before }) };
    }
    case 'reorder': {
      if (tree.entries.length < 2) return undefined;
      const order = tree.entries.map((_, number) => number);
      for (let last = order.length - 1; last > 0; last--) {
        const other = random(last + 1);
        [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
      }
      tree.entries = order.flatMap(number => tree.entries[number] ?? []);
      return { reorder: place, order };
    }
  }
}
