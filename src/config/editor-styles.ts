import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf, isWithin, nameOf } from '../core/repo-path.ts';
import type { Style, StyleFacts, Styles } from '../core/style.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { pathMatcher } from './path-matcher.ts';

/** One setting of one tool, for the paths that it is about. */
interface Setting {
  readonly folder: RepoPath;
  readonly matches: (path: RepoPath) => boolean;
  readonly facts: StyleFacts;
}

/**
 * Reads the style that editors and other tools are told: `.editorconfig` (https://editorconfig.org), `.yamllint` and
 * `.prettierrc` in YAML or JSON, the nearest one first. Where two tools differ, yamllint decides, then Prettier.
 */
export function readEditorStyles(files: ReadonlyMap<RepoPath, SourceFile>): Styles['explicit'] {
  const settings: Setting[] = [];
  for (const [path, { text }] of files) {
    const read = readers.get(nameOf(path));
    if (read) settings.push(...read(path, text));
  }
  if (settings.length === 0) return () => nothing;
  // The later one wins: first what is further up, then what weighs less.
  const inOrder = settings.toSorted((a, b) => a.folder.length - b.folder.length);
  const known = new Map<RepoPath, StyleFacts>();
  return path => {
    const facts = known.get(path) ?? Object.assign({}, ...inOrder.flatMap(setting => (isAbout(setting, path) ? [setting.facts] : [])));
    known.set(path, facts);
    return facts;
  };
}

const nothing: StyleFacts = {};

function isAbout({ folder, matches }: Setting, path: RepoPath): boolean {
  return isWithin(path, folder) && matches(folder === '' ? path : path.slice(folder.length + 1));
}

type Reader = (path: RepoPath, text: string) => Setting[];

/** The order of these is that in which they win within a folder: the listing is sorted by name. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['.editorconfig', readEditorConfig],
  ...['.prettierrc', '.prettierrc.json', '.prettierrc.yaml', '.prettierrc.yml'].map((name): [string, Reader] => [name, readPrettier]),
  ...['.yamllint', '.yamllint.yaml', '.yamllint.yml'].map((name): [string, Reader] => [name, readYamllint]),
]);

/** Sections of globs, each with `name = value` lines; names and most values in any case. */
function readEditorConfig(path: RepoPath, text: string): Setting[] {
  const settings: Setting[] = [];
  let glob: string | undefined;
  let values: Record<string, string> = {};
  const finish = () => {
    if (glob !== undefined) settings.push({ folder: folderOf(path), matches: editorGlob(glob), facts: editorFacts(path, values) });
    values = {};
  };
  for (const line of text.split(/\r?\n/)) {
    const section = /^\s*\[(.+)\]\s*$/.exec(line)?.[1];
    const [, name, value] = /^\s*([\w-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (section !== undefined) {
      finish();
      glob = section;
    } else if (name !== undefined && value !== undefined) {
      values[name.toLowerCase()] = value.toLowerCase();
    }
  }
  finish();
  return settings;
}

/** A glob without a slash holds in every folder below; `**` stands for any text, with slashes too. */
function editorGlob(glob: string): (path: RepoPath) => boolean {
  const anywhere = (glob.includes('/') ? glob : `**/${glob}`).replace(/\*\*(?=[^/*])/g, '**/*');
  return pathMatcher([anywhere], 'alone');
}

function editorFacts(path: RepoPath, values: Readonly<Record<string, string>>): StyleFacts {
  const from = (name: string) => `${path}: ${name} = ${values[name]}`;
  const step = Number(values.indent_size);
  const isSpaces = values.indent_style !== 'tab' && Number.isInteger(step) && step > 0 && step <= 8;
  return {
    ...(isSpaces && { step: { value: step, from: from('indent_size') } }),
    ...((values.end_of_line === 'lf' || values.end_of_line === 'crlf') && { lineEnds: { value: values.end_of_line, from: from('end_of_line') } }),
    ...choice('finalNewline', values.insert_final_newline, { true: 'yes', false: 'no' }, from('insert_final_newline')),
    ...choice('trailingSpaces', values.trim_trailing_whitespace, { true: 'removed', false: 'kept' }, from('trim_trailing_whitespace')),
  };
}

function choice<N extends keyof Style>(name: N, value: unknown, choices: Readonly<Record<string, Style[N]>>, from: string): StyleFacts {
  const key = String(value);
  return Object.hasOwn(choices, key) ? ({ [name]: { value: choices[key], from } } as StyleFacts) : nothing;
}

/** https://prettier.io/docs/options: Prettier always indents sequences that stand in mappings as it finds them, so only width and quotes count. */
function readPrettier(path: RepoPath, text: string): Setting[] {
  const config = readMap(path, text);
  const folder = folderOf(path);
  const overrides = Array.isArray(config.overrides) ? config.overrides.map(asMap) : [];
  return [
    { folder, matches: () => true, facts: prettierFacts(path, config) },
    ...overrides.map(override => ({
      folder,
      matches: anyGlob(override.files),
      facts: prettierFacts(path, asMap(override.options)),
    })),
  ];
}

function anyGlob(globs: unknown): (path: RepoPath) => boolean {
  const matchers = [globs].flat().flatMap(glob => (typeof glob === 'string' ? [editorGlob(glob)] : []));
  return path => matchers.some(matches => matches(path));
}

function prettierFacts(path: RepoPath, config: Readonly<Record<string, unknown>>): StyleFacts {
  const { tabWidth } = config;
  return {
    ...(typeof tabWidth === 'number' && tabWidth > 0 && tabWidth <= 8 && { step: { value: tabWidth, from: `${path}: tabWidth ${tabWidth}` } }),
    ...choice('quotes', config.singleQuote, { true: 'single', false: 'double' }, `${path}: singleQuote ${config.singleQuote}`),
    ...choice('lineEnds', config.endOfLine, { lf: 'lf', crlf: 'crlf' }, `${path}: endOfLine ${config.endOfLine}`),
  };
}

/** https://yamllint.readthedocs.io/en/stable/rules.html: `consistent` and `whatever` leave the choice to the file. */
function readYamllint(path: RepoPath, text: string): Setting[] {
  const config = readMap(path, text);
  const rules = asMap(config.rules);
  const from = (rule: string, says: unknown) => `${path}: ${rule} ${says}`;
  const indentation = asMap(rules.indentation);
  const { spaces } = indentation;
  const start = asMap(rules['document-start']).present;
  const isDefault = config.extends === 'default' && rules['document-start'] === undefined;
  const quoteType = asMap(rules['quoted-strings'])['quote-type'];
  const lineEnds = asMap(rules['new-lines']).type;
  const facts: StyleFacts = {
    ...(typeof spaces === 'number' && spaces > 0 && spaces <= 8 && { step: { value: spaces, from: from('indentation spaces', spaces) } }),
    ...choice(
      'sequences',
      indentation['indent-sequences'],
      { true: 'indented', false: 'flush' },
      from('indent-sequences', indentation['indent-sequences']),
    ),
    ...choice('quotes', quoteType, { single: 'single', double: 'double' }, from('quote-type', quoteType)),
    ...choice('documentStart', start, { true: 'always', false: 'never' }, from('document-start', start)),
    ...(rules['document-start'] === 'disable' && { documentStart: { value: 'either', from: from('document-start', 'disable') } }),
    ...(isDefault && { documentStart: { value: 'always', from: from('extends', 'default') } }),
    ...choice('lineEnds', lineEnds, { unix: 'lf', dos: 'crlf' }, from('new-lines', lineEnds)),
  };
  const ignored = pathMatcher(ignoredPaths(config.ignore));
  return [{ folder: folderOf(path), matches: file => !ignored(file), facts }];
}

/** Patterns as in `.gitignore`, as a list or one a line. */
function ignoredPaths(ignore: unknown): string[] {
  const patterns = typeof ignore === 'string' ? ignore.split('\n') : Array.isArray(ignore) ? ignore.map(String) : [];
  return patterns
    .map(pattern => pattern.trim())
    .filter(pattern => pattern !== '' && !pattern.startsWith('#'))
    .map(pattern => (pattern.replace(/\/$/, '').includes('/') ? pattern : `**/${pattern}`));
}

function readMap(path: RepoPath, text: string): Readonly<Record<string, unknown>> {
  return asMap(parseYaml(path, text).documents[0]?.value);
}

function asMap(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
