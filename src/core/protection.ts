import type { SourceFile } from './document.ts';
import type { Skip } from './finding.ts';
import type { Place, RepoPath } from './place.ts';

/** How the repository protects what it keeps secret. */
export interface Protection {
  readonly sops: Sops;
  /** What a value of `encryptedData` of a SealedSecret is. */
  readonly judgeSealedValue: (value: string) => SealedValue;
}

/** What SOPS is told to encrypt, and what it has encrypted. https://github.com/getsops/sops */
export interface Sops {
  readonly configs: readonly SopsConfig[];
  /** The encrypted files, by path. */
  readonly files: ReadonlyMap<RepoPath, SopsFile>;
  /** The creation rule for a file at the path, by the nearest .sops.yaml. */
  readonly ruleFor: (path: RepoPath) => RuleAnswer;
  /** Every creation rule of that .sops.yaml that matches the path, be it behind the one that counts. */
  readonly rulesMatching: (path: RepoPath) => readonly SopsRule[];
  /** The values of an encrypted file that are in plain text. */
  readonly readableIn: (file: SopsFile) => Iterable<ReadableValue | Skip>;
  /** The first value of a file without metadata of SOPS that was to be encrypted. */
  readonly unencryptedIn: (file: SourceFile) => UnencryptedFile | Skip | undefined;
}

/** `none`: no .sops.yaml, or none of its rules matches; `unknown` says why that cannot be told. */
export type RuleAnswer = { readonly rule: SopsRule } | { readonly none: true } | { readonly unknown: string };

/** A .sops.yaml with its creation rules in their order. */
export interface SopsConfig {
  readonly path: RepoPath;
  readonly rules: readonly SopsRule[];
  /** What SOPS refuses, or takes in another way than it is meant. */
  readonly problems: readonly ProtectionProblem[];
}

export interface ProtectionProblem {
  readonly at: Place;
  /** As a finding says it. */
  readonly message: string;
}

export interface SopsRule {
  /** Where the rule stands. */
  readonly at: Place;
  /** Its number in the file, from 1. */
  readonly number: number;
  /** The .sops.yaml. */
  readonly config: RepoPath;
  /** Absent where the rule matches every file. */
  readonly pathRegex?: string;
  readonly selection: SopsSelection;
  readonly recipients: SopsRecipients;
}

/** The words that decide which values are encrypted, as .sops.yaml and the metadata have them. */
export const selectionFields = [
  'unencrypted_suffix',
  'encrypted_suffix',
  'unencrypted_regex',
  'encrypted_regex',
  'unencrypted_comment_regex',
  'encrypted_comment_regex',
] as const;

export type SopsSelection = Readonly<Partial<Record<(typeof selectionFields)[number], string>>>;

/** Groups of keys; as many groups as the threshold says have to be at hand. */
export interface SopsRecipients {
  readonly groups: readonly (readonly SopsRecipient[])[];
  readonly threshold: number;
  /** Why there may be others. */
  readonly unknown?: string;
}

export interface SopsRecipient {
  /** The key source and what names the key there, the same in .sops.yaml and metadata, as in `age age1…`. */
  readonly id: string;
  /** As people write it. */
  readonly name: string;
  readonly at: Place;
}

/** A file that SOPS has encrypted. */
export interface SopsFile {
  readonly path: RepoPath;
  readonly store: 'yaml' | 'json' | 'binary' | 'dotenv' | 'ini';
  /** Where its metadata stands. */
  readonly at: Place;
  readonly recipients: SopsRecipients;
  readonly lastModified?: { readonly text: string; readonly at: Place };
  /** What is wrong with the metadata. */
  readonly problems: readonly ProtectionProblem[];
}

/** A value of an encrypted file that is not encrypted. */
export interface ReadableValue {
  readonly at: Place;
  readonly key: string;
  /**
   * `left`: the metadata says that it is encrypted. `damaged`: it is ciphertext with a part missing.
   * `excluded`: the metadata leaves it in plain text, and it is a secret.
   */
  readonly why: 'left' | 'damaged' | 'excluded';
  /** Which of the words of the metadata leaves it in plain text. */
  readonly by?: string;
}

/** A file that was to be encrypted and is not. */
export interface UnencryptedFile {
  readonly at: Place;
  readonly key: string;
  /** The creation rule that matches it; else its name or its neighbours tell. */
  readonly because: SopsRule | 'name' | { readonly neighbour: RepoPath };
}

/** `unsealed`: whatever it is, no controller can decrypt it. `empty`: the ciphertext of nothing. */
export type SealedValue = 'sealed' | 'empty' | 'unsealed' | 'templated';
