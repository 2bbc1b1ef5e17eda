import type { Document, SkippedFile, SourceFile } from './document.ts';
import type { Environment, EnvironmentOwner, Reach } from './environment.ts';
import type { HelmModel } from './helm.ts';
import type { FieldPath, Place, RepoPath } from './place.ts';
import type { Matches, Rendering } from './rendering.ts';
import type { Versions } from './running-versions.ts';

/** The repository as rules see it: built once, never changed. */
export interface Repo {
  readonly files: ReadonlyMap<RepoPath, SourceFile>;
  readonly skippedFiles: readonly SkippedFile[];
  /** Every file (also skipped ones and links) and every folder that is there. */
  readonly entries: ReadonlyMap<RepoPath, 'file' | 'folder'>;
  readonly resources: readonly Resource[];
  /** By the path of the kustomization file. */
  readonly kustomizations: ReadonlyMap<RepoPath, Kustomization>;
  readonly units: readonly Unit[];
  readonly references: readonly Reference[];
  /** By the path of the file that makes the reference. */
  readonly referencesFrom: ReadonlyMap<RepoPath, readonly Reference[]>;
  /** By the file or folder that answers. */
  readonly referencesTo: ReadonlyMap<RepoPath, readonly Reference[]>;
  readonly environments: readonly Environment[];
  /** For every file and folder. */
  readonly owners: ReadonlyMap<RepoPath, EnvironmentOwner>;
  /** For every file that some root includes, for certain or maybe. */
  readonly reach: ReadonlyMap<RepoPath, Reach>;
  readonly layouts: readonly Layout[];
  /** What runs where. */
  readonly versions: Versions;
  /** Charts and their releases with their values; read when the first rule asks. */
  readonly helm: () => HelmModel;
  /** What Kustomize makes of a folder; worked out when the first rule asks. */
  readonly render: (folder: RepoPath) => Rendering;
  /** The same without the objects, which takes less time. */
  readonly match: (folder: RepoPath) => Matches;
}

/** The repository before anything of it is rendered. */
export type RepoModel = Omit<Repo, 'render' | 'match'>;

/** A Kubernetes object as it is written in the repository, alone or as an item of a List. */
export interface Resource {
  readonly apiVersion: string;
  /** `''` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly document: Document;
  /** Where the object begins in its document: `[]`, or `['items', 2]` in a List. */
  readonly field: FieldPath;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A kustomization.yaml, or what Flux would generate in its place. */
export interface Kustomization {
  readonly path: RepoPath;
  readonly folder: RepoPath;
  readonly kind: 'Kustomization' | 'Component';
  readonly document: Document;
  readonly value: Readonly<Record<string, unknown>>;
  /** Paths of the kustomization files that include this one as resource, base or component. */
  readonly includedBy: readonly RepoPath[];
  /** Something that it builds on cannot be read here (remote, Helm, generator plugin), with the reason. */
  readonly partial?: string;
}

export type UnitKind =
  | 'argocd-application'
  | 'argocd-application-set'
  | 'flux-kustomization'
  | 'flux-helm-release'
  | 'helmfile-release'
  | 'kustomization'
  | 'helm-chart'
  | 'plain-folder'
  | 'terraform-root'
  | 'ansible-playbook';

/** What a controller, a tool or a person delivers as one. */
export interface Unit {
  /** Unique and stable: kind, namespace and name, or kind and path. */
  readonly id: string;
  readonly kind: UnitKind;
  readonly name: string;
  readonly namespace?: string;
  readonly at: Place;
  readonly resource?: Resource;
  readonly sources: readonly UnitSource[];
  readonly destination?: { readonly cluster?: string; readonly namespace?: string };
  /** What it changes: its destination decides, then its place. */
  readonly environment: EnvironmentOwner;
  /** Nothing else in the repository includes it. */
  readonly isRoot: boolean;
  /** Id of the ApplicationSet, Application or Kustomization that makes this unit. */
  readonly madeBy?: string;
}

/** Where a unit takes its content from. */
export interface UnitSource {
  readonly at: Place;
  readonly repository: 'this' | 'other' | 'unknown';
  readonly url?: string;
  readonly revision?: string;
  readonly chart?: string;
  /** In this repository, once templates are resolved. */
  readonly path?: Resolved<RepoPath>;
  /** Values files, the one that wins last. */
  readonly valueFiles: readonly Reference[];
}

/** The confidence contract: a rule that meets anything but `known` says nothing. */
export type Resolved<T> =
  | { readonly known: T }
  /** The part before the first thing that is not known. */
  | { readonly partial: string; readonly reason: string }
  | { readonly unknown: string };

export type ReferenceKind =
  | 'kustomize-resource'
  | 'kustomize-base'
  | 'kustomize-component'
  | 'kustomize-patch'
  | 'kustomize-generator-file'
  | 'kustomize-configuration'
  | 'kustomize-plugin'
  | 'kustomize-replacement'
  | 'kustomize-helm-values'
  | 'argocd-source'
  | 'argocd-values'
  | 'argocd-file-parameter'
  | 'argocd-component'
  | 'argocd-generator'
  | 'flux-path'
  | 'flux-component'
  | 'flux-source'
  | 'flux-depends-on'
  | 'flux-values'
  | 'flux-values-from'
  | 'flux-substitute-from'
  | 'flux-chart'
  | 'helm-dependency'
  | 'helm-values'
  | 'helmfile-include'
  | 'helmfile-values'
  | 'helmfile-chart'
  | 'terraform-module'
  | 'ansible-include'
  | 'plain-share';

/** The mentions of objects by name; all others are of files and folders. */
export const objectReferences: ReadonlySet<ReferenceKind> = new Set([
  'flux-source',
  'flux-depends-on',
  'flux-values-from',
  'flux-substitute-from',
] as const);

/** A mention of one thing by another. */
export interface Reference {
  readonly kind: ReferenceKind;
  readonly from: Place;
  /** As it is written. */
  readonly target: string;
  /**
   * `resolved`: `to` answers. `missing`: nothing answers. `outside`: the path leaves the repository.
   * `external`: another repository or a registry. `maybe`: one of several, or at another revision.
   * `unknown`: templated, generated or otherwise not to be told; `reason` says.
   */
  readonly state: 'resolved' | 'missing' | 'outside' | 'external' | 'maybe' | 'unknown';
  /** The file or folder that answers; for objects the file that defines them. Absent when nothing does. */
  readonly to?: RepoPath;
  /** The path that was looked for, in the repository; also where nothing is there. */
  readonly path?: RepoPath;
  /** The object that answers, for references to objects. */
  readonly object?: Resource;
  readonly reason?: string;
  /** Id of the unit for which this edge holds, where a template resolves differently per unit. */
  readonly unit?: string;
}

/** A way of laying out a repository that was recognised (DESIGN 12, spec 2g), with the folder it starts at. */
export interface Layout {
  readonly id:
    | 'plain'
    | 'environment-first'
    | 'component-first'
    | 'overlays'
    | 'clusters'
    | 'environments-folder'
    | 'flux-monorepo'
    | 'flux-fleet'
    | 'argocd-app-of-apps'
    | 'argocd-application-sets'
    | 'values-per-environment'
    | 'terraform-live'
    | 'jenkins-x'
    | 'namespace-per-environment'
    | 'branch-per-environment'
    | 'rings'
    | 'single-environment'
    | 'ansible-inventories';
  readonly folder: RepoPath;
  readonly because: string;
}
