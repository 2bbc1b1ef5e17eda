import type { RepoPath } from '../../../src/core/place.ts';
import { childrenOf, insertLines, lastLineOf, replaceField, replaceLine } from '../edit-text.ts';
import type { Field, Repository, YamlDocument } from '../read-repository.ts';
import type { Defect, Files, Seeders } from '../seed.ts';

/** Mistakes in the text of any YAML file: what does not parse, what stands twice, what cannot be seen, what is out of style. */
export const textDefects: Seeders<Defect> = {
  'a bracket stays open': function* (repository) {
    for (const field of plainFields(repository)) {
      const added = `${indentationOf(field)}annotations: {team: harbour`;
      yield at('schema/yaml-syntax', field, field.line, insertLines(field.document.text, field.line, added));
    }
  },
  'a quote stays open': function* (repository) {
    for (const field of plainFields(repository)) {
      if (!field.document.text.slice(field.start).includes('"')) {
        yield at('schema/yaml-syntax', field, field.line, replaceField(field, `"${field.value}`));
      }
    }
  },
  'a colon is missing': function* (repository) {
    for (const field of plainFields(repository)) {
      // Alone below its key the line is a value.
      if (childrenOf(field.document, field.keys.slice(0, -1)).length < 2) continue;
      yield at(
        'schema/yaml-syntax',
        field,
        field.line,
        replaceLine(field.document.text, field.line, line => line.replace(': ', ' ')),
      );
    }
  },
  'a key is out of line': function* (repository) {
    for (const field of plainFields(repository)) {
      const before = field.document.fields.find(({ line, column }) => line === field.line - 1 && column === field.column);
      if (before?.kind !== 'scalar' || before.value === null || typeof before.keys.at(-1) !== 'string') continue;
      yield at(
        'schema/yaml-syntax',
        field,
        field.line,
        replaceLine(field.document.text, field.line, line => ` ${line}`),
      );
    }
  },
  'a tab indents a line': function* (repository) {
    for (const field of plainFields(repository)) {
      yield at(
        'schema/yaml-syntax',
        field,
        field.line,
        replaceLine(field.document.text, field.line, line => line.replace(/^ +/, '\t')),
      );
    }
  },
  'an alias has no anchor': function* (repository) {
    for (const field of plainFields(repository)) yield at('schema/yaml-syntax', field, field.line, replaceField(field, `*${field.keys.at(-1)}`));
  },
  'a value is written wrongly': function* (repository) {
    for (const field of plainFields(repository)) {
      for (const value of [
        '@web',
        '`web`',
        'web: harbour',
        '"\\d+"',
        '"web" harbour',
        '[web',
        '{web: 1',
        '%web',
        '|web',
        '&web &more web',
        '!<web',
      ]) {
        if (!(value.startsWith('[') || value.startsWith('{')) || !/[\]}]/.test(field.document.text.slice(field.end))) {
          yield at('schema/yaml-syntax', field, field.line, replaceField(field, value));
        }
      }
    }
  },
  'a key stands twice, once in quotes': function* (repository) {
    for (const field of plainFields(repository)) {
      const added = `${indentationOf(field)}"${field.keys.at(-1)}": other`;
      yield at('schema/duplicate-key', field, field.line + 1, insertLines(field.document.text, field.line + 1, added));
    }
  },
  'a key stands twice': function* (repository) {
    for (const field of plainFields(repository)) {
      const { text } = field.document;
      yield at('schema/duplicate-key', field, field.line + 1, insertLines(text, field.line, text.split('\n')[field.line - 1] ?? ''));
    }
  },
  'a comma is missing in JSON': function* ({ files }) {
    for (const [path, number, text] of jsonLines(files, /^ *"[\w-]+": "[^"]+",$/)) {
      yield {
        files: { [path]: replaceLine(text, number, line => line.slice(0, -1)) },
        expected: [number, number + 1].map(line => ({ ruleId: 'schema/yaml-syntax', path, line })),
      };
    }
  },
  'a key stands twice in JSON': function* ({ files }) {
    for (const [path, number, text] of jsonLines(files, /^ *"[\w-]+": "[^"]+",$/)) {
      yield {
        files: { [path]: insertLines(text, number, text.split('\n')[number - 1] ?? '') },
        expected: [{ ruleId: 'schema/duplicate-key', path, line: number + 1 }],
      };
    }
  },
  'blanks stand at the end of a line': function* (repository) {
    for (const field of plainFields(repository)) {
      yield at(
        'format/whitespace',
        field,
        field.line,
        replaceLine(field.document.text, field.line, line => `${line}  `),
      );
    }
  },
  'a non-breaking space stands in a value': function* (repository) {
    for (const field of plainFields(repository)) {
      yield at('format/whitespace', field, field.line, replaceField(field, `${field.value}\u00A0${field.value}`));
    }
  },
  'a zero-width space stands in a value': function* (repository) {
    for (const field of plainFields(repository)) yield at('format/whitespace', field, field.line, replaceField(field, `${field.value}\u200Bx`));
  },
  'a tab stands at the end of a line': function* (repository) {
    for (const field of plainFields(repository)) {
      yield at(
        'format/whitespace',
        field,
        field.line,
        replaceLine(field.document.text, field.line, line => `${line}\t`),
      );
    }
  },
  'a line ends with CRLF': function* (repository) {
    for (const field of plainFields(repository)) {
      yield at(
        'format/whitespace',
        field,
        field.line,
        replaceLine(field.document.text, field.line, line => `${line}\r`),
      );
    }
  },
  'a file begins with a byte order mark': function* (repository) {
    for (const document of firstDocuments(repository)) yield at('format/whitespace', { document }, 1, `\uFEFF${document.text}`);
  },
  'the last line has no line break': function* (repository) {
    for (const document of firstDocuments(repository)) {
      const text = document.text.trimEnd();
      yield at('format/whitespace', { document }, text.split('\n').length, text);
    }
  },
  'empty lines end a file': function* (repository) {
    for (const document of firstDocuments(repository)) {
      yield at('format/whitespace', { document }, document.text.split('\n').length, `${document.text}\n\n`);
    }
  },
  'a mapping is indented otherwise': function* ({ documents }) {
    for (const document of documents) {
      const mappings = document.fields.filter(field => field.kind === 'mapping' && isBlock(field) && typeof field.keys.at(-1) === 'string');
      for (const field of mappings) {
        const children = childrenOf(document, field.keys);
        if (
          mappings.length < 4 ||
          children.some(({ kind, line, end }) => kind !== 'scalar' || document.text.slice(0, end).split('\n').length !== line)
        )
          continue;
        yield at('format/indentation', field, field.valueLine, shift(document.text, field.line + 1, lastLineOf(field), '   '));
      }
    }
  },
  'a sequence is indented otherwise': function* ({ documents }) {
    for (const document of documents) {
      const sequences = document.fields.filter(field => field.kind === 'sequence' && isBlock(field) && typeof field.keys.at(-1) === 'string');
      for (const field of sequences) {
        const [first] = childrenOf(document, field.keys);
        const isFlush = first?.column === field.column;
        if (sequences.length < 3 || first === undefined || /[|#]/.test(document.text.slice(field.start, field.end))) continue;
        const by = isFlush ? '  ' : -((first.column ?? 0) - (field.column ?? 0));
        yield at('format/indentation', field, first.line, shift(document.text, first.line, lastLineOf(field), by));
      }
    }
  },
  'quote styles are mixed': function* (repository) {
    for (const document of repository.documents) {
      const quoted = document.fields.filter(
        ({ kind, start, end }) => kind === 'scalar' && /^(["'])[^"'\\$]+\1$/.test(document.text.slice(start, end)),
      );
      const [first] = quoted;
      const odd = quoted.at(-1);
      const style = first === undefined ? '' : document.text.charAt(first.start);
      if (odd === undefined || quoted.length < 3 || quoted.some(({ start }) => document.text.charAt(start) !== style) || document.siblings > 1)
        continue;
      const other = style === '"' ? "'" : '"';
      yield at('format/quotes', odd, odd.line, replaceField(odd, other + document.text.slice(odd.start + 1, odd.end - 1) + other));
    }
  },
};

/** Fields of one line below the root of a document, with a plain word as their value; what SOPS has written is left alone. */
function* plainFields({ documents }: Repository): Iterable<Field> {
  for (const document of documents) {
    if (/^sops:$/m.test(document.text)) continue;
    for (const field of document.fields) {
      const { keys, kind, column, line, valueLine, start, end } = field;
      if (kind !== 'scalar' || typeof keys.at(-1) !== 'string' || !column || line !== valueLine) continue;
      const lineStart = document.text.lastIndexOf('\n', start) + 1;
      // On the line of a dash the key is not the first thing.
      if (document.text.slice(lineStart, lineStart + column).trim() !== '') continue;
      if (/^[a-z][\w.-]*$/i.test(document.text.slice(start, end)) && /^ *[\w-]+: [\w.-]+$/m.test(lineAt(document.text, lineStart))) yield field;
    }
  }
}

function lineAt(text: string, start: number): string {
  return text.slice(start, text.indexOf('\n', start));
}

/** Lines of JSON files, with their number and text. */
function* jsonLines(files: Files, pattern: RegExp): Iterable<readonly [path: RepoPath, number: number, text: string]> {
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith('.json')) continue;
    for (const [index, line] of text.split('\n').entries()) if (pattern.test(line)) yield [path, index + 1, text];
  }
}

/** The first document of each file that a person writes. */
function firstDocuments({ documents }: Repository): YamlDocument[] {
  const paths = new Set<string>();
  return documents.filter(({ path, text }) => !/^sops:$/m.test(text) && !/: [|>][-+]?\n(?:.*\n)*$/.test(text) && paths.size < paths.add(path).size);
}

function at(ruleId: string, { document: { path } }: Pick<Field, 'document'>, line: number, text: string): Defect {
  return { files: { [path]: text }, expected: [{ ruleId, path, line }] };
}

function indentationOf({ column }: Field): string {
  return ' '.repeat(column ?? 0);
}

/** Written in lines below its key. */
function isBlock({ column, line, valueLine }: Field): boolean {
  return column !== undefined && valueLine > line;
}

/** Lines moved to the right by some text, or to the left by a number of columns. */
function shift(text: string, first: number, last: number, by: string | number): string {
  const lines = text.split('\n');
  for (let index = first - 1; index < last; index++) lines[index] = typeof by === 'string' ? by + lines[index] : (lines[index] ?? '').slice(-by);
  return lines.join('\n');
}
