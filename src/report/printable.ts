/** C0 and C1 controls, line separators, and the marks that turn the direction of text. */
const hidden = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text of the repository as it may go to a terminal: on one line, with nothing that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(hidden, escapeOf);
}

/** The same without a change of length in columns: what would be obeyed becomes a replacement character. */
export function printableCharacter(character: string): string {
  return character.replace(hidden, '\ufffd');
}

function escapeOf(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
