import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import { folderOf, nameOf } from '../core/repo-path.ts';
import { isKustomizationPath } from './kustomize.ts';
import type { Tree } from './tree.ts';

/** Texts in which people and jobs name files that they apply: scripts, CI, documentation, Terraform. */
const telling =
  /(^|\/)((GNU)?[Mm]akefile|[Jj]ustfile|Taskfile\.ya?ml|Jenkinsfile[^/]*|Dockerfile[^/]*|Tiltfile|Earthfile|CODEOWNERS|skaffold\.ya?ml)$|\.(mk|sh|bash|zsh|fish|ps1|py|rb|pl|mjs|cjs|js|ts|go|md|mdx|adoc|rst|txt|tf|hcl|gotmpl|tpl|j2)$|^\.(github|gitlab|circleci|lighthouse|tekton|ci|buildkite|azure-pipelines)|pipelines?\.ya?ml$|-ci\.ya?ml$/;

/**
 * Those of the paths that a script, a job or the documentation names: by at least two segments of the path, by a
 * name that is unique here, or by a folder that is no kustomization. Somebody may well apply them by hand.
 */
export function findMentioned(paths: readonly RepoPath[], files: readonly SourceFile[], tree: Tree): Set<RepoPath> {
  const mentioned = new Set<RepoPath>();
  if (paths.length === 0) return mentioned;
  const words = new Set<string>();
  const kustomizations = new Map<RepoPath, string>();
  for (const { path, text } of files) {
    if (isKustomizationPath(path)) kustomizations.set(folderOf(path), text);
    if (!telling.test(path)) continue;
    for (const [word] of text.matchAll(/[\w.@-]+(?:\/[\w.@*-]+)*/g)) {
      const clean = word.replace(/^(\.\.?\/)+|[./]+$/g, '');
      if (clean.includes('/') || clean.includes('.')) words.add(clean);
    }
  }
  for (const path of paths) {
    const name = nameOf(path);
    // What a kustomization names and does not take in is commented out.
    if (namesFile(kustomizations.get(folderOf(path)) ?? '', name)) mentioned.add(path);
    const folder = folderOf(path);
    if ((words.has(name) && tree.named(name).length === 1) || isSuffixOf(path, words) || (!kustomizations.has(folder) && isSuffixOf(folder, words))) {
      mentioned.add(path);
    }
  }
  return mentioned;
}

/** Whether the path, or its last segments but no fewer than two, are among the words. */
function isSuffixOf(path: RepoPath, words: ReadonlySet<string>): boolean {
  for (let rest = path; rest.includes('/'); rest = rest.slice(rest.indexOf('/') + 1)) if (words.has(rest)) return true;
  return false;
}

function namesFile(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w.-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + name.length))) return true;
  }
  return false;
}
