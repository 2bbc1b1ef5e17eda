/** A path, a host with or without a port, or an address of mail. */
export function isHostOrPath(text: string): boolean {
  if (/^\.{0,2}\/|^[\w.+-]+@[\w-]+\.[\w.-]+$/.test(text)) return true;
  return !isMixed(text) && /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/|$)/i.test(text);
}

/** Small letters, capitals and digits in one text: nobody names a host or a field so. */
function isMixed(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
}

/**
 * What people name things with: words of letters, with few digits at their ends, joined by `-`, `_`, `.`, `/` or a capital,
 * as in `db-credentials`, `eap7-app-secret`, `rootToken` and `DB_TOKEN`; Kustomize puts a hash behind them.
 */
export function isName(text: string): boolean {
  if (/[bcdfghjklmnpqrstvwxz]{6}/i.test(text)) return false;
  const words = text
    .replace(/-[bcdfghkmt2456789]{10}$/, '')
    .replace(/([a-z])([A-Z][a-z])/g, '$1-$2')
    .split(/[-_./:@,#]/);
  return words.every(word => /^(?:(?:[A-Za-z]?[a-z]*|[A-Z]+)\d{0,4}|v\d{1,2}[a-z]+\d|[ikp]\d{1,2}[a-z]+|\d[a-z]{1,3})$/.test(word));
}

/** What identifies something that is no secret: a digest, a resource of a cloud. */
export function isIdentifier(text: string): boolean {
  return /^(?:sha\d+[:-]|md5:|arn:|urn:)/i.test(text);
}

/** A value of a program, a call or a reference to a variable: `$TOKEN`, `data.token`, `os.environ["TOKEN"]`, `secret("db")`. */
export function isMention(text: string): boolean {
  if (/^[A-Za-z_][\w.]*[([].*[)\]]$|\$[A-Z_]{3}|^`|^\$\w+[:.]/.test(text)) return true;
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[[^\]]*\])+$/.test(text) && (!isMixed(text) || text.includes('['));
}
