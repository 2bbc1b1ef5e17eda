/** A URI as Go's net/url reads it. */
export interface Uri {
  readonly scheme: string;
  /** With the port. */
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** What url.ParseRequestURI takes, an absolute URI or an absolute path; https://pkg.go.dev/net/url#ParseRequestURI */
export function parseUri(text: string): Uri | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it looks for
  if (text === '' || /[\0-\x1f\x7f]/.test(text) || text.startsWith(':')) return undefined;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text)?.[1] ?? '';
  let rest = scheme === '' ? text : text.slice(scheme.length + 1);
  const question = rest.indexOf('?');
  const query = question < 0 ? '' : rest.slice(question + 1);
  if (question >= 0) rest = rest.slice(0, question);
  if (text === '*') return { scheme, host: '', path: '*', query };
  if (!rest.startsWith('/')) return scheme === '' ? undefined : { scheme: scheme.toLowerCase(), host: '', path: '', query };
  let host = '';
  if (scheme !== '' && rest.startsWith('//')) {
    const slash = rest.indexOf('/', 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    const at = authority.lastIndexOf('@');
    host = authority.slice(at + 1);
    if (!isHost(host) || (at >= 0 && !/^([A-Za-z0-9\-._:~!$&'()*+,;=@]|%[0-9A-Fa-f]{2})*$/.test(authority.slice(0, at)))) return undefined;
    rest = slash < 0 ? '' : rest.slice(slash);
  }
  if (/%(?![0-9A-Fa-f]{2})/.test(rest)) return undefined;
  return { scheme: scheme.toLowerCase(), host, path: rest, query };
}

/** A name or address with a port of digits. */
function isHost(host: string): boolean {
  if (host.startsWith('[')) return /^\[[^\]]*\](:\d*)?$/.test(host);
  const colon = host.lastIndexOf(':');
  if (colon >= 0 && !/^\d*$/.test(host.slice(colon + 1))) return false;
  // Beyond ASCII everything goes, and so do escapes of what is beyond it.
  return /^([A-Za-z0-9\-._~!$&'()*+,;=:\]<>"]|[^\0-\x7f]|%[89A-Fa-f][0-9A-Fa-f])*$/.test(host);
}
