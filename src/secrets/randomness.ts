/** Shannon entropy, in bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length);
  return entropy;
}

/**
 * Whether somebody typed it in place of a random value: few different characters, runs such as `abcdef`
 * and `12345`, one piece again and again, or a word that says so.
 */
export function looksMadeUp(text: string): boolean {
  if (entropyOf(text) < Math.min(3, Math.log2(text.length) * 0.7)) return true;
  let steps = 0;
  for (let index = 1; index < text.length; index++) {
    const step = text.charCodeAt(index) - text.charCodeAt(index - 1);
    if (step >= -1 && step <= 1) steps++;
  }
  if (steps > text.length * 0.4) return true;
  for (let period = 1; period <= text.length / 3; period++) {
    if (text.startsWith(text.slice(0, -period), period)) return true;
  }
  return /example|dummy|fake|placeholder|redacted|changeme|replace|insert|sample|x{5}|0{6}|your[-_]?|1234567|abcdefg/i.test(text);
}
