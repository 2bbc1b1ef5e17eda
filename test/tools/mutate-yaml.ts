import { pick, type Random } from './random.ts';

const pieces = [
  ' ', '  ', '\n', '\n\n', ':', ': ', '- ', '-', '#', ' #', ' # c\n', '"', "'", '|', '>', '|-\n', '>+\n', '|2\n', '{', '}', '[', ']', ',', ', ', '{}', '[]',
  '&a ', '*a', '*a ', '!t ', '!!str ', '!!merge <<: ', '<<: ', '<<: *a\n', '\t', '---\n', '...\n', '--- ', '? ', '%', '@', '`', '\r', '\r\n', '~', 'null', '0x1F', '0o7',
  '1e3', '.5', '-', '+', '\\', '\\n', '\\\n', "''", 'é', '\u{1f600}', '\ud800', '\ufeff', '\0', '\u0085', '\u2028', 'a: ', '\n  a: b', 'constructor', '__proto__', '1: ', '"a": ', "'a': ",
] as const; // biome-ignore format: one list

/** The text with one to three small changes, most of which make it hard to read. */
export function mutateYaml(random: Random, text: string, other: string): string {
  let mutated = text;
  for (let count = 1 + random(3); count > 0; count--) mutated = mutateOnce(random, mutated, other);
  return mutated;
}

function mutateOnce(random: Random, text: string, other: string): string {
  const position = random(text.length + 1);
  const lineStart = text.lastIndexOf('\n', position - 1) + 1;
  switch (random(9)) {
    case 0:
    case 1:
      return text.slice(0, position) + text.slice(position + 1 + random(4));
    case 2:
    case 3:
    case 4:
      return text.slice(0, position) + pick(random, pieces) + text.slice(position);
    case 5:
      return `${text.slice(0, lineStart)}${' '.repeat(random(5))}${text.slice(lineStart)}`;
    case 6:
      return text.slice(0, lineStart) + text.slice(lineStart).replace(/^ {1,2}/, '');
    case 7: {
      const lines = other.split('\n');
      const indentation = /^ */.exec(text.slice(lineStart))?.[0] ?? '';
      return `${text.slice(0, lineStart)}${indentation}${lines[random(lines.length)]}\n${text.slice(lineStart)}`;
    }
    default:
      return random(3) === 0 ? text.replaceAll(/\r?\n/g, '\r\n') : text.trimEnd();
  }
}
