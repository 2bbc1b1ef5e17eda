/** The text of an indented template: without its first line break, and without the indentation that all of its lines share. */
export function unindent(text: string): string {
  const lines = text.replace(/^\n/, '').replace(/ +$/, '').split('\n');
  const common = Math.min(...lines.filter(line => line !== '').map(line => line.search(/\S|$/)));
  return lines.map(line => line.slice(common)).join('\n');
}
