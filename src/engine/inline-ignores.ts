import type { SourceFile } from '../core/document.ts';
import type { TextPlace } from '../core/place.ts';

/** As in `secrets/known-token#3f2a`. */
export interface IgnoredRule {
  /** The id of a rule, or a pattern such as `secrets/*`. */
  readonly pattern: string;
  /** Of a secret, the value that is ignored. */
  readonly digest?: string;
}

/** A comment that asks for silence. */
export interface InlineIgnore {
  readonly at: TextPlace;
  readonly rules: readonly IgnoredRule[];
  /** Empty where the comment gives none. */
  readonly reason: string;
  /** The lines that it is for, from 1; absent: the whole file. */
  readonly lines?: readonly number[];
  /** Another tool's comment for the same concept: it needs no reason, and may be there for that tool alone. */
  readonly isForeign: boolean;
}

/**
 * The comments of a file that suppress findings: `gitops-lint: ignore[rule-id, …] reason` for its own line or, on a line
 * of its own, for the next line that is no comment, with the block scalar that begins there, because no comment can stand in it;
 * `gitops-lint: ignore-file[…] reason` before the first line of content; and of other tools `gitleaks:allow` and
 * `yamllint disable-line`.
 */
export function findInlineIgnores({ path, text }: Pick<SourceFile, 'path' | 'text'>): readonly InlineIgnore[] {
  const markers = commentMarkers(path);
  if (markers.length === 0) return [];
  const ignores: InlineIgnore[] = [];
  const isAtTop = topOfFile(text, markers);
  const indents = lineIndents(text);
  for (const word of ['gitops-lint: ignore', 'gitleaks:allow', 'yamllint disable-line'] as const) {
    let line = 1;
    let counted = 0;
    for (let found = text.indexOf(word); found >= 0; found = text.indexOf(word, counted)) {
      line += countLineBreaks(text, counted, found);
      const end = lineEnd(text, found);
      const ignore = readIgnore({
        path,
        text,
        markers,
        isAtTop,
        start: text.lastIndexOf('\n', found) + 1,
        found: text.lastIndexOf(word, end),
        end,
        line,
        indents,
      });
      if (ignore) ignores.push(ignore);
      counted = end;
    }
  }
  return ignores;
}

/** JSON has no comments. Only HCL takes two slashes for one. */
function commentMarkers(path: string): readonly string[] {
  if (path.endsWith('.json')) return [];
  return /\.(tf|tfvars|hcl)$/.test(path) ? ['#', '//'] : ['#'];
}

/** A line that has the word of a directive: offsets of the line and of the word, and the line's number from 1. */
interface Candidate {
  readonly path: string;
  readonly text: string;
  readonly markers: readonly string[];
  readonly isAtTop: (offset: number) => boolean;
  readonly start: number;
  readonly found: number;
  readonly end: number;
  readonly line: number;
  readonly indents: () => readonly number[];
}

function readIgnore(candidate: Candidate): InlineIgnore | undefined {
  const { path, text, markers, isAtTop, start, found, end, line } = candidate;
  const before = text.slice(start, found).trimEnd();
  const marker = markers.find(marker => before.endsWith(marker));
  if (marker === undefined) return undefined;
  const content = before.slice(0, -marker.length);
  if (content !== '' && !/\s$/.test(content)) return undefined;
  const directive = readDirective(text.slice(found, end).trimEnd());
  if (!directive) return undefined;
  const { rules, reason, isForeign, isWholeFile } = directive;
  if (isWholeFile && !isAtTop(start)) return undefined;
  const at = { path, start: start + content.length, end: found + directive.length };
  const lines = content.trim() === '' ? [line, ...nextContentLines(candidate)] : [line, ...blockScalarLines(candidate, content, line)];
  return { at, rules, reason, isForeign, ...(!isWholeFile && { lines }) };
}

/** Rules of yamllint that judge what our `format` rules judge. */
const yamllintFormat = /\brule:(braces|brackets|colons|commas|empty-lines|hyphens|indentation|new-line|new-lines|quoted-strings|trailing-spaces)/;

function readDirective(comment: string) {
  const own = /^gitops-lint: (ignore|ignore-file)\[([^\]]*)\](.*)$/.exec(comment);
  const [, kind, list = '', reason = ''] = own ?? [];
  if (own) {
    const rules = list.split(',').map(rule => readRule(rule.trim()));
    return { rules, reason: reason.trim(), isForeign: false, isWholeFile: kind === 'ignore-file', length: comment.length };
  }
  const foreign = { isForeign: true, isWholeFile: false };
  if (comment.startsWith('gitleaks:allow'))
    return { ...foreign, rules: [{ pattern: 'secrets/*' }], reason: 'gitleaks:allow', length: 'gitleaks:allow'.length };
  if (!comment.startsWith('yamllint') || (comment.includes('rule:') && !yamllintFormat.test(comment))) return undefined;
  return { ...foreign, rules: [{ pattern: 'format/*' }], reason: 'yamllint disable-line', length: comment.length };
}

function readRule(written: string): IgnoredRule {
  const hash = written.indexOf('#');
  return hash < 0 ? { pattern: written } : { pattern: written.slice(0, hash), digest: written.slice(hash + 1) };
}

/** Tells whether only comments, directives, document markers and blank lines stand before an offset. */
function topOfFile(text: string, markers: readonly string[]): (offset: number) => boolean {
  let content: number | undefined;
  return offset => {
    content ??= startOfContent(text, markers);
    return offset <= content;
  };
}

function startOfContent(text: string, markers: readonly string[]): number {
  let start = 0;
  while (start < text.length) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    if (!/^\uFEFF?\s*(---\s*|%.*)?$/.test(line) && !isComment(line, markers)) return start;
    start = end + 1;
  }
  return start;
}

/** Nobody stacks more comments on a line; a file may hold a hundred thousand of them all the same. */
const maximumStack = 10;

function nextContentLines(candidate: Candidate): readonly number[] {
  const { text, markers, end, line } = candidate;
  let start = end + 1;
  for (let next = line + 1; next <= line + maximumStack; next++) {
    const nextEnd = lineEnd(text, start);
    const content = text.slice(start, nextEnd);
    if (!isComment(content, markers)) return [next, ...blockScalarLines(candidate, content, next)];
    start = nextEnd + 1;
  }
  return [line + 1];
}

/** A longer block scalar is data, and nobody writes a comment for it. */
const maximumBlock = 300;

/** The lines of the block scalar that begins on a line: those that are indented further. */
function blockScalarLines({ indents }: Candidate, content: string, line: number): readonly number[] {
  if (!/(?:^|[\s:-])[|>][-+0-9]{0,2}(?:\s+#.*)?\s*$/.test(content.slice(-200))) return [];
  const all = indents();
  const indent = all[line - 1] ?? 0;
  const lines: number[] = [];
  for (let next = line + 1; next <= all.length && lines.length < maximumBlock && (all[next - 1] ?? 0) > indent; next++) lines.push(next);
  return lines;
}

/** How far each line is indented, worked out when the first block scalar asks; an empty one belongs to what is around it. */
function lineIndents(text: string): () => readonly number[] {
  let indents: readonly number[] | undefined;
  return () => {
    indents ??= text.split('\n').map(line => (line.trim() === '' ? Number.POSITIVE_INFINITY : line.length - line.trimStart().length));
    return indents;
  };
}

function isComment(line: string, markers: readonly string[]): boolean {
  const content = line.trimStart();
  return markers.some(marker => content.startsWith(marker));
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function countLineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let found = text.indexOf('\n', from); found >= 0 && found < to; found = text.indexOf('\n', found + 1)) count++;
  return count;
}
