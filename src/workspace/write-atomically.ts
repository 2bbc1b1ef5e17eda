import { closeSync, fchmodSync, fchownSync, fstatSync, fsyncSync, lstatSync, openSync, renameSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Replaces the content of an existing regular file: a crash at any moment leaves the old or the new one. */
export function writeAtomically(path: string, text: string): void {
  const stats = lstatSync(path);
  if (!stats.isFile()) throw new Error(`"${path}" is not a regular file`);
  const temporary = join(dirname(path), `.gitops-lint-${process.pid}-${Date.now()}.tmp`);
  const file = openSync(temporary, 'wx', stats.mode);
  try {
    writeFileSync(file, text);
    keepOwner(file, stats);
    fchmodSync(file, stats.mode);
    fsyncSync(file);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Root alone may hand files over: in a container, files of the host's user stay theirs. */
function keepOwner(file: number, { uid, gid }: Stats): void {
  const now = fstatSync(file);
  if (process.getuid?.() === 0 && (now.uid !== uid || now.gid !== gid)) fchownSync(file, uid, gid);
}
