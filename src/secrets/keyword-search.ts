/** A keyword, by its number in the list of all, and where it begins in a text. */
export interface KeywordHit {
  readonly keyword: number;
  readonly start: number;
}

/** A text in ASCII to search for, of three characters or more. */
export interface Keyword {
  readonly text: string;
  /** Capitals and small letters are the same. */
  readonly ignoresCase?: boolean;
}

/**
 * Finds all of many keywords and gives them in the order of the text. One pass, whatever the text is: four characters are one
 * number, a window, and few numbers are those of a keyword (after R. M. Karp and M. O. Rabin, "Efficient randomized
 * pattern-matching algorithms", 1987). It reads the lowest byte of each character and knows small letters only, so a look at
 * the text decides.
 */
export function keywordSearch(keywords: readonly Keyword[]): (text: string) => readonly KeywordHit[] {
  const words = keywords.map(({ text }) => text.toLowerCase());
  const classes = classify(words);
  const { sieve, filter, ending } = buildFilter(words, classes);
  let bytes = Buffer.alloc(0);
  return text => {
    if (bytes.length < text.length + 3) bytes = Buffer.alloc(2 * text.length + 3);
    bytes.write(text, 0, text.length, 'latin1');
    // A keyword of three characters may be the end of the text, and the last step is one of two.
    bytes[text.length] = bytes[text.length + 1] = bytes[text.length + 2] = 0;
    const hits: KeywordHit[] = [];
    for (const { window, end } of windowsIn(bytes, text.length, classes, sieve, filter)) {
      for (const { keyword, windowEnd } of ending.get(window) ?? []) {
        const start = end - windowEnd;
        if (start >= 0 && standsAt(text, start, keywords[keyword], words[keyword])) hits.push({ keyword, start });
      }
    }
    return hits.length > 1 ? hits.sort((a, b) => a.start - b.start || a.keyword - b.keyword) : hits;
  };
}

interface Window {
  readonly window: number;
  /** Of its last character. */
  readonly end: number;
}

/** The windows that may be of a keyword. Every second character is looked at, with the two before it: half of a window always is. */
function windowsIn(bytes: Uint8Array, last: number, classes: Uint8Array, sieve: Uint8Array, filter: Uint8Array): readonly Window[] {
  const found: Window[] = [];
  let next = classes[bytes[0] ?? 0] ?? 0;
  for (let end = 2; end <= last + 1; end += 2) {
    const first = next;
    next = classes[bytes[end] ?? 0] ?? 0;
    const three = (first << 12) | ((classes[bytes[end - 1] ?? 0] ?? 0) << 6) | next;
    if (sieve[three] === 0) continue;
    const before = ((classes[bytes[end - 3] ?? 0] ?? 0) << 18) | three;
    if (filter[(before ^ (before >>> 9)) & 0xffff] !== 0) found.push({ window: before, end });
    const after = ((three << 6) | (classes[bytes[end + 1] ?? 0] ?? 0)) & 0xffffff;
    if (filter[(after ^ (after >>> 9)) & 0xffff] !== 0) found.push({ window: after, end: end + 1 });
  }
  return found;
}

function standsAt(text: string, start: number, keyword: Keyword | undefined, word = ''): boolean {
  if (keyword?.ignoresCase) return text.slice(start, start + word.length).toLowerCase() === word;
  return keyword !== undefined && text.startsWith(keyword.text, start);
}

/** Numbers the characters of the keywords from 1, capitals like small letters; 0 is that of all others. At most 63 differ. */
function classify(words: readonly string[]): Uint8Array {
  const classes = new Uint8Array(256);
  let count = 1;
  for (const word of words) {
    for (let index = 0; index < word.length; index++) {
      const code = word.charCodeAt(index);
      if (classes[code] === 0) classes[code] = count++;
    }
  }
  if (count > 64) throw new RangeError(`the keywords have ${count - 1} different characters`);
  for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32] ?? 0;
  return classes;
}

interface Filter {
  /** 1 where three characters are the first or the last of a window of a keyword. */
  readonly sieve: Uint8Array;
  /** 1 where a window of which the lowest bits, mixed, are this number may be one of a keyword. */
  readonly filter: Uint8Array;
  /** The keywords of each window. */
  readonly ending: ReadonlyMap<number, readonly { readonly keyword: number; readonly windowEnd: number }[]>;
}

function buildFilter(words: readonly string[], classes: Uint8Array): Filter {
  const sieve = new Uint8Array(1 << 18);
  const filter = new Uint8Array(1 << 16);
  const ending = new Map<number, { readonly keyword: number; readonly windowEnd: number }[]>();
  for (const [keyword, word] of words.entries()) {
    if (word.length < 3) throw new RangeError(`the keyword "${word}" is too short`);
    const start = word.length === 3 ? 0 : rarestWindow(word);
    let window = 0;
    for (const character of word.slice(start, start + 4)) window = (window << 6) | (classes[character.charCodeAt(0)] ?? 0);
    const hit = { keyword, windowEnd: start + 3 };
    // Any character can come after a keyword of three.
    const windows = word.length === 3 ? Array.from({ length: 64 }, (_, last) => (window << 6) | last) : [window];
    for (const number of windows) {
      sieve[number >>> 6] = 1;
      sieve[number & 0x3ffff] = 1;
      filter[(number ^ (number >>> 9)) & 0xffff] = 1;
      const others = ending.get(number);
      if (others) others.push(hit);
      else ending.set(number, [hit]);
    }
  }
  return { sieve, filter, ending };
}

/** The characters that are most frequent in texts of repositories, in that order. */
const frequent = 'etasorinclpmud-hgvfbyk_w/x:.z"=jq';

/** Where the four characters of a keyword begin that are rarest in other texts. */
function rarestWindow(word: string): number {
  let [rarest, fewest] = [0, Number.POSITIVE_INFINITY];
  for (let start = 0; start + 4 <= word.length; start++) {
    let score = 1;
    for (let index = start; index < start + 4; index++) {
      const rank = frequent.indexOf(word.charAt(index));
      score *= rank < 0 ? 1 : 40 - rank;
    }
    if (score < fewest) [rarest, fewest] = [start, score];
  }
  return rarest;
}
