import type { DocumentClass } from '../../core/classification.ts';
import { isOutside } from '../../core/outside.ts';
import type { RepoPath } from '../../core/place.ts';
import { nameOf } from '../../core/repo-path.ts';
import type { Tree } from '../tree.ts';
import { type EnvironmentName, nameReader } from './names.ts';

/** A file or folder whose name may name an environment. */
export interface NamedEntry {
  readonly path: RepoPath;
  readonly kind: 'file' | 'folder';
  readonly name: EnvironmentName;
}

/** A folder with children that may name environments. */
export interface NamingFolder {
  readonly path: RepoPath;
  readonly folders: readonly NamedEntry[];
  readonly files: readonly NamedEntry[];
  /** Its folders that could be environments by what they are: `base`, `common` and their like are left out. */
  readonly folderCount: number;
  readonly fileCount: number;
  /** How surely its own name says that its children are environments: `clusters` does, `overlays` nearly, `config` at times. */
  readonly marker?: Marker;
  /** Its children are channels of a product (stable, fast, alpha) or steps of a pipeline (build, deploy). */
  readonly hasOtherMeaning: boolean;
}

export type Marker = 'strong' | 'fair' | 'weak';

/** Never environments, and not counted beside them. */
export const neutral: ReadonlySet<string> = new Set(
  'base bases common shared default defaults all global clusters components infra hub mgmt edge ops tools ci e2e template templates archive hack docs modules lib charts'.split(
    ' ',
  ),
);
const markers: ReadonlyMap<string, Marker> = new Map([
  ...namesOf('strong', 'environments environment envs env stages clusters inventories inventory group_vars host_vars'),
  ...namesOf('fair', 'overlays overlay live tiers rings'),
  ...namesOf('weak', 'tenants variables vars tfvars config'),
]);
/** Let's Encrypt's staging and production endpoints are used in every environment. */
const certificates = /^(.*[-_.])?(letsencrypt|lets-encrypt|acme|(cluster-?)?issuers?)$/;
const otherMeaning =
  /^(alpha|beta|stable|fast|candidate|latest|nightly|channel|eus|v\d.*|build|compile|lint|deploy|publish|package|scan|main|unit)([-_.].*)?$/;

/** The folders of the tree that have children of which a name could be that of an environment. */
export function* namingFolders(tree: Tree, classOf: (path: RepoPath) => DocumentClass | undefined = () => undefined): Generator<NamingFolder> {
  const readName = nameReader();
  for (const path of foldersInside(tree)) {
    if (certificates.test(nameOf(path))) continue;
    const children = tree.foldersIn.get(path) ?? [];
    const filePaths = tree.filesIn.get(path) ?? [];
    const folders = named(children, 'folder', readName);
    const files = named(filePaths, 'file', readName).filter(file => !silentClasses.has(classOf(file.path)));
    if (folders.length === 0 && files.length === 0) continue;
    const marker = markerStrength(nameOf(path));
    yield {
      path,
      folders,
      files,
      folderCount: children.filter(child => !neutral.has(nameOf(child))).length,
      fileCount: filePaths.length,
      ...(marker && { marker }),
      hasOtherMeaning: children.some(child => otherMeaning.test(nameOf(child))),
    };
  }
}

/** Whether the folder is one of those that hold one folder for each environment, by its name. */
export function markerStrength(name: string): Marker | undefined {
  return markers.get(name) ?? (/[-_](clusters|environments|envs)$/i.test(name) ? 'strong' : undefined);
}

function namesOf(marker: Marker, names: string): [string, Marker][] {
  return names.split(' ').map(name => [name, marker]);
}

/** Files whose names say nothing of an environment. */
const silentClasses: ReadonlySet<DocumentClass | undefined> = new Set(['documentation', 'source-code', 'github-workflow', 'github-action'] as const);

function foldersInside(tree: Tree): RepoPath[] {
  const folders: RepoPath[] = [''];
  for (const folder of folders) {
    for (const child of tree.foldersIn.get(folder) ?? []) if (!isOutside(child)) folders.push(child);
  }
  return folders;
}

function named(paths: readonly RepoPath[], kind: NamedEntry['kind'], readName: ReturnType<typeof nameReader>): NamedEntry[] {
  const entries: NamedEntry[] = [];
  for (const path of paths) {
    const name = readName(nameOf(path), kind);
    if (name) entries.push({ path, kind, name });
  }
  return entries;
}
