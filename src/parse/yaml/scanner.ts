import { maxDepth, tooDeep } from '../parsed-text.ts';
import { byteOrderMark } from './characters.ts';

/** Where a text is being read, and the tape so far. One is made for each text. */
export interface Scanner {
  /** Ends with a line feed, so that no line needs a look at the end of the text. */
  readonly text: string;
  /** Of the text as it was given. */
  readonly length: number;
  position: number;
  /** Where the current line begins. */
  lineStart: number;
  /** The column of the next content, or `noColumn` at the end of a document. Set by `nextContent`. */
  column: number;
  /** The lowest column of the comments before the next content. */
  commentColumn: number;
  depth: number;
  cells: Int32Array;
  /** How many cells are taken: by other texts, then by this one. */
  used: number;
  /** Where the last node with text of its own ended: block collections end there too. */
  lastEnd: number;
  /** The anchors of the document, by name the one that began last. */
  anchors: Map<string, Anchor>;
  aliases: Map<number, number>;
  /** How many nodes the aliases of the document stand for. */
  aliasedNodes: number;
  hasMerges: boolean;
  /** Some key may stand twice in its mapping. */
  mayHaveDuplicates: boolean;
  /** No plain value of the document is another one to the readers of YAML 1.1. */
  isReadAlike: boolean;
  /** Quoted scalars may go on at any column, as libyaml and the Go readers have it. */
  readonly allowsShallowQuotes: boolean;
}

export interface Anchor {
  /** The index of the node on the tape. */
  readonly node: number;
  value: unknown;
  /** The number of nodes that an alias of it stands for; 0 while the node is being read. */
  size: number;
}

export const noColumn = -1;
export const noComment = 1 << 30;

const leastCells = 1 << 16;

/** Tapes stand one behind the other in large arrays: to make an array for each text would take longer than to fill it. */
let sharedCells: Int32Array = new Int32Array(leastCells);
let sharedUsed = 0;

export function createScanner(text: string, allowsShallowQuotes = false): Scanner {
  const start = text.charCodeAt(0) === byteOrderMark ? 1 : 0;
  // A text with more than a node for every eight characters makes the cells grow.
  const needed = text.length >> 1;
  if (needed > sharedCells.length - sharedUsed) {
    sharedCells = new Int32Array(Math.max(needed, leastCells));
    sharedUsed = 0;
  }
  return {
    text: text.endsWith('\n') ? text : `${text}\n`,
    length: text.length,
    position: start,
    lineStart: start,
    column: noColumn,
    commentColumn: noComment,
    depth: 0,
    cells: sharedCells,
    used: sharedUsed,
    lastEnd: start,
    anchors: new Map(),
    aliases: new Map(),
    aliasedNodes: 0,
    hasMerges: false,
    mayHaveDuplicates: false,
    isReadAlike: true,
    allowsShallowQuotes,
  };
}

/** The reader does not know this, or it is no YAML. The message reads as that of a syntax problem. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly position: number;
  /** No other parser can help. */
  readonly isFinal: boolean;

  constructor(message: string, position: number, isFinal = false) {
    super(message);
    this.position = position;
    this.isFinal = isFinal;
  }
}

/** Gives up on the text. */
export function refuse(scanner: Scanner, reason: string): never {
  throw new Refusal(reason, scanner.position);
}

/** Puts a node without children on the tape. */
export function addLeaf(scanner: Scanner, kind: number, start: number, end: number): void {
  const node = openNode(scanner, kind, start);
  scanner.cells[node + 2] = end;
  scanner.lastEnd = end;
}

/** Puts a node on the tape that the next ones are children of, until it is closed. */
export function openNode(scanner: Scanner, kind: number, start: number): number {
  const node = scanner.used;
  const used = node + 4;
  if (used > scanner.cells.length) growCells(scanner);
  const { cells } = scanner;
  cells[node] = kind;
  cells[node + 1] = start;
  cells[node + 3] = used;
  scanner.used = used;
  return node;
}

/** Ends a collection with its last node. */
export function closeNode(scanner: Scanner, node: number): void {
  scanner.cells[node + 2] = scanner.lastEnd;
  scanner.cells[node + 3] = scanner.used;
}

/** The tape, for the documents to keep: the next scanner writes behind it. */
export function keepCells({ cells, used }: Scanner): Int32Array {
  sharedCells = cells;
  sharedUsed = used;
  return cells;
}

function growCells(scanner: Scanner): void {
  const cells = new Int32Array(scanner.cells.length * 2);
  cells.set(scanner.cells);
  scanner.cells = cells;
}

/** Counts a level of nesting. The deepest ones are refused: every reader of the values would need as many calls. */
export function enter(scanner: Scanner): void {
  if (++scanner.depth > maxDepth) throw new Refusal(tooDeep, scanner.position, true);
}

export function leave(scanner: Scanner): void {
  scanner.depth--;
}
