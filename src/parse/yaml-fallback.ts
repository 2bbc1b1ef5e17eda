import type * as Yaml from 'yaml';
import type { SyntaxProblem } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { maxDepth, type ParsedDocument, type ParsedText } from './parsed-text.ts';
import { describeYamlError } from './syntax-messages.ts';
import { yaml } from './yaml-package.ts';
import { tapeOf } from './yaml-tape.ts';

/**
 * Reads a text with the `yaml` package: what our own parser refuses, and every text
 * with a syntax error. The package is loaded when the first such text is met.
 */
export function parseWithYaml(path: RepoPath, text: string): Omit<ParsedText, 'duplicateKeys'> {
  const documents: ParsedDocument[] = [];
  for (const step of composeDocuments(text)) {
    const document = 'contents' in step ? readDocument(path, documents.length, step) : step;
    if ('message' in document) return { documents, problems: [document] };
    documents.push(document);
  }
  return { documents, problems: [] };
}

/** The documents of the text up to the first problem. Keys are compared later: the package takes quadratic time for it. */
function* composeDocuments(text: string): Generator<Yaml.Document.Parsed | SyntaxProblem> {
  const parser = new (yaml().Parser)();
  const composer = new (yaml().Composer)({ merge: true, uniqueKeys: false, logLevel: 'silent' });
  for (const lexeme of new (yaml().Lexer)().lex(text)) {
    for (const token of parser.next(lexeme)) yield* firstErrors(text, composer.next(token));
    if (parser.stack.length > maxDepth) {
      yield { message: `nested deeper than ${maxDepth} levels: flatten the document`, start: parser.offset, end: parser.offset + 1 };
      return;
    }
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
