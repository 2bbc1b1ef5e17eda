import type { RepoPath } from '../../src/core/place.ts';
import type { Files } from './seed.ts';

/** The words by which the seeded repositories call their environments. */
const words: Readonly<Record<string, string>> = {
  development: 'development',
  dev: 'development',
  staging: 'staging',
  stage: 'staging',
  production: 'production',
  prod: 'production',
  prd: 'production',
};
const word = new RegExp(`(?<=^|[/_.-])(${Object.keys(words).join('|')})(\\d*)(?=[/_.-]|$)`);

/** The environment that the path of a file or folder names. */
export function environmentIn(path: RepoPath): string | undefined {
  return words[word.exec(path)?.[1] ?? ''];
}

/** What stands in the other environments where a file or folder stands in its own. */
export function counterparts(files: Files, path: RepoPath): RepoPath[] {
  const own = environmentIn(path);
  if (own === undefined) return [];
  const anywhere = path.replace(word, '*');
  return [...entriesOf(files)].filter(other => other.replace(word, '*') === anywhere && environmentIn(other) !== own);
}

/** The files and all folders above them. */
export function entriesOf(files: Files): Set<RepoPath> {
  const entries = new Set<RepoPath>();
  for (const path of Object.keys(files)) {
    for (let entry = path; entry !== '' && !entries.has(entry); entry = entry.slice(0, Math.max(0, entry.lastIndexOf('/')))) entries.add(entry);
  }
  return entries;
}
