import { compareVersions, parseVersion, type Version } from './semantic-version.ts';

/** Which versions are meant by a text such as `>=1.2, <2 || ~3.1`. */
export interface VersionConstraint {
  readonly accepts: (version: Version) => boolean;
  /** More than one release can be meant. */
  readonly isRange: boolean;
}

/**
 * Reads a constraint as Helm does: comma and space are "and", `||` is "or", `1 - 2` is a range, and pre-releases count only
 * where the constraint names one. Undefined where Helm refuses it. https://github.com/Masterminds/semver#checking-version-constraints
 */
export function parseVersionConstraint(text: string): VersionConstraint | undefined {
  if (text.length > longest) return undefined;
  const alternatives = text.split('||').map(readTerms);
  if (!alternatives.every(isRead)) return undefined;
  return {
    accepts: version => alternatives.some(terms => isAccepted(version, terms)),
    isRange: alternatives.length > 1 || alternatives.some(terms => terms.length !== 1 || terms.some(isOpen)),
  };
}

const longest = 512;

interface Term {
  readonly operator: Operator;
  readonly version: Version;
  /** How many of the three numbers are given: `1.x` has one. */
  readonly given: number;
}

type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=' | '~' | '^';

const synonyms: Readonly<Record<string, Operator>> = {
  '': '=',
  '=': '=',
  '!=': '!=',
  '>': '>',
  '<': '<',
  '>=': '>=',
  '=>': '>=',
  '<=': '<=',
  '=<': '<=',
  '~': '~',
  '~>': '~',
  '^': '^',
};

const operand = String.raw`v?(?:\d+|[xX*])(?:\.(?:\d+|[xX*]))?(?:\.(?:\d+|[xX*]))?(?:[-+][\dA-Za-z.+-]+)?`;
const range = new RegExp(String.raw`^\s*(${operand})\s+-\s+(${operand})(?=[\s,]|$)`);
const single = new RegExp(String.raw`^\s*(=>|=<|>=|<=|!=|~>|[=<>~^]?)\s*(${operand})(?=[\s,]|$)`);

/** The terms that all have to hold; undefined where one cannot be read. */
function readTerms(text: string): readonly Term[] | undefined {
  const terms: Term[] = [];
  let rest = text;
  for (;;) {
    const between = range.exec(rest);
    const found = between ?? single.exec(rest);
    if (found === null) return undefined;
    const [whole, first = '', second = ''] = found;
    const read = between ? [readTerm('>=', first), readTerm('<=', second)] : [readTerm(synonyms[first] ?? '=', second)];
    if (!read.every(isRead)) return undefined;
    terms.push(...read);
    rest = rest.slice(whole.length).trimStart();
    if (rest === '') return terms;
    if (rest.startsWith(',')) rest = rest.slice(1);
  }
}

function readTerm(operator: Operator, text: string): Term | undefined {
  const [, numbers = '', rest = ''] = /^v?([\dxX*.]+)(.*)$/.exec(text) ?? [];
  const parts = numbers.split('.');
  const wild = parts.findIndex(part => !/^\d+$/.test(part));
  const given = Math.min(3, wild < 0 ? parts.length : wild);
  const version = parseVersion([0, 1, 2].map(index => (index < given ? parts[index] : '0')).join('.') + rest);
  return version && { operator, version, given };
}

function isRead<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function isOpen({ operator, given }: Term): boolean {
  return operator !== '=' || given < 3;
}

function isAccepted(version: Version, terms: readonly Term[]): boolean {
  if (version.prerelease !== '' && !terms.some(term => term.version.prerelease !== '')) return false;
  return terms.every(term => holds(version, term));
}

function holds(version: Version, { operator, version: wanted, given }: Term): boolean {
  const order = compareVersions(version, wanted);
  const isSame = sharesNumbers(version, wanted, given);
  switch (operator) {
    case '=':
      return given < 3 ? order >= 0 && isSame : order === 0;
    case '!=':
      return given < 3 ? !isSame : order !== 0;
    case '>':
      return order > 0 && (given === 3 || given === 0 || !isSame);
    case '<':
      return order < 0;
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0 || (given < 3 && isSame);
    case '~':
      return order >= 0 && (isZero(wanted, given) || sharesNumbers(version, wanted, Math.min(2, given)));
    case '^':
      return order >= 0 && sharesNumbers(version, wanted, Math.min(given, firstNonZero(wanted, given)));
  }
}

/** Whether the first numbers are the same. */
function sharesNumbers(a: Version, b: Version, count: number): boolean {
  return (count < 1 || a.major === b.major) && (count < 2 || a.minor === b.minor) && (count < 3 || a.patch === b.patch);
}

/** `~0.0.0` stands for any version. */
function isZero({ major, minor, patch }: Version, given: number): boolean {
  return given === 3 && major === 0 && minor === 0 && patch === 0;
}

/** How many numbers a caret keeps: those up to the first that is not zero. */
function firstNonZero({ major, minor }: Version, given: number): number {
  if (given === 0) return 0;
  return major > 0 ? 1 : minor > 0 ? 2 : 3;
}
