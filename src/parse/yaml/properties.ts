import { nodeKind } from '../../core/document.ts';
import { scalarText } from '../../core/scalar-text.ts';
import { maxAliasedNodes } from '../parsed-text.ts';
import { ampersand, asterisk, exclamationMark, isFlowIndicator, isWhite } from './characters.ts';
import { skipSpaces } from './layout.ts';
import { type Anchor, addLeaf, refuse, type Scanner } from './scanner.ts';

/** What stands before a node: `&anchor` and `!tag`, in any order. */
export interface Properties {
  readonly anchor?: string;
  readonly tag?: string;
}

/** Reads the anchor and the tag that begin here and goes to what follows on the line. */
export function readProperties(scanner: Scanner): Properties {
  const { text } = scanner;
  let anchor: string | undefined;
  let tag: string | undefined;
  let code = text.charCodeAt(scanner.position);
  while (code === ampersand || code === exclamationMark) {
    if (code === ampersand) {
      if (anchor !== undefined) refuse(scanner, 'a node has two anchors: expected at most one');
      anchor = readName(scanner);
    } else {
      if (tag !== undefined) refuse(scanner, 'a node has two tags: expected at most one');
      tag = readTag(scanner);
    }
    if (!isWhite(text.charCodeAt(scanner.position))) refuse(scanner, 'a tag or anchor is not followed by a space: expected a space');
    code = skipSpaces(scanner);
  }
  if (code === asterisk) refuse(scanner, 'an alias has an anchor or a tag: remove it, an alias may have neither');
  return { ...(anchor !== undefined && { anchor }), ...(tag !== undefined && { tag }) };
}

/** The name after `&` or `*`. */
function readName(scanner: Scanner): string {
  const { text } = scanner;
  const start = scanner.position + 1;
  let end = start;
  for (let code = text.charCodeAt(end); !isWhite(code) && !isFlowIndicator(code); code = text.charCodeAt(end)) end++;
  if (end === start) refuse(scanner, 'an anchor or alias has no name: expected a name after "&" or "*"');
  scanner.position = end;
  return text.slice(start, end);
}

const plainTag = /!(?:!(?:str|map|seq)|[\w./:-]*)(?![^\s])/y;

/** Local tags, and those of the core schema that change no value of ours. */
function readTag(scanner: Scanner): string {
  plainTag.lastIndex = scanner.position;
  const tag = plainTag.exec(scanner.text)?.[0];
  if (tag === undefined) return refuse(scanner, 'a tag that is not known stands before a value');
  scanner.position += tag.length;
  return tag;
}

/**
 * Reads a node that has properties. `read` reads what stands behind them. A scalar with a tag is
 * a string, a collection keeps its data: what a tag such as `!Ref` means is for others to know.
 */
export function readTagged(scanner: Scanner, { anchor, tag }: Properties, read: () => unknown): unknown {
  const node = scanner.used;
  const aliasedBefore = scanner.aliasedNodes;
  const anchored: Anchor = { node, value: undefined, size: 0 };
  if (anchor !== undefined) scanner.anchors.set(anchor, anchored);
  const value = read();
  anchored.value = tag === undefined ? value : applyTag(scanner, tag, node, value);
  anchored.size = (scanner.used - node) / 4 + scanner.aliasedNodes - aliasedBefore;
  return anchored.value;
}

function applyTag(scanner: Scanner, tag: string, node: number, value: unknown): unknown {
  const { cells, text } = scanner;
  const kind = cells[node];
  const isMap = kind === nodeKind.blockMap || kind === nodeKind.flowMap;
  const isSequence = kind === nodeKind.blockSequence || kind === nodeKind.flowSequence;
  const ownTag = isMap ? '!!map' : isSequence ? '!!seq' : '!!str';
  if (tag.startsWith('!!') && tag !== ownTag) refuse(scanner, 'a tag stands before a value that is not of its kind');
  if (kind === nodeKind.empty) return '';
  return kind === nodeKind.plain ? scalarText(text.slice(cells[node + 1], cells[node + 2]), kind) : value;
}

/** Reads `*name` and gives the value of the last anchor of that name: collections are shared, not copied. */
export function readAlias(scanner: Scanner): unknown {
  const start = scanner.position;
  const anchor = scanner.anchors.get(readName(scanner));
  if (!anchor || anchor.size === 0)
    return refuse(scanner, 'an alias has no anchor before it: expected "&" and its name on an earlier value, or quotes around the value');
  scanner.aliasedNodes += anchor.size;
  if (scanner.aliasedNodes > maxAliasedNodes) refuse(scanner, 'the aliases stand for too many values');
  scanner.aliases.set(scanner.used, anchor.node);
  addLeaf(scanner, nodeKind.alias, start, scanner.position);
  return anchor.value;
}
