/** The kind of template a text is, and the action that shows it. */
export interface TemplateAction {
  readonly kind: 'go' | 'jinja' | 'other';
  /** The beginning of the action, as in `{{- if`. */
  readonly action: string;
  /** Its line, from 1. */
  readonly line: number;
}

/**
 * The first action of a Go, Jinja or other template that stands where YAML has a key, a value or an item of its own,
 * so that the text is no YAML until it is rendered. `{{ … }}` inside quotes, block scalars, comments and
 * longer plain scalars is text like any other: Argo CD, Ansible and workflow files are full of it.
 */
export function findTemplateAction(text: string): TemplateAction | undefined {
  if (!mayHoldAction(text)) return undefined;
  let lineNumber = 0;
  /** The indentation that lines of the current block scalar exceed; -1 outside. */
  let blockParent = -1;
  /** The quote that is open at the start of the line. */
  let openQuote = '';
  /** The indentation that the next lines of a plain scalar exceed; -1 where none can go on. */
  let plainParent = -1;
  for (let start = 0; start < text.length; ) {
    lineNumber++;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const lineStart = start;
    start = end + 1;
    let first = lineStart;
    while (first < end && text.charCodeAt(first) === 32) first++;
    if (first === end || text.charCodeAt(first) === 13) continue;
    const indentation = first - lineStart;
    if (openQuote !== '') {
      if (closesQuote(text, first, end, openQuote)) openQuote = '';
      continue;
    }
    if (blockParent >= 0) {
      if (indentation > blockParent) continue;
      blockParent = -1;
    }
    if (text.charCodeAt(first) === 35) continue;
    // Items: the column of what follows "- " is the parent of what hangs below it.
    let content = first;
    while (text.charCodeAt(content) === 45 && text.charCodeAt(content + 1) === 32) {
      content += 2;
      while (text.charCodeAt(content) === 32) content++;
    }
    const goesOn = plainParent >= 0 && indentation > plainParent && content === first;
    if (!goesOn) {
      const colon = endOfKey(text, content, end);
      let value = colon < 0 ? content : colon;
      value = skipProperties(text, value, end);
      for (const at of value === content ? [content] : [content, value]) {
        const action = actionAt(text, at, end);
        if (action) return { ...action, line: lineNumber };
      }
      const column = content - lineStart;
      const parent = colon < 0 ? (content === first ? indentation - 1 : indentation) : column;
      plainParent = -1;
      const code = text.charCodeAt(value);
      if (code === 124 || code === 62) blockParent = isBlockHeader(text, value, end) ? Math.max(parent, 0) : -1;
      else if (code === 34 || code === 39) openQuote = closesQuote(text, value + 1, end, text.charAt(value)) ? '' : text.charAt(value);
      else if (value < end && code !== 35 && code !== 91 && code !== 123) plainParent = Math.max(parent, 0);
    }
  }
  return undefined;
}

/**
 * Whether some action stands first on its line or right after a key or a dash: searches for rare
 * characters that settle nearly every file without looking at its lines.
 */
function mayHoldAction(text: string): boolean {
  return openers.some(opener => mayHold(text, opener)) || mayHoldPlaceholder(text);
}

const openers = ['{{', '{%', '%{'];

function mayHold(text: string, opener: string): boolean {
  for (let at = text.indexOf(opener); at >= 0; at = text.indexOf(opener, at + 2)) {
    let before = at - 1;
    while (text.charCodeAt(before) === 32) before--;
    const code = text.charCodeAt(before);
    if (before < 0 || code === 10 || ((code === 58 || code === 45) && before < at - 1)) return true;
    // A tag or an anchor may stand between the key and the action.
    if (before < at - 1 && /: +[!&]\S* *$/.test(text.slice(Math.max(0, at - 80), at))) return true;
  }
  return false;
}

function mayHoldPlaceholder(text: string): boolean {
  for (let at = text.indexOf('>\n'); at > 0; at = text.indexOf('>\n', at + 2)) {
    const code = text.charCodeAt(at - 1);
    if ((code >= 65 && code <= 90) || (code >= 48 && code <= 57)) return true;
  }
  return false;
}

const goWords =
  /^\{\{-?\s*(?:\/\*|[.$("`\d]|if\b|else\b|end\b|range\b|with\b|template\b|include\b|define\b|block\b|toYaml\b|tpl\b|fromYaml\b|printf\b|required\b|default\b|quote\b)/;

function actionAt(text: string, at: number, end: number): Omit<TemplateAction, 'line'> | undefined {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case 123: // {
      if (next === 123) {
        const action = text.slice(at, Math.min(end, at + 24));
        return { action, kind: goWords.test(action) ? 'go' : 'jinja' };
      }
      return next === 37 ? { action: text.slice(at, Math.min(end, at + 24)), kind: 'jinja' } : undefined;
    case 37: // %
      return next === 123 ? { action: text.slice(at, Math.min(end, at + 24)), kind: 'other' } : undefined;
    case 60: {
      // A line that is one placeholder, as in <CERTIFICATE_ANNOTATION>, becomes other lines.
      if (text.charCodeAt(at - 1) !== 32 && text.charCodeAt(at - 1) !== 10) return undefined;
      const [placeholder] = /^<[A-Z][A-Z0-9_]*>$/.exec(text.slice(at, end)) ?? [];
      return placeholder !== undefined && isAlone(text, at) ? { action: placeholder, kind: 'other' } : undefined;
    }
    default:
      return undefined;
  }
}

/** Only spaces stand before it on its line. */
function isAlone(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === 32) before--;
  return before < 0 || text.charCodeAt(before) === 10;
}

/** Where the value of `key: value` may begin; -1 where the line has no key. Quoted keys are keys too. */
function endOfKey(text: string, from: number, end: number): number {
  const quote = text.charCodeAt(from);
  let at = from;
  if (quote === 34 || quote === 39) {
    at = text.indexOf(text.charAt(from), from + 1) + 1;
    if (at === 0 || at > end) return -1;
    while (text.charCodeAt(at) === 32) at++;
    return text.charCodeAt(at) === 58 ? at + 1 : -1;
  }
  if (quote === 91 || quote === 123) return -1;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 58 && (at + 1 === end || text.charCodeAt(at + 1) === 32 || text.charCodeAt(at + 1) === 13)) return at + 1;
    if (code === 35 && text.charCodeAt(at - 1) === 32) return -1;
  }
  return -1;
}

/** Past spaces, anchors and tags. */
function skipProperties(text: string, from: number, end: number): number {
  let at = from;
  for (;;) {
    while (at < end && text.charCodeAt(at) === 32) at++;
    const code = text.charCodeAt(at);
    if (at >= end || (code !== 38 && code !== 33)) return at;
    while (at < end && text.charCodeAt(at) !== 32 && text.charCodeAt(at) !== 13) at++;
  }
}

function closesQuote(text: string, from: number, end: number, quote: string): boolean {
  for (let at = from; at < end; at++) {
    if (quote === '"' && text.charCodeAt(at) === 92) at++;
    else if (text.charAt(at) === quote) {
      if (quote === "'" && text.charCodeAt(at + 1) === 39) at++;
      else return true;
    }
  }
  return false;
}

/** `|` or `>` with indicators, then nothing but a comment. */
function isBlockHeader(text: string, from: number, end: number): boolean {
  return /^[|>][-+\d]{0,2}\s*(?:#.*)?$/.test(text.slice(from, end));
}
