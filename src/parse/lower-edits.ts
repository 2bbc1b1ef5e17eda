import { nodeKind, type SourceFile, type Tape } from '../core/document.ts';
import type { Edit, TextEdit } from '../core/finding.ts';
import { type FieldPlace, isFieldPlace, isTextPlace, type Place } from '../core/place.ts';
import { type Entry, endOf, entryAt, fieldOf, isMapNode, kindOf, nextOf, startOf } from '../core/tape.ts';

/**
 * An edit of fields as an edit of text that keeps every comment outside of what it removes.
 * Undefined where that cannot be done safely: the field is absent or comes from an anchor
 * elsewhere, or an alias elsewhere needs what would go.
 */
export function lowerEdit(file: SourceFile, edit: Edit): TextEdit | undefined {
  const change =
    'replace' in edit ? replace(file, edit.replace, edit.by) : 'remove' in edit ? remove(file, edit.remove) : append(file, edit.to, edit.append);
  return change && { path: file.path, ...change };
}

type Change = Omit<TextEdit, 'path'>;

/** A field that stands in the text where its path says, with the collection that holds it and that collection's key. */
interface Target {
  readonly tape: Tape;
  readonly text: string;
  readonly parent: number;
  readonly parentKey: number | undefined;
  readonly entry: Entry;
}

function findTarget({ documents, text }: SourceFile, place: FieldPlace): Target | undefined {
  const document = documents[place.document];
  if (!document) return undefined;
  const { tape } = document;
  const parent = entryAt(tape, text, place.field.slice(0, -1));
  const entry = entryAt(tape, text, place.field);
  if (!entry || !parent) return undefined;
  // What an alias or a merge key brings in stands elsewhere.
  const written = fieldOf(tape, text, entry.value);
  const isHere = written.length === place.field.length && written.every((part, index) => String(part) === String(place.field[index]));
  return isHere ? { tape, text, parent: parent.value, parentKey: parent.key, entry } : undefined;
}

function replace(file: SourceFile, place: Place, by: string): Change | undefined {
  if (isTextPlace(place)) return { start: place.start, end: place.end, text: by };
  if (!isFieldPlace(place)) return undefined;
  const target = findTarget(file, place);
  if (!target) return undefined;
  const { tape, text, entry } = target;
  const node = place.part === 'key' ? entry.key : entry.value;
  if (node === undefined) return undefined;
  const start = startOf(tape, node);
  const end = endOf(tape, node);
  if (place.within !== undefined) {
    const inside = text.slice(start, end).indexOf(place.within);
    return inside < 0 ? undefined : { start: start + inside, end: start + inside + place.within.length, text: by };
  }
  if (by.includes('\n')) return undefined;
  if (kindOf(tape, node) === nodeKind.empty) return fillIn(target, by);
  if (isBlockCollection(tape, node)) return replaceBlock(target, node, entry.key, by);
  return { start, end: endOfText(text, start, end), text: by };
}

function isBlockCollection(tape: Tape, node: number): boolean {
  const kind = kindOf(tape, node);
  return kind === nodeKind.blockMap || kind === nodeKind.blockSequence;
}

/** A block collection becomes a value on the line of its key: `key: []`. The comments between the two stay behind it. */
function replaceBlock({ tape, text }: Target, node: number, key: number | undefined, by: string): Change | undefined {
  const start = startOf(tape, node);
  const end = endOfText(text, start, endOf(tape, node));
  if (key === undefined) return isLineStart(text, start) || isAfterDashes(text, start) ? { start, end, text: by } : undefined;
  const afterColon = /^[ \t]*:((?:[ \t]*(?:[ \t]#.*)?\r?\n)+)[ \t]*$/.exec(text.slice(endOf(tape, key), start))?.[1];
  if (afterColon === undefined) return undefined;
  const colon = text.indexOf(':', endOf(tape, key));
  return { start: colon + 1, end, text: ` ${by}${afterColon.trimEnd()}` };
}

/** Writes a value where there is none: the colon and the spaces that it needs come with it. */
function fillIn({ tape, text, parent, entry }: Target, by: string): Change | undefined {
  const offset = startOf(tape, entry.value);
  const lacksColon = entry.key !== undefined && endOf(tape, entry.key) === offset;
  // Without a colon this is `? key`, or a key alone in a flow map.
  if (lacksColon && kindOf(tape, parent) === nodeKind.blockMap) return undefined;
  const isSpaced = offset === 0 || /[\s[{]/.test(text.charAt(offset - 1));
  const before = lacksColon ? ': ' : isSpaced ? '' : ' ';
  const after = text.charAt(offset) === '#' ? ' ' : '';
  return { start: offset, end: offset, text: before + by + after };
}

function remove(file: SourceFile, place: FieldPlace): Change | undefined {
  const target = place.field.length > 0 ? findTarget(file, place) : undefined;
  if (!target || isNeededElsewhere(target)) return undefined;
  const { tape, parent } = target;
  switch (kindOf(tape, parent)) {
    case nodeKind.blockMap:
    case nodeKind.blockSequence:
      return countEntries(tape, parent) === 1
        ? replaceBlock(target, parent, target.parentKey, isMapNode(tape, parent) ? '{}' : '[]')
        : removeFromBlock(target);
    case nodeKind.flowMap:
    case nodeKind.flowSequence:
      return removeFromFlow(target);
    default:
      return undefined;
  }
}

/** Whether an alias outside of the entry stands for something inside of it. */
function isNeededElsewhere({ tape, entry }: Target): boolean {
  const first = entry.key ?? entry.value;
  const last = nextOf(tape, entry.value);
  const isInside = (node: number) => node >= first && node < last;
  return [...(tape.aliases ?? [])].some(([alias, anchored]) => isInside(anchored) && !isInside(alias));
}

function countEntries(tape: Tape, collection: number): number {
  let children = 0;
  for (let child = collection + 4; child < nextOf(tape, collection); child = nextOf(tape, child)) children++;
  return isMapNode(tape, collection) ? children / 2 : children;
}

function removeFromBlock(target: Target): Change | undefined {
  const { tape, text, entry } = target;
  const start = entry.key === undefined ? dashOf(target) : startOf(tape, entry.key);
  if (start === undefined) return undefined;
  const end = endOfLine(text, endOf(tape, entry.value));
  if (wouldGrow(tape, text, (entry.key ?? entry.value) - 4, end)) return undefined;
  if (isLineStart(text, start)) return { start: startOfLine(text, start), end, text: '' };
  // The first entry shares its line with the `-` of an item around it: the next one takes its place.
  const next = nextOf(tape, entry.value);
  const nextStart = entry.key === undefined ? text.indexOf('-', end) : startOf(tape, next);
  if (!isAfterDashes(text, start) || next >= nextOf(tape, target.parent)) return undefined;
  if (text.slice(end, nextStart).trim() === '') return { start, end: nextStart, text: '' };
  const afterDash = text.slice(0, start).trimEnd().length;
  return { start: afterDash, end: end - lineBreakBefore(text, end).length, text: '' };
}

/** Whether a block scalar before the removed lines would take the empty lines or the comment behind them for its own. */
function wouldGrow(tape: Tape, text: string, node: number, end: number): boolean {
  const kind = kindOf(tape, node);
  if (kind !== nodeKind.literal && kind !== nodeKind.folded) return false;
  const keepsEmptyLines = /^.{1,2}\+/.test(text.slice(startOf(tape, node), startOf(tape, node) + 3));
  const behind = /^(?:[ \t]*\r?\n)*(?:[ \t]+#)?/.exec(text.slice(end))?.[0] ?? '';
  return /[ \t]/.test(behind) || (keepsEmptyLines && behind !== '');
}

/** Where the `-` of a sequence's item stands: the first thing after the item before it that is no comment. */
function dashOf({ tape, text, parent, entry }: Target): number | undefined {
  let offset = startOf(tape, parent);
  for (let item = parent + 4; item < entry.value; item = nextOf(tape, item)) offset = endOf(tape, item);
  const skipped = /^(?:\s|#.*)*/.exec(text.slice(offset))?.[0].length ?? 0;
  return text.charAt(offset + skipped) === '-' ? offset + skipped : undefined;
}

/** An entry between brackets goes with the comma before it, the first one with the comma after it. */
function removeFromFlow({ tape, text, parent, entry }: Target): Change | undefined {
  if (!/[[{]/.test(text.charAt(startOf(tape, parent)))) return undefined;
  const first = entry.key ?? entry.value;
  const start = startOf(tape, first);
  const end = endOfText(text, start, endOf(tape, entry.value));
  let before = parent + 4;
  while (nextOf(tape, before) < first) before = nextOf(tape, before);
  if (first !== parent + 4) {
    const comma = endOf(tape, before);
    return /^\s*,\s*$/.test(text.slice(comma, start)) ? { start: comma, end, text: '' } : undefined;
  }
  const next = nextOf(tape, entry.value);
  const last = next < nextOf(tape, parent) ? startOf(tape, next) : endOf(tape, parent) - 1;
  const opening = text.slice(startOf(tape, parent) + 1, start);
  return opening.trim() === '' && /^\s*,?\s*$/.test(text.slice(end, last)) ? { start, end: last, text: '' } : undefined;
}

function append(file: SourceFile, place: FieldPlace, item: string): Change | undefined {
  const target = findTarget(file, place);
  if (!target) return undefined;
  const { tape, text, entry } = target;
  const sequence = entry.value;
  if (kindOf(tape, sequence) !== nodeKind.blockSequence) return undefined;
  const start = startOf(tape, sequence);
  const offset = endOfLine(text, endOf(tape, sequence));
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const indentation = ' '.repeat(start - startOfLine(text, start));
  const lines = item.split(/\r?\n/).map((line, index) => (index === 0 ? `${indentation}- ${line}` : line && `${indentation}  ${line}`));
  const added = lines.join(lineBreak);
  return { start: offset, end: offset, text: lineBreakBefore(text, offset) === '' ? lineBreak + added : added + lineBreak };
}

/** The end of a node without the line breaks of a block scalar and the spaces before a comment. */
function endOfText(text: string, start: number, end: number): number {
  return start + text.slice(start, end).trimEnd().length;
}

function lineBreakBefore(text: string, offset: number): string {
  if (text.charAt(offset - 1) !== '\n') return '';
  return text.charAt(offset - 2) === '\r' ? '\r\n' : '\n';
}

/** A byte order mark is no part of the first line. */
function startOfLine(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\ufeff') ? 1 : start;
}

/** Where the line that holds the last character before `offset` has ended, its line break included. */
function endOfLine(text: string, offset: number): number {
  const lineBreak = text.indexOf('\n', Math.max(offset - 1, 0));
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

function isLineStart(text: string, offset: number): boolean {
  return text.slice(startOfLine(text, offset), offset).trim() === '';
}

function isAfterDashes(text: string, offset: number): boolean {
  return /^[ ]*(?:- +)+$/.test(text.slice(startOfLine(text, offset), offset));
}
