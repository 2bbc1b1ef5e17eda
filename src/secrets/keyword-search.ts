/** A keyword, by its number in the list of all, and where it begins in a text. */
export interface KeywordHit {
  readonly keyword: number;
  readonly start: number;
}

interface Keyword {
  readonly text: string;
  /** In the list of all. */
  readonly number: number;
}

/** Shorter keywords are searched for one by one, which V8 does fast, because a short window takes a look at nearly every character. */
const shortestWindow = 4;

/** Finds all of many keywords, which are ASCII, and gives them in the order of the text. */
export function keywordSearch(texts: readonly string[]): (text: string) => readonly KeywordHit[] {
  const keywords = texts.map((text, number): Keyword => ({ text, number }));
  const short = keywords.filter(({ text }) => text.length < shortestWindow);
  const findLong = windowSearch(keywords.filter(keyword => !short.includes(keyword)));
  return text => {
    const hits = findLong(text);
    for (const keyword of short) {
      for (let start = text.indexOf(keyword.text); start >= 0; start = text.indexOf(keyword.text, start + 1)) {
        hits.push({ keyword: keyword.number, start });
      }
    }
    return hits.length > 1 ? hits.sort((a, b) => a.start - b.start || a.keyword - b.keyword) : hits;
  };
}

/**
 * One pass that takes steps nearly as long as the shortest keyword: the last two characters of a window say how far the
 * next keyword is away at least (S. Wu and U. Manber, "A fast algorithm for multi-pattern searching", 1994).
 */
function windowSearch(keywords: readonly Keyword[]): (text: string) => KeywordHit[] {
  const windowLength = Math.min(...keywords.map(({ text }) => text.length));
  const shifts = new Uint8Array(1 << 14).fill(windowLength - 1);
  const ending = new Map<number, { readonly keyword: Keyword; readonly windowEnd: number }[]>();
  for (const keyword of keywords) {
    const window = rarestWindow(keyword.text, windowLength);
    for (let last = 1; last < windowLength; last++) {
      const block = blockAt(keyword.text, window + last);
      shifts[block] = Math.min(shifts[block] ?? 0, windowLength - 1 - last);
    }
    const windowEnd = window + windowLength - 1;
    const block = blockAt(keyword.text, windowEnd);
    ending.set(block, [...(ending.get(block) ?? []), { keyword, windowEnd }]);
  }
  return text => {
    const hits: KeywordHit[] = [];
    const { length } = text;
    for (let index = windowLength - 1; index < length; ) {
      const block = blockAt(text, index);
      const shift = shifts[block] ?? 1;
      if (shift > 0) {
        index += shift;
        continue;
      }
      for (const { keyword, windowEnd } of ending.get(block) ?? []) {
        const start = index - windowEnd;
        if (start >= 0 && text.startsWith(keyword.text, start)) hits.push({ keyword: keyword.number, start });
      }
      index++;
    }
    return hits;
  };
}

/** Where in a keyword those characters begin that are rarest in other texts: few pairs of small letters, and none at the end. */
function rarestWindow(keyword: string, length: number): number {
  let [rarest, fewest] = [0, Number.POSITIVE_INFINITY];
  for (let start = 0; start + length <= keyword.length; start++) {
    const window = keyword.slice(start, start + length);
    const pairs = (window.match(/[a-z](?=[a-z])/g) ?? []).length + (/[a-z]{2}$/.test(window) ? length : 0);
    if (pairs < fewest) [rarest, fewest] = [start, pairs];
  }
  return rarest;
}

/** The character at `index` and the one before it, as a number below 2^14. What is not ASCII only costs a comparison. */
function blockAt(text: string, index: number): number {
  return ((text.charCodeAt(index - 1) & 127) << 7) | (text.charCodeAt(index) & 127);
}
