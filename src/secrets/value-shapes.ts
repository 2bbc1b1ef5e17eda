/** A path, a host with or without a port, or an address of mail. */
export function isHostOrPath(text: string): boolean {
  return /^\.{0,2}\/|^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:\/|$)|^[\w.+-]+@[\w-]+\.[\w.-]+$/i.test(text);
}

/**
 * What people name things with: words of letters, with few digits at their ends, joined by `-`, `_`, `.`, `/` or a capital,
 * as in `db-credentials`, `eap7-app-secret`, `rootToken` and `DB_TOKEN`.
 */
export function isName(text: string): boolean {
  const words = text.replace(/([a-z])([A-Z][a-z])/g, '$1-$2').split(/[-_./:]/);
  if (/[bcdfghjklmnpqrstvwxz]{6}/i.test(text)) return false;
  return words.every(word => /^(?:[A-Za-z]?[a-z]*|[A-Z]+|[a-z]\d[a-z])?\d{0,4}$/.test(word));
}

/** A value of a program, a call or a reference to a variable: `$TOKEN`, `data.token`, `os.environ["TOKEN"]`, `secret("db")`. */
export function isMention(text: string): boolean {
  return /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*|\[[^\]]*\])+$|^[\w.]+\(.*\)$|\$[A-Z_]{3}|^`|^\$\w+[:.]/.test(text);
}
