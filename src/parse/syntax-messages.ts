import type { YAMLError } from 'yaml';
import type { SyntaxProblem } from '../core/document.ts';

/** The message of the `yaml` package as one of ours: lower-case, what is wrong, then what was expected. */
export function describeYamlError(text: string, error: YAMLError): SyntaxProblem {
  const start = startOf(text, error);
  const end = Math.min(Math.max(error.pos[1], start), text.length);
  return indentedTooDeep(text, start, error) ?? { message: messageOf(error), start, end };
}

/** The package points at the white space before a key that is out of line. */
function startOf(text: string, { code, pos: [start] }: YAMLError): number {
  const white = code === 'BAD_INDENT' ? (/^\s*(?=\S)/.exec(text.slice(start))?.[0].length ?? 0) : 0;
  return Math.min(start + white, text.length);
}

/** A key below a value and deeper than its key: for the package a second colon of the line before. */
function indentedTooDeep(text: string, valueStart: number, error: YAMLError): SyntaxProblem | undefined {
  const isNested = error.code === 'BLOCK_AS_IMPLICIT_KEY' && error.message.startsWith('Nested mappings');
  if (!isNested || /^["'[{]|^.*:(?:[ \t\r]|$)/m.exec(text.slice(valueStart))?.index === 0) return undefined;
  const value = /^.*\n(?:.*\n)*?([ \t]*)(?=.*:(?:\s|$))/.exec(text.slice(valueStart));
  if (!value) return undefined;
  const start = valueStart + value[0].length;
  return { message: 'the indentation of this key fits no mapping around it: expected the column of its siblings', start, end: start + 1 };
}

const messages: Partial<Record<YAMLError['code'], string>> = {
  ALIAS_PROPS: 'an alias has an anchor or a tag: remove it, an alias may have neither',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins no escape that YAML knows: double the backslash or use single quotes',
  BAD_PROP_ORDER: 'an anchor or tag stands before the indicator: put it after the indicator',
  BLOCK_IN_FLOW: 'a block collection stands inside a flow collection: expected a comma or the closing bracket',
  KEY_OVER_1024_CHARS: 'a key is longer than 1024 characters: expected the colon earlier, or "? " before the key',
  MULTIPLE_ANCHORS: 'a node has two anchors: expected at most one',
  MULTIPLE_TAGS: 'a node has two tags: expected at most one',
  RESOURCE_EXHAUSTION: 'nested too deep: flatten the document',
  TAB_AS_INDENT: 'a tab is used as indentation: expected spaces',
};

/** Where one code stands for several mistakes, the beginning of the package's message tells them apart. */
const messagesByText: readonly (readonly [string, string])[] = [
  ['All mapping items must start at the same column', 'the indentation of this key fits no mapping around it: expected the column of its siblings'],
  [
    'All sequence items must start at the same column',
    'the indentation of this item fits no sequence around it: expected the column of its siblings',
  ],
  ['Sequence item without - indicator', 'this line is part of a sequence but no item: expected "- " or another indentation'],
  [
    'Nested mappings are not allowed in compact mappings',
    'a second colon on the line of a key: expected the value in quotes, or a nested key on the next line',
  ],
  ['A block sequence may not be used as an implicit map key', 'a sequence stands where a key is expected: check the indentation'],
  ['Unexpected block-seq-ind on same line with key', 'a sequence begins on the line of its key: expected "- " on the next line'],
  ['Implicit map keys need to be followed by map values', 'this line is no "key: value": expected a colon and a space after the key'],
  ['Implicit keys', 'this line is no "key: value", and the next one goes on with it: expected a colon and a space after the key'],
  ['Missing closing "quote', 'a double quote is not closed: expected "'],
  ["Missing closing 'quote", "a single quote is not closed: expected '"],
  ['Comments must be separated from other tokens', 'a comment follows without a space: expected a space before "#"'],
  ['Tags and anchors must be separated', 'a tag or anchor is not followed by a space: expected a space'],
  ['Missing directives-end', 'a directive is not followed by a document: expected "---"'],
  ['Missing newline after block sequence props', 'a sequence begins on the line of its tag or anchor: expected "- " on the next line'],
  ['Block collection cannot start on same line', 'a mapping or sequence begins on the line of "---": expected it on the next line'],
  [
    'Block scalars with more-indented leading empty lines',
    'the first lines of a block scalar are empty but indented deeper than its text: expected an indentation indicator such as "|2"',
  ],
  ['Block scalar values in collections must be indented', 'a block scalar is not indented: expected its lines deeper than the key'],
  ['Block scalar lines must not be less indented', 'a line of a block scalar is indented less than its first line: expected the same indentation'],
  [
    'Block scalar header includes extra characters',
    'something other than an indentation or chomping indicator follows "|" or ">": expected the end of the line',
  ],
  ['Anchor cannot be an empty string', 'an anchor has no name: expected a name after "&"'],
  ['Alias cannot be an empty string', 'an alias has no name: expected a name after "*"'],
  ['Unexpected flow-seq-end', 'a "]" closes nothing: expected no bracket, or quotes around the value'],
  ['Unexpected flow-map-end', 'a "}" closes nothing: expected no bracket, or quotes around the value'],
  ['Unexpected doc-end', '"..." without a document before it: remove it'],
];

function messageOf(error: YAMLError): string {
  const text = error.message;
  const flow = /^(Flow \w+|.* between flow \w+ items|Missing space after : in flow \w+|Unexpected .* in flow \w+)/.exec(text);
  if (flow) return flowMessage(text);
  const plain = /^Plain value cannot start with (.*)/.exec(text);
  if (plain) return `a value without quotes starts with ${quoteSign(plain[1] ?? '')}: expected quotes around the value`;
  if (/^Unexpected .* (?:token|at node end)$/.test(text)) return 'text follows after the end of a value: expected a line break or a comment';
  const known = messagesByText.find(([start]) => text.startsWith(start))?.[1] ?? messages[error.code];
  return known ?? text.charAt(0).toLowerCase() + text.slice(1);
}

function flowMessage(text: string): string {
  const close = text.includes('flow map') || text.startsWith('Flow map') ? '}' : ']';
  if (text.startsWith('Flow ')) return `a bracket is not closed, or its lines are indented too little: expected "${close}"`;
  if (text.startsWith('Missing space after :')) return 'a colon is not followed by a space: expected ": "';
  if (text.startsWith('Missing , or :')) return `two values follow each other: expected a comma, a colon or "${close}"`;
  if (text.startsWith('Missing ,')) return `two items follow each other: expected a comma or "${close}"`;
  return `an item is missing before the comma: expected a value or "${close}"`;
}

/** `reserved character @` as `"@"`. */
function quoteSign(words: string): string {
  return words === 'a tab character' ? 'a tab' : `"${words.slice(-1)}"`;
}
