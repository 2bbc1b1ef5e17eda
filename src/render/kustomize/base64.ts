/** Base64 as Kustomize writes it: what is longer than 70 characters in lines of 70, each with its line break. */
export function encodeBase64(text: string): string {
  const encoded = Buffer.from(text, 'utf8').toString('base64');
  if (encoded.length < lineLength) return encoded;
  let lines = '';
  for (let start = 0; start < encoded.length; start += lineLength) lines += `${encoded.slice(start, start + lineLength)}\n`;
  return lines;
}

const lineLength = 70;
