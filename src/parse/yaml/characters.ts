/** The UTF-16 codes of the characters that YAML's syntax is made of. */
export const tab = 9;
export const lineFeed = 10;
export const carriageReturn = 13;
export const space = 32;
export const exclamationMark = 33;
export const doubleQuote = 34;
export const hash = 35;
export const percent = 37;
export const ampersand = 38;
export const singleQuote = 39;
export const asterisk = 42;
export const plus = 43;
export const comma = 44;
export const dash = 45;
export const dot = 46;
export const digitZero = 48;
export const digitNine = 57;
export const colon = 58;
export const greaterThan = 62;
export const questionMark = 63;
export const at = 64;
export const openBracket = 91;
export const backslash = 92;
export const closeBracket = 93;
export const backtick = 96;
export const openBrace = 123;
export const verticalBar = 124;
export const closeBrace = 125;
export const byteOrderMark = 0xfeff;

/** Space, tab, line end or the end of the text: what must follow an indicator such as `:` or `-`. */
export function isWhite(code: number): boolean {
  return code === space || code === lineFeed || code === carriageReturn || code === tab || Number.isNaN(code);
}

/** `,`, `[`, `]`, `{` and `}` end a plain scalar between brackets. */
export function isFlowIndicator(code: number): boolean {
  return code === comma || code === openBracket || code === closeBracket || code === openBrace || code === closeBrace;
}
