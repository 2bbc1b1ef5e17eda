/** Called with the number of a keyword and where it begins in the text. */
export type OnKeyword = (keyword: number, start: number) => void;

const blockLength = 2;

/**
 * Finds all of many keywords in one pass that looks at every second character or so
 * (S. Wu and U. Manber, "A fast algorithm for multi-pattern searching", 1994): the last characters of
 * the window say how far the next keyword is away at least. Keywords are ASCII, of three characters or more.
 */
export function keywordSearch(keywords: readonly string[]): (text: string, onKeyword: OnKeyword) => void {
  const windowLength = Math.min(...keywords.map(keyword => keyword.length));
  const shifts = new Uint8Array(1 << 14).fill(windowLength - blockLength + 1);
  const ending = new Map<number, number[]>();
  keywords.forEach((keyword, number) => {
    for (let end = blockLength; end <= windowLength; end++) {
      const block = blockAt(keyword, end - 1);
      shifts[block] = Math.min(shifts[block] ?? 0, windowLength - end);
      if (end === windowLength) ending.set(block, [...(ending.get(block) ?? []), number]);
    }
  });
  return (text, onKeyword) => {
    const { length } = text;
    for (let index = windowLength - 1; index < length; ) {
      const block = blockAt(text, index);
      const shift = shifts[block] ?? 1;
      if (shift > 0) {
        index += shift;
        continue;
      }
      const start = index - windowLength + 1;
      for (const number of ending.get(block) ?? []) {
        if (text.startsWith(keywords[number] ?? '', start)) onKeyword(number, start);
      }
      index++;
    }
  };
}

/** The character at `index` and the one before it, as a number below 2^14. What is not ASCII only costs a comparison. */
function blockAt(text: string, index: number): number {
  return ((text.charCodeAt(index - 1) & 127) << 7) | (text.charCodeAt(index) & 127);
}
