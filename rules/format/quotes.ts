import { nodeKind, type SourceFile } from '../../src/core/document.ts';
import type { Edit } from '../../src/core/finding.ts';
import { isInside, layoutCare, type Span, spansLeftAlone } from '../../src/core/layout.ts';
import { defineRule } from '../../src/core/rule.ts';
import { endOf, kindOf, nextOf, startOf } from '../../src/core/tape.ts';

interface Options {
  /** `file`: whatever most strings of the file have. */
  readonly style: 'file' | 'double' | 'single';
}

export const quotes = defineRule<'file', Options>({
  severity: 'warning',
  presets: { strict: {}, regulated: {} },
  scope: 'file',
  mistake: 'linting',
  summary: 'A YAML file mixes single and double quotes.',
  rationale: 'Where both stand side by side every editor and every author picks another one, and changes of quotes hide the real ones.',
  since: '0.1.0',
  options: {
    schema: {
      style: {
        enum: ['file', 'double', 'single'],
        description: 'The quotes that strings have: those of most strings of the file, or always the same.',
      },
    },
    defaults: { style: 'file' },
  },

  *check(file, { options }) {
    const care = layoutCare(file);
    if (!care) return;
    if ('skip' in care) {
      yield { at: { path: file.path }, skipped: care.skip };
      return;
    }
    const { double, single } = findStrings(file);
    const style = options.style === 'file' ? usualStyle(double, single) : options.style;
    const odd = style === 'double' ? single : double;
    const [first] = odd;
    if (!first || (options.style === 'file' && (double.length === 0 || single.length === 0))) return;
    const { path, text } = file;
    yield {
      at: { path, start: first.start, end: first.end },
      message: `${count(odd.length)} in ${style === 'double' ? 'single' : 'double'} quotes, ${
        options.style === 'file' ? `the other ${odd === single ? double.length : single.length} in ${style} ones` : `not in ${style} ones`
      }: "gitops-lint fmt" makes them alike`,
      fix: {
        title: `write ${style} quotes`,
        safety: care.fix,
        edits: odd.map(({ start, end }): Edit => ({ replace: { path, start, end }, by: requote(text.slice(start, end), style) })),
      },
    };
  },

  examples: {
    bad: [
      {
        title: 'one string in single quotes among others',
        files: {
          'apps/web/settings.yaml': `
            kind: ConfigMap
            data:
              host: "web.example.org"
              port: '8080'
              path: "/"
          `,
        },
        findings: ['apps/web/settings.yaml:4:9 1 string in single quotes, the other 2 in double ones: "gitops-lint fmt" makes them alike'],
        fixed: {
          'apps/web/settings.yaml': `
            kind: ConfigMap
            data:
              host: "web.example.org"
              port: "8080"
              path: "/"
          `,
        },
      },
      {
        title: 'as many of both: the first decides',
        files: {
          'apps/web/settings.yaml': `
            host: 'it''s here'
            port: "8080"
          `,
        },
        findings: ['apps/web/settings.yaml:2:7 1 string in double quotes, the other 1 in single ones: "gitops-lint fmt" makes them alike'],
        fixed: {
          'apps/web/settings.yaml': `
            host: 'it''s here'
            port: '8080'
          `,
        },
      },
      {
        title: 'a style for all files',
        options: { style: 'single' },
        files: {
          'apps/web/settings.yaml': `
            host: "web.example.org"
          `,
        },
        findings: ['apps/web/settings.yaml:1:7 1 string in double quotes, not in single ones: "gitops-lint fmt" makes them alike'],
        fixed: {
          'apps/web/settings.yaml': `
            host: 'web.example.org'
          `,
        },
      },
    ],
    good: [
      {
        title: 'strings that need their quotes, that a tool writes, or that another tool is kept away from',
        files: {
          'apps/web/settings.yaml': String.raw`
            host: "web.example.org"
            regex: '\d+'
            json: '{"a": 1}'
            shared: '${'${'}HOST}'
            tag: '1.2.3' # {"$imagepolicy": "flux-system:web:tag"}
            port: '80' # yamllint disable-line rule:quoted-strings
          `,
          'apps/web/other.yaml': `
            host: 'web.example.org'
            line: "a\\nb"
            owner: "it's me"
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a template',
        files: { 'hack/cluster.yaml': `name: {{ .Name }}\nhost: "a"\nport: 'b'\n` },
      },
    ],
  },
});

interface Strings {
  readonly double: readonly Span[];
  readonly single: readonly Span[];
}

/** The strings that could have the other quotes just as well. */
function findStrings(file: SourceFile): Strings {
  const { documents, text } = file;
  const double: Span[] = [];
  const single: Span[] = [];
  const exempt = spansLeftAlone(text, ['quoted-strings']);
  for (const { tape } of documents) {
    for (let node = tape.root; node < nextOf(tape, tape.root); node += 4) {
      const kind = kindOf(tape, node);
      if (kind !== nodeKind.singleQuoted && kind !== nodeKind.doubleQuoted) continue;
      const span = { start: startOf(tape, node), end: endOf(tape, node) };
      if (isFree(text, span, kind === nodeKind.doubleQuoted) && !isInside(exempt, span.start))
        (kind === nodeKind.doubleQuoted ? double : single).push(span);
    }
  }
  return { double, single };
}

/** No character of it asks for one kind of quotes, nothing is filled in as text before it is parsed, and no tool writes it again. */
function isFree(text: string, { start, end }: Span, isDouble: boolean): boolean {
  const inner = text.slice(start + 1, end - 1);
  if (/[\\"\n\t$]/.test(inner) || (isDouble && inner.includes("'"))) return false;
  const lineBreak = text.indexOf('\n', end);
  return !text.slice(end, lineBreak < 0 ? text.length : lineBreak).includes('# {"$');
}

function usualStyle(double: readonly Span[], single: readonly Span[]): 'double' | 'single' {
  if (double.length !== single.length) return double.length > single.length ? 'double' : 'single';
  return (double[0]?.start ?? 0) < (single[0]?.start ?? 0) ? 'double' : 'single';
}

function requote(source: string, style: 'double' | 'single'): string {
  const inner = source.slice(1, -1);
  return style === 'double' ? `"${inner.replaceAll("''", "'")}"` : `'${inner}'`;
}

function count(strings: number): string {
  return `${strings} string${strings === 1 ? '' : 's'}`;
}
