import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf, nameOf } from '../core/repo-path.ts';
import { matchGlob } from './match-glob.ts';

/** Whether patterns in the manner of .gitignore leave out a path. */
export type IsIgnored = (path: RepoPath) => boolean;

/** A text of patterns with the folder that they count from. */
export interface IgnoreText {
  readonly folder: RepoPath;
  readonly text: string;
}

/** Later patterns win over earlier ones, later texts over earlier texts. */
export function ignoreMatcher(texts: readonly IgnoreText[]): IsIgnored {
  const rules = texts.flatMap(({ folder, text }) =>
    text.split(/\r?\n/).flatMap(line => {
      const pattern = line.trim();
      if (pattern === '' || pattern.startsWith('#')) return [];
      const ignores = !pattern.startsWith('!');
      const bare = (ignores ? pattern : pattern.slice(1)).replace(/\/+$/, '');
      const anchored = bare.startsWith('/') ? bare.slice(1) : bare.includes('/') ? bare : `**/${bare}`;
      return [{ matches: (path: string) => matchGlob(path, anchored) || matchGlob(path, `${anchored}/**`), folder, ignores }];
    }),
  );
  if (rules.length === 0) return () => false;
  return path => {
    let isIgnored = false;
    for (const { matches, folder, ignores } of rules) {
      if (folder !== '' && !path.startsWith(`${folder}/`)) continue;
      if (matches(folder === '' ? path : path.slice(folder.length + 1))) isIgnored = ignores;
    }
    return isIgnored;
  };
}

/** The texts of all files of a name, such as `.gitignore`; deeper ones come later. */
export function ignoreTexts(files: readonly SourceFile[], name: string): IgnoreText[] {
  const texts: IgnoreText[] = [];
  for (const { path, text } of files) {
    if (path.endsWith(name) && nameOf(path) === name) texts.push({ folder: folderOf(path), text });
  }
  return texts.sort((a, b) => a.folder.length - b.folder.length);
}
