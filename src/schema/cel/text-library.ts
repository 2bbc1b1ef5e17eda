import { compiledExpression } from '../foreign-expression.ts';
import { type CelBudget, CelError, type CelList, type CelValue, isList, isMap, isObject, numberOf, spend } from './cel-value.ts';
import { toText } from './conversions.ts';
import type { CelFunction, Library } from './library.ts';

/**
 * Strings: the standard functions, the strings extension and the regular expressions of Kubernetes.
 * https://pkg.go.dev/github.com/google/cel-go/ext#Strings and https://pkg.go.dev/k8s.io/apiserver/pkg/cel/library#Regex
 */
export const textLibrary: Library = {
  functions: {
    'strings.quote': args => texts(args, 1, text => `"${[...text].map(character => quoted[character] ?? character).join('')}"`),
    matches: (args, budget) => texts(args, 2, (text, pattern) => findAll(text, pattern, 1, budget).length > 0),
  },
  methods: {
    contains: args => texts(args, 2, (text, part) => text.includes(part)),
    startsWith: args => texts(args, 2, (text, part) => text.startsWith(part)),
    endsWith: args => texts(args, 2, (text, part) => text.endsWith(part)),
    matches: (args, budget) => texts(args, 2, (text, pattern) => findAll(text, pattern, 1, budget).length > 0),
    find: (args, budget) => texts(args, 2, (text, pattern) => findAll(text, pattern, 1, budget)[0] ?? ''),
    findAll: ([text, pattern, limit], budget) =>
      texts([text ?? null, pattern ?? null], 2, (of, by) => findAll(of, by, typeof limit === 'bigint' ? Number(limit) : -1, budget)),
    lowerAscii: args => texts(args, 1, text => text.replace(/[A-Z]+/g, capitals => capitals.toLowerCase())),
    upperAscii: args => texts(args, 1, text => text.replace(/[a-z]+/g, letters => letters.toUpperCase())),
    trim: args => texts(args, 1, text => text.trim()),
    reverse: args => texts(args, 1, text => [...text].reverse().join('')),
    charAt: ([text, index]) => {
      if (typeof text !== 'string' || typeof index !== 'bigint') return undefined;
      const characters = [...text];
      return characters[position(index, characters.length)] ?? '';
    },
    indexOf: indexOf((characters, part, start) => characters.findIndex((_, index) => index >= start && stands(part, characters, index)), 0),
    lastIndexOf: indexOf(
      (characters, part, start) => characters.findLastIndex((_, index) => index <= start && stands(part, characters, index)),
      Number.POSITIVE_INFINITY,
    ),
    substring: ([text, start, end]) => {
      if (typeof text !== 'string' || typeof start !== 'bigint') return undefined;
      const characters = [...text];
      const from = position(start, characters.length);
      const to = typeof end === 'bigint' ? position(end, characters.length) : characters.length;
      if (from > to) throw new CelError('invalid substring range');
      return characters.slice(from, to).join('');
    },
    replace: ([text, old, by, limit], budget) => {
      if (typeof text !== 'string' || typeof old !== 'string' || typeof by !== 'string') return undefined;
      const most = typeof limit === 'bigint' && limit >= 0n ? Number(limit) : Number.POSITIVE_INFINITY;
      // Go puts it before, between and behind the characters where nothing is replaced.
      const parts = old === '' ? ['', ...text, ''] : text.split(old);
      spend(budget, text.length + parts.length * by.length);
      return parts.reduce((done, part, index) => `${done}${index <= most ? by : old}${part}`);
    },
    split: ([text, separator, limit], budget) => {
      if (typeof text !== 'string' || typeof separator !== 'string') return undefined;
      spend(budget, text.length);
      return splitText(text, separator, typeof limit === 'bigint' ? Number(limit) : -1);
    },
    join: ([list, separator = ''], budget) => {
      if (!isList(list) || typeof separator !== 'string') return undefined;
      if (!list.every(item => typeof item === 'string')) return undefined;
      spend(
        budget,
        list.reduce((length, item) => length + item.length + separator.length, 0),
      );
      return list.join(separator);
    },
    format: ([template, list], budget) => (typeof template === 'string' && isList(list) ? formatText(template, list, budget) : undefined),
  },
};

const quoted: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function texts(args: readonly CelValue[], count: number, apply: (first: string, second: string) => CelValue): CelValue | undefined {
  const [first, second = ''] = args;
  return args.length === count && typeof first === 'string' && typeof second === 'string' ? apply(first, second) : undefined;
}

function position(index: bigint, length: number): number {
  if (index < 0n || index > BigInt(length)) throw new CelError('index out of range');
  return Number(index);
}

function indexOf(find: (characters: readonly string[], part: readonly string[], start: number) => number, first: number): CelFunction {
  return ([text, part, start], budget) => {
    if (typeof text !== 'string' || typeof part !== 'string') return undefined;
    const characters = [...text, ''];
    spend(budget, characters.length);
    const from = typeof start === 'bigint' ? position(start, characters.length - 1) : first;
    return BigInt(find(characters, [...part], from));
  };
}

function stands(part: readonly string[], characters: readonly string[], at: number): boolean {
  return part.every((character, index) => characters[at + index] === character);
}

/** As strings.SplitN of Go: at most `limit` parts, all of them where it is below 0. */
function splitText(text: string, separator: string, limit: number): readonly string[] {
  if (limit === 0) return [];
  const parts = separator === '' ? [...text] : text.split(separator);
  if (limit < 0 || parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

function findAll(text: string, pattern: string, limit: number, budget: CelBudget): readonly string[] {
  const expression = compiledExpression(pattern);
  if (typeof expression === 'string') throw new CelError('a regular expression cannot be read');
  const matcher = expression.matcher(text);
  const found: string[] = [];
  let lastEnd = -1;
  do {
    spend(budget, 1 + Math.ceil((text.length * Math.min(pattern.length, 200)) / 10));
    if (found.length === limit || !matcher.find()) break;
    // An empty match right behind another is none.
    if (matcher.end() > matcher.start() || matcher.start() !== lastEnd) found.push(matcher.group() ?? '');
    lastEnd = matcher.end();
  } while (lastEnd <= text.length);
  return found;
}

/** https://pkg.go.dev/github.com/google/cel-go/ext#Strings, `format` */
function formatText(template: string, list: CelList, budget: CelBudget): string {
  let next = 0;
  const text = template.replace(/%(?:%|(?:\.(\d{1,3}))?([a-zA-Z])|)/g, (clause, precision: string | undefined, verb: string | undefined) => {
    if (clause === '%%') return '%';
    const value = list[next++];
    if (verb === undefined || value === undefined) throw new CelError('a clause of format() has no verb or no argument');
    return formatValue(value, verb, precision === undefined ? undefined : Number(precision), budget);
  });
  spend(budget, text.length);
  return text;
}

function formatValue(value: CelValue, verb: string, precision: number | undefined, budget: CelBudget): string {
  const number = numberOf(value);
  if (verb === 's') return formatAny(value, budget);
  if (verb === 'd' && typeof number === 'bigint') return String(number);
  if (verb === 'f' && typeof number === 'number') return number.toFixed(Math.min(precision ?? 6, 100));
  const base = { b: 2, o: 8, x: 16, X: 16 }[verb];
  if (base !== undefined && typeof number === 'bigint') return verb === 'X' ? number.toString(base).toUpperCase() : number.toString(base);
  if (verb === 'b' && typeof value === 'boolean') return value ? '1' : '0';
  if (base === 16 && (typeof value === 'string' || value instanceof Uint8Array)) {
    const hex = Buffer.from(value).toString('hex');
    return verb === 'X' ? hex.toUpperCase() : hex;
  }
  throw new CelError(`format() does not write this value by "%${verb}" here`);
}

function formatAny(value: CelValue, budget: CelBudget): string {
  spend(budget, 1);
  if (value === null) return 'null';
  if (isList(value)) return `[${value.map(item => formatInner(item, budget)).join(', ')}]`;
  if (isMap(value)) {
    const entries = [...value].map(([key, item]) => `${formatInner(key, budget)}:${formatInner(item, budget)}`);
    return `{${entries.sort().join(', ')}}`;
  }
  if (isObject(value) && value.kind === 'type') return value.name;
  const text = toText(value);
  if (text === undefined) throw new CelError('format() cannot write this value');
  return text;
}

/** In a list or a map texts are quoted, and so is what else looks like one. */
function formatInner(value: CelValue, budget: CelBudget): string {
  if (typeof value === 'number') return value.toFixed(6);
  const text = formatAny(value, budget);
  if (typeof value === 'string') return `"${text}"`;
  if (value instanceof Uint8Array) return `b"${text}"`;
  return isObject(value) && (value.kind === 'timestamp' || value.kind === 'duration') ? `${value.kind}("${text}")` : text;
}
