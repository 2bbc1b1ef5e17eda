import picomatch from 'picomatch';
import type { PathMatcher } from '../core/config.ts';

/**
 * Tells which paths some patterns name: globs relative to the root, dot files included.
 * A pattern that begins with `!` takes paths away again.
 * @param content What names a folder names everything in it too.
 */
export function pathMatcher(patterns: readonly string[], content: 'with content' | 'alone' = 'with content'): PathMatcher {
  const wanted: string[] = [];
  const unwanted: string[] = [];
  for (const pattern of patterns) {
    const isUnwanted = pattern.startsWith('!');
    const glob = pattern.slice(isUnwanted ? 1 : 0).replace(/^(\.?\/)+|\/+$/g, '');
    const list = isUnwanted ? unwanted : wanted;
    list.push(glob);
    if (content === 'with content') list.push(`${glob}/**`);
  }
  const isWanted = anyOf(wanted, { dot: true });
  const isUnwanted = anyOf(unwanted, { dot: true });
  return path => isWanted(path) && !isUnwanted(path);
}

/** Tells which names (of clusters, namespaces, rules) some patterns name; `*` stands for any text. */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  return anyOf(patterns, { dot: true, bash: true });
}

function anyOf(globs: readonly string[], options: picomatch.PicomatchOptions): (text: string) => boolean {
  return globs.length === 0 ? () => false : picomatch([...globs], options);
}
