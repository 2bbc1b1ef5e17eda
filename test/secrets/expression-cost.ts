/**
 * How many steps a backtracking matcher takes at most for one attempt with an expression, as an upper bound from its text
 * alone. A repetition multiplies the steps of what comes after it, unless what comes after it cannot begin with what it
 * repeats: then only one end of it is right. Infinity where a repetition has no end. Throws at syntax that it does not know.
 */
export function mostSteps(expression: RegExp): number {
  return parse(expression.source).steps;
}

/** What is known of a part of an expression. */
interface Part {
  readonly steps: number;
  /** How many ends it can have. */
  readonly ends: number;
  /** What it can begin with, and whether it can be nothing. */
  readonly first: ReadonlySet<number>;
  /** What can come after one of its ends and still be of it. */
  readonly more: ReadonlySet<number>;
  readonly isOptional: boolean;
}

const everything: ReadonlySet<number> = new Set(Array.from({ length: 128 }, (_, code) => code));
const nothing: ReadonlySet<number> = new Set();
const empty: Part = { steps: 1, ends: 1, first: nothing, more: nothing, isOptional: true };

function parse(source: string): Part {
  let index = 0;
  const part = alternatives();
  if (index < source.length) throw new Error(`"${source}" cannot be read from ${index}`);
  return part;

  function alternatives(): Part {
    const parts = [sequence()];
    while (source[index] === '|') {
      index++;
      parts.push(sequence());
    }
    return parts.length === 1 ? (parts[0] ?? empty) : eitherOf(parts);
  }

  function sequence(): Part {
    const parts: Part[] = [];
    while (index < source.length && !'|)'.includes(source[index] ?? '')) parts.push(repeated());
    return inOrder(parts);
  }

  function repeated(): Part {
    const part = atom();
    const [written, least = '', comma, most = ''] = /^(?:\{(\d+)(,)?(\d+)?\}|[*+?])\??/.exec(source.slice(index)) ?? [];
    if (written === undefined) return part;
    index += written.length;
    if (/^[*+]/.test(written)) return repeat(part, written.startsWith('+') ? 1 : 0, Number.POSITIVE_INFINITY);
    if (written.startsWith('?')) return repeat(part, 0, 1);
    const end = comma === undefined ? Number(least) : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    return repeat(part, Number(least), end);
  }

  function atom(): Part {
    const [group] = /^\((?:\?(?:<[a-z]+>|<?[:=!]))?/.exec(source.slice(index)) ?? [];
    if (group !== undefined) {
      index += group.length;
      const part = alternatives();
      index++;
      // What it looks at is not taken.
      return /[=!]$/.test(group) ? { ...empty, steps: part.steps } : part;
    }
    const [written] = /^(?:\[(?:\\.|[^\]\\])+\]|\\[\s\S]|[\s\S])/.exec(source.slice(index)) ?? [];
    if (written === undefined) throw new Error(`"${source}" ends too early`);
    index += written.length;
    if (written === '^' || written === '$' || written === '\\b') return empty;
    const matcher = new RegExp(`^${written}$`);
    const first = new Set([...everything].filter(code => matcher.test(String.fromCharCode(code))));
    return { steps: 1, ends: 1, first, more: nothing, isOptional: false };
  }
}

function repeat(part: Part, least: number, most: number): Part {
  const isAmbiguous = part.ends > 1 && most > 1 && (overlap(part.more, part.first) || part.isOptional);
  const ends = isAmbiguous ? part.ends ** Math.min(most, 1000) : (most - least + 1) * part.ends;
  const more = most > least ? new Set([...part.first, ...part.more]) : part.more;
  const steps = (isAmbiguous ? ends : 1) * part.steps * Math.max(1, most);
  return { steps, ends, first: part.first, more, isOptional: least === 0 || part.isOptional };
}

function inOrder(parts: readonly Part[]): Part {
  let [steps, ends, isOptional] = [1, 1, true];
  let more: ReadonlySet<number> = nothing;
  let first: ReadonlySet<number> = nothing;
  for (const part of parts) {
    // Where both can take the next character, each end before is one more way to go on.
    const isAmbiguous = ends > 1 && overlap(more, part.first);
    steps += isAmbiguous ? ends * part.steps : ends + part.steps;
    if (!isAmbiguous && ends > 1 && !part.isOptional) ends = 1;
    ends *= part.ends;
    more = part.isOptional ? new Set([...more, ...part.more]) : part.more;
    if (isOptional) first = new Set([...first, ...part.first]);
    isOptional &&= part.isOptional;
  }
  return { steps, ends, first, more, isOptional };
}

/** Where no two can begin alike only one of them is right. */
function eitherOf(parts: readonly Part[]): Part {
  const isClear = parts.every((part, index) => !part.isOptional && parts.slice(index + 1).every(other => !overlap(part.first, other.first)));
  const ends = parts.map(part => part.ends);
  return {
    steps: parts.reduce((sum, { steps }) => sum + steps, 0),
    ends: isClear ? Math.max(...ends) : ends.reduce((sum, count) => sum + count, 0),
    first: new Set(parts.flatMap(({ first }) => [...first])),
    more: isClear ? new Set(parts.flatMap(({ more }) => [...more])) : everything,
    isOptional: parts.some(({ isOptional }) => isOptional),
  };
}

function overlap(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return [...one].some(code => other.has(code));
}
