import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { rules } from '../../rules/index.ts';
import { unifiedDiff } from '../../src/cli/unified-diff.ts';
import { nodeKind } from '../../src/core/document.ts';
import { marksOf } from '../../src/core/marks.ts';
import { endOf, kindOf, nextOf, startOf } from '../../src/core/tape.ts';
import type { FileChange, LintOutcome } from '../../src/lint.ts';
import { type Files, lintFiles } from '../lint/lint-files.ts';
import { sourceFile } from '../parse/source-file.ts';
import { generateYaml } from './generate-yaml.ts';
import { createRandom } from './random.ts';

/** What does not hold of the formatted files; nothing where all is well. */
export interface FormatCheck {
  readonly problems: readonly string[];
  readonly lines: number;
  readonly changedLines: number;
  readonly changedFiles: number;
  /** Files that stay as they are, because a fix would have changed their data. */
  readonly refusedFiles: number;
  /** The formatted files, and what was said of them before. */
  readonly files: Files;
  readonly before: LintOutcome;
}

export const formatRules = rules.filter(({ id }) => id.startsWith('format/')).map(({ id }) => id);

/**
 * Formats files in memory, and again: the second time changes nothing; data, comments, anchors, tags and the contents of
 * block scalars are the same; a line that changes has a finding.
 */
export async function checkFormat(files: Files): Promise<FormatCheck> {
  const problems: string[] = [];
  const first = await lintFiles(files, rules, { only: formatRules, fix: 'safe', preview: true });
  const before = first.changes.size > 0 ? await lintFiles(files, rules, { only: formatRules }) : first;
  const formatted: Files = { ...files, ...Object.fromEntries([...first.changes].map(([path, { after }]) => [path, after])) };
  const second = first.changes.size > 0 ? await lintFiles(formatted, rules, { only: formatRules, fix: 'safe', preview: true }) : first;
  if (first.changes.size > 0) problems.push(...[...second.changes.keys()].map(path => `${path}: changes again`));
  problems.push(...first.defects.map(({ ruleId, error }) => `${ruleId}: ${error}`));
  let changedLines = 0;
  for (const [path, change] of first.changes) {
    const contents = [change.before, change.after].map(text =>
      first.repo.files.get(path)?.documents.length ? contentOf(text) : text.replace(/\s+/g, ''),
    );
    if (!isDeepStrictEqual(contents[0], contents[1])) problems.push(`${path}: its data, a comment or an anchor is not the same`);
    const changed = changedLinesOf(path, change);
    changedLines += changed.length;
    const told = linesTold(before, path);
    // Where an edit would show a secret the finding goes without its fix.
    const isMasked = before.findings.some(({ at, fix }) => at.path === path && !fix);
    // Of lines that are alike a diff may take the wrong one for the one that stays.
    const [old, now] = [change.before.split('\n'), new Set(change.after.split('\n'))];
    const untold = isMasked ? [] : changed.filter(line => !told.has(line) && !now.has(old[line - 1] ?? ''));
    if (untold.length > 0) problems.push(`${path}: lines ${untold.join(', ')} change without a finding`);
  }
  const lines = Object.entries(files).reduce((total, [path, text]) => (/\.ya?ml$/.test(path) ? total + text.split('\n').length - 1 : total), 0);
  return { problems, lines, changedLines, changedFiles: first.changes.size, refusedFiles: first.refused.size, files: formatted, before };
}

/** The values, the marks and the block scalars of a text. */
function contentOf(text: string): unknown {
  const { documents } = sourceFile(text);
  const { comments, properties } = marksOf(text, documents);
  const blocks: string[] = [];
  for (const { tape } of documents) {
    for (let node = tape.root; node < nextOf(tape, tape.root); node += 4) {
      const kind = kindOf(tape, node);
      if (kind === nodeKind.literal || kind === nodeKind.folded) blocks.push(linesOfBlock(text.slice(startOf(tape, node), endOf(tape, node))));
    }
  }
  const marks = [...comments, ...properties].map(({ start, end }) => text.slice(start, end).replace(/^(#+)[ \t]+/, '$1'));
  return { values: documents.flatMap(({ value, tape }) => (kindOf(tape, tape.root) === nodeKind.empty ? [] : [value])), marks, blocks };
}

/** Without the indentation that its lines share, and the empty lines at its end. */
function linesOfBlock(written: string): string {
  const [, ...lines] = written.replace(/\r/g, '').split('\n');
  const indentation = Math.min(...lines.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length));
  return lines
    .map(line => (line.trim() === '' && line.length <= indentation ? '' : line.slice(indentation)))
    .join('\n')
    .replace(/\n+$/, '');
}

/** The numbers of the lines that a change takes away or replaces, from 1. */
function changedLinesOf(path: string, change: FileChange): number[] {
  const changed: number[] = [];
  let line = 0;
  for (const row of unifiedDiff(path, { ...change, shownBefore: change.before, shownAfter: change.after })
    .split('\n')
    .slice(2)) {
    const hunk = /^@@ -(\d+)/.exec(row)?.[1];
    if (hunk !== undefined) line = Number(hunk);
    else if (row.startsWith('-')) changed.push(line++);
    else if (row.startsWith(' ')) line++;
  }
  return changed;
}

/** The lines that the findings of a file and their fixes are about. */
function linesTold({ findings, repo }: LintOutcome, path: string): Set<number> {
  const text = repo.files.get(path)?.text ?? '';
  const lineOf = (offset: number) => text.slice(0, offset).split('\n').length;
  const lines = new Set<number>();
  for (const { at, fix } of findings) {
    if (at.path !== path) continue;
    for (let line = at.start.line; line <= at.end.line; line++) lines.add(line);
    for (const { start, end } of fix?.edits ?? []) for (let line = lineOf(start); line <= lineOf(end); line++) lines.add(line);
  }
  return lines;
}

/** All text files of a folder. */
export function readFolder(folder: string): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(path => !/(^|\/)\.git(\/|$)/.test(path));
  const files = paths
    .map(path => join(folder, path))
    .filter(path => statSync(path, { throwIfNoEntry: false })?.isFile() && statSync(path).size < 2_000_000);
  return Object.fromEntries(
    files.flatMap(path => {
      const text = readFileSync(path, 'utf8');
      return text.includes('\0') || text.includes('\ufffd') ? [] : [[relative(folder, path), text]];
    }),
  );
}

/**
 * tsx test/tools/check-format.ts [--generated N] [--seed N] [FOLDER…]
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { generated: { type: 'string' }, seed: { type: 'string' } }, allowPositionals: true });
  let failures = 0;
  const say = (name: string, { problems, lines, changedLines, changedFiles, refusedFiles }: FormatCheck) => {
    failures += problems.length;
    for (const problem of problems.slice(0, 20)) console.log(`${name}: ${problem}`);
    console.log(
      `${name}: ${changedFiles} files and ${changedLines} of ${lines} lines change (${((100 * changedLines) / Math.max(lines, 1)).toFixed(1)} %), ${refusedFiles} refused`,
    );
  };
  for (const folder of positionals) say(folder, await checkFormat(readFolder(folder)));
  const random = createRandom(Number(values.seed ?? 1));
  let refused = 0;
  const generated = Number(values.generated ?? 0);
  for (let done = 0; done < generated; done += 100) {
    const files = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${done + index}.yaml`, generateYaml(random)]));
    const check = await checkFormat(files);
    failures += check.problems.length;
    refused += check.refusedFiles;
    for (const problem of check.problems)
      console.log(problem, JSON.stringify(files[problem.split(':')[0] ?? '']), JSON.stringify(check.files[problem.split(':')[0] ?? '']));
  }
  if (generated > 0) console.log(`${generated} generated files, ${refused} are refused`);
  console.log(`${failures} problems`);
  process.exitCode = failures === 0 ? 0 : 1;
}

if (process.argv[1]?.endsWith('check-format.ts')) await main();
