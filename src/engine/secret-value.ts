import type { SourceFile } from '../core/document.ts';
import { isFieldPlace, isTextPlace, type Place } from '../core/place.ts';
import type { Rule } from '../core/rule.ts';
import { rangeOf } from '../parse/locate.ts';
import { hashText } from './hash-text.ts';

/** Rules of this category are about secrets. */
const secretsCategory = 'secrets/';

export function isSecretRule({ id }: Pick<Rule, 'id'>): boolean {
  return id.startsWith(secretsCategory);
}

/** Whether what the rule points at is a secret that everybody can read. */
export function findsLeaks(rule: Rule): boolean {
  return isSecretRule(rule) && rule.leaks !== false;
}

/** Whether the rule can be asked about a file alone, which nothing refers to. */
export function findsLeaksInOneFile(rule: Rule): boolean {
  return findsLeaks(rule) && (rule.scope !== 'repo' || rule.leaks === true);
}

/** The offsets of the secret that a report points at; nothing where it points at an object by its name or kind. */
export function secretRange(file: SourceFile, place: Place): readonly [start: number, end: number] | undefined {
  if (isFieldPlace(place)) return pointsAtName(place.field.join('.')) ? undefined : rangeOf(file, { ...place, part: 'value' });
  return isTextPlace(place) ? [place.start, endOfKey(file.text, place.start, place.end)] : [0, file.text.length];
}

function pointsAtName(field: string): boolean {
  return /^(kind|type|apiVersion|metadata(\.name(space)?)?|)$/.test(field);
}

/** Of a private key its first line is reported, and all of it is the secret. */
function endOfKey(text: string, start: number, end: number): number {
  const line = text.slice(start, Math.min(end, start + 80));
  const last = line.startsWith('PuTTY-User-Key-File-') ? 'Private-MAC:' : /PRIVATE KEY( BLOCK)?-----$/.test(line) ? '-----END' : undefined;
  return last === undefined ? end : Math.max(end, text.indexOf(last, end));
}

/** The secret at a place, the same however it is quoted, folded and indented; nothing where none is written there. */
export function secretValue(file: SourceFile, place: Place): string | undefined {
  const range = secretRange(file, place);
  if (range === undefined || range[0] === range[1]) return undefined;
  const written = file.text.slice(...range);
  const value = isFieldPlace(place) && place.within === undefined ? valueAt(file.documents[place.document]?.value, place.field) : undefined;
  if (typeof value === 'string') return value;
  const lines = written.split('\n').map(line => line.trim());
  return withoutQuotes(lines.join('\n'));
}

function valueAt(root: unknown, field: readonly (string | number)[]): unknown {
  let value = root;
  for (const part of field) value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[part] : undefined;
  return value;
}

export function withoutQuotes(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

/**
 * What an ignore names a secret by: 16 bits of a hash of its place and value. They tell a new value from the old one, but for
 * one chance in 65,536, and no more: so many values share a digest that one that fits a list of candidates, however long,
 * is no proof. A slower or longer hash would change nothing for the better: longer ones can be tested, and what
 * little these bits say does not grow with the speed at which they are computed. The place keeps equal secrets from being seen to be equal.
 */
export function digestOfSecret(place: readonly string[], value: string): string {
  return hashText([...place, value].join('\n')).slice(0, 4);
}
