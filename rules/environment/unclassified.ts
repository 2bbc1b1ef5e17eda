import { environmentsOf } from '../../src/core/environment.ts';
import type { RepoPath } from '../../src/core/place.ts';
import type { Repo, Unit, UnitKind } from '../../src/core/repo.ts';
import { folderOf } from '../../src/core/repo-path.ts';
import { defineRule } from '../../src/core/rule.ts';

export const unclassified = defineRule({
  severity: 'note',
  presets: { strict: {}, regulated: {} },
  scope: 'repo',
  mistake: 'segregation',
  summary: 'It is not known which environment a root delivers to.',
  rationale:
    'The rules that keep environments apart are silent about what belongs to none that is known. This list is what the config still has to say; a repository of a single environment has no such list.',
  compliance: ['DORA 8'],
  since: '0.1.0',

  *check(repo) {
    if (isOfOne(repo)) return;
    const folders = foldersWithEnvironments(repo);
    const units = repo.units.filter(({ kind }) => titles[kind] !== undefined);
    const makers = new Set(units.map(({ id }) => id));
    const isKnown = knownByWhatTheyMake(units);
    const byFolder = new Map<RepoPath, Unit[]>();
    for (const unit of units) {
      const isTopmost = unit.madeBy === undefined || !makers.has(unit.madeBy);
      if (!isTopmost || isKnown(unit) || isCommon(unit)) continue;
      if (unit.kind === 'argocd-application-set' || templated.test(JSON.stringify([unit.name, unit.destination]))) {
        yield { at: unit.at, skipped: 'what it makes, and where, is known at run time only' };
        continue;
      }
      const folder = topmostSilent(folderOf(unit.at.path), folders);
      const neighbours = byFolder.get(folder);
      if (neighbours) neighbours.push(unit);
      else byFolder.set(folder, [unit]);
    }
    for (const [folder, [first, ...others]] of byFolder) {
      if (first === undefined) continue;
      const more = others.length === 0 ? ' delivers' : ` and ${others.length} more ${others.length === 1 ? 'unit' : 'units'} deliver`;
      yield {
        at: first.at,
        message: `nothing tells which environment the ${titles[first.kind]} "${first.name}"${more} to: give ${folder === '' ? 'its place' : `"${folder}"`} to one in the config`,
        related: others.slice(0, 5).map(({ at, name }) => ({ at, message: `"${name}" too` })),
      };
    }
  },

  examples: {
    bad: [
      {
        title: 'a cluster whose name says nothing',
        files: {
          'clusters/blue-p01/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: apps
              namespace: flux-system
            spec:
              interval: 10m
              path: ./apps/base
              prune: true
              sourceRef:
                kind: GitRepository
                name: flux-system
          `,
          'clusters/staging/apps.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: apps }\n',
          'apps/base/kustomization.yaml': 'resources: []\n',
        },
        findings: [
          'clusters/blue-p01/apps.yaml:1:1 nothing tells which environment the Flux Kustomization "apps" delivers to: give "clusters/blue-p01" to one in the config',
        ],
      },
    ],
    good: [
      {
        title: 'a repository of a single environment',
        files: {
          'clusters/home/apps.yaml': `
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: { name: apps, namespace: flux-system }
            spec:
              interval: 10m
              path: ./apps
              prune: true
              sourceRef: { kind: GitRepository, name: flux-system }
          `,
          'apps/kustomization.yaml': 'resources: [namespace.yaml]\n',
          'apps/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: apps, labels: { environment: production } }\n',
        },
      },
      {
        title: 'an Application of Applications, each of which has its environment',
        files: {
          'bootstrap/root.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: { name: root, namespace: argocd }
            spec:
              project: apps
              source: { repoURL: https://git.example.org/shop/fleet, path: argocd }
              destination: { server: https://kubernetes.default.svc, namespace: argocd }
          `,
          'argocd/shops.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: shops, namespace: argocd }
            spec:
              generators: [{ list: { elements: [{ stage: staging }, { stage: production }] } }]
              template:
                metadata: { name: 'shop-{{stage}}' }
                spec:
                  project: apps
                  source: { repoURL: https://git.example.org/shop/fleet, path: 'overlays/{{stage}}' }
                  destination: { name: '{{stage}}', namespace: shop }
          `,
          'overlays/staging/kustomization.yaml': 'resources: []\n',
          'overlays/production/kustomization.yaml': 'resources: []\n',
        },
      },
    ],
    unknown: [
      {
        title: 'an ApplicationSet over the clusters that Argo CD knows',
        files: {
          'sets/apps.yaml': `
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: { name: apps, namespace: argocd }
            spec:
              generators: [{ clusters: {} }]
              template:
                metadata: { name: '{{name}}-apps' }
                spec:
                  project: apps
                  source: { repoURL: https://git.example.org/shop/apps, path: apps }
                  destination: { name: '{{name}}', namespace: apps }
          `,
          'apps/production/kustomization.yaml': 'resources: []\n',
          'apps/staging/kustomization.yaml': 'resources: []\n',
        },
      },
    ],
  },
});

/** The kinds of units that count, as messages call them. */
const titles: Readonly<Partial<Record<UnitKind, string>>> = {
  'argocd-application': 'Application',
  'argocd-application-set': 'ApplicationSet',
  'flux-kustomization': 'Flux Kustomization',
  'helmfile-release': 'helmfile release',
  'terraform-root': 'Terraform root',
};

/** Placeholders that a generator or a person fills in. */
const templated = /\{\{|\$\{|<[^<>]+>/;
/** Clusters and folders that serve all environments. */
const common = /(^|[/_-])(mgmt|management|hub|ops|tools|tooling|infra)([/_-]|$)/i;

function isCommon({ at, destination }: Unit): boolean {
  return common.test(folderOf(at.path)) || common.test(destination?.cluster ?? '');
}

/** Nothing is told apart: no environment, or one that a label names and no place or config. */
function isOfOne({ environments }: Repo): boolean {
  const [first, second] = environments;
  if (first === undefined || second !== undefined) return first === undefined;
  return !first.evidence.some(({ kind }) => kind === 'config' || kind === 'folder' || kind === 'file-name');
}

/** A unit is known by its environment, or by those of all that it makes: an Application of Applications delivers to each of theirs. */
function knownByWhatTheyMake(units: readonly Unit[]): (unit: Unit) => boolean {
  const made = new Map<string, Unit[]>();
  for (const unit of units) {
    if (unit.madeBy === undefined) continue;
    const list = made.get(unit.madeBy);
    if (list) list.push(unit);
    else made.set(unit.madeBy, [unit]);
  }
  const isKnown = ({ id, environment }: Unit, depth = 0): boolean =>
    environment.kind !== 'unknown' || (depth < 10 && (made.get(id)?.every(unit => isKnown(unit, depth + 1)) ?? false));
  return isKnown;
}

/** The folders that hold something of a known environment. */
function foldersWithEnvironments({ owners }: Repo): ReadonlySet<RepoPath> {
  const folders = new Set<RepoPath>(['']);
  for (const [path, owner] of owners) {
    if (environmentsOf(owner).length === 0) continue;
    for (let folder = folderOf(path); !folders.has(folder); folder = folderOf(folder)) folders.add(folder);
  }
  return folders;
}

/** The topmost folder above a silent one that is as silent: what a person would name in the config. */
function topmostSilent(folder: RepoPath, speaking: ReadonlySet<RepoPath>): RepoPath {
  let topmost = folder;
  while (!speaking.has(topmost) && !speaking.has(folderOf(topmost))) topmost = folderOf(topmost);
  return topmost;
}
