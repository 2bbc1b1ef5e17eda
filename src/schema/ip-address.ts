/** An address of the Internet Protocol as a number. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

/** Strict as Go's net/netip: no leading zeros, unless asked for as Go took them before 1.17, and no zone. */
export function parseIpAddress(text: string, { leadingZeros = false } = {}): IpAddress | undefined {
  if (text.length > longestAddress) return undefined;
  if (!text.includes(':')) {
    const bits = parseFour(text, leadingZeros);
    return bits === undefined ? undefined : { family: 4, bits };
  }
  const bits = parseSix(text, leadingZeros);
  return bits === undefined ? undefined : { family: 6, bits };
}

/** `::ffff:` and an address of version 4. */
export function isMappedFour({ family, bits }: IpAddress): boolean {
  return family === 6 && bits >> 32n === 0xffffn;
}

export interface Cidr {
  readonly address: IpAddress;
  readonly prefixLength: number;
}

export function parseCidr(text: string, options: { readonly leadingZeros?: boolean } = {}): Cidr | undefined {
  const slash = text.lastIndexOf('/');
  const address = slash < 0 ? undefined : parseIpAddress(text.slice(0, slash), options);
  const length = text.slice(slash + 1);
  if (address === undefined || !(options.leadingZeros === true ? /^\d+$/ : /^(0|[1-9]\d{0,2})$/).test(length)) return undefined;
  const prefixLength = Number(length);
  return prefixLength <= widthOf(address) ? { address, prefixLength } : undefined;
}

export function widthOf({ family }: IpAddress): number {
  return family === 4 ? 32 : 128;
}

/** The canonical text; https://www.rfc-editor.org/rfc/rfc5952 */
export function formatIpAddress({ family, bits }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map(shift => (bits >> shift) & 0xffn).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  let longest = { start: 0, length: 1 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === '0') length++;
    if (length > longest.length) longest = { start, length };
  }
  if (longest.length < 2) return groups.join(':');
  return `${groups.slice(0, longest.start).join(':')}::${groups.slice(longest.start + longest.length).join(':')}`;
}

const longestAddress = 100;

function parseFour(text: string, leadingZeros: boolean): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let bits = 0n;
  for (const part of parts) {
    if (!/^\d+$/.test(part) || (!leadingZeros && part.length > 1 && part.startsWith('0')) || Number(part) > 255) return undefined;
    bits = (bits << 8n) | BigInt(part);
  }
  return bits;
}

function parseSix(text: string, leadingZeros: boolean): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groupsOf(halves[0] ?? '', halves.length === 1, leadingZeros);
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '', true, leadingZeros) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...tail];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
}

function groupsOf(text: string, mayEndInFour: boolean, leadingZeros: boolean): readonly bigint[] | undefined {
  if (text === '') return [];
  const groups: bigint[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[0-9A-Fa-f]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else {
      const four = mayEndInFour && index === parts.length - 1 ? parseFour(part, leadingZeros) : undefined;
      if (four === undefined) return undefined;
      groups.push(four >> 16n, four & 0xffffn);
    }
  }
  return groups;
}
