import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeFrame } from '../../src/report/code-frame.ts';
import { locationOf } from './a-result.ts';

function frame(text: string, piece: string, width = 80): string {
  const { source, carets } = codeFrame(text, locationOf('a.yaml', text, piece), width);
  return `${source}\n${carets}`;
}

test('carets stand under the range', () => {
  expect(frame('a: 1\n  image: nginx:latest # x\n', 'latest')).toBe('  image: nginx:latest # x\n               ^^^^^^');
});

test('tabs and wide characters take two columns, combining marks none', () => {
  expect(frame('\ta: 1\n', '1')).toBe('  a: 1\n     ^');
  expect(frame('名前: 値 # x\n', '値')).toBe('名前: 値 # x\n      ^^');
  expect(frame('cafe\u0301: no\n', 'no')).toBe('cafe\u0301: no\n      ^^');
});

test('what a terminal would obey is shown as a replacement character', () => {
  expect(frame('a: \u001b[31m\u202eb\n', 'b')).toBe('a: \ufffd[31m\ufffdb\n         ^');
});

test('blanks that are marked can be seen', () => {
  expect(frame('a: 1 \t\n', ' \t')).toBe('a: 1···\n    ^^^');
});

test('a byte order mark takes no column', () => {
  expect(frame('\ufeffa: 1\n', '1')).toBe('a: 1\n   ^');
});

test('an empty range has one caret, also at the end of the line and of the text', () => {
  const { start } = locationOf('a.yaml', 'a:\nb: 1', '\n');
  expect(codeFrame('a:\nb: 1', { start, end: start }, 80)).toEqual({ source: 'a:', carets: '  ^' });
  const end = { offset: 7, line: 2, column: 5 };
  expect(codeFrame('a:\nb: 1', { start: end, end }, 80)).toEqual({ source: 'b: 1', carets: '    ^' });
});

test('a range over several lines is marked on its first', () => {
  expect(frame('a: |\r\n  x\r\n', '|\r\n  x')).toBe('a: |\n   ^');
});

test('a long line is cut round the range', () => {
  const text = `a: ${'x'.repeat(5000)} here ${'y'.repeat(5000)}\n`;
  const { source, carets } = codeFrame(text, locationOf('a.yaml', text, 'here'), 60);
  expect(source).toMatch(/^…x+ here y+…$/);
  expect(source.length).toBe(60);
  expect(source.slice(carets.indexOf('^'), carets.length)).toBe('here');
});

test('a frame is never wider than it may be and its carets never stand beside it', () => {
  const pieces = fc.array(fc.constantFrom('a', 'b: ', ' ', '\t', 'ü', '漢', '😀', '\u0301', 'x'.repeat(50), '\n'), { maxLength: 40 });
  fc.assert(
    fc.property(pieces, fc.nat(), fc.nat(20), fc.integer({ min: 20, max: 100 }), (parts, from, length, width) => {
      const text = parts.join('');
      const start = from % (text.length + 1);
      const position = (offset: number) => ({ offset, line: 1, column: 1 });
      const { source, carets } = codeFrame(text, { start: position(start), end: position(Math.min(start + length, text.length)) }, width);
      expect(carets).toMatch(/^ *\^+$/);
      expect(carets.length).toBeLessThanOrEqual(width);
      expect([...source].length).toBeLessThanOrEqual(width + (source.match(/\u0301/g)?.length ?? 0));
    }),
  );
});
