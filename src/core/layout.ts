import { isHcl, isTemplatedData, nodeKind, type SourceFile } from './document.ts';
import type { Fix } from './finding.ts';

/** A stretch of text, from `start` to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What the rules of the layout may do with a file. */
export type LayoutCare =
  /** The file is ours to lay out; fixes are of this safety. */
  | { readonly fix: Fix<never>['safety'] }
  /** It cannot be told how the file is laid out. */
  | { readonly skip: string }
  /** Its layout is nobody's business: another language, or another one's work. */
  | undefined;

/**
 * Only YAML is looked at. What a tool writes, or another project, is left alone; where the bytes of a file are
 * delivered as they are, another layout changes what runs, so that a fix is a suggestion.
 */
export function layoutCare(file: SourceFile): LayoutCare {
  const { classification, documents, path, problems } = file;
  if (!path.endsWith('.yaml') && !path.endsWith('.yml') && (documents.length === 0 || path.endsWith('.json') || isHcl(file))) return undefined;
  if (classification.generated || documents.some(document => document.classification.generated)) return undefined;
  if (isTemplatedData(file)) return { skip: 'the layout of a template is that of what it renders' };
  if (classification.template !== undefined || isLink(file)) return undefined;
  if (problems.length > 0) return { skip: 'the file does not parse' };
  const isDelivered = classification.verbatim || classification.class === 'data' || classification.class === 'ansible-vault';
  return { fix: isDelivered ? 'suggestion' : 'safe' };
}

/** Where Git cannot make symbolic links, it writes their target into a file. */
function isLink({ documents: [first, ...others], text }: SourceFile): boolean {
  return typeof first?.value === 'string' && others.length === 0 && !text.includes('\n') && text.includes('/');
}

/** The lines of the block scalars of a file, in the order of the text: from the line after `|` or `>` to the end of the value. */
export function blockScalarSpans({ documents, text }: SourceFile): Span[] {
  const spans: Span[] = [];
  for (const { tape } of documents) {
    const { cells } = tape;
    for (let node = tape.root; node < (cells[tape.root + 3] ?? 0); node += 4) {
      if (cells[node] !== nodeKind.literal && cells[node] !== nodeKind.folded) continue;
      const header = text.indexOf('\n', cells[node + 1] ?? 0);
      const end = cells[node + 2] ?? 0;
      if (header >= 0 && header < end) spans.push({ start: header + 1, end });
    }
  }
  return spans;
}

/** Whether one of the spans, which are in the order of the text, holds the offset. */
export function isInside(spans: readonly Span[], offset: number): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return (spans[low]?.start ?? Number.POSITIVE_INFINITY) <= offset;
}

/**
 * What comments of yamllint (`disable-file`, `disable` to `enable`, `disable-line`, each for all or for the named
 * rules) and of Prettier (`prettier-ignore`, for the next entry) keep other tools away from.
 */
export function spansLeftAlone(text: string, yamllintRules: readonly string[]): Span[] {
  if (!text.includes('yamllint disable') && !text.includes('prettier-ignore')) return [];
  const spans: Span[] = [];
  let disabledFrom: number | undefined;
  for (const { 0: comment, index, groups = {} } of text.matchAll(
    /#[ \t]*(?:yamllint (?<command>disable-file|disable-line|disable|enable)(?<rules>[^\n]*)|prettier-ignore)/g,
  )) {
    const lineStart = text.lastIndexOf('\n', index) + 1;
    const isAlone = text.slice(lineStart, index).trim() === '';
    const named = [...(groups.rules ?? '').matchAll(/rule:([\w-]+)/g)].map(([, name]) => name);
    const concerns = named.length === 0 || named.some(name => name !== undefined && yamllintRules.includes(name));
    if (groups.command === undefined) {
      if (isAlone) spans.push({ start: lineStart, end: endOfEntry(text, endOfLine(text, index), index - lineStart) });
    } else if (!concerns) {
    } else if (groups.command === 'disable-file') {
      if (text.slice(0, lineStart).trim() === '') return [{ start: 0, end: text.length }];
    } else if (groups.command === 'disable-line') {
      const end = endOfLine(text, index + comment.length);
      spans.push({ start: lineStart, end: isAlone ? endOfLine(text, end) : end });
    } else if (groups.command === 'disable') {
      disabledFrom ??= lineStart;
    } else if (disabledFrom !== undefined) {
      spans.push({ start: disabledFrom, end: lineStart });
      disabledFrom = undefined;
    }
  }
  if (disabledFrom !== undefined) spans.push({ start: disabledFrom, end: text.length });
  return joinOverlapping(spans);
}

function joinOverlapping(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last && span.start <= last.end) joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else joined.push(span);
  }
  return joined;
}

/** The offset after the line break of the line that holds an offset. */
function endOfLine(text: string, offset: number): number {
  const lineBreak = text.indexOf('\n', offset);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

/** The end of the line that begins at `start` and of the deeper ones below it. */
function endOfEntry(text: string, start: number, column: number): number {
  let end = endOfLine(text, start);
  while (end < text.length) {
    const next = endOfLine(text, end);
    const line = text.slice(end, next);
    if (line.trim() !== '' && line.length - line.trimStart().length <= column) break;
    end = next;
  }
  return end;
}
