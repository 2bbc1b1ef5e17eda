import { nodeKind, type SourceFile } from '../../core/document.ts';
import type { FieldPath } from '../../core/place.ts';
import { endOf, isMapNode, isMergeKey, isSequenceNode, keyText, kindOf, nextOf, sourceText, startOf } from '../../core/tape.ts';
import type { ParsedDocument } from '../../parse/parsed-text.ts';
import { resolveAs } from '../../parse/readings.ts';
import { Refusal } from './refusal.ts';

/** Refuses what the YAML reader of Go refuses, or Kustomize around it, and YAML allows. */
export function checkText({ path, text }: Pick<SourceFile, 'path' | 'text'>): void {
  if (text.startsWith('%')) throw new Refusal({ path, start: 0, end: 1 }, 'the file begins with a directive: remove it');
  if (path.endsWith('.json')) {
    const slash = text.indexOf('\\/');
    if (slash >= 0) throw new Refusal({ path, start: slash, end: slash + 2 }, '"\\/" is no escape to Kustomize: write "/"');
  }
  for (let line = text.indexOf('\n---'); line >= 0; line = text.indexOf('\n---', line + 1)) {
    const end = text.indexOf('\n', line + 1);
    const rest = text.slice(line + 4, end < 0 ? line + 4 : end).trim();
    if (rest !== '' && !rest.startsWith('#')) throw new Refusal({ path, start: line + 1, end }, 'text follows "---" on its line: begin a new line');
  }
}

/** What Go reads differently, or cannot deliver. */
export interface Detail {
  readonly field: FieldPath;
  /** The value that Go reads; absent where Kustomize cannot print it. */
  readonly value?: unknown;
  readonly problem?: string;
  /** Null while Kustomize builds, and the value when it prints. */
  readonly isLate?: true;
}

/** A walk over the keys and the scalars of a document that may be special. */
export function detailsOf({ tape, value: root }: ParsedDocument, text: string): readonly Detail[] {
  const details: Detail[] = [];
  const { cells } = tape;
  const field: (string | number)[] = [];
  const walk = (node: number): void => {
    const end = nextOf(tape, node);
    if (isSequenceNode(tape, node)) {
      let index = 0;
      for (let item = node + 4; item < end; item = cells[item + 3] ?? end) {
        field.push(index++);
        visit(item, false);
        field.pop();
      }
    } else if (isMapNode(tape, node)) {
      const isFlow = kindOf(tape, node) === nodeKind.flowMap;
      for (let key = node + 4; key < end; ) {
        const held = cells[key + 3] ?? end;
        if (!isSimple(cells, held) || !isPlainWord(text, cells, key)) {
          const isMerge = isMergeKey(tape, text, key);
          field.push(isMerge ? '<<' : keyText(tape, text, key));
          if (!isMerge) checkKey(key);
          visit(held, isFlow);
          field.pop();
        }
        key = cells[held + 3] ?? end;
      }
    }
  };
  const checkKey = (key: number): void => {
    const kind = kindOf(tape, key);
    if (kind === nodeKind.empty) details.push({ field: [...field], problem: 'a key is empty' });
    if (kind !== nodeKind.plain) return;
    const resolved = resolveAs(sourceText(tape, text, key), 'kustomize');
    const written = sourceText(tape, text, key);
    if (typeof resolved !== 'string' || resolved !== written.trim()) {
      details.push({ field: [...field], problem: `the key "${written}" is no text: put it in quotes` });
    }
  };
  const visit = (node: number, isInFlowMap: boolean): void => {
    const kind = cells[node] ?? 0;
    if (kind === nodeKind.empty && isInFlowMap) details.push({ field: [...field], value: '', isLate: true });
    else if (kind === nodeKind.plain) {
      const code = text.charCodeAt(startOf(tape, node));
      if (code !== 46 && code !== 45 && code !== 43) return;
      const resolved = resolveAs(sourceText(tape, text, node), 'kustomize');
      if (typeof resolved === 'number' && !Number.isFinite(resolved)) details.push({ field: [...field], problem: 'JSON has no such number' });
    } else if (kind >= nodeKind.blockMap && kind <= nodeKind.flowSequence) walk(node);
  };
  walk(tape.root);
  const last = lastBlock(tape, text);
  if (last !== undefined && typeof root === 'object') {
    const at = lastField(root);
    const held = at.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], root);
    if (typeof held === 'string' && held.endsWith('\n')) details.push({ field: at, value: held.slice(0, -1) });
  }
  return details;
}

/** No collection, and no plain scalar. */
function isSimple(cells: Int32Array, node: number): boolean {
  const kind = cells[node] ?? 0;
  return kind >= nodeKind.singleQuoted;
}

/** Letters that no key of another type begins with. */
function isPlainWord(text: string, cells: Int32Array, key: number): boolean {
  if (cells[key] !== nodeKind.plain) return (cells[key] ?? 0) > nodeKind.plain;
  const code = text.charCodeAt(cells[key + 1] ?? 0);
  return code >= 97 && code <= 122 && code !== 110 && code !== 116 && code !== 102;
}

/** Whether the file ends in a block scalar without a line break, which Go then leaves out of the value. */
function lastBlock(tape: ParsedDocument['tape'], text: string): number | undefined {
  if (text.endsWith('\n')) return undefined;
  let node = tape.root;
  for (;;) {
    const kind = kindOf(tape, node);
    if (kind === nodeKind.literal || kind === nodeKind.folded) return endOf(tape, node) >= text.length ? node : undefined;
    if (kind !== nodeKind.blockMap && kind !== nodeKind.blockSequence) return undefined;
    const end = nextOf(tape, node);
    let last = node + 4;
    if (last >= end) return undefined;
    for (let next = last; next < end; next = nextOf(tape, next)) last = next;
    node = last;
  }
}

function lastField(root: unknown): FieldPath {
  const field: (string | number)[] = [];
  let value = root;
  while (typeof value === 'object' && value !== null) {
    const key = Array.isArray(value) ? value.length - 1 : Object.keys(value).at(-1);
    if (key === undefined || key === -1) break;
    field.push(key);
    value = (value as Record<string | number, unknown>)[key];
  }
  return field;
}
