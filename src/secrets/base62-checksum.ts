const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * The last six characters of GitHub's and npm's tokens: the CRC-32 of the characters before them, in base 62
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

/** CRC-32 as in ISO 3309 of an ASCII text. */
function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let index = 0; index < text.length; index++) {
    crc ^= text.charCodeAt(index);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
