/** Stands in a text for what is not known. */
export const hole = '\u0000';

/** Actions of templates, substitutions and placeholders. */
const marks =
  /\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]*\}|\$\([^)]*\)|\$\[[^\]]*\]|#\{[^}]*\}|<<.*?>>|<[^<>/]+>|%[A-Z_]+%|__[A-Z0-9_]+__|@[A-Z_]+@|\bREPLACE[_-]?ME\b/g;
/** No path, URL or name is longer; expressions are not tried on what is. */
const longest = 4096;

/** Why a text is not what it will be, where it has a mark of a template or a placeholder. */
export function templateIn(text: string): string | undefined {
  if (!mayHaveMarks(text)) return undefined;
  if (text.length > longest) return 'it is too long for a path';
  return text.search(marks) >= 0 ? 'a part of it is filled in later' : undefined;
}

/** The text with a hole for each mark. */
export function openUp(text: string): string {
  if (!mayHaveMarks(text)) return text;
  return text.length > longest ? hole : text.replace(marks, hole);
}

/** A look for single characters spares nearly every text the expression. */
function mayHaveMarks(text: string): boolean {
  return (
    text.includes('{') ||
    text.includes('$') ||
    text.includes('<') ||
    text.includes('_') ||
    text.includes('%') ||
    text.includes('@') ||
    text.includes('REPLACE') ||
    text.length > longest
  );
}
