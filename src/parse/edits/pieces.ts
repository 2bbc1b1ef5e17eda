import { nodeKind, type Tape } from '../../core/document.ts';
import { endOf, isMapNode, kindOf, nextOf, startOf } from '../../core/tape.ts';
import { endOfLine, endOfText, isAfterDashes, isLineStart, startOfLine } from './lines.ts';
import { dashFrom, entriesOf } from './target.ts';

/** An entry of a collection as a stretch of text. */
export interface Piece {
  /** Where it begins with the comments that belong to it. */
  readonly start: number;
  /** Where its key or dash, or in brackets its first property, stands. */
  readonly content: number;
  /** In blocks where the next one begins, or after the last line break; in brackets before the comma. */
  readonly end: number;
}

/**
 * The entries of a collection as stretches of text that can change places, with the column that block entries begin at.
 * Undefined where one of them has no stretch of its own: `? key`, a property before the first key, comments in brackets.
 */
export function piecesOf(tape: Tape, text: string, collection: number): readonly Piece[] | undefined {
  switch (kindOf(tape, collection)) {
    case nodeKind.blockMap:
    case nodeKind.blockSequence:
      return blockPieces(tape, text, collection);
    case nodeKind.flowMap:
    case nodeKind.flowSequence:
      return flowPieces(tape, text, collection);
    default:
      return undefined;
  }
}

function blockPieces(tape: Tape, text: string, collection: number): Piece[] | undefined {
  const first = startOf(tape, collection);
  if (!isLineStart(text, first) && !isAfterDashes(text, first)) return undefined;
  const column = first - startOfLine(text, first);
  const pieces: Piece[] = [];
  let before: number | undefined;
  for (const { key, value } of entriesOf(tape, collection)) {
    if (key !== undefined && (isFlow(tape, key) || kindOf(tape, key) === nodeKind.empty)) return undefined;
    if (key !== undefined && !/^[ \t]*:/.test(text.slice(endOf(tape, key), endOf(tape, key) + 100))) return undefined;
    if (key !== undefined && /\n *\t/.test(text.slice(endOf(tape, key), startOf(tape, value)))) return undefined;
    const start = before === undefined ? first : startOfOwnComments(text, before, column);
    const content = key === undefined ? dashFrom(text, before ?? first) : contentFrom(text, before ?? first, startOf(tape, key));
    if (content === undefined || content - startOfLine(text, content) !== column) return undefined;
    before = endOfLine(text, Math.max(endOf(tape, value), content + 1));
    pieces.push({ start, content, end: before });
  }
  // Whatever is indented further behind the last entry is not known to belong elsewhere.
  if ((/^(?:[ \t]*(?:#.*)?\r?\n)*( *)[^\s#]/.exec(text.slice(before ?? first))?.[1]?.length ?? 0) > column) return undefined;
  return pieces.map((piece, index) => ({ ...piece, end: pieces[index + 1]?.start ?? startOfOwnComments(text, piece.end, column) }));
}

/** Where the line of a key begins, if nothing but comments and white space stands between the entry before and it. */
function contentFrom(text: string, before: number, key: number): number | undefined {
  const gap = /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(text.slice(before, key))?.[0].length ?? 0;
  const content = before + gap + (/^ */.exec(text.slice(before + gap, key))?.[0].length ?? 0);
  return content === key || /[!&]/.test(text.charAt(content)) ? content : undefined;
}

/** Comments that are indented further than the entries belong to the entry above them. */
function startOfOwnComments(text: string, offset: number, column: number): number {
  let start = offset;
  for (let line = offset; line < text.length; line = endOfLine(text, line + 1)) {
    const [, indentation = '', mark] = /^([ \t]*)(#|\r?\n)?/.exec(text.slice(line, endOfLine(text, line + 1))) ?? [];
    if (mark === undefined) break;
    if (mark === '#' && indentation.length > column) start = endOfLine(text, line + 1);
  }
  return start;
}

function flowPieces(tape: Tape, text: string, collection: number): Piece[] | undefined {
  const opening = startOf(tape, collection);
  // Of a pair that is an item, as in `[a: b]`, the first key may begin with a bracket.
  if (!/[[{]/.test(text.charAt(opening)) || startOf(tape, collection + 4) === opening) return undefined;
  const pieces: Piece[] = [];
  let before = opening;
  for (const { key, value } of entriesOf(tape, collection)) {
    const first = startOf(tape, key ?? value);
    const gap = /^\s*[,[{]\s*(?=(?:[!&]\S*\s+)*$)/.exec(text.slice(before, first));
    if (!gap) return undefined;
    const content = before + gap[0].length;
    // At the beginning of a line these would end the document.
    if (/^(?:---|\.\.\.)/.test(text.slice(content, content + 3))) return undefined;
    const end = endOfText(text, content, endOf(tape, value));
    pieces.push({ start: content, content, end });
    before = end;
  }
  return /^\s*,?\s*$/.test(text.slice(before, endOf(tape, collection) - 1)) || pieces.length === 0 ? pieces : undefined;
}

/** Whether the entries are written between brackets or braces. */
export function isFlow(tape: Tape, collection: number): boolean {
  const kind = kindOf(tape, collection);
  return kind === nodeKind.flowMap || kind === nodeKind.flowSequence;
}

/** What an item of a block sequence begins with. */
export function dashFor(tape: Tape, collection: number): string {
  return isMapNode(tape, collection) || isFlow(tape, collection) ? '' : '- ';
}

/** The block scalar at the end of a node: what follows it may become part of it. */
export function lastBlockScalar(tape: Tape, node: number): number | undefined {
  const last = nextOf(tape, node) - 4;
  const kind = kindOf(tape, last);
  return kind === nodeKind.literal || kind === nodeKind.folded ? last : undefined;
}
