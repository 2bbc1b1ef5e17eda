/** The kind of template a text is, and the action that shows it. */
export interface TemplateAction {
  readonly kind: 'go' | 'jinja' | 'other';
  /** The beginning of the action, as in `{{- if`. */
  readonly action: string;
  /** Its line, from 1. */
  readonly line: number;
}

/**
 * An action of a Go, Jinja or other template that stands where YAML has a key, a value or an item of its own,
 * so that the text is no YAML until it is rendered. `{{ … }}` inside quotes, block scalars, comments and
 * longer plain scalars is text like any other: Argo CD, Ansible and workflow files are full of it.
 * Searches for rare characters settle nearly every file; lines are looked at around what they find.
 */
export function findTemplateAction(text: string): TemplateAction | undefined {
  const effort = { left: mostCharacters };
  return findOpener(text, '{{', effort) ?? findOpener(text, '{%', effort) ?? findOpener(text, '%{', effort) ?? findPlaceholder(text, effort);
}

/** Looking up from every action to the lines above it is quadratic where somebody wants it to be: after this many it ends, without an answer. */
const mostCharacters = 20_000_000;

interface Effort {
  left: number;
}

function findOpener(text: string, opener: string, effort: Effort): TemplateAction | undefined {
  let blockEnd = 0;
  for (let at = text.indexOf(opener); at >= 0; at = text.indexOf(opener, at + 2)) {
    if (at < blockEnd || !beginsNode(text, at)) continue;
    blockEnd = endOfBlockScalar(text, at, effort);
    if (at < blockEnd || continuesScalar(text, at, effort)) continue;
    if (effort.left <= 0) return undefined;
    const action = text.slice(at, Math.min(endOfLine(text, at), at + 24));
    return { kind: kindOfAction(action), action, line: lineOf(text, at) };
  }
  return undefined;
}

const goWords =
  /^\{\{-?\s*(?:\/\*|[.$("`\d]|if\b|else\b|end\b|range\b|with\b|template\b|include\b|define\b|block\b|toYaml\b|tpl\b|fromYaml\b|printf\b|required\b|default\b|quote\b)/;

function kindOfAction(action: string): TemplateAction['kind'] {
  if (action.startsWith('%')) return 'other';
  return goWords.test(action) ? 'go' : 'jinja';
}

/** A line that is one placeholder, as in `<CERTIFICATE_ANNOTATION>`, becomes other lines. */
function findPlaceholder(text: string, effort: Effort): TemplateAction | undefined {
  for (let end = text.indexOf('>\n'); end > 0; end = text.indexOf('>\n', end + 2)) {
    if (!isPlaceholderCharacter(text.charCodeAt(end - 1))) continue;
    let at = end - 1;
    while (isPlaceholderCharacter(text.charCodeAt(at - 1))) at--;
    if (text.charCodeAt(--at) !== 60 || columnOf(text, at) !== spacesBefore(text, at)) continue;
    if (endOfBlockScalar(text, at, effort) > at || continuesScalar(text, at, effort)) continue;
    if (effort.left <= 0) return undefined;
    return { kind: 'other', action: text.slice(at, end + 1), line: lineOf(text, at) };
  }
  return undefined;
}

/** A–Z, 0–9 and `_`. */
function isPlaceholderCharacter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
}

/** No key with its indentation, tag and anchor is longer. */
const longestStart = 500;

/** Whether a key, a value or an item could begin here: after indentation, dashes, a key, its tag and anchor, and nothing else. */
function beginsNode(text: string, at: number): boolean {
  const spaces = spacesBefore(text, at);
  const before = text.charCodeAt(at - spaces - 1);
  if (at === spaces || before === 10) return true;
  // The most frequent cases: a quote, a dollar sign or a letter stands right before it.
  if (spaces === 0) return false;
  const above = text.slice(Math.max(0, at - longestStart), at);
  const lineBreak = above.lastIndexOf('\n');
  if (lineBreak < 0 && at > longestStart) return false;
  const line = above.slice(lineBreak + 1);
  return /^ *(?:- +)*(?:(?:"[^"]*"|'[^']*'|[^\s"'#{[][^"'#]*): +)?(?:[!&]\S+ +)*$/.test(line) && !/^ *#/.test(line);
}

/** The end of the block scalar that holds the line of an offset, 0 where none does. The lines above with less and less indentation tell. */
function endOfBlockScalar(text: string, at: number, effort: Effort): number {
  let column = columnOf(text, at);
  let indentation = indentationOf(text, at - column);
  for (let start = at - column; start > 0 && indentation > 0 && effort.left > 0; ) {
    const end = start - 1;
    start = startOfLine(text, end);
    effort.left -= end - start + 1;
    column = indentationOf(text, start);
    if (start + column >= end || column >= indentation) continue;
    if (isBlockHeader(text, start, end)) return endOfDeeperLines(text, end + 1, contentColumn(text, start));
    indentation = column;
  }
  return 0;
}

/** Ends with `|` or `>` and indicators after a key, a dash, a tag or an anchor; a comment may follow. */
function isBlockHeader(text: string, start: number, end: number): boolean {
  const line = text.slice(start, end);
  return (line.includes('|') || line.includes('>')) && /(?:[:-]|[!&]\S+) +[|>][-+\d]{0,2}\s*(?:#.*)?$/.test(line) && !/^ *#/.test(line);
}

/** The column of what stands after the dashes of a line. */
function contentColumn(text: string, start: number): number {
  let at = start + indentationOf(text, start);
  const first = at;
  while (text.charCodeAt(at) === 45 && text.charCodeAt(at + 1) === 32) at += 1 + indentationOf(text, at + 1);
  // After a dash alone the text hangs below the dash.
  return (/[|>]/.test(text.charAt(at)) ? first : at) - start;
}

function endOfDeeperLines(text: string, from: number, column: number): number {
  let start = from;
  while (start < text.length) {
    const end = endOfLine(text, start);
    const indentation = indentationOf(text, start);
    if (start + indentation < end && indentation <= column && text.charCodeAt(start + indentation) !== 13) return start;
    start = end + 1;
  }
  return text.length;
}

/** Whether the line above that it hangs below has a value already: then the line goes on with a plain or quoted scalar. */
function continuesScalar(text: string, at: number, effort: Effort): boolean {
  const column = columnOf(text, at);
  if (column !== spacesBefore(text, at)) return false;
  if (isInsideQuotes(text, at, effort)) return true;
  for (let start = at - column; start > 0 && effort.left > 0; ) {
    const end = start - 1;
    start = startOfLine(text, end);
    effort.left -= end - start + 1;
    const line = text.slice(start, end).trimEnd();
    const indentation = indentationOf(text, start);
    if (line === '' || indentation >= column || line.charCodeAt(indentation) === 35) continue;
    if (contentColumn(text, start) >= column) return false;
    return !/(?::|-|^---)(?: +[!&]\S+)?(?: +#.*)?$/.test(line) && !/^ *(?:- +)*(?:[^\s"'#][^"'#]*: +)?\{[{%]/.test(line);
  }
  return false;
}

/** Nobody quotes a text of more lines than this without a block scalar. */
const mostQuotedLines = 20;

/** Whether a quote that begins a value on one of the lines above is still open, however the line is indented. */
function isInsideQuotes(text: string, at: number, effort: Effort): boolean {
  let start = startOfLine(text, at);
  for (let lines = 0; start > 0 && lines < mostQuotedLines && effort.left > 0; lines++) {
    const end = start - 1;
    start = startOfLine(text, end);
    effort.left -= at - start;
    const [opening = '', quote] = /^ *(?:- +)*(?:[^\s"'#][^"'#]*: +)?(["'])/.exec(text.slice(start, end)) ?? [];
    if (quote !== undefined)
      return !text
        .slice(start + opening.length, at)
        .replace(quote === "'" ? /''/g : /\\./g, '')
        .includes(quote);
  }
  return false;
}

function startOfLine(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function columnOf(text: string, at: number): number {
  return at - startOfLine(text, at);
}

function spacesBefore(text: string, at: number): number {
  let start = at;
  while (text.charCodeAt(start - 1) === 32) start--;
  return at - start;
}

function indentationOf(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) at++;
  return at - start;
}

function endOfLine(text: string, at: number): number {
  const lineBreak = text.indexOf('\n', at);
  return lineBreak < 0 ? text.length : lineBreak;
}

function lineOf(text: string, at: number): number {
  let line = 1;
  for (let lineBreak = text.indexOf('\n'); lineBreak >= 0 && lineBreak < at; lineBreak = text.indexOf('\n', lineBreak + 1)) line++;
  return line;
}
