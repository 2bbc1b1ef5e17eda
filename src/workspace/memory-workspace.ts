import type { RepoPath } from '../core/place.ts';
import { decodeText } from './decode-text.ts';
import type { Workspace } from './workspace.ts';

/** A repository in memory, for tests, examples and the API. */
export function memoryWorkspace(files: Readonly<Record<RepoPath, string>>): Workspace {
  const texts = new Map(Object.entries(files));
  return {
    list: async () => ({ files: [...texts.keys()].sort(), skipped: [], links: new Map(), notes: [] }),
    read(path, maxBytes) {
      const text = texts.get(path);
      if (text === undefined) return { skipped: 'unreadable' };
      const bytes = Buffer.from(text);
      return bytes.length > maxBytes ? { skipped: 'too large' } : decodeText(path, bytes);
    },
    write(path, text) {
      if (!texts.has(path)) throw new Error(`there is no file "${path}" to write`);
      texts.set(path, text);
    },
  };
}
