import { isDeepStrictEqual } from 'node:util';
import { type Document, isHcl, type SourceFile } from '../core/document.ts';
import type { Finding, Fix, TextEdit } from '../core/finding.ts';
import type { RepoPath } from '../core/place.ts';
import { parseHcl } from '../parse/parse-hcl.ts';
import { parseJson } from '../parse/parse-json.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { readAs } from '../parse/readings.ts';

export type FixSafety = 'safe' | 'all';

export interface FixedTexts {
  /** The new text of each file that changes. */
  readonly texts: ReadonlyMap<RepoPath, string>;
  /** How many fixes they hold. */
  readonly applied: number;
}

/**
 * One pass of fixes over the texts in memory. Fixes that keep the data come first, in a pass of their own; of fixes that
 * overlap the first is taken, and a later pass finds the others again. A file whose data or syntax suffers is put into
 * `refused` and left as it is, and so is every fix that needs it.
 */
export function applyFixes(
  findings: readonly Finding[],
  files: ReadonlyMap<RepoPath, SourceFile>,
  safety: FixSafety,
  refused: Set<RepoPath>,
): FixedTexts {
  const wanted = findings.flatMap(({ fix, suppressed }) => (fix && !suppressed && (fix.safety === 'safe' || safety === 'all') ? [fix] : []));
  for (;;) {
    const possible = wanted.filter(({ edits }) => edits.every(({ path }) => files.has(path) && !refused.has(path)) && edits.some(isChange(files)));
    const careful = possible.filter(keepsData);
    const accepted = withoutOverlaps(careful.length > 0 ? careful : possible);
    const texts = editTexts(accepted, files);
    const harmed = [...texts].filter(([path, text]) => !isSound(files.get(path), text, careful.length > 0)).map(([path]) => path);
    if (harmed.length === 0) return { texts, applied: accepted.length };
    for (const path of harmed) refused.add(path);
  }
}

function isChange(files: ReadonlyMap<RepoPath, SourceFile>): (edit: TextEdit) => boolean {
  return ({ path, start, end, text }) => files.get(path)?.text.slice(start, end) !== text;
}

function keepsData({ safety, keeps }: Fix<TextEdit>): boolean {
  return safety === 'safe' && keeps !== 'renders';
}

/** Fixes none of whose edits touch, in the order of the text. A fix is taken as a whole. */
function withoutOverlaps(fixes: readonly Fix<TextEdit>[]): Fix<TextEdit>[] {
  const last = new Map<RepoPath, TextEdit>();
  const inOrder = fixes.map(fix => ({ ...fix, edits: fix.edits.toSorted(byStart) })).sort(compareFixes);
  return inOrder.filter(({ edits }) => {
    const own = new Map<RepoPath, TextEdit>();
    for (const edit of edits) {
      if (touches(own.get(edit.path) ?? last.get(edit.path), edit)) return false;
      own.set(edit.path, edit);
    }
    for (const [path, edit] of own) last.set(path, edit);
    return true;
  });
}

function compareFixes(a: Fix<TextEdit>, b: Fix<TextEdit>): number {
  const [first, second] = [a.edits[0], b.edits[0]];
  return first && second ? byStart(first, second) : 0;
}

function byStart(a: TextEdit, b: TextEdit): number {
  return a.start - b.start || a.end - b.end;
}

/** Two insertions at one place have no order, and an insertion beside a replacement may belong inside it. */
function touches(before: TextEdit | undefined, edit: TextEdit): boolean {
  if (before === undefined || edit.start > before.end) return false;
  return edit.start < before.end || edit.start === edit.end || before.start === before.end;
}

function editTexts(fixes: readonly Fix<TextEdit>[], files: ReadonlyMap<RepoPath, SourceFile>): Map<RepoPath, string> {
  const byPath = new Map<RepoPath, TextEdit[]>();
  for (const edit of fixes.flatMap(({ edits }) => edits)) {
    const edits = byPath.get(edit.path);
    if (edits) edits.push(edit);
    else byPath.set(edit.path, [edit]);
  }
  return new Map(Array.from(byPath, ([path, edits]) => [path, editText(files.get(path)?.text ?? '', edits)]));
}

/** The edits do not overlap. */
function editText(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let end = 0;
  for (const edit of edits.toSorted(byStart)) {
    result += text.slice(end, edit.start) + edit.text;
    end = edit.end;
  }
  return result + text.slice(end);
}

/** The file parses as well as before and, where that was promised, to the same data; of other files only white space changes. */
function isSound(file: SourceFile | undefined, text: string, sameData: boolean): boolean {
  if (!file) return false;
  if (file.documents.length === 0) return !sameData || withoutSpace(text) === withoutSpace(file.text);
  const parse = isHcl(file) ? parseHcl : file.path.endsWith('.json') ? parseJson : parseYaml;
  const { documents, problems } = parse(file.path, text);
  if (problems.length > file.problems.length) return false;
  return !sameData || isDeepStrictEqual(dataOf({ documents, text }), dataOf(file));
}

/** What the documents hold for readers of YAML 1.2, and for those that still follow YAML 1.1. */
function dataOf(file: { readonly text: string; readonly documents: readonly Pick<Document, 'tape' | 'value'>[] }): readonly unknown[] {
  return file.documents.flatMap(document => [document.value, readAs(document, file, 'go'), readAs(document, file, 'pyyaml')]);
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
