import { nodeKind } from '../../core/document.ts';
import { carriageReturn, dash, digitNine, digitZero, greaterThan, lineFeed, plus, space, tab } from './characters.ts';
import { endLine } from './layout.ts';
import { addLeaf, refuse, type Scanner } from './scanner.ts';

/** Reads a literal (`|`) or folded (`>`) scalar and puts it on the tape; the scanner is then at the start of a line. */
export function readBlockScalar(scanner: Scanner, parentColumn: number): string {
  const start = scanner.position;
  const isFolded = scanner.text.charCodeAt(start) === greaterThan;
  const header = readHeader(scanner);
  const firstLine = scanner.position;
  const indentation = findIndentation(scanner, parentColumn, header.indentation);
  const content = indentation === undefined ? emptyContent(scanner, header) : readLines(scanner, indentation, isFolded, header.keepsLineBreaks);
  addLeaf(scanner, isFolded ? nodeKind.folded : nodeKind.literal, start, Math.min(content.end, scanner.length));
  scanner.position = Math.max(firstLine, content.end);
  scanner.lineStart = scanner.position;
  if (header.keepsLineBreaks) return content.text + '\n'.repeat(content.emptyLinesAfter + 1);
  return header.stripsLineBreak || content.text === '' ? content.text : `${content.text}\n`;
}

interface Header {
  readonly keepsLineBreaks: boolean;
  readonly stripsLineBreak: boolean;
  /** Beyond the column of the parent; 0 where the first line decides. */
  readonly indentation: number;
}

/** Reads what follows `|` or `>` and goes to the start of the next line. */
function readHeader(scanner: Scanner): Header {
  const { text } = scanner;
  let chomping = 0;
  let indentation = 0;
  for (;;) {
    const code = text.charCodeAt(++scanner.position);
    if ((code === plus || code === dash) && chomping === 0) chomping = code;
    else if (code > digitZero && code <= digitNine && indentation === 0) indentation = code - digitZero;
    else break;
  }
  endLine(scanner);
  scanner.position = text.indexOf('\n', scanner.position) + 1;
  return { keepsLineBreaks: chomping === plus, stripsLineBreak: chomping === dash, indentation };
}

/** How deep the lines of the scalar are indented, or undefined where it has no text. */
function findIndentation(scanner: Scanner, parentColumn: number, explicit: number): number | undefined {
  const { text } = scanner;
  const firstLine = scanner.position;
  let lineStart = firstLine;
  let deepestEmptyLine = 0;
  for (;;) {
    let position = lineStart;
    while (text.charCodeAt(position) === space) position++;
    const column = position - lineStart;
    const code = text.charCodeAt(position);
    const lineBreak = lineBreakLength(code);
    if (lineBreak > 0 && position < scanner.length) {
      deepestEmptyLine = Math.max(deepestEmptyLine, column);
      lineStart = position + lineBreak;
      continue;
    }
    if (column <= parentColumn && explicit === 0 && lineStart === firstLine) return undefined;
    const indentation = explicit > 0 ? Math.max(parentColumn, 0) + explicit : column;
    const isInside = position < scanner.length && column > parentColumn && column >= indentation;
    if (isInside && indentation > 0 && indentation >= deepestEmptyLine) return indentation;
    return refuse(scanner, 'the lines of a block scalar are indented too little: expected them deeper than the key');
  }
}

/** 1 or 2 where a line ends here, else 0. */
function lineBreakLength(code: number): number {
  return code === lineFeed ? 1 : code === carriageReturn ? 2 : 0;
}

interface Content {
  readonly text: string;
  readonly emptyLinesAfter: number;
  /** Where the scalar has ended, after its last line break. */
  readonly end: number;
}

function emptyContent(scanner: Scanner, { keepsLineBreaks }: Header): Content {
  if (keepsLineBreaks) refuse(scanner, 'a block scalar that keeps its line breaks has no text');
  return { text: '', emptyLinesAfter: 0, end: scanner.position };
}

function readLines(scanner: Scanner, indentation: number, isFolded: boolean, keepsLineBreaks: boolean): Content {
  const { text } = scanner;
  let value = '';
  let emptyLines = 0;
  let isFirst = true;
  let wasIndented = false;
  let end = scanner.position;
  let lineStart = scanner.position;
  while (lineStart < scanner.length) {
    let position = lineStart;
    const textStart = lineStart + indentation;
    while (position < textStart && text.charCodeAt(position) === space) position++;
    const code = text.charCodeAt(position);
    const lineBreak = lineBreakLength(code);
    if (lineBreak > 0) {
      emptyLines++;
      lineStart = position + lineBreak;
      continue;
    }
    if (position < textStart) break;
    const lineEnd = text.indexOf('\n', position);
    const contentEnd = text.charCodeAt(lineEnd - 1) === carriageReturn ? lineEnd - 1 : lineEnd;
    const isIndented = isFolded && (code === space || code === tab);
    value += isFirst ? '\n'.repeat(emptyLines) : lineSeparator(emptyLines, isFolded && !isIndented && !wasIndented);
    value += text.slice(position, contentEnd);
    isFirst = false;
    wasIndented = isIndented;
    emptyLines = 0;
    end = lineStart = lineEnd + 1;
  }
  if (/[ \t\r]/.test(text.charAt(end - 2)) && isEmptyLine(text, end)) refuse(scanner, 'a block scalar ends with a line of spaces');
  if (keepsLineBreaks && lineStart > scanner.length) refuse(scanner, 'a block scalar that keeps its line breaks ends without one');
  return { text: value, emptyLinesAfter: emptyLines, end: keepsLineBreaks ? lineStart : end };
}

/** Whether the line before `end` has nothing but spaces. */
function isEmptyLine(text: string, end: number): boolean {
  return text.slice(text.lastIndexOf('\n', end - 2) + 1, end).trim() === '';
}

/** What stands between two lines of text: line breaks, or where lines are folded a space for one and one less of more. */
function lineSeparator(emptyLines: number, isFolded: boolean): string {
  if (!isFolded) return emptyLines === 0 ? '\n' : '\n'.repeat(emptyLines + 1);
  return emptyLines === 0 ? ' ' : '\n'.repeat(emptyLines);
}
