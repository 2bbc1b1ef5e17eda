import { keywordSearch } from './keyword-search.ts';
import { looksMadeUp } from './randomness.ts';
import { type TokenPattern, tokenPatterns } from './token-patterns.ts';

/** A credential whose form tells its provider, by its offsets in a text. */
export interface FoundToken {
  readonly pattern: TokenPattern;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  readonly isCertain: boolean;
}

/** A place where a token begins and the rest of it is filled in later. */
export interface TemplatedToken {
  readonly templated: string;
  readonly start: number;
  readonly end: number;
}

const keywords = tokenPatterns.flatMap(pattern => {
  const startsInWord = pattern.regex.source.includes('(?<value>');
  return pattern.keywords.map(keyword => ({ keyword, pattern, startsInWord }));
});
const search = keywordSearch(keywords.map(({ keyword }) => keyword));

/** The tokens in a text, in its order. `today` is `YYYY-MM-DD`, for those that say when they end. */
export function findTokens(text: string, today: string): readonly (FoundToken | TemplatedToken)[] {
  const found: (FoundToken | TemplatedToken)[] = [];
  let end = 0;
  for (const { keyword: number, start: keywordStart } of search(text)) {
    const hit = keywords[number];
    if (!hit) continue;
    const { pattern, keyword, startsInWord } = hit;
    const start = keywordStart - (pattern.before ?? 0);
    if (start < end || (!startsInWord && /[A-Za-z0-9]/.test(text.charAt(start - 1)))) continue;
    const token = matchAt(text, start, pattern, today) ?? templatedAt(text, start, keywordStart + keyword.length, pattern);
    if (!token) continue;
    found.push(token);
    end = token.end;
  }
  return found;
}

function matchAt(text: string, start: number, pattern: TokenPattern, today: string): FoundToken | undefined {
  const { regex, validate } = pattern;
  regex.lastIndex = start;
  const match = regex.exec(text);
  if (!match) return undefined;
  const value = match.groups?.value ?? match[0];
  const end = start + match[0].length;
  const place = { text, start: end - value.length, end, today };
  if (looksMadeUp(value)) return undefined;
  const verdict = validate?.(value, place) ?? 'certain';
  return verdict === 'no' ? undefined : { pattern, value, start: place.start, end, isCertain: verdict === 'certain' };
}

/** `ghp_${TOKEN}`: what it will be cannot be known. */
function templatedAt(text: string, start: number, keywordEnd: number, { name }: TokenPattern): TemplatedToken | undefined {
  const template = /^["'=:\s]{0,5}(?:\$\{|\{\{|<)/.exec(text.slice(keywordEnd, keywordEnd + 8));
  return template ? { templated: name, start, end: keywordEnd } : undefined;
}
