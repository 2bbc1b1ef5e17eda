import type { Alias, Node, Pair, ParsedNode, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { nodeKind, type SyntaxProblem, type Tape } from '../core/document.ts';
import { maxAliasedNodes } from './parsed-text.ts';
import { yaml } from './yaml-package.ts';

/**
 * The tape of a document of the `yaml` package, or why its aliases cannot be followed:
 * no such anchor, a node inside itself, a merge of what is no mapping, or too much data.
 */
export function tapeOf(contents: ParsedNode): Tape | SyntaxProblem {
  const builder: Builder = { cells: [], aliases: new Map(), anchors: new Map(), anchorCount: 0, aliasedNodes: 0 };
  add(builder, contents);
  const { cells, aliases, problem } = builder;
  return problem ?? { cells: Int32Array.from(cells), root: 0, ...(aliases.size > 0 && { aliases }) };
}

interface Builder {
  readonly cells: number[];
  readonly aliases: Map<number, number>;
  readonly anchors: Map<string, Anchored>;
  anchorCount: number;
  /** How many nodes the aliases so far stand for. */
  aliasedNodes: number;
  problem?: SyntaxProblem;
}

/** What is known of an anchored node; `size` counts its nodes, aliases replaced, and is absent while the node is open. */
interface Anchored {
  readonly node: Node;
  readonly index: number;
  size?: number;
}

/** Puts a node and all it holds on the tape and gives the number of nodes it stands for. */
function add(builder: Builder, node: Node): number {
  const { cells } = builder;
  const index = cells.length;
  const [start, end] = node.range ?? [0, 0];
  const kind = kindOfNode(node);
  cells.push(kind, start, end, 0);
  const anchored = registerAnchor(builder, node, index);
  const size = yaml().isAlias(node) ? addAlias(builder, node, index) : 1 + (yaml().isCollection(node) ? addItems(builder, node) : 0);
  if (kind === nodeKind.blockMap || kind === nodeKind.blockSequence) cells[index + 2] = endOfLastChild(cells, index);
  cells[index + 3] = cells.length;
  if (anchored) anchored.size = size;
  return size;
}

const scalarKinds: ReadonlyMap<string | undefined, number> = new Map([
  ['QUOTE_SINGLE', nodeKind.singleQuoted],
  ['QUOTE_DOUBLE', nodeKind.doubleQuoted],
  ['BLOCK_LITERAL', nodeKind.literal],
  ['BLOCK_FOLDED', nodeKind.folded],
]);

function kindOfNode(node: Node): number {
  if (yaml().isAlias(node)) return nodeKind.alias;
  if (yaml().isMap(node)) return node.flow ? nodeKind.flowMap : nodeKind.blockMap;
  if (yaml().isSeq(node)) return node.flow ? nodeKind.flowSequence : nodeKind.blockSequence;
  const [start, end] = node.range ?? [0, 0];
  return start === end ? nodeKind.empty : (scalarKinds.get((node as Scalar).type) ?? nodeKind.plain);
}

function registerAnchor(builder: Builder, node: Node, index: number): Anchored | undefined {
  if (!('anchor' in node) || typeof node.anchor !== 'string') return undefined;
  const anchored = { node, index };
  builder.anchors.set(node.anchor, anchored);
  builder.anchorCount++;
  return anchored;
}

/** The `yaml` package compares every alias with every anchor before it. */
const maxAliasComparisons = 50_000_000;

function addAlias(builder: Builder, alias: Alias, index: number): number {
  const { aliases, anchors, anchorCount } = builder;
  const target = anchors.get(alias.source);
  if (!target)
    return refuse(builder, 'an alias has no anchor before it: expected "&" and its name on an earlier value, or quotes around the value', alias);
  if (target.size === undefined) return refuse(builder, 'an alias stands inside the value that it refers to: move it out', alias);
  aliases.set(index, target.index);
  if (aliases.size * (aliases.size + anchorCount) > maxAliasComparisons) return refuse(builder, 'the document has too many aliases: split it', alias);
  builder.aliasedNodes += target.size;
  if (builder.aliasedNodes > maxAliasedNodes)
    return refuse(builder, `the aliases stand for more than ${maxAliasedNodes} values: write fewer of them`, alias);
  return target.size;
}

function addItems(builder: Builder, collection: YAMLMap | YAMLSeq): number {
  let size = 0;
  for (const item of collection.items) {
    if (builder.problem) return size;
    // The items of `!!omap` and `!!pairs` are pairs without a mapping around them.
    size += yaml().isPair<Node, Node | null>(item) ? addPair(builder, item) : add(builder, item as Node);
  }
  return size;
}

function addPair(builder: Builder, { key, value }: Pair<Node, Node | null>): number {
  if (isMergeKey(key) && value && !isMergeSource(builder, value)) {
    return refuse(builder, 'the merge key "<<" has no mapping: expected an alias of a mapping, or a list of them', value);
  }
  const size = add(builder, key);
  if (value) return size + add(builder, value);
  const { cells } = builder;
  const end = key.range?.[1] ?? 0;
  cells.push(nodeKind.empty, end, end, cells.length + 4);
  return size + 1;
}

/** The package reads a plain `<<` in the place of a key as a symbol. */
function isMergeKey(key: Node): boolean {
  return yaml().isScalar(key) && typeof key.value === 'symbol';
}

function isMergeSource(builder: Builder, value: Node): boolean {
  const source = follow(builder, value);
  return yaml().isSeq<Node>(source) ? source.items.every(item => yaml().isMap(follow(builder, item))) : yaml().isMap(source);
}

function follow({ anchors }: Builder, node: Node): Node {
  return yaml().isAlias(node) ? (anchors.get(node.source)?.node ?? node) : node;
}

function endOfLastChild(cells: readonly number[], index: number): number {
  let end = 0;
  for (let child = index + 4; child < cells.length; child = cells[child + 3] ?? cells.length) end = cells[child + 2] ?? 0;
  return end;
}

function refuse(builder: Builder, message: string, node: Node): number {
  const [start, end] = node.range ?? [0, 0];
  builder.problem ??= { message, start, end };
  return 1;
}
