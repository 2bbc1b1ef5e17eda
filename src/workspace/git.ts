import { spawn, spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { devNull } from 'node:os';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findWorkTree } from './find-root.ts';
import { findGitFolder } from './repository-facts.ts';

export type GitResult = { readonly output: Buffer; readonly failure?: undefined } | { readonly output?: undefined; readonly failure: string };

/** Runs Git in `folder` and waits. A failure is one line: what Git says, or that there is no Git. */
export function runGit(folder: string, commandLine: readonly string[], input?: string): GitResult {
  const { stdout, stderr, status, error } = spawnSync('git', [...safeSettings.flatMap(setting => ['-c', setting]), ...commandLine], {
    cwd: folder,
    env: gitEnvironment(folder),
    maxBuffer: Number.POSITIVE_INFINITY,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(input !== undefined && { input }),
  });
  if (error) return { failure: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'Git is not installed' : error.message };
  if (status === 0) return { output: stdout };
  return { failure: complaintIn(stderr.toString()) ?? `git ended with ${status}` };
}

/** Git while it works. */
export interface RunningGit {
  readonly input: Writable;
  readonly output: Readable;
  /** Comes when it has ended: what it says of its failure, nothing where all went well. */
  readonly failure: Promise<string | undefined>;
  stop(): void;
}

/** Starts Git in `folder`, for what is too much to wait for and to hold at once. */
export function startGit(folder: string, commandLine: readonly string[]): RunningGit {
  const child = spawn('git', [...safeSettings.flatMap(setting => ['-c', setting]), ...commandLine], { cwd: folder, env: gitEnvironment(folder) });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < longestComplaint) said += text;
  });
  // Git that has ended takes no more input: its failure says why.
  child.stdin.on('error', () => {});
  const failure = new Promise<string | undefined>(resolve => {
    child.on('error', error => resolve(error.message));
    child.on('close', status => resolve(status === 0 ? undefined : (complaintIn(said) ?? `git ended with ${status}`)));
  });
  return { input: child.stdin, output: child.stdout, failure, stop: () => void child.kill() };
}

const longestComplaint = 10_000;

/** The first line of what Git says. */
function complaintIn(said: string): string | undefined {
  return said.split('\n', 1)[0]?.replace(/^(fatal|error): /, '') || undefined;
}

/** A repository's own settings must not start programs, and paths come as they are. */
const safeSettings = ['core.fsmonitor=false', 'core.quotePath=false', 'advice.graftFileDeprecated=false'];

/**
 * The environment for Git in `folder`. Hooks get variables that point Git at a repository: they
 * count only where that is the repository of `folder`, and then for the index alone, which
 * `git commit PATH` keeps in a temporary file. Git must not write, ask or fetch, and objects are
 * what their ids say: neither replaced nor grafted.
 */
export function gitEnvironment(folder: string): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_INDEX_FILE, GIT_WORK_TREE, GIT_COMMON_DIR, GIT_PREFIX, GIT_NAMESPACE, ...rest } = process.env;
  const indexFile = GIT_INDEX_FILE !== undefined && isRepositoryOf(folder, GIT_DIR) ? { GIT_INDEX_FILE: resolve(GIT_INDEX_FILE) } : {};
  return {
    ...rest,
    ...indexFile,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: '',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: devNull,
    LC_ALL: 'C',
  };
}

/** The repository that a hook was started for, by GIT_DIR or the current folder, is that of `folder`. */
function isRepositoryOf(folder: string, gitFolder: string | undefined): boolean {
  try {
    const here = findWorkTree(realpathSync(process.cwd()));
    const hooked = gitFolder ?? (here && findGitFolder(here));
    const own = findWorkTree(realpathSync(folder));
    const ownFolder = own && findGitFolder(own);
    return hooked !== undefined && ownFolder !== undefined && realpathSync(hooked) === realpathSync(ownFolder);
  } catch {
    return false;
  }
}
