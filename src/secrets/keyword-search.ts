/** A keyword, by its number in the list of all, and where it begins in a text. */
export interface KeywordHit {
  readonly keyword: number;
  readonly start: number;
}

/** A text in ASCII to search for. */
export interface Keyword {
  readonly text: string;
  /** Capitals and small letters are the same. */
  readonly ignoresCase?: boolean;
}

/** Finds all of many keywords and gives them in the order of the text. */
export function keywordSearch(keywords: readonly Keyword[]): (text: string) => readonly KeywordHit[] {
  const isFew = keywords.length <= fewKeywords && keywords.every(({ ignoresCase }) => !ignoresCase);
  const findAll = isFew ? searchOneByOne(keywords) : searchTogether(keywords);
  return text => {
    const hits = findAll(text);
    return hits.length > 1 ? hits.sort((a, b) => a.start - b.start || a.keyword - b.keyword) : hits;
  };
}

/** So many times V8 goes through a text before the automaton is through it once. */
const fewKeywords = 12;

function searchOneByOne(keywords: readonly Keyword[]): (text: string) => KeywordHit[] {
  return text => {
    const hits: KeywordHit[] = [];
    for (const [keyword, { text: word }] of keywords.entries()) {
      for (let start = text.indexOf(word); start >= 0; start = text.indexOf(word, start + 1)) hits.push({ keyword, start });
    }
    return hits;
  };
}

/**
 * One pass that takes one step for each character, whatever the text is (A. V. Aho and M. J. Corasick, "Efficient string
 * matching", 1975). The automaton reads the lowest byte of each character and knows small letters only, so a look at the
 * text decides.
 */
function searchTogether(keywords: readonly Keyword[]): (text: string) => KeywordHit[] {
  const words = keywords.map(({ text }) => text.toLowerCase());
  const { classes, shift, next, ending } = buildAutomaton(words);
  const isEnd = Uint8Array.from(ending, numbers => (numbers ? 1 : 0));
  let bytes = Buffer.alloc(0);
  return text => {
    const hits: KeywordHit[] = [];
    const { length } = text;
    if (bytes.length < length) bytes = Buffer.alloc(2 * length);
    bytes.write(text, 0, length, 'latin1');
    let state = 0;
    for (let index = 0; index < length; index++) {
      state = next[(state << shift) | (classes[bytes[index] ?? 0] ?? 0)] ?? 0;
      if (isEnd[state] === 0) continue;
      for (const number of ending[state] ?? []) {
        const start = index + 1 - (words[number]?.length ?? 0);
        if (standsAt(text, start, keywords[number], words[number])) hits.push({ keyword: number, start });
      }
    }
    return hits;
  };
}

function standsAt(text: string, start: number, keyword: Keyword | undefined, word = ''): boolean {
  if (keyword?.ignoresCase) return text.slice(start, start + word.length).toLowerCase() === word;
  return keyword !== undefined && text.startsWith(keyword.text, start);
}

interface Automaton {
  /** The class of each byte; 0 is that of bytes in no keyword. */
  readonly classes: Uint8Array;
  /** The next state is at `state << shift | class`; state 0 is the beginning. */
  readonly shift: number;
  readonly next: Uint16Array;
  /** The keywords that end in a state. */
  readonly ending: readonly (readonly number[] | undefined)[];
}

function buildAutomaton(words: readonly string[]): Automaton {
  const { classes, shift } = classify(words);
  const mostStates = words.reduce((sum, word) => sum + word.length, 1);
  if (mostStates > 0xffff) throw new RangeError(`${words.length} keywords are too long for states of 16 bits`);
  const next = new Uint16Array(mostStates << shift);
  const ending: number[][] = [[]];
  const steps: { readonly symbol: number; readonly to: number }[][] = [[]];
  for (const [number, word] of words.entries()) {
    let state = 0;
    for (let index = 0; index < word.length; index++) {
      const symbol = classes[word.charCodeAt(index)] ?? 0;
      let to = next[(state << shift) | symbol] ?? 0;
      if (to === 0) {
        to = steps.push([]) - 1;
        ending.push([]);
        next[(state << shift) | symbol] = to;
        steps[state]?.push({ symbol, to });
      }
      state = to;
    }
    ending[state]?.push(number);
  }
  /** The longest suffix of a state that is the beginning of a keyword too. */
  const fallbacks = new Uint16Array(steps.length);
  const queue = [0];
  for (const state of queue) {
    const fallback = fallbacks[state] ?? 0;
    if (state > 0) {
      next.copyWithin(state << shift, fallback << shift, (fallback + 1) << shift);
      ending[state]?.push(...(ending[fallback] ?? []));
    }
    for (const { symbol, to } of steps[state] ?? []) {
      fallbacks[to] = state === 0 ? 0 : (next[(fallback << shift) | symbol] ?? 0);
      next[(state << shift) | symbol] = to;
      queue.push(to);
    }
  }
  return { classes, shift, next, ending: ending.map(numbers => (numbers.length > 0 ? numbers : undefined)) };
}

/** Numbers the characters of the keywords from 1, capitals like small letters. */
function classify(words: readonly string[]): Pick<Automaton, 'classes' | 'shift'> {
  const classes = new Uint8Array(256);
  let count = 1;
  for (const word of words) {
    for (let index = 0; index < word.length; index++) {
      const code = word.charCodeAt(index);
      if (classes[code] === 0) classes[code] = count++;
    }
  }
  for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32] ?? 0;
  return { classes, shift: 32 - Math.clz32(count - 1) };
}
