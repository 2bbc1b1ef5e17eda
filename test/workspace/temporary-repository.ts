import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the test is over. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gitops-lint-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  put(folder, files);
  return folder;
}

/** The same with a Git repository in it, whose files are committed. */
export function temporaryRepository(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = temporaryFolder(files);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  if (Object.keys(files).length > 0) commitAll(folder);
  return folder;
}

export function put(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** A named pipe that nobody writes to. */
export function makePipe(path: string): void {
  const command = 'mkfifo';
  execFileSync(command, [path]);
}

export function commitAll(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=test');
}

/** Runs Git as a user without any settings would, and gives what it prints. */
export function git(folder: string, ...commandLine: string[]): string {
  const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  const settings = ['user.name=test', 'user.email=test@example.org', 'protocol.file.allow=always', 'core.hooksPath=/dev/null'];
  return execFileSync('git', [...settings.flatMap(setting => ['-c', setting]), ...commandLine], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...Object.fromEntries(environment), GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** Sets environment variables until the test is over. */
export function setEnvironment(variables: Readonly<Record<string, string>>): void {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  onTestFinished(() => {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  });
}
