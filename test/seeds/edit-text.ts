import type { RepoPath } from '../../src/core/place.ts';
import type { Field, YamlDocument } from './read-repository.ts';

/** The text of a file with a new source for a value; `by` takes the place of `part` where that is given, so that quotes stay. */
export function replaceField({ document: { text }, start, end }: Field, by: string, part?: string): string {
  const source = text.slice(start, end);
  return text.slice(0, start) + (part === undefined ? by : source.replace(part, () => by)) + text.slice(end);
}

/** The text with lines put in before a line, which is counted from 1. */
export function insertLines(text: string, before: number, ...added: readonly string[]): string {
  const lines = text.split('\n');
  lines.splice(before - 1, 0, ...added);
  return lines.join('\n');
}

/** The text with a line rewritten; without it where `by` is absent. */
export function replaceLine(text: string, number: number, by?: (line: string) => string): string {
  const lines = text.split('\n');
  lines.splice(number - 1, 1, ...(by === undefined ? [] : [by(lines[number - 1] ?? '')]));
  return lines.join('\n');
}

/** The number of the last line on which something of a value stands. */
export function lastLineOf({ document: { text }, start, end, valueLine }: Field): number {
  return valueLine + text.slice(start, end).trimEnd().split('\n').length - 1;
}

/** A list item in the style of the one that is given, as lines. */
export function itemLike({ column }: Field, ...lines: readonly string[]): string[] {
  const indentation = ' '.repeat(column ?? 0);
  return lines.map((line, index) => `${indentation}${index === 0 ? '- ' : '  '}${line}`);
}

/** Two neighbouring letters change places, near the middle of the last name of a path. */
export function swapLetters(text: string): string {
  const start = text.replace(/\/+$/, '').lastIndexOf('/') + 1;
  for (let index = start + 1; index < text.length - 1; index++) {
    const [left, right] = [text[index] ?? '', text[index + 1] ?? ''];
    if (left !== right && /[a-z]/.test(left) && /[a-z]/.test(right)) return text.slice(0, index) + right + left + text.slice(index + 2);
  }
  return text;
}

/** The name of a file or folder in another place. */
export function moved(path: RepoPath, from: RepoPath, to: RepoPath): RepoPath {
  return path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
}

/** A text into which a line was put, and the number of that line. */
export interface Insertion {
  readonly text: string;
  readonly line: number;
}

/** Adds fields to a mapping, behind its first field of one line; absent where the mapping has none or stands in brackets. */
export function addFields(document: YamlDocument, mapping: Field['keys'], ...lines: readonly string[]): Insertion | undefined {
  const sibling = childrenOf(document, mapping).find(field => field.column !== undefined && lastLineOf(field) === field.line);
  if (sibling === undefined) return undefined;
  const indentation = ' '.repeat(sibling.column ?? 0);
  return { text: insertLines(document.text, sibling.line + 1, ...lines.map(line => indentation + line)), line: sibling.line + 1 };
}

/** Adds an item to a list that is written in lines, before its first item. */
export function addItem(document: YamlDocument, list: Field['keys'], ...lines: readonly string[]): Insertion | undefined {
  const [first] = childrenOf(document, list);
  if (first?.column === undefined) return undefined;
  return { text: insertLines(document.text, first.line, ...itemLike(first, ...lines)), line: first.line };
}

/** Adds fields at the end of a file of one document. */
export function append({ text }: YamlDocument, ...lines: readonly string[]): Insertion {
  const before = text.trimEnd();
  return { text: `${before}\n${lines.join('\n')}\n`, line: before.split('\n').length + 1 };
}

export function childrenOf({ fields }: YamlDocument, keys: Field['keys']): Field[] {
  return fields.filter(field => field.keys.length === keys.length + 1 && keys.every((key, index) => key === field.keys[index]));
}
