import type { SourceFile } from '../../src/core/document.ts';
import type { Edit, Fix, Report, Severity } from '../../src/core/finding.ts';
import { blockScalarSpans, isInside, layoutCare } from '../../src/core/layout.ts';
import { collectLevels, hasMixedLevels, type Level } from '../../src/core/levels.ts';
import { defineRule, type Preset } from '../../src/core/rule.ts';
import { mostFrequent, type Style } from '../../src/core/style.ts';
import { endOf, keyText } from '../../src/core/tape.ts';

interface Options {
  /** Spaces for each level of mappings where no other tool is told of them; `file`: as the file has it. */
  readonly step: 'file' | number;
  readonly sequences: 'file' | 'indented' | 'flush';
}

export const indentation = defineRule<'file', Options>({
  severity: 'warning',
  presets: { recommended: {}, strict: { options: { step: 2 } }, regulated: { options: { step: 2 } } },
  scope: 'file',
  mistake: 'linting',
  summary: 'A YAML file is not indented in one way.',
  rationale: 'A level that is indented unlike the others is read wrongly, and the next edit beside it moves a field one level up or down.',
  since: '0.1.0',
  options: {
    schema: {
      step: {
        anyOf: [{ const: 'file' }, { type: 'integer', minimum: 1, maximum: 8 }],
        description:
          'Spaces for each level of mappings: what the repository or the file has, or always the same. Settings of .editorconfig, .prettierrc and .yamllint win.',
      },
      sequences: {
        enum: ['file', 'indented', 'flush'],
        description:
          'Whether the dashes of a sequence stand below its key or further to the right: as the repository or the file has it, or always the same. A setting of .yamllint wins.',
      },
    },
    defaults: { step: 'file', sequences: 'file' },
  },

  *check(file, { options, styles, settings }) {
    const care = layoutCare(file);
    if (!care) return;
    if ('skip' in care) {
      yield { at: { path: file.path }, skipped: care.skip };
      return;
    }
    const explicit = styles.explicit(file.path);
    const asked = {
      step: explicit.step?.value ?? (options.step === 'file' ? undefined : options.step),
      sequences: explicit.sequences?.value ?? (options.sequences === 'file' ? undefined : options.sequences),
    };
    if (asked.step === undefined && asked.sequences === undefined && !hasMixedLevels(file)) return;
    const levels = collectLevels(file);
    const maps = levels.filter(({ isSequence }) => !isSequence);
    const sequences = levels.filter(({ isSequence }) => isSequence);
    const step = asked.step ?? (isMixed(maps) ? styles.inferred().step?.value : undefined) ?? usual(maps);
    const isIndented = sequences.some(({ offset }) => offset > 0);
    const style =
      asked.sequences ??
      (isMixed(sequences) ? styles.inferred().sequences?.value : undefined) ??
      (isIndented && usual(sequences) > 0 ? 'indented' : 'flush');
    const sequenceStep = style === 'flush' ? 0 : sequenceOffset(sequences, asked.step, step);
    yield* reportOdd(file, maps, step, care.fix, severityOf(maps, settings.preset));
    yield* reportOdd(file, sequences, sequenceStep, care.fix, severityOf(sequences, settings.preset));
  },

  examples: {
    bad: [
      {
        title: 'a mapping that is indented further than the others',
        files: {
          'apps/web/deployment.yaml': `
            metadata:
              name: web
              labels:
                  # who it belongs to
                  app: web
                  note: |
                    two
                      lines
            spec:
              replicas: 1
          `,
        },
        findings: [
          'apps/web/deployment.yaml:5:7 "labels" is indented by 4 spaces, the 2 other mappings of the file by 2: "gitops-lint fmt" makes them alike',
        ],
        fixed: {
          'apps/web/deployment.yaml': `
            metadata:
              name: web
              labels:
                # who it belongs to
                app: web
                note: |
                  two
                    lines
            spec:
              replicas: 1
          `,
        },
      },
      {
        title: 'sequences in both styles',
        files: {
          'apps/web/kustomization.yaml': `
            resources:
              - service.yaml
              # the pods
              - deployment.yaml
            images:
            - name: web
              newTag: 1.2.3
            configMapGenerator:
              - name: settings
                files:
                - a.conf
                # - b.conf
          `,
        },
        findings: [
          'apps/web/kustomization.yaml:6:1 2 sequences, first "images", are not indented by 2, as the others of the file are: "gitops-lint fmt" makes them alike',
        ],
        fixed: {
          'apps/web/kustomization.yaml': `
            resources:
              - service.yaml
              # the pods
              - deployment.yaml
            images:
              - name: web
                newTag: 1.2.3
            configMapGenerator:
              - name: settings
                files:
                  - a.conf
                # - b.conf
          `,
        },
      },
      {
        title: 'four spaces where two are asked for',
        preset: 'strict',
        files: {
          'apps/web/service.yaml': `
            spec:
                ports:
                    - port: 80
                      name: http
          `,
        },
        findings: [
          'apps/web/service.yaml:2:5 "spec" is indented by 4 spaces, not by 2: "gitops-lint fmt" makes them alike',
          'apps/web/service.yaml:3:9 the items of "ports" are indented by 4 spaces, not by 2: "gitops-lint fmt" makes them alike',
        ],
        fixed: {
          'apps/web/service.yaml': `
            spec:
              ports:
                - port: 80
                  name: http
          `,
        },
      },
    ],
    good: [
      {
        title: 'one way in each file, whatever it is, and what yamllint is kept away from',
        files: {
          'apps/web/kustomization.yaml': `
            resources:
            - service.yaml
            images:
            - name: web
          `,
          'apps/web/service.yaml': `
            spec:
                ports:
                  - port: 80
                selector:
                    app: web
          `,
          'apps/web/values.yaml': `
            web:
              ports:
                http: 80
                # yamllint disable rule:indentation
                more:
                      https: 443
                # yamllint enable rule:indentation
            data:
              a: |
                  deep
                   text
              c: {
                d: e
              }
          `,
        },
      },
    ],
    unknown: [
      {
        title: 'a template',
        files: { 'hack/cluster.yaml': 'spec:\n    {{ .Spec }}\nmetadata:\n  name: a\n' },
      },
    ],
  },
});

/** The offset that most of the levels have, and of those that are as frequent the one that comes first. */
function usual(levels: readonly Level[]): number {
  const counts = new Map<number, number>();
  for (const { offset } of levels) counts.set(offset, (counts.get(offset) ?? 0) + 1);
  return mostFrequent(counts)[0] ?? 0;
}

function isMixed(levels: readonly Level[]): boolean {
  return levels.some(({ offset }) => offset !== levels[0]?.offset);
}

/** How far sequences are indented that are not flush: as the others of the file, or one step. */
function sequenceOffset(sequences: readonly Level[], asked: Style['step'] | undefined, step: number): number {
  const own = usual(sequences.filter(({ offset }) => offset > 0));
  return asked ?? (own > 0 ? own : step > 0 ? step : 2);
}

/** What is alike in all of a file, and unlike what other tools are told, is a note where nothing is said of taste. */
function severityOf(levels: readonly Level[], preset: Preset): Severity | undefined {
  return preset === 'recommended' && !isMixed(levels) ? 'note' : undefined;
}

function* reportOdd(
  file: SourceFile,
  levels: readonly Level[],
  target: number,
  safety: Fix<Edit>['safety'],
  severity: Severity | undefined,
): Generator<Report> {
  const odd = levels.filter(({ offset }) => offset !== target);
  const [first] = odd;
  if (!first) return;
  const edits = shift(file, odd, target);
  yield {
    at: { path: file.path, start: first.start, end: first.start + 1 },
    message: describe(file.text, first, odd.length, levels.length - odd.length, target),
    ...(severity && { severity }),
    ...(edits && { fix: { title: `indent by ${target}`, safety, edits } }),
  };
}

function describe(text: string, first: Level, odd: number, others: number, target: number): string {
  const { tape, key, isSequence, offset } = first;
  const name = `"${keyText(tape, text, key)}"`;
  const kind = (count: number) => `${isSequence ? 'sequence' : 'mapping'}${count === 1 ? '' : 's'}`;
  const subject = odd > 1 ? `${odd} ${kind(odd)}, first ${name},` : isSequence ? `the items of ${name}` : name;
  const remedy = '"gitops-lint fmt" makes them alike';
  if (odd > 1) return `${subject} are not ${wanted(target)}${others > 0 ? `, as the others of the file are` : ''}: ${remedy}`;
  const has = `${isSequence ? 'are' : 'is'} ${offset === 0 ? 'not indented' : `indented by ${spaces(offset)}`}`;
  if (others === 0) return `${subject} ${has}, not by ${target}: ${remedy}`;
  const rest = others === 1 ? `the other ${kind(1)} of the file` : `the ${others} other ${kind(others)} of the file`;
  return `${subject} ${has}, ${rest} ${target > 0 ? `by ${target}` : others === 1 ? 'is not' : 'are not'}: ${remedy}`;
}

function wanted(target: number): string {
  return target === 0 ? 'flush with their keys' : `indented by ${target}`;
}

function spaces(count: number): string {
  return `${count} space${count === 1 ? '' : 's'}`;
}

/** Moves the lines of each level, with the comments among and below them; nothing where a tab stands in an indentation. */
function shift(file: SourceFile, odd: readonly Level[], target: number): Edit[] | undefined {
  const { path, text } = file;
  const moves = new Map<number, number>();
  const blocks = blockScalarSpans(file);
  for (const { tape, key, end, keyColumn, offset } of odd) {
    for (let start = nextLine(text, endOf(tape, key)); start < text.length; start = nextLine(text, start)) {
      const [indentation = '', content = ''] = /^([ \t]*)(\S?)/.exec(text.slice(start, start + 200))?.slice(1) ?? [];
      if (start >= end && content !== '' && (content !== '#' || indentation.length <= keyColumn)) break;
      // Of a block scalar the lines of white space may be content.
      if (content === '' && !isInside(blocks, start)) continue;
      if (indentation.includes('\t')) return undefined;
      moves.set(start, (moves.get(start) ?? 0) + target - offset);
    }
  }
  return [...moves].map(([start, move]) => {
    const indentation = /^ */.exec(text.slice(start, start + 200))?.[0].length ?? 0;
    return { replace: { path, start, end: start + indentation }, by: ' '.repeat(Math.max(0, indentation + move)) };
  });
}

/** Where the line after the one that holds an offset begins. */
function nextLine(text: string, offset: number): number {
  const lineBreak = text.indexOf('\n', offset);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}
