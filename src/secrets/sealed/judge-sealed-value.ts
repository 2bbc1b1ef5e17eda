import type { SealedValue } from '../../core/protection.ts';
import { decodeBase64 } from '../decode-base64.ts';
import { isTemplated } from '../placeholders.ts';

/**
 * Tells what kubeseal has encrypted from what it has not, by the layout of its crypto.go: two bytes with the length of the
 * encrypted session key, that key, and the value with a tag of 16 bytes.
 */
export function judgeSealedValue(value: string): SealedValue {
  const text = value.trim();
  // Documentation leaves out the rest of a value.
  if (isTemplated(text) || text.endsWith('...')) return 'templated';
  const bytes = decodeBase64(text.replace(/\s/g, ''));
  if (bytes === undefined || bytes.length < 2) return 'unsealed';
  const keyLength = bytes.readUInt16BE(0);
  const rest = bytes.length - 2 - keyLength;
  if (!keyLengths.has(keyLength) || rest < tagLength) return 'unsealed';
  return rest === tagLength ? 'empty' : 'sealed';
}

const tagLength = 16;

/** Of RSA keys of 2,048 bits, what old versions made, to 8,192. */
const keyLengths: ReadonlySet<number> = new Set([256, 384, 512, 768, 1024]);
