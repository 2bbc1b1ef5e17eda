import { describe, expect, test } from 'vitest';
import type { FieldPath } from '../../src/core/place.ts';
import { endOf, entryAt, startOf, walkTape } from '../../src/core/tape.ts';
import { parseHcl } from '../../src/parse/parse-hcl.ts';
import { createRandom, pick, type Random } from '../tools/random.ts';

const read = (text: string) => parseHcl('main.tf', text).documents[0];
const dataOf = (text: string) => read(text)?.value;
const problemsOf = (text: string) => parseHcl('main.tf', text).problems.map(({ start, message }) => `${start} ${message}`);

/** The text of a value as it stands in the file. */
function sourceAt(text: string, field: FieldPath): string | undefined {
  const document = read(text);
  const entry = document && entryAt(document.tape, text, field);
  return entry && document && text.slice(startOf(document.tape, entry.value), endOf(document.tape, entry.value));
}

describe('a text is read as Terraform writes it in JSON', () => {
  test.each([
    ['literals', 'a = "x"\nb = -1.5e3\nc = true\nd = null\n', { a: 'x', b: -1500, c: true, d: null }],
    ['escapes', 'a = "\\"q\\"\\n\\u00e9\\U0001F600\\\\"', { a: '"q"\né\u{1f600}\\' }],
    ['templates stay as they are', 'a = "${var.b}-$${c} %{ if d }"', { a: '${var.b}-$${c} %{ if d }' }],
    [
      'expressions are templates',
      'a = var.b\nc = f("x", { y = 1 })\nd = e ? "f" : "g"\n',
      { a: '${var.b}', c: '${f("x", { y = 1 })}', d: '${e ? "f" : "g"}' },
    ],
    [
      'a literal that an operator follows',
      'a = "x" == var.b\nc = [1][0]\nd = {e = 1}.e\n',
      { a: '${"x" == var.b}', c: '${[1][0]}', d: '${{e = 1}.e}' },
    ],
    ['tuples over several lines', 'a = [\n  "x", # one\n  2,\n  var.y, /* last */\n]', { a: ['x', 2, '${var.y}'] }],
    ['objects', 'a = { b = "c", "d e" : 1\n (f.g) = [true]\n h = {\n } }', { a: { b: 'c', 'd e': 1, '(f.g)': [true], h: {} } }],
    [
      'for expressions',
      'a = [for x in y : x.z]\nb = { for k, v in m : k => v if v != "" }',
      { a: '${[for x in y : x.z]}', b: '${{ for k, v in m : k => v if v != "" }}' },
    ],
    ['blocks with labels', 'resource "aws_db" main {\n  name = "x"\n}\n', { resource: { aws_db: { main: { name: 'x' } } } }],
    ['blocks of one type', 'a "x" { n = 1 }\nb {}\na "y" { n = 2 }\n', { a: { x: { n: 1 }, y: { n: 2 } }, b: {} }],
    [
      'blocks that stand twice',
      'a {\n  b { n = 1 }\n  b { n = 2 }\n}\nc "x" {}\nc "x" { y = 1 }',
      { a: { b: [{ n: 1 }, { n: 2 }] }, c: { x: [{}, { y: 1 }] } },
    ],
    ['heredocs', 'a = <<EOT\n  x = ${y}\n\n  z\nEOT\nb = <<-END\n    p\n      q\n  END\n', { a: '  x = ${y}\n\n  z\n', b: 'p\n  q\n' }],
    ['heredocs in calls', 'a = f(<<EOT\n} "\nEOT\n)\nb = 1\n', { a: '${f(<<EOT\n} "\nEOT\n)}', b: 1 }],
    ['strings in templates in strings', 'a = "${f("}", "${g["\\""]}")}"\nb = 1', { a: '${f("}", "${g["""]}")}', b: 1 }],
    ['comments', '# a = 1\n// b = 2\n/* c = 3\n*/ d = 4 // e\n', { d: 4 }],
    ['nothing', '', {}],
    ['a byte order mark and line ends of Windows', '\ufeffa = "x"\r\nb {\r\n  c = 1\r\n}\r\n', { a: 'x', b: { c: 1 } }],
    ['names that objects inherit', 'constructor = 1\n__proto__ = 2\n', JSON.parse('{"constructor":1,"__proto__":2}')],
  ])('%s', (_, text, value) => {
    expect(dataOf(text)).toEqual(value);
    expect(problemsOf(text)).toEqual([]);
  });
});

test('a field is found where it is written', () => {
  const text =
    'resource "aws_db" "a" { password = "one" }\nx = 1\nresource "aws_db" "b" {\n  set { value = var.v }\n  set {\n    value = "two"\n  }\n}\n';
  expect(sourceAt(text, ['resource', 'aws_db', 'a', 'password'])).toBe('"one"');
  expect(sourceAt(text, ['resource', 'aws_db', 'b', 'set', 0, 'value'])).toBe('var.v');
  expect(sourceAt(text, ['resource', 'aws_db', 'b', 'set', 1, 'value'])).toBe('"two"');
  expect(sourceAt(text, ['resource', 'aws_db', 'b', 'set', 1])).toBe('{\n    value = "two"\n  }');
});

describe('what is no HCL is a problem, and the lines after it are read', () => {
  test.each([
    ['no value', 'a =\nb = 2\n', ['3 a value is missing: expected an expression'], 2],
    ['what is no expression', 'a = = 1 2\nb = 2\n', [], 2],
    ['a bracket too many', 'a = 1)\nb = 2\n', ['5 text follows after a value: expected the end of the line'], 2],
    ['a name alone', 'a\nb = 2\n', ['1 a name is followed by no value: expected "=" or "{"'], 2],
    ['a string without its end', 'a = "x\nb = 2\n', ['6 a string is not closed: expected a quote'], 2],
    ['a brace too many', '}\nb = 2\n', ['0 a brace closes no block: remove it'], 2],
    ['a sign', '= 1\nb = 2\n', ['0 no attribute and no block stands here: expected a name'], 2],
    ['a block without its end', 'b = 2\na {\n', ['10 a block is not closed: expected "}"'], 2],
    ['a heredoc without its end', 'b = 2\na = <<E\nx\n', ['10 a heredoc is not closed: expected its marker in a line of its own'], 2],
  ])('%s', (_, text, problems, b) => {
    expect(problemsOf(text)).toEqual(problems);
    expect(dataOf(text)).toMatchObject({ b });
  });
});

describe('hostile texts are read in the time of others', () => {
  test.each([
    ['brackets', '['],
    ['braces', '{'],
    ['objects', '{a='],
    ['templates', '"${'],
    ['blocks', 'a {\n'],
    ['heredocs', '<<E\n'],
    ['labels', 'a '],
    ['closed ones', '[]}{)('],
  ])('200,000 %s', (_, piece) => {
    const text = `x = ${piece.repeat(200_000)}`;
    const start = performance.now();
    expect(parseHcl('main.tf', text).documents).toHaveLength(1);
    expect(parseHcl('main.tf', piece.repeat(200_000)).problems.length).toBeLessThanOrEqual(100);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

test('every node of a text that is broken at random lies in the text, within its parent, and is found by its field', () => {
  for (let seed = 0; seed < 3000; seed++) {
    const text = generateHcl(createRandom(seed));
    const { documents, problems } = parseHcl('main.tf', text);
    const [document] = documents;
    if (!document) throw new Error(`no document of seed ${seed}`);
    for (const { start, end } of problems) expect(start >= 0 && start <= end && end <= text.length, `seed ${seed}`).toBe(true);
    walkTape(document.tape, text, (node, field) => {
      const [start, end] = [startOf(document.tape, node), endOf(document.tape, node)];
      expect(start >= 0 && start <= end && end <= text.length, `seed ${seed}: ${start} to ${end}`).toBe(true);
      if (!field.includes('')) expect(entryAt(document.tape, text, field)?.value, `seed ${seed}: ${field.join('.')}`).toBe(node);
    });
  }
});

const pieces = [
  'a = 1\n', 'b = "x"\n', 'c = var.d\n', 'resource "t" "n" {\n', 'block {\n', '}\n', '}', '{', '[', ']', '(', ')', ',', ' ', '\n', '"', '\\', '${', '$${', '%{', '<<EOT\n', '<<-EOT\n', 'EOT\n',
  '# c\n', '// d\n', '/* e', '*/', '=', '==', ':', '?', 'for ', 'x', 'true', 'null', '-', '1.5', '\r\n', '\t', 'é', '\u{1f600}', '\ud800', 'f("y")', 'k = [1, "two", { m = n }]\n', 'o = { p = "q", "r" : s }\n',
] as const; // biome-ignore format: one list

function generateHcl(random: Random): string {
  let text = '';
  for (let count = 1 + random(30); count > 0; count--) text += pick(random, pieces);
  return text;
}
