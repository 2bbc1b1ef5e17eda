import type { FieldPlace, Place, RepoPath } from './place.ts';

export type Severity = 'error' | 'warning' | 'note';

/** What a rule says of one place. */
export interface Report {
  readonly at: Place;
  /** Lower-case start, no full stop, values in double quotes: what is wrong, then the remedy after a colon. Never a secret. */
  readonly message: string;
  /** Where this case is weaker or stronger than the rule's own severity; a severity that the user sets wins. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly at: Place; readonly message: string }[];
  readonly fix?: Fix<Edit>;
  /** Ids of the environments that the finding concerns. */
  readonly environments?: readonly string[];
  /** Files and folders beside `at` and `related` whose change can make this finding, such as the path that is missing. */
  readonly causes?: readonly RepoPath[];
}

/** A rule met something that it cannot know: no finding, but counted (`--explain-skips`). */
export interface Skip {
  readonly at: Place;
  readonly skipped: string;
}

/** A report with its rule, its severity and its lines and columns: what users see. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Location;
  readonly related: readonly { readonly at: Location; readonly message: string }[];
  readonly fix?: Fix<TextEdit>;
  readonly environments: readonly string[];
  /** `apps/v1/Deployment/namespace/name`, where the place stands in a Kubernetes object. */
  readonly object?: string;
  /** JSON pointer in the document, where the place is a field. */
  readonly field?: string;
  /** Stays the same when lines move and holds nothing of a secret: the baseline and SARIF tell findings apart by it. */
  readonly fingerprint: string;
  /** Four hexadecimal digits that an ignore of a secret names its value by. */
  readonly digest?: string;
  /** Where the place is in no file any more: the commit that brought it in. */
  readonly commit?: PastCommit;
  readonly causes: readonly RepoPath[];
  readonly suppressed?: Suppression;
}

export interface PastCommit {
  readonly id: string;
  /** When it was made, as `YYYY-MM-DD`. */
  readonly date: string;
}

export interface Location {
  readonly path: RepoPath;
  readonly start: Position;
  readonly end: Position;
}

/** Offset counts UTF-16 units from 0; line and column count from 1, columns in UTF-16 units. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface Suppression {
  readonly by: 'comment' | 'waiver' | 'baseline';
  readonly reason?: string;
}

export interface Fix<E> {
  readonly title: string;
  /** `safe`: the data and every render stay the same. `--fix` applies these; suggestions need `--fix=all`. */
  readonly safety: 'safe' | 'suggestion';
  /**
   * What a safe fix leaves as it was: the parsed data, which is compared after the edit (the default),
   * or, where it writes a field in another way, every render.
   */
  readonly keeps?: 'data' | 'renders';
  readonly edits: readonly E[];
}

export type Edit =
  /** The source text of the place (a key, a value, a stretch of text) becomes `by`. */
  | { readonly replace: Place; readonly by: string }
  /** The entry of a mapping or the item of a sequence goes, with its lines. */
  | { readonly remove: FieldPlace }
  /** The source text of one more item of a block sequence, written without indentation. */
  | { readonly append: string; readonly to: FieldPlace };

/** The text from start to end becomes `text`; nothing else of the file changes. */
export interface TextEdit {
  readonly path: RepoPath;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}
