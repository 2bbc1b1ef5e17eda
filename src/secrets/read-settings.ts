import type { Document } from '../core/document.ts';
import { isFieldPlace, isTextPlace, type Place, within } from '../core/place.ts';
import { endOf, entryAt, startOf } from '../core/tape.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { isTemplated } from './placeholders.ts';
import { collectFields, isWorthJudging, mentionsCredential } from './sources/collect-fields.ts';
import { flagsIn } from './sources/flags.ts';
import type { SecretCandidate } from './sources/secret-candidate.ts';

/** Whether a value is a file of settings rather than one word: of several lines, JSON, or by the name of the file. */
export function isSettings({ key, value }: Pick<SecretCandidate, 'key' | 'value'>): boolean {
  const text = value.trim();
  return text.includes('\n') || /^(?:\[|\{(?!\{))/.test(text) || (settingsFile.test(key) && /[=:\s]/.test(text));
}

const settingsFile = /(?:^|\.)(?:env|properties|ini|conf|cfg|toml|ya?ml|json|npmrc|pypirc|netrc|cnf)$/i;

/** The settings in a text: JSON and YAML by their fields, others line by line. Each is shown where it is written, if it is written as it is read. */
export function readSettings(candidate: SecretCandidate): readonly SecretCandidate[] {
  const { value } = candidate;
  // In a Secret also a list of users and hashes may stand, which has no such word.
  if (candidate.keptAs === 'setting' && !mentionsCredential(value)) return [];
  const fields = isTemplated(value) || !looksLikeYaml(value) ? undefined : readFields(candidate);
  return fields ?? readLines(candidate);
}

/** By the lines that are not indented: to find out by parsing costs much more. */
function looksLikeYaml(text: string): boolean {
  for (const [line] of text.matchAll(topLine)) if (!topOfYaml.test(line)) return false;
  return true;
}

const topLine = /^[^\s#].*$/gm;
const topOfYaml = /^(?:[\w.$/-]+\s*:(?:\s|$)|["'{}[\]]|- |---)/;

/** A piece is searched for in the source of its value: more of them are shown as one. */
const mostPieces = 200;

/** The settings in a text that is YAML; undefined where it is none. */
function readFields(candidate: SecretCandidate): readonly SecretCandidate[] | undefined {
  const { value: text, holder } = candidate;
  const { documents, problems } = parseYaml('', text);
  if (problems.length > 0 || documents.some(({ value }) => typeof value === 'string')) return undefined;
  return documents.flatMap(document =>
    collectFields({ document, holder }, document.value).map((found, index) => {
      const path = [...candidate.path, ...found.path];
      return {
        ...candidate,
        isEncoded: false,
        ...found,
        path,
        ...placeIn(candidate, index < mostPieces ? pieceAt(found.at, document, text) : undefined),
      };
    }),
  );
}

/** A stretch of a text, from an offset. */
interface Piece {
  readonly written: string;
  readonly offset: number;
}

function pieceAt(place: Place, { tape }: Pick<Document, 'tape'>, text: string): Piece | undefined {
  const entry = isFieldPlace(place) ? entryAt(tape, text, place.field) : undefined;
  if (entry === undefined || !isFieldPlace(place)) return undefined;
  const start = startOf(tape, entry.key ?? entry.value);
  const written = text.slice(start, endOf(tape, entry.value));
  const inside = place.within === undefined ? -1 : written.indexOf(place.within);
  return place.within === undefined || inside < 0 ? { written, offset: start } : { written: place.within, offset: start + inside };
}

/** `name: value`, `name = value`, `name=value` and `<name>value</name>`; other lines have no name, and may have a password in a URL. */
function readLines(candidate: SecretCandidate): readonly SecretCandidate[] {
  const found: SecretCandidate[] = [];
  let offset = 0;
  for (const line of candidate.value.split('\n')) {
    const written = line.trim();
    const start = offset;
    offset += line.length + 1;
    if (written === '' || written.length > longestLine || /^(?:#|;|\/\/(?!\S+=)|\*|\/\*|<!--)/.test(written)) continue;
    const [, name = '', value = written] = setting.exec(written) ?? element.exec(written) ?? login.exec(written) ?? [];
    const key = listsUsers.test(candidate.key) && name !== '' ? `${name} password` : name;
    const settings = [{ key, value: withoutMarks(value) }, ...(name === '' ? flagsIn(written, undefined) : [])];
    for (const { key, value } of settings) {
      if (!isWorthJudging(key, value)) continue;
      const piece = found.length < mostPieces || isTextPlace(candidate.at) ? { written, offset: start + line.indexOf(written) } : undefined;
      found.push({ ...candidate, key, path: [...candidate.path, key], value, isEncoded: false, keptAs: 'setting', ...placeIn(candidate, piece) });
    }
  }
  return found;
}

/** Such a file has a user and his password in each line. */
const listsUsers = /(?:^|-)users?\.properties$/;
const longestLine = 4000;
const setting = /^(?:-\s+|export\s+|set\s+|ENV\s+)?["']?(?:\/\/[\w.:/-]+:)?([\w.$/-]+)["']?\s*(?:=>|[:=])\s*(\S.*)$/;
const element = /^<([\w.-]+)>([^<>]+)<\/\1>/;
/** A line of .netrc, and of the config of Redis. */
const login = /^(?:(?:machine|default)\s.*\s)?(password|requirepass|masterauth)\s+(\S+)/;

/** Without a comment, what ends a statement, and quotes. */
function withoutMarks(value: string): string {
  return value
    .replace(/\s#.*$/, '')
    .trim()
    .replace(/[,;]$/, '')
    .replace(/^(["'])(.*)\1$/, '$2');
}

/** The piece of the text, where it is written as it is read and has one line. */
function placeIn({ at, isEncoded }: SecretCandidate, piece: Piece | undefined): Pick<SecretCandidate, 'at'> {
  if (piece === undefined || piece.written.includes('\n') || isEncoded) return { at };
  const { written, offset } = piece;
  if (isFieldPlace(at)) return { at: at.within === undefined && written !== '' ? within(at, written) : at };
  return { at: isTextPlace(at) ? { ...at, start: at.start + offset, end: at.start + offset + written.length } : at };
}
