import type { TokenSurroundings } from './token-pattern.ts';

/** The text round a token, without the token, at most so many characters on each side. */
export function textAround({ text, start, end }: TokenSurroundings, reach: number): string {
  return `${text.slice(Math.max(0, start - reach), start)} ${text.slice(end, end + reach)}`;
}

/** What stands before the token in the same word, such as the beginning of its URL or connection string. */
export function wordBefore({ text, start }: TokenSurroundings): string {
  const words = text.slice(Math.max(0, start - longestWord), start).split(/[\s"'<>`]/);
  return words.at(-1) ?? '';
}

/** What stands after the token in the same word. */
export function wordAfter({ text, end }: TokenSurroundings): string {
  const [word = ''] = text.slice(end, end + longestWord).split(/[\s"'<>`]/, 1);
  return word;
}

const longestWord = 600;

/** Whether another word of so many random characters stands nearby: the secret of an id. */
export function hasKeyNearby(surroundings: TokenSurroundings, length: number): boolean {
  const words = textAround(surroundings, 500).split(/[^A-Za-z0-9/+]+/);
  return words.some(word => word.length === length && /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word));
}
