/**
 * CRC-32 as in ISO 3309 of an ASCII text, as an integer below 2^32.
 */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The last six characters of the tokens of GitHub and npm: the CRC-32 of the characters before them, in base 62
 * (github.blog, "Behind GitHub's new authentication token formats", 2021-04-05).
 */
export function base62Checksum(body: string): string {
  let rest = crc32(body);
  let text = '';
  for (let length = 0; length < 6; length++) {
    text = digits.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}

/** The last eight characters of the tokens of Grafana: the CRC-32 of all before the underscore, its lowest byte first. */
export function littleEndianChecksum(body: string): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(crc32(body));
  return bytes.toString('hex');
}

/** The last eight characters of the tokens of Atlassian: the CRC-32 of all before them. */
export function upperHexChecksum(body: string): string {
  return crc32(body).toString(16).toUpperCase().padStart(8, '0');
}

const bech32Digits = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const bech32Generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** Whether the last six characters are those that BIP 173 wants after the ones before them. The text is of one case. */
export function hasBech32Checksum(text: string): boolean {
  const lower = text.toLowerCase();
  const separator = lower.lastIndexOf('1');
  const prefix = Array.from(lower.slice(0, separator), character => character.charCodeAt(0));
  const data = Array.from(lower.slice(separator + 1), character => bech32Digits.indexOf(character));
  if (data.includes(-1)) return false;
  let checksum = 1;
  for (const value of [...prefix.map(code => code >> 5), 0, ...prefix.map(code => code & 31), ...data]) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of bech32Generators.entries()) if ((top >> bit) & 1) checksum ^= generator;
  }
  return checksum === 1;
}
