import { defaultConfig } from '../../src/config/default-config.ts';
import type { RepoPath } from '../../src/core/place.ts';
import type { Reference, Repo } from '../../src/core/repo.ts';
import { understand } from '../../src/lint.ts';
import { memoryWorkspace } from '../../src/workspace/memory-workspace.ts';

/** The model of a repository in memory. */
export async function repoOf(files: Readonly<Record<RepoPath, string>>, remotes: readonly string[] = []): Promise<Repo> {
  const workspace = memoryWorkspace(files);
  const listing = await workspace.list();
  return understand({ workspace, config: defaultConfig(), repository: { remotes, isWorkTree: remotes.length > 0 } }, listing);
}

/** Each unit as `id → environment`, roots with a `*`. */
export function unitsOf(repo: Repo): string[] {
  return repo.units
    .map(({ id, isRoot, environment }) => `${isRoot ? '* ' : ''}${id} → ${'id' in environment ? environment.id : environment.kind}`)
    .sort();
}

/** Each reference of a file as `target: state to`. */
export function referencesOf(repo: Pick<Repo, 'referencesFrom'>, path: RepoPath): string[] {
  return (repo.referencesFrom.get(path) ?? []).map(({ target, state, to }: Reference) => `${target}: ${state}${to === undefined ? '' : ` ${to}`}`);
}

/** The environments that a file reaches, with `?` where that is not certain. */
export function reachOf(repo: Repo, path: RepoPath): string {
  const reach = repo.reach.get(path);
  if (reach === undefined) return 'nobody';
  return [...reach.environments].sort().join(' ') + (reach.certainty === 'maybe' ? '?' : '');
}

/** Who may change a file or folder. */
export function ownerOf(repo: Repo, path: RepoPath): string {
  const owner = repo.owners.get(path);
  return owner === undefined ? 'absent' : 'id' in owner ? owner.id : owner.kind;
}

export function layoutsOf(repo: Repo): string[] {
  return [...new Set(repo.layouts.map(({ id }) => id))].sort();
}

export function deployment(name: string): string {
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\n`;
}

export function kustomization(...resources: readonly string[]): string {
  return `resources: ${JSON.stringify(resources)}\n`;
}

export function application(name: string, path: string, more = ''): string {
  return `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: ${name}, namespace: argocd }\nspec:\n  project: fleet\n  source: { repoURL: https://git.example.org/acme/fleet.git, path: ${path} }\n${more}`;
}

export function fluxKustomization(name: string, path: string, more = ''): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: ${name}, namespace: flux-system }\nspec:\n  path: ${path}\n  sourceRef: { kind: GitRepository, name: flux-system }\n${more}`;
}
