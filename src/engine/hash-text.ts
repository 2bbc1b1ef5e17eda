/**
 * 128 bits of a text as 32 hexadecimal digits: four hashes of 32 bits as in FNV-1a with offsets and factors of their own,
 * each mixed at the end (the finalizer of MurmurHash3). It tells findings apart and protects nothing; `node:crypto` would cost the start of each run.
 */
export function hashText(text: string): string {
  let digest = '';
  for (const [offset, factor] of lanes) {
    let hash = offset;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      hash = Math.imul(hash ^ (code & 0xff), factor);
      hash = Math.imul(hash ^ (code >>> 8), factor);
    }
    digest += mix(hash).toString(16).padStart(8, '0');
  }
  return digest;
}

const lanes: readonly (readonly [offset: number, factor: number])[] = [
  [0x811c9dc5, 0x01000193],
  [0x9e3779b9, 0x9e3779b1],
  [0x85ebca6b, 0x85ebca77],
  [0xc2b2ae35, 0xc2b2ae3d],
];

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
