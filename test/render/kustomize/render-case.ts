import { readFileSync } from 'node:fs';
import { defaultConfig } from '../../../src/config/default-config.ts';
import type { SourceFile } from '../../../src/core/document.ts';
import type { RepoPath } from '../../../src/core/place.ts';
import type { Rendering } from '../../../src/core/rendering.ts';
import { loadFiles } from '../../../src/load-files.ts';
import { kustomizeRenderer } from '../../../src/render/kustomize/render-kustomization.ts';
import { decodeText } from '../../../src/workspace/decode-text.ts';
import type { FileListing, Workspace } from '../../../src/workspace/workspace.ts';
import type { KustomizeCase } from './read-cases.ts';

const tables = readFileSync(new URL('../../../schemas/kustomize.json', import.meta.url), 'utf8');

/** Renders one case with the renderer of gitops-lint. */
export function renderCase({ files: contents, root, isRestricted }: Pick<KustomizeCase, 'files' | 'root' | 'isRestricted'>): Rendering {
  const listing: FileListing = { files: Object.keys(contents).sort(), skipped: [], links: new Map(), notes: [] };
  const read: Workspace['read'] = path => decodeText(path, contents[path] ?? Buffer.alloc(0));
  const { files, skipped } = loadFiles(listing, { read }, defaultConfig());
  return rendererFor(new Map(files.map(file => [file.path, file])), { ...listing, skipped }, isRestricted)(root);
}

/** The renderer of a repository, with the tables that ship. */
export function rendererFor(files: ReadonlyMap<RepoPath, SourceFile>, listing: FileListing, isRestricted = false): (folder: RepoPath) => Rendering {
  return kustomizeRenderer(files, { tables, listing, isRestricted });
}
