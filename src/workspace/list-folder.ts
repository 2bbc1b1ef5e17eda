import type { RawListing } from './raw-listing.ts';

/** Every file below a folder that is no Git work tree, but for what `.gitignore` files name, `.git` and `node_modules`. */
export async function listFolder(root: string): Promise<RawListing> {
  const { globby } = await import('globby');
  const entries = await globby('**', {
    cwd: root,
    dot: true,
    ignoreFiles: '**/.gitignore',
    ignore: ['**/.git', '**/node_modules'],
    followSymbolicLinks: false,
    onlyFiles: false,
    objectMode: true,
    suppressErrors: true,
  });
  const listing: RawListing = { files: [], links: [], skipped: [] };
  for (const { path, dirent } of entries) {
    if (dirent.isSymbolicLink()) listing.links.push(path);
    else if (dirent.isFile()) listing.files.push(path);
    else if (!dirent.isDirectory()) listing.skipped.push({ path, reason: 'unreadable' });
  }
  return listing;
}
