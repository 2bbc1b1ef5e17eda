/**
 * tsx test/tools/compare-with-yamllint.ts FOLDER…
 *
 * Compares, line by line, what the format rules and yamllint (https://yamllint.readthedocs.io, on the PATH) say of the YAML files
 * that both read, with yamllint told the style that was inferred; and asks yamllint again about the formatted files.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { rules } from '../../rules/index.ts';
import { loadStyles } from '../../src/config/load-styles.ts';
import { isDelivered, layoutCare } from '../../src/core/layout.ts';
import type { Styles } from '../../src/core/style.ts';
import type { LintOutcome } from '../../src/lint.ts';

import { type Files, lintFiles } from '../lint/lint-files.ts';
import { checkFormat, formatRules, readFolder } from './check-format.ts';

/** yamllint's rules and the words by which our messages are told to mean the same. */
const classes: Readonly<Record<string, RegExp>> = {
  'trailing-spaces': /trailing spaces/,
  indentation: /indented|flush with|a tab in the indentation/,
  'new-line-at-end-of-file': /no line break/,
  'new-lines': /CRLF/,
  'quoted-strings': /in (?:single|double) quotes/,
  'document-start': /begins? with "---"/,
  'empty-lines': /empty lines/,
  comments: /a space after "#"/,
};

/** What is one finding in each file, because which line is the odd one depends on the style that is wanted. */
const wholeFile: ReadonlySet<string> = new Set(['indentation', 'quoted-strings']);

const totals = { lines: 0, different: 0, left: 0 };
for (const folder of process.argv.slice(2)) await compare(folder);
console.log(
  `${totals.lines} lines, ${totals.different} told differently (${((100 * totals.different) / totals.lines).toFixed(2)} %), ${totals.left} left after fmt`,
);

async function compare(folder: string): Promise<void> {
  const { before, files } = await checkFormat(readFolder(folder));
  const { repo } = before;
  const paths = [...repo.files.values()].flatMap(file => {
    const care = layoutCare(file);
    return care && !('skip' in care) && !isDelivered(file) ? [file.path] : [];
  });
  const styles = await loadStyles(repo.files);
  const texts = new Map(paths.map(path => [path, repo.files.get(path)?.text ?? '']));
  const [theirs, left] = [lintWithYamllint(texts, styles), lintWithYamllint(new Map(paths.map(path => [path, files[path] ?? ''])), styles)];
  const compared = new Set(paths.filter(path => !theirs.unreadable.has(path)));
  const ours = tellLines(before, compared);
  for (const path of paths) if (!theirs.unreadable.has(path)) totals.lines += texts.get(path)?.split('\n').length ?? 0;
  const formatted = tellLines(await lintFiles(files, rules, { only: formatRules }), compared);
  const different = new Set<string>();
  for (const name of Object.keys(classes)) {
    const [own, other] = [ours.get(name) ?? new Set<string>(), theirs.lines.get(name) ?? new Set<string>()];
    const [onlyOurs, onlyTheirs] = [[...own].filter(line => !other.has(line)), [...other].filter(line => !own.has(line))];
    for (const line of [...onlyOurs, ...onlyTheirs]) different.add(line);
    // What is told still is content: a trailing space of a script, a string that needs its quotes.
    const remaining = [...(left.lines.get(name) ?? [])].filter(line => !formatted.get(name)?.has(line) && !needsQuotes(name, files, line));
    totals.left += remaining.length;
    if (onlyOurs.length + onlyTheirs.length + remaining.length === 0) continue;
    console.log(
      `${folder} ${name}: both ${own.size - onlyOurs.length}, only gitops-lint ${onlyOurs.length}, only yamllint ${onlyTheirs.length}, left ${remaining.length}`,
    );
    console.log(
      `  ours: ${onlyOurs.slice(0, 4).join(' ')}\n  theirs: ${onlyTheirs.slice(0, 4).join(' ')}\n  left: ${remaining.slice(0, 6).join(' ')}`,
    );
  }
  totals.different += different.size;
}

/** A string with a character that the other quotes mean otherwise, or that is filled in before the file is parsed. */
function needsQuotes(name: string, files: Files, place: string): boolean {
  const [path = '', line] = place.split(':');
  const lines = (files[path] ?? '').split('\n');
  const told = line === '0' ? lines : lines.slice(Number(line) - 1, Number(line));
  return name === 'quoted-strings' && told.some(text => /"[^"]*[\\'$][^"]*"|'[^']*["\\$][^']*'|\{\{|["'][^"']*$/.test(text));
}

interface Told {
  /** By rule, as `path:line`. */
  readonly lines: ReadonlyMap<string, ReadonlySet<string>>;
  /** Files that yamllint cannot parse. */
  readonly unreadable: ReadonlySet<string>;
}

function lintWithYamllint(texts: ReadonlyMap<string, string>, styles: Styles): Told {
  const lines = new Map<string, Set<string>>();
  const unreadable = new Set<string>();
  const root = mkdtempSync(join(tmpdir(), 'gitops-lint-yamllint-'));
  const startOf = (path: string) => (styles.explicit(path).documentStart ?? styles.inferred().documentStart)?.value ?? 'either';
  for (const start of ['always', 'never', 'either']) {
    const group = [...texts].filter(([path]) => startOf(path) === start);
    if (group.length === 0) continue;
    const folder = join(root, start);
    for (const [path, text] of group) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const result = spawnSync('yamllint', ['-f', 'parsable', '-d', configOf(start), '.'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
    for (const row of result.stdout.split('\n')) {
      const [, path = '', line = '', name = ''] = /^\.\/(.*?):(\d+):\d+: \[\w+\] .*?(?:\(([\w-]+)\))?$/.exec(row) ?? [];
      if (path !== '' && (name === '' || row.includes('syntax error'))) unreadable.add(path);
      else if (path !== '' && !isBetween(name, start, texts.get(path) ?? '', Number(line)))
        lines.set(name, (lines.get(name) ?? new Set<string>()).add(wholeFile.has(name) ? `${path}:0` : `${path}:${line}`));
    }
  }
  rmSync(root, { recursive: true });
  return { lines, unreadable };
}

/** A `---` between documents: yamllint forbids those too, and then a file has one document at most. */
function isBetween(name: string, start: string, text: string, line: number): boolean {
  const before = text.split('\n').slice(0, line - 1);
  return name === 'document-start' && start === 'never' && before.some(row => /^[^#\s]/.test(row));
}

function configOf(start: string): string {
  return JSON.stringify({
    'yaml-files': ['*'],
    rules: {
      'trailing-spaces': 'enable',
      indentation: { spaces: 'consistent', 'indent-sequences': 'consistent', 'check-multi-line-strings': false },
      'new-line-at-end-of-file': 'enable',
      'new-lines': { type: 'unix' },
      'quoted-strings': { 'quote-type': 'consistent', required: false },
      'empty-lines': { max: 2, 'max-start': 0, 'max-end': 0 },
      comments: { 'require-starting-space': true, 'min-spaces-from-content': 1 },
      ...(start !== 'either' && { 'document-start': { present: start === 'always' } }),
    },
  });
}

function tellLines({ findings, repo }: LintOutcome, compared: ReadonlySet<string>): Map<string, Set<string>> {
  const lines = new Map<string, Set<string>>();
  for (const { message, at, fix } of findings) {
    const name = Object.keys(classes).find(known => classes[known]?.test(message));
    const text = repo.files.get(at.path)?.text ?? '';
    if (name === undefined || !compared.has(at.path)) continue;
    const told = lines.get(name) ?? new Set<string>();
    lines.set(name, told);
    if (wholeFile.has(name) && !message.startsWith('a tab')) {
      told.add(`${at.path}:0`);
      continue;
    }
    const isGrouped = name !== 'new-line-at-end-of-file' && name !== 'empty-lines' && name !== 'document-start' && fix;
    if (!isGrouped) told.add(`${at.path}:${at.start.line}`);
    else for (const { start } of fix.edits) told.add(`${at.path}:${text.slice(0, start).split('\n').length}`);
  }
  return lines;
}
