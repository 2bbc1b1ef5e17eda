import { type Document, nodeKind, type SourceFile } from '../core/document.ts';
import { resolvePlainScalar } from '../core/plain-scalar.ts';
import { scalarText } from '../core/scalar-text.ts';
import { childrenOf, isMapNode, isMergeKey, isSequenceNode, keyText, kindOf, nextOf, sourceText, startOf, targetOf } from '../core/tape.ts';

/**
 * Who reads a document: `go` is sigs.k8s.io/yaml (Kubernetes, Helm, Argo CD, Flux), which resolves
 * plain scalars as yaml.v2 does; `pyyaml` is Ansible's. Both follow YAML 1.1 in most. `kustomize` is
 * how Kustomize reads objects and patches, by yaml.v3: numbers as `go`, words as YAML 1.2, dates as points in time.
 */
export type Reader = 'go' | 'pyyaml' | 'kustomize';

/**
 * The value of a document as a reader sees it: `yes` is true, `0777` is 511. Where nothing
 * differs from YAML 1.2 it is the document's own value.
 */
export function readAs(document: Pick<Document, 'tape' | 'value'>, file: Pick<SourceFile, 'text'>, reader: Reader): unknown {
  const reading: Reading = { document, text: file.text, resolve: resolvers[reader] };
  return differs(reading) ? readNode(reading, document.tape.root, document.value) : document.value;
}

/** What a plain scalar is to a reader. */
export function resolveAs(text: string, reader: Reader): Plain {
  return resolvers[reader](text);
}

type Plain = string | number | boolean | null;

interface Reading {
  readonly document: Pick<Document, 'tape' | 'value'>;
  readonly text: string;
  resolve(text: string): Plain;
}

/** Whether some plain scalar means something else to the reader. */
function differs({ document: { tape }, text, resolve }: Reading): boolean {
  const { cells } = tape;
  const end = nextOf(tape, tape.root);
  for (let node = tape.root; node < end; node += 4) {
    if (cells[node] !== nodeKind.plain || !mayDiffer(text, cells[node + 1] ?? 0, cells[node + 2] ?? 0)) continue;
    const plain = plainText(tape, text, node);
    if (!Object.is(resolve(plain), resolvePlainScalar(plain))) return true;
  }
  return false;
}

/** Signs, dots and digits, but for a few plain digits; and the lengths and first letters of `y`, `no`, `on`, `yes` and `off`. */
function mayDiffer(text: string, start: number, end: number): boolean {
  const code = text.charCodeAt(start);
  if (code >= 58) return end - start <= 3 && (code === 89 || code === 121 || code === 78 || code === 110 || code === 79 || code === 111);
  return code < 49 ? end - start > 1 : !isPlainNumber(text, start, end);
}

/** Up to nine digits of which the first is no zero: a number to every reader. */
function isPlainNumber(text: string, start: number, end: number): boolean {
  if (end - start > 9) return false;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

function plainText(tape: Document['tape'], text: string, node: number): string {
  return scalarText(sourceText(tape, text, node), nodeKind.plain) ?? '';
}

/** `value` is what YAML 1.2 makes of the node. */
function readNode(reading: Reading, alias: number, value: unknown): unknown {
  const { tape } = reading.document;
  const node = targetOf(tape, alias);
  if (isSequenceNode(tape, node)) return childrenOf(tape, node).map((item, index) => readNode(reading, item, childValue(value, index)));
  if (isMapNode(tape, node)) return readMap(reading, node, value);
  if (kindOf(tape, node) !== nodeKind.plain) return value;
  const text = plainText(tape, reading.text, node);
  return isTagged(reading.text, startOf(tape, node)) ? value : reading.resolve(text);
}

/** Whether a tag stands before a value on its line: it decides what the value is. */
function isTagged(text: string, start: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return line.includes('!') && /(?:^|[\s[{,])!\S*\s+(?:&\S+\s+)?$/.test(line);
}

function readMap(reading: Reading, node: number, value: unknown): Record<string, unknown> {
  const { tape } = reading.document;
  const entries = new Map<string, unknown>();
  const children = childrenOf(tape, node);
  for (let index = 0; index < children.length; index += 2) {
    const key = children[index] ?? node;
    const child = children[index + 1] ?? node;
    if (isMergeKey(tape, reading.text, key)) {
      for (const [name, merged] of mergedEntries(reading, child, value)) if (!entries.has(name)) entries.set(name, merged);
    } else {
      const name = keyText(tape, reading.text, key);
      const isPlain = kindOf(tape, key) === nodeKind.plain;
      entries.set(
        isPlain ? String(reading.resolve(plainText(tape, reading.text, key)) ?? '') : name,
        readNode(reading, child, childValue(value, name)),
      );
    }
  }
  return Object.fromEntries(entries);
}

/** The values of merged entries stand in the mapping that they are merged into. */
function mergedEntries(reading: Reading, alias: number, value: unknown): [string, unknown][] {
  const { tape } = reading.document;
  const source = targetOf(tape, alias);
  const maps = isSequenceNode(tape, source) ? childrenOf(tape, source) : [source];
  return maps.flatMap(map => Object.entries(readMap(reading, targetOf(tape, map), value)));
}

function childValue(value: unknown, part: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[part] : undefined;
}

/** Words that both readers know, beside what YAML 1.2 makes of them. */
const words: ReadonlyMap<string, boolean> = new Map([
  ...['yes', 'Yes', 'YES', 'on', 'On', 'ON'].map(word => [word, true] as const),
  ...['no', 'No', 'NO', 'off', 'Off', 'OFF'].map(word => [word, false] as const),
]);

const letters: ReadonlyMap<string, boolean> = new Map([
  ['y', true],
  ['Y', true],
  ['n', false],
  ['N', false],
]);

const resolvers: Readonly<Record<Reader, (text: string) => Plain>> = { go: resolveAsGo, pyyaml: resolveAsPyYaml, kustomize: resolveAsKustomize };

const goFloat = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** As `resolve` of yaml.v2: https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go */
function resolveAsGo(text: string): Plain {
  return words.get(text) ?? letters.get(text) ?? resolveGoNumber(text);
}

function resolveGoNumber(text: string): Plain {
  if (!startsNumber(text)) return resolvePlainScalar(text);
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  const whole = wholeNumber(digits, /^[-+]?0[xX]([0-9a-fA-F]+)$/, /^[-+]?0[oO]?([0-7]+)$/, /^[-+]?0[bB]([01]+)$/);
  // Beyond 64 bits only decimal digits are a number.
  if (whole !== undefined && Math.abs(whole) <= 2 ** 64) return whole;
  if (!goFloat.test(digits)) return special(text);
  const float = Number(digits);
  if (!Number.isFinite(float)) return text;
  return /^-0+$/.test(digits) ? 0 : float;
}

/** As `resolve` of yaml.v3: https://github.com/yaml/go-yaml/blob/v3/resolve.go */
function resolveAsKustomize(text: string): Plain {
  return (startsDate(text) ? pointInTime(text) : undefined) ?? resolveGoNumber(text);
}

function startsDate(text: string): boolean {
  return text.charCodeAt(4) === 45 && /^[0-9]{4}-[0-9]{1,2}-/.test(text);
}

const date =
  /^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:(?:[Tt]([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2}))|(?: ([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(\.[0-9]+)?))?$/;

/** As Go writes a point in time: RFC 3339 without zeros at the end of a fraction. */
function pointInTime(text: string): string | undefined {
  const parts = date.exec(text);
  if (!parts) return undefined;
  const [, year = '', month = '', day = ''] = parts;
  const [hour = '0', minute = '0', second = '0'] = [parts[4] ?? parts[9], parts[5] ?? parts[10], parts[6] ?? parts[11]];
  const fraction = (parts[7] ?? parts[12] ?? '').slice(0, 10).replace(/\.?0+$/, '');
  const isDay =
    Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  if (!isDay || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const two = (digits: string) => digits.padStart(2, '0');
  const zone = parts[8] ?? 'Z';
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${fraction}${zone === '+00:00' ? 'Z' : zone}`;
}

const pyYamlInteger = /^[-+]?(?:0|[1-9][0-9_]*)$/;
const pyYamlFloat = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?$/;
const pyYamlBase60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;

/** As PyYAML 6: https://github.com/yaml/pyyaml/blob/main/lib/yaml/resolver.py, except that dates stay strings. */
function resolveAsPyYaml(text: string): Plain {
  const word = words.get(text);
  if (word !== undefined) return word;
  if (!startsNumber(text)) return resolvePlainScalar(text);
  const digits = text.replaceAll('_', '');
  const whole = wholeNumber(text, /^[-+]?0x([0-9a-fA-F_]+)$/, /^[-+]?0([0-7_]+)$/, /^[-+]?0b([01_]+)$/);
  if (whole !== undefined) return whole;
  if (pyYamlInteger.test(text)) return Number(digits) + 0;
  if (pyYamlFloat.test(text)) return Number(digits);
  const isDecimalHead = !/^[-+]?0/.test(text) || text.includes('.');
  return pyYamlBase60.test(text) && isDecimalHead ? base60(digits) : special(text);
}

function startsNumber(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}

/** The number that one of the notations other than decimal gives. */
function wholeNumber(text: string, hexadecimal: RegExp, octal: RegExp, binary: RegExp): number | undefined {
  for (const [radix, notation] of [
    [16, hexadecimal],
    [8, octal],
    [2, binary],
  ] as const) {
    const digits = notation.exec(text)?.[1]?.replaceAll('_', '');
    if (digits) return Number.parseInt(digits, radix) * (text.startsWith('-') ? -1 : 1) + 0;
  }
  return undefined;
}

/** `.inf` and `.nan`; anything else is text. */
function special(text: string): Plain {
  return /^[-+]?\.(?:inf|nan)$/i.test(text) ? resolvePlainScalar(text) : text;
}

/** `190:20:30` as YAML 1.1 counts: 190 * 3600 + 20 * 60 + 30. */
function base60(text: string): number {
  const sign = text.startsWith('-') ? -1 : 1;
  return (
    sign *
    text
      .replace(/^[-+]/, '')
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0)
  );
}
