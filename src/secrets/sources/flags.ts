import { kindOfKey } from '../key-names.ts';

/** A flag or a variable of a command whose name is that of a credential. */
export interface FoundFlag {
  readonly key: string;
  readonly value: string;
  /** The piece of the argument that has both. */
  readonly written: string;
  /** The value is the next argument. */
  readonly isNext: boolean;
}

/** The credentials that an argument hands over: `--password=x`, `--password` and `x`, `--set a.password=x`, and the same in a line of shell. */
export function flagsIn(argument: string, next: unknown): readonly FoundFlag[] {
  if (argument.length < 3 || argument.length > longest) return [];
  const [, alone] = /^--?([A-Za-z][\w.-]+)$/.exec(argument) ?? [];
  if (alone !== undefined) {
    const isGiven = typeof next === 'string' && !next.startsWith('-') && kindOfKey(alone) === 'credential';
    return isGiven ? [{ key: alone, value: next, written: next, isNext: true }] : [];
  }
  if (!argument.includes('=') && !argument.includes(' --')) return [];
  const found: FoundFlag[] = [];
  for (const [whole, assigned, given, written = ''] of argument.matchAll(assignment)) {
    const [key, value] = innermost(assigned ?? given ?? '', withoutQuotes(written));
    if (kindOfKey(key) !== 'credential' || value === '') continue;
    found.push({ key, value, written: whole.replace(/^[\s;&,"']+/, ''), isNext: false });
  }
  return found;
}

/** Scripts are read line by line. */
const longest = 20_000;

/** `name=value`, and `--name value` in the middle of a line. */
const assignment = /(?:(?:^|[\s;&,"'])-{0,2}([A-Za-z][\w.-]{0,80})=|\s--([A-Za-z][\w.-]{0,80})[ \t]+)("[^"\n]*"|'[^'\n]*'|[^\s"';&|,\n]+)/g;

/** `--set a.password=x` and `--from-literal=password=x` hand over an assignment. */
function innermost(key: string, value: string): readonly [key: string, value: string] {
  const [, name, rest] = kindOfKey(key) === 'credential' ? [] : (/^([A-Za-z][\w.-]*)=(.*)$/.exec(value) ?? []);
  return name === undefined || rest === undefined ? [key, value] : [name, withoutQuotes(rest)];
}

function withoutQuotes(text: string): string {
  return text.replace(/^(["'])(.*)\1$/, '$2');
}
