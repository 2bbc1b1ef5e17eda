import { nodeKind } from '../../core/document.ts';
import { addProblem, type HclReader } from './hcl-reader.ts';
import type { HclValue } from './hcl-value.ts';

/** Reads `<<EOT` and `<<-EOT` up to the line that is the marker alone. Undefined where no heredoc begins. */
export function readHeredoc(reader: HclReader): HclValue | undefined {
  const { text, position: start } = reader;
  opening.lastIndex = start;
  const [opened, dash, marker = ''] = opening.exec(text) ?? [];
  if (opened === undefined) return undefined;
  const contentStart = start + opened.length;
  const [contentEnd, end] = findEnd(text, contentStart, marker);
  if (end === undefined) addProblem(reader, 'a heredoc is not closed: expected its marker in a line of its own', start);
  reader.position = end ?? text.length;
  const content = text.slice(contentStart, contentEnd).replaceAll('\r\n', '\n');
  return { kind: nodeKind.literal, value: dash ? withoutIndentation(content) : content, start, end: reader.position };
}

const opening = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy;

/** Where the content ends, and the marker, where there is one. */
function findEnd(text: string, contentStart: number, marker: string): readonly [number, number?] {
  for (let lineStart = contentStart; lineStart < text.length; ) {
    const lineBreak = text.indexOf('\n', lineStart);
    const lineEnd = lineBreak < 0 ? text.length : lineBreak;
    const line = lineEnd - lineStart < longestMarkerLine ? text.slice(lineStart, lineEnd) : '';
    if (line.trim() === marker) return [lineStart, lineStart + line.trimEnd().length];
    lineStart = lineEnd + 1;
  }
  return [text.length];
}

const longestMarkerLine = 1000;

function withoutIndentation(content: string): string {
  const lines = content.split('\n');
  let least = Number.POSITIVE_INFINITY;
  for (const line of lines) if (line.trim() !== '') least = Math.min(least, line.length - line.trimStart().length);
  return lines.map(line => line.slice(least)).join('\n');
}
