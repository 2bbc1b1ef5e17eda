import type { RepoPath } from '../core/place.ts';
import { matchesWithWildcards } from './wildcards.ts';

/** What the `.gitattributes` files of a repository say that matters here. */
export interface GitAttributes {
  /** Absent where no line matches the file. */
  of(path: RepoPath): FileAttributes | undefined;
}

export interface FileAttributes {
  readonly generated?: boolean;
  readonly vendored?: boolean;
  /** Git converts line ends on checkout or commit (`text`, `text=auto`, `eol=…`). */
  readonly lineEnds?: boolean;
  /** A filter encrypts what Git keeps (git-crypt, transcrypt, git-age, SOPS): the work tree may show it in clear. */
  readonly encrypted?: boolean;
}

interface AttributeLine {
  readonly matches: (path: RepoPath) => boolean;
  readonly attributes: FileAttributes;
}

/** Reads `.gitattributes` texts, given with the folders they stand in; deeper files and later lines win (gitattributes(5)). */
export function readGitAttributes(files: readonly { readonly folder: RepoPath; readonly text: string }[]): GitAttributes {
  const byDepth = files.toSorted((a, b) => a.folder.length - b.folder.length);
  const lines = byDepth.flatMap(({ folder, text }) => text.split('\n').flatMap(line => readLine(folder, line)));
  return {
    of(path) {
      let merged: FileAttributes | undefined;
      for (const { matches, attributes } of lines) {
        if (matches(path)) merged = { ...merged, ...attributes };
      }
      return merged;
    },
  };
}

function readLine(folder: RepoPath, line: string): AttributeLine[] {
  const [pattern, ...words] = line.trim().split(/\s+/);
  if (!pattern || pattern.startsWith('#') || pattern.startsWith('[')) return [];
  const attributes = Object.assign({}, ...words.map(readAttribute)) as FileAttributes;
  return Object.keys(attributes).length === 0 ? [] : [{ matches: pathMatcher(folder, pattern), attributes }];
}

function readAttribute(word: string): FileAttributes {
  if (/^filter=(?:git-?crypt|crypt|transcrypt|git-?age|age|sops|git-?secret)/.test(word)) return { encrypted: true };
  const isSet = !word.startsWith('-') && !word.startsWith('!') && !word.endsWith('=false');
  switch (word.replace(/^[-!]/, '').replace(/=(true|false)$/, '')) {
    case 'linguist-generated':
    case 'gitlab-generated':
      return { generated: isSet };
    case 'filter':
      return { encrypted: false };
    case 'linguist-vendored':
      return { vendored: isSet };
    case 'text':
    case 'text=auto':
    case 'eol=crlf':
    case 'eol=lf':
    case 'crlf':
      return { lineEnds: isSet };
    case 'binary':
      return { lineEnds: false };
    default:
      return {};
  }
}

/** A pattern without a slash matches names at any depth, one with a slash paths from its own folder on. */
function pathMatcher(folder: RepoPath, pattern: string): (path: RepoPath) => boolean {
  const prefix = folder === '' ? '' : `${folder}/`;
  const segments = pattern.replace(/^\//, '').split('/');
  const byName = segments.length === 1 && !pattern.startsWith('/');
  const [only = ''] = segments;
  return path => {
    if (!path.startsWith(prefix)) return false;
    return byName ? matchesName(only, path.slice(path.lastIndexOf('/') + 1)) : matchesPath(segments, path.slice(prefix.length).split('/'));
  };
}

/** `**` stands for any number of segments. */
function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  return matchesWithWildcards(pattern, path, '**', matchesName);
}

/** `*` stands for any characters of a name, `?` for one. */
function matchesName(pattern: string, name: string): boolean {
  return pattern === '*' || pattern === name || matchesWithWildcards(pattern, name, '*', (part, character) => part === '?' || part === character);
}
