import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rules } from '../../rules/index.ts';
import { loadConfig } from '../config/load-config.ts';
import type { ResolvedConfig } from '../core/config.ts';
import { UsageError } from '../core/errors.ts';
import { isWithin } from '../core/repo-path.ts';
import { diskWorkspace, realFolder } from '../workspace/disk-workspace.ts';
import { findRoot } from '../workspace/find-root.ts';
import { type RepositoryFacts, readRepositoryFacts } from '../workspace/repository-facts.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { CommonOptions } from './parse-arguments.ts';

export interface OpenRepository {
  /** Absolute, links resolved. */
  readonly root: string;
  /** What the paths of the command line count from: the current folder or, where that lies outside, the root. */
  readonly folder: string;
  readonly workspace: Workspace;
  readonly config: ResolvedConfig;
  readonly facts: RepositoryFacts;
}

/** Finds the root and reads the config, from the index with `staged`. */
export async function openRepository(options: CommonOptions & { readonly staged?: boolean }, currentFolder: string): Promise<OpenRepository> {
  const folder = realpathSync(currentFolder);
  const root = options.root === undefined ? findRoot(folder) : realFolder(resolve(folder, options.root));
  const workspace = options.staged ? (await import('../workspace/index-workspace.ts')).indexWorkspace(root) : diskWorkspace(root);
  const path = options.config === undefined ? undefined : configPath(resolve(folder, options.config), root);
  const config = await loadConfig({
    read: name => readConfigFile(name, path, root, workspace),
    rules,
    ...(path !== undefined && { path }),
    ...(options.preset && { preset: options.preset }),
  });
  return { root, folder: isWithin(folder, root) ? folder : root, workspace, config, facts: readRepositoryFacts(root) };
}

/** Relative to the root where it lies below it. */
function configPath(file: string, root: string): string {
  if (!existsSync(file)) throw new UsageError(`there is no config "${file}"`);
  const path = realpathSync(file);
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

/**
 * What the config extends comes from the repository, and stays in it. The file that the user names may be anywhere.
 * A config that is there and cannot be read is an error: without it other rules would hold.
 */
function readConfigFile(name: string, chosen: string | undefined, root: string, workspace: Workspace): string | undefined {
  if (name === chosen && name.startsWith('/')) return readFileSync(name, 'utf8');
  if (name.startsWith('/') || name.startsWith('..')) return undefined;
  const { text, skipped } = workspace.read(name, Number.POSITIVE_INFINITY);
  if (text === undefined && lstatSync(join(root, name), { throwIfNoEntry: false }))
    throw new UsageError(`the config "${name}" cannot be read: ${skipped}`, { hint: 'a config is a UTF-8 text file of the repository, no link' });
  return text;
}
