import type { SourceFile } from '../core/document.ts';
import type { RepoPath } from '../core/place.ts';
import type { Layout, Unit } from '../core/repo.ts';
import { folderOf, nameOf } from '../core/repo-path.ts';
import type { EnvironmentModel } from './environments/infer-environments.ts';
import type { Tree } from './tree.ts';

export interface LayoutInput {
  readonly tree: Tree;
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly units: readonly Unit[];
  readonly environments: EnvironmentModel;
}

/** Recognises the ways of laying out a repository of DOMAIN.md 2g; a repository can have several. */
export function recogniseLayouts(input: LayoutInput): readonly Layout[] {
  const layouts = new Map<string, Layout>();
  const add = (id: Layout['id'], folder: RepoPath, because: string): void => {
    const key = `${id} ${folder}`;
    if (!layouts.has(key)) layouts.set(key, { id, folder, because });
  };
  recogniseFolders(input, add);
  recogniseUnits(input.units, add);
  recogniseTools(input.tree, add);
  if (input.environments.environments.length === 0) add('single-environment', '', 'no name tells environments apart');
  return [...layouts.values()];
}

type Add = (id: Layout['id'], folder: RepoPath, because: string) => void;

/** The folders and files whose names decide over an environment tell how environments are told apart. */
function recogniseFolders({ tree, files, environments }: LayoutInput, add: Add): void {
  if (environments.environments.length === 0) return;
  const terraform = foldersWithTerraform(tree);
  for (const path of tree.entries.keys()) {
    const kind = tree.entries.get(path);
    if (kind === 'file' && !path.endsWith('.tfvars') && !path.endsWith('.hcl') && files.get(path)?.classification.class !== 'helm-values') continue;
    const owner = environments.ownerOf(path);
    if ((owner.kind !== 'environment' && owner.kind !== 'group') || owner.anchor !== path) continue;
    const above = folderOf(path);
    if (kind === 'file') {
      if (/\.tfvars$|\.hcl$/.test(path)) add('terraform-live', above, `"${nameOf(path)}" is for one environment`);
      else add('values-per-environment', above, `"${nameOf(path)}" is for one environment`);
      continue;
    }
    const because = `"${nameOf(path)}" stands under "${above}"`;
    switch (nameOf(above).toLowerCase()) {
      case 'environments':
      case 'environment':
      case 'envs':
      case 'env':
      case 'variables':
        add('environments-folder', above, because);
        break;
      case 'overlays':
        add('overlays', above, because);
        break;
      case 'clusters':
        add('clusters', above, because);
        break;
      case 'rings':
        add('rings', above, because);
        break;
      case 'namespaces':
        add('namespace-per-environment', above, because);
        break;
      case 'inventories':
      case 'inventory':
      case 'group_vars':
        add('ansible-inventories', above, because);
        break;
      default:
        if (above === '' || container.test(nameOf(above))) add('environment-first', above, because);
        else add('component-first', folderOf(above), because);
    }
    if (terraform.has(path)) add('terraform-live', above, because);
  }
}

/** The folders that hold Terraform, at any depth. */
function foldersWithTerraform({ filesIn }: Tree): Set<RepoPath> {
  const folders = new Set<RepoPath>();
  for (const [folder, files] of filesIn) {
    if (!files.some(file => file.endsWith('.tf') || file.endsWith('terragrunt.hcl'))) continue;
    for (let above = folder; above !== '' && !folders.has(above); above = folderOf(above)) folders.add(above);
  }
  return folders;
}

/** Folders whose environments stand before the apps. */
const container = /^(apps?|applications?|deploy(ments?)?|infra(structure)?|k8s|kubernetes|live|manifests?|platform|services?|tenants?|workloads?)$/i;

function recogniseUnits(units: readonly Unit[], add: Add): void {
  const revisions = new Set<string>();
  const makers = new Set(units.map(({ madeBy }) => madeBy));
  const plain: RepoPath[] = [];
  let others = 0;
  let fluxHere = 0;
  let fluxElsewhere = 0;
  for (const unit of units) {
    const [source] = unit.sources;
    if (unit.kind === 'plain-folder' && !makers.has(unit.id)) plain.push(unit.at.path);
    else if (contentKinds.has(unit.kind)) others++;
    if (unit.kind === 'argocd-application-set') add('argocd-application-sets', folderOf(unit.at.path), `"${unit.name}" makes Applications`);
    if (unit.kind === 'argocd-application' && unit.madeBy?.startsWith('argocd-application/')) {
      add('argocd-app-of-apps', folderOf(unit.at.path), `"${unit.name}" is delivered by another Application`);
    }
    if (unit.kind === 'argocd-application' && source?.repository === 'this' && source.revision !== undefined) revisions.add(source.revision);
    if (unit.kind === 'flux-kustomization') {
      if (source?.path !== undefined && 'known' in source.path) fluxHere++;
      else fluxElsewhere++;
    }
  }
  const [first] = plain;
  if (first !== undefined && plain.length >= others) add('plain', '', `"${first}" and folders like it are delivered as they are`);
  if (revisions.size > 1)
    add(
      'branch-per-environment',
      '',
      `Applications take ${[...revisions]
        .sort()
        .map(revision => `"${revision}"`)
        .join(', ')} of this repository`,
    );
  if (fluxHere > 0) add('flux-monorepo', '', 'Flux delivers folders of this repository');
  if (fluxElsewhere > fluxHere) add('flux-fleet', '', 'Flux delivers mostly other repositories');
}

/** What delivers content by other means than as it is. */
const contentKinds: ReadonlySet<Unit['kind']> = new Set([
  'kustomization',
  'argocd-application',
  'flux-kustomization',
  'flux-helm-release',
  'helm-chart',
] as const);

function recogniseTools(tree: Tree, add: Add): void {
  for (const id of ['clusters', 'rings'] as const) {
    for (const path of tree.named(id)) if ((tree.foldersIn.get(path)?.length ?? 0) > 1) add(id, path, `"${path}" has a folder for each of the ${id}`);
  }
  for (const name of ['jx-requirements.yml', 'jx-requirements.yaml']) {
    for (const path of tree.named(name)) add('jenkins-x', folderOf(path), `"${name}" is a file of Jenkins X`);
  }
  for (const path of tree.named('versionStream'))
    if (tree.entries.get(path) === 'folder') add('jenkins-x', folderOf(path), '"versionStream" is a folder of Jenkins X');
}
