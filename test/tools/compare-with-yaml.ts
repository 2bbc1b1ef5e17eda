import { isDeepStrictEqual } from 'node:util';
import { Composer, type ParsedNode, Parser } from 'yaml';
import type { SyntaxProblem, Tape } from '../../src/core/document.ts';
import { endOf, kindOf, nextOf, startOf } from '../../src/core/tape.ts';
import { readDocuments } from '../../src/parse/yaml/documents.ts';
import { Refusal } from '../../src/parse/yaml/scanner.ts';
import { tapeOf } from '../../src/parse/yaml-tape.ts';

export interface Comparison {
  /** Why our own parser left the text to the `yaml` package; absent where it read it. */
  readonly refusal?: string;
  /** Absent where both agree, or our own parser gave up. */
  readonly difference?: { readonly kind: 'false accept' | 'value' | 'position'; readonly details: string };
}

/** Reads a text with our own parser and, if that accepts it, with the `yaml` package, and says where they differ. */
export function compareWithYaml(text: string): Comparison {
  let read: ReturnType<typeof readDocuments>;
  try {
    read = readDocuments('text.yaml', text);
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error.message };
    throw error;
  }
  const parser = new Parser();
  // The package reads the first line behind a byte order mark wrongly.
  parser.offset = text.startsWith('\ufeff') ? 1 : 0;
  const composer = new Composer<ParsedNode>({ merge: true, uniqueKeys: false, logLevel: 'silent' });
  const expected = [...composer.compose(parser.parse(text.slice(parser.offset)))];
  const problem = [...expected.flatMap(({ errors }) => errors), ...composer.streamInfo().errors][0];
  if (problem) return { difference: { kind: 'false accept', details: `${problem.message} at ${problem.pos[0]}` } };
  if (expected.length !== read.documents.length) {
    return { difference: { kind: 'value', details: `${read.documents.length} documents instead of ${expected.length}` } };
  }
  for (const [index, document] of expected.entries()) {
    const ours = read.documents[index];
    const tape = tapeOf(document.contents as ParsedNode);
    if ('message' in tape) return { difference: { kind: 'false accept', details: tape.message } };
    if (!ours) continue;
    const value: unknown = document.toJS({ maxAliasCount: -1 });
    if (!isSameValue(ours.value, value)) {
      return { difference: { kind: 'value', details: `document ${index}: ${JSON.stringify(ours.value)} instead of ${JSON.stringify(value)}` } };
    }
    const details = comparePositions(ours.tape, tape);
    if (details !== undefined) return { difference: { kind: 'position', details: `document ${index}: ${details}` } };
  }
  return {};
}

/** Equal, with the keys of mappings in the same order. */
function isSameValue(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other) && JSON.stringify(one) === JSON.stringify(other);
}

function comparePositions(ours: Tape, expected: Tape | SyntaxProblem): string | undefined {
  if (!('cells' in expected)) return expected.message;
  const length = nextOf(expected, expected.root) - expected.root;
  for (let offset = 0; offset < length; offset += 4) {
    const one = describe(ours, ours.root + offset);
    const other = describe(expected, expected.root + offset);
    if (one !== other) return `node ${offset / 4} is ${one} instead of ${other}`;
  }
  return nextOf(ours, ours.root) - ours.root === length ? undefined : 'the number of nodes differs';
}

function describe(tape: Tape, node: number): string {
  const target = tape.aliases?.get(node);
  const alias = target === undefined ? '' : ` alias of node ${(target - tape.root) / 4}`;
  return `kind ${kindOf(tape, node)} from ${startOf(tape, node)} to ${endOf(tape, node)}, next ${nextOf(tape, node) - tape.root}${alias}`;
}
