import { expect, test } from 'vitest';
import { judgeSealedValue } from '../../../src/secrets/sealed/judge-sealed-value.ts';

/** As kubeseal writes it: the length of the session key, that key, the value and its tag. */
function seal(keyLength: number, valueLength: number): string {
  const bytes = Buffer.alloc(2 + keyLength + valueLength + 16, 0x5a);
  bytes.writeUInt16BE(keyLength);
  return bytes.toString('base64');
}

test.each([256, 384, 512, 1024])('a value that a key of %i bytes has sealed is sealed', keyLength => {
  expect(judgeSealedValue(seal(keyLength, 1))).toBe('sealed');
  expect(judgeSealedValue(seal(keyLength, 5000))).toBe('sealed');
  expect(judgeSealedValue(seal(keyLength, 0))).toBe('empty');
});

test('a block of text keeps its meaning', () => {
  expect(judgeSealedValue(`${seal(512, 40).replace(/(.{76})/g, '$1\n')}\n`)).toBe('sealed');
});

test.each([
  ['what is cut off', seal(512, 40).slice(0, 400)],
  ['text', 'correct-horse'],
  ['base64 of text', Buffer.from('correct horse battery staple').toString('base64')],
  ['a placeholder', 'REPLACE_ME'],
  ['nothing', ''],
])('%s is not sealed', (_, value) => {
  expect(judgeSealedValue(value)).toBe('unsealed');
});

test.each(['{{ .Values.sealed }}', '$' + '{SEALED}'])('%s is filled in later', value => {
  expect(judgeSealedValue(value)).toBe('templated');
});
