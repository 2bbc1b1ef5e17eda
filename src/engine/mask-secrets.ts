import { didYouMean } from '../core/did-you-mean.ts';
import { type Document, nodeKind, type SourceFile, type Tape } from '../core/document.ts';
import type { Finding } from '../core/finding.ts';
import type { FieldPath, Place, RepoPath } from '../core/place.ts';
import type { Rule, RuleKnowledge } from '../core/rule.ts';
import { scalarText } from '../core/scalar-text.ts';
import { childAt, childrenOf, endOf, isMapNode, keyText, kindOf, sourceText, startOf, walkTape } from '../core/tape.ts';
import { findTokens } from '../secrets/find-tokens.ts';
import { kindOfKey } from '../secrets/key-names.ts';
import { memoize } from './memoize.ts';
import type { RuleReport } from './run-rules.ts';
import { isSecretRule, secretRange, withoutQuotes } from './secret-value.ts';

/** Keeps the secrets of a repository out of every report. */
export interface SecretMask {
  /** The text of a file with bullets in place of every secret in it, so that nothing moves. */
  frameText(path: RepoPath): string | undefined;
  /** A text about a file with bullets in place of its secrets. */
  maskText(text: string, path: RepoPath): string;
  /** The report with bullets in place of the secrets of the files that it names. */
  maskReport(report: RuleReport): RuleReport;
  /** The finding without a fix that would write out a secret. */
  dropTellingFix(finding: Finding): Finding;
}

export interface MaskRequest {
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  /** Also of findings that are suppressed or out of scope. */
  readonly reports: readonly RuleReport[];
  /** Rules for secrets that were not asked to report: they still say what must not be shown. */
  readonly silentRules: readonly Rule[];
  readonly knowledge: RuleKnowledge;
}

/** What counts as a secret: what a `secrets/*` rule points at, the data of a Secret, and what a key such as `password` or a URL with a password holds. */
export function secretMask(request: MaskRequest): SecretMask {
  const secretsOf = secretFinder(request);
  const mask = (text: string, paths: readonly RepoPath[]) => maskMessage(text, paths.map(secretsOf));
  return {
    frameText: memoize(path => {
      const file = request.files.get(path);
      return file && maskRanges(file.text, secretsOf(path).ranges);
    }),
    maskText: (text, path) => mask(text, [path]),
    maskReport(report) {
      // Rules for secrets say no value of the file, and a name may be that of the user too.
      if (isSecretRule({ id: report.ruleId })) return { ...report, message: maskKnownForms(report.message) };
      const { at, message, related, fix } = report;
      const paths = [at.path, ...(related ?? []).map(other => other.at.path)];
      return {
        ...report,
        message: mask(message, paths),
        ...(related && { related: related.map(other => ({ ...other, message: mask(other.message, paths) })) }),
        ...(fix && { fix: { ...fix, title: mask(fix.title, paths) } }),
      };
    },
    dropTellingFix(finding) {
      const { fix, ...rest } = finding;
      const isTelling = fix?.edits.some(({ path, text }) => mask(`"${text}"`, [path, finding.at.path]) !== `"${text}"`);
      return isTelling ? rest : finding;
    },
  };
}

/** Offsets in the text of a file. */
type Range = readonly [start: number, end: number];

interface Secrets {
  readonly ranges: readonly Range[];
  /** What the ranges say, line by line, and decoded where that differs. */
  readonly values: ReadonlySet<string>;
}

const noSecrets: Secrets = { ranges: [], values: new Set() };

/** The secrets of a file, looked for when the file is first mentioned. */
function secretFinder({ files, reports, silentRules, knowledge }: MaskRequest): (path: RepoPath) => Secrets {
  const reported = new Map<RepoPath, Place[]>();
  for (const { ruleId, at } of reports) {
    if (!isSecretRule({ id: ruleId })) continue;
    const places = reported.get(at.path);
    if (places) places.push(at);
    else reported.set(at.path, [at]);
  }
  const isCredential = memoize(isCredentialName);
  return memoize(path => {
    const file = files.get(path);
    return file ? findSecrets(file, isCredential, [...(reported.get(path) ?? []), ...placesOfSilentRules(file, silentRules, knowledge)]) : noSecrets;
  });
}

function placesOfSilentRules(file: SourceFile, rules: readonly Rule[], knowledge: RuleKnowledge): Place[] {
  const places: Place[] = [];
  for (const rule of rules) {
    const inputs: readonly (SourceFile | Document)[] = rule.scope === 'file' ? [file] : rule.scope === 'document' ? file.documents : [];
    for (const input of inputs) {
      try {
        for (const said of rule.check(input, { options: rule.options?.defaults, ...knowledge })) if (!('skipped' in said)) places.push(said.at);
      } catch {
        // What a rule that was not asked for cannot tell is no defect of this run.
      }
    }
  }
  return places;
}

function findSecrets(file: SourceFile, isCredential: (name: string) => boolean, places: readonly Place[]): Secrets {
  const { text } = file;
  const found: Range[] = places.flatMap(place => {
    const range = secretRange(file, place);
    return range ? [range] : [];
  });
  const values = new Set<string>();
  for (const document of file.documents) collectFromDocument(document, text, isCredential, found, values);
  collectFromText(text, found, values);
  collectUrlPasswords(text, found);
  collectPrivateKeys(text, found);
  for (const token of findTokens(text, anyDay)) if ('value' in token) found.push([token.start, token.end]);
  for (const [start, end] of mergeRanges(found)) {
    for (const line of text.slice(start, end).split('\n')) values.add(withoutQuotes(line.trim()));
  }
  collectRepetitions(text, values, found);
  return { ranges: mergeRanges(found), values };
}

const credentialWords =
  'passw(?:or)?d|passphrase|pwd|(?<!pull|existing|image)secret|token|credentials?|dsn|webhook[-_]?url|connection[-_]?string|' +
  '(?:api|access|private|secret|encryption|signing|client|account|auth)[-_]?key';
/** What the name of a credential ends with: `passwordSecretRef` and `tokenPath` hold none. */
const credentialName = new RegExp(`(?:${credentialWords})$`, 'i');
/** Such a name with what follows up to its value: `password: `, `--password=`, `name: PASSWORD` and `value: `. */
const credentialInText = new RegExp(
  `(?:${credentialWords})["']?(?:[ \\t]{0,8}(?::=|=>|[:=])|,?\\s{1,80}["']?value["']?[ \\t]{0,4}[:=])[ \\t]{0,8}`,
  'gi',
);
/** After a user, or alone where it is too long for a user: tokens stand there. */
const passwordInUrl = /(:\/\/(?:[^\s/:@"'<>]{0,100}:|(?=[^\s/:@"'<>]{20})))([^\s/@"'<>]{1,200})@/g;
const beginOfPrivateKey = 'PRIVATE KEY-----';
/** Filled in later, encrypted, or nothing that anybody could use. */
const harmless = /^(?:\{\{|\$[{(]|ENC\[|[|>][-+0-9]*$|(?:true|false|null|~)?,?$)/;

/** The data of Secrets, and the scalars whose key or whose `name` is that of a credential. */
function collectFromDocument(
  { tape, value }: Document,
  text: string,
  isCredential: (name: string) => boolean,
  ranges: Range[],
  values: Set<string>,
): void {
  const collect = (node: number, isData: boolean) => {
    const kind = kindOf(tape, node);
    if (kind < nodeKind.plain || kind === nodeKind.alias) return;
    const source = sourceText(tape, text, node);
    const decoded = scalarText(source, kind) ?? source;
    if (!isData && harmless.test(decoded)) return;
    ranges.push([startOf(tape, node), endOf(tape, node)]);
    values.add(decoded);
    if (isData) values.add(Buffer.from(decoded, 'base64').toString('utf8'));
  };
  walkTape(tape, text, (node, field) => {
    const name = field.findLast(part => typeof part === 'string');
    if (isDataOfSecret(value, field)) collect(node, true);
    else if (name !== undefined && isCredential(name)) collect(node, false);
    else if (isMapNode(tape, node)) {
      const named = childAt(tape, text, node, 'name')?.value;
      if (named !== undefined && isCredential(withoutQuotes(sourceText(tape, text, named)))) {
        for (const held of valuesOf(tape, text, node)) collect(held, false);
      }
    }
  });
}

/** By the words that rules know, and by those that a name ends with; `existingSecret` holds a name. */
function isCredentialName(name: string): boolean {
  return credentialName.test(name) || (kindOfKey(name) === 'credential' && !/secret$/i.test(name));
}

/** The value of an environment variable, also where its key is a slip of the pen. */
function valuesOf(tape: Tape, text: string, map: number): number[] {
  const children = childrenOf(tape, map);
  return children.filter((_, index) => {
    const key = children[index - 1];
    return index % 2 === 1 && key !== undefined && didYouMean(keyText(tape, text, key), ['value']) !== undefined;
  });
}

/** What says what a Secret is, and not what it holds. */
const namingFields = new Set(['apiVersion', 'kind', 'metadata', 'type']);

function isDataOfSecret(root: unknown, field: FieldPath): boolean {
  const object = field[0] === 'items' && typeof field[1] === 'number' ? childOf(childOf(root, 'items'), field[1]) : root;
  const part = field[object === root ? 0 : 2];
  if (typeof part === 'string' && !namingFields.has(part) && childOf(object, 'kind') === 'Secret') return true;
  return part === 'secretGenerator' && field.includes('literals');
}

function childOf(value: unknown, part: string | number): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[part] : undefined;
}

/** On a line with more than the value, as in `["--password=…", "--verbose"]`. */
const firstWord = /^["']?([^\s"',;&)\]}]+)/;
const longestWord = 2000;

/** What no parser read: comments, templates, HCL, shell. */
function collectFromText(text: string, ranges: Range[], values: Set<string>): void {
  credentialInText.lastIndex = 0;
  while (credentialInText.test(text)) {
    const start = credentialInText.lastIndex;
    const end = endOfValue(text, start);
    if (!harmless.test(text.slice(start, Math.min(end, start + 20)))) {
      ranges.push([start, end]);
      values.add(firstWord.exec(text.slice(start, Math.min(end, start + longestWord)))?.[1] ?? '');
    }
    credentialInText.lastIndex = Math.max(end, start);
  }
}

function collectUrlPasswords(text: string, ranges: Range[]): void {
  for (const { index, 1: before = '', 2: password = '' } of text.matchAll(passwordInUrl)) {
    const start = index + before.length;
    if (!harmless.test(password)) ranges.push([start, start + password.length]);
  }
}

function collectPrivateKeys(text: string, ranges: Range[]): void {
  for (let found = text.indexOf(beginOfPrivateKey); found >= 0; found = text.indexOf(beginOfPrivateKey, found + 1)) {
    const start = found + beginOfPrivateKey.length;
    const end = text.indexOf('-----END', start);
    ranges.push([start, end < 0 ? text.length : end]);
    found = end < 0 ? text.length : end + '-----END RSA '.length + beginOfPrivateKey.length;
  }
}

/** What is a secret in one place is one in every place of the file. */
function collectRepetitions(text: string, values: ReadonlySet<string>, ranges: Range[]): void {
  if (values.size > mostParts) return;
  for (const value of values) {
    if (value.length < shortestPart) continue;
    for (let start = text.indexOf(value); start >= 0; start = text.indexOf(value, start + value.length)) ranges.push([start, start + value.length]);
  }
}

/** Of a quoted value the closing quote, otherwise the end of the line. */
function endOfValue(text: string, start: number): number {
  const lineBreak = text.indexOf('\n', start);
  const lineEnd = lineBreak < 0 ? text.length : lineBreak;
  const quote = text.charAt(start);
  if (quote !== '"' && quote !== "'") return lineEnd;
  for (let index = start + 1; index < lineEnd; index++) {
    if (text.charAt(index) === '\\') index++;
    else if (text.charAt(index) === quote) return index + 1;
  }
  return lineEnd;
}

function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: [start: number, end: number][] = [];
  for (const [start, end] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Line breaks and indentation stay, so that lines and columns do. */
function maskRanges(text: string, ranges: readonly Range[]): string {
  let masked = '';
  let position = 0;
  for (const [start, end] of ranges) {
    masked += text.slice(position, start) + text.slice(start, end).replace(/\S(?:.*\S)?/g, bulletsFor);
    position = end;
  }
  return masked + text.slice(position);
}

/** Shorter values are also words that a message needs: they are masked only where they stand alone in quotes. */
const shortestPart = 6;
const shortestArgument = 3;
/** A file with more secrets is not searched for each of them. */
const mostParts = 200;

function maskMessage(text: string, secrets: readonly Secrets[]): string {
  let masked = maskKnownForms(text);
  for (const { values } of secrets) {
    if (values.size === 0) continue;
    masked = masked.replace(/"([^"]*)"/g, (quoted, argument: string) =>
      argument.length >= shortestArgument && values.has(argument) ? `"${bulletsFor(argument)}"` : quoted,
    );
    if (values.size > mostParts) continue;
    for (const value of values) if (value.length >= shortestPart && masked.includes(value)) masked = masked.replaceAll(value, bulletsFor(value));
  }
  return masked;
}

/** The text without the passwords of its URLs, as in `https://user:•••@example.org`, and without tokens of known forms. */
export function maskKnownForms(text: string): string {
  const masked = text.replace(passwordInUrl, (_, before: string, password: string) => `${before}${bulletsFor(password)}@`);
  const ranges: Range[] = findTokens(masked, anyDay).flatMap(token => ('value' in token ? [[token.start, token.end] as const] : []));
  return ranges.length === 0 ? masked : maskRanges(masked, ranges);
}

/** Tokens that have expired are not shown either. */
const anyDay = '';

function bulletsFor(secret: string): string {
  return '•'.repeat(secret.length);
}
