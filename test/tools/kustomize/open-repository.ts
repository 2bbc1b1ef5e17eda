import { defaultConfig } from '../../../src/config/default-config.ts';
import type { SourceFile } from '../../../src/core/document.ts';
import type { RepoPath } from '../../../src/core/place.ts';
import { folderOf } from '../../../src/core/repo-path.ts';
import { loadFiles } from '../../../src/load-files.ts';
import { diskWorkspace } from '../../../src/workspace/disk-workspace.ts';
import type { FileListing } from '../../../src/workspace/workspace.ts';

/** A repository on disk as the renderer takes it. */
export interface OpenedRepository {
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly listing: FileListing;
  /** The folders with a kustomization. */
  readonly roots: readonly RepoPath[];
}

/** Reads the files of a repository by the default config. */
export async function openRepository(folder: string): Promise<OpenedRepository> {
  const workspace = diskWorkspace(folder);
  const listing = await workspace.list();
  const { files, skipped } = loadFiles(listing, workspace, defaultConfig());
  const roots = new Set(listing.files.filter(path => /(^|\/)(kustomization\.ya?ml|Kustomization)$/.test(path)).map(folderOf));
  return { files: new Map(files.map(file => [file.path, file])), listing: { ...listing, skipped }, roots: [...roots] };
}
