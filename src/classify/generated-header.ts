const says = [
  [/\bdo not (?:manually )?(?:edit|modify|change)\b(?! (?:below|above|the following))/i, 'generated: its first lines say not to edit it'],
  [
    /\b(?:code|file|manifest|resources?) (?:is |was |has been )?(?:auto-?)?generated\b(?! (?:secret|name|password|once))/i,
    'generated: its first lines say so',
  ],
  [/\bauto-?(?:matically )?generated\b|@generated\b/i, 'generated: its first lines say so'],
] as const;

/** Why the comment at the top of a file says that a tool wrote it; `helm template` puts `# Source:` there. */
export function generatedHeader(text: string): string | undefined {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (text.startsWith('---', at)) at = text.indexOf('\n', at) + 1;
  const first = text.charCodeAt(at);
  // A comment begins with # or //.
  if (first !== 35 && (first !== 47 || text.charCodeAt(at + 1) !== 47)) return undefined;
  const header = text.slice(at, endOfComments(text, at, first));
  if (!/generated|do not|# source: /i.test(header)) return undefined;
  if (/^# Source: .*\/templates\//m.test(header)) return 'generated: the output of "helm template"';
  for (const [pattern, reason] of says) {
    if (pattern.test(header)) return reason;
  }
  return undefined;
}

/** The end of the comment lines that begin at `start`, at most 20 lines and 2,000 characters. */
function endOfComments(text: string, start: number, mark: number): number {
  let at = start;
  for (let line = 0; line < 20 && at < start + 2000; line++) {
    if (text.charCodeAt(at) !== mark && text.charCodeAt(at) !== 10) break;
    const newline = text.indexOf('\n', at);
    if (newline < 0) return Math.min(text.length, start + 2000);
    at = newline + 1;
  }
  return Math.min(at, start + 2000);
}
