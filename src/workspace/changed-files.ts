import type { SimpleGit } from 'simple-git';
import { UsageError } from '../core/errors.ts';
import type { RepoPath } from '../core/place.ts';
import { realFolder } from './disk-workspace.ts';
import { gitEnvironment, runGit } from './git.ts';

/** Against what: the index against HEAD, or the work tree and what is not tracked yet against a revision. */
export type ChangeRange = { readonly staged: true; readonly since?: undefined } | { readonly since: string; readonly staged?: undefined };

/**
 * The paths below `root` that differ, those that are gone among them: a rename is the old path and the new one.
 * Throws a `UsageError` where Git does not know the revision.
 */
export async function changedFiles(root: string, range: ChangeRange): Promise<ReadonlySet<RepoPath>> {
  const folder = realFolder(root);
  if (range.staged) return stagedFiles(folder);
  const git = await openGit(folder);
  const commit = await findCommit(git, range.since);
  const tracked = await ask(git, [...diff, '--ita-invisible-in-index', commit]);
  const untracked = await ask(git, ['ls-files', '-z', '--others', '--exclude-standard']);
  return new Set([...pathsIn(tracked), ...pathsIn(untracked)]);
}

/** Every commit waits for it, and the index is compared without the work tree: no need of simple-git and its guards. */
function stagedFiles(folder: string): ReadonlySet<RepoPath> {
  const { output, failure } = runGit(folder, [...diff, '--cached']);
  if (output === undefined) throw new UsageError(`Git cannot tell what is staged: ${failure}`);
  return new Set(pathsIn(output.toString()));
}

const diff = ['diff', '--name-only', '-z', '--relative', '--no-renames', '--no-ext-diff', '--no-textconv', '--ignore-submodules=dirty'];

/** A repository inside this one ends in a slash. */
function pathsIn(output: string): RepoPath[] {
  return output.split('\0').flatMap(path => (path === '' ? [] : [path.replace(/\/$/, '')]));
}

/** The commit that a revision names, so that nothing of the user's text reaches another command. */
async function findCommit(git: SimpleGit, revision: string): Promise<string> {
  if (revision === '' || revision.startsWith('-')) throw new UsageError(`"${revision}" is no revision`, { hint: 'name a branch, a tag or a commit' });
  try {
    return (await git.raw(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])).trim();
  } catch (cause) {
    throw new UsageError(`Git does not know the revision "${revision}"`, { cause, ...(await hintFor(git, revision)) });
  }
}

/** A shallow clone, as CI systems make it, lacks most commits: the command that brings this one. */
async function hintFor(git: SimpleGit, revision: string): Promise<{ hint: string } | undefined> {
  const isShallow = (await ask(git, ['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  const branch = /^(?:refs\/remotes\/)?origin\/([\w./-]+)$/.exec(revision)?.[1];
  if (branch !== undefined) return { hint: `fetch it: git fetch --depth=1 origin +refs/heads/${branch}:refs/remotes/origin/${branch}` };
  if (!isShallow) return undefined;
  if (/^[0-9a-f]{40,64}$/.test(revision)) return { hint: `this clone is shallow, fetch it: git fetch --depth=1 origin ${revision}` };
  if (/^[\w./-]+$/.test(revision) && !/^(HEAD$|[0-9a-f]{7,}$)/.test(revision))
    return { hint: `this clone is shallow, fetch it: git fetch --depth=1 origin ${revision}:${revision}` };
  return { hint: 'this clone is shallow, fetch the rest: git fetch --unshallow origin' };
}

async function ask(git: SimpleGit, commandLine: readonly string[]): Promise<string> {
  try {
    return await git.raw([...commandLine]);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message.trim().split('\n', 1)[0] : '';
    throw new UsageError(`Git cannot tell what has changed: ${said}`, { cause });
  }
}

/**
 * Keeps simple-git's guards. Two settings are let through only to switch them off (a repository's
 * own file monitor and filters are programs, and comparing files would start them), and settings
 * of the environment, which say whom Git may trust: simple-git still looks at each.
 */
async function openGit(folder: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const environment = Object.fromEntries(Object.entries(gitEnvironment(folder)).filter(([name]) => !guarded.test(name)));
  const open = (config: string[]) =>
    simpleGit({
      baseDir: folder,
      config: ['core.fsmonitor=false', ...config],
      allowEnvironment: Object.keys(environment).filter(name => name.startsWith('GIT_')),
      unsafe: { allowUnsafeFsMonitor: true, allowUnsafeFilter: true, allowUnsafeConfigEnvCount: true },
    }).env(environment);
  const names = await open([])
    .raw(['config', '--null', '--name-only', '--get-regexp', '^filter\\..*\\.(clean|process|required)$'])
    .catch(() => '');
  return open(names.split('\0').flatMap(name => (name === '' ? [] : [`${name}=${name.endsWith('.required') ? 'false' : ''}`])));
}

/** What simple-git refuses to pass on. */
const guarded =
  /^(editor|pager|prefix|ssh_askpass|visual|git_(?!index_file|object_directory|alternate_object|optional_locks|no_lazy_fetch|no_replace_objects|allow_protocol|terminal_prompt|config_(count|key_|value_)).*)$/i;
