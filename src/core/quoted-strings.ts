import { nodeKind, type SourceFile } from './document.ts';
import { isInside, type Span, spansLeftAlone } from './layout.ts';
import { endOf, kindOf, nextOf, startOf } from './tape.ts';

export interface QuotedStrings {
  readonly double: readonly Span[];
  readonly single: readonly Span[];
}

/** The strings that could have the other quotes just as well. */
export function findQuotedStrings(file: SourceFile): QuotedStrings {
  const { documents, text } = file;
  const double: Span[] = [];
  const single: Span[] = [];
  const exempt = spansLeftAlone(text, ['quoted-strings']);
  for (const { tape } of documents) {
    for (let node = tape.root; node < nextOf(tape, tape.root); node += 4) {
      const kind = kindOf(tape, node);
      if (kind !== nodeKind.singleQuoted && kind !== nodeKind.doubleQuoted) continue;
      const span = { start: startOf(tape, node), end: endOf(tape, node) };
      if (isFree(text, span, kind === nodeKind.doubleQuoted) && !isInside(exempt, span.start))
        (kind === nodeKind.doubleQuoted ? double : single).push(span);
    }
  }
  return { double, single };
}

/** No character of it asks for one kind of quotes, nothing is filled in as text before it is parsed, and no tool writes it again. */
function isFree(text: string, { start, end }: Span, isDouble: boolean): boolean {
  const inner = text.slice(start + 1, end - 1);
  if (/[\\"\n\t$]|\{\{/.test(inner) || (isDouble && inner.includes("'"))) return false;
  const lineBreak = text.indexOf('\n', end);
  return !text.slice(end, lineBreak < 0 ? text.length : lineBreak).includes('# {"$');
}
