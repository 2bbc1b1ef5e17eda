import type { EnvironmentId, Tier } from './environment.ts';
import type { Severity } from './finding.ts';
import type { RepoPath } from './place.ts';
import type { Preset } from './rule.ts';
import type { VersionedTool } from './running-versions.ts';

/** gitops-lint.yaml after reading: defaults filled in, patterns compiled. */
export interface ResolvedConfig {
  /** The file it came from, if any. */
  readonly path?: RepoPath;
  readonly preset: Preset;
  readonly isExcluded: PathMatcher;
  readonly repository: {
    readonly urls: readonly string[];
    readonly platform?: 'github' | 'gitlab' | 'bitbucket' | 'azure';
    readonly protectedBranch?: string;
  };
  /** Where delivery begins, if inference is wrong. */
  readonly roots: readonly string[];
  readonly isRoot: PathMatcher;
  readonly environments: readonly ConfiguredEnvironment[];
  /** Environments that others may build on: the heirs' ids to the ids of what they inherit. */
  readonly inherits?: ReadonlyMap<EnvironmentId, readonly EnvironmentId[]>;
  /** What runs in the environments that say nothing of their own, as in `1.33`. */
  readonly versions: ReadonlyMap<VersionedTool, string>;
  readonly secrets: {
    readonly placeholders: readonly RegExp[];
    readonly allow: readonly AllowedSecret[];
    /** Keys that decrypt in every environment by design, such as one for emergencies. */
    readonly sharedRecipients: readonly string[];
    /** Days. */
    readonly maxAge?: number;
  };
  /** Bytes. */
  readonly maxFileSize: number;
  readonly rules: ReadonlyMap<string, RuleSetting>;
  readonly overrides: readonly {
    readonly matches: PathMatcher;
    readonly environments: readonly EnvironmentId[];
    readonly rules: ReadonlyMap<string, RuleSetting>;
  }[];
  readonly waivers: readonly Waiver[];
  /** Spectral rulesets, repository paths. */
  readonly rulesets: readonly RepoPath[];
  /** Folders with schemas as `group/kind_version.json`, repository paths. */
  readonly schemaFolders: readonly RepoPath[];
}

export type PathMatcher = (path: RepoPath) => boolean;

export interface ConfiguredEnvironment {
  readonly id: EnvironmentId;
  readonly tier?: Tier;
  readonly rank?: number;
  readonly group?: readonly EnvironmentId[];
  readonly matchesPath: PathMatcher;
  readonly matchesCluster: (name: string) => boolean;
  readonly matchesNamespace: (name: string) => boolean;
  /** The version of Kubernetes that its clusters run, as in `1.33`. */
  readonly kubernetes?: string;
}

/** A value that looks like a secret and is none; everything that is named here has to fit. */
export interface AllowedSecret {
  readonly matchesPath?: PathMatcher;
  /** By the name of the value alone or with what it stands in, as in `grafana.adminPassword`. */
  readonly matchesKey?: (key: string) => boolean;
  /** In hexadecimal digits, of the value as it is read: decoded, without white space round it. */
  readonly valueSha256?: string;
}

/** What the config says of a rule. */
export interface RuleSetting {
  readonly severity?: Severity | 'off';
  readonly options?: Readonly<Record<string, unknown>>;
}

export interface Waiver {
  readonly rule: string;
  readonly matches: PathMatcher;
  readonly reason: string;
  readonly owner?: string;
  /** `YYYY-MM-DD`: valid through that day. */
  readonly expires?: string;
  /** The values of secrets that it is for; it silences no other. */
  readonly digests?: readonly string[];
  /** Where it stands in `waivers`, for the finding about an expired one. */
  readonly index: number;
  /** The file that it stands in: the config or one that it extends. */
  readonly path?: RepoPath;
}
