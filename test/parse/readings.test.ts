import { describe, expect, test } from 'vitest';
import { type Reader, readAs } from '../../src/parse/readings.ts';
import { sourceFile } from './source-file.ts';

function read(text: string, reader: Reader): unknown {
  const file = sourceFile(text);
  const [document] = file.documents;
  return document && readAs(document, file, reader);
}

/** What YAML 1.2, sigs.k8s.io/yaml 1.6 and PyYAML 6.0 make of a plain scalar. */
const table: readonly (readonly [text: string, go: unknown, pyyaml: unknown])[] = [
  ['yes', true, true],
  ['Off', false, false],
  ['yEs', 'yEs', 'yEs'],
  ['y', true, 'y'],
  ['N', false, 'N'],
  ['true', true, true],
  ['~', null, null],
  ['Null', null, null],
  ['0777', 511, 511],
  ['-017', -15, -15],
  ['0o17', 15, '0o17'],
  ['08', 8, '08'],
  ['0x1F', 31, 31],
  ['0X1F', 31, '0X1F'],
  ['-0b11', -3, -3],
  ['1_000', 1000, 1000],
  ['1_', 1, 1],
  ['_1', '_1', '_1'],
  ['0_8', 8, '0_8'],
  ['-0', 0, 0],
  ['+12', 12, 12],
  ['1_000.5', 1000.5, 1000.5],
  ['.5', 0.5, 0.5],
  ['+.5', 0.5, '+.5'],
  ['1.', 1, 1],
  ['1e3', 1000, '1e3'],
  ['1.5E+3', 1500, 1500],
  ['1e400', '1e400', '1e400'],
  ['0xfffffffffffffffff', '0xfffffffffffffffff', 295147905179352830000],
  ['.inf', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['-.INF', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ['.nan', Number.NaN, Number.NaN],
  ['1:30', '1:30', 90],
  ['190:20:30', '190:20:30', 685230],
  ['12:30:45.5', '12:30:45.5', 45045.5],
  ['2001-01-01', '2001-01-01', '2001-01-01'],
  ['1.2.3', '1.2.3', '1.2.3'],
  ['=', '=', '='],
];

describe('a plain scalar means to another reader', () => {
  test.each(table)('%s', (text, go, pyyaml) => {
    expect(read(`a: ${text}\n`, 'go')).toEqual({ a: go });
    expect(read(`a: ${text}\n`, 'pyyaml')).toEqual({ a: pyyaml });
  });
});

describe('a document as another reader sees it', () => {
  test('differs in keys, lists, merged and aliased values', () => {
    const text = "on: [yes, 'yes', !!str no]\nb: &b {x: off, 010: no}\nc: *b\nd:\n  <<: *b\n  x: 1\n  e: |\n    yes\n";
    expect(read(text, 'go')).toEqual({
      true: [true, 'yes', 'no'],
      b: { x: false, 8: false },
      c: { x: false, 8: false },
      d: { x: 1, 8: false, e: 'yes\n' },
    });
  });

  test('is the same value where nothing differs', () => {
    const file = sourceFile('a: {b: 1, c: "yes", d: no way}\n');
    const [document] = file.documents;
    expect(document && readAs(document, file, 'go')).toBe(document?.value);
  });
});

test('a value that YAML 1.1 takes for something else is noted when it is read, in any place and any document', () => {
  for (const [text] of table) {
    for (const source of [`a: ${text}\n`, `- [1, ${text}]\n`, `a: 1\n---\nb: {c: ${text}}\n`]) {
      const file = sourceFile(source);
      for (const document of file.documents) {
        const isSame = JSON.stringify(readAs(document, file, 'go')) === JSON.stringify(document.value);
        expect([source, document.isReadAlike === true && !isSame]).toEqual([source, false]);
      }
    }
  }
  for (const text of ['a: 8080\n', 'a: 15m\n', 'a: /health\n', 'a: "yes"\n', 'a: {b: true, c: null}\n', 'a: node\n'])
    expect([text, sourceFile(text).documents[0]?.isReadAlike]).toEqual([text, true]);
});
