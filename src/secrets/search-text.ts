import { keywordSearch } from './keyword-search.ts';
import { tokenPatterns } from './tokens/all-patterns.ts';
import type { TokenPattern } from './tokens/token-pattern.ts';

/** Texts of which one stands in or before every credential in a URL, a header or the settings of a client. */
export const credentialKeywords = [
  '://',
  'assword=',
  'pwd=',
  '@tcp(',
  'uthorization',
  'UTHORIZATION',
  ':_auth',
  ':_password',
  'npmAuthToken',
  'machine ',
  'auths',
] as const;

/** Texts of which one stands in every private key. */
export const privateKeyKeywords = ['PRIVATE KEY', 'AGE-SECRET-KEY-1', 'PuTTY-User-Key-File-', 'LS0tLS1CRUdJTi'] as const;

/** Where keywords stand in a text, in its order. */
export interface TextHits {
  readonly tokens: readonly { readonly pattern: TokenPattern; readonly start: number; readonly end: number }[];
  readonly credentials: readonly { readonly keyword: (typeof credentialKeywords)[number]; readonly start: number }[];
  readonly privateKeys: readonly { readonly keyword: (typeof privateKeyKeywords)[number]; readonly start: number }[];
}

const tokenKeywords = tokenPatterns.flatMap(pattern => pattern.keywords.map(text => ({ text, ignoresCase: pattern.isAssigned === true, pattern })));
const search = keywordSearch([...tokenKeywords, ...[...credentialKeywords, ...privateKeyKeywords].map(text => ({ text }))]);

/** One pass over a text for all that looks for secrets in it. */
export function searchText(text: string): TextHits {
  const found = search(text);
  if (found.length === 0) return none;
  const hits = {
    tokens: [] as TextHits['tokens'][number][],
    credentials: [] as TextHits['credentials'][number][],
    privateKeys: [] as TextHits['privateKeys'][number][],
  };
  for (const { keyword: number, start } of found) {
    const token = tokenKeywords[number];
    const credential = credentialKeywords[number - tokenKeywords.length];
    const privateKey = privateKeyKeywords[number - tokenKeywords.length - credentialKeywords.length];
    if (token !== undefined) hits.tokens.push({ pattern: token.pattern, start, end: start + token.text.length });
    else if (credential !== undefined) hits.credentials.push({ keyword: credential, start });
    else if (privateKey !== undefined) hits.privateKeys.push({ keyword: privateKey, start });
  }
  return hits;
}

const none: TextHits = { tokens: [], credentials: [], privateKeys: [] };
