import { nodeKind, type SourceFile } from '../../src/core/document.ts';
import type { Edit, Fix, Report } from '../../src/core/finding.ts';
import { isInside, layoutCare, type Span, spansLeftAlone } from '../../src/core/layout.ts';
import { marksOf } from '../../src/core/marks.ts';
import { defineRule } from '../../src/core/rule.ts';
import type { Style } from '../../src/core/style.ts';
import { endOf, kindOf, nextOf, startOf } from '../../src/core/tape.ts';

interface Options {
  /** `file`: what other tools are told, or nearly all files of the repository have. */
  readonly start: 'file' | 'always' | 'between-only';
}

export const document = defineRule<'file', Options>({
  severity: 'note',
  presets: { strict: {} },
  scope: 'file',
  mistake: 'linting',
  summary: 'A YAML file has empty documents, another beginning than its neighbours, many empty lines, or comments without a space after "#".',
  rationale: 'A "---" too many is a document without content, which strict loaders and pipelines refuse; the rest makes files harder to read.',
  since: '0.1.0',
  options: {
    schema: {
      start: {
        enum: ['file', 'always', 'between-only'],
        description: 'Whether files begin with "---": as most files of the repository do, always, or never. A setting of .yamllint wins.',
      },
    },
    defaults: { start: 'file' },
  },

  *check(file, { options, styles }) {
    const care = layoutCare(file);
    if (!care) return;
    if ('skip' in care) {
      yield { at: { path: file.path }, skipped: care.skip };
      return;
    }
    const start =
      styles.explicit(file.path).documentStart?.value ?? (options.start === 'file' ? styles.inferred().documentStart?.value : asStyle(options.start));
    yield* reportEmptyDocuments(file, care.fix);
    if (start !== undefined) yield* reportStart(file, start, care.fix);
    yield* reportEmptyLines(file, care.fix);
    yield* reportComments(file, care.fix);
  },

  examples: {
    bad: [
      {
        title: 'empty documents',
        files: { 'apps/web/settings.yaml': '---\n---\na: 1\n---\n\n---\nb: 2\n---\n' },
        findings: [
          'apps/web/settings.yaml:1:1 a document without content: remove the "---"',
          'apps/web/settings.yaml:4:1 a document without content: remove the "---"',
          'apps/web/settings.yaml:8:1 a document without content: remove the "---"',
        ],
        fixed: { 'apps/web/settings.yaml': '---\na: 1\n---\nb: 2\n' },
      },
      {
        title: 'a file that does not begin as the others do',
        files: { 'a.yaml': '---\na: 1\n', 'b.yaml': '# b\n---\nb: 1\n', 'c.yaml': '# c\nc: 1\n' },
        findings: ['c.yaml:1:1 the file does not begin with "---" as the others do: add it'],
        fixed: { 'c.yaml': '---\n# c\nc: 1\n' },
      },
      {
        title: 'a "---" that yamllint is told to forbid',
        files: { '.yamllint': 'rules:\n  document-start: {present: false}\n', 'a.yaml': '# a\n---\na: 1\n---\nb: 1\n' },
        findings: ['a.yaml:2:1 the file begins with "---", the others do not: remove it'],
        fixed: { 'a.yaml': '# a\na: 1\n---\nb: 1\n' },
      },
      {
        title: 'empty lines and comments',
        files: { 'a.yaml': '\n\n#a\na: 1 #b\n\n\n\n\nb: "#c" ##d\n' },
        findings: [
          'a.yaml:1:1 empty lines at the beginning of the file: remove them',
          'a.yaml:2:1 a comment without a space after "#": add one',
          'a.yaml:3:6 a comment without a space after "#": add one',
          'a.yaml:6:1 more than 2 empty lines: remove some',
          'a.yaml:8:9 a comment without a space after "#": add one',
        ],
        fixed: { 'a.yaml': '# a\na: 1 # b\n\n\nb: "#c" ## d\n' },
      },
    ],
    good: [
      {
        title: 'a document of comments, directives, empty lines that are content, and comments that tools read',
        files: {
          'a.yaml': '---\n# only comments, as in files that were put together\n---\na: 1\n',
          'b.yaml': '%YAML 1.2\n---\na: |\n  b\n\n\n\n\n  c\n',
          'c.yaml': '---\n####\n#\n#renovate: datasource=docker\na: 1 #nosec\n',
        },
      },
      {
        title: 'what yamllint is kept away from',
        files: { 'a.yaml': '# yamllint disable rule:comments rule:empty-lines\n#a\na: 1\n\n\n\n\nb: 2\n' },
      },
    ],
    unknown: [{ title: 'a template', files: { 'hack/cluster.yaml': '---\n---\nname: {{ .Name }}\n' } }],
  },
});

type Safety = Fix<Edit>['safety'];

function asStyle(start: 'always' | 'between-only'): Style['documentStart'] {
  return start === 'always' ? 'always' : 'never';
}

/** Not where a comment stands: files that were put together have documents of comments alone. */
function* reportEmptyDocuments({ path, text, documents }: SourceFile, safety: Safety): Generator<Report> {
  const isEmpty = ({ tape }: SourceFile['documents'][number]) => kindOf(tape, tape.root) === nodeKind.empty;
  if (documents.length < 2 || documents.every(isEmpty)) return;
  for (const { tape } of documents.filter(isEmpty)) {
    const marker = text.lastIndexOf('---', startOf(tape, tape.root));
    if (marker < 0 || (marker > 0 && text.charAt(marker - 1) !== '\n')) continue;
    const between = /^---[ \t]*(?:\r?\n[ \t]*)*(?=\n---|$)(?:\n(?=---))?|^---[ \t]*\r?\n(?=---)/.exec(text.slice(marker))?.[0];
    if (between === undefined) continue;
    const at = { path, start: marker, end: marker + 3 };
    const end = marker + between.length;
    // At the end of the file the empty lines above it go too.
    const start = end < text.length ? marker : text.slice(0, marker).trimEnd().length + (text.charAt(marker - 2) === '\r' ? 2 : 1);
    const fix = { title: 'remove the "---"', safety, edits: [{ replace: { path, start, end }, by: '' }] };
    yield { at, message: 'a document without content: remove the "---"', fix };
  }
}

/** What may stand before the first `---`: nothing of a directive, because it needs the marker. */
const header = /^\ufeff?(?:(?:#.*)?[ \t]*\r?\n)*/;

function* reportStart(file: SourceFile, start: Style['documentStart'], safety: Safety): Generator<Report> {
  const { path, text, documents } = file;
  const [first] = documents;
  if (!first || kindOf(first.tape, first.tape.root) === nodeKind.empty || isInside(spansLeftAlone(text, ['document-start']), 0)) return;
  const before = header.exec(text)?.[0].length ?? 0;
  if (text.charAt(before) === '%') return;
  const marker = /^---[ \t]*\r?\n/.exec(text.slice(before))?.[0];
  const isMarked = text.startsWith('---', before);
  if (start === 'never' && marker !== undefined) {
    const at = { path, start: before, end: before + 3 };
    const fix = { title: 'remove the "---"', safety, edits: [{ replace: { ...at, end: before + marker.length }, by: '' }] };
    yield { at, message: 'the file begins with "---", the others do not: remove it', fix };
  } else if (start === 'always' && !isMarked && !/^\ufeff?#(?:!|cloud-config)/.test(text)) {
    const offset = text.startsWith('\ufeff') ? 1 : 0;
    const at = { path, start: offset, end: offset };
    const by = text.includes('\r\n') ? '---\r\n' : '---\n';
    const fix = { title: 'add "---"', safety, edits: [{ replace: at, by }] };
    yield { at, message: 'the file does not begin with "---" as the others do: add it', fix };
  }
}

/** Empty lines in a row that are left. */
const mostEmptyLines = 2;

function* reportEmptyLines(file: SourceFile, safety: Safety): Generator<Report> {
  const { path, text } = file;
  const leading = /^\ufeff?((?:[ \t]*\r?\n)+)/.exec(text)?.[1]?.length ?? 0;
  const exempt = spansLeftAlone(text, ['empty-lines']);
  if (leading > 0 && leading < text.trimEnd().length && !isInside(exempt, 0)) {
    const start = text.startsWith('\ufeff') ? 1 : 0;
    const at = { path, start, end: start + leading };
    const fix = { title: 'remove the empty lines', safety, edits: [{ replace: at, by: '' }] };
    yield { at, message: 'empty lines at the beginning of the file: remove them', fix };
  }
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const many = lineBreak.repeat(mostEmptyLines + 2);
  let content: readonly Span[] | undefined;
  for (let at = text.indexOf(many, leading); at >= 0; ) {
    const start = at + many.length - lineBreak.length;
    let end = start;
    while (text.startsWith(lineBreak, end)) end += lineBreak.length;
    content ??= contentOfSeveralLines(file);
    if (end < text.length && !isInside(content, start) && !isInside(exempt, start)) {
      const place = { path, start, end };
      const fix = { title: 'remove empty lines', safety, edits: [{ replace: place, by: '' }] };
      yield { at: place, message: `more than ${mostEmptyLines} empty lines: remove some`, fix };
    }
    at = text.indexOf(many, end);
  }
}

/** The scalars of several lines; the empty lines behind a block scalar are part of it only where it keeps them. */
function contentOfSeveralLines({ documents, text }: SourceFile): Span[] {
  const spans: Span[] = [];
  for (const { tape } of documents) {
    for (let node = tape.root; node < nextOf(tape, tape.root); node += 4) {
      const [kind, start, end] = [kindOf(tape, node), startOf(tape, node), endOf(tape, node)];
      if (kind < nodeKind.plain || kind === nodeKind.alias || !text.slice(start, end).includes('\n')) continue;
      const isKept = /^.{1,2}\+/.test(text.slice(start, start + 3));
      spans.push({ start, end: isKept ? end : start + text.slice(start, end).trimEnd().length });
    }
  }
  return spans;
}

/** Comments that tools and machines read as they are. */
const directive =
  /^#+(?:!|@|\{|cloud-config|include\b|part-handler|jinja2:|renovate|checkov|trivy|tfsec|kics|gitleaks|nosec|noqa|nolint|nosemgrep|pragma|snyk|shellcheck|ansible)/i;

/** More comments than this are one finding. */
const mostComments = 10;

function* reportComments({ path, text, documents }: SourceFile, safety: Safety): Generator<Report> {
  const exempt = spansLeftAlone(text, ['comments']);
  const tight = marksOf(text, documents).comments.flatMap(({ start, end }) => {
    const comment = text.slice(start, end);
    const marks = /^#+(?=[^\s#])/.exec(comment)?.[0].length;
    return marks === undefined || directive.test(comment) || isInside(exempt, start) ? [] : [{ start, end: start + marks }];
  });
  const groups = tight.length > mostComments ? [tight] : tight.map(span => [span]);
  for (const group of groups) {
    const [first] = group;
    if (!first) continue;
    const edits = group.map(({ end }): Edit => ({ replace: { path, start: end, end }, by: ' ' }));
    const subject = group.length > 1 ? `${group.length} comments` : 'a comment';
    yield { at: { path, ...first }, message: `${subject} without a space after "#": add one`, fix: { title: 'add a space', safety, edits } };
  }
}
