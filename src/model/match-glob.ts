import { matchesWithWildcards } from '../classify/wildcards.ts';

/** Whether a path matches a doublestar pattern: `*` stays within a folder, `**` does not, `{a,b}` is either. */
export function matchGlob(path: string, pattern: string): boolean {
  const segments = path.split('/');
  return compile(pattern).some(alternative => matchesWithWildcards(alternative, segments, '**', matchesSegment));
}

/** Whether a path matches a pattern that knows no folders: `*` stands for any text, `{a,b}` for either. */
export function matchFlatGlob(path: string, pattern: string): boolean {
  return expandBraces(pattern).some(alternative => matchesSegment(alternative, path));
}

/** More alternatives than anybody writes; the rest of a pattern that has more is not tried. */
const maximumAlternatives = 256;

/** The alternatives of each pattern, split into segments. */
const compiled = new Map<string, readonly string[][]>();
/** The characters and classes of characters of each segment. */
const tokenised = new Map<string, readonly string[]>();

function compile(pattern: string): readonly string[][] {
  let alternatives = compiled.get(pattern);
  if (alternatives === undefined) {
    alternatives = expandBraces(pattern).map(alternative => alternative.split('/'));
    compiled.set(pattern, alternatives);
  }
  return alternatives;
}

/** `*` and `**` stand for any text, `?` for one character, `[a-z]` for one of several. */
function matchesSegment(segment: string, text: string): boolean {
  if (segment === text) return true;
  let tokens = tokenised.get(segment);
  if (tokens === undefined) {
    tokens = segment.match(/\*+|\[[^\]]+\]|./gs)?.map(token => (token.startsWith('*') ? '*' : token)) ?? [];
    tokenised.set(segment, tokens);
  }
  return matchesWithWildcards<string>(tokens, text, '*', matchesCharacter);
}

function matchesCharacter(token: string, character: string): boolean {
  if (token === '?' || token === character) return true;
  if (token.length < 3) return false;
  const isNegated = token[1] === '!' || token[1] === '^';
  for (let at = isNegated ? 2 : 1; at < token.length - 1; at++) {
    const first = token[at] ?? '';
    const isRange = token[at + 1] === '-' && at + 2 < token.length - 1;
    if (isRange ? first <= character && character <= (token[at + 2] ?? '') : first === character) return !isNegated;
    if (isRange) at += 2;
  }
  return isNegated;
}

/** `a{b,c{d,e}}` is `ab`, `acd` and `ace`. */
function expandBraces(pattern: string): string[] {
  const patterns = [pattern];
  for (let at = 0; at < patterns.length && patterns.length < maximumAlternatives; ) {
    const current = patterns[at] ?? '';
    const inner = /\{([^{}]*)\}/.exec(current);
    if (inner === null) at++;
    else
      patterns.splice(
        at,
        1,
        ...(inner[1] ?? '').split(',').map(part => current.slice(0, inner.index) + part + current.slice(inner.index + inner[0].length)),
      );
  }
  return patterns;
}
