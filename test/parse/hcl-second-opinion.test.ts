import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { isMapNode, isSequenceNode, startOf, walkTape } from '../../src/core/tape.ts';
import { parseHcl } from '../../src/parse/parse-hcl.ts';
import { createRandom, pick, type Random } from '../tools/random.ts';

const { resolve } = createRequire(import.meta.url);
await Parser.init({ wasmBinary: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')) });
const parser = new Parser();
parser.setLanguage(await Language.load(readFileSync(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm'))));

test('Tree-sitter sees the same attributes, blocks and elements in the same places', () => {
  for (let seed = 0; seed < 400; seed++) {
    const text = generateBody(createRandom(seed), 3);
    const tree = parser.parse(text);
    if (!tree) throw new Error('Tree-sitter gives no tree');
    expect(tree.rootNode.hasError, text).toBe(false);
    const { documents, problems } = parseHcl('main.tf', text);
    expect(problems, text).toEqual([]);
    expect(placesOf(documents[0], text), text).toEqual(entriesBelow(tree.rootNode).sort((a, b) => a - b));
    tree.delete();
  }
});

/** Where the values of attributes and elements begin, and blocks their bodies. */
function placesOf(document: ReturnType<typeof parseHcl>['documents'][number] | undefined, text: string): number[] {
  const places: number[] = [];
  if (!document) return places;
  const { tape } = document;
  walkTape(tape, text, (node, _, key) => {
    // What groups blocks begins with a label or a body that stands there once more.
    const isGroup = isSequenceNode(tape, node)
      ? text.charAt(startOf(tape, node)) !== '['
      : isMapNode(tape, node) && text.charAt(startOf(tape, node)) !== '{';
    if (!isGroup && (key !== undefined || isMapNode(tape, node))) places.push(startOf(tape, node));
  });
  return [...new Set(places)].sort((a, b) => a - b);
}

function entriesBelow(node: Node): number[] {
  if (node.type === 'block') {
    const opening = node.children.find(child => child?.type === 'block_start');
    return [...(opening ? [opening.startIndex] : []), ...childrenBelow(node)];
  }
  if (node.type === 'attribute' || node.type === 'object_elem') {
    const value = node.lastChild;
    return value ? [...new Set([value.startIndex, ...literalsBelow(value)])] : [];
  }
  return childrenBelow(node);
}

function childrenBelow(node: Node): number[] {
  return node.children.flatMap(child => (child ? entriesBelow(child) : []));
}

/** The elements of objects that are written out; those in expressions are part of them. */
function literalsBelow(expression: Node): number[] {
  const [child] = expression.children;
  if (expression.type !== 'expression' || child?.type !== 'collection_value') return [];
  const [collection] = child.children;
  if (collection?.type === 'object') return [collection.startIndex, ...childrenBelow(collection)];
  return collection?.children.flatMap(item => (item ? literalsBelow(item) : [])) ?? [];
}

function generateBody(random: Random, depth: number): string {
  let body = '';
  for (let count = random(5); count > 0; count--) body += generateEntry(random, depth, count);
  return body;
}

function generateEntry(random: Random, depth: number, number: number): string {
  const name = `${pick(random, ['password', 'name', 'a-b', 'x_1'])}${number}`;
  if (depth > 0 && random(3) === 0)
    return `${name} ${pick(random, ['', '"l" ', '"l" "m" ', 'l '])}{${pick(random, ['\n', ' # c\n'])}${generateBody(random, depth - 1)}}\n`;
  return `${name}${pick(random, [' = ', '=', '   =\t'])}${generateValue(random, depth)}${pick(random, ['\n', ' # c\n', ' // "d\n', '\r\n', '\n\n'])}`;
}

/** With commas, because Tree-sitter takes a name and parentheses in the next line for a call. */
function generateValue(random: Random, depth: number): string {
  if (depth > 0 && random(4) === 0)
    return `[${pick(random, ['', '\n'])}${Array.from({ length: random(3) }, () => generateValue(random, depth - 1)).join(', ')}]`;
  if (depth > 0 && random(3) === 0) {
    const keyNumber = (index: number) => pick(random, [`k${index}`, `"q r${index}"`, `(v.w${index})`]);
    const elements = Array.from(
      { length: 1 + random(3) },
      (_, index) => `${keyNumber(index)}${pick(random, [' = ', ' : '])}${generateValue(random, depth - 1)}`,
    );
    return `{\n${elements.join(',\n')}\n}`;
  }
  return pick(random, [
    '"x"',
    '""',
    '"a\\"b"',
    '"${var.c}-{"',
    '"$${d"',
    '1',
    '-2.5',
    'true',
    'null',
    'var.e',
    'f("g", [h])',
    'i ? "j" : "k"',
    '[for l in m : l]',
    '"n" == o',
    '(p)',
  ]);
}
