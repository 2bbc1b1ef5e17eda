import type { Edit } from '../../src/core/finding.ts';
import { layoutCare, type Span } from '../../src/core/layout.ts';
import { findQuotedStrings } from '../../src/core/quoted-strings.ts';
import { defineRule } from '../../src/core/rule.ts';

interface Options {
  /** Where no other tool is told of it; `file`: as the repository or most strings of the file have it. */
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
        description:
          'The quotes that strings have: those of the repository or of most strings of the file, or always the same. Settings of .prettierrc and .yamllint win.',
      },
    },
    defaults: { style: 'file' },
  },

  *check(file, { options, styles, settings }) {
    const care = layoutCare(file);
    if (!care) return;
    if ('skip' in care) {
      yield { at: { path: file.path }, skipped: care.skip };
      return;
    }
    const asked = styles.explicit(file.path).quotes?.value ?? (options.style === 'file' ? undefined : options.style);
    const { double, single } = findQuotedStrings(file);
    const isMixed = double.length > 0 && single.length > 0;
    if (asked === undefined && !isMixed) return;
    const style = asked ?? styles.inferred().quotes?.value ?? usualStyle(double, single);
    const [odd, others] = style === 'double' ? [single, double] : [double, single];
    const [first] = odd;
    if (!first) return;
    const { path, text } = file;
    yield {
      at: { path, start: first.start, end: first.end },
      message: `${count(odd.length)} in ${style === 'double' ? 'single' : 'double'} quotes, ${
        others.length > 0 ? `the other ${others.length} in ${style} ones` : `not in ${style} ones`
      }: "gitops-lint fmt" makes them alike`,
      ...(settings.preset === 'recommended' && !isMixed && { severity: 'note' }),
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
            rendered: '{{ .host }}'
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
