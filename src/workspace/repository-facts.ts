import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findWorkTree } from './find-root.ts';

/** What the repository says of itself. */
export interface RepositoryFacts {
  /** URLs of its remotes, `origin` first, without user names and passwords. */
  readonly remotes: readonly string[];
  /** The branch that is checked out. */
  readonly branch?: string;
  readonly isWorkTree: boolean;
}

/** Reads `.git/config` and `HEAD`, without Git; a folder outside of Git has no facts. */
export function readRepositoryFacts(root: string): RepositoryFacts {
  const workTree = findWorkTree(realpathSync(root));
  const gitFolder = workTree && findGitFolder(workTree);
  if (gitFolder === undefined) return { remotes: [], isWorkTree: false };
  const branch = /^ref: refs\/heads\/(.+)$/m.exec(readIfThere(join(gitFolder, 'HEAD')))?.[1];
  const remotes = remotesIn(readIfThere(join(commonFolder(gitFolder), 'config')));
  return { remotes, ...(branch !== undefined && { branch }), isWorkTree: true };
}

/** Where Git keeps its data for a work tree: `.git`, or the folder that the file `.git` of a linked work tree or submodule names. */
export function findGitFolder(workTree: string): string | undefined {
  const entry = join(workTree, '.git');
  if (statSync(entry, { throwIfNoEntry: false })?.isDirectory()) return entry;
  const named = /^gitdir: (.+)$/m.exec(readIfThere(entry))?.[1];
  return named === undefined ? undefined : resolve(workTree, named.trimEnd());
}

/** Linked work trees share the config of their main one. */
function commonFolder(gitFolder: string): string {
  const named = readIfThere(join(gitFolder, 'commondir')).trim();
  return named === '' ? gitFolder : resolve(gitFolder, named);
}

function remotesIn(config: string): string[] {
  const urls: string[] = [];
  let remote: string | undefined;
  for (const line of config.split('\n')) {
    const section = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]/.exec(line);
    if (section) remote = section[1]?.toLowerCase() === 'remote' ? section[2] : undefined;
    const url = remote !== undefined && /^\s*(?:\[[^\]]*\]\s*)?url\s*=\s*"?([^"]*?)"?\s*$/i.exec(line)?.[1];
    if (!url) continue;
    if (remote === 'origin') urls.unshift(withoutCredentials(url));
    else urls.push(withoutCredentials(url));
  }
  return urls;
}

function withoutCredentials(url: string): string {
  return url.replace(/^(https?:\/\/)[^/@]*@/, '$1');
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
