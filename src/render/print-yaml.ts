import { isFields } from '../core/fields.ts';
import type { FieldPath } from '../core/place.ts';
import { resolveAs } from '../parse/readings.ts';

/** A line of printed YAML, and the field whose value begins or stands on it. */
export interface PrintedLine {
  readonly text: string;
  /** Absent on the further lines of a text. */
  readonly field?: FieldPath;
  /** A comment may follow on this line. */
  readonly takesComment: boolean;
}

/**
 * An object as Kustomize prints it: keys in natural order, lists at the column of their key, texts as goyaml.v2 writes them.
 * https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/emitterc.go
 */
export function printYaml(value: unknown): readonly PrintedLine[] {
  const lines: PrintedLine[] = [];
  if (isFields(value) && Object.keys(value).length > 0) printMap(value, 0, '', [], lines);
  else if (Array.isArray(value) && value.length > 0) printList(value, 0, '', [], lines);
  else printLeaf(value, 0, '', [], lines);
  return lines;
}

/** `lead` stands before the first key: the dashes of the lists that the map is an item of. */
function printMap(map: Readonly<Record<string, unknown>>, indent: number, lead: string, field: FieldPath, lines: PrintedLine[]): void {
  let before = lead;
  for (const key of Object.keys(map).sort(compareNaturally)) {
    const start = before + (before === '' ? ' '.repeat(indent) : '');
    printEntry(map[key], indent, `${start}${keyText(key)}:`, [...field, key], lines);
    before = '';
  }
}

function printEntry(value: unknown, indent: number, start: string, field: FieldPath, lines: PrintedLine[]): void {
  if (isFields(value) && Object.keys(value).length > 0) {
    lines.push({ text: start, field, takesComment: true });
    printMap(value, indent + 2, '', field, lines);
  } else if (Array.isArray(value) && value.length > 0) {
    lines.push({ text: start, field, takesComment: true });
    printList(value, indent, '', field, lines);
  } else printLeaf(value, indent + 2, `${start} `, field, lines);
}

function printList(list: readonly unknown[], indent: number, lead: string, field: FieldPath, lines: PrintedLine[]): void {
  let before = lead;
  for (const [index, item] of list.entries()) {
    const start = `${before === '' ? ' '.repeat(indent) : before}- `;
    const below = [...field, index];
    if (isFields(item) && Object.keys(item).length > 0) printMap(item, indent + 2, start, below, lines);
    else if (Array.isArray(item) && item.length > 0) printList(item, indent + 2, start, below, lines);
    else printLeaf(item, indent + 2, start, below, lines);
    before = '';
  }
}

/** `indent` is where the further lines of a text begin. */
function printLeaf(value: unknown, indent: number, start: string, field: FieldPath, lines: PrintedLine[]): void {
  if (typeof value !== 'string') {
    lines.push({ text: start + scalar(value), field, takesComment: true });
    return;
  }
  const analysis = analyze(value);
  if (value.includes('\n') && analysis.isBlockAllowed) {
    printLiteral(value, indent, start, field, lines);
    return;
  }
  const isPlain = !value.includes('\n') && analysis.isPlainAllowed && isTextToAll(value);
  const isSingle = !value.includes('\n') && !isPlain && isTextToAll(value) && analysis.isSingleAllowed;
  const quoted = isPlain ? value : isSingle ? value.replaceAll("'", "''") : escapeText(value);
  const quote = isPlain ? '' : isSingle ? "'" : '"';
  const folded = fold(quote + quoted + quote, start.length, indent, quote === '"');
  for (const [index, line] of folded.entries()) {
    const isLast = index === folded.length - 1;
    lines.push({ text: index === 0 ? start + line : line, ...(index === 0 && { field }), takesComment: isLast });
  }
}

function scalar(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return '[]';
  if (typeof value === 'object') return '{}';
  return typeof value === 'number' ? numberText(value) : String(value);
}

/** As Go formats floats: with an exponent from 1e+06 unless they are whole, and of two digits at least. */
function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  const [digits = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < Math.max(6, 0) && Math.abs(value) < 1e21) return String(value);
  return `${digits}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function printLiteral(text: string, indent: number, start: string, field: FieldPath, lines: PrintedLine[]): void {
  const hint = /^[ \n]/.test(text) ? '2' : '';
  const chomping = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : '';
  lines.push({ text: `${start}|${hint}${chomping}`, field, takesComment: true });
  const body = text.endsWith('\n') ? text.slice(0, -1) : text;
  for (const line of body.split('\n')) lines.push({ text: line === '' ? '' : ' '.repeat(indent) + line, takesComment: false });
}

interface Analysis {
  readonly isPlainAllowed: boolean;
  readonly isSingleAllowed: boolean;
  readonly isBlockAllowed: boolean;
}

const indicators = '#,[]{}&*!|>\'"%@`';

/** `yaml_emitter_analyze_scalar` of goyaml.v2. */
function analyze(text: string): Analysis {
  if (text === '') return { isPlainAllowed: true, isSingleAllowed: true, isBlockAllowed: false };
  const first = text.charAt(0);
  const isFollowedByBlank = text.length === 1 || text.charAt(1) === ' ' || text.charAt(1) === '\t';
  const hasIndicators =
    text.startsWith('---') ||
    text.startsWith('...') ||
    indicators.includes(first) ||
    ('?:-'.includes(first) && isFollowedByBlank) ||
    /:(?:[ \t]|$)|[ \t\n]#/.test(text);
  const isSpecial = /[^\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text) || / \n/.test(text);
  const isEdged = /^[ \n]|[ \n]$/.test(text);
  return {
    isPlainAllowed: !hasIndicators && !isSpecial && !isEdged && !text.includes('\n'),
    isSingleAllowed: !isSpecial && !text.includes('\n '),
    isBlockAllowed: !isSpecial && !text.endsWith(' '),
  };
}

/** Whether every reader takes the words for a text without quotes. */
function isTextToAll(text: string): boolean {
  if (text === '') return false;
  if (/^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text) || /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:$|[Tt ][0-9])/.test(text)) return false;
  return typeof resolveAs(text, 'go') === 'string';
}

function keyText(key: string): string {
  const { isPlainAllowed, isSingleAllowed } = analyze(key);
  if (isPlainAllowed && isTextToAll(key)) return key;
  return isSingleAllowed && isTextToAll(key) ? `'${key.replaceAll("'", "''")}'` : `"${escapeText(key)}"`;
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are the ones to escape
const toEscape = /["\\\0-\x1f\x7f-\x9f\u2028\u2029\ufeff]|[\u{10000}-\u{10ffff}]/gu;

function escapeText(text: string): string {
  return text.replace(toEscape, character => escapes[character] ?? escapeCode(character.codePointAt(0) ?? 0));
}

function escapeCode(code: number): string {
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

const bestWidth = 80;

/** Breaks a text at single spaces beyond the eightieth column. */
function fold(text: string, column: number, indent: number, isDouble: boolean): string[] {
  const lines: string[] = [];
  let line = '';
  let width = column;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    const isInside = index > 0 && index < text.length - 1 && (!isDouble || index < text.length - 2);
    const breaks =
      character === ' ' && text.charAt(index - 1) !== ' ' && width > bestWidth && isInside && (isDouble || text.charAt(index + 1) !== ' ');
    if (!breaks) {
      line += character;
      width++;
      continue;
    }
    lines.push(line);
    line = ' '.repeat(indent);
    width = indent;
    if (isDouble && text.charAt(index + 1) === ' ') {
      line += '\\';
      width++;
    }
  }
  lines.push(line);
  return lines;
}

/** `item9` before `item10`, and signs before digits before letters: `keyList` of goyaml.v2. */
export function compareNaturally(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    if (a[index] === b[index]) continue;
    const [left, right] = [a.charAt(index), b.charAt(index)];
    const [isLeftLetter, isRightLetter] = [isLetter(left), isLetter(right)];
    if (isLeftLetter && isRightLetter) return left < right ? -1 : 1;
    if (isLeftLetter || isRightLetter) return isRightLetter ? -1 : 1;
    return compareNumbers(a, b, index) || (left < right ? -1 : 1);
  }
  return a.length - b.length;
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character);
}

function compareNumbers(a: string, b: string, index: number): number {
  const isZero = a.charAt(index) === '0' || b.charAt(index) === '0';
  const before = isZero && /[1-9][0-9]*$/.test(/[0-9]*$/.exec(a.slice(0, index))?.[0] ?? '') ? '1' : '';
  const [left = '', right = ''] = [a, b].map(text => /^[0-9]*/.exec(text.slice(index))?.[0] ?? '');
  return Number(`${before}${left}` || 0) - Number(`${before}${right}` || 0) || left.length - right.length;
}
