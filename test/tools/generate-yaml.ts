import { pick, type Random } from './random.ts';

/** A YAML text of one to three documents in the styles that people and tools write; now and then it is no YAML. */
export function generateYaml(random: Random): string {
  const documents = Array.from({ length: pick(random, [1, 1, 1, 2, 3]) }, () => generateDocument(random));
  const text = (random(2) === 0 ? '---\n' : '') + documents.join(pick(random, ['---\n', '--- # next\n', '...\n---\n', '---  \n']));
  const ended = random(8) === 0 ? text.trimEnd() : text;
  return random(12) === 0 ? ended.replaceAll('\n', '\r\n') : ended;
}

function generateDocument(random: Random): string {
  const state: State = { random, anchors: [], count: 0 };
  return comment(state, 0) + (random(10) === 0 ? `${inlineValue(state, 0)}\n` : block(state, 0, 3));
}

interface State {
  readonly random: Random;
  /** Names of the anchors so far; only those of mappings may be merged. */
  readonly anchors: { readonly name: string; readonly isMap: boolean }[];
  count: number;
}

/** A block collection whose lines are indented by `indentation`. */
function block(state: State, indentation: number, depth: number): string {
  return state.random(3) === 0 ? sequence(state, indentation, depth) : mapping(state, indentation, depth);
}

function mapping(state: State, indentation: number, depth: number): string {
  const { random } = state;
  let text = '';
  for (let count = 1 + random(4); count > 0; count--)
    text += comment(state, indentation) + ' '.repeat(indentation) + entry(state, indentation, depth);
  return text;
}

function entry(state: State, indentation: number, depth: number): string {
  const { random } = state;
  const merged = state.anchors.filter(({ isMap }) => isMap).map(({ name }) => `*${name}`);
  if (merged.length > 0 && random(4) === 0) {
    return `${pick(random, ['<<', '!!merge <<'])}: ${random(2) === 0 ? merged[0] : `[${merged.join(', ')}]`}\n`;
  }
  return `${key(state)}:${value(state, indentation, depth, false)}`;
}

function sequence(state: State, indentation: number, depth: number): string {
  const { random } = state;
  let text = '';
  for (let count = 1 + random(4); count > 0; count--) {
    const gap = pick(random, [1, 1, 1, 3]);
    const start = `${comment(state, indentation)}${' '.repeat(indentation)}-`;
    const isCompact = depth > 0 && random(3) === 0;
    text +=
      start + (isCompact ? ' '.repeat(gap) + block(state, indentation + 1 + gap, depth - 1).trimStart() : value(state, indentation, depth, true));
  }
  return text;
}

/** What follows `key:` or `-`, with the line break. */
function value(state: State, indentation: number, depth: number, isItem: boolean): string {
  const { random } = state;
  if (depth > 0 && random(3) === 0) {
    const inner = isItem || random(3) > 0 ? indentation + pick(random, [1, 2, 2, 4]) : indentation;
    const isSequence = inner === indentation;
    const name = random(4) === 0 ? nextName(state) : undefined;
    const properties = (name ? ` &${name}` : '') + (random(8) === 0 ? ' !tag' : '');
    const text = `${properties}${lineEnd(state)}${isSequence ? sequence(state, inner, depth - 1) : random(2) === 0 ? mapping(state, inner, depth - 1) : sequence(state, inner, depth - 1)}`;
    // Known only now: an alias inside would stand in its own node.
    if (properties.includes('&') && name)
      state.anchors.push({
        name,
        isMap: /^\s*(?:[\w"'!<]|#.*\n)/.test(text.slice(properties.length)) && !/^\s*(?:#.*\n\s*)*-/.test(text.slice(properties.length)),
      });
    return text;
  }
  switch (random(8)) {
    case 0:
      return lineEnd(state);
    case 1:
    case 2:
      return blockScalar(state, indentation);
    default: {
      if (state.anchors.length > 0 && random(5) === 0) return ` *${state.anchors[random(state.anchors.length)]?.name}${lineEnd(state)}`;
      const properties = random(8) === 0 ? `${pick(random, [`&${nextName(state)}`, '!Ref', '!!str', '!'])} ` : '';
      const text = ` ${properties}${inlineValue(state, indentation + 1)}${lineEnd(state)}`;
      if (properties.startsWith('&')) state.anchors.push({ name: properties.slice(1).trim(), isMap: text.includes(`${properties}{`) });
      return text;
    }
  }
}

function nextName(state: State): string {
  return `n${state.count++}`;
}

function inlineValue(state: State, indentation: number): string {
  const { random } = state;
  switch (random(6)) {
    case 0:
      return flow(state, indentation, 2);
    case 1:
      return quoted(state, indentation);
    case 2:
      return `${plain(state)}\n${random(3) === 0 ? '\n' : ''}${' '.repeat(indentation + random(3))}${plain(state)}`;
    default:
      return plain(state);
  }
}

const words = [
  'a',
  'name',
  'some text',
  'x:y',
  'http://a/b',
  'true',
  'Null',
  '~',
  'yes',
  '0',
  '12',
  '-3',
  '+4',
  '1.50',
  '0x1f',
  '0o17',
  '017',
  '1e3',
  '.inf',
  '-.INF',
  '.nan',
  '1_000',
  'a#b',
  '-x',
  '?x',
  ':x',
  '=',
  '<',
  'é',
  'a "b" c',
  "it's",
  '2001-01-01',
  '1:30',
  '\\n',
  '12345678901234567890',
  '*.x',
] as const;

function plain({ random }: State): string {
  const word = pick(random, words);
  return word === '*.x' ? 'x*' : word;
}

function quoted({ random }: State, indentation: number): string {
  const line = pick(random, [' ', `\n${' '.repeat(indentation)}`, `  \n\n${' '.repeat(indentation)} `]);
  return pick(random, [
    `"a${line}b"`,
    `'a${line}it''s'`,
    '""',
    "''",
    '"\\u00e9\\x41\\t\\"\\\\"',
    '"# no: comment"',
    "'- '",
    `"a\\\n${' '.repeat(indentation)}b"`,
    '"1"',
    "'true'",
  ]);
}

function key({ random }: State): string {
  return pick(random, [
    'a',
    'b',
    'c',
    'name',
    'spec',
    'key with spaces',
    'x/y',
    '"q"',
    "'s'",
    '1',
    '1.0',
    'true',
    'a.b-c',
    '"a: b"',
    'constructor',
    '__proto__',
    '<',
    'd e',
    '-f',
    'g ',
  ]);
}

function flow(state: State, indentation: number, depth: number): string {
  const { random } = state;
  const count = random(4);
  const gap = () => pick(random, ['', ' ', ' ', ' ', `\n${' '.repeat(indentation)}`, ` # c\n${' '.repeat(indentation + 1)}`]);
  const inner = () =>
    depth > 0 && random(3) === 0
      ? flow(state, indentation, depth - 1)
      : random(3) === 0
        ? quoted(state, indentation)
        : pick(random, ['a', 'b c', '1', 'true', '-1', 'x:y', '~']);
  const isMap = random(2) === 0;
  const entries = Array.from(
    { length: count },
    () => `${gap()}${isMap ? `${pick(random, ['a', 'b', '"c"', "'d'"])}: ${random(6) === 0 ? '' : inner()}` : inner()}${random(6) === 0 ? ' ' : ''}`,
  );
  const body = entries.join(',') + (count > 0 && random(6) === 0 ? ',' : '');
  return isMap ? `{${body}${gap()}}` : `[${body}${gap()}]`;
}

function blockScalar({ random }: State, indentation: number): string {
  const inner = indentation + 1 + random(3);
  const explicit = random(6) === 0 ? String(inner - indentation) : '';
  const lines = Array.from({ length: 1 + random(4) }, () =>
    pick(random, ['text', 'more text # no comment', '  indented', '- item', 'key: value', '', '', '\ttab']),
  );
  const body = lines.map(line => (line === '' ? pick(random, ['', ' '.repeat(inner)]) : ' '.repeat(inner) + line)).join('\n');
  return ` ${pick(random, ['|', '>'])}${explicit}${pick(random, ['', '-', '+'])}${pick(random, ['', ' # comment'])}\n${body}\n`;
}

function lineEnd({ random }: State): string {
  return pick(random, ['\n', '\n', '\n', ' # comment\n', '  \n', '\n\n']);
}

function comment({ random }: State, indentation: number): string {
  return random(8) === 0 ? `${' '.repeat(pick(random, [indentation, indentation, 0, indentation + 2]))}# comment\n` : '';
}
