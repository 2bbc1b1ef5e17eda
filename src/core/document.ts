import type { Classification } from './classification.ts';
import type { FieldPath, RepoPath } from './place.ts';

/**
 * Where every node of a document stands: four integers a node (kind, start, end, next),
 * in preorder. `start` and `end` are UTF-16 offsets into the file's text and leave out
 * anchors and tags; `next` is the index of the first cell after the node and all it holds.
 * The children of a map are key, value, key, value …
 */
export interface Tape {
  readonly cells: Int32Array;
  /** The index of the document's root node in `cells`. */
  readonly root: number;
  /** From the index of an alias node to the index of the node that it stands for. */
  readonly aliases?: ReadonlyMap<number, number>;
}

/** The kinds of the nodes on a tape. */
export const nodeKind = {
  /** No text at all: the value of `key:`. */
  empty: 0,
  blockMap: 1,
  blockSequence: 2,
  flowMap: 3,
  flowSequence: 4,
  plain: 5,
  singleQuoted: 6,
  doubleQuoted: 7,
  literal: 8,
  folded: 9,
  alias: 10,
} as const;

/** One YAML document of a file, or the whole of a file in JSON or HCL, as plain data with the positions of its nodes. */
export interface Document {
  readonly path: RepoPath;
  /** The document's number in its file, from 0. */
  readonly index: number;
  /** Resolved by the YAML 1.2 core schema, merge keys expanded, equal to what the `yaml` package gives. */
  readonly value: unknown;
  readonly tape: Tape;
  /** No value is another one to a reader of YAML 1.1; absent where that was not looked at. */
  readonly isReadAlike?: boolean;
  /** Filled in when the file is classified. */
  readonly classification: Classification;
}

/** A file of the repository that was read; `documents` is empty where it is not YAML, JSON or HCL, or a template. */
export interface SourceFile {
  readonly path: RepoPath;
  readonly text: string;
  readonly classification: Classification;
  readonly documents: readonly Document[];
  /** What the parser refused; the documents before the problem are kept. */
  readonly problems: readonly SyntaxProblem[];
  readonly duplicateKeys: readonly DuplicateKey[];
}

/** YAML or JSON by its name, and a template by its text: what it holds is known once it is rendered. */
export function isTemplatedData({ path, classification }: Pick<SourceFile, 'path' | 'classification'>): boolean {
  return classification.template !== undefined && /\.(ya?ml|json)$/.test(path);
}

/** Of Terraform, OpenTofu or Terragrunt by its name. */
export function isHcl({ path }: Pick<SourceFile, 'path'>): boolean {
  return /\.(?:tf|tofu|tfvars|hcl)$/.test(path);
}

/** Why a text is not YAML, JSON or HCL, and where; offsets in UTF-16 units. */
export interface SyntaxProblem {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** A key that stands twice in one mapping, before merges are expanded; offsets of both keys. */
export interface DuplicateKey {
  readonly document: number;
  /** The mapping that has the key. */
  readonly field: FieldPath;
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly firstStart: number;
  readonly firstEnd: number;
}

/** A file that is there and was not read, with the reason that reports show. */
export interface SkippedFile {
  readonly path: RepoPath;
  readonly reason:
    | 'binary'
    | 'too large'
    | 'unreadable'
    | 'not UTF-8'
    | 'encrypted'
    | 'link out of the repository'
    | 'broken link'
    | 'link loop'
    | 'submodule'
    | 'not in the sparse checkout';
}
