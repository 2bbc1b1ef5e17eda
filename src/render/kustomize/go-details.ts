import { nodeKind, type SourceFile } from '../../core/document.ts';
import type { FieldPath } from '../../core/place.ts';
import { endOf, fieldOf, kindOf, nextOf } from '../../core/tape.ts';
import { parseYaml } from '../../parse/parse-yaml.ts';
import type { ParsedDocument } from '../../parse/parsed-text.ts';
import { resolveAs } from '../../parse/readings.ts';
import { Refusal } from './refusal.ts';
import { lookUp } from './traced.ts';

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

/** One look at every node of a document; few are special. */
export function detailsOf({ tape, value: root }: ParsedDocument, text: string): readonly Detail[] {
  const details: Detail[] = [];
  const { cells } = tape;
  const end = nextOf(tape, tape.root);
  for (let node = tape.root; node < end; node += 4) {
    const kind = cells[node] ?? 0;
    if (kind === nodeKind.folded) {
      const field = fieldOf(tape, text, node);
      const value = lookUp(root, field);
      const folded = typeof value === 'string' ? refold(value) : value;
      if (folded !== value) details.push({ field, value: folded });
    }
    if (kind > nodeKind.plain || (kind < nodeKind.plain && kind !== nodeKind.empty)) continue;
    if (kind === nodeKind.plain && isCertainlyText(text, cells, node)) continue;
    const detail = kind === nodeKind.empty ? detailOfEmpty(text, cells, node) : detailOfPlain(text, cells, node);
    if (detail) details.push({ field: fieldOf(tape, text, node), ...detail });
  }
  return details;
}

/** Go reads no line break at the end of a file that has none, where a block scalar ends there. */
export function lastLineDetails({ tape, value }: ParsedDocument, text: string): readonly Detail[] {
  const last = lastBlock(tape, text);
  const field = last === undefined ? undefined : fieldOf(tape, text, last);
  const held = field && lookUp(value, field);
  return field && typeof held === 'string' && held.endsWith('\n') ? [{ field, value: held.slice(0, -1) }] : [];
}

/**
 * Kustomize writes a folded text and reads it again, and its library writes a line break too many before lines that are
 * indented: `yaml_emitter_write_folded_scalar` of yaml.v3.
 */
function refold(value: string): string {
  if (!value.trimEnd().includes('\n')) return value;
  let written = '';
  let afterBreak = true;
  let isIndented = true;
  const begin = value.search(/[^\n]/);
  const putsBreak = begin >= 0 && !/[ \t]/.test(value.charAt(begin));
  for (const character of value) {
    if (character === '\n') {
      if (!afterBreak && !isIndented && putsBreak) written += '\n';
      written += '\n';
      afterBreak = true;
      continue;
    }
    if (afterBreak) {
      written += '  ';
      isIndented = character === ' ' || character === '\t';
    }
    written += character;
    afterBreak = false;
  }
  const chomping = !value.endsWith('\n') ? '-' : value.endsWith('\n\n') ? '+' : '';
  const [document] = parseYaml('', `>${/^[ \n]/.test(value) ? '2' : ''}${chomping}\n${written}`).documents;
  return typeof document?.value === 'string' ? document.value : value;
}

/** Letters that no null, boolean or number begins with, as nearly every key does. */
function isCertainlyText(text: string, cells: Int32Array, node: number): boolean {
  const code = text.charCodeAt(cells[node + 1] ?? 0);
  return (code >= 97 && code <= 122 && code !== 110 && code !== 116 && code !== 102) || code === 47;
}

/** The sign behind a node, blanks passed over: only a key has a colon there. */
function signBehind(text: string, cells: Int32Array, node: number): string {
  let position = cells[node + 2] ?? 0;
  while (text.charCodeAt(position) === 32) position++;
  return text.charAt(position);
}

function detailOfEmpty(text: string, cells: Int32Array, node: number): Omit<Detail, 'field'> | undefined {
  const sign = signBehind(text, cells, node);
  if (sign === ':') return { problem: 'a key is empty' };
  return sign === ',' || sign === '}' ? { value: '', isLate: true } : undefined;
}

function detailOfPlain(text: string, cells: Int32Array, node: number): Omit<Detail, 'field'> | undefined {
  const isKey = signBehind(text, cells, node) === ':';
  const code = text.charCodeAt(cells[node + 1] ?? 0);
  if (!isKey && code !== 46 && code !== 45 && code !== 43) return undefined;
  const written = text.slice(cells[node + 1] ?? 0, cells[node + 2] ?? 0);
  if (written === '<<') return undefined;
  const resolved = resolveAs(written, 'kustomize');
  if (!isKey) return typeof resolved === 'number' && !Number.isFinite(resolved) ? { problem: 'JSON has no such number' } : undefined;
  return resolved === written ? undefined : { problem: `the key "${written}" is no text: put it in quotes` };
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
