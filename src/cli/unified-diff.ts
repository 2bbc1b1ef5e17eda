import type { RepoPath } from '../core/place.ts';
import type { FileChange } from '../lint.ts';

/** Lines that are shown around a change. */
const context = 3;
/** Files that differ in more lines are shown as one change: the search for the shortest way takes the square of it. */
const maximumDifferences = 500;

/**
 * The change of one file as `diff -u` writes it, with the prefixes that `git apply` and `patch -p1` take away.
 * Secrets are masked in it: such a line no patch finds, and `--fix` mends it.
 */
export function unifiedDiff(path: RepoPath, { before, after, shownBefore, shownAfter }: FileChange): string {
  const changes = changesBetween(splitLines(before), splitLines(after));
  const hunks = groupChanges(changes).map(group => formatHunk(group, splitLines(shownBefore), splitLines(shownAfter)));
  return hunks.length === 0 ? '' : `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

/** Each with its line break; the last one may have none. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Lines of the old text that become lines of the new one; both ends are exclusive. */
interface Change {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** Changes whose lines around them would touch stand in one hunk. */
function groupChanges(changes: readonly Change[]): Change[][] {
  const groups: Change[][] = [];
  for (const change of changes) {
    const last = groups.at(-1)?.at(-1);
    if (last && change.oldStart - last.oldEnd <= 2 * context) groups.at(-1)?.push(change);
    else groups.push([change]);
  }
  return groups;
}

function formatHunk(changes: readonly Change[], before: readonly string[], after: readonly string[]): string {
  const [first] = changes;
  const last = changes.at(-1);
  if (!first || !last) return '';
  const lead = Math.min(context, first.oldStart);
  const trail = Math.min(context, before.length - last.oldEnd);
  const lines: string[] = [];
  let position = first.oldStart - lead;
  for (const { oldStart, oldEnd, newStart, newEnd } of changes) {
    lines.push(
      ...mark(' ', before.slice(position, oldStart)),
      ...mark('-', before.slice(oldStart, oldEnd)),
      ...mark('+', after.slice(newStart, newEnd)),
    );
    position = oldEnd;
  }
  lines.push(...mark(' ', before.slice(position, position + trail)));
  const old = range(first.oldStart - lead, last.oldEnd + trail);
  return `@@ -${old} +${range(first.newStart - lead, last.newEnd + trail)} @@\n${lines.join('')}`;
}

function mark(sign: string, lines: readonly string[]): string[] {
  return lines.map(line => `${sign}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`);
}

/** An empty range stands after the line that it names. */
function range(start: number, end: number): string {
  return `${end > start ? start + 1 : start},${end - start}`;
}

function changesBetween(before: readonly string[], after: readonly string[]): Change[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let oldEnd = before.length;
  let newEnd = after.length;
  while (oldEnd > start && newEnd > start && before[oldEnd - 1] === after[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  if (oldEnd === start && newEnd === start) return [];
  const middle = shortestEdit(before.slice(start, oldEnd), after.slice(start, newEnd));
  const changes = middle ?? [{ oldStart: 0, oldEnd: oldEnd - start, newStart: 0, newEnd: newEnd - start }];
  return changes.map(change => ({
    oldStart: change.oldStart + start,
    oldEnd: change.oldEnd + start,
    newStart: change.newStart + start,
    newEnd: change.newEnd + start,
  }));
}

/** E. W. Myers, An O(ND) Difference Algorithm and Its Variations (1986), with the furthest points of each round kept. */
function shortestEdit(before: readonly string[], after: readonly string[]): Change[] | undefined {
  const furthest = new Map([[1, 0]]);
  const rounds: ReadonlyMap<number, number>[] = [];
  for (let differences = 0; differences <= maximumDifferences; differences++) {
    rounds.push(new Map(furthest));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      let x = isDown(furthest, diagonal, differences) ? at(furthest, diagonal + 1) : at(furthest, diagonal - 1) + 1;
      let y = x - diagonal;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x++;
        y++;
      }
      furthest.set(diagonal, x);
      if (x >= before.length && y >= after.length) return traceBack(rounds, before.length, after.length);
    }
  }
  return undefined;
}

function traceBack(rounds: readonly ReadonlyMap<number, number>[], oldLength: number, newLength: number): Change[] {
  const changes: Change[] = [];
  let [x, y] = [oldLength, newLength];
  for (let differences = rounds.length - 1; differences > 0; differences--) {
    const furthest = rounds[differences] ?? new Map<number, number>();
    const diagonal = x - y;
    const previous = isDown(furthest, diagonal, differences) ? diagonal + 1 : diagonal - 1;
    const oldStart = at(furthest, previous);
    const newStart = oldStart - previous;
    const isInsertion = previous > diagonal;
    const change = { oldStart, oldEnd: isInsertion ? oldStart : oldStart + 1, newStart, newEnd: isInsertion ? newStart + 1 : newStart };
    const next = changes[0];
    if (next && next.oldStart === change.oldEnd && next.newStart === change.newEnd) {
      changes[0] = { ...change, oldEnd: next.oldEnd, newEnd: next.newEnd };
    } else changes.unshift(change);
    [x, y] = [oldStart, newStart];
  }
  return changes;
}

function isDown(furthest: ReadonlyMap<number, number>, diagonal: number, differences: number): boolean {
  return diagonal === -differences || (diagonal !== differences && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
}

function at(furthest: ReadonlyMap<number, number>, diagonal: number): number {
  return furthest.get(diagonal) ?? -1;
}
