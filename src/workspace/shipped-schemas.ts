import { readFileSync } from 'node:fs';

/** Beside dist in the package, beside src in the sources. */
const folder = new URL(/[\\/]dist[\\/][^\\/]+$/.test(import.meta.url) ? '../schemas/' : '../../schemas/', asUrl(import.meta.url));

/** The text of a file below schemas/ that ships with gitops-lint; undefined where it has none of that name. */
export function readShippedSchema(path: string): string | undefined {
  try {
    const file = new URL(path, folder);
    return file.href.startsWith(folder.href) ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** The build puts the path of the file in the place of its URL. */
function asUrl(location: string): URL {
  return location.startsWith('file:') ? new URL(location) : new URL(`file://${location.replaceAll('\\', '/').replace(/^(?=[a-z]:)/i, '/')}`);
}
