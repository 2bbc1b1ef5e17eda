import type { ResolvedConfig } from '../core/config.ts';
import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import type { Reference, Repo } from '../core/repo.ts';
import { absenceExplainer } from './explain-absence.ts';
import { readKustomizations } from './kustomize.ts';
import { readResources } from './resources.ts';
import { buildTree, type TreeListing } from './tree.ts';

/** What the repository is made of, as the steps before read it. */
export interface BuildInput {
  readonly files: readonly SourceFile[];
  readonly listing: TreeListing;
  readonly config: ResolvedConfig;
  readonly repository: { readonly remotes: readonly string[]; readonly branch?: string };
}

/** From documents to the repository as rules see it. */
export function buildRepo({ files, listing }: BuildInput): Repo {
  const tree = buildTree(listing);
  const paths = { tree, explainAbsence: absenceExplainer(files, tree) };
  const resources = readResources(files);
  const { kustomizations, references } = readKustomizations(files, paths);
  return {
    files: new Map(files.map(file => [file.path, file])),
    skippedFiles: listing.skipped,
    entries: tree.entries,
    resources,
    kustomizations,
    units: [],
    references,
    referencesFrom: groupBy(references, reference => reference.from.path),
    referencesTo: groupBy(references, reference => reference.to),
    environments: [],
    owners: new Map(),
    reach: new Map(),
    layouts: [],
  };
}

function groupBy(references: readonly Reference[], keyOf: (reference: Reference) => RepoPath | undefined): Map<RepoPath, Reference[]> {
  const groups = new Map<RepoPath, Reference[]>();
  for (const reference of references) {
    const key = keyOf(reference);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(reference);
    else groups.set(key, [reference]);
  }
  return groups;
}
