import type { SourceFile } from '../../core/document.ts';
import type { Place } from '../../core/place.ts';

/** A value in a place that may hold a credential. A source says where values stand and what names them, never what they are: that is judged. */
export interface SecretCandidate {
  /** Where the value is written. */
  readonly at: Place;
  /** What names it: a field, a variable, a flag, a parameter. */
  readonly key: string;
  /** The names of what it stands in, outermost first, without numbers of items; `key` is the last. */
  readonly path: readonly string[];
  /** As its reader gets it, before anything is decoded; of several lines where it is a file of settings. */
  readonly value: string;
  /** Base64, as under `data` of a Secret. */
  readonly isEncoded?: boolean;
  /** Who holds it, as in `Secret "db"` and `container "web"`. */
  readonly holder: string;
  /** `secret`: everything there is kept as a secret, so that also a value alone may tell. `setting`: most is none, the key has to say so. */
  readonly keptAs: 'secret' | 'setting';
  /** Where something else takes the file that holds the value. */
  readonly usedAt?: Place;
}

/** The candidates of one kind of place in a file; nothing of what is encrypted. */
export type SecretSource = (file: SourceFile) => Iterable<SecretCandidate>;
