import picomatch from 'picomatch';

type Matches = (path: string) => boolean;

const compiled = new Map<string, Matches>();
const compiledFlat = new Map<string, RegExp>();

/** Whether a path matches a doublestar pattern (`*` stays within a folder, `**` does not); patterns are compiled once. */
export function matchGlob(path: string, pattern: string): boolean {
  let matches = compiled.get(pattern);
  if (matches === undefined) {
    matches = picomatch(pattern, { dot: true, nonegate: true });
    compiled.set(pattern, matches);
  }
  return matches(path);
}

/** Whether a path matches a pattern that knows no folders: `*` stands for any text, `{a,b}` for either. */
export function matchFlatGlob(path: string, pattern: string): boolean {
  let expression = compiledFlat.get(pattern);
  if (expression === undefined) {
    let depth = 0;
    const source = pattern.replace(/\*+|[?{},.+^$()|\\]/g, mark => {
      if (mark.startsWith('*')) return '.*';
      if (mark === '?') return '.';
      if (mark === '{') return depth++ >= 0 ? '(?:' : '';
      if (mark === '}' && depth > 0) return depth-- > 0 ? ')' : '';
      if (mark === ',' && depth > 0) return '|';
      return mark === ',' ? ',' : `\\${mark}`;
    });
    expression = new RegExp(`^${depth === 0 ? source : escapeAll(pattern)}$`);
    compiledFlat.set(pattern, expression);
  }
  return expression.test(path);
}

function escapeAll(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
