import { nodeKind, type SourceFile, type Tape } from '../../src/core/document.ts';
import type { Edit, Fix, Report } from '../../src/core/finding.ts';
import { isInside, layoutCare, spansLeftAlone } from '../../src/core/layout.ts';
import { defineRule } from '../../src/core/rule.ts';
import { endOf, keyText, kindOf, nextOf, startOf } from '../../src/core/tape.ts';

interface Options {
  /** Spaces for each level of mappings; `file`: as most of the file has it. */
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
        description: 'Spaces for each level of mappings: what most of the file has, or always the same.',
      },
      sequences: {
        enum: ['file', 'indented', 'flush'],
        description: 'Whether the dashes of a sequence stand below its key or further to the right.',
      },
    },
    defaults: { step: 'file', sequences: 'file' },
  },

  *check(file, { options }) {
    const care = layoutCare(file);
    if (!care) return;
    if ('skip' in care) {
      yield { at: { path: file.path }, skipped: care.skip };
      return;
    }
    if (options.step === 'file' && options.sequences === 'file' && !isMixed(file)) return;
    const levels = collectLevels(file);
    const maps = levels.filter(({ isSequence }) => !isSequence);
    const sequences = levels.filter(({ isSequence }) => isSequence);
    const step = options.step === 'file' ? usual(maps) : options.step;
    yield* reportOdd(file, maps, step, care.fix);
    yield* reportOdd(file, sequences, sequenceStep(sequences, options, step), care.fix);
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

/** A block collection that begins on a line of its own below its key. */
interface Level {
  readonly tape: Tape;
  readonly isSequence: boolean;
  readonly key: number;
  readonly start: number;
  readonly end: number;
  readonly keyColumn: number;
  /** How much further to the right than its key. */
  readonly offset: number;
}

/** Whether levels differ at all: the only thing that is worked out for nearly every file. */
function isMixed(file: SourceFile): boolean {
  const { text } = file;
  let [firstOfMaps, firstOfSequences] = [-1, -1];
  let mixed = false;
  visitLevels(file, (tape, key, value) => {
    const offset = columnOf(text, startOf(tape, value)) - columnOf(text, startOf(tape, key));
    if (kindOf(tape, value) === nodeKind.blockMap) {
      if (firstOfMaps < 0) firstOfMaps = offset;
      else if (offset !== firstOfMaps) mixed = true;
    } else if (firstOfSequences < 0) firstOfSequences = offset;
    else if (offset !== firstOfSequences) mixed = true;
  });
  return mixed;
}

/** In the order of the text. */
function collectLevels(file: SourceFile): Level[] {
  const { text } = file;
  const exempt = spansLeftAlone(text, ['indentation']);
  const levels: Level[] = [];
  visitLevels(file, (tape, key, value) => {
    const start = startOf(tape, value);
    const column = columnOf(text, start);
    const keyColumn = columnOf(text, startOf(tape, key));
    if (column !== spacesBefore(text, start) || isInside(exempt, start)) return;
    levels.push({
      tape,
      isSequence: kindOf(tape, value) === nodeKind.blockSequence,
      key,
      start,
      end: endOf(tape, value),
      keyColumn,
      offset: column - keyColumn,
    });
  });
  return levels;
}

type Visit = (tape: Tape, key: number, value: number) => void;

/** Calls `visit` with each entry of a block mapping whose value is a block collection. */
function visitLevels({ documents }: SourceFile, visit: Visit): void {
  for (const { tape } of documents) visitBelow(tape, tape.root, visit);
}

function visitBelow(tape: Tape, node: number, visit: Visit): void {
  const isMap = kindOf(tape, node) === nodeKind.blockMap;
  const end = nextOf(tape, node);
  for (let child = node + 4; child < end; ) {
    const value = isMap ? nextOf(tape, child) : child;
    const kind = kindOf(tape, value);
    if (kind === nodeKind.blockMap || kind === nodeKind.blockSequence) {
      if (isMap) visit(tape, child, value);
      visitBelow(tape, value, visit);
    }
    child = nextOf(tape, value);
  }
}

/** Keys and dashes stand near the beginning of their line: a loop is there sooner than a search. */
function columnOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) !== 10) start--;
  return offset - start;
}

/** The spaces right before an offset: as many as its column where nothing else stands there. */
function spacesBefore(text: string, offset: number): number {
  let start = offset;
  while (text.charCodeAt(start - 1) === 32) start--;
  return offset - start;
}

/** The offset that most of the levels have, and of those that are as frequent the one that comes first. */
function usual(levels: readonly Level[]): number {
  const counts = new Map<number, number>();
  for (const { offset } of levels) counts.set(offset, (counts.get(offset) ?? 0) + 1);
  return [...counts].reduce((best, count) => (count[1] > best[1] ? count : best), [0, 0])[0];
}

function sequenceStep(sequences: readonly Level[], options: Options, step: number): number {
  if (options.sequences === 'flush') return 0;
  const own = usual(sequences);
  if (own === 0 && options.sequences === 'file') return 0;
  return options.step === 'file' && own > 0 ? own : step;
}

function* reportOdd(file: SourceFile, levels: readonly Level[], target: number, safety: Fix<Edit>['safety']): Generator<Report> {
  const odd = levels.filter(({ offset }) => offset !== target);
  const [first] = odd;
  if (!first) return;
  const edits = shift(file, odd, target);
  yield {
    at: { path: file.path, start: first.start, end: first.start + 1 },
    message: describe(file.text, first, odd.length, levels.length - odd.length, target),
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
function shift({ path, text }: SourceFile, odd: readonly Level[], target: number): Edit[] | undefined {
  const moves = new Map<number, number>();
  for (const { tape, key, end, keyColumn, offset } of odd) {
    for (let start = nextLine(text, endOf(tape, key)); start < text.length; start = nextLine(text, start)) {
      const [indentation = '', content = ''] = /^([ \t]*)(\S?)/.exec(text.slice(start, start + 200))?.slice(1) ?? [];
      if (start >= end && content !== '' && (content !== '#' || indentation.length <= keyColumn)) break;
      if (content === '') continue;
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
