import type { YAMLError } from 'yaml';
import type { SyntaxProblem } from '../core/document.ts';

/**
 * The error of the `yaml` package as one of our problems: lower-case, what is wrong, then what was expected.
 * Nothing of the text is quoted but a sign, because what is no YAML can be a secret.
 */
export function describeYamlError(text: string, error: YAMLError): SyntaxProblem {
  const keyStart = startOfDeepKey(text, error);
  if (keyStart !== undefined) return { message: keyOutOfLine, start: keyStart, end: keyStart + 1 };
  const opening = startOfOpenBracket(text, error);
  if (opening !== undefined) return { message: messageOf(error), start: opening, end: opening + 1 };
  const start = startOf(text, error);
  return { message: messageOf(error), start, end: Math.min(Math.max(error.pos[1], start + 1), text.length) };
}

/** The package sees that a bracket is missing where the text goes on without it; the place to mend is where the bracket opens. */
function startOfOpenBracket(text: string, { message, pos: [end] }: YAMLError): number | undefined {
  if (!/^Flow (?:map|sequence) in block collection/.test(message)) return undefined;
  const [open, close] = message.startsWith('Flow map') ? ['{', '}'] : ['[', ']'];
  let closed = 0;
  for (let start = end - 1; start >= 0; start--) {
    if (text[start] === close) closed++;
    else if (text[start] === open && closed-- === 0) return start;
  }
  return undefined;
}

const keyOutOfLine = 'the indentation of this key fits no mapping around it: expected the column of its siblings';

/** A key below a value and deeper than the value's key is for the package a second colon of the line before. */
function startOfDeepKey(text: string, { message, pos: [start] }: YAMLError): number | undefined {
  const [firstLine = '', ...lines] = message.startsWith('Nested mappings') ? text.slice(start, start + 10_000).split('\n') : [];
  if (/^["'[{]|:(?:\s|$)/.test(firstLine)) return undefined;
  let lineStart = start + firstLine.length + 1;
  for (const line of lines) {
    if (/:(?:\s|$)/.test(line)) return lineStart + line.search(/\S/);
    lineStart += line.length + 1;
  }
  return undefined;
}

/** The package points at the white space before a key that is out of line. */
function startOf(text: string, { code, pos: [start] }: YAMLError): number {
  const white = code === 'BAD_INDENT' ? (/^\s*(?=\S)/.exec(text.slice(start))?.[0].length ?? 0) : 0;
  return Math.min(start + white, text.length);
}

/** By what the package's message begins with; `%` stands for the closing bracket. */
const messages: readonly (readonly [RegExp, string])[] = [
  [/^All mapping items/, keyOutOfLine],
  [/^All sequence items/, 'the indentation of this item fits no sequence around it: expected the column of its siblings'],
  [/^Sequence item without -/, 'this line is part of a sequence but no item: expected "- " or another indentation'],
  [/^Nested mappings/, 'a second colon on the line of a key: expected the value in quotes, or a nested key on the next line'],
  [/^A block sequence may not/, 'a sequence stands where a key is expected: check the indentation'],
  [/^Unexpected block-seq-ind/, 'a sequence begins on the line of its key: expected "- " on the next line'],
  [/^Implicit map keys/, 'this line is no "key: value": expected a colon and a space after the key'],
  [/^Implicit keys/, 'this line is no "key: value", and the next one goes on with it: expected a colon and a space after the key'],
  [/^The : indicator must be/, 'a key is longer than 1024 characters: expected the colon earlier, or "? " before the key'],
  [/^Missing closing "/, 'a double quote is not closed: expected "'],
  [/^Missing closing '/, "a single quote is not closed: expected '"],
  [/^Invalid escape/, 'a backslash in double quotes begins no escape that YAML knows: double the backslash or use single quotes'],
  [/^Plain value cannot start with a tab/, 'a value starts with a tab: expected a space'],
  [/^Plain value cannot start with .*(?<sign>\S)$/, 'a value without quotes starts with "%": expected quotes around the value'],
  [/^Comments must be separated/, 'a comment follows without a space: expected a space before "#"'],
  [/^Tags and anchors must be separated/, 'a tag or anchor is not followed by a space: expected a space'],
  [/^Anchors and tags must be after/, 'an anchor or tag stands before the indicator: put it after the indicator'],
  [/^A node can have at most one anchor/, 'a node has two anchors: expected at most one'],
  [/^A node can have at most one tag/, 'a node has two tags: expected at most one'],
  [/^An alias node must not/, 'an alias has an anchor or a tag: remove it, an alias may have neither'],
  [/^Anchor cannot be an empty/, 'an anchor has no name: expected a name after "&"'],
  [/^Alias cannot be an empty/, 'an alias has no name: expected a name after "*"'],
  [
    /^(?:Could not resolve tag|Not a valid tag|Verbatim tags|The .* tag has no suffix)/,
    'a tag cannot be resolved: expected "!name", or a %TAG directive',
  ],
  [/directive should contain|^Unsupported YAML version/, 'a directive is incomplete: expected "%YAML 1.2" or "%TAG", a handle and a prefix'],
  [/^Missing directives-end/, 'a directive is not followed by a document: expected "---"'],
  [/^Missing newline after block sequence props/, 'a sequence begins on the line of its tag or anchor: expected "- " on the next line'],
  [/^Block collection cannot start/, 'a mapping or sequence begins on the line of "---": expected it on the next line'],
  [/^Block collections are not/, 'a block collection stands inside a flow collection: expected a comma or the closing bracket'],
  [
    /^Block scalars with more-indented/,
    'a block scalar begins with empty lines that are indented deeper than its text: expected an indicator such as "|2"',
  ],
  [/^Block scalar values in collections/, 'a block scalar is not indented: expected its lines deeper than the key'],
  [/^Block scalar lines must not/, 'a line of a block scalar is indented less than its first line: expected the same indentation'],
  [/^(?:Block scalar header|Not a YAML token)/, 'text follows after "|" or ">": expected the end of the line'],
  [/^Tabs are not allowed/, 'a tab is used as indentation: expected spaces'],
  [/^Unexpected flow-(?:seq|map)-end/, 'a closing bracket closes nothing: expected no bracket, or quotes around the value'],
  [/^Unexpected doc-end/, '"..." without a document before it: remove it'],
  [/^Unexpected (?:,|empty item) in/, 'an item is missing before the comma: expected a value or "%"'],
  [/^Unexpected .* in YAML (?:stream|document)/, 'this is no part of the document before it: check the indentation, or expected "---"'],
  [/^Unexpected/, 'text follows after the end of a value: expected a line break or a comment'],
  [/^Missing space after :/, 'a colon is not followed by a space: expected ": "'],
  [/^Missing , or :/, 'two values follow each other: expected a comma, a colon or "%"'],
  [/^Missing ,/, 'two items follow each other: expected a comma or "%"'],
  [/^Flow (?:map|sequence)/, 'a bracket is not closed, or its lines are indented too little: expected "%"'],
];

function messageOf({ message: text }: YAMLError): string {
  for (const [pattern, message] of messages) {
    const match = pattern.exec(text);
    if (match) return message.replace('%"', `${match.groups?.sign ?? (/flow map/i.test(text) ? '}' : ']')}"`);
  }
  return 'this is no YAML: check the indentation, the quotes and the brackets';
}
