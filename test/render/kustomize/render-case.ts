import { readFileSync } from 'node:fs';
import { defaultConfig } from '../../../src/config/default-config.ts';
import { loadFiles } from '../../../src/load-files.ts';
import { kustomizeRenderer } from '../../../src/render/kustomize/render-kustomization.ts';
import { decodeText } from '../../../src/workspace/decode-text.ts';
import type { FileListing, Workspace } from '../../../src/workspace/workspace.ts';
import type { ComparedRendering } from './compare-rendering.ts';
import type { KustomizeCase } from './read-cases.ts';

const tables = readFileSync(new URL('../../../schemas/kustomize.json', import.meta.url), 'utf8');

/** Renders one case with the renderer of gitops-lint. */
export function renderCase({ files, root, isRestricted }: KustomizeCase): ComparedRendering {
  const listing: FileListing = { files: Object.keys(files).sort(), skipped: [], links: new Map(), notes: [] };
  const read: Workspace['read'] = path => decodeText(path, files[path] ?? Buffer.alloc(0));
  return rendererFor(listing, { read }, isRestricted)(root);
}

/** The renderer of a repository that is read from a workspace. */
export function rendererFor(listing: FileListing, workspace: Pick<Workspace, 'read'>, isRestricted = false): (folder: string) => ComparedRendering {
  const loaded = loadFiles(listing, workspace, defaultConfig());
  const files = new Map(loaded.files.map(file => [file.path, file]));
  return kustomizeRenderer(files, { tables, listing: { ...listing, skipped: loaded.skipped }, isRestricted });
}
