import type { Document, SourceFile } from './document.ts';
import type { Report, Severity, Skip } from './finding.ts';
import type { RepoPath } from './place.ts';
import type { Protection } from './protection.ts';
import type { Repo } from './repo.ts';
import type { Schemas } from './schema.ts';
import type { SecretScanner } from './secrets.ts';

/** What a rule of each scope is called with: once per text file, once per document, once for the repository. */
export interface Inputs {
  file: SourceFile;
  document: Document;
  repo: Repo;
}

export type Scope = keyof Inputs;

export type Preset = 'recommended' | 'strict' | 'regulated';

/** The six mistakes of GitOps teams; each rule belongs to one. */
export type Mistake = 'linting' | 'secrets' | 'all-in-one' | 'push-security' | 'segregation' | 'manual-intervention';

/** What reports and `gitops-lint explain` show of a rule, whoever wrote it. */
export interface RuleDescriptor {
  readonly id: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly rationale: string;
  readonly mistake: Mistake;
  /** A page about the rule on the web, if it has one. */
  readonly helpUri?: string;
}

/**
 * A rule as its file defines it; the id is the file's path below `rules`.
 * `check` is pure: no I/O, no state between calls, nothing said of what is not known.
 */
export interface RuleDefinition<S extends Scope = Scope, O = unknown> {
  readonly severity: Severity;
  /** The presets that switch the rule on, with what differs there. */
  readonly presets: Readonly<Partial<Record<Preset, { readonly severity?: Severity; readonly options?: Partial<O> }>>>;
  readonly scope: S;
  /** One sentence: what is reported. */
  readonly summary: string;
  /** Why it matters, in one or two sentences of Markdown. */
  readonly rationale: string;
  readonly mistake: Mistake;
  /** Controls that the finding supports, as in `DORA 9(4)(e)`; empty where none. */
  readonly compliance?: readonly string[];
  readonly since: string;
  /**
   * Of a rule of `secrets`: false where what it points at is no secret itself, but what protects one. Otherwise an ignore of it
   * holds for one value alone, and `--history` asks it about each file that is no more as if that were the only one;
   * a rule for the whole repository has to say `true` for that.
   */
  readonly leaks?: boolean;
  readonly options?: { readonly schema: Readonly<Record<string, object>>; readonly defaults: O };
  check(input: Inputs[S], context: RuleContext<O>): Iterable<Report | Skip>;
  readonly examples: {
    readonly bad: readonly BadExample[];
    readonly good: readonly Example[] /** Silent, and counted as skipped. */;
    readonly unknown: readonly Example[];
  };
}

export interface Rule<S extends Scope = Scope, O = unknown> extends RuleDefinition<S, O> {
  readonly id: string;
}

/**
 * What a rule may know beside its input. A file or document rule gets no repository:
 * that is why its findings can be cached file by file and worked out in parallel.
 */
export interface RuleContext<O = unknown> extends RuleKnowledge {
  readonly options: O;
}

/** What rules of every scope may read, the same in the whole run. */
export interface RuleKnowledge {
  readonly settings: RuleSettings;
  readonly schemas: Schemas;
  readonly secrets: SecretScanner;
  readonly protection: Protection;
}

/** The parts of the config that rules may read. */
export interface RuleSettings {
  readonly preset: Preset;
  readonly placeholders: readonly RegExp[];
  /** Who may decrypt in every environment by design, as `.sops.yaml` names them. */
  readonly sharedRecipients: readonly string[];
  /** Days after which a secret is to be changed; absent where the config does not say. */
  readonly maxSecretAge?: number;
  /** The day the run is for, as `YYYY-MM-DD`. */
  readonly today: string;
}

/** Files of a small repository; the indentation that all lines of a text share is dropped. */
export interface Example {
  readonly title: string;
  readonly files: Readonly<Record<RepoPath, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly preset?: Preset;
}

export interface BadExample extends Example {
  /** One line per finding: `path:line:column message`. */
  readonly findings: readonly string[];
  /** The files that the fix (safe ones and suggestions) changes, as they are afterwards. */
  readonly fixed?: Readonly<Record<RepoPath, string>>;
}

/** Types a rule by its scope and options. */
export function defineRule<S extends Scope, O = Record<string, never>>(rule: RuleDefinition<S, O>): RuleDefinition<S, O> {
  return rule;
}
