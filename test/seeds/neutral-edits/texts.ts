import { addFields, childrenOf, insertLines, lastLineOf, replaceField, replaceLine } from '../edit-text.ts';
import { isKustomization, isManifest } from '../mentions.ts';
import type { Field, Repository, YamlDocument } from '../read-repository.ts';
import type { NeutralEdit, Seeder, Seeders } from '../seed.ts';

/** Edits of the text of a file: its data stay the same, or change in a way that nobody minds. */
export const textEdits: Seeders<NeutralEdit> = {
  'a comment is added': comment('# Owned by the platform team, see the production runbook; dev and staging have none'),
  'a comment tells of secrets': comment('# password: kept in the vault, token=rotate-me, api_key: see the wiki; never "kind: Secret" here'),
  'a comment stands behind a value': function* (repository) {
    for (const field of plainFields(repository))
      yield edit(
        field,
        replaceLine(field.document.text, field.line, line => `${line} # same in staging and dev`),
      );
  },
  'a comment stands between items': function* ({ documents }) {
    for (const { kind, keys, document } of documents.flatMap(({ fields }) => fields)) {
      const second = kind === 'sequence' ? childrenOf(document, keys)[1] : undefined;
      if (second?.column !== undefined)
        yield edit(second, insertLines(document.text, second.line, `${' '.repeat(second.column)}# the next one came later`));
    }
  },
  'an empty line stands between blocks': function* (repository) {
    for (const field of blocks(repository))
      if (field.keys.length === 1 && field.line > 1) yield edit(field, insertLines(field.document.text, field.line, ''));
  },
  'a document start is added': function* ({ documents }) {
    for (const document of documents)
      if (document.siblings === 1 && !document.text.startsWith('---')) yield edit({ document }, `---\n${document.text}`);
  },
  'neighbours change places': function* (repository) {
    for (const field of plainFields(repository)) {
      const next = plainNeighbour(field);
      if (next) yield edit(field, swapLines(field, next));
    }
  },
  'blocks change places': function* (repository) {
    for (const field of blocks(repository)) {
      const { document, keys, column, line } = field;
      const siblings = childrenOf(document, keys.slice(0, -1));
      const next = siblings[siblings.indexOf(field) + 1];
      if (keys.length < 2 || next === undefined || next.column !== column || document.siblings > 1) continue;
      if (next.line === lastLineOf(field) + 1 && line < next.line && ![field, next].some(startsWithDash)) yield edit(field, swapLines(field, next));
    }
  },
  'resources change places': function* ({ documents }) {
    for (const document of documents.filter(isKustomization)) {
      const [first, second] = childrenOf(document, ['resources']);
      if (first?.column !== undefined && second !== undefined) yield edit(first, swapLines(first, second));
    }
  },
  'a value gets quotes': function* (repository) {
    for (const field of plainFields(repository)) {
      const { text } = field.document;
      const quote = /: '|- '/.test(text) ? "'" : '"';
      yield edit(field, replaceField(field, `${quote}${field.value}${quote}`));
    }
  },
  'a value loses its quotes': function* ({ documents }) {
    for (const field of documents.flatMap(({ fields }) => fields)) {
      const source = field.document.text.slice(field.start, field.end);
      const isWord = /^(["'])(?!true|false|null|yes|no|on|off|y|n)[a-z][a-z-]{2,}\1$/i.test(source);
      if (field.kind === 'scalar' && isWord) yield edit(field, replaceField(field, source.slice(1, -1)));
    }
  },
  'an anchor is added': function* (repository) {
    for (const field of plainFields(repository))
      yield edit(field, replaceField(field, `&${String(field.keys.at(-1)).replace(/\W/g, '')} ${field.value}`));
  },
  'a list is written in brackets': function* (repository) {
    for (const field of blocks(repository)) {
      const items = childrenOf(field.document, field.keys);
      if (field.kind !== 'sequence' || items.some(item => typeof item.value !== 'string' || /[^\w./-]/.test(item.value))) continue;
      const { text } = field.document;
      const lines = text.split('\n');
      const list = `[${items.map(item => text.slice(item.start, item.end)).join(', ')}]`;
      lines.splice(field.line - 1, lastLineOf(field) - field.line + 1, `${lines[field.line - 1]} ${list}`);
      yield edit(field, lines.join('\n'));
    }
  },
  'a label is added': addedTo(['metadata', 'labels'], 'example.org/reviewed: soon'),
  'a long text is added': addedTo(
    ['metadata'],
    'annotations:',
    `  example.org/about: ${'What this is for, who asked for it and where the talk about it took place. '.repeat(6).trim().replaceAll(': ', ' ')}`,
  ),
  'a folded text is added': addedTo(
    ['metadata'],
    'annotations:',
    '  example.org/about: >-',
    '    What this is for,',
    '    and who asked for it:',
    '      nobody  knows.',
  ),
  'a script is added': function* (repository) {
    for (const document of configMaps(repository)) {
      yield* added(document, ['data'], 'run.sh: |', '  #!/bin/sh', '  if test -n "$TOKEN"; then', '  \texec serve --token "$TOKEN"', '  fi');
    }
  },
  'a path to a password is added': function* (repository) {
    for (const document of configMaps(repository)) yield* added(document, ['data'], 'DATABASE_PASSWORD_FILE: /var/run/secrets/database/password');
  },
  'a password is a placeholder': function* (repository) {
    for (const document of configMaps(repository))
      yield* added(document, ['data'], 'settings.ini: |', '  password = $(DATABASE_PASSWORD)', '  token = <token>');
  },
};

/** Plain words on a line of their own below the root. */
export function* plainFields({ documents }: Repository): Iterable<Field> {
  for (const document of documents) {
    if (/^sops:$/m.test(document.text)) continue;
    for (const field of document.fields) {
      const { kind, keys, column, line, valueLine, start, end } = field;
      if (kind !== 'scalar' || typeof keys.at(-1) !== 'string' || !column || line !== valueLine || startsWithDash(field)) continue;
      const rest = document.text.slice(end, document.text.indexOf('\n', end));
      if (/^[a-z][\w-]*$/i.test(document.text.slice(start, end)) && typeof field.value === 'string' && rest === '') yield field;
    }
  }
}

function* blocks({ documents }: Repository): Iterable<Field> {
  for (const document of documents) {
    for (const field of document.fields) {
      const { kind, keys, column, line, valueLine } = field;
      if (kind !== 'scalar' && typeof keys.at(-1) === 'string' && column !== undefined && valueLine > line) yield field;
    }
  }
}

function startsWithDash({ document, line, column }: Field): boolean {
  return (document.text.split('\n')[line - 1] ?? '').slice(0, column).includes('-');
}

function plainNeighbour(field: Field): Field | undefined {
  const siblings = childrenOf(field.document, field.keys.slice(0, -1));
  const next = siblings[siblings.indexOf(field) + 1];
  return next?.kind === 'scalar' &&
    next.line === field.line + 1 &&
    next.column === field.column &&
    next.valueLine === lastLineOf(next) &&
    lastLineOf(next) === next.line
    ? next
    : undefined;
}

/** The text with the lines of two neighbours exchanged. */
function swapLines(first: Field, second: Field): string {
  const lines = first.document.text.split('\n');
  const [start, middle, end] = [first.line - 1, second.line - 1, lastLineOf(second)];
  return [...lines.slice(0, start), ...lines.slice(middle, end), ...lines.slice(start, middle), ...lines.slice(end)].join('\n');
}

function comment(text: string): Seeder<NeutralEdit> {
  return function* ({ documents }) {
    for (const document of documents)
      yield edit({ document }, document.text.startsWith('---') ? document.text.replace('---\n', `---\n${text}\n`) : `${text}\n${document.text}`);
  };
}

/** Lines added to a mapping of every manifest that has it and lacks their first key. */
function addedTo(mapping: Field['keys'], ...lines: readonly string[]): Seeder<NeutralEdit> {
  return function* ({ documents }) {
    for (const document of documents.filter(isManifest)) {
      const key = /^[^:]+/.exec(lines[0] ?? '')?.[0];
      if (!childrenOf(document, mapping).some(({ keys }) => keys.at(-1) === key)) yield* added(document, mapping, ...lines);
    }
  };
}

function configMaps({ documents }: Repository): YamlDocument[] {
  return documents.filter(({ kind }) => kind === 'ConfigMap');
}

function* added(document: YamlDocument, mapping: Field['keys'], ...lines: readonly string[]): Iterable<NeutralEdit> {
  // Deeper lines keep to the step that the file has.
  const step = /^( +)\S/m.exec(document.text)?.[1] ?? '  ';
  const inStyle = lines.map(line => line.replace(/^ */, spaces => step.repeat(spaces.length / 2)));
  const insertion = addFields(document, mapping, ...inStyle);
  if (insertion) yield edit({ document }, insertion.text);
}

function edit({ document }: Pick<Field, 'document'>, text: string): NeutralEdit {
  return { files: { [document.path]: text } };
}
