import type * as Yaml from 'yaml';
import type { SyntaxProblem } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { maxDepth, type ParsedDocument, type ParsedText, tooDeep } from './parsed-text.ts';
import { describeYamlError } from './syntax-messages.ts';
import { yaml } from './yaml-package.ts';
import { tapeOf } from './yaml-tape.ts';

/**
 * Reads a text with the `yaml` package: what our own parser refuses, and every text with a syntax error.
 * `refusal` says why, and is the problem of a text that is too large for the package.
 */
export function parseWithYaml(path: RepoPath, text: string, refusal: SyntaxProblem): Omit<ParsedText, 'duplicateKeys'> {
  const { stackTraceLimit } = Error;
  // A text that is no YAML can have an error on every line: their stack traces would take most of the time.
  Error.stackTraceLimit = 0;
  try {
    return readText(path, text, refusal);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function readText(path: RepoPath, text: string, refusal: SyntaxProblem): Omit<ParsedText, 'duplicateKeys'> {
  const documents: ParsedDocument[] = [];
  for (const step of composeDocuments(text, refusal)) {
    const document = 'contents' in step ? readDocument(path, documents.length, step) : step;
    if ('message' in document) return { documents, problems: [document] };
    documents.push(document);
  }
  return { documents, problems: [] };
}

/** The package takes some microseconds for each word and sign; a megabyte of YAML has about this many. */
const maxLexemes = 200_000;

/**
 * The documents of the text up to the first problem. Keys are compared later: the package takes quadratic time for it.
 * A byte order mark is left out, because the package reads the first line behind it wrongly.
 */
function* composeDocuments(text: string, refusal: SyntaxProblem): Generator<Yaml.Document.Parsed | SyntaxProblem> {
  const parser = new (yaml().Parser)();
  const composer = new (yaml().Composer)({ merge: true, uniqueKeys: false, logLevel: 'silent' });
  parser.offset = text.startsWith('\ufeff') ? 1 : 0;
  let lexemes = 0;
  for (const lexeme of new (yaml().Lexer)().lex(text.slice(parser.offset))) {
    if (++lexemes > maxLexemes) return yield refusal;
    for (const token of parser.next(lexeme)) yield* firstErrors(text, composer.next(token));
    if (parser.stack.length > maxDepth) return yield { message: tooDeep, start: parser.offset, end: parser.offset + 1 };
  }
  for (const token of parser.end()) yield* firstErrors(text, composer.next(token));
  yield* firstErrors(text, composer.end());
  const [error] = composer.streamInfo().errors;
  if (error) yield describeYamlError(text, error);
}

/** Of the errors of a document the first in the text: the others mostly follow from it. */
function* firstErrors(text: string, documents: Iterable<Yaml.Document.Parsed>): Generator<Yaml.Document.Parsed | SyntaxProblem> {
  for (const document of documents) {
    const [error] = document.errors.sort((a, b) => a.pos[0] - b.pos[0]);
    yield error ? describeYamlError(text, error) : document;
  }
}

function readDocument(path: RepoPath, index: number, document: Yaml.Document.Parsed): ParsedDocument | SyntaxProblem {
  const tape = tapeOf(document.contents as Yaml.ParsedNode);
  if ('message' in tape) return tape;
  try {
    // The tape has been checked: no alias expands to more than can be held.
    return { path, index, value: document.toJS({ maxAliasCount: -1 }) as unknown, tape };
  } catch (error) {
    const [start, end] = document.contents?.range ?? document.range;
    return { message: error instanceof Error ? error.message : String(error), start, end };
  }
}
