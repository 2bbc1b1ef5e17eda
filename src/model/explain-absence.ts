import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf, nameOf } from '../core/repo-path.ts';
import { type IsIgnored, ignoreMatcher, ignoreTexts } from './ignore-patterns.ts';
import type { Tree } from './tree.ts';

/** Why a path that is not there may be there when it counts; absent where nothing excuses it. */
export type ExplainAbsence = (from: RepoPath, path: RepoPath) => string | undefined;

/** Folders whose content is filled in or copied before it is used. */
const templateFolder =
  /(^|\/)(templates?|skeletons?|scaffold(s|ing)?|boilerplates?|cookiecutter[^/]*|archetypes?|testdata|fixtures|__fixtures__|docs?|documentation|[^/]*\{\{[^/]*)\//i;
/** Files that tell what is made outside of Git. */
const automation =
  /(^|\/)(GNU)?[Mm]akefile$|\.(mk|sh|bash|zsh|fish|ps1|py|rb|pl|mjs|js|ts|go)$|(^|\/)(Justfile|justfile|Taskfile\.ya?ml|Jenkinsfile[^/]*|Dockerfile[^/]*|Tiltfile|Earthfile|\.gitlab-ci\.yml|skaffold\.ya?ml)$|^\.github\/(workflows|actions)\/|^\.(lighthouse|circleci|tekton|ci|buildkite)\//;
/** A command that writes: its line names what it makes. */
const writes =
  />|(^|\s)(-o|-O|--output|--out|--dest|--destination)\b|\b(tee|cp|mv|curl|wget|touch|install|ln|unzip|tar|render|generate|write|dump|sops|gpg|age)\b|:=|\bopen\(/i;
/** The same for a folder, which what fetches one file does not make. */
const writesFolder =
  /(^|\s)(-[od]|--output(-dir)?|--out|--dest|--destination|--untar(dir)?)\b|\b(cp|mv|ln|unzip|tar|clone|mkdir|render|generate)\b|:=/i;

/** Each search reads all scripts; what lacks more paths than these is not the repository that its kustomizations are for. */
const maximumSearches = 2000;

/** Everything is worked out on the first absent path: a healthy repository pays nothing. */
export function absenceExplainer(files: readonly SourceFile[], tree: Tree): ExplainAbsence {
  let ignored: IsIgnored | undefined;
  let scripts: readonly string[] | undefined;
  let searches = 0;
  const inSubmodule = (path: RepoPath): boolean => {
    for (let folder = path; folder !== ''; folder = folderOf(folder)) {
      const reason = tree.skipped.get(folder);
      if (reason === 'submodule' || reason === 'link loop' || reason === 'broken link') return true;
    }
    return false;
  };
  return (from, path) => {
    if (templateFolder.test(from)) return 'stands in a folder of templates';
    if (inSubmodule(path)) return 'its content is not checked out here';
    ignored ??= ignoreMatcher(ignoreTexts(files, '.gitignore'));
    if (ignored(path)) return 'git ignores it: it is made outside of Git';
    if (nameOf(path).startsWith('gotk-')) return 'the bootstrap of Flux makes it';
    if (inVersionStream(from)) return 'generated when the version stream is rendered';
    if (inVersionStream(path) || nameOf(path) === 'jx-values.yaml') return 'Jenkins X fetches or makes it';
    if (++searches > maximumSearches) return 'too much is absent to look for each in scripts and jobs';
    scripts ??= files.filter(file => automation.test(file.path)).map(file => file.text);
    if (scripts.some(text => names(text, path))) return 'a script or job names it: it may be made in CI';
    return undefined;
  };
}

/** Jenkins X copies version streams into a repository; their kustomizations are for the tree that it generates from them. */
function inVersionStream(path: RepoPath): boolean {
  return path.startsWith('versionStream/') || path.includes('/versionStream/');
}

/** Whether a script names the path, or writes a file or folder of that name. */
function names(text: string, path: RepoPath): boolean {
  const name = nameOf(path);
  const isWritten = /\.[a-z]+$/i.test(name) ? writes : writesFolder;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (/[\w-]/.test(text[at - 1] ?? ' ') || /[\w-]/.test(text[at + name.length] ?? ' ')) continue;
    const line = text.slice(text.lastIndexOf('\n', at) + 1, endOfLine(text, at));
    const parent = nameOf(folderOf(path));
    if (isWritten.test(line) || (parent !== '' && line.includes(`${parent}/${name}`)) || isMakeTarget(line, name)) return true;
  }
  return false;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

/** Whether the line is a rule of a makefile that makes the file. */
function isMakeTarget(line: string, name: string): boolean {
  const colon = line.indexOf(':');
  return (
    colon > 0 &&
    !/^\s/.test(line) &&
    line
      .slice(0, colon)
      .split(/\s+/)
      .some(target => nameOf(target) === name)
  );
}
