/** A text as Flux reads it before it fills in variables: literal texts, and what stands in `${…}`. */
export type Piece = string | Expression;

/** `${name}`, or a function of a variable such as `${name:-default}`. */
export interface Expression {
  readonly name: string;
  /** As it is written, `length` for `${#name}`; absent where the value stands for itself. */
  readonly operator?: string;
  /** Each with the expressions that stand in it. */
  readonly operands: readonly (readonly Piece[])[];
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** Flux refuses the whole object. */
export interface SubstitutionError {
  readonly problem: string;
  /** Where the expression begins that it does not understand. */
  readonly offset: number;
}

/**
 * Reads a text as kustomize-controller does: `$${` stands for `${`, and one expression that is not understood
 * makes the text as a whole an error (https://github.com/fluxcd/pkg/tree/main/envsubst).
 */
export function parseExpressions(text: string): readonly Piece[] | SubstitutionError {
  const reader: Reader = { text, offset: 0 };
  try {
    return readText(reader);
  } catch (error) {
    if (error instanceof BadExpression) return { problem: error.message, offset: error.offset };
    throw error;
  }
}

interface Reader {
  readonly text: string;
  offset: number;
}

class BadExpression extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

function readText(reader: Reader): Piece[] {
  const { text } = reader;
  const pieces: Piece[] = [];
  let literal = '';
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', reader.offset)) {
    literal += text.slice(reader.offset, dollar);
    reader.offset = dollar;
    if (text[dollar + 1] === '{') {
      if (literal !== '') pieces.push(literal);
      literal = '';
      pieces.push(readExpression(reader, 0));
    } else {
      literal += '$';
      reader.offset += text[dollar + 1] === '$' ? 2 : 1;
    }
  }
  literal += text.slice(reader.offset);
  if (literal !== '') pieces.push(literal);
  return pieces;
}

/** Deeper than anybody nests defaults; the controller has no such limit. */
const deepestNesting = 50;

function readExpression(reader: Reader, depth: number): Expression {
  const start = reader.offset;
  if (depth > deepestNesting) throw new BadExpression('expressions are nested too deeply', start);
  reader.offset += 2;
  const expression = readParts(reader, start, depth);
  if (reader.text[reader.offset] !== '}') throw new BadExpression(`"}" is missing behind "${excerpt(reader.text, start)}"`, start);
  reader.offset++;
  return { ...expression, start, end: reader.offset };
}

function readParts(reader: Reader, start: number, depth: number): Omit<Expression, 'start' | 'end'> {
  if (reader.text[reader.offset] === '#') {
    reader.offset++;
    return { name: readName(reader, start), operator: 'length', operands: [] };
  }
  const name = readName(reader, start);
  const operator = operatorAt(reader);
  reader.offset += operator.length;
  const operands = readOperands(reader, operator, start, depth);
  return { name, ...(operator !== '' && { operator }), operands };
}

function readName(reader: Reader, start: number): string {
  const [name] = match(/[\p{L}\p{Nd}_]+/uy, reader);
  if (name === undefined) throw new BadExpression(`"${excerpt(reader.text, start)}" names no variable`, start);
  reader.offset += name.length;
  return name;
}

function operatorAt(reader: Reader): string {
  // The controller steps over a letter outside of ASCII behind the colon, and then finds none.
  return match(/:[=\-?+]|:(?=\p{ASCII})|=|[,^]{1,2}|\/[/#%]?|##?|%%?/uy, reader)[0] ?? '';
}

function match(expression: RegExp, { text, offset }: Reader): readonly string[] {
  expression.lastIndex = offset;
  return expression.exec(text) ?? [];
}

function readOperands(reader: Reader, operator: string, start: number, depth: number): Piece[][] {
  const isAt = (character: string) => reader.text[reader.offset] === character;
  switch (operator[0]) {
    case '/': {
      const pattern = readOperand(reader, /(?:\\[/\\]|\$\$|(?!\$\{)[^/])+/y, start, depth);
      if (!isAt('/')) throw new BadExpression(`"/" is missing in "${excerpt(reader.text, start)}"`, start);
      while (isAt('/')) reader.offset++;
      return isAt('}') ? [pattern] : [pattern, readOperand(reader, /(?:\\[/\\]|\$\$|(?!\$\{)[^}])+/y, start, depth)];
    }
    case '#':
    case '%':
      return [readOperand(reader, anything, start, depth)];
    case ':':
    case '=': {
      if (operator !== ':') return readDefault(reader, start, depth);
      const from = readOperand(reader, /(?:(?!\$\{)[^:}])+/y, start, depth);
      if (!isAt(':')) return [from];
      while (isAt(':')) reader.offset++;
      return [from, readOperand(reader, anything, start, depth)];
    }
    default:
      return [];
  }
}

const anything = /(?:(?!\$\{)[^}])+/y;

/** One expression, or a text up to what ends it; in a text that may have escapes they are dropped. */
function readOperand(reader: Reader, characters: RegExp, start: number, depth: number): Piece[] {
  if (reader.text.startsWith('${', reader.offset)) return [readExpression(reader, depth + 1)];
  const [written] = match(characters, reader);
  if (written === undefined) throw new BadExpression(`"${excerpt(reader.text, start)}" lacks an operand`, start);
  reader.offset += written.length;
  return [characters === anything || !/[\\$]/.test(written) ? written : written.replace(/\\([/\\])|\$(\$)/g, '$1$2')];
}

function readDefault(reader: Reader, start: number, depth: number): Piece[][] {
  const operands: Piece[][] = [];
  while (reader.text[reader.offset] !== '}') operands.push(readOperand(reader, anything, start, depth));
  return operands;
}

/** Enough of a text to find it again. */
function excerpt(text: string, start: number): string {
  const [line = ''] = text.slice(start, start + 30).split('\n');
  return line;
}
