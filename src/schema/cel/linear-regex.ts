/**
 * A regular expression of RE2, as Go and the API server read it: it takes time linear in the text,
 * whatever the pattern, so patterns of the linted repository may be matched.
 * https://github.com/google/re2/wiki/Syntax
 */
export interface LinearRegex {
  /** The leftmost match at or behind `from`, as code points from `start` to before `end`. */
  readonly find: (text: readonly number[], from?: number) => RegexMatch | undefined;
  /** How much a step through a text costs. */
  readonly size: number;
}

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
}

/** Throws a `SyntaxError` where RE2 does not take the pattern or it grows too large. */
export function compileRegex(pattern: string): LinearRegex {
  if (pattern.length > longestPattern) throw new SyntaxError('the pattern is too long');
  const program: Instruction[] = [];
  emit(parsePattern(pattern), program);
  program.push({ kind: 'match' });
  return { size: program.length, find: (text, from = 0) => run(program, text, from) };
}

const longestPattern = 4000;
const longestProgram = 5000;
const mostRepeats = 1000;
const deepestGroup = 200;

type Test = (codePoint: number) => boolean;
type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'boundary' | 'no-boundary';

type Node =
  | { readonly kind: 'char'; readonly test: Test }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'concat'; readonly parts: readonly Node[] }
  | { readonly kind: 'alternate'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly min: number; readonly max: number; readonly isGreedy: boolean };

type Instruction =
  | { readonly kind: 'char'; readonly test: Test }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'match' }
  | { kind: 'split'; first: number; second: number }
  | { kind: 'jump'; to: number };

interface Flags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
  readonly ungreedy: boolean;
}

interface Reader {
  readonly pattern: readonly string[];
  at: number;
  depth: number;
  flags: Flags;
}

function parsePattern(pattern: string): Node {
  const reader: Reader = {
    pattern: [...pattern],
    at: 0,
    depth: 0,
    flags: { ignoreCase: false, multiLine: false, dotAll: false, ungreedy: false },
  };
  const node = parseAlternatives(reader);
  if (reader.at < reader.pattern.length) throw new SyntaxError('unexpected ")"');
  return node;
}

function parseAlternatives(reader: Reader): Node {
  if (++reader.depth > deepestGroup) throw new SyntaxError('the pattern nests too deep');
  const parts = [parseSequence(reader)];
  while (takes(reader, '|')) parts.push(parseSequence(reader));
  reader.depth--;
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'alternate', parts };
}

function parseSequence(reader: Reader): Node {
  const parts: Node[] = [];
  for (let next = peek(reader); next !== undefined && next !== '|' && next !== ')'; next = peek(reader)) {
    const atom = parseAtom(reader);
    if (atom !== undefined) parts.push(parseRepeats(atom, reader));
  }
  return { kind: 'concat', parts };
}

function parseRepeats(atom: Node, reader: Reader): Node {
  let isRepeated = false;
  let node = atom;
  for (;;) {
    const bounds = parseBounds(reader);
    if (bounds === undefined) return node;
    if (isRepeated) throw new SyntaxError('invalid nested repetition operator');
    isRepeated = true;
    const isLazy = takes(reader, '?');
    node = { kind: 'repeat', node, min: bounds[0], max: bounds[1], isGreedy: isLazy === reader.flags.ungreedy };
  }
}

function parseBounds(reader: Reader): readonly [min: number, max: number] | undefined {
  if (takes(reader, '*')) return [0, Number.POSITIVE_INFINITY];
  if (takes(reader, '+')) return [1, Number.POSITIVE_INFINITY];
  if (takes(reader, '?')) return [0, 1];
  if (peek(reader) !== '{') return undefined;
  const close = reader.pattern.indexOf('}', reader.at);
  if (close < 0 || close - reader.at > 12) return undefined;
  const match = /^(\d+)(,(\d*))?$/.exec(reader.pattern.slice(reader.at + 1, close).join(''));
  if (match === null) return undefined;
  reader.at = close + 1;
  const min = Number(match[1]);
  const max = match[2] === undefined ? min : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]);
  if (min > mostRepeats || max < min || (max > mostRepeats && max !== Number.POSITIVE_INFINITY)) throw new SyntaxError('invalid repeat count');
  return [min, max];
}

/** Nothing where it only changes the flags. */
function parseAtom(reader: Reader): Node | undefined {
  const next = take(reader);
  const { multiLine, dotAll } = reader.flags;
  switch (next) {
    case '(':
      return parseGroup(reader);
    case '[':
      return parseClass(reader);
    case '.':
      return { kind: 'char', test: dotAll ? () => true : codePoint => codePoint !== newline };
    case '^':
      return { kind: 'assert', assertion: multiLine ? 'line-start' : 'text-start' };
    case '$':
      return { kind: 'assert', assertion: multiLine ? 'line-end' : 'text-end' };
    case '\\':
      return parseEscape(reader);
    case '*':
    case '+':
    case '?':
      throw new SyntaxError('missing argument to repetition operator');
    default:
      return literal(next, reader.flags);
  }
}

const newline = 10;

function parseGroup(reader: Reader): Node | undefined {
  const outer = reader.flags;
  if (takes(reader, '?')) {
    const name = /^P?<[A-Za-z0-9_]+>/.exec(reader.pattern.slice(reader.at, reader.at + 100).join(''));
    if (name !== null) reader.at += name[0].length;
    else if (parseFlags(reader) === ')') return undefined;
  }
  const node = parseAlternatives(reader);
  if (!takes(reader, ')')) throw new SyntaxError('missing ")"');
  reader.flags = outer;
  return node;
}

const flagNames: Readonly<Record<string, keyof Flags>> = { i: 'ignoreCase', m: 'multiLine', s: 'dotAll', U: 'ungreedy' };

/** The flags behind `(?`, and what ends them. */
function parseFlags(reader: Reader): ':' | ')' {
  let isOn = true;
  for (;;) {
    const next = take(reader);
    if (next === ':' || next === ')') return next;
    const flag = flagNames[next];
    if (flag !== undefined) reader.flags = { ...reader.flags, [flag]: isOn };
    else if (next === '-' && isOn) isOn = false;
    else throw new SyntaxError('invalid or unsupported group');
  }
}

function parseEscape(reader: Reader): Node {
  const next = peek(reader);
  const assertion = next === undefined ? undefined : assertions[next];
  if (assertion !== undefined) {
    reader.at++;
    return { kind: 'assert', assertion };
  }
  if (takes(reader, 'Q')) return parseQuotation(reader);
  const test = parseClassEscape(reader);
  if (test !== undefined) return { kind: 'char', test };
  return literal(String.fromCodePoint(parseCharacterEscape(reader)), reader.flags);
}

const assertions: Readonly<Record<string, Assertion>> = { A: 'text-start', z: 'text-end', b: 'boundary', B: 'no-boundary' };

/** `\Q…\E`, whose text stands for itself. */
function parseQuotation(reader: Reader): Node {
  const parts: Node[] = [];
  while (reader.at < reader.pattern.length) {
    const next = take(reader);
    if (next === '\\' && takes(reader, 'E')) break;
    parts.push(literal(next, reader.flags));
  }
  return { kind: 'concat', parts };
}

/** `\d`, `\pL` and their kind; nothing where it is an escape of one character. */
function parseClassEscape(reader: Reader): Test | undefined {
  const next = peek(reader);
  if (next === undefined) throw new SyntaxError('trailing backslash');
  const perl = perlClasses[next.toLowerCase()];
  if (perl !== undefined) {
    reader.at++;
    return next === next.toLowerCase() ? perl : not(perl);
  }
  if (next !== 'p' && next !== 'P') return undefined;
  reader.at++;
  let name = take(reader);
  if (name === '{') {
    const close = reader.pattern.indexOf('}', reader.at);
    if (close < 0) throw new SyntaxError('invalid character class');
    name = reader.pattern.slice(reader.at, close).join('');
    reader.at = close + 1;
  }
  const isNegated = name.startsWith('^');
  const test = unicodeClass(isNegated ? name.slice(1) : name);
  return isNegated === (next === 'P') ? test : not(test);
}

const within =
  (...ranges: readonly string[]): Test =>
  codePoint =>
    ranges.some(range => codePoint >= range.charCodeAt(0) && codePoint <= range.charCodeAt(range.length - 1));

const not =
  (test: Test): Test =>
  codePoint =>
    !test(codePoint);

const perlClasses: Readonly<Record<string, Test>> = {
  d: within('09'),
  s: within('\t\n', '\f\r', ' '),
  w: within('09', 'AZ', 'az', '_'),
};

const posixClasses: Readonly<Record<string, Test>> = {
  alnum: within('09', 'AZ', 'az'),
  alpha: within('AZ', 'az'),
  ascii: within('\0\x7f'),
  blank: within('\t', ' '),
  cntrl: within('\0\x1f', '\x7f'),
  digit: within('09'),
  graph: within('!~'),
  lower: within('az'),
  print: within(' ~'),
  punct: within('!/', ':@', '[`', '{~'),
  space: within('\t\r', ' '),
  upper: within('AZ'),
  word: within('09', 'AZ', 'az', '_'),
  xdigit: within('09', 'AF', 'af'),
};

function unicodeClass(name: string): Test {
  if (name === 'Any') return () => true;
  if (!/^[A-Za-z_]{1,40}$/.test(name)) throw new SyntaxError('invalid character class');
  const expression = new RegExp(name.length <= 2 ? `^\\p{${name}}$` : `^\\p{Script=${name}}$`, 'u');
  return codePoint => expression.test(String.fromCodePoint(codePoint));
}

const characterEscapes: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

function parseCharacterEscape(reader: Reader): number {
  const next = take(reader);
  const known = characterEscapes[next];
  if (known !== undefined) return known;
  const rest = reader.pattern.slice(reader.at - 1, reader.at + 11).join('');
  const code = /^x(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{2}))/.exec(rest) ?? /^(?:0([0-7]{0,2})|([1-7][0-7]{1,2}))/.exec(rest);
  if (code !== null) {
    reader.at += code[0].length - 1;
    const value = Number.parseInt(code[1] || code[2] || '0', next === 'x' ? 16 : 8);
    if (value > 0x10ffff) throw new SyntaxError('invalid escape sequence');
    return value;
  }
  if (/^[A-Za-z0-9]$/.test(next)) throw new SyntaxError('invalid escape sequence');
  return next.codePointAt(0) ?? 0;
}

function parseClass(reader: Reader): Node {
  const isNegated = takes(reader, '^');
  const tests: Test[] = [];
  for (let isFirst = true; isFirst || peek(reader) !== ']'; isFirst = false) tests.push(parseClassItem(reader));
  reader.at++;
  const isListed = foldsCase(codePoint => tests.some(test => test(codePoint)), reader.flags);
  return { kind: 'char', test: isNegated ? not(isListed) : isListed };
}

function parseClassItem(reader: Reader): Test {
  const posix = /^\[:(\^?)([a-z]+):\]/.exec(reader.pattern.slice(reader.at, reader.at + 14).join(''));
  if (posix !== null) {
    const test = posixClasses[posix[2] ?? ''];
    if (test === undefined) throw new SyntaxError('invalid character class');
    reader.at += posix[0].length;
    return posix[1] === '^' ? not(test) : test;
  }
  if (peek(reader) === '\\') {
    reader.at++;
    const test = parseClassEscape(reader);
    if (test !== undefined) return test;
    reader.at--;
  }
  const low = parseClassCharacter(reader);
  if (peek(reader) !== '-' || reader.pattern[reader.at + 1] === ']') return codePoint => codePoint === low;
  reader.at++;
  const high = parseClassCharacter(reader);
  if (high < low) throw new SyntaxError('invalid character class range');
  return codePoint => codePoint >= low && codePoint <= high;
}

function parseClassCharacter(reader: Reader): number {
  const next = take(reader);
  return next === '\\' ? parseCharacterEscape(reader) : (next.codePointAt(0) ?? 0);
}

function literal(character: string, flags: Flags): Node {
  const wanted = character.codePointAt(0);
  return { kind: 'char', test: foldsCase(codePoint => codePoint === wanted, flags) };
}

function foldsCase(test: Test, { ignoreCase }: Flags): Test {
  if (!ignoreCase) return test;
  return codePoint => {
    const character = String.fromCodePoint(codePoint);
    return test(codePoint) || test(character.toLowerCase().codePointAt(0) ?? 0) || test(character.toUpperCase().codePointAt(0) ?? 0);
  };
}

function peek({ pattern, at }: Reader): string | undefined {
  return pattern[at];
}

function take(reader: Reader): string {
  const next = reader.pattern[reader.at++];
  if (next === undefined) throw new SyntaxError('the pattern ends too early');
  return next;
}

function takes(reader: Reader, character: string): boolean {
  if (peek(reader) !== character) return false;
  reader.at++;
  return true;
}

function emit(node: Node, program: Instruction[]): void {
  if (program.length > longestProgram) throw new SyntaxError('the pattern is too large');
  if (node.kind === 'char' || node.kind === 'assert') program.push(node);
  else if (node.kind === 'concat') for (const part of node.parts) emit(part, program);
  else if (node.kind === 'alternate') emitAlternatives(node.parts, program);
  else emitRepeat(node, program);
}

function emitAlternatives(parts: readonly Node[], program: Instruction[]): void {
  const jumps: { to: number }[] = [];
  for (const [index, part] of parts.entries()) {
    if (index === parts.length - 1) {
      emit(part, program);
      break;
    }
    const split = pushSplit(program);
    split.first = program.length;
    emit(part, program);
    jumps.push(pushJump(program));
    split.second = program.length;
  }
  for (const jump of jumps) jump.to = program.length;
}

function emitRepeat({ node, min, max, isGreedy }: Extract<Node, { kind: 'repeat' }>, program: Instruction[]): void {
  for (let count = 0; count < min; count++) emit(node, program);
  const skips: { first: number; second: number }[] = [];
  const isEndless = max === Number.POSITIVE_INFINITY;
  for (let count = min; count < (isEndless ? min + 1 : max); count++) {
    const start = program.length;
    const split = pushSplit(program);
    if (isGreedy) split.first = program.length;
    else split.second = program.length;
    emit(node, program);
    if (isEndless) pushJump(program).to = start;
    skips.push(split);
  }
  for (const split of skips) {
    if (isGreedy) split.second = program.length;
    else split.first = program.length;
  }
}

function pushSplit(program: Instruction[]): { first: number; second: number } {
  const split = { kind: 'split' as const, first: 0, second: 0 };
  program.push(split);
  return split;
}

function pushJump(program: Instruction[]): { to: number } {
  const jump = { kind: 'jump' as const, to: 0 };
  program.push(jump);
  return jump;
}

/** Where a possible match stands in the program, and where in the text it began. */
interface Thread {
  readonly at: number;
  readonly start: number;
}

/** All possible matches at once, those that are preferred first: https://swtch.com/~rsc/regexp/regexp2.html */
function run(program: readonly Instruction[], text: readonly number[], from: number): RegexMatch | undefined {
  let threads: Thread[] = [];
  let found: RegexMatch | undefined;
  const seenAt = new Int32Array(program.length).fill(-1);
  for (let position = from; position <= text.length; position++) {
    if (found === undefined) addThread({ at: 0, start: position }, position, threads, program, text, seenAt);
    else if (threads.length === 0) break;
    const next: Thread[] = [];
    for (const thread of threads) {
      const instruction = program[thread.at];
      if (instruction?.kind === 'match') {
        found = { start: thread.start, end: position };
        break;
      }
      if (instruction?.kind !== 'char' || position === text.length || !instruction.test(text[position] ?? 0)) continue;
      addThread({ at: thread.at + 1, start: thread.start }, position + 1, next, program, text, seenAt);
    }
    threads = next;
  }
  return found;
}

/** Follows what takes no character; a program counter stands once in the list of a position. */
function addThread(
  { at, start }: Thread,
  position: number,
  threads: Thread[],
  program: readonly Instruction[],
  text: readonly number[],
  seenAt: Int32Array,
): void {
  const open = [at];
  for (let counter = open.pop(); counter !== undefined; counter = open.pop()) {
    if (seenAt[counter] === position) continue;
    seenAt[counter] = position;
    const instruction = program[counter];
    if (instruction === undefined) continue;
    if (instruction.kind === 'jump') open.push(instruction.to);
    else if (instruction.kind === 'split') open.push(instruction.second, instruction.first);
    else if (instruction.kind === 'assert') {
      if (holds(instruction.assertion, position, text)) open.push(counter + 1);
    } else threads.push({ at: counter, start });
  }
}

function holds(assertion: Assertion, position: number, text: readonly number[]): boolean {
  const before = text[position - 1];
  const after = text[position];
  switch (assertion) {
    case 'text-start':
      return position === 0;
    case 'text-end':
      return position === text.length;
    case 'line-start':
      return position === 0 || before === newline;
    case 'line-end':
      return position === text.length || after === newline;
    default:
      return (isWord(before) !== isWord(after)) === (assertion === 'boundary');
  }
}

function isWord(codePoint: number | undefined): boolean {
  return codePoint !== undefined && (perlClasses.w?.(codePoint) ?? false);
}
