import { nodeKind, type SourceFile } from '../../src/core/document.ts';
import type { Edit, Fix, Report, Severity } from '../../src/core/finding.ts';
import { blockScalarSpans, isInside, layoutCare, type Span, spansLeftAlone } from '../../src/core/layout.ts';
import { defineRule } from '../../src/core/rule.ts';
import { endOf, kindOf, nextOf, startOf } from '../../src/core/tape.ts';

export const whitespace = defineRule({
  severity: 'warning',
  presets: { recommended: {}, strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'linting',
  summary: 'A YAML file has trailing spaces, tabs, CRLF, a byte order mark, non-breaking spaces, or does not end with one line break.',
  rationale:
    'They cannot be seen in a review, fill diffs with lines that nobody meant to change, and where they reach a ConfigMap they change its hash and restart pods.',
  since: '0.1.0',

  *check(file, { styles }) {
    const care = layoutCare(file);
    if (!care) return;
    const exempt = spansLeftAlone(file.text, yamllintRules);
    if ('skip' in care) {
      yield { at: { path: file.path }, skipped: care.skip };
      if (file.classification.template !== undefined) yield* reportTemplate(file, exempt);
      return;
    }
    const scan = scanLines(file, exempt);
    const { lineEnds, finalNewline, trailingSpaces } = styles.explicit(file.path);
    // Arrays and no generators, because nearly every file has nothing of all this.
    yield* [
      ...reportMark(file, care.fix),
      ...reportEach(file, trailingSpaces?.value === 'kept' ? [] : scan.trailing, 'trailing spaces', { fix: care.fix, remedy: 'remove them', by: '' }),
      ...reportEach(file, scan.trailingContent, 'trailing spaces in a block scalar are part of its value', {
        severity: 'note',
        remedy: 'remove them if they are not meant',
      }),
      ...reportEach(file, scan.tabs, 'a tab in the indentation', { fix: care.fix, remedy: 'use spaces', by: '  ' }),
      ...(lineEnds?.value === 'crlf' ? none : reportLineEnds(file, scan, care.fix)),
      ...(finalNewline?.value === 'no' ? none : reportEnd(file, scan, care.fix)),
      ...reportInvisible(file, scan),
    ];
  },

  examples: {
    bad: [
      {
        title: 'trailing spaces and empty lines at the end',
        files: { 'apps/web/settings.yaml': 'kind: ConfigMap  \napiVersion: v1 \t\n  \n' },
        findings: [
          'apps/web/settings.yaml:1:16 trailing spaces: remove them',
          'apps/web/settings.yaml:2:15 trailing spaces: remove them',
          'apps/web/settings.yaml:3:1 empty lines at the end of the file: remove them',
        ],
        fixed: { 'apps/web/settings.yaml': 'kind: ConfigMap\napiVersion: v1\n' },
      },
      {
        title: 'trailing spaces in a script',
        files: { 'apps/web/settings.yaml': 'data:\n  run.sh: |\n    first \\ \n    second\n' },
        findings: ['apps/web/settings.yaml:3:12 trailing spaces in a block scalar are part of its value: remove them if they are not meant'],
      },
      {
        title: 'a line of spaces that is no part of the script',
        files: { 'apps/web/settings.yaml': 'data:\n  run.sh: |\n    first\n  \n    second\n' },
        findings: ['apps/web/settings.yaml:4:1 trailing spaces: remove them'],
        fixed: { 'apps/web/settings.yaml': 'data:\n  run.sh: |\n    first\n\n    second\n' },
      },
      {
        title: 'no line break at the end',
        files: { 'apps/web/settings.yaml': 'kind: ConfigMap\napiVersion: v1' },
        findings: ['apps/web/settings.yaml:2:15 the last line has no line break: add one'],
        fixed: { 'apps/web/settings.yaml': 'kind: ConfigMap\napiVersion: v1\n' },
      },
      {
        title: 'empty lines at the end',
        files: { 'apps/web/settings.yaml': 'kind: ConfigMap\n\n\n' },
        findings: ['apps/web/settings.yaml:2:1 empty lines at the end of the file: remove them'],
        fixed: { 'apps/web/settings.yaml': 'kind: ConfigMap\n' },
      },
      {
        title: 'line ends of Windows',
        files: { 'apps/web/settings.yaml': 'kind: ConfigMap\r\napiVersion: v1\r\n' },
        findings: ['apps/web/settings.yaml:1:16 lines end with CRLF: end them with LF'],
        fixed: { 'apps/web/settings.yaml': 'kind: ConfigMap\napiVersion: v1\n' },
      },
      {
        title: 'one line end of Windows',
        files: { 'apps/web/settings.yaml': 'kind: ConfigMap\napiVersion: v1\r\ndata:\n  a: b\n' },
        findings: ['apps/web/settings.yaml:2:15 1 of 4 lines ends with CRLF: end all with LF'],
        fixed: { 'apps/web/settings.yaml': 'kind: ConfigMap\napiVersion: v1\ndata:\n  a: b\n' },
      },
      {
        title: 'what cannot be seen',
        files: { 'apps/web/settings.yaml': '\uFEFFkind: ConfigMap\ndata:\n\t# tabs\n  host: web\u00A0shop\n' },
        findings: [
          'apps/web/settings.yaml:1:1 the file begins with a byte order mark: remove it',
          'apps/web/settings.yaml:3:1 a tab in the indentation: use spaces',
          'apps/web/settings.yaml:4:12 a non-breaking space in a plain value: write a space, or quote the value if it is meant',
        ],
        fixed: { 'apps/web/settings.yaml': 'kind: ConfigMap\ndata:\n  # tabs\n  host: web shop\n' },
      },
      {
        title: 'a template: only what is certainly no part of an action or a value',
        files: { 'hack/cluster.yaml': 'name: {{ .Name }}  \nkind: A  \n{{- /*  \n  b  \n*/}}\na: |\n  b  \n' },
        findings: ['hack/cluster.yaml:1:18 trailing spaces: remove them', 'hack/cluster.yaml:2:8 trailing spaces: remove them'],
        fixed: { 'hack/cluster.yaml': 'name: {{ .Name }}\nkind: A\n{{- /*  \n  b  \n*/}}\na: |\n  b  \n' },
      },
      {
        title: 'one finding where there are many',
        files: { 'apps/web/settings.yaml': `kind: ConfigMap\ndata:\n${numbered(12)}` },
        findings: ['apps/web/settings.yaml:3:12 trailing spaces in 12 lines: remove them'],
        fixed: { 'apps/web/settings.yaml': `kind: ConfigMap\ndata:\n${numbered(12).replaceAll(' \n', '\n')}` },
      },
    ],
    good: [
      {
        title: 'generated, vendored and Markdown files, and lines that yamllint is kept away from',
        files: {
          'clusters/blue/flux-system/gotk-components.yaml': 'kind: Namespace  \n',
          'vendor/web/settings.yaml': 'kind: ConfigMap  \n',
          'README.md': '# Web  \n',
          'apps/web/settings.yaml': 'kind: ConfigMap # yamllint disable-line rule:trailing-spaces  \ndata:\n  # prettier-ignore\n  a: b  \n',
        },
      },
      {
        title: 'line ends that Git writes, and prose with a non-breaking space',
        files: {
          '.gitattributes': '*.yaml text eol=crlf\n',
          'apps/web/settings.yaml': 'kind: ConfigMap\r\n# 10\u00A0minutes\r\ndata:\r\n  a: "10\u00A0minutes"\r\n',
        },
      },
      {
        title: 'what .editorconfig asks for',
        files: {
          '.editorconfig': '[*]\nend_of_line = crlf\n[apps/**.yaml]\ninsert_final_newline = false\ntrim_trailing_whitespace = false\n',
          'apps/web/settings.yaml': 'kind: ConfigMap  \r\na: b',
        },
      },
      {
        title: 'line breaks that a block scalar keeps',
        files: { 'apps/web/settings.yaml': 'kind: ConfigMap\ndata:\n  a: |+\n    b\n\n' },
      },
    ],
    unknown: [
      {
        title: 'a template',
        files: { 'hack/cluster.yaml': 'name: {{ .Name }}\nscript: |\n  first  \n' },
      },
    ],
  },
});

/** Lines for an example with many of them. */
function numbered(count: number): string {
  return Array.from({ length: count }, (_, index) => `  b${index}: value \n`).join('');
}

type Safety = Fix<Edit>['safety'];

const yamllintRules = ['trailing-spaces', 'new-lines', 'new-line-at-end-of-file', 'empty-lines', 'indentation'];

interface Scan {
  /** Worked out when something asks for them, which is seldom. */
  readonly blocks: () => readonly Span[];
  readonly exempt: readonly Span[];
  /** Spaces and tabs at the ends of lines. */
  readonly trailing: readonly Span[];
  readonly trailingContent: readonly Span[];
  /** Each from the first tab of an indentation to its end. */
  readonly tabs: readonly Span[];
  readonly carriageReturns: readonly Span[];
  readonly lineCount: number;
  /** Where the white space that ends the file begins. */
  readonly contentEnd: number;
}

/** One pass over the lines; nearly all of them are settled by their last character. */
function scanLines(file: SourceFile, exempt: readonly Span[]): Scan {
  const { text } = file;
  let known: readonly Span[] | undefined;
  const blocks = () => {
    known ??= blockScalarSpans(file);
    return known;
  };
  const hasTabs = text.includes('\t');
  const trailing: Span[] = [];
  const trailingContent: Span[] = [];
  const tabs: Span[] = [];
  const carriageReturns: Span[] = [];
  const contentEnd = text.trimEnd().length;
  let lineCount = 0;
  for (let start = 0; start < text.length; ) {
    const lineBreak = text.indexOf('\n', start);
    const next = lineBreak < 0 ? text.length : lineBreak + 1;
    let end = lineBreak < 0 ? text.length : lineBreak;
    if (text.charCodeAt(end - 1) === 13 && end > start) carriageReturns.push({ start: --end, end: end + 1 });
    const last = text.charCodeAt(end - 1);
    if (end > start && (last === 32 || last === 9) && start <= contentEnd && !isInside(exempt, start)) {
      const span = { start: start + text.slice(start, end).trimEnd().length, end };
      if (isContent(text, blocks(), start, span)) trailingContent.push(span);
      else if (text.charAt(span.start - 1) !== '\\') trailing.push(span);
    }
    if (hasTabs && !isInside(exempt, start) && !isInside(blocks(), start)) {
      const [indentation = ''] = /^[ \t]*(?=\S)/.exec(text.slice(start, end)) ?? [];
      const tab = indentation.indexOf('\t');
      if (tab >= 0) tabs.push({ start: start + tab, end: start + indentation.length });
    }
    lineCount++;
    start = next;
  }
  return { blocks, exempt, trailing, trailingContent, tabs, carriageReturns, lineCount, contentEnd };
}

/** In a block scalar all of a line is content but for its indentation. */
function isContent(text: string, blocks: readonly Span[], start: number, spaces: Span): boolean {
  const block = blocks.find(span => span.start <= start && start < span.end);
  if (!block) return false;
  if (spaces.start > start) return true;
  const header = text.slice(text.lastIndexOf('\n', block.start - 2) + 1, block.start);
  const indentation = /\S/.exec(text.slice(block.start, block.end))?.index ?? 0;
  const firstLine = text.lastIndexOf('\n', block.start + indentation) + 1;
  return /[|>][-+]?\d/.test(header) || spaces.end - spaces.start > block.start + indentation - firstLine;
}

/**
 * Of a template only the ends of lines that are certainly no part of an action or a value are looked at: what stands in
 * an action of several lines, or deeper than a line that ends with `|` or `>`, is left alone.
 */
function reportTemplate(file: SourceFile, exempt: readonly Span[]): readonly Report[] {
  const { text } = file;
  const spans: Span[] = [];
  let isAction = false;
  let blockColumn = -1;
  for (let start = 0; start < text.length; ) {
    const lineBreak = text.indexOf('\n', start);
    const next = lineBreak < 0 ? text.length : lineBreak + 1;
    const line = text.slice(start, lineBreak < 0 ? text.length : text.charAt(lineBreak - 1) === '\r' ? lineBreak - 1 : lineBreak);
    const content = line.trimEnd();
    const column = line.length - line.trimStart().length;
    if (blockColumn >= 0 && content !== '' && column <= blockColumn) blockColumn = -1;
    const [opened, closed] = [Math.max(line.lastIndexOf('{{'), line.lastIndexOf('{%')), Math.max(line.lastIndexOf('}}'), line.lastIndexOf('%}'))];
    const wasAction = isAction;
    if (opened >= 0 || closed >= 0) isAction = opened > closed;
    const isFree = !wasAction && !isAction && blockColumn < 0 && /^[ \t]+$/.test(line.slice(content.length));
    if (isFree && content !== '' && !content.endsWith('\\') && !isInside(exempt, start))
      spans.push({ start: start + content.length, end: start + line.length });
    if (blockColumn < 0 && /(?:[:-]|\}\})[ \t]+[|>][-+\d]{0,2}(?:\s+#.*)?$/.test(content)) blockColumn = column;
    start = next;
  }
  return reportEach(file, spans, 'trailing spaces', { fix: 'safe', remedy: 'remove them', by: '' });
}

interface Remedy {
  readonly remedy: string;
  readonly severity?: Severity;
  readonly fix?: Safety;
  /** What stands there after the fix; where it is absent there is none. */
  readonly by?: string;
}

const none: readonly Report[] = [];

/** More lines than this are one finding. */
const mostLines = 10;

function reportEach({ path }: SourceFile, spans: readonly Span[], fault: string, { remedy, severity, fix, by }: Remedy): readonly Report[] {
  const [first] = spans;
  if (!first) return none;
  const groups = spans.length > mostLines ? [spans] : spans.map(span => [span]);
  return groups.map(group => {
    const lines = group.length > 1 ? ` in ${group.length} lines` : '';
    return {
      at: { path, ...(group[0] ?? first) },
      message: `${fault}${lines}: ${remedy}`,
      ...(severity && { severity }),
      ...(fix && by !== undefined && { fix: { title: remedy, safety: fix, edits: group.map(span => ({ replace: { path, ...span }, by })) } }),
    };
  });
}

function reportMark({ path, text }: SourceFile, safety: Safety): readonly Report[] {
  if (text.charCodeAt(0) !== 0xfeff) return none;
  const at = { path, start: 0, end: 1 };
  const fix = { title: 'remove the byte order mark', safety, edits: [{ replace: at, by: '' }] };
  return [{ at, message: 'the file begins with a byte order mark: remove it', fix }];
}

function reportLineEnds({ path, classification }: SourceFile, { carriageReturns, lineCount }: Scan, safety: Safety): readonly Report[] {
  const [first] = carriageReturns;
  if (!first || classification.gitLineEnds) return none;
  const count = carriageReturns.length;
  const message =
    count >= lineCount - 1 && count > 1
      ? 'lines end with CRLF: end them with LF'
      : `${count} of ${lineCount} lines ${count === 1 ? 'ends' : 'end'} with CRLF: end all with LF`;
  const fix = { title: 'end all lines with LF', safety, edits: carriageReturns.map(span => ({ replace: { path, ...span }, by: '' })) };
  return [{ at: { path, ...first }, message, fix }];
}

function reportEnd({ path, text }: SourceFile, { blocks, exempt, contentEnd, carriageReturns }: Scan, safety: Safety): readonly Report[] {
  const { length } = text;
  if (contentEnd === 0 || isInside(exempt, length - 1)) return none;
  if (!text.endsWith('\n')) {
    const at = { path, start: length, end: length };
    const by = carriageReturns.length > 0 ? '\r\n' : '\n';
    // A block scalar has no line break at its end either: with one its value is another.
    const fix = blocks().at(-1)?.end === length ? 'suggestion' : safety;
    return [
      { at, message: 'the last line has no line break: add one', fix: { title: 'add a line break', safety: fix, edits: [{ replace: at, by }] } },
    ];
  }
  const start = text.indexOf('\n', contentEnd) + 1;
  if (start === length || (blocks().at(-1)?.end ?? 0) > start) return none;
  const at = { path, start, end: length };
  const fix = { title: 'remove the empty lines', safety, edits: [{ replace: at, by: '' }] };
  return [{ at, message: 'empty lines at the end of the file: remove them', fix }];
}

const invisible: readonly (readonly [character: string, name: string])[] = [
  ['\u00A0', 'non-breaking space'],
  ['\u2007', 'non-breaking space'],
  ['\u202F', 'non-breaking space'],
  ['\u200B', 'zero-width space'],
  ['\uFEFF', 'byte order mark'],
];

/** Quotes, comments and the prose of block scalars may mean them; plain values and the indentation of scripts do not. */
function reportInvisible(file: SourceFile, { exempt, blocks }: Scan): readonly Report[] {
  const { path, text } = file;
  if (!invisible.some(([character]) => text.indexOf(character, 1) > 0)) return none;
  const reports: Report[] = [];
  for (const [character, name] of invisible) {
    let plain: readonly Span[] | undefined;
    for (let start = text.indexOf(character, 1); start > 0; start = text.indexOf(character, start + 1)) {
      if (isInside(exempt, start)) continue;
      const at = { path, start, end: start + 1 };
      plain ??= plainSpans(file);
      if (isInside(plain, start)) {
        const meant = name === 'non-breaking space' ? ' ' : '';
        reports.push({
          at,
          message: `a ${name} in a plain value: ${meant === '' ? 'remove it' : 'write a space'}, or quote the value if it is meant`,
          fix: { title: `replace the ${name}`, safety: 'suggestion', edits: [{ replace: at, by: meant }] },
        });
      } else if (isInside(blocks(), start) && text.slice(text.lastIndexOf('\n', start) + 1, start).trim() === '') {
        reports.push({
          at,
          severity: 'note',
          message: `a ${name} indents a line of a block scalar and is part of its value: write a space if it is not meant`,
        });
      }
    }
  }
  return reports;
}

function plainSpans({ documents }: SourceFile): Span[] {
  const spans: Span[] = [];
  for (const { tape } of documents) {
    for (let node = tape.root; node < nextOf(tape, tape.root); node += 4) {
      if (kindOf(tape, node) === nodeKind.plain) spans.push({ start: startOf(tape, node), end: endOf(tape, node) });
    }
  }
  return spans;
}
