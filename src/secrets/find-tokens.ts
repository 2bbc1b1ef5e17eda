import { entropyOf, looksMadeUp } from './randomness.ts';
import { searchText } from './search-text.ts';
import { assignment } from './tokens/assignment.ts';
import type { Doubt, TokenPattern } from './tokens/token-pattern.ts';

/** A credential whose form tells its provider, by its offsets in a text. */
export interface FoundToken {
  readonly pattern: TokenPattern;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly isCertain: boolean;
  /** Of one that is not certain. */
  readonly doubt?: Doubt;
}

/** A place where a token begins and the rest of it is filled in later. */
export interface TemplatedToken {
  readonly templated: string;
  readonly start: number;
  readonly end: number;
}

/** The tokens in a text, in its order. `today` is `YYYY-MM-DD`, for those that say when they end. */
export function findTokens(text: string, today: string, hits = searchText(text).tokens): readonly (FoundToken | TemplatedToken)[] {
  const found: (FoundToken | TemplatedToken)[] = [];
  let end = 0;
  for (const hit of hits) {
    if (hit.start < end) continue;
    const { pattern } = hit;
    const place = { text, start: hit.start, end: hit.end, today };
    const token = pattern.isAssigned ? findAssigned(place, pattern) : findForm(place, pattern, end);
    if (!token) continue;
    found.push(token);
    end = token.end;
  }
  return found;
}

/** Where a keyword stands. */
interface KeywordPlace {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly today: string;
}

/** A token that begins at the keyword, or a few characters before it. */
function findForm(place: KeywordPlace, pattern: TokenPattern, least: number): FoundToken | TemplatedToken | undefined {
  const { before = 0 } = pattern;
  const [fewest, most] = typeof before === 'number' ? [before, before] : before;
  for (let length = most; length >= fewest; length--) {
    const start = place.start - length;
    if (start < least) continue;
    const token = matchAt(place, start, pattern);
    if (token) return token;
  }
  return most === 0 && !isInWord(place.text, place.start) ? templatedAt(place, pattern) : undefined;
}

/** Letters and digits before it; `\n` in a text of JSON is no letter. */
function isInWord(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 2), start);
  return /[A-Za-z0-9]$/.test(before) && !/^\\[nrt]$/.test(before);
}

function matchAt(place: KeywordPlace, start: number, pattern: TokenPattern): FoundToken | undefined {
  const { text } = place;
  const expression = expressionOf(pattern);
  expression.lastIndex = start;
  const match = expression.exec(text);
  if (!match || (match.groups === undefined && isInWord(text, start))) return undefined;
  const value = match.groups?.value ?? match[0];
  const end = start + match[0].length;
  return judge({ text, start: end - value.length, end, today: place.today }, value, pattern);
}

const expressions = new Map<TokenPattern, RegExp>();

/** Only few of them are ever needed, and a token does not end within a word. */
function expressionOf(pattern: TokenPattern): RegExp {
  let expression = expressions.get(pattern);
  if (!expression) {
    const { source } = pattern.expression;
    expression = new RegExp(`(?:${source})(?![\\w${pattern.isAssigned ? '+/=.~:@$%{}[\\]()' : ''}-])`, 'y');
    expressions.set(pattern, expression);
  }
  return expression;
}

function judge(place: KeywordPlace, value: string, pattern: TokenPattern): FoundToken | undefined {
  if (looksMadeUp(value)) return undefined;
  const verdict = pattern.validate?.(value, place) ?? 'certain';
  if (verdict === 'no') return undefined;
  const token = { pattern, value, start: place.start, end: place.end };
  return verdict === 'certain' ? { ...token, isCertain: true } : { ...token, isCertain: false, doubt: verdict };
}

/** `ghp_${TOKEN}`: what it will be cannot be known. */
function templatedAt({ text, start, end }: KeywordPlace, { name }: TokenPattern): TemplatedToken | undefined {
  return /^["'=:\s]{0,5}(?:\$\{|\{\{|<)/.test(text.slice(end, end + 8)) ? { templated: name, start, end } : undefined;
}

function findAssigned(place: KeywordPlace, pattern: TokenPattern): FoundToken | undefined {
  const { text } = place;
  assignment.lastIndex = place.end;
  const match = assignment.exec(text);
  if (!match) return undefined;
  const beginning = /[\w.-]{0,40}$/.exec(text.slice(Math.max(0, place.start - 40), place.start))?.[0] ?? '';
  const key = beginning + text.slice(place.start, place.end) + (match.groups?.rest ?? '');
  if (!isKeyOfCredential(key)) return undefined;
  const expression = expressionOf(pattern);
  const start = place.end + match[0].length;
  expression.lastIndex = start;
  const [value] = expression.exec(text) ?? [];
  if (value === undefined || !isRandom(value)) return undefined;
  return judge({ ...place, start, end: start + value.length }, value, pattern);
}

/** The last words say what the value is: a secret, or something about one, such as its name and its hash. */
function isKeyOfCredential(key: string): boolean {
  const words = key.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  return (
    /key|token|secret|pass|pwd|auth|credential|\bpat$|_pat$|dsn|webhook|license/.test(words) &&
    !/(?:hash|checksum|sha\d*|digest|fingerprint|_id|-id|\.id|name|user|url|uri|path|file|dir|ref|host|version|public_?key|site_?key|expiry|ttl)$/.test(
      words,
    )
  );
}

/** Words and names have no digits. */
function isRandom(value: string): boolean {
  return /\d/.test(value) ? /[A-Za-z]/.test(value) : /[a-z]/.test(value) && /[A-Z]/.test(value) && entropyOf(value) >= 3.8;
}
