import type { SourceFile } from './document.ts';
import { layoutCare } from './layout.ts';
import { collectLevels } from './levels.ts';
import type { RepoPath } from './place.ts';
import { findQuotedStrings } from './quoted-strings.ts';

/** How YAML is written, as far as it can be written in several ways. */
export interface Style {
  /** Spaces for each level of mappings. */
  readonly step: number;
  /** Whether the dashes of a sequence stand below its key or further to the right. */
  readonly sequences: 'indented' | 'flush';
  readonly quotes: 'double' | 'single';
  /** Whether a file begins with `---`. */
  readonly documentStart: 'always' | 'never' | 'either';
  readonly lineEnds: 'lf' | 'crlf';
  readonly finalNewline: 'yes' | 'no';
  readonly trailingSpaces: 'removed' | 'kept';
  readonly extension: '.yaml' | '.yml';
  /** Whether `apiVersion` and `kind` stand before everything else of an object. */
  readonly keyOrder: 'identity first' | 'other';
}

/** Parts of a style, each with what it was told from. */
export type StyleFacts = { readonly [N in keyof Style]?: { readonly value: Style[N]; readonly from: string } };

/** What is known of the style of a repository. */
export interface Styles {
  /** What `.editorconfig`, `.yamllint` and `.prettierrc` say of a file. */
  readonly explicit: (path: RepoPath) => StyleFacts;
  /** What most files of the repository have in common; worked out when it is first asked for. */
  readonly inferred: () => StyleFacts;
}

/** How often a file does each thing, in the order of the first use. */
export type Votes = { readonly [N in keyof Style]?: ReadonlyMap<Style[N], number> };

/** What is fewer than this share of the files is no style of the repository: then each file keeps its own. */
const clearShare = 2 / 3;

/** The style of a repository: each file that leaves a choice has one vote. */
export function inferStyle(files: Iterable<SourceFile>): StyleFacts {
  const votes: Record<string, Map<unknown, number>> = {};
  for (const file of files) {
    const care = layoutCare(file);
    if (!care || 'skip' in care) continue;
    for (const [name, { value }] of Object.entries(fileStyle(measureStyle(file)))) {
      votes[name] ??= new Map();
      votes[name].set(value, (votes[name].get(value) ?? 0) + 1);
    }
  }
  // The keys of `votes` are those of the facts that they were counted from.
  const facts = Object.entries(votes).flatMap(([name, counts]) => {
    const [value, count] = mostFrequent(counts);
    const total = sum(counts);
    return count >= total * clearShare ? [[name, { value, from: `${count} of ${total} files` }]] : [];
  });
  return Object.fromEntries(facts) as StyleFacts;
}

/** What a file does most of the time and, where two are as frequent, does first. */
export function fileStyle(votes: Votes): StyleFacts {
  const facts = Object.entries(votes).flatMap(([name, counts]) => {
    if (!counts || counts.size === 0) return [];
    const [value, count] = mostFrequent(counts as ReadonlyMap<unknown, number>);
    const total = sum(counts as ReadonlyMap<unknown, number>);
    return [[name, { value, from: total === 1 ? 'the file' : `${count} of ${total} in the file` }]];
  });
  return Object.fromEntries(facts) as StyleFacts;
}

/** The first of those that are most frequent, with how often it is. */
export function mostFrequent<T>(counts: ReadonlyMap<T, number>): readonly [T | undefined, number] {
  return [...counts].reduce<readonly [T | undefined, number]>((best, count) => (count[1] > best[1] ? count : best), [undefined, 0]);
}

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

/** How often a file does what. */
export function measureStyle(file: SourceFile): Votes {
  const { path, text, documents } = file;
  const levels = collectLevels(file);
  const { double, single } = findQuotedStrings(file);
  const start = /^\ufeff?(?:%.*\n|#.*\n|[ \t]*\r?\n)*---(?:\s|$)/.test(text.slice(0, mostHeader));
  const lineCount = count(text, '\n');
  const windows = count(text, '\r\n');
  return {
    step: tally(levels.filter(({ isSequence }) => !isSequence).map(({ offset }) => offset)),
    sequences: tally(levels.filter(({ isSequence }) => isSequence).map(({ offset }) => (offset > 0 ? 'indented' : 'flush'))),
    quotes: quoteVotes(double[0]?.start, single[0]?.start, double.length, single.length),
    ...(documents.length > 0 && { documentStart: tally([start ? ('always' as const) : ('never' as const)]) }),
    lineEnds: new Map([['lf' as const, lineCount - windows] as const, ['crlf' as const, windows] as const].filter(([, votes]) => votes > 0)),
    ...(text !== '' && { finalNewline: tally([text.endsWith('\n') ? ('yes' as const) : ('no' as const)]) }),
    extension: tally([path.endsWith('.yml') ? ('.yml' as const) : ('.yaml' as const)]),
    keyOrder: tally(documents.flatMap(({ value }) => keyOrderOf(value))),
  };
}

/** A licence, at most. */
const mostHeader = 10_000;

function keyOrderOf(value: unknown): Style['keyOrder'][] {
  if (typeof value !== 'object' || value === null || !('apiVersion' in value) || !('kind' in value)) return [];
  const [first, second] = Object.keys(value);
  return [first === 'apiVersion' && second === 'kind' ? 'identity first' : 'other'];
}

function quoteVotes(firstDouble = 0, firstSingle = 0, doubles: number, singles: number): ReadonlyMap<Style['quotes'], number> {
  const votes = [['double', doubles] as const, ['single', singles] as const].filter(([, number]) => number > 0);
  return new Map(firstSingle < firstDouble ? votes.toReversed() : votes);
}

function tally<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function count(text: string, piece: string): number {
  let found = 0;
  for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + piece.length)) found++;
  return found;
}
