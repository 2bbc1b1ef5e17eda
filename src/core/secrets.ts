import type { SourceFile } from './document.ts';
import type { Skip } from './finding.ts';
import type { Place } from './place.ts';
import type { Repo } from './repo.ts';

/** Where credentials are looked for: what is kept as a secret, what objects say as they are written, what charts are given, what other tools read. */
export type CredentialPlaces = 'secrets' | 'objects' | 'values' | 'settings';

/** Looks for secrets in plain text. Where something is filled in later it says so with a skip. */
export interface SecretScanner {
  /** Values that everybody can read and that are credentials by their name, their form and where they stand. */
  readonly credentialsIn: (repo: Repo, places: CredentialPlaces) => Iterable<PlainCredential | Skip>;
  /** Files that have to stay out of a repository as a whole. */
  readonly sensitiveFilesIn: (repo: Repo) => Iterable<SensitiveFile | Skip>;
  /** Long values that look random, at places that say nothing of credentials. */
  readonly randomValuesIn: (file: SourceFile) => Iterable<RandomValue>;
  /** Credentials whose form tells their provider, also in base64 in a Secret. */
  readonly tokensIn: (file: SourceFile) => Iterable<KnownToken | Skip>;
  /** Private keys, also in base64. */
  readonly privateKeysIn: (file: SourceFile) => Iterable<PrivateKey | Skip>;
  /** Passwords and tokens in URLs, headers and the settings of clients, but for those whose form tells their provider. */
  readonly urlCredentialsIn: (file: SourceFile) => Iterable<UrlCredential | Skip>;
}

/** A value that everybody can read, or one that nobody has set yet. */
export interface PlainCredential {
  readonly at: Place;
  /** What names it: a field, a variable, a flag. */
  readonly key: string;
  /** The names of what it stands in, outermost first; `key` is the last. */
  readonly path: readonly string[];
  /** As in `Secret "db"` and `Deployment "web"`. */
  readonly holder: string;
  /** `weak`: a few letters or words that anybody may guess. `unset`: what somebody meant to replace, such as `changeme`. */
  readonly strength: 'strong' | 'weak' | 'unset';
  /** People choose and type such values: a short word is one too. */
  readonly isPassword: boolean;
  /** Where something else takes the file with the value. */
  readonly usedAt?: Place;
}

export interface SensitiveFile {
  readonly at: Place;
  readonly kind: 'state' | 'environment' | 'kubeconfig' | 'keystore' | 'vault password' | 'decrypted';
  /** The credentials in it, where they are known one by one. */
  readonly credentials?: readonly PlainCredential[];
}

export interface RandomValue {
  readonly at: Place;
  /** The names of what it stands in, outermost first. */
  readonly path: readonly string[];
}

export interface KnownToken {
  readonly at: Place;
  /** With its article, as in `a GitHub token`. */
  readonly name: string;
  /** Its first and last two characters, of longer ones. */
  readonly hint: string;
  /** Why it may not work or may do no harm, as a clause. */
  readonly doubt?: string;
  /** It certainly does no harm any more. */
  readonly isHarmless?: true;
}

export interface PrivateKey {
  readonly at: Place;
  /** With its article, as in `an RSA private key`. */
  readonly name: string;
  /** A passphrase protects it. */
  readonly isEncrypted: boolean;
  readonly isEncoded: boolean;
}

export interface UrlCredential {
  readonly at: Place;
  /** With its article, as in `the password for "db.shop"`. */
  readonly name: string;
  /** Why it may be none, as a clause. */
  readonly doubt?: string;
}
