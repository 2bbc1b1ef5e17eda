import { nodeKind, type SourceFile, type Tape } from '../core/document.ts';
import type { Edit, TextEdit } from '../core/finding.ts';
import { type FieldPlace, isFieldPlace, isTextPlace, type Place } from '../core/place.ts';
import { endOf, isMapNode, kindOf, nextOf, startOf } from '../core/tape.ts';
import { insertEntry } from './edits/insert-entry.ts';
import { endOfLine, endOfText, isAfterDashes, isLineStart, lineBreakBefore, startOfLine } from './edits/lines.ts';
import { isFlow, type Piece, piecesOf } from './edits/pieces.ts';
import { reorderEntries } from './edits/reorder-entries.ts';
import { type Change, entriesOf, findTarget, type Target } from './edits/target.ts';

/**
 * An edit of fields as an edit of text that keeps every comment outside of what it removes.
 * Undefined where that cannot be done safely: the field is absent or comes from an anchor
 * elsewhere, or an alias elsewhere needs what would go.
 */
export function lowerEdit(file: SourceFile, edit: Edit): TextEdit | undefined {
  // Readers differ on a carriage return alone, and on a byte order mark inside of a text.
  const change = /\r(?!\n)|.\ufeff/s.test(file.text) ? undefined : lower(file, edit);
  return change && { path: file.path, ...change };
}

function lower(file: SourceFile, edit: Edit): Change | undefined {
  if ('replace' in edit) return replace(file, edit.replace, edit.by);
  if ('remove' in edit) return remove(file, edit.remove);
  if ('insert' in edit) return insertEntry(file, edit);
  return reorderEntries(file, edit);
}

function replace(file: SourceFile, place: Place, by: string): Change | undefined {
  if (isTextPlace(place)) return { start: place.start, end: place.end, text: by };
  if (!isFieldPlace(place)) return undefined;
  const target = findTarget(file, place);
  if (!target) return undefined;
  const { tape, text, entry } = target;
  const node = place.part === 'key' ? entry.key : entry.value;
  if (node === undefined) return undefined;
  if (place.part === 'key' && !isName(tape, node)) return undefined;
  const start = startOf(tape, node);
  const end = endOf(tape, node);
  if (place.within !== undefined) {
    const inside = text.slice(start, end).indexOf(place.within);
    return inside < 0 ? undefined : { start: start + inside, end: start + inside + place.within.length, text: by };
  }
  if (by.includes('\n')) return undefined;
  if (isNeededElsewhere(tape, node, nextOf(tape, node))) return undefined;
  // A tag of YAML itself says what the value has to be, and `!!merge` what its key does.
  const { parentKey } = target;
  if ([node, entry.key, parentKey].some(tagged => tagged !== undefined && hasYamlTag(text, startOf(tape, tagged)))) return undefined;
  if (kindOf(tape, node) === nodeKind.empty) return place.field.length > 0 ? fillIn(target, by) : undefined;
  if (/[\t:]/.test(text.charAt(start - 1)) || (isFlow(tape, node) && /^[ \t]*:/.test(text.slice(end, end + 100)))) return undefined;
  if (isBlockScalar(tape, node) && !/^[|>][-+\d]*(?:[ \t]+#.*|[ \t]*)\r?$/m.test(text.slice(start, end))) return undefined;
  if (kindOf(tape, node) === nodeKind.flowMap && startOf(tape, node + 4) === start) return undefined;
  if (isBlockCollection(tape, node)) return replaceBlock(target, node, entry.key, by);
  return { start, end: endOfText(text, start, end), text: by };
}

/** A key of one line that is more than nothing. */
function isName(tape: Tape, node: number): boolean {
  const kind = kindOf(tape, node);
  return kind === nodeKind.plain || kind === nodeKind.singleQuoted || kind === nodeKind.doubleQuoted || kind === nodeKind.alias;
}

function hasYamlTag(text: string, start: number): boolean {
  return /!!\w+\s+(?:&\S+\s+)?(?:#[^\n]*\s+)?$/.test(text.slice(Math.max(0, start - 200), start));
}

function isBlockScalar(tape: Tape, node: number): boolean {
  const kind = kindOf(tape, node);
  return kind === nodeKind.literal || kind === nodeKind.folded;
}

function isBlockCollection(tape: Tape, node: number): boolean {
  const kind = kindOf(tape, node);
  return kind === nodeKind.blockMap || kind === nodeKind.blockSequence;
}

/** A block collection becomes a value on the line of its key: `key: []`. The comments between the two stay behind it. */
function replaceBlock({ tape, text }: Target, node: number, key: number | undefined, by: string): Change | undefined {
  // What `? key` is followed by may stand beside its mapping.
  if (/(?:^|\s)\?\s/.test(text.slice(startOf(tape, node), endOf(tape, node)))) return undefined;
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
  if (entry.key !== undefined && !lacksColon && !/^[ \t]*:/.test(text.slice(endOf(tape, entry.key), offset))) return undefined;
  // Without a colon this is `? key`, or a key alone in a flow map.
  if (lacksColon && (kindOf(tape, parent) === nodeKind.blockMap || kindOf(tape, entry.key ?? 0) === nodeKind.empty)) return undefined;
  if (kindOf(tape, parent) === nodeKind.blockSequence && !text.slice(0, offset).trimEnd().endsWith('-')) return undefined;
  if (!/^[ \t]*(?:[,\]}]|#|\r?\n|$)/.test(text.slice(offset)) || (isFlow(tape, parent) && text.slice(offset, endOf(tape, parent)).includes('#'))) {
    return undefined;
  }
  const isSpaced = offset === 0 || /[\s[{]/.test(text.charAt(offset - 1));
  const before = lacksColon ? ': ' : isSpaced ? '' : ' ';
  const after = text.charAt(offset) === '#' ? ' ' : '';
  return { start: offset, end: offset, text: before + by + after };
}

function remove(file: SourceFile, place: FieldPlace): Change | undefined {
  const target = place.field.length > 0 ? findTarget(file, place) : undefined;
  if (!target) return undefined;
  const { tape, parent, entry } = target;
  if (isNeededElsewhere(tape, entry.key ?? entry.value, nextOf(tape, entry.value))) return undefined;
  const pieces = piecesOf(tape, target.text, parent);
  const index = entriesOf(tape, parent).findIndex(({ value }) => value === entry.value);
  if (!pieces?.[index]) return undefined;
  if (isFlow(tape, parent)) return removeFromFlow(pieces, index, endOf(tape, parent) - 1);
  return pieces.length === 1
    ? replaceBlock(target, parent, target.parentKey, isMapNode(tape, parent) ? '{}' : '[]')
    : removeFromBlock(target, pieces, index);
}

/** Whether an alias elsewhere stands for something from node `first` to before `last`. */
function isNeededElsewhere(tape: Tape, first: number, last: number): boolean {
  const isInside = (node: number) => node >= first && node < last;
  return [...(tape.aliases ?? [])].some(([alias, anchored]) => isInside(anchored) && !isInside(alias));
}

/** The comments above the entry stay: they may be about more than it. */
function removeFromBlock({ tape, text, entry }: Target, pieces: readonly Piece[], index: number): Change | undefined {
  const [piece, next] = [pieces[index], pieces[index + 1]];
  if (!piece) return undefined;
  const { content } = piece;
  const end = endOfLine(text, Math.max(endOf(tape, entry.value), content + 1));
  if (wouldGrow(tape, text, (entry.key ?? entry.value) - 4, end)) return undefined;
  if (isLineStart(text, content)) return { start: startOfLine(text, content), end, text: '' };
  // The first entry shares its line with the `-` of an item around it: the next one takes its place.
  if (!next) return undefined;
  if (text.slice(end, next.content).trim() === '') return { start: content, end: next.content, text: '' };
  const afterDash = text.slice(0, content).trimEnd().length;
  return { start: afterDash, end: end - lineBreakBefore(text, end).length, text: '' };
}

/** Whether a block scalar before the removed lines would take the empty lines or the comment behind them for its own. */
function wouldGrow(tape: Tape, text: string, node: number, end: number): boolean {
  if (!isBlockScalar(tape, node)) return false;
  const keepsEmptyLines = /^.{1,2}\+/.test(text.slice(startOf(tape, node), startOf(tape, node) + 3));
  const behind = /^(?:[ \t]*\r?\n)*(?:[ \t]+(?:#|$))?/.exec(text.slice(end))?.[0] ?? '';
  return /[ \t]/.test(behind) || (keepsEmptyLines && behind !== '');
}

/** An entry between brackets goes with the comma before it, the first one with the comma after it. */
function removeFromFlow(pieces: readonly Piece[], index: number, closing: number): Change | undefined {
  const [before, piece, next] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  if (!piece) return undefined;
  if (before) return { start: before.end, end: piece.end, text: '' };
  return { start: piece.start, end: next?.start ?? closing, text: '' };
}
