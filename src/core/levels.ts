import { nodeKind, type SourceFile, type Tape } from './document.ts';
import { isInside, spansLeftAlone } from './layout.ts';
import { endOf, kindOf, nextOf, startOf } from './tape.ts';

/** A block collection that begins on a line of its own below its key. */
export interface Level {
  readonly tape: Tape;
  readonly isSequence: boolean;
  readonly key: number;
  readonly start: number;
  readonly end: number;
  readonly keyColumn: number;
  /** How much further to the right than its key. */
  readonly offset: number;
}

/** The block collections of a file that begin on lines of their own, in the order of the text. */
export function collectLevels(file: SourceFile): Level[] {
  const { text } = file;
  const exempt = spansLeftAlone(text, ['indentation']);
  const levels: Level[] = [];
  visitLevels(file, (tape, key, value) => {
    const start = startOf(tape, value);
    const column = columnOf(text, start);
    const keyColumn = columnOf(text, startOf(tape, key));
    if (column !== spacesBefore(text, start) || isInside(exempt, start)) return;
    levels.push({
      tape,
      isSequence: kindOf(tape, value) === nodeKind.blockSequence,
      key,
      start,
      end: endOf(tape, value),
      keyColumn,
      offset: column - keyColumn,
    });
  });
  return levels;
}

/** Whether levels differ at all: the only thing that is worked out for nearly every file. */
export function hasMixedLevels(file: SourceFile): boolean {
  const { text } = file;
  let [firstOfMaps, firstOfSequences] = [-1, -1];
  let mixed = false;
  visitLevels(file, (tape, key, value) => {
    const offset = columnOf(text, startOf(tape, value)) - columnOf(text, startOf(tape, key));
    if (kindOf(tape, value) === nodeKind.blockMap) {
      if (firstOfMaps < 0) firstOfMaps = offset;
      else if (offset !== firstOfMaps) mixed = true;
    } else if (firstOfSequences < 0) firstOfSequences = offset;
    else if (offset !== firstOfSequences) mixed = true;
  });
  return mixed;
}

type Visit = (tape: Tape, key: number, value: number) => void;

/** Calls `visit` with each entry of a block mapping whose value is a block collection. */
function visitLevels({ documents }: SourceFile, visit: Visit): void {
  for (const { tape } of documents) visitBelow(tape, tape.root, visit);
}

function visitBelow(tape: Tape, node: number, visit: Visit): void {
  const isMap = kindOf(tape, node) === nodeKind.blockMap;
  const end = nextOf(tape, node);
  for (let child = node + 4; child < end; ) {
    const value = isMap ? nextOf(tape, child) : child;
    const kind = kindOf(tape, value);
    if (kind === nodeKind.blockMap || kind === nodeKind.blockSequence) {
      if (isMap) visit(tape, child, value);
      visitBelow(tape, value, visit);
    }
    child = nextOf(tape, value);
  }
}

/** Keys and dashes stand near the beginning of their line: a loop is there sooner than a search. */
function columnOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) !== 10) start--;
  return offset - start;
}

/** The spaces right before an offset: as many as its column where nothing else stands there. */
function spacesBefore(text: string, offset: number): number {
  let start = offset;
  while (text.charCodeAt(start - 1) === 32) start--;
  return offset - start;
}
