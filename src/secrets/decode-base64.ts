/** What a base64 text stands for, as Kubernetes reads it: the standard alphabet, padded, line breaks left out. */
export function decodeBase64(text: string): Buffer | undefined {
  const packed = text.replace(/[\r\n]/g, '');
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return undefined;
  return Buffer.from(packed, 'base64');
}

/** The text that the bytes are in UTF-8; undefined where they are none. */
export function textOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') || text.includes('\0') ? undefined : text;
}
